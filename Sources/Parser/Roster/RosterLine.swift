import Clinical

/// Reads one line of a roster in NDJSON: members that are texts, numbers or lists of texts.
enum RosterLine {
    /// The members of the object that begins at `start`, up to the end of its line.
    static func fields(_ bytes: RawSpan, _ start: Int) throws(RecordError) -> [RosterRow.Field] {
        var fields: [RosterRow.Field] = []
        var index = JSONScanner.skipBlanks(bytes, start)
        guard bytes.at(index) == UInt8(ascii: "{") else { throw RecordError(.notAnObject, at: index) }
        index = JSONScanner.skipBlanks(bytes, index + 1)
        while bytes.at(index) != UInt8(ascii: "}") {
            let key = index
            let name = try text(bytes, &index)
            guard bytes.at(index) == UInt8(ascii: ":") else { throw JSONScanner.syntax(bytes, index) }
            index = JSONScanner.skipBlanks(bytes, index + 1)
            let values = try values(bytes, &index)
            if fields.contains(where: { $0.name == name }) { throw RecordError(.duplicate, at: key) }
            fields.append(RosterRow.Field(name: name, values: values.flatMap { RosterRow.values($0, of: name) }))
            guard bytes.at(index) == UInt8(ascii: ",") else { break }
            index = JSONScanner.skipBlanks(bytes, index + 1)
            guard bytes.at(index) == UInt8(ascii: "\"") else { throw JSONScanner.syntax(bytes, index) }
        }
        guard bytes.at(index) == UInt8(ascii: "}") else { throw JSONScanner.syntax(bytes, index) }
        index = JSONScanner.skipBlanks(bytes, index + 1)
        guard bytes.at(index) == UInt8(ascii: "\n") else { throw RecordError(.trailing, at: index) }
        return fields
    }

    private static func values(_ bytes: RawSpan, _ index: inout Int) throws(RecordError) -> [String] {
        let start = index
        switch bytes.at(start) {
        case UInt8(ascii: "\""): return [try text(bytes, &index)]
        case UInt8(ascii: "n"):
            index = JSONScanner.skipBlanks(bytes, try JSONScanner.literal(bytes, start))
            return []
        case UInt8(ascii: "["): return try list(bytes, &index)
        case UInt8(ascii: "{"), UInt8(ascii: "t"), UInt8(ascii: "f"): throw RecordError(.wrongType, at: start)
        default:
            let end = try JSONScanner.numberEnd(bytes, start)
            index = JSONScanner.skipBlanks(bytes, end)
            return [String(decoding: (start..<end).map { bytes.at($0) }, as: UTF8.self)]
        }
    }

    private static func list(_ bytes: RawSpan, _ index: inout Int) throws(RecordError) -> [String] {
        var texts: [String] = []
        index = JSONScanner.skipBlanks(bytes, index + 1)
        while bytes.at(index) != UInt8(ascii: "]") {
            texts.append(try text(bytes, &index))
            guard bytes.at(index) == UInt8(ascii: ",") else { break }
            index = JSONScanner.skipBlanks(bytes, index + 1)
            guard bytes.at(index) == UInt8(ascii: "\"") else { throw JSONScanner.syntax(bytes, index) }
        }
        guard bytes.at(index) == UInt8(ascii: "]") else { throw JSONScanner.syntax(bytes, index) }
        index = JSONScanner.skipBlanks(bytes, index + 1)
        return texts
    }

    private static func text(_ bytes: RawSpan, _ index: inout Int) throws(RecordError) -> String {
        guard bytes.at(index) == UInt8(ascii: "\"") else {
            let isValue = JSONScanner.startsValue(bytes.at(index))
            throw isValue ? RecordError(.wrongType, at: index) : JSONScanner.syntax(bytes, index)
        }
        var decoded: [UInt8] = []
        let end = try JSONScanner.decodeText(bytes, index + 1, into: &decoded)
        index = JSONScanner.skipBlanks(bytes, end)
        return String(decoding: decoded, as: UTF8.self)
    }
}
