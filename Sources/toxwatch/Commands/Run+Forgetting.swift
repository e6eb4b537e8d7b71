import Classifier
import Glibc

/// What a run without a state misses.
extension Run {
    /// Says, after an input that has an end, that rules over time knew no other, and how to mend that.
    ///
    /// Not to people who only look at alerts on a terminal, and not when no such rule was asked: then nothing is missed.
    func warnOfForgetting(_ pack: CompiledPack) {
        guard state == nil, !follow, !isOnlyLookedAt, pack.looksOverTime(kinds: kinds) else { return }
        Diagnostics.say(
            "nothing is remembered: rules over time saw this input only; with --state PATH each run goes on from the last"
        )
    }

    private var isOnlyLookedAt: Bool {
        outputs.allSatisfy { AlertSink.file(in: $0) == "-" } && isatty(STDOUT_FILENO) == 1
    }
}
