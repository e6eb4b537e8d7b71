import Parser
import Testing

struct JSONConformanceTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var bytes: [UInt8]
        var testDescription: String { name }
    }

    static let part: [Case] = {
        let text = String(decoding: TestData.bytes(TestData.folder + "/Data/JSONTestSuitePart.txt"), as: UTF8.self)
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let halves = line.split(separator: "\t", omittingEmptySubsequences: false)
            let digits = Array(halves[1])
            let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
                UInt8(String(digits[$0...$0 + 1]), radix: 16)
            }
            return Case(name: String(halves[0]), bytes: bytes)
        }
    }()

    @Test func `the part of the suite that the package carries is whole`() {
        #expect(Self.part.count == 41)
    }

    @Test(arguments: part)
    func `the carried part of JSONTestSuite is judged as it says`(_ item: Case) throws {
        try Self.judge(item)
    }

    @Test(.enabled(if: TestData.shared != nil, "the shared collections are absent"))
    func `all of JSONTestSuite is judged as it says`() throws {
        let folder = (TestData.shared ?? "") + "/data/conformance/json/test_parsing/"
        let names = TestData.names(in: folder)
        #expect(names.count > 100)
        for name in names { try Self.judge(Case(name: name, bytes: TestData.bytes(folder + name))) }
    }

    static func judge(_ item: Case) throws {
        // On its own, no case is an event.
        #expect(try reading(item.bytes).events == [], "\(item.name)")
        let good = Array(NDJSONInputTests.line("").utf8)
        // A line end inside a valid value cannot stand in one line; to JSON, it is a blank like any other.
        let isValid = item.name.hasPrefix("y_")
        let value = isValid ? item.bytes.map { $0 == UInt8(ascii: "\n") ? UInt8(ascii: " ") : $0 } : item.bytes
        let line = Array(NDJSONInputTests.line(#","zz":"#).utf8.dropLast(2)) + value + Array("}\n".utf8)
        let told = try reading(good + line + good)
        #expect(told.events.count >= 2, "\(item.name)")
        if isValid { #expect(told.events.count == 3 && told.rejects == [], "\(item.name)") }
        if item.name.hasPrefix("n_") { #expect(told.events.count == 2 && !told.rejects.isEmpty, "\(item.name)") }
    }
}
