import Clinical

extension CompiledTerm: ImageValue {
    init(from image: inout ImageReader) {
        self.init(
            name: image.read(), title: image.read(), concern: image.read(), slots: image.read(),
            defaultSlot: image.read(), gradeSlot: image.read(), attributes: image.read(), gradings: image.read(),
            clinicianGrading: image.read())
    }
    func write(to image: inout ImageWriter) {
        image.write(
            name, title, concern, slots, defaultSlot, gradeSlot, attributes, gradings, clinicianGrading)
    }
}

extension Slot: ImageValue {
    init(from image: inout ImageReader) {
        self.init(
            name: image.read(), kind: image.read(), unit: image.read(), units: image.read(), plausible: image.read(),
            ranks: image.read(), choiceCount: image.read(), assumesUnit: image.read(), isMeasurement: image.read(),
            silent: image.read())
    }
    func write(to image: inout ImageWriter) {
        image.write(
            name, kind, unit, units, plausible, ranks, choiceCount, assumesUnit, isMeasurement, silent)
    }
}

extension ClosedLimits: ImageValue {
    init(from image: inout ImageReader) { self.init(low: image.read(), high: image.read()) }
    func write(to image: inout ImageWriter) { image.write(low, high) }
}

extension Grading: ImageValue {
    init(from image: inout ImageReader) {
        self.init(
            term: image.read(), scale: image.read(), scaleName: image.read(), family: image.read(),
            direction: image.read(), title: image.read(), phrase: image.read(), method: image.read(),
            asks: image.read(), source: image.read())
    }
    func write(to image: inout ImageWriter) {
        image.write(term, scale, scaleName, family, direction, title, phrase, method, asks, source)
    }
}

extension Grading.Method: ImageValue {
    init(from image: inout ImageReader) {
        switch image.number() {
        case 0: self = .ladder(any: image.read(), high: image.read(), low: image.read(), known: image.read())
        case 1: self = .composite(grades: image.read(), slots: image.read())
        case 2: self = .answers(slots: image.read())
        default:
            image.fail()
            self = .answers(slots: [])
        }
    }
    func write(to image: inout ImageWriter) {
        switch self {
        case .ladder(let any, let high, let low, let known):
            image.write(number: 0)
            image.write(any, high, low, known)
        case .composite(let grades, let slots):
            image.write(number: 1)
            image.write(grades, slots)
        case .answers(let slots):
            image.write(number: 2)
            image.write(slots)
        }
    }
}

extension CompiledCriterion: ImageValue {
    init(from image: inout ImageReader) { self.init(text: image.read(), source: image.read()) }
    func write(to image: inout ImageWriter) { image.write(text, source) }
}
