import TestSupport
import Testing

@testable import Classifier

/// What is wrong in a pack, where, and what was meant.
struct PackCompilerTests {
    /// A good pack; each test spoils one line of it.
    private static let scale = """
        scale: ctcae
        phrase: "{term} grade {grade}"
        source: scale source
        terms:
          alt:
            title: ALT
            concern: liver
            aliases: [alat]
            codes: [loinc|1742-6]
            unit: U/L
            units: {ukat/L: 60}
            plausible: 0..50000
            direction: high
            grades: {1: "> 1 ULN", 2: "> 3 ULN", 3: "> 5 ULN"}
          na:
            title: Sodium
            concern: kidney
            unit: mmol/L
            low: {title: Hyponatremia, grades: {1: "< 1 LLN", 2: "< 130", 3: "< 125"}}
          rash:
            title: Rash
            concern: skin
            attributes:
              area: {unit: "%", plausible: 0..100}
              adl:
              sore: {kind: bool}
            default: area
            grades: {1: area > 0, 2: area > 10 or adl = instrumental, 3: area > 30 and sore}

        """

    private static let shared = """
        attributes:
          adl: {choices: [none, instrumental, self_care]}
        qualifiers:
          symptomatic: {}
          well: {denies: symptomatic}
        agents:
          pembro: {therapy: pd1, atc: [L01FF02]}
        codes:
          rash: [meddra|1]
          rash.area: [bsa]

        """

    private static let therapies = """
        therapy: any
        source: root source
        triage:
          default: {1: routine, 2: soon, 3: urgent}
          alt: {1: none, 2: soon}
        rules:
          - {id: sore, kind: when, when: rash.sore, severity: soon}
          - {id: pair, kind: together, of: [alt >= 1, rash >= 1], within: 3d, severity: urgent}
          - {id: left, kind: unjudged, terms: [alt, rash], severity: soon}

        """

    private static let ici = """
        therapy: ici
        source: ici source
        watch: {from: 0d, until: 365d after last_dose}
        triage: {rash: {2: urgent}}
        advice: {rash: {2: {text: Look., source: s}}}
        subtypes:
          pd1: {title: PD-1}
          both: {formed_by: {at_least: 2, of: [pd1, chemo]}}
        """

    private static let modifiers = "modifiers:\n  chemo: {title: Chemotherapy}\n"

    /// The pack with one text replaced by another.
    private static func spoiled(_ old: String, _ new: String) -> [String: String] {
        var files = [
            "toxwatch.yaml": TestPack.front
                + "include: [scale.yaml, shared.yaml, any.yaml, ici.yaml, modifiers.yaml]\n",
            "scale.yaml": scale, "shared.yaml": shared, "any.yaml": therapies, "ici.yaml": ici,
            "modifiers.yaml": modifiers,
        ]
        for (path, text) in files where text.contains(old) { files[path] = text.replacing(old, with: new) }
        return files
    }

    @Test func `the pack without a mistake compiles`() throws {
        #expect(TestPack.mistakes(Self.spoiled("nothing of this kind", "")) == "")
        _ = try TestPack(Self.spoiled("nothing of this kind", ""))
    }

    @Test(arguments: PackMistakes.all)
    func `a mistake says where, what, and what was meant`(old: String, new: String, problem: String, help: String) {
        let mistakes = TestPack.mistakes(Self.spoiled(old, new))
        let wanted = problem + "\n"
        #expect(mistakes.contains(wanted), "\(mistakes)")
        if !help.isEmpty { #expect(mistakes.contains("  help: \(help)\n"), "\(mistakes)") }
    }

    @Test(arguments: ["  soon: {respond_within: 4x}\n", "  soon: {}\n", ""])
    func `a mistake in one severity is told once`(line: String) {
        let mistakes = TestPack.mistakes(Self.spoiled("  soon: {respond_within: 24h}\n", line))
        #expect(mistakes.split(separator: "error:").count == 2, "\(mistakes)")
    }

    @Test(arguments: 0..<50)
    func `however a pack is spoiled, it is told and nothing breaks`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "", "-1", "99999999999999999999", "{}", "[]", "~", "any", "not ", "1e400", ">", "%", "grade", "..", "0",
            "alt", "low", "ULN",
        ]
        for _ in 0..<20 {
            var files = Self.spoiled("nothing of this kind", "")
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let path =
                    ["scale.yaml", "shared.yaml", "any.yaml", "ici.yaml", "toxwatch.yaml"].randomElement(using: &random)
                    ?? ""
                var words = (files[path] ?? "").split(separator: " ", omittingEmptySubsequences: false).map(String.init)
                let place = Int.random(in: words.indices, using: &random)
                words[place] =
                    Bool.random(using: &random)
                    ? words.randomElement(using: &random) ?? "" : pieces.randomElement(using: &random) ?? ""
                files[path] = words.joined(separator: " ")
            }
            let mistakes = TestPack.mistakes(files)
            #expect(mistakes.isEmpty == ((try? TestPack(files)) != nil))
        }
    }

    @Test func `all mistakes are told in one pass`() {
        var files = Self.spoiled("concern: liver", "concern: livr")
        files["any.yaml"] = files["any.yaml"]?.replacing("rash.sore", with: "rash.soar").replacing(
            "alt: {1", with: "atl: {1")
        files["shared.yaml"] = files["shared.yaml"]?.replacing("rash.area", with: "rash.aera")
        let mistakes = TestPack.mistakes(files)
        for name in ["livr", "soar", "atl", "aera"] { #expect(mistakes.contains("'\(name)'"), "\(mistakes)") }
        #expect(mistakes.hasSuffix("4 mistakes\n"), "\(mistakes)")
    }

    @Test(arguments: [
        "", "triage: {default: {1: none}}\n", "rules: [{id: a, kind: when, when: rash.sore, severity: none}]\n",
    ])
    func `a pack that could never alert is a mistake`(therapy: String) {
        var files = Self.spoiled("nothing of this kind", "")
        files["any.yaml"] = "therapy: any\nsource: s\n" + therapy
        files["ici.yaml"] = "therapy: pd1\n"
        #expect(
            TestPack.mistakes(files).hasPrefix(
                "toxwatch.yaml:1:7: error: the pack yields no rule: nothing could ever alert\n"))
    }

    @Test func `a pack without a front page, wording or severities says so`() {
        var files = Self.spoiled("nothing of this kind", "")
        files["toxwatch.yaml"] = "include: [scale.yaml, shared.yaml, any.yaml, ici.yaml, modifiers.yaml]\n"
        #expect(TestPack.mistakes(files).contains("error: no front page: no file says 'pack: NAME'\n"))
        files["toxwatch.yaml"] =
            "pack: p\nversion: 1\ninclude: [scale.yaml, shared.yaml, any.yaml, ici.yaml, modifiers.yaml]\n"
        let mistakes = TestPack.mistakes(files)
        #expect(
            mistakes.contains(
                "toxwatch.yaml:1:7: error: the front page needs 'severities' with a 'respond_within' for each\n"))
        #expect(mistakes.contains("toxwatch.yaml:1:7: error: the front page needs 'wording'\n"))
    }
}
