import CSignalFD
import Glibc

/// Signals that wait to be taken, so that waiting for them and for input is one wait, and none comes in between.
///
/// From its making on the signals interrupt nothing: what is in hand is finished first.
struct Signals: ~Copyable {
    /// What a signal asks for.
    enum Order: Equatable {
        /// To end in order: SIGTERM or SIGINT, by its number.
        case stop(Int32)
        /// To read the pack anew: SIGHUP.
        case reload
    }

    /// What ended a wait.
    enum Wakeup: Equatable {
        case order(Order)
        case input
        /// The time is over.
        case nothing
    }

    /// Readable while a signal waits; negative when none is taken.
    private let descriptor: Int32

    /// Takes no signals: they do what they do to any program.
    init() { descriptor = -1 }

    /// Takes SIGTERM and SIGINT, and SIGHUP where the pack can be read anew.
    ///
    /// A signal that whoever started the program had it ignore, as `nohup` does, stays ignored.
    init(reloads: Bool) {
        var wanted = sigset_t()
        sigemptyset(&wanted)
        for signal in [SIGTERM, SIGINT] + (reloads ? [SIGHUP] : []) where !Self.isIgnored(signal) {
            sigaddset(&wanted, signal)
        }
        descriptor = signalfd(-1, &wanted, Int32(SFD_CLOEXEC | SFD_NONBLOCK))
        if descriptor >= 0 { sigprocmask(SIG_BLOCK, &wanted, nil) }
    }

    private static func isIgnored(_ signal: Int32) -> Bool {
        var action = sigaction()
        sigaction(signal, nil, &action)
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    /// Waits until a signal comes, the input has something, or the time is over; a signal goes before input.
    ///
    /// - Parameters:
    ///   - input: a descriptor; a negative one has never anything.
    ///   - milliseconds: the longest wait; negative for any.
    func next(or input: Int32 = -1, within milliseconds: Int32 = -1) -> Wakeup {
        var awaited = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: input, events: Int16(POLLIN), revents: 0),
        ]
        while poll(&awaited, 2, milliseconds) < 0, errno == EINTR {}
        var taken = signalfd_siginfo()
        if awaited[0].revents != 0, Glibc.read(descriptor, &taken, MemoryLayout.size(ofValue: taken)) > 0 {
            let signal = Int32(bitPattern: taken.ssi_signo)
            return .order(signal == SIGHUP ? .reload : .stop(signal))
        }
        return awaited[1].revents != 0 ? .input : .nothing
    }

    /// Ends the process by a signal as if it had never been taken, so that whoever waits for it sees by which.
    static func end(by signal: Int32) -> Never {
        Glibc.signal(signal, SIG_DFL)
        var only = sigset_t()
        sigemptyset(&only)
        sigaddset(&only, signal)
        raise(signal)
        sigprocmask(SIG_UNBLOCK, &only, nil)
        exit(128 + signal)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }
}
