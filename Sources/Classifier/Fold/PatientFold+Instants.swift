import Clinical

/// One step of the fold: all reports of one time.
extension PatientFold {
    /// Reports of one time, each with what its patient was on as its event told it.
    struct Instant {
        var reports: [Report] = []
        /// By member of the instant.
        var situations: [Situation] = []
    }

    /// What rules over time will see of a report.
    typealias Seen = (sightings: [Sighting], atoms: AtomSet)

    /// Judges the events of one time, which stand or will stand at a place in the log; what rules will see of each.
    mutating func step(
        _ members: [Int], _ place: Int, _ batch: EventBatch, _ patient: Roster.Patient?, _ memory: inout PatientMemory,
        _ alerts: inout AlertBatch
    ) -> [Seen] {
        let instant = instant(members, batch, patient)
        let past = Past(memory.log, before: place)
        let outcomes = judge.outcomes(instant.reports, past, instant.situations)
        let setting = AlertComposer.Setting(instant.reports, instant.situations, batch, past, patient)
        let before = memory.isRecalling ? memory.episodes : []
        let told = memory.issued.count
        let first = alerts.alerts.count
        composer.compose(outcomes, setting, &earlier, &memory.episodes, &alerts)
        if memory.isRecalling { for alert in alerts.alerts[first...] { memory.issued.append(IssuedAlert(alert)) } }
        memory.mark(place, before: before, issued: told)
        return members.indices.map { seen($0, instant.reports, outcomes) }
    }

    /// Grades the events of one time, those about one term together.
    mutating func instant(_ members: [Int], _ batch: EventBatch, _ patient: Roster.Patient?) -> Instant {
        var instant = Instant()
        var slots: [UInt32] = []
        if members.count > 1 {
            for index in members {
                _ = reader.read(index, batch, patient)
                slots.append(reader.slots)
            }
        }
        for (number, index) in members.enumerated() {
            let siblings = members.count > 1 ? siblings(of: number, members, slots, batch) : []
            reader.complete(index, siblings, batch, patient)
            for var report in reader.reports {
                report.member = number
                instant.reports.append(report)
            }
            instant.situations.append(situations.situation(batch.events[index], batch, patient, pack.tree))
        }
        return instant
    }

    /// The other events that answer what this one does not, each question once.
    private func siblings(of number: Int, _ members: [Int], _ slots: [UInt32], _ batch: EventBatch) -> [Int] {
        var answered = slots[number]
        var found: [Int] = []
        for (other, index) in members.enumerated() where slots[other] & ~answered != 0 {
            guard sharesTerm(batch.events[members[number]].codeSymbol, batch.events[index].codeSymbol) else { continue }
            answered |= slots[other]
            found.append(index)
        }
        return found
    }

    private func sharesTerm(_ code: Symbol, _ other: Symbol) -> Bool {
        if code == other { return true }
        return pack.bindingRuns[code.index].range.contains { place in
            pack.bindingRuns[other.index].range.contains { pack.bindings[$0].term == pack.bindings[place].term }
        }
    }

    /// What rules will see of one member.
    func seen(_ member: Int, _ reports: [Report], _ outcomes: [Outcome]) -> Seen {
        var sightings: [Sighting] = []
        var atoms = AtomSet()
        for (place, report) in reports.enumerated() where report.member == member {
            let severity = outcomes.filter { outcome in
                outcome.report == place
                    && (outcome.ruleIndex < 0 || !pack.rules[outcome.ruleIndex].work.looksAtOutcomes)
            }.reduce(Severity.none) { max($0, $1.severity) }
            atoms.formUnion(report.atoms)
            if report.findings.isEmpty { sightings.append(Sighting(term: report.term, nil, severity)) }
            for finding in report.findings { sightings.append(Sighting(term: report.term, finding, severity)) }
        }
        return (sightings, atoms)
    }

    /// Folds the log from a place on, where the patient stands as before it, to another; what rules see of each report is
    /// worked out anew.
    mutating func fold(
        from place: Int, to count: Int, _ patient: Roster.Patient?, _ patientID: ArraySlice<UInt8>,
        _ memory: inout PatientMemory,
        _ alerts: inout AlertBatch
    ) {
        var room = EventBatch()
        swap(&room, &scratch)
        room.removeRecords()
        let name = room.keep(patientID)
        for entry in place..<count { memory.log.unpack(entry, patient: name, into: &room) }
        var start = place
        while start < count {
            let end = memory.log.places(of: memory.log[start].milliseconds, around: start).upperBound
            let members = (start..<end).map { $0 - place }
            if members.count == 1, reader.read(members[0], room, patient),
                !watches(members[0], room, memory.watchedTerms)
            {
                memory.log.see(reader.sightings, AtomSet(), at: start)
            } else {
                let seen = step(members, start, room, patient, &memory, &alerts)
                for (entry, seen) in zip(start..<end, seen) { memory.log.see(seen.sightings, seen.atoms, at: entry) }
            }
            start = end
        }
        swap(&room, &scratch)
    }
}
