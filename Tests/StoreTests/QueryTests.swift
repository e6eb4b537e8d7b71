import Testing

@testable import Store

@Suite struct QueryTests {
    @Test(arguments: Query.allCases) func `every statement fits the tables`(query: Query) throws {
        let place = try StatePlace()
        let database = try place.run().database
        try database.execute("EXPLAIN " + query.rawValue)
    }

    /// Asked for each patient, episode or act: the answers must not take longer the more a state holds.
    @Test(arguments: [
        Query.memory, .alertNumber, .episodeNumber, .changeEpisode, .isOpen, .episode, .alertsOfEpisode, .actsOfEpisode,
        .acknowledge,
        .emptyOutbox,
        .calls, .forgetMemory, .act, .outboxAround, .cutOutbox, .alertsOfPatient,
    ])
    func `what is asked often is looked up, not searched for`(query: Query) throws {
        let place = try StatePlace()
        let database = try place.run().database
        var steps: [String] = []
        try database.each(once: "EXPLAIN QUERY PLAN " + query.rawValue, column: 3) {
            steps.append(String(decoding: $0, as: UTF8.self))
        }
        #expect(!steps.isEmpty && steps.filter { $0.hasPrefix("SCAN") } == [])
    }

    @Test func `open episodes are found without a look at the others`() throws {
        let place = try StatePlace()
        let database = try place.run().database
        for query in [Query.openEpisodes, .openCounts, .overdueEpisodes] {
            var steps: [String] = []
            try database.each(once: "EXPLAIN QUERY PLAN " + query.rawValue, column: 3) {
                steps.append(String(decoding: $0, as: UTF8.self))
            }
            #expect(steps.contains { $0.contains("INDEX episode_open") })
        }
    }
}
