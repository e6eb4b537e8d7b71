/// Writes an image: compiled values as text, from which the program can take them without reading YAML.
///
/// An image is valid UTF-8, because it is built into the program as a string literal, the one kind of data that Swift
/// puts into a program as it is. A number takes six bits a byte, the lowest first, bit 6 telling that more follow; a
/// text is its length and its bytes. Values stand one after the other in the order in which they are written, with no
/// names between them: only a program of the same build reads them.
package struct ImageWriter: Sendable {
    private var bytes: [UInt8] = []

    package init() {}

    /// Adds values in their order.
    package mutating func write<each Value: ImageValue>(_ values: repeat each Value) {
        repeat (each values).write(to: &self)
    }

    /// Adds a number.
    package mutating func write(number: UInt64) {
        var rest = number
        while rest >= 0x40 {
            bytes.append(UInt8(truncatingIfNeeded: rest & 0x3F | 0x40))
            rest >>= 6
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// Adds a text.
    package mutating func write(text: String) {
        write(number: UInt64(text.utf8.count))
        bytes += text.utf8
    }

    /// Adds bytes as they are; an image that holds any is no text.
    package mutating func write(bytes others: [UInt8]) {
        write(number: UInt64(others.count))
        bytes += others
    }

    /// The image, its seal in front.
    package var image: [UInt8] {
        var whole = ImageWriter()
        whole.bytes = ImageSeal.stamp
        whole.write(number: bytes.withUnsafeBytes(ImageSeal.sum))
        return whole.bytes + bytes
    }
}

/// What stands in front of an image: what it is, and a sum of all that follows.
///
/// An image comes from the program's own build and is read by that same program, so the sum is there against a broken
/// build and not against an adversary; it is what allows readers to trust places in tables that they take from it.
enum ImageSeal {
    /// Tells an image, and its layout, from everything else.
    static let stamp = Array("toxwatch pack image 1\n".utf8)

    /// A sum of all the bytes.
    static func sum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        FastHash.hash(bytes.bytes, from: 0, count: bytes.count)
    }
}
