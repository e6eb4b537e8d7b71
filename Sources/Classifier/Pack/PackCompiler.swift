import Clinical
import Config

/// Ties a pack's names together and turns it into tables, noting every mistake on the way.
struct PackCompiler {
    let definition: PackDefinition
    var mistakes: Mistakes
    var vocabulary = Vocabulary()
    var catalogue = Catalogue()
    var tables = GradingRows()
    var gradings: [Grading] = []
    var criteria: [CompiledCriterion] = []
    var terms: [CompiledTerm] = []
    var termIndex: [String: Int] = [:]
    var concernIndex: [String: Int] = [:]
    /// By symbol of `Vocabulary.codes`.
    var bindings: [[CodeBinding]] = []
    /// By symbol of `Vocabulary.codes`: the code as it was bound first.
    var codes: [Located<String>] = []
    /// Codes without a system before them, which criteria may use as names.
    var bareCodes: [String] { codes.map(\.value).filter { !$0.contains("|") } }
    var tree = TherapyTree()
    var nodeIndex: [String: Int] = [:]
    var triage = TriageTable()
    var rules: [CompiledRule] = []
    /// Ids of rules by node, with their place in `rules`.
    var nodeRules: [[(id: String, rule: Int)]] = []
    /// Rules that time fires, by their place in `rules`, with their ids.
    var timeRules: [(rule: Int, id: Located<String>)] = []
    var mustCarry: [CarriedTerm] = []
    var atoms: [Atom] = []
    /// Canonical unit names by symbol.
    var unitNames: [String] = []

    /// A condition about one term, of which combinations are made.
    struct Atom: Sendable {
        var term: Int
        var criterion: Int
    }

    init(_ definition: PackDefinition, _ mistakes: Mistakes) {
        self.definition = definition
        self.mistakes = mistakes
    }

    /// Everything, in the order in which names become known.
    mutating func run() {
        checkFront()
        addUnits()
        addQualifiers()
        addConcerns()
        addTerms()
        addCodes()
        addLadders()
        addTherapies()
        addTriage()
        addRules()
        addMustCarry()
        flatten()
    }

    private mutating func checkFront() {
        let front = definition.front
        guard let name = front.name else {
            mistakes.add(at: frontMark, "no front page: no file says 'pack: NAME'")
            return
        }
        catalogue.packName = name.value
        catalogue.packVersion = front.version
        catalogue.mode = front.mode
        if front.version.isEmpty { mistakes.add(at: name.mark, "the front page needs 'version'") }
        if front.respondWithin.dropFirst().contains(0) {
            mistakes.add(at: name.mark, "the front page needs 'severities' with a 'respond_within' for each")
        }
        if front.lateLimit == 0 {
            mistakes.add(
                at: name.mark, "the front page needs 'late_after'",
                help: "say how old a report may be, against the patient's newest, that still takes its place: 90d")
        }
        if front.wording.ungraded.isEmpty { mistakes.add(at: name.mark, "the front page needs 'wording'") }
    }

    /// Where to point when something is missing from the pack as a whole.
    var frontMark: Mark {
        definition.front.name?.mark ?? definition.scales.first?.name.mark ?? definition.therapies.first?.name.mark
            ?? Mark(file: "config")
    }

    private mutating func addConcerns() {
        for (name, _) in definition.front.concerns {
            if concernIndex[name.value] != nil { mistakes.add(at: name.mark, "concern '\(name.value)' is told twice") }
            concernIndex[name.value] = concernIndex[name.value] ?? concernIndex.count
        }
    }

    /// The number of a concern; nil, with a mistake noted, when the front page has none of that name.
    mutating func concern(_ name: Located<String>) -> Int? {
        if let index = concernIndex[name.value] { return index }
        mistakes.addUnknown("concern", name.value, known: concernIndex.keys, at: name.mark)
        return nil
    }

    /// The number of a term by its name or alias; nil, with a mistake noted, when there is none.
    mutating func termNamed(_ name: Located<String>) -> Int? {
        if let index = termIndex[name.value] { return index }
        mistakes.addUnknown("term", name.value, known: termIndex.keys, at: name.mark)
        return nil
    }

    // MARK: Units and qualifiers

    private mutating func addUnits() {
        for (unit, spellings) in definition.unitSpellings {
            let symbol = unitSymbol(unit.value)
            for spelling in spellings {
                if let other = vocabulary.units.add(spelling.value, as: symbol), other != symbol {
                    mistakes.add(at: spelling.mark, "unit spelling '\(spelling.value)' stands for two units")
                }
            }
        }
    }

    /// The symbol of a unit, new or known.
    mutating func unitSymbol(_ name: String) -> Symbol {
        if let known = vocabulary.units.symbol(name) { return known }
        let symbol = Symbol(unitNames.count)
        unitNames.append(name)
        vocabulary.units.add(name, as: symbol)
        return symbol
    }

    private mutating func addQualifiers() {
        for (index, qualifier) in definition.qualifiers.enumerated() {
            guard index < 64 else {
                mistakes.add(at: qualifier.name.mark, "a pack may have 64 qualifiers")
                return
            }
            if vocabulary.qualifiers.add(qualifier.name.value, as: Symbol(index)) != nil {
                mistakes.add(at: qualifier.name.mark, "qualifier '\(qualifier.name.value)' is told twice")
            }
            if qualifier.isDeniedWhenAbsent { tables.evaluator.deniedWhenAbsent |= 1 << UInt64(index) }
        }
        tables.denials = definition.qualifiers.map { _ in 0 }
        for (index, qualifier) in definition.qualifiers.enumerated() {
            guard let denied = qualifier.denies else { continue }
            if let symbol = vocabulary.qualifiers.symbol(denied.value) {
                tables.denials[index] |= 1 << UInt64(symbol.index)
            } else {
                mistakes.addUnknown(
                    "qualifier", denied.value, known: definition.qualifiers.map(\.name.value), at: denied.mark)
            }
        }
    }

    /// The conversion's place in the table, new or known.
    mutating func index(of conversion: UnitConversion) -> ConversionIndex {
        if let known = tables.evaluator.conversions.firstIndex(of: conversion) {
            return ConversionIndex(rawValue: UInt16(known))
        }
        tables.evaluator.conversions.append(conversion)
        return ConversionIndex(rawValue: UInt16(tables.evaluator.conversions.count - 1))
    }
}
