import Clinical

/// The life of one concern of one patient.
struct Episode: Sendable, Equatable {
    var id: StableID
    var concern: Int32
    /// As staff were told last.
    var severity: Severity
    /// The grade that led last, comparable only on the same grading.
    var grade: MaybeGrade
    var grading: Int32
    /// When the report was observed that it spoke of last, in milliseconds; `.min` when nobody knows.
    var spoke: Int64
    /// The grades that were told besides, on other gradings: each is the highest.
    var earlier: [Height] = []
    /// What the latest reports say, each of its own thing.
    var standings: [Standing] = []

    /// How high one grading has led.
    struct Height: Sendable, BitwiseCopyable, Equatable {
        var grade: MaybeGrade
        var grading: Int32
    }

    /// What the latest report says of one grading, or that one rule has fired.
    struct Standing: Sendable, Equatable {
        /// A grading, or the complement of a rule's place.
        var key: Int32
        var severity: Severity
        /// The grade of the grading, or of the finding that the rule leant on.
        var grade: MaybeGrade
        var grading: Int32
        /// The terms that it still rests on.
        var terms: [Int32]

        func isMilder(than other: Standing) -> Bool {
            (severity.rawValue, grade.rawValue) < (other.severity.rawValue, other.grade.rawValue)
        }
    }

    /// The highest grade that was told of a grading; nil when it never led.
    func told(_ grading: Int32) -> MaybeGrade? {
        if grading == self.grading { return grade }
        return earlier.first { $0.grading == grading }?.grade
    }

    /// Takes note that staff were told of a grade beside the one that leads.
    mutating func tell(_ grade: MaybeGrade, _ grading: Int32) {
        guard grading >= 0, grading != self.grading, told(grading).map({ $0.rawValue < grade.rawValue }) ?? true else {
            return
        }
        earlier.removeAll { $0.grading == grading }
        earlier.append(Height(grade: grade, grading: grading))
    }

    /// Forgets how high it was: from now on it is this.
    mutating func startOver(_ severity: Severity, _ grade: MaybeGrade, _ grading: Int32) {
        self.severity = severity
        self.grade = grade
        self.grading = grading
        earlier.removeAll()
    }

    /// Takes note that a grade leads now.
    mutating func lead(_ grade: MaybeGrade, _ grading: Int32) {
        if grading != self.grading {
            earlier.removeAll { $0.grading == grading }
            earlier.append(Height(grade: self.grade, grading: self.grading))
        }
        self.grade = grade
        self.grading = grading
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
        grade = .none
        grading = -1
        earlier.removeAll()
        for standing in standings where standing.grading >= 0 {
            earlier.removeAll { $0.grading == standing.grading && $0.grade.rawValue < standing.grade.rawValue }
            if told(standing.grading) == nil {
                earlier.append(Height(grade: standing.grade, grading: standing.grading))
            }
        }
    }
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
                    terms: [Int32(report.term)])
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
            var terms: [Int32] = [Int32(reports[outcome.report].term)]
            for ground in outcome.grounds {
                let term = ground.term(reports)
                if !terms.contains(term) { terms.append(term) }
            }
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
                terms: [Int32(term)]))
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
        for index in standings.indices.reversed() where standings[index].key < 0 {
            guard let place = standings[index].terms.firstIndex(of: Int32(report.term)),
                !own.contains(where: { $0.ruleIndex == Int(~standings[index].key) })
            else { continue }
            if standings[index].terms.count > 1, !isWell { continue }
            standings[index].terms.remove(at: place)
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
