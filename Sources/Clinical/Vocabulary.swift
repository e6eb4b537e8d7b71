/// Every name that the pack knows, as tables from bytes to symbols.
///
/// The classifier makes it when it compiles a pack and gives each symbol its meaning; the parser only looks names up.
package struct Vocabulary: Sendable {
    /// Terms, their aliases, vital signs and `system|code`.
    package var codes = SymbolTable()
    /// Which questions a report may answer.
    package var attributes = SymbolTable()
    /// Unit spellings; several share one symbol.
    package var units = SymbolTable()
    /// Answer labels and choices, such as `severe` or `self_care`; several share one symbol.
    package var labels = SymbolTable()
    /// Therapy nodes, modifiers, drug names, `atc|…` and `rxnorm|…`.
    package var treatments = SymbolTable()
    /// Facts that a criterion may ask for.
    package var qualifiers = SymbolTable()

    package init() {}
}
