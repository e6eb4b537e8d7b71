import Testing

/// What every Swift file of the project keeps to.
@Suite struct HouseRulesTests {
    /// The rooms' files.
    static let sources = Repository.sources.compactMap { try? SwiftSource($0) }
    /// The tests' files.
    static let tests = Repository.tests.compactMap { try? SwiftSource($0) }

    /// What each room may import; SwiftPM alone would let an undeclared import of a neighbour pass.
    static let arrows: [String: Set<String>] = [
        "Clinical": [],
        "Config": ["CLibYAML"],
        "Digest": ["CSodium"],
        "Parser": ["CScan", "Clinical", "Config", "Digest"],
        "Classifier": ["CMemory", "Clinical", "Config", "Digest"],
        "Emitter": ["Clinical", "Config"],
        "compilepack": ["Classifier", "Config", "Digest", "Glibc"],
        "Store": ["CSQLite", "Clinical", "Digest", "Glibc"],
        "toxwatch": [
            "ArgumentParser", "CShippedPack", "CSignalFD", "Classifier", "Clinical", "Config", "Digest", "Emitter",
            "Glibc",
            "Parser", "Store",
        ],
    ]

    /// The only places where a check of the compiler is switched off; the file says why.
    static let exempt: [String: Set<String>] = ["Sources/Classifier/Grading/FixedTable.swift": ["@unchecked"]]

    @Test func `every room has its arrows, and every arrow a room`() {
        #expect(Self.sources.count == Repository.sources.count)
        #expect(Set(Self.sources.map(\.room)) == Set(Self.arrows.keys))
    }

    @Test func `imports follow the arrows`() {
        let wrong = Self.sources.flatMap { source in
            source.imports.filter { Self.arrows[source.room]?.contains($0) != true }.map { "\(source.path): \($0)" }
        }
        #expect(wrong == [])
    }

    @Test func `no file is over 300 lines`() {
        let long = (Self.sources + Self.tests).filter { $0.lines.count - 1 > 300 }
        #expect(long.map { "\($0.path): \($0.lines.count - 1)" } == [])
    }

    @Test func `no function is over 50 lines`() {
        let long = (Self.sources + Self.tests).flatMap { source in
            source.functions.filter { $0.length > 50 }.map { "\(source.path):\($0.line): \($0.length)" }
        }
        #expect(long == [])
    }

    @Test func `what other rooms may use says what it is`() {
        #expect(Self.sources.flatMap(\.undocumented) == [])
    }

    @Test func `nothing is forced or unchecked`() {
        let words = [
            "try!", "as!", "fatalError", "preconditionFailure", "@unchecked", "nonisolated(unsafe)", "@preconcurrency",
        ]
        var found: [String] = []
        for source in Self.sources {
            let exempt = Self.exempt[source.path] ?? []
            for (index, line) in source.code.enumerated() {
                let place = "\(source.path):\(index + 1): "
                for word in words where line.contains(word) && !exempt.contains(word) { found.append(place + word) }
                if line.contains("!"), line.firstMatch(of: #/[\w\)\]\}>]!(?!=)/#) != nil {
                    found.append(place + "a forced value")
                }
            }
        }
        #expect(found == [])
    }

    @Test func `every exemption is still needed`() throws {
        for (path, words) in Self.exempt {
            let code = try SwiftSource(path).code.joined()
            #expect(words.filter { !code.contains($0) } == [], "\(path)")
        }
    }

    @Test func `nothing is left for later`() {
        // Put together, so that this file does not find itself.
        let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X"]
        let found = (Self.sources + Self.tests).flatMap { source in
            source.lines.filter { line in marks.contains { line.contains($0) } }.map { "\(source.path): \($0)" }
        }
        #expect(found == [])
    }

    @Test func `no file and no type is named like a module`() throws {
        let modules = Self.arrows.keys.sorted().joined(separator: "|")
        let type = try Regex("\\b(struct|class|enum|actor|protocol|typealias) (\(modules))\\b")
        #expect(Self.sources.filter { $0.code.contains { $0.firstMatch(of: type) != nil } }.map(\.path) == [])
        #expect(Self.sources.filter { Self.arrows.keys.contains($0.name) }.map(\.path) == [])
    }
}
