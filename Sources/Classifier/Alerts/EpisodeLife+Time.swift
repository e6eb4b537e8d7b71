import Clinical

/// Ids of what time makes.
extension EpisodeLife {
    /// Hash of patient, concern and since when nothing came.
    mutating func silenceID(_ patient: [UInt8], _ concern: Int, since: Int64) -> StableID {
        text.begin()
        text.append(part: patient.span.bytes)
        let name = concerns[concern]
        text.append(part: name.span.bytes)
        text.append(since.bigEndian)
        return identify()
    }

    /// Hash of episode, transition, grade, severity and the deadline, or the report that ended a silence.
    mutating func timeID(_ call: TimeCall, _ grade: MaybeGrade) -> StableID {
        begin(call.episode, call.transition, grade, call.severity)
        if call.event.isEmpty {
            text.append(call.time.bigEndian)
        } else {
            text.append(part: call.event.span.bytes)
        }
        return identify()
    }
}
