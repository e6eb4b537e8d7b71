/// A criterion's text, one byte to a character, so that places in it are columns.
///
/// Nearly every criterion is ASCII, and then its bytes are its characters.
struct ExpressionText {
    /// One character: itself, when it is ASCII; otherwise what criteria ask of it.
    struct Letter: Equatable {
        fileprivate let byte: UInt8

        /// What stands beyond the end of the text.
        static let nothing = Letter(byte: 0)
        private static let foreign: UInt8 = 0x80
        private static let letter: UInt8 = 1
        private static let space: UInt8 = 2
        private static let digit: UInt8 = 4
        private static let degree: UInt8 = 8

        fileprivate init(byte: UInt8) { self.byte = byte }

        init(_ character: Character) {
            if let ascii = character.asciiValue {
                byte = ascii
                return
            }
            let marks = [
                character.isLetter ? Self.letter : 0, character.isWhitespace ? Self.space : 0,
                character.isWholeNumber ? Self.digit : 0, character == "°" ? Self.degree : 0,
            ]
            byte = marks.reduce(Self.foreign, |)
        }

        /// Whether it is the ASCII character on the right.
        static func == (left: Letter, right: Unicode.Scalar) -> Bool { left.byte == UInt8(ascii: right) }
        static func != (left: Letter, right: Unicode.Scalar) -> Bool { !(left == right) }
        static func ~= (scalar: Unicode.Scalar, letter: Letter) -> Bool { letter == scalar }

        private func isForeign(_ mark: UInt8) -> Bool { byte & (Self.foreign | mark) == Self.foreign | mark }

        var isSpace: Bool { byte == 0x20 || 0x09...0x0D ~= byte || isForeign(Self.space) }
        var isASCIIDigit: Bool { 0x30...0x39 ~= byte }
        var isASCIILetter: Bool { 0x61...0x7A ~= byte | 0x20 && byte < Self.foreign }
        var isDigit: Bool { isASCIIDigit || isForeign(Self.digit) }
        var continuesWord: Bool { isASCIILetter || isASCIIDigit || self == "_" || self == "-" }
        var opensUnit: Bool {
            isASCIILetter || self == "%" || self == "{" || self == "[" || self == "/" || isForeign(Self.letter)
                || isForeign(Self.degree)
        }
    }

    private let letters: [UInt8]
    /// The characters themselves, unless all of them are ASCII.
    private let characters: [Character]

    init(_ text: String) {
        let isPlain = text.utf8.allSatisfy { $0 < 0x80 && $0 != 0x0D }
        characters = isPlain ? [] : Array(text)
        letters = isPlain ? Array(text.utf8) : characters.map { Letter($0).byte }
    }

    /// How many characters there are.
    var count: Int { letters.count }

    /// The character at a column, counted from 0; `.nothing` behind the last one.
    subscript(_ column: Int) -> Letter { column < letters.count ? Letter(byte: letters[column]) : .nothing }

    /// The characters at these columns.
    func string(_ columns: Range<Int>) -> String {
        characters.isEmpty ? String(decoding: letters[columns], as: UTF8.self) : String(characters[columns])
    }

    /// Where a unit that begins at `start` ends.
    func endOfUnit(from start: Int) -> Int {
        var depth = 0
        for column in start..<count {
            switch self[column] {
            case "(", "[", "{": depth += 1
            case ")", "]", "}":
                if depth == 0 { return column }
                depth -= 1
            case "," where depth == 0: return column
            case let letter where letter.isSpace: return column
            default: break
            }
        }
        return count
    }
}
