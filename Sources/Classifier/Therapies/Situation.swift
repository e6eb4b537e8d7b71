import Clinical

/// What a patient is on at one event: the components, each with its own clock.
struct Situation: Sendable {
    var context: TherapyContext
    /// The clock of all components that have none of their own.
    var clock: TherapyClock
    /// Clocks of single components, where a roster tells them apart.
    var ownClocks: [(node: Int, clock: TherapyClock)] = []
    var team = ""
    var site = ""

    /// Adds the clock of a treatment; of several treatments by one component, the doses of all count.
    fileprivate mutating func add(_ clock: TherapyClock, of node: Int) {
        guard let place = ownClocks.firstIndex(where: { $0.node == node }) else {
            ownClocks.append((node, clock))
            return
        }
        ownClocks[place].clock.join(clock)
    }

    /// The clock of a component.
    func clock(of node: Int) -> TherapyClock {
        for own in ownClocks where own.node == node { return own.clock }
        return clock
    }

    /// Days from the start of the therapy to the event, else from the last dose; nil when neither is known.
    func day(of node: Int, in zone: SiteZone) -> Int32? {
        let clock = clock(of: node)
        let origin = clock.started.isKnown ? clock.started : clock.lastDose
        guard origin.isKnown else { return nil }
        return Int32(clamping: zone.dayNumber(of: clock.time) - zone.dayNumber(of: origin))
    }
}

/// Works out what a patient is on, from the event itself and else from the roster.
struct SituationReader: Sendable {
    private var contexts: TherapyContexts

    init(gradingCount: Int) { contexts = TherapyContexts(gradingCount: gradingCount) }

    /// The context of an event that tells no clock; nil when it tells one. For patients whom no roster knows.
    mutating func clocklessContext(_ event: Int, _ batch: EventBatch, _ pack: CompiledPack) -> Int? {
        guard !batch.events[event].lastDose.isKnown, !batch.events[event].started.isKnown else { return nil }
        return contextIndex(batch.events[event].names, batch, pack.tree)
    }

    /// The severity of a finding by triage in such a context.
    mutating func severity(_ finding: Finding, in context: Int, _ pack: CompiledPack) -> Severity {
        contexts.severity(finding, in: context, pack)
    }

    private mutating func contextIndex(_ names: Run, _ batch: EventBatch, _ tree: TherapyTree) -> Int {
        names.count == 1 && batch.names[Int(names.start)].role == .therapy
            ? contexts.index(of: batch.names[Int(names.start)].symbol, in: tree)
            : contexts.index(of: treatments(names, batch), in: tree)
    }

    /// The situation at a time of which nothing else is known.
    mutating func situation(at time: Moment, _ patient: Roster.Patient?, _ tree: TherapyTree) -> Situation {
        var event = EventRecord()
        event.time = time
        return situation(event, EventBatch(), patient, tree)
    }

    /// The situation at an event. `patient` is what the roster says, if it knows the patient.
    mutating func situation(
        _ event: EventRecord, _ batch: EventBatch, _ patient: Roster.Patient?, _ tree: TherapyTree
    ) -> Situation {
        var clock = TherapyClock(time: event.time)
        clock.started = Self.past(event.started, event.time)
        clock.lastDose = Self.past(event.lastDose, event.time)
        if clock.lastDose.isKnown { clock.doses = [clock.lastDose] }
        guard let patient else {
            // Two steps: a new context is not yet there when the list is read before the look-up.
            let index = contextIndex(event.names, batch, tree)
            return Situation(context: contexts[index], clock: clock)
        }
        return situation(event, batch, patient, clock, tree)
    }

    private mutating func situation(
        _ event: EventRecord, _ batch: EventBatch, _ patient: Roster.Patient, _ clock: TherapyClock, _ tree: TherapyTree
    ) -> Situation {
        var current = patient.treatments.filter {
            !$0.started.isKnown || $0.started.milliseconds <= event.time.milliseconds
        }
        if current.isEmpty { current = patient.treatments }
        var symbols = treatments(event.names, batch)
        if !event.has.contains(.therapy) {
            // What stands for a therapy that the event does not name.
            symbols.removeFirst()
            let ofRoster = current.flatMap(\.treatments)
            symbols = ofRoster + symbols
            if ofRoster.isEmpty { symbols.append(.none) }
        }
        symbols += current.flatMap(\.modifiers).map { $0.isNone ? .unknownModifier : $0 }
        let index = contexts.index(of: symbols, in: tree)
        var situation = Situation(context: contexts[index], clock: clock)
        situation.team = patient.team
        situation.site = patient.site
        for treatment in current {
            var own = TherapyClock(time: event.time)
            own.started = clock.started.isKnown ? clock.started : Self.past(treatment.started, event.time)
            own.doses = (treatment.doses + [treatment.lastDose, clock.lastDose]).filter {
                Self.past($0, event.time).isKnown
            }
            own.lastDose =
                clock.lastDose.isKnown
                ? clock.lastDose : own.doses.max { $0.milliseconds < $1.milliseconds } ?? .unknown
            own.dosePhase = treatment.dosePhase
            for symbol in treatment.treatments + treatment.modifiers where !symbol.isNone {
                for node in tree.nodesOfTreatment[symbol.index] { situation.add(own, of: node) }
            }
        }
        if let latest = situation.ownClocks.map(\.clock).max(by: { $0.lastDose.milliseconds < $1.lastDose.milliseconds }
        ) {
            situation.clock = latest
        }
        return situation
    }

    /// The treatments that the event names, modifiers behind therapies; `.none` stands for an unknown or absent
    /// therapy.
    private func treatments(_ names: Run, _ batch: EventBatch) -> [Symbol] {
        var therapies: [Symbol] = []
        var modifiers: [Symbol] = []
        for index in names.range {
            switch batch.names[index].role {
            case .therapy: therapies.append(batch.names[index].symbol)
            case .modifier:
                let symbol = batch.names[index].symbol
                modifiers.append(symbol.isNone ? .unknownModifier : symbol)
            case .qualifier: break
            }
        }
        if therapies.isEmpty { therapies.append(.none) }
        return therapies + modifiers
    }

    /// A moment that lies before the event; one that lies after tells nothing about the event's clock.
    private static func past(_ moment: Moment, _ time: Moment) -> Moment {
        guard moment.isKnown else { return .unknown }
        let latest = time.isDate ? time.milliseconds + Moment.millisecondsPerDay : time.milliseconds
        return moment.milliseconds <= latest ? moment : .unknown
    }
}
