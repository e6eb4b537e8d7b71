/// Who is on what: the context of patients whose events do not say it themselves.
package struct Roster: Sendable {
    /// One treatment of one patient: a row of the roster.
    package struct Treatment: Sendable {
        /// Symbols of `Vocabulary.treatments`; `.none` for a name that the pack does not know.
        package var treatments: [Symbol] = []
        /// Symbols of `Vocabulary.treatments`, as above.
        package var modifiers: [Symbol] = []
        /// When it began.
        package var started = Moment.unknown
        /// When the latest dose was given.
        package var lastDose = Moment.unknown
        /// When it ended; this never shortens a watch after the last dose.
        package var ended = Moment.unknown
        /// Earlier doses that the row lists, in time order.
        package var doses: [Moment] = []
        /// `step_up`, `first_full`, `restart`, …; empty when absent.
        package var dosePhase = ""

        package init() {}
    }

    /// A pre-treatment value of one term.
    package struct Baseline: Sendable {
        /// A symbol of `Vocabulary.codes`.
        package var code: Symbol
        /// In the unit of `unit`, else in the term's own.
        package var value: ExactDecimal
        /// A symbol of `Vocabulary.units`, `.none` when not stated.
        package var unit: Symbol

        package init(code: Symbol, value: ExactDecimal, unit: Symbol) {
            self.code = code
            self.value = value
            self.unit = unit
        }
    }

    /// All that the roster says of one patient.
    package struct Patient: Sendable {
        /// One for each row.
        package var treatments: [Treatment] = []
        /// At most one for each term.
        package var baselines: [Baseline] = []
        /// Who answers for the patient; empty when unknown.
        package var team = ""
        /// Where the patient is treated; empty when unknown.
        package var site = ""
        /// How often a report of the patient is due, in milliseconds; 0 when that is not known.
        package var expects: Int64 = 0
        /// How the patient stands, and since when.
        package var standing = Standing()

        package init() {}
    }

    private var patients: [[UInt8]: Patient] = [:]

    package init() {}

    /// How many patients it knows.
    package var count: Int { patients.count }

    /// The ids of all patients of whom reports are due, in order.
    package var expected: [[UInt8]] {
        patients.filter { $0.value.expects > 0 }.keys.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The ids of all others of whom nothing is awaited at some time, in order: what is open of them may be over.
    package var interrupted: [[UInt8]] {
        patients.filter { $0.value.expects <= 0 && $0.value.standing.isInterrupted }.keys
            .sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The patient with exactly this id, to read or to change.
    package subscript(_ patient: [UInt8]) -> Patient? {
        get { patients[patient] }
        set { patients[patient] = newValue }
    }
}
