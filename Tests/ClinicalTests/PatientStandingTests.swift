import Clinical
import Testing

/// How a patient stands at an instant, and when a report is due.
struct PatientStandingTests {
    private static func standing(_ stations: (Roster.Status, Int64?)...) -> Roster.Standing {
        var standing = Roster.Standing()
        for (status, since) in stations {
            standing.add(status, since: since.map { Moment(milliseconds: $0) } ?? .unknown)
        }
        return standing
    }

    @Test func `the latest station by then holds, whichever was told first; of one date the gravest`() {
        let standing = Self.standing((.deceased, 50), (.paused, 10), (.active, 20), (.admitted, 20))
        #expect(
            [9, 10, 19, 20, 49, 50, 99].map { standing.station(at: $0).status } == [
                .active, .paused, .paused, .admitted, .admitted, .deceased, .deceased,
            ])
        #expect(standing.death?.milliseconds == 50)
        #expect(Self.standing().station(at: 0).status == .active)
        #expect(Self.standing((.admitted, nil)).station(at: .min).status == .admitted)
    }

    @Test func `a report is due a span after the last one, or after the patient became active`() {
        func due(_ last: Int64, _ standing: Roster.Standing) -> [Int64] {
            standing.due(10, after: last).map { [$0.since, $0.deadline] } ?? []
        }
        #expect(due(5, Self.standing()) == [5, 15])
        #expect(due(5, Self.standing((.active, 2))) == [5, 15])
        #expect(due(5, Self.standing((.active, 15))) == [15, 25])
        #expect(due(5, Self.standing((.active, 16))) == [5, 15])
        #expect(due(5, Self.standing((.paused, 16))) == [5, 15])
        #expect(due(5, Self.standing((.paused, 15))) == [])
        #expect(due(5, Self.standing((.paused, 6), (.active, 8))) == [8, 18])
        #expect(due(5, Self.standing((.paused, 6), (.active, 30))) == [30, 40])
        #expect(due(5, Self.standing((.paused, 6), (.active, 30), (.deceased, 40))) == [])
        #expect(due(5, Self.standing((.withdrawn, nil))) == [])
    }
}
