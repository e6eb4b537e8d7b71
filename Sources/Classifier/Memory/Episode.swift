import Clinical

/// The life of one concern of one patient.
struct Episode: Sendable, Equatable {
    var id: StableID
    /// When the report was observed that it spoke of last, in milliseconds; `.min` when nobody knows.
    var spoke: Int64
    /// What led last.
    var leading: Told
    /// As staff were told last.
    var severity: Severity
    var concern: Int16
    /// What was told besides: of each subject the highest grade.
    var earlier: [Told] = []
    /// What the latest reports say, each of its own thing.
    var standings = StandingList()

    /// How high one subject has led.
    struct Told: Sendable, BitwiseCopyable, Equatable {
        /// When the report was observed by which it was told last, in milliseconds.
        var time: Int64
        var subject: Subject
        var grade: MaybeGrade

        init(subject: Subject, grade: MaybeGrade, time: Int64) {
            self.time = time
            self.subject = subject
            self.grade = grade
        }
    }

    /// What the latest report says of one grading, or that one rule has fired.
    struct Standing: Sendable, Equatable {
        /// The terms that it still rests on.
        var terms: TermList
        /// A grading, or the complement of a rule's place.
        var key: Int32
        var grading: Int32
        var severity: Severity
        /// The grade of the grading, or of the finding that the rule leant on.
        var grade: MaybeGrade

        init(key: Int32, severity: Severity, grade: MaybeGrade, grading: Int32, terms: TermList) {
            self.terms = terms
            self.key = key
            self.grading = grading
            self.severity = severity
            self.grade = grade
        }

        /// The key of what has lost its rule or grading to another pack: it stands until staff close the episode.
        static let orphaned = ~Int32(1 << 30 - 2)

        /// The place of the rule that fired; nil for a grading, and for what is orphaned.
        var rule: Int? { key < 0 && key != Self.orphaned ? Int(~key) : nil }

        func isMilder(than other: Standing) -> Bool {
            (severity.rawValue, grade.rawValue) < (other.severity.rawValue, other.grade.rawValue)
        }
    }

    /// What was told of a subject; nil when it never led.
    func told(_ subject: Subject) -> Told? {
        if subject == leading.subject { return leading }
        return earlier.first { $0.subject == subject }
    }

    /// Takes note that staff were told of news, beside what leads.
    mutating func tell(_ news: EpisodeLife.News) {
        tell(news.told)
        if let rule = news.rule { tell(Told(subject: rule, grade: news.grade, time: news.time.milliseconds)) }
    }

    private mutating func tell(_ news: Told) {
        if news.subject == leading.subject {
            leading.time = max(leading.time, news.time)
        } else if let place = earlier.firstIndex(where: { $0.subject == news.subject }) {
            earlier[place].time = max(earlier[place].time, news.time)
            if news.grade.rawValue > earlier[place].grade.rawValue { earlier[place].grade = news.grade }
        } else {
            earlier.append(news)
        }
    }

    /// Forgets how high it was: from now on it is this.
    mutating func startOver(_ severity: Severity, _ news: Told) {
        self.severity = severity
        leading = news
        earlier.removeAll()
    }

    /// Takes note that a subject leads now.
    mutating func lead(_ news: Told) {
        if news.subject != leading.subject {
            earlier.removeAll { $0.subject == news.subject }
            earlier.append(leading)
        }
        leading = news
    }

    /// Whether what it rests on is what one of these reports is about.
    func rests(on reports: [Report]) -> Bool {
        reports.contains { report in standings.contains { $0.terms.contains(Int32(report.term)) } }
    }

    /// How severe the latest reports make it.
    var standing: Severity { standings.reduce(.none) { max($0, $1.severity) } }

    /// Takes note that staff were told that it is no more than its latest reports say.
    mutating func ease() {
        severity = standing
        let told = [leading] + earlier
        leading = Told(subject: .nothing, grade: .none, time: spoke)
        // A grade that stands is known; so is what could not be graded, which says nothing of how severe it is.
        earlier = told.filter(\.subject.isUngraded)
        for standing in standings where standing.key < 0 {
            let rule = Subject(rule: Int(~standing.key))
            earlier.append(Told(subject: rule, grade: standing.grade, time: spoke))
        }
        for standing in standings where standing.grading >= 0 {
            let subject = Subject(grading: standing.grading)
            earlier.removeAll { $0.subject == subject && $0.grade.rawValue < standing.grade.rawValue }
            if self.told(subject) == nil { earlier.append(Told(subject: subject, grade: standing.grade, time: spoke)) }
        }
    }
}

/// What staff are told of within a concern: a grading, a rule that fired, or a term of which there is no grade.
///
/// That a term could not be graded is not the same as any grade of it: after one, the other is news.
struct Subject: Sendable, BitwiseCopyable, Equatable {
    let number: Int32

    /// What was kept of one.
    init(number: Int32) { self.number = number }
    /// A finding on a grading.
    init(grading: Int32) { number = grading }
    /// What a rule of its own found, on whichever grading.
    init(rule: Int) { number = 1 << 30 | Int32(truncatingIfNeeded: rule) }
    /// A term whose report has no grade.
    init(ungradedTerm term: Int) { number = ~Int32(truncatingIfNeeded: term) }
    /// Records that could not be read.
    static let unread = Subject(rule: 1 << 30 - 1)
    /// Nothing leads: the episode is as severe as its latest reports.
    static let nothing = Subject(grading: 1 << 30 - 1)

    /// A term without a grade.
    var isUngraded: Bool { number < 0 }

    /// What it is: one of these, or none of them for what no pack numbers.
    var ungradedTerm: Int32? { number < 0 ? ~number : nil }
    var rule: Int32? { number >= 1 << 30 && number & Self.most < Self.most - 1 ? number & Self.most : nil }
    var grading: Int32? { number >= 0 && number < Self.most ? number : nil }

    /// The largest number of a grading or a rule, which stands for none.
    private static let most: Int32 = 1 << 30 - 1
}

extension Episode {
    /// Takes note of what the reports of one event say, whether or not staff are told.
    ///
    /// A grading stands as its latest report has it; one that could not be graded leaves it as it was. A rule stands
    /// until a graded report of its term does not fire it; one that leans on several terms, until each was reported
    /// with a grade of 0.
    mutating func take(_ own: [Outcome], _ reports: [Report], _ pack: CompiledPack) {
        var latest: [Standing] = []
        for (place, report) in reports.enumerated() {
            for (index, finding) in report.findings.enumerated() where isProven(finding, report, pack) {
                let severity = own.filter { $0.ruleIndex < 0 && $0.report == place && $0.finding == index }
                    .reduce(Severity.none) { max($0, $1.severity) }
                let standing = Standing(
                    key: finding.grading, severity: severity, grade: finding.grade, grading: finding.grading,
                    terms: TermList(Int32(report.term)))
                // Of several reports of one time the worst counts.
                if let known = latest.firstIndex(where: { $0.key == standing.key }) {
                    if latest[known].isMilder(than: standing) { latest[known] = standing }
                } else {
                    latest.append(standing)
                }
            }
        }
        for standing in latest { set(standing) }
        for report in reports where report.isGraded { release(report, own, pack) }
        for outcome in own where outcome.ruleIndex >= 0 {
            let finding = outcome.finding >= 0 ? reports[outcome.report].findings[outcome.finding] : nil
            var terms = TermList(Int32(reports[outcome.report].term))
            for ground in outcome.grounds { terms.insert(ground.term(reports)) }
            set(
                Standing(
                    key: ~Int32(outcome.ruleIndex), severity: outcome.severity, grade: finding?.grade ?? .none,
                    grading: finding?.grading ?? -1, terms: terms))
        }
    }

    /// Takes note of the one finding of a report.
    mutating func take(_ finding: Finding, _ severity: Severity, term: Int) {
        set(
            Standing(
                key: finding.grading, severity: severity, grade: finding.grade, grading: finding.grading,
                terms: TermList(Int32(term))))
    }

    /// Takes note that a rule stands until the episode is closed, for no report is about what it found.
    mutating func stand(_ severity: Severity, rule: Int) {
        set(Standing(key: ~Int32(rule), severity: severity, grade: .none, grading: -1, terms: .none))
    }

    private func isProven(_ finding: Finding, _ report: Report, _ pack: CompiledPack) -> Bool {
        !finding.grade.isNone || report.isSettled(finding, pack)
    }

    private mutating func set(_ standing: Standing) {
        let place = standings.firstIndex { $0.key == standing.key }
        switch (place, standing.severity) {
        case (.some(let place), .none): standings.remove(at: place)
        case (.some(let place), _): standings[place] = standing
        case (nil, .none): break
        case (nil, _): standings.append(standing)
        }
    }

    /// Takes from the rules that did not fire again what a graded report takes from them.
    private mutating func release(_ report: Report, _ own: [Outcome], _ pack: CompiledPack) {
        let isWell = report.findings.allSatisfy { $0.cautious <= 0 || report.isSettled($0, pack) }
        for index in standings.indices.reversed() {
            guard let rule = standings[index].rule, standings[index].terms.contains(Int32(report.term)),
                !own.contains(where: { $0.ruleIndex == rule })
            else { continue }
            if standings[index].terms.isSeveral, !isWell { continue }
            standings[index].terms.remove(Int32(report.term))
            if standings[index].terms.isEmpty { standings.remove(at: index) }
        }
    }
}

extension Ground {
    /// The term that the report is about.
    fileprivate func term(_ reports: [Report]) -> Int32 {
        switch self {
        case .atHand(let place): Int32(reports[place].term)
        case .past(_, let term): Int32(term)
        }
    }
}
