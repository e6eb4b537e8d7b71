import Clinical

/// The feeds that events name in `source`, each with when its newest event was observed.
struct FeedTable: Sendable {
    struct Feed: Sendable, Equatable {
        var name: [UInt8]
        /// When its newest event was observed, in milliseconds.
        var newest: Int64
        /// The rule that watches it, by its place in the pack; -1 for none.
        var rule: Int
        /// When it fell silent, in milliseconds, as staff were told; nil while it speaks.
        var toldAt: Int64?
    }

    private(set) var feeds: [Feed] = []
    private let pack: CompiledPack
    /// Rules about feeds, by their place in the pack.
    private let rules: [Int]
    /// Where the last event's feed stands; events of one feed often come together.
    private var last = 0

    /// The most feeds that are watched; those that come later are not.
    static let limit = 64

    init(_ pack: CompiledPack, wanted: [Bool]) {
        self.pack = pack
        rules = pack.rulesOfNode[TherapyTree.root].filter {
            pack.rules[$0].work is FeedSilentRule && wanted[pack.rules[$0].kind] && pack.rules[$0].severity != .none
        }
    }

    /// Whether any rule is about feeds.
    var isWatched: Bool { !rules.isEmpty }

    /// The place of a feed, new or known; nil for no name, and for one too many.
    mutating func place(of name: ArraySlice<UInt8>) -> Int? {
        if name.isEmpty { return nil }
        if last < feeds.count, feeds[last].name.elementsEqual(name) { return last }
        if let known = feeds.firstIndex(where: { $0.name.elementsEqual(name) }) {
            last = known
            return known
        }
        guard feeds.count < Self.limit else { return nil }
        feeds.append(Feed(name: Array(name), newest: .min, rule: rule(for: name)))
        last = feeds.count - 1
        return last
    }

    /// The rule that names the feed, else the one for all that none names.
    private func rule(for name: ArraySlice<UInt8>) -> Int {
        let text = String(decoding: name, as: UTF8.self)
        let works = rules.map { (rule: $0, feeds: (pack.rules[$0].work as? FeedSilentRule)?.feeds) }
        return works.first { $0.feeds?.contains(text) == true }?.rule ?? works.first { $0.feeds == nil }?.rule ?? -1
    }

    /// Takes note of an event; the silence that it ends, if staff were told of one.
    mutating func note(_ place: Int, at time: Int64) -> Feed? {
        guard time > feeds[place].newest else { return nil }
        let ended = feeds[place].toldAt == nil ? nil : feeds[place]
        feeds[place].newest = time
        feeds[place].toldAt = nil
        return ended
    }

    /// From when on a feed is silent, unless an event comes, in milliseconds; `.max` for never.
    func silence(of place: Int) -> Int64 {
        guard feeds.indices.contains(place), feeds[place].rule >= 0, feeds[place].newest != .min,
            let work = pack.rules[feeds[place].rule].work as? FeedSilentRule
        else { return .max }
        return feeds[place].newest + work.within
    }

    /// The feeds that fell silent by an instant and of which staff were not told, which they are now.
    mutating func fallSilent(by now: Int64) -> [Feed] {
        var fallen: [Feed] = []
        for place in feeds.indices where feeds[place].toldAt == nil && silence(of: place) <= now {
            feeds[place].toldAt = silence(of: place)
            fallen.append(feeds[place])
        }
        return fallen
    }

    /// The earliest instant at which a feed falls silent of which staff were not told, in milliseconds; nil for never.
    var nextDue: Int64? {
        feeds.indices.filter { feeds[$0].toldAt == nil }.map(silence).filter { $0 != .max }.min()
    }

    // MARK: Between runs

    /// All that is to be kept between runs.
    var packed: [UInt8] {
        var bytes: [UInt8] = []
        for feed in feeds {
            bytes.append(addingCapacity: 48 + feed.name.count) { output in
                output.add(count: UInt64(feed.name.count))
                for byte in feed.name { output.append(byte) }
                output.add(feed.newest)
                output.append(feed.toldAt == nil ? 0 : 1)
                if let told = feed.toldAt { output.add(told) }
            }
        }
        return bytes
    }

    /// Takes the feeds that were kept, in their order; false, and none of them, when the bytes hold something else.
    mutating func restore(_ bytes: [UInt8]) -> Bool {
        feeds = []
        last = 0
        var unpacker = ByteUnpacker(bytes)
        while unpacker.place < bytes.count, feeds.count < Self.limit, !unpacker.isBroken {
            let name = unpacker.text()
            var feed = Feed(name: Array(name), newest: unpacker.number(), rule: rule(for: name))
            if unpacker.byte() != 0 { feed.toldAt = unpacker.number() }
            feeds.append(feed)
        }
        let isSound = !unpacker.isBroken && unpacker.place == bytes.count
        if !isSound { feeds = [] }
        return isSound
    }
}
