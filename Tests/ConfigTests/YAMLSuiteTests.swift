import Config
import Foundation
import Testing

@Suite struct YAMLSuiteTests {
    private static let here = URL(filePath: #filePath).deletingLastPathComponent()
    private static let part = YAMLSuiteCase.all(at: here.appending(path: "Data/yaml-test-suite-part.jsonl"))
    private static let whole = YAMLSuiteCase.all(
        at: shared.appending(path: "data/conformance/yaml/yaml-test-suite.jsonl"))

    /// Where libyaml is laxer than the suite, or, in the last, reads the older `?` of YAML 1.1.
    private static let takenThoughNoYAML: Set = ["CVW2", "G5U8", "MUS6/00", "S98Z", "Y79Y/03", "YJV2"]
    private static let readOtherwise: Set = ["HM87/01"]

    /// Where more test material lies on some machines.
    private static var shared: URL {
        if let path = ProcessInfo.processInfo.environment["TOXWATCH_SHARED"] { return URL(filePath: path) }
        return here.appending(path: "../../../shared").standardizedFileURL
    }

    @Test func `the part of the suite that is kept here has 40 cases`() {
        #expect(Self.part.count == 40)
    }

    @Test(arguments: part)
    func `a case of the suite is read as meant or refused with a place`(suiteCase: YAMLSuiteCase) throws {
        try Self.check(suiteCase)
    }

    @Test(.enabled(if: !whole.isEmpty, "the whole YAML test suite is not here: set TOXWATCH_SHARED"), arguments: whole)
    func `a case of the whole suite is read as meant or refused with a place`(suiteCase: YAMLSuiteCase) throws {
        try Self.check(suiteCase)
    }

    @Test func `damaged cases are read or refused, and nothing else`() {
        for suiteCase in Self.part {
            let bytes = Array(suiteCase.yaml.utf8)
            for index in bytes.indices {
                Self.expectAnswer(to: Array(bytes[..<index]))
                Self.expectAnswer(to: Array(bytes[..<index] + bytes[(index + 1)...]))
                for byte in "\t\n[]{}\"'*&:-?#|>%! \u{7F}\0".utf8 {
                    var damaged = bytes
                    damaged[index] = byte
                    Self.expectAnswer(to: damaged)
                }
            }
        }
    }

    /// A tree without a mistake, or a mistake with a place in the text.
    @discardableResult
    private static func expectAnswer(to bytes: [UInt8]) -> Node? {
        var mistakes = Mistakes()
        var budget = NodeBudget()
        let node = YAMLReader.read(bytes, file: "case.yaml", budget: &budget, mistakes: &mistakes)
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        #expect(node != nil || !mistakes.isEmpty, "\(bytes)")
        for mark in mistakes.all.map(\.mark) where mark.line != 0 {
            let length = lines.indices.contains(mark.line - 1) ? lines[mark.line - 1].count : -1
            #expect((1...(length + 1)).contains(mark.column), "\(mark) \(bytes)")
        }
        let heading = mistakes.isEmpty ? "" : "case.yaml:"
        #expect(mistakes.rendered(sources: ["case.yaml": bytes]).hasPrefix(heading))
        return mistakes.isEmpty ? node : nil
    }

    private static func check(_ suiteCase: YAMLSuiteCase) throws {
        let node = expectAnswer(to: Array(suiteCase.yaml.utf8))
        if suiteCase.fail {
            #expect((node != nil) == takenThoughNoYAML.contains(suiteCase.id))
        } else if let node, let agrees = try suiteCase.agrees(node) {
            #expect(agrees != readOtherwise.contains(suiteCase.id))
        }
    }
}
