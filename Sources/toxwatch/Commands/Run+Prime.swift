import ArgumentParser
import Clinical
import Emitter
import Store

/// The first day: a state is built from history, and staff are told once what stands open, instead of being called for
/// what is long past.
extension Run {
    /// Sees to it that nothing is asked for that a run which calls nobody cannot do.
    func checkPrime() throws {
        if state == nil { throw ValidationError("--prime builds a state: name it with --state PATH") }
        let others = [("--follow", follow), ("--to", !outputs.isEmpty), ("--fail-at", failAt != nil)]
        for (option, isGiven) in others where isGiven {
            throw ValidationError("--prime calls nobody and comes to an end, so it takes no \(option)")
        }
    }

    /// Lists on stdout what stands open after a prime.
    func listOpen(_ zone: SiteZone) throws(ExitStatus) {
        guard let state else { return }
        let found = try State.reporting { () throws(StateError) in try StateReader(state).episodes() }
        var buffer = OutputBuffer()
        EpisodeTable(zone: zone).write(found, to: &buffer)
        try State.write(&buffer)
    }
}
