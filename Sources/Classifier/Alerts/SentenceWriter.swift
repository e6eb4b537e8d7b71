import Clinical

/// Writes the sentences of alerts in the pack's own words.
struct SentenceWriter: Sendable {
    private let pack: CompiledPack

    init(_ pack: CompiledPack) { self.pack = pack }

    /// What one finding says, such as `Diarrhea grade 1`; `isFirst` gives it a capital letter.
    func appendFinding(_ finding: Finding?, term: Int, want: [UInt8], isFirst: Bool, to text: inout [UInt8]) {
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
        pack.templates.phrases[grading].append(to: &text) { place, text in
            if place == .grade {
                text.append(UInt8(48 + max(0, Int(finding.grade.rawValue))))
            } else {
                Self.appendTitle(pack.catalogue[name], isFirst, to: &text)
            }
        }
        guard finding.possible.rawValue > finding.grade.rawValue else { return }
        pack.templates.possible.append(to: &text) { place, text in
            if place == .grade { text.append(UInt8(48 + Int(finding.possible.rawValue))) } else { text += want }
        }
    }

    /// Appends what stands between two findings.
    func appendJoin(to text: inout [UInt8]) { pack.templates.joined.append(to: &text) { _, _ in } }

    /// Appends ` on checkpoint inhibitor, day 41: possible colitis`.
    func appendSetting(_ therapyText: String, day number: Int32?, title ruleTitle: PackText, to text: inout [UInt8]) {
        pack.templates.therapy.append(to: &text) { _, text in text += therapyText.utf8 }
        if let number { pack.templates.day.append(to: &text) { _, text in text += String(number).utf8 } }
        if !ruleTitle.isNone { pack.templates.title.append(to: &text) { _, text in text += pack.catalogue[ruleTitle].utf8 } }
    }

    /// Appends the sentence for a record that could not be read.
    func appendUnread(_ reason: String, to text: inout [UInt8]) {
        pack.templates.unread.append(to: &text) { _, text in text += reason.utf8 }
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
