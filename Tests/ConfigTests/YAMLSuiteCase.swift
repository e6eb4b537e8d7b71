import Config
import Foundation

/// One case of the YAML test suite.
struct YAMLSuiteCase: Decodable, CustomStringConvertible {
    let id: String
    let name: String
    let yaml: String
    let json: String?
    let fail: Bool

    var description: String { "\(id) \(name)" }

    /// The cases of a file with one JSON object a line; none when the file is not there.
    static func all(at url: URL) -> [YAMLSuiteCase] {
        guard let bytes = try? Data(contentsOf: url) else { return [] }
        return bytes.split(separator: UInt8(ascii: "\n")).compactMap {
            try? JSONDecoder().decode(YAMLSuiteCase.self, from: $0)
        }
    }

    /// Whether the tree says what the suite says; numbers and booleans are compared as being single values only.
    func agrees(_ node: Node) throws -> Bool? {
        guard let json else { return nil }
        let value = try? JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed)
        return value.map { Self.agrees(node, $0) }
    }

    private static func agrees(_ node: Node, _ value: Any) -> Bool {
        switch node.content {
        case .scalar(let text, _):
            if let wanted = value as? String { return text == wanted }
            return !(value is [Any]) && !(value is [String: Any])
        case .sequence(let members):
            guard let wanted = value as? [Any], wanted.count == members.count else { return false }
            return zip(members, wanted).allSatisfy { agrees($0, $1) }
        case .mapping(let entries):
            guard let wanted = value as? [String: Any], wanted.count == entries.count else { return false }
            return entries.allSatisfy { entry in wanted[entry.key].map { agrees(entry.value, $0) } ?? false }
        }
    }
}
