import Clinical
import TestSupport
import Testing

/// The story of a week: everything that can become of an episode, told by the job and the nurse of the samples.
@Suite struct StoryTests {
    /// Its output, below `samples/expected/`.
    static let file = "story.txt"

    private let place: Workplace
    private let output: Program.Result

    init() throws {
        place = try Workplace()
        output = try place.shell("sh '\(Repository.path("samples/story/story.sh"))' state.db")
    }

    private func exported(_ kind: String) throws -> [JSONText] {
        let lines = try place.toxwatch.run("state", "export", "--state", "state.db").lines
        return lines.compactMap { JSONText($0.utf8) }.filter { $0["kind"]?.string == kind }
    }

    @Test func `it is told as expected`() {
        #expect(output.status == 0 && output.told == "", "\(output.told)")
        let difference = Golden.difference(output.output, fromFile: Repository.path("samples/expected/\(Self.file)"))
        #expect(difference == nil, "\(difference ?? "")")
    }

    @Test func `every transition occurs, a silent patient, a feed that stopped, and a report that came too late`()
        throws
    {
        let alerts = try exported("alert").compactMap { $0["content"] }
        let transitions = Set(alerts.compactMap { $0["transition"]?.string })
        #expect(transitions == Set(Transition.allCases.map(\.name)))
        let rules = alerts.compactMap { $0["rule"]?.string }
        #expect(rules.contains("silent-after-cells") && rules.contains("feed-stopped"))
        #expect(alerts.contains { $0["newest"] != nil })
        #expect(try exported("run").last?["late"] == .number("1"))
    }

    @Test func `staff acknowledge, close and silence, and all holds together`() throws {
        let deeds = try exported("act").compactMap { $0["deed"]?.string }
        #expect(Set(deeds) == ["acknowledge", "close", "silence"])
        #expect(try exported("run").contains { $0["silenced"] == .number("1") })
        #expect(try place.toxwatch.run("state", "check", "--state", "state.db").status == 0)
    }
}
