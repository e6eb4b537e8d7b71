/// A record that could not be read: counted, kept and reported, never dropped.
package struct Reject: Sendable {
    /// A short stable code such as `json.syntax`, for tables and dashboards.
    package var code: String
    /// What is wrong and how to mend it, in one sentence without any value from the record.
    package var reason: String
    /// Where the record began: line from 1, byte offset in its input.
    package var line: UInt64
    /// Bytes before the record in its input.
    package var offset: UInt64
    /// The record as it stood in the input (cut when it is over the size limit).
    package var raw: [UInt8]
    /// The patient, when that much could be read: the only one that the record names.
    package var patient: [UInt8]? { patients.count == 1 ? patients[0] : nil }
    /// All that the record names as its patient; more than one where it is several records in one, or says it twice.
    package var patients: [[UInt8]]
    /// When it was observed, when that much could be read.
    package var time: Moment
    /// That time lay ahead of the clock and was set to it.
    package var isAhead = false
    /// The input's name, filled in by the pipeline.
    package var input = ""

    package init(
        code: String, reason: String, line: UInt64, offset: UInt64, raw: [UInt8], patients: [[UInt8]] = [],
        time: Moment = .unknown
    ) {
        self.code = code
        self.reason = reason
        self.line = line
        self.offset = offset
        self.raw = raw
        self.patients = patients
        self.time = time
    }
}
