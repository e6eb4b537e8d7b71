import Clinical
import TestSupport
import Testing

@testable import Classifier

/// Memory that was made under one pack goes on under another.
struct TranslationTests {
    /// A pack with terms and rules between the others, so that every number is another; the meaning is the same.
    private static let rules = [
        "- {id: worse, kind: worsened, terms: [x], by: 2, within: 3d, severity: urgent}",
        "- {id: lasting, kind: sustained, when: \"x >= 1\", for: 24h, severity: soon}",
        "- {id: thrice, kind: repeated, when: \"y >= 1\", times: 3, within: 2d, severity: urgent}",
        "- {id: pair, kind: together, of: [x >= 1, y >= 2], within: 2d, concern: blood, severity: urgent}",
        "- {id: rising, kind: rising, terms: [crea], by_factor: 1.5, within: 3d, severity: soon}",
        "- {id: left, kind: unjudged, terms: all, severity: soon}",
    ]
    private static let former = Result { try TimePack.with(rules.joined(separator: "\n")) }
    private static let renumbered = Result {
        let others = (0..<8).map { "other\($0): {title: Other, concern: liver, unit: ng/mL, grades: {1: \"> 1\"}}" }
        return try TestPack(
            terms: mixed(others, TimePack.terms.split(separator: "\n").map(String.init)) + "\n",
            therapies: TimePack.tree(
                mixed(
                    (0..<8).map { "- {id: other\($0), kind: when, when: \"other\($0 % 3) >= 1\", severity: soon}" },
                    rules)),
            digest: "renumbered")
    }

    /// One line of each in turn.
    private static func mixed(_ others: [String], _ lines: [String]) -> String {
        zip(others, lines).map { other, line in other + "\n" + line }.joined(separator: "\n")
    }

    private static let values = [
        "x=0.5", "x=1.5", "x=2.5", "x=3.5", "x='much'", "y=0.5", "y=1.5", "y=2.5", "crea=60 unit=umol/L high=100",
        "crea=95 unit=umol/L high=100", "crea=150 unit=umol/L high=100", "crea=1 unit=mg/dL high=1.2",
        "crea=80 unit=ounce",
    ]

    private static func stream(_ random: inout SeededGenerator, count: Int) -> [String] {
        (0..<count).map { number in
            let (day, hour) = (number / 8, Int.random(in: 0..<24, using: &random))
            let id = random.next() % 9 == 0 ? "e\(Int.random(in: 0..<max(1, number), using: &random))" : "e\(number)"
            let status = random.next() % 20 == 0 ? " status=cancelled" : ""
            let value = values.randomElement(using: &random) ?? "x=1"
            return "\(value) id=\(id) t=d\(day)h\(hour) patient=P\(Int.random(in: 1...2, using: &random))\(status)"
        }
    }

    /// What alerts say, without what depends on the order of rules and terms in a pack.
    private static func lines(_ alerts: [AlertView]) -> [String] {
        alerts.map { "\($0.alertID) \($0.patient) \($0.transition) \($0.severity) \($0.concern) \($0.grade ?? -1)" }
            .sorted()
    }

    @Test(arguments: Trials.seeds(0..<20))
    func `a pack that says the same under other numbers goes on as if nothing had changed`(seed: UInt64) throws {
        let (former, next) = (try Self.former.get(), try Self.renumbered.get())
        var random = SeededGenerator(seed: seed)
        let stream = Self.stream(&random, count: 120)
        let middle = Int.random(in: 10..<110, using: &random)
        let wanted = Self.lines(former.alerts(stream))
        #expect(wanted.count > 15)
        for isByBytes in [true, false] {
            let kept = KeptMemory()
            var first = kept.classifier(former)
            var found = Self.lines(
                former.alerts(TestEvents(former.compiled.vocabulary, Array(stream[..<middle])).batch, &first))
            var second: EventClassifier
            if isByBytes {
                kept.fold(&first)
                second = kept.classifier(next)
            } else {
                second = EventClassifier(
                    pack: next.compiled, roster: nil, kinds: nil, remembersAll: true, after: first)
            }
            found += Self.lines(
                next.alerts(TestEvents(next.compiled.vocabulary, Array(stream[middle...])).batch, &second))
            let same = found.sorted() == wanted
            #expect(same, "\(isByBytes) \(middle) \(Set(found).symmetricDifference(wanted).sorted())")
            let settled = second.translated.settled
            #expect(settled == 0)
        }
    }

    // MARK: A pack that says something else

    /// What a second pack made of events, and how the patient stands then.
    private struct Afterwards {
        var lines: [String]
        var memory: PatientMemory
        var repeats: Int
        /// How many patients' pasts the second pack sees otherwise.
        var settled: Int
        /// That nobody answered the first episode.
        var overdue: [AlertView] = []
    }

    /// What a second pack makes of `after`, given what a first one remembers of `before`; each has rules of its own.
    private func alerts(
        _ before: [String], _ rules: String, then after: [String], under others: String, terms: String = TimePack.terms
    ) throws -> Afterwards {
        let former = try TestPack(terms: TimePack.terms, therapies: TimePack.tree(rules), digest: "former")
        let next = try TestPack(terms: terms, therapies: TimePack.tree(others), digest: "next")
        let kept = KeptMemory()
        var first = kept.classifier(former)
        _ = former.alerts(TestEvents(former.compiled.vocabulary, before).batch, &first)
        kept.fold(&first)
        var second = kept.classifier(next)
        let found = next.alerts(TestEvents(next.compiled.vocabulary, after).batch, &second)
        second.expect(Array("P1".utf8))
        let memory = second.memory(of: "P1") ?? PatientMemory()
        var afterwards = Afterwards(
            lines: found.map { "\($0.transition) \($0.severity) \($0.concern) \($0.rule)" }, memory: memory,
            repeats: second.tally.repeats, settled: second.translated.settled)
        var told = AlertBatch()
        for episode in memory.episodes.prefix(1) {
            _ = second.tellOverdue(
                episode.id, of: Array("P1".utf8), at: TestEvents.moment("d9h0"), into: &told)
        }
        afterwards.overdue = told.alerts.map { AlertView($0, told, next.compiled.catalogue) }
        return afterwards
    }

    @Test func `rules over time see the reports of before`() throws {
        let thrice = "- {id: thrice, kind: repeated, when: \"x >= 1\", times: 3, within: 2d, severity: urgent}"
        let found = try alerts(
            ["x=1.5 id=a t=d0h1", "x=1.5 id=b t=d0h2"], "", then: ["x=1.5 id=c t=d0h3"], under: thrice)
        #expect(found.lines == ["worsened urgent skin thrice"])
    }

    @Test func `a report that came before the pack changed is a repeat`() throws {
        let found = try alerts(["x=3.5 id=a t=d0h1"], "", then: ["x=3.5 id=a t=d0h1"], under: "")
        #expect(found.lines == [] && found.repeats == 1 && found.settled == 0)
    }

    @Test func `a report of before that is taken back takes back what it told`() throws {
        let found = try alerts(
            ["x=3.5 id=a t=d0h1"], "", then: ["x id=a t=d0h1 status=cancelled"],
            under: "- {id: other, kind: when, when: \"y >= 1\", severity: soon}")
        #expect(found.lines == ["retracted none skin grade:x"])
    }

    @Test(arguments: [
        // What the new pack thinks more severe, less severe, and nothing of, is told when a report says it.
        ("x=1.5", "x=1.5", "worsened urgent skin spots"), ("x=1.5", "x=1.6", nil), ("x=1.5", "x=0.5", nil),
    ])
    func `an episode whose rule is gone stays open, as severe as it was told, until staff close it`(
        before: String, after: String, told: String?
    ) throws {
        let gone = "- {id: gone, kind: when, when: \"x >= 1\", severity: urgent}"
        let found = try alerts(
            ["\(before) id=a t=d0h1"], gone, then: ["\(after) id=b t=d0h9"],
            under: told == nil ? "" : "- {id: spots, kind: when, when: \"x >= 1\", severity: urgent}")
        #expect(found.lines == (told.map { [$0] } ?? []))
        let episodes = found.memory.episodes
        #expect(episodes.map(\.severity) == [.urgent])
        #expect(episodes.contains { $0.standings.contains { $0.key == Episode.Standing.orphaned } })
    }

    @Test func `nobody answered an episode whose rule is gone, and its term tells it`() throws {
        let gone = "- {id: gone, kind: when, when: \"x >= 1\", severity: urgent}"
        let found = try alerts(["x=0.5 id=a t=d0h1", "x=1.5 id=b t=d0h2"], gone, then: [], under: "")
        #expect(found.overdue.map(\.line) == ["overdue urgent skin by grade:x on any"], "\(found.overdue)")
        #expect(found.overdue.map(\.term) == ["x"])
    }

    @Test func `an episode whose rule is gone names the report that called, not a later one`() throws {
        let gone = "- {id: gone, kind: repeated, when: \"x >= 1\", times: 2, within: 2d, severity: emergency}"
        let found = try alerts(
            ["x=2.5 id=a t=d0h1", "x=2.5 id=b t=d0h2"], gone, then: ["x=0.5 id=c t=d1h1"], under: "")
        #expect(found.overdue.map(\.line) == ["overdue emergency skin by grade:x on any"], "\(found.overdue)")
        #expect(found.overdue.map(\.evidence) == [["b x.value=2.5"]])
    }

    @Test func `a correction of what is settled speaks when it is worse`() throws {
        let gone = "- {id: gone, kind: when, when: \"x >= 1\", severity: soon}"
        let found = try alerts(
            ["x=1.5 id=a t=d0h1", "y=0.5 id=b t=d0h2"], gone, then: ["x=4.5 id=a t=d0h1 status=corrected"], under: "")
        #expect(found.settled == 1)
        #expect(found.lines == ["worsened emergency skin grade:x"])
    }

    @Test func `what is not watched any more is let go, and what is open of it stays open for staff alone`() throws {
        let terms = TimePack.terms.replacing(#/x: .*\n/#, with: "")
        let found = try alerts(
            ["x=3.5 id=a t=d0h1", "y=1.5 id=b t=d0h2"], "", then: ["y=2.5 id=c t=d0h9"], under: "", terms: terms)
        #expect(found.lines == ["worsened soon bowel grade:y"])
        #expect(found.memory.log.count == 2)
    }
}
