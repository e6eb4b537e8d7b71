/// What can be written into an image and read from it again.
package protocol ImageValue {
    /// Reads what `write` wrote, in the same order; anything at all where the image turns out not to be sound.
    init(from image: inout ImageReader)
    /// Writes all of the value.
    func write(to image: inout ImageWriter)
}

extension ImageValue where Self: RawRepresentable, RawValue: ImageValue {
    /// Writes the number of an enumeration's case.
    package func write(to image: inout ImageWriter) { image.write(rawValue) }
}

extension ImageValue where Self: FixedWidthInteger {
    /// Reads a number; one that does not fit is not sound.
    @inlinable package init(from image: inout ImageReader) {
        let number = image.number()
        // Small negative numbers are odd ones, so that they stay short.
        let half = Int64(truncatingIfNeeded: number >> 1)
        let value = Self.isSigned ? Self(exactly: number & 1 == 0 ? half : ~half) : Self(exactly: number)
        if value == nil { image.fail() }
        self = value ?? 0
    }

    /// Writes a number.
    package func write(to image: inout ImageWriter) {
        let number = UInt64(truncatingIfNeeded: self)
        image.write(number: Self.isSigned ? number << 1 ^ (self < 0 ? .max : 0) : number)
    }
}

extension Int: ImageValue {}
extension Int8: ImageValue {}
extension Int16: ImageValue {}
extension Int32: ImageValue {}
extension Int64: ImageValue {}
extension UInt8: ImageValue {}
extension UInt16: ImageValue {}
extension UInt32: ImageValue {}
extension UInt64: ImageValue {}

extension Bool: ImageValue {
    /// Reads 1 or 0.
    package init(from image: inout ImageReader) { self = image.number() != 0 }
    /// Writes 1 or 0.
    package func write(to image: inout ImageWriter) { image.write(number: self ? 1 : 0) }
}

extension String: ImageValue {
    /// Reads a text.
    package init(from image: inout ImageReader) { self = image.text() }
    /// Writes a text.
    package func write(to image: inout ImageWriter) { image.write(text: self) }
}

extension Optional: ImageValue where Wrapped: ImageValue {
    /// Reads whether there is a value, and the value.
    package init(from image: inout ImageReader) { self = Bool(from: &image) ? Wrapped(from: &image) : nil }
    /// Writes whether there is a value, and the value.
    package func write(to image: inout ImageWriter) {
        image.write(self != nil)
        if let self { image.write(self) }
    }
}

extension Array: ImageValue where Element: ImageValue {
    /// Reads how many elements there are, and each of them.
    package init(from image: inout ImageReader) {
        let count = image.count()
        self = []
        reserveCapacity(count)
        for _ in 0..<count { append(Element(from: &image)) }
    }
    /// Writes how many elements there are, and each of them.
    package func write(to image: inout ImageWriter) {
        image.write(number: UInt64(count))
        for element in self { image.write(element) }
    }
}

extension Range: ImageValue where Bound == Int {
    /// Reads both ends; ends in the wrong order are not sound.
    package init(from image: inout ImageReader) {
        let (start, end): (Int, Int) = (image.read(), image.read())
        if start > end { image.fail() }
        self = start..<Swift.max(start, end)
    }
    /// Writes both ends.
    package func write(to image: inout ImageWriter) { image.write(lowerBound, upperBound) }
}
