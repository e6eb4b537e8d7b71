package import Clinical

/// What `status` asks of a feed: when its parts were last heard.
extension EventClassifier {
    /// From now on takes note of when anything was last heard.
    ///
    /// - Parameters:
    ///   - kept: what `heardMemory` gave before; empty at first.
    ///   - now: from when on what must keep coming is waited for, where it was not before; unknown to miss it at once.
    package mutating func listen(_ kept: [UInt8], at now: Moment) {
        lastHeard = LastHeard(pack, kept: kept, at: now)
    }

    /// What is to be kept between runs and given to `listen`; empty where nobody listens.
    package var heardMemory: [UInt8] { lastHeard?.packed ?? [] }

    /// A feed that events name in `source`.
    package struct HeardFeed: Sendable, Equatable {
        /// As events name it.
        package var name: [UInt8]
        /// When its newest event was observed.
        package var newest: Moment
        /// From when on it counts as silent; unknown for never.
        package var silentFrom: Moment
    }

    /// The feeds that a rule watches, in the order in which they came first.
    package var heardFeeds: [HeardFeed] {
        feeds.feeds.indices.map { place in
            let silence = feeds.silence(of: place)
            return HeardFeed(
                name: feeds.feeds[place].name, newest: Moment(milliseconds: feeds.feeds[place].newest),
                silentFrom: silence == .max ? .unknown : Moment(milliseconds: silence))
        }
    }
}

extension CompiledPack {
    /// The ids of the rules that find silent patients, none twice.
    package var silentRules: Set<String> {
        Set(rules.filter { $0.work is SilentRule }.map { catalogue[$0.id] })
    }

    /// Whether the pack names terms that must keep coming.
    package var awaitsTerms: Bool { !mustCarry.isEmpty }
}
