// Runs commands in turn, round after round, and prints what they take: usage: measure ROUNDS EVENTS INPUT < COMMANDS
//
// COMMANDS has a line for each: a name, a tab, the words of the command, which gets INPUT as its stdin. With EVENTS 0 the
// table is about how long a command takes from start to end; otherwise about events. Ratios are to the first command,
// taken round by round, so that what else the machine does weighs on both.
import Glibc

/// One run of a command.
struct Run {
    var wall: Double
    var processor: Double
    var memory: Double
}

/// A command and what its runs took.
struct Contestant {
    var name: String
    var words: [String]
    var runs: [Run] = []

    init?(_ line: String) {
        let parts = line.split(separator: "\t", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        name = String(parts[0])
        words = parts[1].split(separator: " ").map(String.init)
    }

    /// The middle one of what every run says.
    func median(_ value: (Run) -> Double) -> Double { middle(runs.map(value)) }
}

/// The middle of some numbers.
func middle(_ numbers: [Double]) -> Double {
    let sorted = numbers.sorted()
    guard !sorted.isEmpty else { return .nan }
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}

/// Ends with a message.
func fail(_ message: String) -> Never {
    fputs("measure: \(message)\n", stderr)
    exit(1)
}

/// Runs a command with a file as its stdin and nobody at its stdout.
func run(_ words: [String], input: String) -> Run {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    var process: pid_t = 0
    let arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var start = timespec()
    var end = timespec()
    var usage = rusage()
    var status: Int32 = 0
    clock_gettime(CLOCK_MONOTONIC, &start)
    guard posix_spawnp(&process, words[0], &actions, nil, arguments, environ) == 0 else {
        fail("cannot run \(words[0])")
    }
    while wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
    clock_gettime(CLOCK_MONOTONIC, &end)
    guard status == 0 else { fail("\(words.joined(separator: " ")) ended with \(status >> 8)") }
    let used = [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    return Run(
        wall: Double(end.tv_sec - start.tv_sec) + Double(end.tv_nsec - start.tv_nsec) / 1e9, processor: used,
        memory: Double(usage.ru_maxrss) / 1024)
}

/// A number with so many digits after the point, right-aligned.
func cell(_ number: Double, _ digits: Int, _ width: Int) -> String {
    var scaled = String(Int((number * (0..<digits).reduce(1) { power, _ in power * 10 }).rounded()))
    if digits > 0 {
        scaled = String(repeating: "0", count: max(0, digits + 1 - scaled.count)) + scaled
        scaled.insert(".", at: scaled.index(scaled.endIndex, offsetBy: -digits))
    }
    return String(repeating: " ", count: max(0, width - scaled.count)) + scaled
}

/// One row of the table about events.
func row(_ contestant: Contestant, _ first: Contestant, _ events: Double) -> String {
    let wall = contestant.median(\.wall)
    let ratios = zip(contestant.runs, first.runs).map { $0.wall / $1.wall }
    let name = contestant.name + String(repeating: " ", count: max(0, 30 - contestant.name.count))
    return "| \(name) | \(cell(events / wall / 1e6, 2, 10)) | \(cell(wall / events * 1e9, 0, 8)) |"
        + " \(cell(contestant.median(\.memory), 1, 8)) | \(cell(middle(ratios), 2, 8)) |"
}

/// One row of the table about starts.
func row(_ contestant: Contestant) -> String {
    let walls = contestant.runs.map(\.wall).sorted()
    let name = contestant.name + String(repeating: " ", count: max(0, 30 - contestant.name.count))
    return "| \(name) | \(cell(middle(walls) * 1e3, 1, 9)) | \(cell(walls[0] * 1e3, 1, 8)) |"
        + " \(cell(contestant.median(\.processor) * 1e3, 1, 8)) | \(cell(contestant.median(\.memory), 1, 8)) |"
}

let arguments = CommandLine.arguments
guard arguments.count == 4, let rounds = Int(arguments[1]), let events = Double(arguments[2]) else {
    fail("usage: measure ROUNDS EVENTS INPUT < COMMANDS")
}
var contestants: [Contestant] = []
while let line = readLine() { if let contestant = Contestant(line) { contestants.append(contestant) } }
for round in 0...rounds {
    for index in contestants.indices {
        let taken = run(contestants[index].words, input: arguments[3])
        // The first round warms up.
        if round > 0 { contestants[index].runs.append(taken) }
    }
}
if events > 0 {
    print("| command                        | M events/s | ns/event | peak MiB | ÷ first |")
    print("|---|---|---|---|---|")
    for contestant in contestants { print(row(contestant, contestants[0], events)) }
} else {
    print("| start to end                   | median ms | least ms |   CPU ms | peak MiB |")
    print("|---|---|---|---|---|")
    for contestant in contestants { print(row(contestant)) }
}
