import Testing

@testable import Store

@Suite struct StateErrorTests {
    @Test(arguments: [
        (StateError.Reason.missing, StateError.Ending.inputOutput), (.notAFile("a folder"), .inputOutput),
        (.symbolicLink, .inputOutput), (.cannotOpen("x"), .inputOutput), (.readOnly, .inputOutput),
        (.notADatabase, .configuration), (.notOurs, .configuration), (.newerSchema(found: 2, known: 1), .configuration),
        (.olderSchema(found: 1, known: 2), .configuration), (.damaged("x"), .inputOutput), (.diskFull, .inputOutput),
        (.held(by: "x"), .inputOutput), (.busy, .inputOutput), (.unfoldedJournal, .inputOutput),
        (.refused("x"), .usage), (.failed("x"), .inputOutput),
    ])
    func `every reason says where, what and how to mend it, in one line`(
        reason: StateError.Reason, ending: StateError.Ending
    ) {
        let error = StateError("some/state.db", reason)
        #expect(error.ending == ending)
        #expect(error.message.hasPrefix("some/state.db: "))
        #expect(!error.message.contains("\n") && !error.message.hasSuffix(".") && !error.message.hasSuffix("; "))
        #expect(error.message.count < 200)
    }
}
