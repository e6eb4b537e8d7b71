import Glibc

/// The program that was built beside the tests, run as people run it: arguments, pipes, an exit status.
package struct Program: Sendable {
    /// The program's path.
    package var path: String
    /// The whole environment that it gets: none of the environment that the tests run in.
    package var environment: [String: String]
    /// The folder that it starts in.
    package var folder: String

    /// `toxwatch`, with an empty environment but for what a program cannot start without.
    package init(folder: String, environment: [String: String] = [:]) {
        path = Self.folderOfTests + "/toxwatch"
        self.folder = folder
        self.environment = ["PATH": Self.folderOfTests + ":/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no"]
        self.environment.merge(environment) { $1 }
    }

    /// Any other program, by its path.
    package init(path: String, folder: String, environment: [String: String] = [:]) {
        self.init(folder: folder, environment: environment)
        self.path = path
    }

    /// The folder in which SwiftPM puts the tests and the program that they test.
    private static let folderOfTests: String = {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBytes { bytes in
            bytes.baseAddress.map { readlink("/proc/self/exe", $0, bytes.count) } ?? 0
        }
        let path = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
        return path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    }()

    /// What a program did.
    package struct Result: Sendable {
        /// The exit status; a signal's number, made negative, when one ended it.
        package var status: Int32
        /// What it wrote to stdout.
        package var output: [UInt8]
        /// What it wrote to stderr.
        package var messages: [UInt8]

        /// stdout as text.
        package var text: String { String(decoding: output, as: UTF8.self) }
        /// stderr as text.
        package var told: String { String(decoding: messages, as: UTF8.self) }
        /// The lines of stdout.
        package var lines: [Substring] { text.split(separator: "\n") }
    }

    /// Runs it to its end with all its input at once.
    package func run(_ arguments: [String], input: some Sequence<UInt8>) throws -> Result {
        var running = try start(arguments)
        running.send(Array(input))
        running.closeInput()
        return running.finish()
    }

    /// Runs it to its end with text as input, or none.
    package func run(_ arguments: String..., input: String = "") throws -> Result {
        try run(arguments, input: input.utf8)
    }

    /// Starts it and leaves its pipes open.
    package func start(_ arguments: [String]) throws -> RunningProgram {
        try RunningProgram(self, arguments)
    }
}

/// A system call that failed, with its number.
package struct ProgramError: Error {
    /// Which call.
    package var call: String
    /// `errno`, or what the call returned in its place.
    package var number: Int32
}
