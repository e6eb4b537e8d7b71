import Clinical

/// Turns what was remembered under one pack into what it is under another: the same names under other numbers.
struct Translation: Sendable {
    private let former: PackNames
    private let vocabulary: Vocabulary
    private let codes: [Symbol]
    private let attributes: [Symbol]
    private let units: [Symbol]
    private let labels: [Symbol]
    private let treatments: [Symbol]
    private let qualifiers: [Symbol]
    /// By former number the number now; -1 for what is gone.
    private let terms: [Int32]
    private let gradings: [Int32]
    private let rules: [Int32]
    private let concerns: [Int32]

    init(from former: PackNames, to now: PackNames) {
        self.former = former
        vocabulary = now.vocabulary
        codes = former.vocabulary.codes.translation(to: vocabulary.codes)
        attributes = former.vocabulary.attributes.translation(to: vocabulary.attributes)
        units = former.vocabulary.units.translation(to: vocabulary.units)
        labels = former.vocabulary.labels.translation(to: vocabulary.labels)
        treatments = former.vocabulary.treatments.translation(to: vocabulary.treatments)
        qualifiers = former.vocabulary.qualifiers.translation(to: vocabulary.qualifiers)
        terms = Self.places(of: former.terms, in: now.terms)
        gradings = Self.places(of: former.gradings, in: now.gradings)
        concerns = Self.places(of: former.concerns, in: now.concerns)
        // A rule that another node brings now is the same rule.
        rules = former.rules.map { name in
            let place = now.rules.firstIndex(of: name) ?? now.rules.firstIndex { $0.id == name.id }
            return Int32(place ?? -1)
        }
    }

    private static func places(of names: [String], in others: [String]) -> [Int32] {
        let places = Dictionary(others.enumerated().map { ($1, Int32($0)) }) { first, _ in first }
        return names.map { places[$0] ?? -1 }
    }

    // MARK: Events

    /// Translates the events of a batch; the code of one that nobody watches any more becomes none.
    func translate(_ batch: inout EventBatch) {
        for index in batch.events.indices { translate(index, &batch) }
    }

    private func translate(_ index: Int, _ batch: inout EventBatch) {
        let event = batch.events[index]
        batch.events[index].codeSymbol = Self.symbol(event.codeSymbol, codes)
        batch.events[index].unitSymbol = symbol(event.unitSymbol, units, event.unit, vocabulary.units, batch)
        for place in event.answers.range {
            let answer = batch.answers[place]
            batch.answers[place].label = symbol(answer.label, labels, answer.text, vocabulary.labels, batch)
            let attribute = symbol(
                answer.attribute, attributes, answer.attributeText, vocabulary.attributes, batch)
            if attribute.isNone, !answer.attribute.isNone {
                batch.answers[place].attributeText = batch.keep(
                    former.vocabulary.attributes.spelling(of: answer.attribute))
            }
            batch.answers[place].attribute = attribute
        }
        for place in event.names.range {
            let name = batch.names[place]
            batch.names[place].symbol = Self.symbol(name.symbol, name.role == .qualifier ? qualifiers : treatments)
        }
    }

    private static func symbol(_ former: Symbol, _ symbols: [Symbol]) -> Symbol {
        former.isNone || former.index >= symbols.count ? .none : symbols[former.index]
    }

    /// A name that the former pack did not have is looked up as it came.
    private func symbol(
        _ former: Symbol, _ symbols: [Symbol], _ text: TextSpan, _ table: SymbolTable, _ batch: EventBatch
    ) -> Symbol {
        guard former.isNone else { return Self.symbol(former, symbols) }
        if text.isEmpty { return .none }
        let name = Array(batch.bytes(of: text))
        return table.find(name.span.bytes, from: 0, count: name.count)
    }

    // MARK: What was told

    /// The episodes, but for those whose concern is gone.
    func episodes(_ episodes: [Episode]) -> [Episode] { episodes.compactMap(episode) }

    private func episode(_ former: Episode) -> Episode? {
        guard let concern = Self.place(Int32(former.concern), concerns) else { return nil }
        var episode = former
        episode.concern = Int16(truncatingIfNeeded: concern)
        episode.leading =
            told(former.leading) ?? Episode.Told(subject: .nothing, grade: .none, time: former.leading.time)
        episode.earlier = former.earlier.compactMap(told)
        episode.standings = StandingList()
        for standing in former.standings { episode.standings.append(self.standing(standing)) }
        return episode
    }

    private func told(_ former: Episode.Told) -> Episode.Told? {
        subject(former.subject).map { Episode.Told(subject: $0, grade: former.grade, time: former.time) }
    }

    private func subject(_ former: Subject) -> Subject? {
        if let term = former.ungradedTerm { return Self.place(term, terms).map { Subject(ungradedTerm: Int($0)) } }
        if let rule = former.rule { return Self.place(rule, rules).map { Subject(rule: Int($0)) } }
        if let grading = former.grading { return Self.place(grading, gradings).map { Subject(grading: $0) } }
        return former
    }

    /// What has lost its rule or grading stands until staff close the episode.
    private func standing(_ former: Episode.Standing) -> Episode.Standing {
        var standing = former
        let key = former.key < 0 ? Self.place(~former.key, rules).map { ~$0 } : Self.place(former.key, gradings)
        standing.key = key ?? Episode.Standing.orphaned
        standing.grading = Self.place(former.grading, gradings) ?? -1
        standing.terms = .none
        former.terms.forEach { term in
            if let place = Self.place(term, terms) { standing.terms.insert(place) }
        }
        return standing
    }

    /// What time told, but for silences whose rule or concern is gone.
    func time(_ former: TimeMemory) -> TimeMemory {
        let marks = former.marks.compactMap { mark -> TimeMark? in
            var known = mark
            let concern = Self.place(mark.concern, concerns)
            let rule = Self.place(mark.rule, rules)
            if mark.isSilence, concern == nil || rule == nil { return nil }
            known.concern = concern ?? -1
            known.rule = rule ?? -1
            return known
        }
        return TimeMemory(marks: marks, heard: former.heard, feed: former.feed)
    }

    private static func place(_ former: Int32, _ places: [Int32]) -> Int32? {
        guard former >= 0, Int(former) < places.count, places[Int(former)] >= 0 else { return nil }
        return places[Int(former)]
    }
}
