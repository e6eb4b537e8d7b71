import Clinical

extension TermRow: ImageValue {
    init(from image: inout ImageReader) {
        self.init(
            slots: image.read(), attributes: image.read(), gradings: image.read(), defaultSlot: image.read(),
            gradeSlot: image.read(), clinicianGrading: image.read())
    }
    func write(to image: inout ImageWriter) {
        image.write(slots, attributes, gradings, defaultSlot, gradeSlot, clinicianGrading)
    }
}

extension SlotRow.Kind: ImageValue {
    init(from image: inout ImageReader) { self = image.read(orElse: .number) }
}

extension SlotRow: ImageValue {
    init(from image: inout ImageReader) {
        self.init(
            kind: image.read(), assumesUnit: image.read(), isMeasurement: image.read(), isBounded: image.read(),
            choiceCount: image.read(), unit: image.read(), units: image.read(), ranks: image.read(),
            lowest: image.read(), highest: image.read())
    }
    func write(to image: inout ImageWriter) {
        image.write(
            kind, assumesUnit, isMeasurement, isBounded, choiceCount, unit, units, ranks, lowest, highest)
    }
}

extension GradingRow.Method: ImageValue {
    init(from image: inout ImageReader) { self = image.read(orElse: .ladder) }
}

extension GradingRow: ImageValue {
    init(from image: inout ImageReader) {
        self.init(
            method: image.read(), family: image.read(), direction: image.read(), asks: image.read(),
            steps: image.read(), stepsWhenHigh: image.read(), stepsWhenLow: image.read(),
            stepsWhenKnown: image.read(), table: image.read(), asked: image.read())
    }
    func write(to image: inout ImageWriter) {
        image.write(
            method, family, direction, asks, steps, stepsWhenHigh, stepsWhenLow, stepsWhenKnown, table, asked)
    }
}

extension LadderStep.Shortcut: ImageValue {
    init(from image: inout ImageReader) {
        self.init(
            slot: image.read(), comparison: image.read(), reference: image.read(), number: image.read(),
            unit: image.read())
    }
    func write(to image: inout ImageWriter) { image.write(slot, comparison, reference, number, unit) }
}

extension LadderStep: ImageValue {
    init(from image: inout ImageReader) {
        self.init(grade: image.read(), start: image.read(), criterion: image.read(), shortcut: image.read())
    }
    func write(to image: inout ImageWriter) { image.write(grade, start, criterion, shortcut) }
}

extension UnitRow: ImageValue {
    init(from image: inout ImageReader) { self.init(symbol: image.read(), conversion: image.read()) }
    func write(to image: inout ImageWriter) { image.write(symbol, conversion) }
}

extension RankRow: ImageValue {
    init(from image: inout ImageReader) { self.init(label: image.read(), rank: image.read()) }
    func write(to image: inout ImageWriter) { image.write(label, rank) }
}

extension AttributeRow: ImageValue {
    init(from image: inout ImageReader) { self.init(symbol: image.read(), slot: image.read()) }
    func write(to image: inout ImageWriter) { image.write(symbol, slot) }
}

extension CodeBinding: ImageValue {
    init(from image: inout ImageReader) {
        self.init(term: image.read(), slot: image.read(), namesQuestion: image.read())
    }
    func write(to image: inout ImageWriter) { image.write(term, slot, namesQuestion) }
}
