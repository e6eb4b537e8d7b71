import Clinical

/// Writes the sentences of alerts in the pack's own words.
struct SentenceWriter: Sendable {
    let pack: CompiledPack

    init(_ pack: CompiledPack) { self.pack = pack }

    /// What one finding says, such as `Diarrhea grade 1`; `isFirst` gives it a capital letter, and a rule that leads
    /// takes away a grade of 0, which is not what the call is about.
    func appendFinding(
        _ finding: Finding?, term: Int, want: [UInt8], isFirst: Bool, isLedByRule: Bool, to text: inout [UInt8]
    ) {
        let grading = finding.map { Int($0.grading) }
        let name = grading.map { pack.gradings[$0].title } ?? pack.terms[term].title
        guard let finding, let grading, !finding.grade.isNone || !finding.possible.isNone && want.isEmpty else {
            if want.isEmpty {
                Self.appendTitle(pack.catalogue[name], isFirst, to: &text)
                return
            }
            pack.templates.ungraded.append(to: &text) { place, text in
                if place == .reason { text += want } else { Self.appendTitle(pack.catalogue[name], isFirst, to: &text) }
            }
            return
        }
        let isPossible = finding.possible.rawValue > finding.grade.rawValue
        if isPossible, finding.grade.rawValue <= 0 {
            appendNotExcluded(finding, want: want, isFirst: isFirst, to: &text)
            return
        }
        if isLedByRule, finding.grade.rawValue == 0 {
            // Well is neither too low nor too high.
            Self.appendTitle(pack.catalogue[pack.terms[term].title], isFirst, to: &text)
            return
        }
        appendPhrase(finding.grade, grading, isFirst, to: &text)
        guard isPossible else { return }
        pack.templates.possible.append(to: &text) { place, text in
            if place == .grade { text.append(UInt8(48 + Int(finding.possible.rawValue))) } else { text += want }
        }
    }

    /// Appends what could not be excluded, such as `Cough PRO-CTCAE composite 2 possible`.
    func appendNotExcluded(_ finding: Finding, want: [UInt8], isFirst: Bool, to text: inout [UInt8]) {
        pack.templates.notExcluded.append(to: &text) { place, text in
            if place == .reason {
                text += want
            } else {
                appendPhrase(finding.possible, Int(finding.grading), isFirst, to: &text)
            }
        }
    }

    private func appendPhrase(_ grade: MaybeGrade, _ grading: Int, _ isFirst: Bool, to text: inout [UInt8]) {
        pack.templates.phrases[grading].append(to: &text) { place, text in
            if place == .grade {
                text.append(UInt8(48 + max(0, Int(grade.rawValue))))
            } else {
                Self.appendTitle(pack.catalogue[pack.gradings[grading].title], isFirst, to: &text)
            }
        }
    }

    /// Appends what stands between two findings.
    func appendJoin(to text: inout [UInt8]) { pack.templates.joined.append(to: &text) { _, _ in } }

    /// Appends ` on checkpoint inhibitor, day 41: possible colitis`.
    func appendSetting(_ therapyText: String, day number: Int32?, title ruleTitle: PackText, to text: inout [UInt8]) {
        pack.templates.therapy.append(to: &text) { _, text in text += therapyText.utf8 }
        if let number { pack.templates.day.append(to: &text) { _, text in text += String(number).utf8 } }
        if !ruleTitle.isNone {
            pack.templates.title.append(to: &text) { _, text in text += pack.catalogue[ruleTitle].utf8 }
        }
    }

    /// Appends the sentence for a record that nobody could judge.
    func append(_ kind: UnjudgedRule.Records, _ reason: String, to text: inout [UInt8]) {
        let template = kind == .unread ? pack.templates.unread : pack.templates.critical
        template.append(to: &text) { _, text in text += reason.utf8 }
    }

    /// A title as a sentence begins with it, or as it stands inside one: only an ordinary word loses its capital.
    private static func appendTitle(_ title: String, _ isFirst: Bool, to text: inout [UInt8]) {
        let bytes = title.utf8
        guard let first = bytes.first else { return }
        let isLower = first >= UInt8(ascii: "a") && first <= UInt8(ascii: "z")
        let isUpper = first >= UInt8(ascii: "A") && first <= UInt8(ascii: "Z")
        let second = bytes.dropFirst().first ?? 0
        let isWord = second >= UInt8(ascii: "a") && second <= UInt8(ascii: "z")
        if isFirst, isLower {
            text.append(first - 32)
        } else if !isFirst, isUpper, isWord {
            text.append(first + 32)
        } else {
            text.append(first)
        }
        text += bytes.dropFirst()
    }
}
