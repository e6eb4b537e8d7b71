/// A JSON value as a strict reader sees it: members keep their order, numbers their digits.
package indirect enum JSONText: Equatable, Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONText])
    case object([Member])

    /// One member of an object.
    package struct Member: Equatable, Sendable {
        /// Its name, with escapes undone.
        package var name: String
        /// What it holds.
        package var value: JSONText

        /// A member to compare with.
        package init(name: String, value: JSONText) {
            self.name = name
            self.value = value
        }
    }

    /// Reads exactly one value, by RFC 8259 to the letter; nil when the bytes are anything else.
    ///
    /// Also refused: bytes that are not UTF-8, lone surrogates, doubled members.
    package init?(_ bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
        var reader = JSONTextReader(bytes: bytes)
        reader.skipSpace()
        guard let value = reader.value() else { return nil }
        reader.skipSpace()
        guard reader.isAtEnd else { return nil }
        self = value
    }

    /// The value of a member; nil when it is absent or this is no object.
    package subscript(_ name: String) -> JSONText? { members.first { $0.name == name }?.value }

    /// The element at a place; nil when there is none or this is no array.
    package subscript(_ place: Int) -> JSONText? { elements.indices.contains(place) ? elements[place] : nil }

    /// The members of an object; empty for all else.
    package var members: [Member] {
        if case .object(let members) = self { members } else { [] }
    }

    /// The elements of an array; empty for all else.
    package var elements: [JSONText] {
        if case .array(let elements) = self { elements } else { [] }
    }

    /// The text of a string; nil for all else.
    package var string: String? {
        if case .string(let text) = self { text } else { nil }
    }
}
