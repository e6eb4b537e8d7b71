import Classifier
import Clinical

/// Where a run's alerts leave: at once without a state, with one only after they are kept.
struct AlertOutlet: ~Copyable {
    /// What was found and has not left.
    var alerts = AlertBatch()
    private var sinks: AlertSink.Group
    private let keeper: KeptRun.Holder
    /// What went wrong with the state.
    private var trouble: ExitStatus?
    /// Alerts could not be written, so that the input was not read to its end.
    private var isCutShort = false

    /// - Parameter keeper: takes up the state, once the places for its alerts are there; nil without a state.
    init(
        _ sinks: consuming AlertSink.Group, _ keeper: (borrowing AlertSink.Group) throws(ExitStatus) -> KeptRun?
    ) throws(ExitStatus) {
        self.keeper = KeptRun.Holder(try keeper(sinks))
        self.sinks = sinks
    }

    /// Judges a batch; an event that says it lies ahead of now is judged as of now.
    mutating func judge(_ batch: EventBatch, at now: Moment, _ classifier: inout EventClassifier) {
        if keeper.run == nil { alerts.removeAll() }
        classifier.now = now
        classifier.judge(batch, into: &alerts)
    }

    /// Lets alerts leave, unless they may wait for more to be read at once.
    mutating func flush(_ classifier: inout EventClassifier, isDry: Bool, ticks: Bool) throws(SystemError) {
        if keeper.run == nil { return try sinks.write(alerts) }
        if trouble != nil { throw SystemError(closed: ()) }
        try guarding { (outlet, run) throws(KeptRun.Failure) in
            try run.take(&outlet.alerts, &classifier, isDry: isDry, ticks: ticks, outlet.sinks)
        }
    }

    /// Lets all that is left leave, and what time made by now; how it went.
    mutating func finish(_ classifier: inout EventClassifier, ticks: Bool) -> ExitStatus {
        var status = ExitStatus.success
        do throws(SystemError) {
            if trouble == nil {
                try guarding { (outlet, run) throws(KeptRun.Failure) in
                    try run.end(&outlet.alerts, &classifier, outlet.sinks, ticks: ticks && !outlet.isCutShort)
                }
            }
            try sinks.finish()
        } catch {
            if !error.isClosedPipe { Diagnostics.say("cannot write: \(error.message)") }
            if trouble == nil { status = .inputOutput }
        }
        return trouble.map { status.combined(with: $0) } ?? status
    }

    /// Goes on under another pack or roster, for which `next` makes a classifier of the former one; what was found so far
    /// leaves before.
    mutating func change(
        to pack: CompiledPack, _ classifier: inout EventClassifier,
        _ next: (borrowing EventClassifier) -> EventClassifier
    ) {
        if keeper.run == nil { classifier = next(classifier) }
        do throws(SystemError) {
            try guarding { (outlet, run) throws(KeptRun.Failure) in
                try run.change(to: pack, &outlet.alerts, &classifier, outlet.sinks, next)
            }
        } catch {
            if trouble == nil { trouble = .inputOutput }
        }
        sinks.change(to: pack)
    }

    /// What people should know besides the sums.
    func notes(_ classifier: borrowing EventClassifier) -> [String] { keeper.run?.notes(classifier) ?? [] }

    /// Passes on what went wrong with the outputs; of what went wrong with the state, says so and notes how the run ends.
    private mutating func guarding(
        _ body: (inout AlertOutlet, inout KeptRun) throws(KeptRun.Failure) -> Void
    ) throws(SystemError) {
        guard var run = keeper.run else { return }
        do throws(KeptRun.Failure) {
            try body(&self, &run)
            keeper.run = run
        } catch {
            keeper.run = run
            if case .system(let error) = error {
                isCutShort = true
                throw error
            }
            trouble = error.told
            // Nothing more is read: what was read is in the state, or will be read again.
            throw SystemError(closed: ())
        }
    }
}
