import Clinical

/// The first look at a batch: it grades, without anything that is remembered, the events that a few comparisons grade.
///
/// What is left over is a list to go through with the patients' memories at hand. In the quick pass four events of five
/// are settled here: a first report of a grade 0, of which nothing need be remembered.
struct FirstLook: Sendable {
    /// An event that is left over, with its verdict where it has one.
    struct Open: Sendable, BitwiseCopyable {
        /// Its place in the batch.
        var event: Int32
        /// Nil when the short way does not do.
        var verdict: QuickGrader.Verdict?
    }

    /// What rules want to see of a code's terms.
    private struct Wants: OptionSet, Sendable, BitwiseCopyable {
        var rawValue: UInt8
        /// Reports whose every grade is 0.
        static let plain = Wants(rawValue: 1)
        /// Reports with a grade above 0.
        static let raised = Wants(rawValue: 2)
        /// The code is about several terms, of which one may be well while another is not.
        static let several = Wants(rawValue: 4)
    }

    private var quick: QuickGrader
    /// By code.
    private let wants: [Wants]

    init(_ pack: CompiledPack, _ reader: ReportReader) {
        quick = QuickGrader(pack)
        wants = (0..<pack.bindingRuns.count).map { code in
            let terms = pack.bindingRuns[code].range.map { Int(pack.bindings[$0].term) }
            var wants: Wants = terms.contains { reader.asksPlainReports[$0] } ? .plain : []
            if terms.contains(where: { reader.hasRules[$0] }) { wants.insert(.raised) }
            if terms.count > 1 { wants.insert(.several) }
            return wants
        }
    }

    /// Appends events to `open`, each with its verdict where it has one.
    ///
    /// - Parameter settlesCalm: for a run that remembers no reports: events that say that all is well are left out, and a
    ///   correction is as good as a new report.
    /// - Returns: how many are left out.
    mutating func look(
        at batch: EventBatch, _ arrivals: [ReportMemory.Arrival], settlesCalm: Bool, into open: inout [Open]
    ) -> Int {
        let events = batch.events.span
        let answers = batch.answers.span
        let arrivals = arrivals.span
        let wants = wants
        let first = open.count
        for event in events.indices {
            let code = events[event].codeSymbol
            var isSimple = arrivals[event] == .fresh && !code.isNone
            if settlesCalm {
                if isSimple, quick.isCalm(event, events, answers) { continue }
                isSimple = isSimple || arrivals[event] == .correction && !code.isNone
            } else if isSimple {
                isSimple = !wants[code.index].contains(.several)
            }
            var verdict = isSimple ? quick.verdict(event, events, answers) : nil
            if let found = verdict?.finding, wants[code.index].contains(found.grade.rawValue == 0 ? .plain : .raised) {
                verdict = nil
            }
            open.append(Open(event: Int32(truncatingIfNeeded: event), verdict: verdict))
        }
        return events.count - (open.count - first)
    }

    /// Leaves every event open, without a verdict: for a run whose roster has a say in all of them.
    static func leave(_ batch: EventBatch, into open: inout [Open]) {
        for event in batch.events.indices { open.append(Open(event: Int32(truncatingIfNeeded: event), verdict: nil)) }
    }
}
