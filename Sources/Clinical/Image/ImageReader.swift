/// Reads what `ImageWriter` wrote.
///
/// Reading is total: where bytes are missing or mean nothing it goes on with zeros, and `isSound` tells so at the end.
package struct ImageReader {
    @usableFromInline let bytes: UnsafeRawBufferPointer
    @usableFromInline var place: Int
    /// Whether all that was read was there and meant something.
    package private(set) var isSound = true

    /// Takes an image, which must stay where it is as long as the reader; nil when its seal does not fit its bytes.
    package init?(_ image: UnsafeRawBufferPointer) {
        guard image.starts(with: ImageSeal.stamp) else { return nil }
        bytes = image
        place = ImageSeal.stamp.count
        let sum = number()
        guard isSound, sum == ImageSeal.sum(UnsafeRawBufferPointer(rebasing: image[place...])) else { return nil }
    }

    /// Whether everything was read.
    package var isAtEnd: Bool { place == bytes.count }

    /// The next value.
    @inlinable package mutating func read<Value: ImageValue>() -> Value { Value(from: &self) }

    /// The next case of an enumeration.
    package mutating func read<Value: RawRepresentable>(orElse missing: Value) -> Value
    where Value.RawValue: ImageValue {
        if let value = Value(rawValue: read()) { return value }
        fail()
        return missing
    }

    /// The next number.
    @inlinable package mutating func number() -> UInt64 {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while place < bytes.count {
            let byte = bytes[place]
            place &+= 1
            number |= UInt64(byte & 0x3F) << shift
            if byte < 0x40 { return number }
            shift &+= 6
            if byte >= 0x80 || shift > 60 { break }
        }
        fail()
        return 0
    }

    /// How many values follow, each of which takes at least one byte.
    @inlinable package mutating func count() -> Int {
        let count = number()
        if count <= UInt64(bytes.count &- place) { return Int(count) }
        fail()
        return 0
    }

    /// The next text.
    package mutating func text() -> String {
        let count = count()
        defer { place += count }
        return String(decoding: UnsafeRawBufferPointer(rebasing: bytes[place..<place + count]), as: UTF8.self)
    }

    /// The next bytes that were written as they are.
    package mutating func rawBytes() -> [UInt8] {
        let count = count()
        defer { place += count }
        return Array(bytes[place..<place + count])
    }

    /// Notes that what was read means nothing, and reads no further.
    @usableFromInline package mutating func fail() {
        isSound = false
        place = bytes.count
    }
}
