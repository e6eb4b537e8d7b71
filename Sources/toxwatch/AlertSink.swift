import Classifier
import Clinical
import Emitter

/// One place where alerts go, in one form.
struct AlertSink: ~Copyable {
    private let format: any OutputFormat.Type
    private var writer: any OutputFormat
    private let file: OutputFile
    private var buffer = OutputBuffer()

    /// The format in `FORMAT[=FILE]`.
    static func format(in option: String) -> String { String(option.prefix { $0 != "=" }) }

    /// The file in `FORMAT[=FILE]`; `-`, which is stdout, when there is none.
    static func file(in option: String) -> String {
        let rest = option.drop { $0 != "=" }.dropFirst()
        return rest.isEmpty ? "-" : String(rest)
    }

    /// - Parameter option: `FORMAT[=FILE]`, checked before.
    init?(_ option: String, _ pack: CompiledPack) throws(SystemError) {
        guard let format = OutputFormats.named(Self.format(in: option)) else { return nil }
        self.format = format
        let path = Self.file(in: option)
        file = if path == "-" { OutputFile() } else { try OutputFile(replacing: path) }
        writer = format.init(Self.setup(pack, file))
    }

    /// Writes what comes next in the words of another pack.
    mutating func change(to pack: CompiledPack) { writer = format.init(Self.setup(pack, file)) }

    private static func setup(_ pack: CompiledPack, _ file: borrowing OutputFile) -> OutputSetup {
        OutputSetup(catalogue: pack.catalogue, zone: pack.zone, usesColor: file.isTerminal && !Settings.hasNoColour)
    }

    /// Throws away what the file held.
    func empty() throws(SystemError) { try file.empty() }

    mutating func write(_ alerts: AlertBatch) throws(SystemError) {
        if alerts.alerts.isEmpty { return }
        writer.write(alerts, to: &buffer)
        try flush()
    }

    /// Whether alerts leave here as a state keeps them.
    var isNative: Bool { format == NDJSONOutput.self }

    /// One alert as it leaves here.
    mutating func bytes(of alert: AlertBatch) -> [UInt8] {
        defer { buffer.removeAll() }
        writer.write(alert, to: &buffer)
        return buffer.withBytes { Array($0) }
    }

    /// Writes alerts that were made ready before.
    func write(_ bytes: [UInt8]) throws(SystemError) {
        let descriptor = file.descriptor
        var failure: SystemError?
        bytes.withUnsafeBytes { bytes in
            do throws(SystemError) { try StandardStreams.write(bytes, to: descriptor) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    mutating func finish() throws(SystemError) {
        writer.finish(&buffer)
        try flush()
    }

    private mutating func flush() throws(SystemError) {
        defer { buffer.removeAll() }
        let descriptor = file.descriptor
        try buffer.withBytes { bytes throws(SystemError) in try StandardStreams.write(bytes, to: descriptor) }
    }
}

extension AlertSink {
    /// All places of one run.
    struct Group: ~Copyable {
        private var sinks: [Box] = []

        /// A sink that an array can hold.
        private final class Box {
            var sink: AlertSink
            init(_ sink: consuming AlertSink) { self.sink = sink }
        }

        /// Opens all before it empties the first.
        init(_ options: [String], _ pack: CompiledPack) throws(ExitStatus) {
            for option in options {
                do {
                    guard let sink = try AlertSink(option, pack) else { continue }
                    sinks.append(Box(sink))
                } catch {
                    Diagnostics.say("cannot write \(AlertSink.file(in: option)): \(error.message)")
                    throw .inputOutput
                }
            }
            do {
                for box in sinks { try box.sink.empty() }
            } catch {
                Diagnostics.say("cannot empty the files of --to: \(error.message)")
                throw .inputOutput
            }
        }

        /// Writes what comes next in the words of another pack.
        func change(to pack: CompiledPack) {
            for box in sinks { box.sink.change(to: pack) }
        }

        mutating func write(_ alerts: AlertBatch) throws(SystemError) {
            for box in sinks { try box.sink.write(alerts) }
        }

        /// The places, in the order in which they were named.
        var places: Range<Int> { sinks.indices }

        /// Whether alerts leave at a place as a state keeps them.
        func isNative(at place: Int) -> Bool { sinks[place].sink.isNative }

        /// One alert as it leaves at a place.
        func bytes(of alert: AlertBatch, at place: Int) -> [UInt8] { sinks[place].sink.bytes(of: alert) }

        /// Writes alerts that were made ready before to one place.
        func write(_ bytes: [UInt8], at place: Int) throws(SystemError) { try sinks[place].sink.write(bytes) }

        mutating func finish() throws(SystemError) {
            for box in sinks { try box.sink.finish() }
        }
    }
}
