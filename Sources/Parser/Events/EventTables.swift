import Clinical

/// Every name that a reader looks up: the pack's and those of events themselves.
///
/// A class, though nothing in it ever changes: structs as large as these would be copied at every call.
final class EventTables: Sendable {
    let codes: SymbolTable
    let attributes: SymbolTable
    let units: SymbolTable
    let labels: SymbolTable
    let treatments: SymbolTable
    let qualifiers: SymbolTable
    let words = MemberWords.all

    init(_ vocabulary: Vocabulary) {
        codes = vocabulary.codes
        attributes = vocabulary.attributes
        units = vocabulary.units
        labels = vocabulary.labels
        treatments = vocabulary.treatments
        qualifiers = vocabulary.qualifiers
    }
}
