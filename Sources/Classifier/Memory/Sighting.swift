import Clinical

/// What rules over time see of one grading of one kept report.
struct Sighting: Sendable, BitwiseCopyable, Equatable {
    var term: UInt16
    /// The grading; `.max` where the report said nothing that could be graded.
    var grading: UInt16
    var grade: MaybeGrade
    /// The highest grade that could not be excluded, when above `grade`.
    var possible: MaybeGrade
    /// The most severe that triage or a rule about single reports found in it.
    var severity: Severity

    /// Nothing was graded.
    static let noGrading = UInt16.max

    init(term: Int, _ finding: Finding?, _ severity: Severity) {
        self.term = UInt16(truncatingIfNeeded: term)
        grading = finding.map { UInt16(truncatingIfNeeded: $0.grading) } ?? Self.noGrading
        grade = finding?.grade ?? .none
        possible = finding?.possible ?? .none
        self.severity = severity
    }

    /// The grade that rules take: the highest that is not excluded; -1 for none.
    var cautious: Int { max(Int(grade.rawValue), Int(possible.rawValue)) }

    static let packedSize = 7

    func pack(into output: inout OutputSpan<UInt8>) {
        output.add(term)
        output.add(grading)
        output.append(UInt8(bitPattern: grade.rawValue))
        output.append(UInt8(bitPattern: possible.rawValue))
        output.append(severity.rawValue)
    }

    init?(_ unpacker: inout ByteUnpacker) {
        term = unpacker.word()
        grading = unpacker.word()
        grade = MaybeGrade(Int(Int8(bitPattern: unpacker.byte())))
        possible = MaybeGrade(Int(Int8(bitPattern: unpacker.byte())))
        guard let severity = Severity(rawValue: unpacker.byte()), !unpacker.isBroken else { return nil }
        self.severity = severity
    }
}
