import Clinical
import Config

/// A measurement that rose by a factor or an amount within a span, against the lowest of that span.
///
/// ```yaml
/// - {id: creatinine-rising, kind: rising, terms: [creatinine], by_factor: 1.5, within: 7d, severity: soon, source: ...}
/// - {id: creatinine-jump, kind: rising, terms: [creatinine], by: 0.3 mg/dL, within: 48h, severity: soon, source: ...}
/// ```
///
/// Values in two units are compared by the analyte's factors; an amount is only asked of two values in one unit.
struct RisingRule: RuleKind {
    static let name = "rising"
    static let summary = "a measurement that rose by a factor or an amount within a span"
    static let example =
        "{id: creatinine-rising, kind: rising, terms: [creatinine], by_factor: 1.5, within: 7d, severity: soon, source: ...}"

    /// How much is a rise.
    enum Rise: Sendable {
        case factor(ExactDecimal)
        /// In the unit of which the name is kept, which each term turns into its own.
        case amount(ExactDecimal, unit: Symbol)
    }

    let terms: [Int]?
    private let rise: Rise
    let span: Int64

    init?(_ section: inout Section, _ compiler: inout PackCompiler) {
        let terms = compiler.terms(of: &section, Self.name)
        if let terms, terms.isAll {
            compiler.mistakes.add(
                at: section.mark, "a rule of kind 'rising' looks at single measurements", help: "list its terms")
            return nil
        }
        let rise = Self.rise(&section, terms?.listed ?? [], &compiler)
        let within = section.requiredSpan("within", &compiler.mistakes)
        guard let terms, let rise, let within else { return nil }
        self.terms = terms.listed
        self.rise = rise
        span = within
    }

    private static func rise(_ section: inout Section, _ terms: [Int], _ compiler: inout PackCompiler) -> Rise? {
        let factor = section.text("by_factor", &compiler.mistakes)
        let amount = section.text("by", &compiler.mistakes)
        if let factor, amount == nil {
            guard let number = SharedReader.number(factor, &compiler.mistakes) else { return nil }
            if number > .one { return .factor(number) }
            compiler.mistakes.add(
                at: factor.mark, "a factor of '\(factor.value)' is no rise", help: "write more than 1")
            return nil
        }
        guard let amount, factor == nil else {
            compiler.mistakes.add(
                at: section.mark, "a rule of kind 'rising' needs one of 'by_factor' and 'by'",
                help: "write by_factor: 1.5, or by: 0.3 mg/dL")
            return nil
        }
        let parts = amount.value.split(separator: " ", maxSplits: 1).map(String.init)
        guard let number = SharedReader.number(Located(parts[0], at: amount.mark), &compiler.mistakes) else {
            return nil
        }
        guard number > .zero else {
            compiler.mistakes.add(at: amount.mark, "'\(amount.value)' is no rise", help: "write more than 0")
            return nil
        }
        let unit = parts.count == 2 ? compiler.vocabulary.units.symbol(parts[1]) ?? .none : Symbol.none
        for term in terms {
            let slot = compiler.terms[term].slots[Int(compiler.terms[term].defaultSlot)]
            guard slot.unit.isNone ? parts.count == 1 : slot.conversion(of: unit).isUsable && !unit.isNone else {
                let name = compiler.catalogue[compiler.terms[term].name]
                compiler.mistakes.add(
                    at: amount.mark, "'\(amount.value)' is not an amount of '\(name)'",
                    help: slot.unit.isNone
                        ? "write the number alone" : "write it with one of the term's units, such as 0.3 mg/dL")
                return nil
            }
        }
        return .amount(number, unit: unit)
    }

    init(from image: inout ImageReader) {
        terms = image.read()
        rise = image.read()
        span = image.read()
    }

    func write(to image: inout ImageWriter) { image.write(terms, rise, span) }

    var looksAtGradedReports: Bool { true }
    var looksAtPlainReports: Bool { true }
    var leadingTerm: Int? { terms?.count == 1 ? terms?.first : nil }

    func fires(_ inquiry: Inquiry) -> Firing? {
        let slot = Int(inquiry.report.slot)
        let sheet = inquiry.report.sheet
        guard sheet.answered & 1 << UInt32(slot) != 0, let now = Measured(sheet.facts[slot]) else { return nil }
        var scratch = EventBatch()
        var earlier = FactSheet()
        let binding = CodeBinding(term: Int32(inquiry.report.term), slot: inquiry.report.slot)
        for place in inquiry.past.places(within: span, before: inquiry.time)
        where inquiry.past.mentions(inquiry.report.term, place) {
            scratch.removeRecords()
            guard let event = inquiry.past.unpack(place, patient: .empty, into: &scratch) else { continue }
            _ = inquiry.pack.tables.read(event, scratch, binding, into: &earlier)
            guard earlier.answered & 1 << UInt32(slot) != 0, let then = Measured(earlier.facts[slot]) else { continue }
            if hasRisen(now, since: then, inquiry) {
                return Firing(grounds: [inquiry.ground, .past(place, term: inquiry.report.term)])
            }
        }
        return nil
    }

    /// A plain number with a unit that can be turned into others.
    private struct Measured {
        let number: ExactDecimal
        let conversion: ConversionIndex

        init?(_ fact: Fact) {
            guard fact.state == .number, fact.comparator == .none, fact.conversion.isUsable else { return nil }
            number = fact.number
            conversion = fact.conversion
        }
    }

    private func hasRisen(_ now: Measured, since then: Measured, _ inquiry: Inquiry) -> Bool {
        let conversions = inquiry.pack.tables.evaluator.conversions
        let own = conversions[Int(now.conversion.rawValue)]
        let other = conversions[Int(then.conversion.rawValue)]
        switch rise {
        case .factor(let factor):
            guard then.number > .zero else { return false }
            let ordering = UnitConversion.compare(now.number, own, times: factor, then.number, other)
            return ordering.map { $0 != .less } ?? false
        case .amount(let amount, let unit):
            let slots = inquiry.pack.terms[inquiry.report.term].slots
            let printed = slots[Int(inquiry.report.slot)].conversion(of: unit)
            guard own == other, printed.isUsable else { return false }
            var difference = WideDecimal(then.number)
            difference.negate()
            guard let risen = difference.adding(now.number) else { return false }
            let ordering = UnitConversion.compareDifference(
                risen, own, amount, conversions[Int(printed.rawValue)])
            return ordering.map { $0 != .less } ?? false
        }
    }
}

extension RisingRule.Rise: ImageValue {
    init(from image: inout ImageReader) {
        switch image.number() {
        case 0: self = .factor(image.read())
        case 1: self = .amount(image.read(), unit: image.read())
        default:
            image.fail()
            self = .factor(.one)
        }
    }

    func write(to image: inout ImageWriter) {
        switch self {
        case .factor(let factor):
            image.write(number: 0)
            image.write(factor)
        case .amount(let amount, let unit):
            image.write(number: 1)
            image.write(amount, unit)
        }
    }
}
