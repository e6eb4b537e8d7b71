/// What a finding means for this patient on this therapy; ordered, so that the worst of several can be taken.
package enum Severity: UInt8, Sendable, BitwiseCopyable, CaseIterable, Comparable {
    case none, routine, soon, urgent, emergency

    /// The word used in packs, options and alerts.
    package var name: String {
        switch self {
        case .none: "none"
        case .routine: "routine"
        case .soon: "soon"
        case .urgent: "urgent"
        case .emergency: "emergency"
        }
    }

    package init?(name: String) {
        guard let match = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = match
    }

    package static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
}

/// How an episode moved when an alert was made.
package enum Transition: UInt8, Sendable, BitwiseCopyable, CaseIterable {
    case opened, worsened, reminded, eased, resolved, stale, overdue, retracted

    /// The word used in alerts.
    package var name: String {
        switch self {
        case .opened: "opened"
        case .worsened: "worsened"
        case .reminded: "reminded"
        case .eased: "eased"
        case .resolved: "resolved"
        case .stale: "stale"
        case .overdue: "overdue"
        case .retracted: "retracted"
        }
    }
}

/// Which way a laboratory value left its range; a symptom has none.
package enum Direction: UInt8, Sendable, BitwiseCopyable {
    case none, low, high

    /// `low` or `high`; nil for a symptom.
    package var name: String? {
        switch self {
        case .none: nil
        case .low: "low"
        case .high: "high"
        }
    }
}
