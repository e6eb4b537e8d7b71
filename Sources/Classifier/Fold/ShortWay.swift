import Clinical

/// What most reports of the simple kind need: they are the newest of their patient, and say what a pattern can tell.
///
/// It does what the long way would do (tests hold that), without a list or a copy; whatever it does not know for sure it
/// leaves as it is.
struct ShortWay: Sendable {
    /// What became of a report.
    enum Result {
        case settled
        /// Nothing was done: it needs the long way.
        case open
        /// Nothing was done, and the alert that the long way makes is one to learn.
        case new(context: Int)
    }

    private let pack: CompiledPack
    private let wantsTriage: Bool
    private var situations: SituationReader
    private var composer: AlertComposer
    private var patterns: AlertPatterns

    init(_ pack: CompiledPack, wantsTriage: Bool) {
        self.pack = pack
        self.wantsTriage = wantsTriage
        situations = SituationReader(gradingCount: pack.gradings.count)
        composer = AlertComposer(pack: pack)
        patterns = AlertPatterns(pack)
    }

    /// Does all that a report needs, if it can.
    mutating func settle(
        _ verdict: QuickGrader.Verdict, _ index: Int, _ batch: EventBatch, _ memory: inout PatientMemory,
        _ fold: inout PatientFold, _ alerts: inout AlertBatch
    ) -> Result {
        guard memory.log.isBefore(batch.events[index].time) else { return .open }
        if wantsTriage, verdict.finding.grade.rawValue > 0 {
            return raise(verdict, index, batch, &memory, &fold, &alerts)
        }
        if !fold.watches(index, batch, memory.watchedTerms) {
            fold.keep(verdict, .none, index, batch, &memory)
            return .settled
        }
        return wantsTriage ? resolve(verdict, index, batch, &memory, &fold, &alerts) : .open
    }

    /// Tells of a report by itself what staff have not been told; it is not kept, and nothing eases or ends.
    mutating func speak(
        _ verdict: QuickGrader.Verdict, _ index: Int, _ batch: EventBatch, _ episodes: inout [Episode],
        _ alerts: inout AlertBatch
    ) -> Result {
        if verdict.finding.grade.rawValue == 0 { return .settled }
        guard let context = situations.clocklessContext(index, batch, pack) else { return .open }
        let severity = situations.severity(verdict.finding, in: context, pack)
        let news = Self.news(verdict, severity, batch.events[index].time, pack)
        guard news.severity != .none, EpisodeLife.transition(news, episodes) != nil else { return .settled }
        guard let pattern = patterns.number(verdict, context) else { return .new(context: context) }
        let identity = composer.identity(
            news, batch.events[index].id, batch.events[index].patient, batch, &episodes)
        if let identity { patterns.fill(pattern, identity, index, batch, &alerts) }
        return .settled
    }

    /// Learns the alert that the long way made of a report, if it is one.
    ///
    /// - Parameter first: how many alerts there were before.
    mutating func learn(_ alerts: AlertBatch, from first: Int, _ verdict: QuickGrader.Verdict, _ context: Int) {
        if alerts.alerts.count == first + 1 { patterns.learn(alerts, verdict, context) }
    }

    /// A report with a grade above 0.
    private mutating func raise(
        _ verdict: QuickGrader.Verdict, _ index: Int, _ batch: EventBatch, _ memory: inout PatientMemory,
        _ fold: inout PatientFold, _ alerts: inout AlertBatch
    ) -> Result {
        guard !memory.standsOtherwise(verdict.term, but: verdict.finding.grading),
            let context = situations.clocklessContext(index, batch, pack)
        else { return .open }
        let severity = situations.severity(verdict.finding, in: context, pack)
        let news = Self.news(verdict, severity, batch.events[index].time, pack)
        guard severity != .none, EpisodeLife.transition(news, memory.episodes) != nil else {
            return note(verdict, news, index, batch, &memory, &fold)
        }
        guard let pattern = patterns.number(verdict, context) else { return .new(context: context) }
        let before = memory.isRecalling ? memory.episodes : []
        let identity = composer.identity(
            news, batch.events[index].id, batch.events[index].patient, batch, &memory.episodes)
        guard let identity else { return .open }
        patterns.fill(pattern, identity, index, batch, &alerts)
        fold.keep(verdict, news, index, batch, before: before, alerts.alerts.last, &memory)
        return .settled
    }

    /// A report of grade 0 of something that may stand: it ends the episode that rests on nothing else.
    private mutating func resolve(
        _ verdict: QuickGrader.Verdict, _ index: Int, _ batch: EventBatch, _ memory: inout PatientMemory,
        _ fold: inout PatientFold, _ alerts: inout AlertBatch
    ) -> Result {
        guard !memory.standsOtherwise(verdict.term, but: verdict.finding.grading) else { return .open }
        let news = Self.news(verdict, .none, batch.events[index].time, pack)
        guard let episode = memory.episodes.firstIndex(where: { Int($0.concern) == news.concern }),
            memory.episodes[episode].standings.count == 1,
            memory.episodes[episode].standings[0].key == verdict.finding.grading
        else { return note(verdict, news, index, batch, &memory, &fold) }
        guard let context = situations.clocklessContext(index, batch, pack) else { return .open }
        guard let pattern = patterns.number(verdict, context) else { return .new(context: context) }
        let before = memory.isRecalling ? memory.episodes : []
        let identity = composer.resolution(news, batch.events[index].id, batch, episode, &memory.episodes)
        patterns.fill(pattern, identity, index, batch, &alerts)
        fold.keep(verdict, news, index, batch, before: before, alerts.alerts.last, &memory)
        return .settled
    }

    /// A report of which staff need not be told, unless it makes its episode less severe.
    private func note(
        _ verdict: QuickGrader.Verdict, _ news: EpisodeLife.News, _ index: Int, _ batch: EventBatch,
        _ memory: inout PatientMemory, _ fold: inout PatientFold
    ) -> Result {
        if memory.stands(news) {
            fold.keep(verdict, news.severity, index, batch, &memory)
            return .settled
        }
        guard let episode = memory.episodes.firstIndex(where: { Int($0.concern) == news.concern }) else {
            return .open
        }
        var next = memory.episodes[episode]
        next.take(verdict.finding, news.severity, term: Int(verdict.term))
        if next.standing < next.severity { return .open }
        fold.keep(verdict, news, index, batch, before: memory.isRecalling ? memory.episodes : [], nil, &memory)
        return .settled
    }

    // A method of an instance would have `self` copied first, which costs more than the rest.
    private static func news(
        _ verdict: QuickGrader.Verdict, _ severity: Severity, _ time: Moment, _ pack: CompiledPack
    ) -> EpisodeLife.News {
        EpisodeLife.News(
            concern: pack.terms[Int(verdict.term)].concern, severity, verdict.finding, at: time, pack)
    }
}
