package import Glibc
import Synchronization

/// A program that runs, with the tests at the other ends of its pipes.
package struct RunningProgram: ~Copyable {
    /// Its number, by which signals reach it.
    package let process: pid_t
    private var input: Int32
    private var outputs: [Int32]
    private var taken: [[UInt8]] = [[], []]
    private var unsent: ArraySlice<UInt8> = []

    // Between the making of a pipe and its closing on exec no other program may start, or it would keep the pipe open.
    private static let starting = Mutex(())

    /// The longest that anything is waited for, in milliseconds.
    private static let patience: Int32 = 60_000

    init(_ program: Program, _ arguments: [String]) throws {
        signal(SIGPIPE, SIG_IGN)
        let started = try Self.starting.withLock { _ in try Self.start(program, arguments) }
        process = started.process
        input = started.ends[0]
        outputs = [started.ends[1], started.ends[2]]
    }

    private static func start(_ program: Program, _ arguments: [String]) throws -> (process: pid_t, ends: [Int32]) {
        let pipes = try (0..<3).map { _ in try makePipe() }
        let theirs = [pipes[0][0], pipes[1][1], pipes[2][1]]
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, end) in theirs.enumerated() { posix_spawn_file_actions_adddup2(&actions, end, Int32(number)) }
        let process = try spawn(program, arguments, &actions)
        for end in theirs { close(end) }
        let ours = [pipes[0][1], pipes[1][0], pipes[2][0]]
        _ = fcntl(ours[0], F_SETFL, O_NONBLOCK)
        return (process, ours)
    }

    private static func makePipe() throws -> [Int32] {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw ProgramError(call: "pipe", number: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return ends
    }

    private static func spawn(
        _ program: Program, _ arguments: [String], _ actions: inout posix_spawn_file_actions_t
    ) throws -> pid_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The child shall meet SIGPIPE as under a shell, although the tests ignore it.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        // Nor does the thread that starts it hand on what it blocks.
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        let shell = ["/bin/sh", "-c", #"cd "$1" && shift && exec "$@""#, "sh", program.folder, program.path]
        let words = (shell + arguments).map { strdup($0) } + [nil]
        let variables = program.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var process: pid_t = 0
        let failure = posix_spawn(&process, shell[0], &actions, &attributes, words, variables)
        guard failure == 0 else { throw ProgramError(call: "posix_spawn", number: failure) }
        return process
    }

    /// Sends bytes; what does not fit the pipe at once is sent while output is taken.
    package mutating func send(_ bytes: [UInt8]) {
        unsent += bytes
        _ = turn(patience: 0)
    }

    /// Sends text.
    package mutating func send(_ text: String) { send(Array(text.utf8)) }

    /// Ends the input, once all of it was sent.
    package mutating func closeInput() {
        while !unsent.isEmpty, turn(patience: Self.patience) {}
        if input >= 0 { close(input) }
        input = -1
    }

    /// Stops reading stdout, as `head` does.
    package mutating func closeOutput() {
        if outputs[0] >= 0 { close(outputs[0]) }
        outputs[0] = -1
    }

    /// The next line of stdout, while the program goes on; nil when none comes.
    package mutating func nextLine() -> String? { nextLine(of: 0) }

    /// The next line of stderr, while the program goes on; nil when none comes.
    package mutating func nextMessage() -> String? { nextLine(of: 1) }

    private mutating func nextLine(of place: Int) -> String? {
        while true {
            if let end = taken[place].firstIndex(of: 0x0A) {
                let line = String(decoding: taken[place][..<end], as: UTF8.self)
                taken[place].removeFirst(end + 1)
                return line
            }
            if outputs[place] < 0 || !turn(patience: Self.patience) { return nil }
        }
    }

    /// Sends a signal.
    package func receive(signal number: Int32) { kill(process, number) }

    /// Takes what is left of its output and waits for its end; a program that goes on for too long is killed.
    package mutating func finish() -> Program.Result {
        closeInput()
        while outputs != [-1, -1] {
            guard turn(patience: Self.patience) else {
                kill(process, SIGKILL)
                break
            }
        }
        for descriptor in outputs where descriptor >= 0 { close(descriptor) }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        let ending = status & 0x7F
        return Program.Result(
            status: ending == 0 ? (status >> 8) & 0xFF : -ending, output: taken[0], messages: taken[1])
    }

    /// Sends and takes what can be sent and taken; false when nothing could for all that patience.
    private mutating func turn(patience: Int32) -> Bool {
        var wanted = outputs.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        wanted.append(pollfd(fd: unsent.isEmpty ? -1 : input, events: Int16(POLLOUT), revents: 0))
        guard poll(&wanted, 3, patience) > 0 else { return false }
        for place in outputs.indices where wanted[place].revents != 0 { take(place) }
        if wanted[2].revents != 0 { sendSome() }
        return true
    }

    private mutating func take(_ place: Int) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = read(outputs[place], &buffer, buffer.count)
        if count > 0 {
            taken[place] += buffer[..<count]
        } else {
            close(outputs[place])
            outputs[place] = -1
        }
    }

    private mutating func sendSome() {
        let count = unsent.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
        if count > 0 {
            unsent.removeFirst(count)
        } else if errno != EAGAIN, errno != EINTR {
            // Nobody reads any more.
            unsent = []
        }
    }
}
