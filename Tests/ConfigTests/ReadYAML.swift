import Config

/// YAML read from a text in a test.
struct ReadYAML {
    var node: Node?
    var mistakes = Mistakes()
    var budget: NodeBudget

    init(_ text: String, budget: Int = 200_000) { self.init(bytes: Array(text.utf8), budget: budget) }

    init(bytes: [UInt8], budget whole: Int = 200_000) {
        budget = NodeBudget(whole)
        node = YAMLReader.read(bytes, file: "a.yaml", budget: &budget, mistakes: &mistakes)
    }

    /// The mistakes, each as `line:column problem`.
    var problems: [String] { mistakes.all.map { "\($0.mark.line):\($0.mark.column) \($0.problem)" } }

    /// The tree in one line, such as `{a@1:1: plain@1:4, b@2:1: ["quoted"@2:5]@2:4}@1:1`.
    var outline: String { node.map { Self.outline($0) } ?? "nothing" }

    private static func outline(_ node: Node) -> String {
        let inner =
            switch node.content {
            case .scalar(let text, let isPlain): isPlain ? text : "\"\(text)\""
            case .sequence(let members): "[\(members.map(outline).joined(separator: ", "))]"
            case .mapping(let entries):
                "{\(entries.map { "\($0.key)\(place($0.keyMark)): \(outline($0.value))" }.joined(separator: ", "))}"
            }
        return inner + place(node.mark)
    }

    private static func place(_ mark: Mark) -> String { "@\(mark.line):\(mark.column)" }
}
