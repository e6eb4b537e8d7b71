import Clinical
import TestSupport
import Testing

@testable import Classifier

/// One call per concern: who leads, what stands beside it, what is said.
struct AlertComposerTests {
    private static let files = [
        "scale.yaml": TestPack.scale + """
              rash: {title: Rash maculo-papular, phrase: rash, concern: skin, attributes: {area: {unit: "%", plausible: 0..100}, adl: {choices: [none, some], absent: none}}, default: area, grades: {1: "area > 0", 2: {is: "area > 10", source: own source}, 3: "area > 30 or adl = some"}}
              itch: {title: Itch, concern: skin, grades: {1: "> 1", 2: "> 2", 3: "> 3"}}
              loose: {title: Diarrhea, concern: bowel, grades: {1: "> 1", 2: "> 2", 3: "> 3"}}
              sbp_low: {title: Hypotension, concern: blood, attributes: {sbp: {unit: "mm[Hg]", plausible: 30..300, codes: [sbp]}}, grades: {1: "sbp < 90"}}
              sbp_high: {title: Hypertension, concern: kidney, attributes: {sbp: {unit: "mm[Hg]", plausible: 30..300, codes: [sbp]}}, grades: {1: "sbp > 140"}}

            """,
        "any.yaml": """
        therapy: any
        source: root source
        triage: {default: {1: routine, 2: soon, 3: urgent}, itch: {1: {severity: soon, respond_within: 2h}}}
        advice:
          rash:
            2: {text: Look at it., confidence: confirmed, source: advice source}
            3: {text: Look at it now., confidence: mixed, source: advice source}
        rules:
          - {id: big, kind: when, when: rash.area > 20, title: large area, severity: urgent, respond_within: 30m, source: rule source}
          - {id: any-rash, kind: when, when: rash >= 1, severity: routine}
          - {id: elsewhere, kind: when, when: rash >= 1, concern: liver, severity: soon, respond_within: 48h}
          - {id: quiet, kind: when, when: rash >= 1, severity: none}
          - {id: advised, kind: when, when: loose >= 3, severity: urgent, advice: {text: Own advice., confidence: knowledge, source: own advice source}}

        """,
        "ici.yaml":
            "therapy: ici\nphrase: checkpoint inhibitor\nsource: ici source\ntriage: {rash: {2: urgent}}\nadvice: {rash: {1: {text: Wait., confidence: confirmed, source: ici advice}}}\n",
    ]

    private static let pack = Result { try TestPack(files) }

    @Test func `one report makes one call per concern; the most severe leads, the others stand in because`() throws {
        let alerts = try Self.pack.get().alerts("rash=25 therapy=any id=e1")
        #expect(alerts.map(\.line) == ["opened urgent skin by big on any", "opened soon liver by elsewhere on any"])
        #expect(alerts.map(\.because) == [["grade:rash soon", "any-rash routine"], []])
        #expect(alerts.map(\.evidence) == [["e1 rash.area=25"], ["e1 rash.area=25"]])
        #expect(alerts.map(\.summary) == ["Rash grade 2 on any: large area", "Rash grade 2 on any"])
    }

    @Test func `because tells each rule once, at its worst, whatever the number of therapies`() throws {
        let alert = try #require(Self.pack.get().alerts("rash=25 therapy=ici+any").first)
        #expect(alert.line == "opened urgent skin by big on any")
        #expect(alert.also == ["ici"])
        #expect(alert.because == ["grade:rash urgent", "any-rash routine"])
    }

    @Test func `the shorter of the severity's time and the rule's own holds`() throws {
        let pack = try Self.pack.get()
        #expect(pack.alerts("rash=25 therapy=any").map(\.minutesToRespond) == [30, 24 * 60])
        #expect(pack.alerts("rash=5 therapy=any").map(\.minutesToRespond) == [72 * 60, 24 * 60])
        #expect(pack.alerts("itch=1.5 therapy=any").map(\.minutesToRespond) == [120])
        #expect(pack.alerts("loose=2.5 therapy=any").map(\.minutesToRespond) == [24 * 60])
    }

    @Test func `advice is the rule's own, else that for the grade found`() throws {
        let pack = try Self.pack.get()
        func advice(_ event: String) -> [String] { pack.alerts(event).filter { $0.concern != "liver" }.map(\.advice) }
        #expect(advice("rash=5 therapy=any") == [""])
        #expect(advice("rash=15 therapy=any") == ["Look at it."])
        #expect(advice("rash=35 therapy=any") == ["Look at it now."])
        #expect(advice("loose=3.5 therapy=any") == ["Own advice."])
        #expect(advice("rash=5 therapy=ici") == ["Wait."])
    }

    @Test func `sources name the row, the criterion and the advice, each once`() throws {
        let pack = try Self.pack.get()
        func sources(_ event: String) -> [[String]] {
            pack.alerts(event).filter { $0.concern != "liver" }.map(\.sources)
        }
        #expect(sources("rash=15 therapy=any") == [["root source", "own source", "advice source"]])
        #expect(sources("rash=15 therapy=ici").first?.prefix(2) == ["ici source", "own source"])
        #expect(sources("rash=25 therapy=any") == [["rule source", "own source", "advice source"]])
        #expect(sources("rash=5 therapy=any") == [["root source", "scale source"]])
    }

    @Test func `a code about several terms makes a report for each, and a call for each concern`() throws {
        let pack = try Self.pack.get()
        #expect(
            pack.alerts("sbp=80 unit=mm[Hg] therapy=any").map(\.line) == [
                "opened routine blood by grade:sbp_low on any"
            ])
        #expect(
            pack.alerts("sbp=150 unit=mm[Hg] therapy=any").map(\.line) == [
                "opened routine kidney by grade:sbp_high on any"
            ])
        #expect(pack.alerts("sbp=120 unit=mm[Hg] therapy=any").isEmpty)
    }

    @Test func `evidence shows what was answered, as it was written, and who it is a test of`() throws {
        let alerts = try Self.pack.get().alerts(
            "rash{area=15.0,adl=none} id=e1 therapy=any test", "sbp=80.0 unit=mm[Hg] comparator=< id=e2 therapy=any")
        #expect(
            alerts.map(\.evidence) == [
                ["e1 rash.area=15.0", "e1 rash.adl=none"], ["e1 rash.area=15.0", "e1 rash.adl=none"],
                ["e2 sbp_low.sbp=<80.0 mm[Hg]"],
            ])
        #expect(alerts.map(\.isTest) == [true, true, false])
    }

    @Test func `none never opens`() throws {
        let pack = try TestPack([
            "scale.yaml": TestPack.scale + "  x: {title: X, concern: skin, grades: {1: \"> 1\"}}\n",
            "any.yaml":
                "therapy: any\nsource: s\ntriage: {default: {1: none, 2: soon}}\nrules: [{id: a, kind: when, when: x >= 1, severity: none}]\n",
        ])
        #expect(pack.alerts("x=2", "x=3").isEmpty)
    }
}
