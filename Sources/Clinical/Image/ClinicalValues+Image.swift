extension PackText: ImageValue {
    /// Reads the number of a text.
    package init(from image: inout ImageReader) {
        self = .none
        rawValue = image.read()
    }
    /// Writes the number of a text.
    package func write(to image: inout ImageWriter) { image.write(rawValue) }
}

extension Symbol: ImageValue {
    /// Reads a symbol.
    package init(from image: inout ImageReader) { self.init(image.read() as UInt16) }
    /// Writes a symbol.
    package func write(to image: inout ImageWriter) { image.write(rawValue) }
}

extension Run: ImageValue {
    /// Reads start and count.
    package init(from image: inout ImageReader) {
        self.init()
        start = image.read()
        count = image.read()
    }
    /// Writes start and count.
    package func write(to image: inout ImageWriter) { image.write(start, count) }
}

extension ExactDecimal: ImageValue {
    /// Reads the digits and the power of ten.
    package init(from image: inout ImageReader) { self.init(mantissa: image.read(), exponent: image.read()) }
    /// Writes the digits and the power of ten.
    package func write(to image: inout ImageWriter) { image.write(mantissa, exponent) }
}

extension Severity: ImageValue {
    /// Reads a severity.
    package init(from image: inout ImageReader) { self = image.read(orElse: .none) }
}

extension Direction: ImageValue {
    /// Reads a direction.
    package init(from image: inout ImageReader) { self = image.read(orElse: .none) }
}

extension Comparator: ImageValue {
    /// Reads a comparator.
    package init(from image: inout ImageReader) { self = image.read(orElse: .none) }
}

extension Vocabulary: ImageValue {
    /// Reads every table.
    package init(from image: inout ImageReader) {
        self.init()
        codes = image.read()
        attributes = image.read()
        units = image.read()
        labels = image.read()
        treatments = image.read()
        qualifiers = image.read()
    }
    /// Writes every table.
    package func write(to image: inout ImageWriter) {
        image.write(codes, attributes, units, labels, treatments, qualifiers)
    }
}

extension StableID: ImageValue {
    /// Reads both halves.
    package init(from image: inout ImageReader) { self.init(high: image.read(), low: image.read()) }
    /// Writes both halves.
    package func write(to image: inout ImageWriter) { image.write(high, low) }
}

extension MaybeGrade: ImageValue {
    /// Reads a grade, or none.
    package init(from image: inout ImageReader) {
        self = .none
        rawValue = image.read()
    }
    /// Writes a grade, or none.
    package func write(to image: inout ImageWriter) { image.write(rawValue) }
}

extension Moment: ImageValue {
    /// Reads an instant or a date.
    package init(from image: inout ImageReader) { self.init(milliseconds: image.read(), isDate: image.read()) }
    /// Writes an instant or a date.
    package func write(to image: inout ImageWriter) { image.write(milliseconds, isDate) }
}
