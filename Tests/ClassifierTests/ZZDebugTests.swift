import Clinical
import TestSupport
import Testing

@testable import Classifier

struct ZZDebugTests {
    @Test func dbg() throws {
        let pack = try EventClassifierTests.pack.get()
        for seed in 0..<6 {
        let events = RandomEvents.batch(seed: UInt64(seed), count: 300, pack)
        for kinds: Set<String>? in [nil, ["grade"], ["grade", "together"], ["when"]] {
            var long = EventClassifier(pack: pack.compiled, roster: Roster(), kinds: kinds)
            var short = EventClassifier(pack: pack.compiled, kinds: kinds)
            let wanted = pack.alerts(events, &long)
            let found = pack.alerts(events, &short)
            if found != wanted {
                print("seed", seed, "kinds", kinds as Any, wanted.count, found.count)
                for i in 0..<max(wanted.count, found.count) {
                    let a = i < wanted.count ? wanted[i] : nil
                    let b = i < found.count ? found[i] : nil
                    if a != b { print("LONG", a as Any, a?.time as Any, a?.evidence as Any); print("SHORT", b as Any, b?.time as Any, b?.evidence as Any)
                        if let p = a?.patient { for e in events.events where events.string(e.patient) == p { print(events.string(e.id), events.string(e.code), e.time.milliseconds/3600000, e.status, e.answers.count > 0 ? events.string(events.answers[Int(e.answers.start)].text) : "") } }
                        return }
                }
            }
        } }
    }
}
