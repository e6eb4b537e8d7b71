import ArgumentParser
import Glibc

/// Writes an editable copy of the shipped pack.
struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write an editable copy of the shipped pack.",
        discussion: """
            Example:
              toxwatch init config && toxwatch lint config
            """)

    @Argument(help: ArgumentHelp("The folder to make; it must not hold a pack yet.", valueName: "DIR"))
    var folder: String

    func run() throws {
        if let first = ShippedPack.files.first(where: { WholeFile.exists(folder + "/" + $0.path) }) {
            Diagnostics.say(
                "\(folder)/\(first.path) is there already; nothing was written. Choose another folder, or remove it first"
            )
            throw ExitStatus.inputOutput
        }
        for file in ShippedPack.files {
            let path = folder + "/" + file.path
            do {
                try Self.makeFolders(above: path)
                try Self.write(file.bytes, to: path)
            } catch {
                Diagnostics.say("cannot write \(path): \(error.message)")
                throw ExitStatus.inputOutput
            }
        }
        Diagnostics.say("wrote \(ShippedPack.files.count) files to \(folder); try: toxwatch lint \(folder)")
    }

    private static func write(_ bytes: [UInt8], to path: String) throws(SystemError) {
        let opened = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard opened >= 0 else { throw SystemError() }
        defer { close(opened) }
        var failure: SystemError?
        bytes.withUnsafeBytes { bytes in
            do throws(SystemError) { try StandardStreams.write(bytes, to: opened) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    private static func makeFolders(above path: String) throws(SystemError) {
        var index = path.startIndex
        while let slash = path[index...].dropFirst().firstIndex(of: "/") {
            if mkdir(String(path[..<slash]), 0o755) != 0, errno != EEXIST { throw SystemError() }
            index = slash
        }
    }
}
