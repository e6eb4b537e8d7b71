import Clinical

extension CriterionNode.Kind: ImageValue {
    init(from image: inout ImageReader) { self = image.read(orElse: .all) }
}

extension CriterionNode.Family: ImageValue {
    init(from image: inout ImageReader) { self = image.read(orElse: .grade) }
}

extension Comparison: ImageValue {
    init(from image: inout ImageReader) { self = image.read(orElse: .equal) }
}

extension CriterionNode: ImageValue {
    init(from image: inout ImageReader) {
        self.init(image.read())
        comparison = image.read()
        slot = image.read()
        family = image.read()
        direction = image.read()
        end = image.read()
        payload = image.read()
        name = image.read()
    }
    func write(to image: inout ImageWriter) {
        image.write(kind, comparison, slot, family, direction, end, payload, name)
    }
}

extension CompiledLimit.Reference: ImageValue {
    init(from image: inout ImageReader) { self = image.read(orElse: .none) }
}

extension CompiledLimit: ImageValue {
    init(from image: inout ImageReader) {
        self.init(reference: image.read(), coefficient: image.read(), printed: image.read())
    }
    func write(to image: inout ImageWriter) { image.write(reference, coefficient, printed) }
}

extension PrintedLimit: ImageValue {
    init(from image: inout ImageReader) {
        self.init(number: image.read(), unit: image.read(), conversion: image.read())
    }
    func write(to image: inout ImageWriter) { image.write(number, unit, conversion) }
}

extension ConversionIndex: ImageValue {
    init(from image: inout ImageReader) { self.init(rawValue: image.read()) }
    func write(to image: inout ImageWriter) { image.write(rawValue) }
}

extension UnitConversion: ImageValue {
    init(from image: inout ImageReader) {
        self.init(numerator: image.read(), denominator: image.read(), offset: image.read())
    }
    func write(to image: inout ImageWriter) { image.write(numerator, denominator, offset) }
}

extension Fact.State: ImageValue {
    init(from image: inout ImageReader) { self = image.read(orElse: .unknown) }
}

extension Fact.Fault: ImageValue {
    init(from image: inout ImageReader) { self = image.read(orElse: .none) }
}

extension Fact: ImageValue {
    init(from image: inout ImageReader) {
        self.init(
            number: image.read(), state: image.read(), comparator: image.read(), fault: image.read(),
            conversion: image.read(), unit: image.read())
    }
    func write(to image: inout ImageWriter) { image.write(number, state, comparator, fault, conversion, unit) }
}
