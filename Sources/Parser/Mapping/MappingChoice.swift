import Clinical
import Config

/// Chooses the mapping that fits the header of an input.
struct MappingChoice: Sendable {
    let sources: [SourceMapping]
    /// The mapping that the user named.
    let name: String?

    /// The mappings that may be meant.
    func candidates() throws(InputError) -> [SourceMapping] {
        guard let name else { return sources }
        guard let chosen = sources.first(where: { $0.name == name }) else {
            throw .unknownSource(name, known: sources.map(\.name))
        }
        return [chosen]
    }

    /// The one candidate that fits, or the native form; `header` reads the header as a mapping's table would have it.
    func choose(header: (SourceMapping) -> Header) throws(InputError) -> BoundMapping {
        let candidates = try candidates()
        let fitting = candidates.compactMap { mapping in
            mapping.spellings.first { $0.fits(TableHeader(header($0).names)) }
        }
        if name != nil, let chosen = fitting.first ?? candidates.first {
            return try BoundMapping(chosen, header: try header(chosen).get())
        }
        if let only = fitting.first, fitting.count == 1 { return try BoundMapping(only, header: header(only).names) }
        if fitting.count > 1 { throw .severalSources(fitting.map(\.name)) }
        for var native in SourceMapping(name: "").spellings {
            let names = header(native).names
            if try native.readNatively(names) { return try BoundMapping(native, header: names) }
        }
        _ = try header(SourceMapping(name: "")).get()
        throw .noSource(candidates) { header($0).names }
    }
}

/// The names in a header, or why it cannot be read with a mapping's delimiter, quote and encoding.
typealias Header = Result<[String], InputError>

extension Header {
    /// The names; none for a header that cannot be read.
    var names: [String] { (try? get()) ?? [] }
}

extension SourceMapping {
    /// The mapping with each delimiter that is tried: its own, or the usual ones when it names none.
    var spellings: [SourceMapping] {
        if hasDelimiter { return [self] }
        return CSVDialect.usualDelimiters.map { delimiter in
            var mapping = self
            mapping.dialect.delimiter = delimiter
            return mapping
        }
    }

    /// Makes this the mapping of a header that uses the members' own names; false when it does not.
    ///
    /// Throws when a member has two columns, in whatever case; columns that are not known are kept in `ignored`.
    mutating func readNatively(_ header: [String]) throws(InputError) -> Bool {
        guard Set(["patient", "time", "code"]).isSubset(of: header) else { return false }
        var met: Set<String> = []
        for name in header where !name.isEmpty {
            let plain = name.lowercased()
            let member = Member.known.first { $0.name == plain && $0 != .answers }
            let isAnswer = plain.hasPrefix("answers.") && plain.utf8.count > 8
            guard member != nil || isAnswer else {
                ignored.append(name)
                continue
            }
            guard met.insert(plain).inserted else { throw .doubledColumn(name) }
            let rule = CellRule(origin: .column(name))
            if let member { rules.append((member, rule)) } else { answers.append((String(name.dropFirst(8)), rule)) }
        }
        return true
    }

    /// What the reader of a native table should be told: which of its columns are not read.
    var notes: [String] {
        let known = Member.known.filter { $0 != .answers }.map(\.name)
        return ignored.map { name in
            let nearest = NearestName.of(name, among: known).map { "; did you mean '\($0)'?" } ?? ""
            return "the column '\(name)' is not known and is ignored\(nearest)"
        }
    }
}

extension InputError {
    static func unknownSource(_ name: String, known: [String]) -> InputError {
        InputError(code: "source.unknown", message: "there is no source '\(name)'" + hint(name, known))
    }

    static func severalSources(_ names: [String]) -> InputError {
        let list = names.map { "'\($0)'" }.joined(separator: " and ")
        return InputError(
            code: "csv.several_sources", message: "the header fits the sources \(list); name one, or give them 'match'")
    }

    static func missingColumn(_ name: String, of mapping: SourceMapping, header: [String]) -> InputError {
        let source = mapping.name.isEmpty ? "" : " that source '\(mapping.name)' reads"
        return InputError(
            code: "csv.missing_column", message: "the header has no column '\(name)'\(source)" + hint(name, header))
    }

    static func noQuestions(of mapping: SourceMapping) -> InputError {
        InputError(
            code: "csv.no_questions",
            message: "the header has no column for any question that source '\(mapping.name)' asks")
    }

    static func doubledColumn(_ name: String) -> InputError {
        InputError(code: "csv.doubled_column", message: "the header has two columns '\(name)'; rename one of them")
    }

    static func noSource(_ candidates: [SourceMapping], header: (SourceMapping) -> [String]) -> InputError {
        var message = "the header has neither the columns patient, time and code nor those of a source"
        for mapping in candidates {
            let present = header(mapping)
            let absent = mapping.absentColumns(TableHeader(present)).prefix(8).map { "'\($0)'" + nearest($0, present) }
            message +=
                "; '\(mapping.name)' lacks " + (absent.isEmpty ? "its questions" : absent.joined(separator: ", "))
        }
        return InputError(code: "csv.no_source", message: message)
    }

    static func badHeader(_ problem: String) -> InputError {
        InputError(code: "csv.header", message: "the header cannot be read: \(problem)")
    }

    private static func hint(_ name: String, _ known: [String]) -> String {
        if let nearest = NearestName.of(name, among: known) { return "; did you mean '\(nearest)'?" }
        return known.isEmpty ? "" : "; there are " + known.prefix(12).joined(separator: ", ")
    }

    private static func nearest(_ name: String, _ known: [String]) -> String {
        NearestName.of(name, among: known).map { " (nearest: '\($0)')" } ?? ""
    }
}
