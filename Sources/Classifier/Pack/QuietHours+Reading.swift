import Clinical
import Config

/// Quiet hours as the front page tells them.
///
/// ```yaml
/// quiet_hours:
///   - {from: "22:00", until: "07:00", severities: [routine, soon]}
///   - {from: "00:00", until: "24:00", weekdays: [saturday, sunday], severities: [routine], zone: Europe/Berlin}
/// ```
struct QuietHoursDefinition: Sendable {
    /// Zone 0 is the site's, the others are those of `zones`.
    var windows: [QuietHours.Window] = []
    /// The zones that windows name, none twice.
    var zones: [Located<String>] = []

    private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    /// What somebody must know at once is never held back.
    private static let mayWait = [Severity.none, .routine, .soon]

    init() {}

    init(_ node: Node, _ mistakes: inout Mistakes) {
        guard let members = node.members else {
            mistakes.add(at: node.mark, "'quiet_hours' must be a list, found \(node.kind)")
            return
        }
        for member in members { readWindow(member, &mistakes) }
        for zone in 0...zones.count {
            let ofZone = windows.filter { $0.zone == zone }
            for severity in Self.mayWait where QuietHours.Window.leaveNoGap(ofZone, for: severity) {
                mistakes.add(
                    at: node.mark, "alerts of severity '\(severity.name)' would be held back for ever",
                    help: "leave a time of the week at which they may be told")
            }
        }
    }

    private mutating func readWindow(_ node: Node, _ mistakes: inout Mistakes) {
        guard var section = Section(node, "a window of quiet hours", &mistakes) else { return }
        let from = section.requiredText("from", &mistakes)
        let until = section.requiredText("until", &mistakes)
        let weekdays = Self.weekdays(&section, &mistakes)
        let severities = Self.severities(&section, &mistakes)
        let zone = section.text("zone", &mistakes)
        section.finish(&mistakes)
        guard let from, let until, let start = Self.minutes(from, upTo: 1439, &mistakes),
            let end = Self.minutes(until, upTo: 1440, &mistakes)
        else { return }
        if start == end {
            mistakes.add(
                at: until.mark, "a window of quiet hours ends when it begins",
                help: "for a whole day write from: \"00:00\", until: \"24:00\"")
            return
        }
        windows.append(
            QuietHours.Window(
                from: start, until: end > start ? end : end + QuietHours.Window.minutesPerDay, weekdays: weekdays,
                severities: severities, zone: zone.map { place(of: $0) } ?? 0))
    }

    private mutating func place(of zone: Located<String>) -> Int {
        if let known = zones.firstIndex(where: { $0.value == zone.value }) { return known + 1 }
        zones.append(zone)
        return zones.count
    }

    private static func weekdays(_ section: inout Section, _ mistakes: inout Mistakes) -> UInt8 {
        guard let node = section.node("weekdays") else { return 0x7F }
        if node.members?.isEmpty == true { mistakes.add(at: node.mark, "'weekdays' names no day") }
        return section.texts("weekdays", &mistakes).reduce(0) { set, name in
            guard let place = weekdays.firstIndex(of: name.value) else {
                mistakes.addUnknown("weekday", name.value, known: weekdays, at: name.mark)
                return set
            }
            return set | 1 << UInt8(place)
        }
    }

    private static func severities(_ section: inout Section, _ mistakes: inout Mistakes) -> UInt8 {
        guard let node = section.requiredNode("severities", &mistakes) else { return 0 }
        if node.members?.isEmpty == true { mistakes.add(at: node.mark, "'severities' names none") }
        return section.texts("severities", &mistakes).reduce(0) { set, name in
            guard let severity = SharedReader.severity(name, &mistakes) else { return set }
            guard mayWait.contains(severity) else {
                mistakes.add(
                    at: name.mark, "alerts of severity '\(severity.name)' are never held back",
                    help: "quiet hours are for \(mayWait.map(\.name).joined(separator: ", "))")
                return set
            }
            return set | 1 << severity.rawValue
        }
    }

    /// Minutes after midnight of a time of day such as `07:30`.
    private static func minutes(_ text: Located<String>, upTo limit: Int, _ mistakes: inout Mistakes) -> Int? {
        let parts = text.value.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { 48...57 ~= $0 } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60, hour * 60 + minute <= limit
        {
            return hour * 60 + minute
        }
        mistakes.add(
            at: text.mark, "'\(text.value)' is not a time of day",
            help: "write hours and minutes from 00:00 to 23:59, such as 07:30; a window may end at 24:00")
        return nil
    }
}
