/// Walks over Swift text and makes a blank of what is not code: comments, strings and patterns.
struct CodeStripper {
    private let text: [UInt8]
    private var index = 0
    private var result: [UInt8] = []

    init(text: [UInt8]) { self.text = text }

    /// The text with as many lines and columns as before, code alone left in it.
    mutating func strip() -> String {
        takeCode(untilParenthesis: false)
        return String(decoding: result, as: UTF8.self)
    }

    private func has(_ word: StaticString, at place: Int) -> Bool {
        let bytes = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        return place + bytes.count <= text.count && text[place..<place + bytes.count].elementsEqual(bytes)
    }

    private func has(_ word: StaticString) -> Bool { has(word, at: index) }

    private mutating func keep() {
        guard index < text.count else { return }
        result.append(text[index])
        index += 1
    }

    private mutating func blank(_ count: Int = 1) {
        for _ in 0..<count where index < text.count {
            result.append(has("\n") ? text[index] : UInt8(ascii: " "))
            index += 1
        }
    }

    private mutating func takeCode(untilParenthesis: Bool) {
        var depth = 0
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: "/") where has("//"): while index < text.count, !has("\n") { blank() }
            case UInt8(ascii: "/") where has("/*"): blankComment()
            case UInt8(ascii: "#") where has("#/"): blankPattern()
            case UInt8(ascii: "#") where isRawString: blankString()
            case UInt8(ascii: "\""): blankString()
            case UInt8(ascii: "("):
                depth += 1
                keep()
            case UInt8(ascii: ")"):
                depth -= 1
                if untilParenthesis, depth < 0 { return }
                keep()
            default: keep()
            }
        }
    }

    private var isRawString: Bool {
        var end = index
        while has("#", at: end) { end += 1 }
        return has("\"", at: end)
    }

    private mutating func blankComment() {
        var depth = 0
        repeat {
            depth += has("/*") ? 1 : has("*/") ? -1 : 0
            blank(has("/*") || has("*/") ? 2 : 1)
        } while depth > 0 && index < text.count
    }

    private mutating func blankPattern() {
        blank(2)
        while index < text.count, !has("/#") { blank() }
        blank(2)
    }

    private mutating func blankString() {
        var marks = 0
        while has("#") {
            marks += 1
            blank()
        }
        let quotes = has("\"\"\"") ? 3 : 1
        blank(quotes)
        while index < text.count, !isEnd(quotes: quotes, marks: marks) {
            if has("\\"), hasMarks(marks, at: index + 1) {
                let isCode = has("(", at: index + 1 + marks)
                blank(marks + 1)
                if isCode { takeInterpolation() } else { blank() }
            } else {
                blank()
            }
        }
        blank(quotes + marks)
    }

    private mutating func takeInterpolation() {
        keep()
        takeCode(untilParenthesis: true)
        keep()
    }

    private func hasMarks(_ count: Int, at place: Int) -> Bool {
        (0..<count).allSatisfy { has("#", at: place + $0) }
    }

    private func isEnd(quotes: Int, marks: Int) -> Bool {
        (0..<quotes).allSatisfy { has("\"", at: index + $0) } && hasMarks(marks, at: index + quotes)
    }
}
