import Clinical
import Config
import Foundation
import TestSupport

@testable import Classifier

/// A small pack written out in a test, and what it makes of events.
struct TestPack: Sendable {
    let compiled: CompiledPack

    /// Compiles files by path; `toxwatch.yaml` is given unless a test brings its own.
    init(
        _ files: [String: String], zone: SiteZone = .utc, quietZones: [SiteZone] = [],
        digest: String = String(repeating: "0", count: 64)
    ) throws {
        let (draft, mistakes) = Self.compile(files)
        guard let draft, mistakes.isEmpty else { throw NotCompiled(description: mistakes.rendered()) }
        compiled = draft.finished(
            digest: digest, isApproved: false, zone: zone, quietZones: quietZones)
    }

    /// Compiles a scale `ctcae` with these terms, under a therapy tree of a root with a default triage.
    init(
        terms: String, shared: String = "", therapies: String = TestPack.root, remindAfter: [String: String] = [:],
        digest: String = String(repeating: "0", count: 64)
    ) throws {
        var files = ["scale.yaml": Self.scale + Self.indented(terms), "shared.yaml": "{}\n", "any.yaml": therapies]
        if !shared.isEmpty { files["shared.yaml"] = shared }
        if !remindAfter.isEmpty {
            var front = Self.front + "include: [any.yaml, scale.yaml, shared.yaml]\n"
            for (severity, span) in remindAfter {
                front = front.replacing("\(severity): {", with: "\(severity): {remind_after: \(span), ")
            }
            files["toxwatch.yaml"] = front
        }
        try self.init(files, digest: digest)
    }

    /// The mistakes of files, as people read them.
    static func mistakes(_ files: [String: String]) -> String { compile(files).mistakes.rendered() }

    private static func compile(_ files: [String: String]) -> (draft: PackDraft?, mistakes: Mistakes) {
        var all = files
        if all["toxwatch.yaml"] == nil {
            all["toxwatch.yaml"] = front + "include: [\(files.keys.sorted().joined(separator: ", "))]\n"
        }
        var mistakes = Mistakes()
        let memory = ConfigFilesInMemory(all.mapValues { Array($0.utf8) })
        guard let tree = ConfigLoader.load(front: "toxwatch.yaml", files: memory, mistakes: &mistakes) else {
            return (nil, mistakes)
        }
        let compiled = PackDraft.compile(tree)
        mistakes.add(compiled.mistakes.all)
        return (compiled.draft, mistakes)
    }

    /// Why a pack that should compile did not.
    struct NotCompiled: Error, CustomStringConvertible {
        var description: String
    }

    /// Every line moved in by two spaces.
    static func indented(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "  " + $0 }
            .joined(separator: "\n")
    }

    static let front = """
        pack: test
        version: 1.0.0
        late_after: 90d
        severities:
          routine: {respond_within: 72h}
          soon: {respond_within: 24h}
          urgent: {respond_within: 4h}
          emergency: {respond_within: 15m}
        concerns: {bowel: Bowel, liver: Liver, skin: Skin, fever: Fever, kidney: Kidney, blood: Blood, data: Data}
        wording:
          possible: ", possibly {grade}[ ({reason})]"
          not_excluded: "{finding} possible[ ({reason})]"
          ungraded: "{term} could not be graded: {reason}"
          joined: " with "
          therapy: " on {therapy}"
          day: ", day {day}"
          title: ": {title}"
          unknown_therapy: unknown therapy
          unread: "A record could not be read: {reason}"
          retracted: "Taken back: {term} ({reason})"
          came_late: late
          was_completed: completed
          was_corrected: corrected
          was_withdrawn: withdrawn
          critical: "Flagged critical: {reason}"
          stale: ": no word of it for {span}"
          silent: "No word for {span}[, the last of {finding}]"
          heard: "Word came after {span}"
          closed: ": {status}"
          feed_silent: "Feed {feed}: no word for {span}"
          overdue: "; nobody answered"
          feed_heard: "Feed {feed}: word came"

        """

    static let scale = """
        scale: ctcae
        title: Test scale
        phrase: "{term} grade {grade}"
        source: scale source
        terms:

        """

    static let root = """
        therapy: any
        title: Any treatment
        phrase: treatment
        source: root source
        triage: {default: {1: routine, 2: soon, 3: urgent, 4: emergency}}

        """

    // MARK: Findings

    /// The findings of each event, as `alt.high 2` or `alt.high 1..3 (reason)`; the scale is told where it is not `ctcae`.
    func findings(_ lines: String...) -> [String] {
        var classifier = EventClassifier(pack: compiled)
        var output = FindingBatch()
        let events = TestEvents(compiled.vocabulary, lines)
        classifier.grade(events.batch, into: &output)
        return output.findings.map { text($0, output) }
    }

    private func text(_ finding: FindingRecord, _ output: FindingBatch) -> String {
        let direction = finding.direction.name.map { ".\($0)" } ?? ""
        let scale = word(finding.scale) == "ctcae" ? "" : "@\(word(finding.scale))"
        let grade = finding.grade.grade.map { " \($0)" } ?? " none"
        let possible = finding.possible.grade.map { "..\($0)" } ?? ""
        let reason = String(decoding: output.text[finding.reason.range], as: UTF8.self)
        return word(finding.term) + direction + scale + grade + possible + (reason.isEmpty ? "" : " (\(reason))")
    }

    /// The verdict of one event: its severity and the therapy that drove it.
    func verdict(_ line: String) -> String {
        var classifier = EventClassifier(pack: compiled)
        var output = FindingBatch()
        classifier.grade(TestEvents(compiled.vocabulary, [line]).batch, into: &output)
        return output.verdicts.map { "\($0.severity.name) on \(word($0.therapy))" }.joined(separator: "; ")
    }

    /// A word of the pack.
    func word(_ text: PackText) -> String { compiled.catalogue[text] }

    // MARK: Alerts

    /// The alerts of a run over these events.
    func alerts(_ lines: String..., roster: Roster? = nil, kinds: Set<String>? = nil) -> [AlertView] {
        alerts(lines, roster: roster, kinds: kinds)
    }

    /// The alerts of a run over these events.
    func alerts(_ lines: [String], roster: Roster? = nil, kinds: Set<String>? = nil) -> [AlertView] {
        alerts(TestEvents(compiled.vocabulary, lines).batch, roster: roster, kinds: kinds)
    }

    /// The alerts of a run over these events.
    func alerts(_ batch: EventBatch, roster: Roster? = nil, kinds: Set<String>? = nil) -> [AlertView] {
        var classifier = EventClassifier(pack: compiled, roster: roster, kinds: kinds)
        return alerts(batch, &classifier)
    }

    /// The alerts that a classifier makes of a batch.
    func alerts(_ batch: EventBatch, _ classifier: inout EventClassifier) -> [AlertView] {
        var output = AlertBatch()
        classifier.judge(batch, into: &output)
        return output.alerts.map { AlertView($0, output, compiled.catalogue) }
    }

    /// The classifier after a run over these events.
    func classifier(_ lines: String..., kinds: Set<String>? = nil) -> EventClassifier {
        var classifier = EventClassifier(pack: compiled, kinds: kinds)
        var output = AlertBatch()
        classifier.judge(TestEvents(compiled.vocabulary, lines).batch, into: &output)
        return classifier
    }
}

extension TestPack {
    /// The pack that is shipped, from the repository's own `config/`.
    static let shipped: TestPack = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("config")
        var files: [String: String] = [:]
        let names = FileManager.default.enumerator(atPath: root.path)
        while let name = names?.nextObject() as? String {
            guard name.hasSuffix(".yaml"), let bytes = FileManager.default.contents(atPath: root.path + "/" + name)
            else { continue }
            files[name] = String(decoding: bytes, as: UTF8.self)
        }
        do {
            return try TestPack(files)
        } catch {
            fatalError("the shipped pack does not compile: \(error)")
        }
    }()
}
