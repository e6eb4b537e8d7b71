/// One thing wrong with a config: where, what, and how to mend it.
package struct Mistake: Sendable, Hashable {
    /// Where to mend it.
    package var mark: Mark
    /// What is wrong and what was found, in one line.
    package var problem: String
    /// How to mend it; empty when the problem says so itself.
    package var help: String

    /// Takes the place, what is wrong, and how to mend it.
    package init(at mark: Mark, _ problem: String, help: String = "") {
        self.mark = mark
        self.problem = problem
        self.help = help
    }
}

/// Everything wrong with a config, gathered so that it can be told all at once.
package struct Mistakes: Sendable {
    /// In the order they were noted, none twice.
    package private(set) var all: [Mistake] = []
    /// The bytes of the files that were read, to show their lines beside the mistakes.
    package private(set) var sources: [String: [UInt8]] = [:]
    /// The files in the order they were read.
    package private(set) var files: [String] = []
    private var noted: Set<Mistake> = []
    private var comparisonsLeft = 200_000

    /// Begins with nothing wrong.
    package init() {}

    /// Whether nothing is wrong so far.
    package var isEmpty: Bool { all.isEmpty }

    /// Notes one more.
    package mutating func add(at mark: Mark, _ problem: String, help: String = "") {
        add([Mistake(at: mark, problem, help: help)])
    }

    /// Notes several more.
    package mutating func add(_ mistakes: some Sequence<Mistake>) {
        for mistake in mistakes where noted.insert(mistake).inserted { all.append(mistake) }
    }

    /// Keeps the bytes of a file, to show its lines beside mistakes.
    package mutating func keep(source bytes: [UInt8], of file: String) {
        if sources.updateValue(bytes, forKey: file) == nil { files.append(file) }
    }

    /// Notes that `name` is not among `known`, with the nearest one as help.
    package mutating func addUnknown(_ what: String, _ name: String, known: some Sequence<String>, at mark: Mark) {
        if let nearest = nearest(to: name, among: known) {
            add(at: mark, "unknown \(what) '\(name)'", help: "did you mean '\(nearest)'?")
            return
        }
        let names = Array(known.prefix(13))
        let list = names.count <= 12 && !names.isEmpty ? "known: \(names.sorted().joined(separator: ", "))" : ""
        add(at: mark, "unknown \(what) '\(name)'", help: list)
    }

    /// The known name that `word` most likely means; nil when none is near, or when so many words were looked up
    /// already that the config is wrong all over.
    mutating func nearest(to word: String, among names: some Sequence<String>) -> String? {
        comparisonsLeft -= names.underestimatedCount
        return comparisonsLeft > 0 ? NearestName.of(word, among: names) : nil
    }
}
