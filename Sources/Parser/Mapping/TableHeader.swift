/// The names above a table's columns. A column is found by its exact name, else by its name in any case.
struct TableHeader: Sendable {
    let names: [String]
    private var exact: [String: [Int]] = [:]
    private var folded: [String: [Int]] = [:]

    init(_ names: [String]) {
        self.names = names
        for (index, name) in names.enumerated() {
            exact[name, default: []].append(index)
            folded[name.lowercased(), default: []].append(index)
        }
    }

    /// The columns that bear a name: none, one, or several when the name stands there twice.
    func places(of name: String) -> [Int] { exact[name] ?? folded[name.lowercased()] ?? [] }

    func has(_ name: String) -> Bool { !places(of: name).isEmpty }
}
