package import Clinical

/// Rejects as they are kept and told.
///
/// For `--rejects FILE`, one JSON object a line:
/// ```
/// {"input":"feed.ndjson","line":17,"offset":2210,"code":"time.no_zone","reason":"…","raw":"{\"patient\":…"}
/// ```
/// A record that is not UTF-8 stands as `raw_base64` instead of `raw`; `input` is null when it has no name. For people,
/// on stderr, without any value from the record:
/// ```
/// toxwatch: feed.ndjson:17: rejected (time.no_zone): the time has no zone
/// ```
package enum RejectWriter {
    /// Appends one line a reject, with the record itself.
    package static func write(_ rejects: [Reject], to buffer: inout OutputBuffer) {
        for reject in rejects {
            buffer.append("{\"input\":")
            if reject.input.isEmpty { buffer.append("null") } else { buffer.append(json: reject.input) }
            buffer.append(",\"line\":")
            buffer.append(reject.line)
            buffer.append(",\"offset\":")
            buffer.append(reject.offset)
            buffer.append(",\"code\":")
            buffer.append(json: reject.code)
            buffer.append(",\"reason\":")
            buffer.append(json: reject.reason)
            writeRaw(reject.raw, to: &buffer)
            buffer.append("}\n")
        }
    }

    /// Appends the line for people.
    package static func tell(_ reject: Reject, to buffer: inout OutputBuffer) {
        buffer.append("toxwatch: ")
        buffer.append(visible: reject.input.isEmpty ? "stdin" : reject.input)
        buffer.append(":")
        buffer.append(reject.line)
        buffer.append(": rejected (")
        buffer.append(visible: reject.code)
        buffer.append("): ")
        buffer.append(visible: reject.reason)
        buffer.append("\n")
    }

    private static func writeRaw(_ raw: [UInt8], to buffer: inout OutputBuffer) {
        if String(validating: raw, as: UTF8.self) != nil {
            buffer.append(",\"raw\":")
            buffer.append(json: raw.span.bytes, from: 0, count: raw.count)
        } else {
            buffer.append(",\"raw_base64\":\"")
            Base64.append(raw, to: &buffer)
            buffer.append("\"")
        }
    }
}
