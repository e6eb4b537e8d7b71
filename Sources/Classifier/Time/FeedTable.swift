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
    /// Whether there are any.
    let isWatched: Bool
    /// By feed: `FastHash` of its name.
    private var hashes: [UInt64] = []

    /// The most feeds that are watched; those that come later are not.
    static let limit = 64

    init(_ pack: CompiledPack, wanted: [Bool]) {
        self.pack = pack
        rules = pack.timeRulesOfNode[TherapyTree.root].filter {
            pack.rules[$0].work is FeedSilentRule && wanted[pack.rules[$0].kind] && pack.rules[$0].severity != .none
        }
        isWatched = !rules.isEmpty
    }

    /// The place of an event's feed, new or known; nil for no name, and for one too many.
    @inline(__always)
    mutating func place(of source: TextSpan, _ batch: borrowing EventBatch) -> Int? {
        source.isDecoded
            ? place(of: source, in: batch.decoded.span.bytes) : place(of: source, in: batch.bytes.span.bytes)
    }

    @inline(__always)
    private mutating func place(of source: TextSpan, in bytes: RawSpan) -> Int? {
        let hash = FastHash.hash(bytes, from: source.offset, count: Int(source.count))
        for place in hashes.indices where hashes[place] == hash && isName(place, source, bytes) { return place }
        return add(source, bytes, hash)
    }

    @inline(__always)
    private func isName(_ place: Int, _ source: TextSpan, _ bytes: RawSpan) -> Bool {
        guard feeds[place].name.count == Int(source.count) else { return false }
        for offset in 0..<Int(source.count) where feeds[place].name[offset] != bytes.byte(source.offset + offset) {
            return false
        }
        return true
    }

    @inline(never)
    private mutating func add(_ source: TextSpan, _ bytes: RawSpan, _ hash: UInt64) -> Int? {
        guard !source.isEmpty, feeds.count < Self.limit else { return nil }
        let name = (0..<Int(source.count)).map { bytes.byte(source.offset + $0) }
        feeds.append(Feed(name: name, newest: .min, rule: rule(for: name[...])))
        hashes.append(hash)
        return feeds.count - 1
    }

    /// The rule that names the feed, else the one for all that none names.
    private func rule(for name: ArraySlice<UInt8>) -> Int {
        let text = String(decoding: name, as: UTF8.self)
        let works = rules.map { (rule: $0, feeds: (pack.rules[$0].work as? FeedSilentRule)?.feeds) }
        return works.first { $0.feeds?.contains(text) == true }?.rule ?? works.first { $0.feeds == nil }?.rule ?? -1
    }

    /// Takes note of an event; the silence that it ends, if staff were told of one.
    @inline(__always)
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
        hashes = []
        var unpacker = ByteUnpacker(bytes)
        while unpacker.place < bytes.count, feeds.count < Self.limit, !unpacker.isBroken {
            let name = unpacker.text()
            var feed = Feed(name: Array(name), newest: unpacker.number(), rule: rule(for: name))
            if unpacker.byte() != 0 { feed.toldAt = unpacker.number() }
            feeds.append(feed)
            hashes.append(FastHash.hash(feed.name.span.bytes, from: 0, count: feed.name.count))
        }
        let isSound = !unpacker.isBroken && unpacker.place == bytes.count
        if !isSound { (feeds, hashes) = ([], []) }
        return isSound
    }
}
