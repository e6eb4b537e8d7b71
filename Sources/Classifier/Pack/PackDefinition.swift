import Clinical
import Config

/// A pack as its files tell it, names not yet tied together.
struct PackDefinition: Sendable {
    var front = FrontPage()
    var unitSpellings: [(unit: Located<String>, spellings: [Located<String>])] = []
    var qualifiers: [QualifierDefinition] = []
    var attributes: [AttributeDefinition] = []
    var agents: [AgentDefinition] = []
    /// Codes bound outside of a term: the target (`alt`, `fever.temp`) and its codes.
    var codes: [(target: Located<String>, codes: [Located<String>])] = []
    var scales: [ScaleDefinition] = []
    var terms: [TermDefinition] = []
    var therapies: [TherapyDefinition] = []
}

/// The pack's front page: what it is, how soon each severity is answered, what concerns there are.
struct FrontPage: Sendable {
    var name: Located<String>?
    var version = ""
    var mode = "shadow"
    var zone: Located<String>?
    var approval: Located<String>?
    /// The versions of the program that the pack is written for, such as `>= 0.1.0`.
    var requires: Located<String>?
    /// Minutes until somebody must have answered, by `Severity.rawValue`; 0 for none.
    var respondWithin = [Int](repeating: 0, count: Severity.allCases.count)
    /// Minutes until the same is said again, by `Severity.rawValue`; 0 for never.
    var remindAfter = [Int](repeating: 0, count: Severity.allCases.count)
    /// Minutes without a report about it after which an episode is stale, by `Severity.rawValue`; 0 for never.
    var staleAfter = [Int](repeating: 0, count: Severity.allCases.count)
    /// For how long staff may silence alerts at most, in minutes; 0 for not at all.
    var longestSilence = 0
    /// Whether a silence also holds for the highest severity.
    var silencesEmergencies = false
    var quietHours = QuietHoursDefinition()
    var mustCarry = MustCarryDefinition()
    /// Minutes after which a roster is old; 0 for never.
    var rosterOldAfter = 0
    /// Minutes by which a report may lie before the patient's newest one and still take its place.
    var lateLimit = 0
    var concerns: [(name: Located<String>, title: String)] = []
    var wording = Wording()
}

/// A fact that a criterion may ask for.
struct QualifierDefinition: Sendable {
    var name: Located<String>
    /// A report that does not mention it denies it.
    var isDeniedWhenAbsent = false
    /// The qualifier that this one denies.
    var denies: Located<String>?
}

/// A question, shared by many terms or one term's own.
struct AttributeDefinition: Sendable {
    enum Kind: Sendable { case number, choice, claim }

    var name: Located<String>
    var kind: Kind?
    var choices: [Located<String>] = []
    /// Other spellings of choices.
    var labels: [(spelling: Located<String>, choice: Located<String>)] = []
    var unit: Located<String>?
    var units: [UnitDefinition] = []
    var plausible: ClosedLimits?
    /// A report without a unit means the canonical one.
    var assumesUnit = false
    var absent: Located<String>?
    var codes: [Located<String>] = []
    var aliases: [Located<String>] = []
}

/// A unit that an analyte may be reported in, and how it turns into the canonical one.
struct UnitDefinition: Sendable {
    var name: Located<String>
    var conversion: UnitConversion
}

/// A drug by its names, and the therapies it makes.
struct AgentDefinition: Sendable {
    var name: Located<String>
    var therapies: [Located<String>] = []
    var codes: [Located<String>] = []
}

/// A published scale.
struct ScaleDefinition: Sendable {
    enum Family: String, Sendable, CaseIterable { case grade, composite, answer }

    var name: Located<String>
    var title = ""
    var family = Family.grade
    var source = ""
    var confidence = ""
    /// How a finding on this scale is said: `grade {grade}`.
    var phrase = ""
    /// The same for single answers.
    var answerPhrase = ""
    /// Composite tables by the attributes they take, in order.
    var tables: [CompositeDefinition] = []
}

/// A published table from answers to a composite grade.
struct CompositeDefinition: Sendable {
    var attributes: [Located<String>]
    /// Grades in row-major order, five answers to an attribute; nil where nothing is published.
    var grades: [Int?]
}

/// A term: what it is called, what it asks, how it is graded.
struct TermDefinition: Sendable {
    var name: Located<String>
    var title: Located<String>?
    var phrase = ""
    var concern: Located<String>?
    var aliases: [Located<String>] = []
    /// Codes with the attribute they answer; nil for the default one.
    var codes: [(code: Located<String>, attribute: Located<String>?)] = []
    var attributes: [AttributeDefinition] = []
    /// The measurement of a numeric term: its unit, units and plausible range.
    var measurement: AttributeDefinition?
    var defaultAttribute: Located<String>?
    var ladders: [LadderDefinition] = []
    var composites: [(scale: Int, asks: [Located<String>])] = []
}

/// How a term is graded on one scale in one direction.
struct LadderDefinition: Sendable {
    /// When a set of criteria applies, by what the pre-treatment value was.
    enum Baseline: String, Sendable, CaseIterable {
        case any = "grades"
        case high = "when baseline high"
        case low = "when baseline low"
        case abnormal = "when baseline abnormal"
        /// A baseline value is there, and no branch above applies.
        case known = "when baseline known"
    }

    /// The criterion of one grade.
    struct Row: Sendable {
        var grade: Int
        var criterion: Located<String>
        var source: String
    }

    var scale: Int
    var direction = Direction.none
    var title = ""
    var mark: Mark
    /// The criteria of each baseline that has any.
    var branches: [(baseline: Baseline, rows: [Row])] = []
}

/// A node of the therapy tree, or a modifier beside it.
struct TherapyDefinition: Sendable {
    var name: Located<String>
    var isModifier = false
    var parent: Located<String>?
    var title = ""
    var phrase = ""
    var aliases: [Located<String>] = []
    var agents: [Located<String>] = []
    var source = ""
    var watch: WindowDefinition?
    /// Formed by patients who are on at least so many of these.
    var formedBy: (atLeast: Int, of: [Located<String>])?
    var triage: [TriageDefinition] = []
    var advice: [AdviceDefinition] = []
    var rules: [Node] = []
}

/// One row of a triage table.
struct TriageDefinition: Sendable {
    /// The severity of one grade.
    struct Cell: Sendable {
        var grade: Int
        var severity: Severity
        var respondWithin: Int?
        var source: String
    }

    /// `default`, a term, or `term.low`.
    var key: Located<String>
    /// The scale it is for; nil for all of the grade family.
    var scale: Located<String>?
    var window: WindowDefinition?
    var cells: [Cell] = []
}

/// A span of the therapy clock. Minutes; an hour-wise bound is told by `isInHours`.
struct WindowDefinition: Sendable {
    enum Clock: Sendable { case dose, anyDose, start }

    /// One end of a window.
    struct Bound: Sendable {
        var amount: Int
        var isInHours: Bool
        var clock: Clock
    }

    var from: Bound?
    var until: Bound?
    var dosePhases: [String] = []
}

/// What a guideline says to one grade of one term.
struct AdviceDefinition: Sendable {
    var term: Located<String>
    var grade: Int
    var text: String
    var confidence: String
    var source: String
}
