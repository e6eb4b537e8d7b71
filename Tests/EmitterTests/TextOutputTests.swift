import Clinical
import Emitter
import TestSupport
import Testing

@Suite struct TextOutputTests {
    private func headline(
        _ severity: Severity = .soon, color: Bool = false, _ change: (inout AlertRecord, inout AlertStory) -> Void
    ) throws -> String {
        var story = AlertStory()
        story.add(severity, change: change)
        return try #require(lines(TextOutput.output(of: story, usesColor: color)).first)
    }

    @Test func `marks stand before the summary`() throws {
        let line = try headline { alert, story in
            alert.isTest = true
            story.catalogue.mode = "shadow"
            story.catalogue.isApproved = false
        }
        #expect(line == "SOON       P0042  opened  [test] [shadow] [unapproved] Diarrhea grade 2")
    }

    @Test func `a severity that changed is told with the one before`() throws {
        let worse = try headline(.urgent) { alert, _ in
            alert.transition = .worsened
            alert.previousSeverity = .routine
        }
        #expect(worse == "URGENT     P0042  worsened from routine  Diarrhea grade 2")
        let same = try headline { alert, _ in
            alert.transition = .reminded
            alert.previousSeverity = .soon
        }
        #expect(same == "SOON       P0042  reminded  Diarrhea grade 2")
    }

    @Test func `what became worse without a more severe call tells that it was as severe before`() throws {
        let line = try headline(.urgent) { alert, _ in
            alert.transition = .worsened
            alert.previousSeverity = .urgent
        }
        #expect(line == "URGENT     P0042  worsened, already urgent  Diarrhea grade 2")
        let beside = try headline(.urgent) { alert, _ in
            alert.transition = .worsened
            alert.previousSeverity = .emergency
        }
        #expect(beside == "URGENT     P0042  worsened, already emergency  Diarrhea grade 2")
    }

    @Test(arguments: Severity.allCases)
    func `every severity keeps the columns`(severity: Severity) throws {
        let line = try headline(severity) { _, _ in }
        #expect(line.dropFirst(11).hasPrefix("P0042  opened"))
        #expect(line.hasPrefix(severity.name.uppercased() + "  "))
    }

    @Test(arguments: Severity.allCases)
    func `colour is put on the severity alone`(severity: Severity) throws {
        let plain = try headline(severity) { _, _ in }
        let colored = try headline(severity, color: true) { _, _ in }
        let parts = colored.split(separator: "\u{1B}", omittingEmptySubsequences: false)
        try #require(parts.count == 3)
        #expect(parts[0] == "")
        #expect(parts[1].hasSuffix("m\(severity.name.uppercased())"))
        #expect(parts[2] == "[0m" + plain.dropFirst(severity.name.count))
    }

    @Test func `each severity has a colour of its own`() throws {
        let colors = try Severity.allCases.map { try headline($0, color: true) { _, _ in }.prefix { $0 != "m" } }
        #expect(Set(colors).count == Severity.allCases.count)
    }

    @Test func `a batch under a live, approved pack has no marks`() throws {
        #expect(try headline { _, _ in } == "SOON       P0042  opened  Diarrhea grade 2")
    }

    @Test func `what time made tells when it fell due, and a feed is no patient`() {
        var story = AlertStory()
        story.add(.soon, .stale) { alert, _ in alert.isDeadline = true }
        story.add(.urgent, patient: "", summary: "The feed stopped") { alert, _ in alert.isDeadline = true }
        #expect(
            lines(TextOutput.output(of: story)) == [
                "SOON       P0042  stale  Diarrhea grade 2",
                "           bowel · rule grade:diarrhea · fell due 2026-03-01 08:15 UTC",
                "URGENT     (no patient)  opened  The feed stopped",
                "           bowel · rule grade:diarrhea · fell due 2026-03-01 08:15 UTC",
            ])
    }

    /// No alert once told staff the value that it was about.
    @Test func `the answers are shown with their units, one below the other, and harmless`() {
        var story = AlertStory()
        story.add(.urgent) { alert, story in
            let first = story.evidence(event: "e1", term: "anc", attribute: "value", value: "0.4", unit: "10*9/L")
            var earlier = alert.time
            earlier.milliseconds -= 3_600_000
            _ = story.evidence(
                event: "e2", at: earlier, term: "fever", attribute: "temperature", value: "38.4\u{1B}[2J", unit: "Cel\n"
            )
            _ = story.evidence(event: "e3", term: "chills", value: "")
            alert.evidence = Run(start: Int(first.start), count: 3)
        }
        #expect(
            lines(TextOutput.output(of: story)).dropFirst(2) == [
                "           answers anc value          0.4 10*9/L",
                "                   fever temperature  38.4<U+001B>[2J Cel⏎ · seen 2026-03-01 07:15 UTC",
                "                   chills             (no value)",
            ])
    }
}
