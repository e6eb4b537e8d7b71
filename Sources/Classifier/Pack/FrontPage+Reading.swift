import Clinical
import Config

extension FrontPage {
    /// The keys of the front page; each may stand in any file, but once.
    mutating func read(_ section: inout Section, _ mistakes: inout Mistakes) {
        if let version = section.text("version", &mistakes) { self.version = version.value }
        if let text = section.text("requires_toxwatch", &mistakes) { requires = text }
        readDates(&section, &mistakes)
        if let mode = section.text("mode", &mistakes) {
            if !["shadow", "live"].contains(mode.value) {
                mistakes.addUnknown("mode", mode.value, known: ["shadow", "live"], at: mode.mark)
            }
            self.mode = mode.value
        }
        if let approval = section.text("approval", &mistakes) { self.approval = approval }
        if let site = section.node("site"), var inner = Section(site, "'site'", &mistakes) {
            zone = inner.text("zone", &mistakes)
            inner.finish(&mistakes)
        }
        if let node = section.node("severities"), var inner = Section(node, "'severities'", &mistakes) {
            for severity in Severity.allCases where severity != .none { readSeverity(severity, &inner, &mistakes) }
            inner.finish(&mistakes)
        }
        if let node = section.node("silences"), var inner = Section(node, "'silences'", &mistakes) {
            if let text = inner.requiredText("longest", &mistakes) {
                longestSilence = SharedReader.duration(text, &mistakes)?.minutes ?? 0
            }
            silencesEmergencies = inner.bool("emergency", &mistakes) ?? false
            inner.finish(&mistakes)
        }
        if let node = section.node("quiet_hours") { quietHours = QuietHoursDefinition(node, &mistakes) }
        if let node = section.node("must_carry") { mustCarry = MustCarryDefinition(node, &mistakes) }
        if let text = section.text("roster_old_after", &mistakes) {
            rosterOldAfter = SharedReader.duration(text, &mistakes)?.minutes ?? 0
        }
        if let text = section.text("late_after", &mistakes) {
            lateLimit = SharedReader.duration(text, &mistakes)?.minutes ?? 0
        }
        if let node = section.node("concerns"), let inner = Section(node, "'concerns'", &mistakes) {
            for entry in inner.entries {
                let title = Located.text(entry.value, "the title of a concern", &mistakes)?.value ?? entry.key
                concerns.append((Located(entry.key, at: entry.keyMark), title))
            }
        }
        if let node = section.node("wording"), let wording = Wording(node, &mistakes) { self.wording = wording }
    }

    private func readDates(_ section: inout Section, _ mistakes: inout Mistakes) {
        for key in ["reviewed", "review_by"] {
            guard let text = section.text(key, &mistakes) else { continue }
            let bytes = Array(text.value.utf8)
            if bytes.count != 10 || RFC3339.date(bytes.span.bytes, from: 0) == nil {
                mistakes.add(at: text.mark, "'\(text.value)' is not a date", help: "write it as 2026-11-25")
            }
        }
    }

    private mutating func readSeverity(_ severity: Severity, _ section: inout Section, _ mistakes: inout Mistakes) {
        // A mistake in it is told here, not once more where all severities must be there.
        respondWithin[Int(severity.rawValue)] = -1
        guard let node = section.requiredNode(severity.name, &mistakes),
            var inner = Section(node, "'\(severity.name)'", &mistakes)
        else { return }
        if let text = inner.requiredText("respond_within", &mistakes) {
            respondWithin[Int(severity.rawValue)] = SharedReader.duration(text, &mistakes)?.minutes ?? -1
        }
        if let text = inner.text("remind_after", &mistakes) {
            remindAfter[Int(severity.rawValue)] = SharedReader.duration(text, &mistakes)?.minutes ?? 0
        }
        if let text = inner.text("stale_after", &mistakes) {
            staleAfter[Int(severity.rawValue)] = SharedReader.duration(text, &mistakes)?.minutes ?? 0
        }
        inner.finish(&mistakes)
    }
}
