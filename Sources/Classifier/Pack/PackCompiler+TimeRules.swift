import Clinical
import Config

extension PackCompiler {
    /// Notes each rule that time fires whose concern reports have too: its alerts would change what becomes of theirs.
    mutating func checkConcernsOfTime() {
        for (rule, id) in timeRules where rules[rule].concern >= 0 {
            let concern = rules[rule].concern
            let isOfReports =
                terms.contains { $0.concern == concern }
                || rules.contains { !$0.work.isMadeByTime && $0.concern == concern }
            guard isOfReports else { continue }
            let name = definition.front.concerns[concern].name.value
            mistakes.add(
                at: id.mark, "rule '\(id.value)' is about silence, and its concern '\(name)' about reports",
                help: "give it a concern that no term and no other rule has")
        }
    }
}
