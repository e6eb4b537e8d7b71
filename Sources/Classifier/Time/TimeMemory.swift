import Clinical

/// What time made of one patient. It stands beside what reports made, and never changes it.
struct TimeMemory: Sendable, Equatable {
    /// What was told, so that it is told once: of each open episode and of each concern of silence the latest.
    private(set) var marks: [TimeMark] = []
    /// When the newest report that told its feed was observed, in milliseconds; `.min` for none.
    private(set) var heard = Int64.min
    /// The feed of that report in the `FeedTable`, counted from 1; 0 for none.
    private(set) var feed: UInt8 = 0
    /// How many silences are open.
    private(set) var silences: UInt8 = 0

    init() {}

    /// What was kept between runs.
    init(marks: [TimeMark], heard: Int64, feed: UInt8) {
        self.heard = heard
        self.feed = feed
        for mark in marks { keep(mark) }
    }

    /// When a patient was first seen whose first report is awaited, in milliseconds; nil where nobody took note of it.
    var firstSeen: Int64? { marks.first { $0.kind == .firstSeen }?.deadline }

    /// Takes note of the feed of a report.
    @inline(__always)
    mutating func hear(of place: Int, at time: Int64) {
        guard time >= heard else { return }
        heard = time
        feed = UInt8(truncatingIfNeeded: place + 1)
    }

    /// Keeps a mark instead of the one for the same episode or concern, if there is any.
    mutating func keep(_ mark: TimeMark) {
        if let place = marks.firstIndex(where: { $0.stands(for: mark) }) {
            marks[place] = mark
        } else {
            marks.append(mark)
        }
        silences = UInt8(clamping: marks.count { $0.kind == .silence })
    }

    /// Forgets marks of episodes that are no more.
    mutating func forget(allBut episodes: [Episode]) {
        marks.removeAll { mark in
            [.stale, .closed].contains(mark.kind) && !episodes.contains { $0.id == mark.episode }
        }
    }
}

/// That something was told for want of reports, or since when the first one is awaited.
struct TimeMark: Sendable, BitwiseCopyable, Equatable {
    enum Kind: UInt8, Sendable {
        /// No report came about an open episode.
        case stale
        /// The episode's patient died.
        case closed
        /// No report came at all; it lasts.
        case silence
        /// The same; it is over.
        case endedSilence
        /// A first report is awaited from now on. It tells nothing, and is of no episode.
        case firstSeen
    }

    var kind: Kind
    var concern: Int32
    /// Of a silence: the rule that found it, by its place in the pack; -1 otherwise. Like the concern, it means nothing
    /// under another pack.
    var rule: Int32 = -1
    /// As staff were told.
    var severity: Severity
    /// Of a silence, its own: reports do not make it.
    var episode: StableID
    /// When it fell due, in milliseconds; of a silence that is over, when it ended.
    var deadline: Int64
    /// Of a silence: since when nothing came, in milliseconds.
    var since = Int64.min

    /// That a patient was seen for the first time, whose first report is awaited.
    static func firstSeen(at time: Int64) -> TimeMark {
        TimeMark(
            kind: .firstSeen, concern: -1, severity: .none, episode: StableID(high: 0, low: 0), deadline: time)
    }

    /// Takes note that a silence is over.
    mutating func end(at time: Int64) {
        kind = .endedSilence
        deadline = time
    }

    /// Whether the other one is about the same thing.
    fileprivate func stands(for other: TimeMark) -> Bool {
        isSilence == other.isSilence && (isSilence ? concern == other.concern : episode == other.episode)
    }

    /// Of a silence that lasts: for how long nothing had come when it was told, in minutes.
    var span: Int { Int((deadline - since) / 60_000) }

    /// Of a silence, whether or not it lasts.
    var isSilence: Bool { kind == .silence || kind == .endedSilence }
}
