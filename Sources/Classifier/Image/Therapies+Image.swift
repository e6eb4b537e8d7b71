import Clinical

extension TherapyNode: ImageValue {
    init(from image: inout ImageReader) {
        self.init(
            name: image.read(), phrase: image.read(), isModifier: image.read(), parent: image.read(),
            watch: image.read(), advice: image.read())
        if image.read() { formedBy = (atLeast: image.read(), of: image.read()) }
    }
    func write(to image: inout ImageWriter) {
        image.write(name, phrase, isModifier, parent, watch, advice, formedBy != nil)
        if let formedBy { image.write(formedBy.atLeast, formedBy.of) }
    }
}

extension TherapyNode.Advice: ImageValue {
    init(from image: inout ImageReader) {
        self.init(
            term: image.read(), direction: image.read(), grade: image.read(), text: image.read(),
            confidence: image.read(), source: image.read())
    }
    func write(to image: inout ImageWriter) { image.write(term, direction, grade, text, confidence, source) }
}

extension TherapyTree: ImageValue {
    init(from image: inout ImageReader) { self.init(nodes: image.read(), nodesOfTreatment: image.read()) }
    func write(to image: inout ImageWriter) { image.write(nodes, nodesOfTreatment) }
}

extension TherapyWindow.Clock: ImageValue {
    init(from image: inout ImageReader) { self = image.read(orElse: .dose) }
}

extension TherapyWindow.Bound: ImageValue {
    init(from image: inout ImageReader) {
        self.init(amount: image.read(), isInHours: image.read(), clock: image.read())
    }
    func write(to image: inout ImageWriter) { image.write(amount, isInHours, clock) }
}

extension TherapyWindow: ImageValue {
    init(from image: inout ImageReader) {
        self.init(from: image.read(), until: image.read(), dosePhases: image.read())
    }
    func write(to image: inout ImageWriter) { image.write(from, until, dosePhases) }
}

extension TriageVerdict: ImageValue {
    init(from image: inout ImageReader) {
        self.init(severity: image.read(), respondWithin: image.read(), source: image.read())
    }
    func write(to image: inout ImageWriter) { image.write(severity, respondWithin, source) }
}

extension TriageEntry: ImageValue {
    init(from image: inout ImageReader) { self.init(window: image.read(), cells: image.read()) }
    func write(to image: inout ImageWriter) { image.write(window, cells) }
}

extension TriageTable: ImageValue {
    init(from image: inout ImageReader) {
        self.init(
            rows: image.read(), termRows: image.read(), defaultRows: image.read(), gradingCount: image.read())
    }
    func write(to image: inout ImageWriter) { image.write(rows, termRows, defaultRows, gradingCount) }
}
