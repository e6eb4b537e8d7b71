import Clinical

/// The first look at a batch: it settles, without anything that is remembered, the events that say that all is well.
///
/// Four events of five are a first report of a grade 0 that no rule asks for. In a loop of their own they cost a few
/// comparisons each; what is left over is a list to go through with the patients' memories at hand.
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

    /// Appends to `open` all events but those that are well; returns how many these are.
    mutating func look(
        at batch: EventBatch, _ arrivals: [ReportMemory.Arrival], into open: inout [Open]
    ) {
        let events = batch.events.span
        let answers = batch.answers.span
        let arrivals = arrivals.span
        let wants = wants
        for event in events.indices {
            let code = events[event].codeSymbol
            let isSimple = arrivals[event] == .fresh && !code.isNone && !wants[code.index].contains(.several)
            var verdict = isSimple ? quick.verdict(event, events, answers) : nil
            if let found = verdict?.finding, wants[code.index].contains(found.grade.rawValue == 0 ? .plain : .raised) {
                verdict = nil
            }
            open.append(Open(event: Int32(truncatingIfNeeded: event), verdict: verdict))
        }
    }

    /// Leaves every event open, without a verdict: for a run whose roster has a say in all of them.
    static func leave(_ batch: EventBatch, into open: inout [Open]) {
        for event in batch.events.indices { open.append(Open(event: Int32(truncatingIfNeeded: event), verdict: nil)) }
    }
}
