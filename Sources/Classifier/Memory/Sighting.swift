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

    /// The most bytes that one takes when it is packed.
    static let largestSize = 8

    func pack(into output: inout OutputSpan<UInt8>) {
        output.add(count: UInt64(term))
        // What has no grading comes first, so that it is as short as the others.
        output.add(count: UInt64(grading &+ 1))
        let isOpen = !possible.isNone
        let (grade, severity) = (UInt8(bitPattern: grade.rawValue &+ 1) & 7, severity.rawValue & 7)
        output.append(grade | severity &<< 3 | (isOpen ? 0x40 : 0))
        if isOpen { output.append(UInt8(bitPattern: possible.rawValue)) }
    }

    init?(_ unpacker: inout ByteUnpacker) {
        term = UInt16(truncatingIfNeeded: unpacker.count())
        grading = UInt16(truncatingIfNeeded: unpacker.count()) &- 1
        let parts = unpacker.byte()
        grade = MaybeGrade(Int(parts & 7) - 1)
        possible = parts & 0x40 != 0 ? MaybeGrade(Int(Int8(bitPattern: unpacker.byte()))) : .none
        guard let severity = Severity(rawValue: parts &>> 3 & 7), !unpacker.isBroken else { return nil }
        self.severity = severity
    }
}
