import Clinical
import TestSupport
import Testing

@testable import Classifier

/// The life of one concern: opened, worsened, silent.
struct EpisodeLifeTests {
    private static let pack = Result {
        try TestPack(
            terms: """
                x: {title: X, concern: skin, grades: {1: "> 1", 2: "> 2", 3: "> 3", 4: "> 4"}}
                w: {title: W, concern: skin, grades: {1: "> 1", 2: "> 2", 3: "> 3", 4: "> 4"}}
                y: {title: Y, concern: bowel, grades: {1: "> 1"}}

                """,
            therapies: "therapy: any\nsource: s\ntriage: {default: {1: routine, 2: soon, 3: soon, 4: emergency}}\n")
    }

    private static func life(_ events: String...) throws -> [String] {
        try pack.get().alerts(events).map {
            "\($0.transition) \($0.severity) \($0.term) \($0.grade ?? -1) was \($0.previousSeverity ?? "-")"
        }
    }

    @Test func `it opens once, worsens at a higher grade or severity, is silent at the same, and eases at a lower one`()
        throws
    {
        #expect(
            try Self.life(
                "x=1.5 t=d0", "x=1.5 t=d1", "x=2.5 t=d2", "x=2.5 t=d3", "x=1.5 t=d4", "x=3.5 t=d5", "x=9 t=d6",
                "x=9 t=d7") == [
                    "opened routine x 1 was -", "worsened soon x 2 was routine", "eased routine x 1 was soon",
                    "worsened soon x 3 was routine", "worsened emergency x 4 was soon",
                ])
    }

    @Test func `it is over when a report shows it, and opens anew after that`() throws {
        #expect(
            try Self.life("x=2.5 t=d0", "x=0 t=d1", "x=0 t=d2", "x=1.5 t=d3") == [
                "opened soon x 2 was -", "resolved none x 0 was soon", "opened routine x 1 was -",
            ])
    }

    @Test func `it is over only when all that made it is over`() throws {
        #expect(
            try Self.life("x=2.5 t=d0", "w=1.5 t=d1", "x=0 t=d2", "w=0 t=d3") == [
                "opened soon x 2 was -", "eased routine x 0 was soon", "resolved none w 0 was routine",
            ])
    }

    @Test func `what could not be graded shows nothing`() throws {
        #expect(try Self.life("x=2.5 t=d0", "x='much' t=d1", "y=0 t=d2") == ["opened soon x 2 was -"])
    }

    @Test func `each concern and each patient has an episode of its own`() throws {
        #expect(
            try Self.life("x=1.5", "y=1.5", "x=1.5 patient=P2", "x=1.5 patient=P2 t=d1", "y=1.5 t=d1") == [
                "opened routine x 1 was -", "opened routine y 1 was -", "opened routine x 1 was -",
            ])
    }

    @Test func `another symptom of the concern is silent unless it is more severe`() throws {
        #expect(
            try Self.life("x=2.5", "w=2.5", "w=1.5", "w=9") == [
                "opened soon x 2 was -", "worsened emergency w 4 was soon",
            ])
    }

    @Test func `a symptom that rises speaks, though another one of its concern was the last to speak`() throws {
        #expect(
            try Self.life("x=1.5 t=d0", "w=2.5 t=d1", "x=3.5 t=d2") == [
                "opened routine x 1 was -", "worsened soon w 2 was routine", "worsened soon x 3 was soon",
            ])
        #expect(
            try Self.life("x=1.5 t=d0", "w=2.5 t=d1", "x=1.5 t=d2", "x=2.5 t=d3", "w=2.5 t=d4", "w=3.5 t=d5") == [
                "opened routine x 1 was -", "worsened soon w 2 was routine", "worsened soon x 2 was soon",
                "worsened soon w 3 was soon",
            ])
    }

    private static let reminding = Result {
        try TestPack(
            terms: """
                x: {title: X, concern: skin, grades: {1: "> 1", 2: "> 2", 3: "> 3", 4: "> 4"}}
                w: {title: W, concern: skin, grades: {1: "> 1", 2: "> 2", 3: "> 3", 4: "> 4"}}

                """,
            therapies: "therapy: any\nsource: s\ntriage: {default: {1: routine, 2: soon, 3: urgent, 4: emergency}}\n",
            remindAfter: ["soon": "7d", "urgent": "3d"])
    }

    private static func reminded(_ events: String...) throws -> [String] {
        try reminding.get().alerts(events).map {
            "\($0.transition) \($0.severity) \($0.term) \($0.grade ?? -1) was \($0.previousSeverity ?? "-")"
        }
    }

    @Test func `the same grade is silent within remind_after and said again once it has passed`() throws {
        #expect(
            try Self.reminded("x=2.5 t=d0", "x=2.5 t=d6", "x=2.5 t=d7", "x=2.5 t=d13", "x=2.5 t=d14") == [
                "opened soon x 2 was -", "reminded soon x 2 was soon", "reminded soon x 2 was soon",
            ])
        #expect(try Self.reminded("x=1.5 t=d0", "x=1.5 t=d300") == ["opened routine x 1 was -"])
    }

    @Test func `what comes back lower after a long time says so, and rises from there`() throws {
        #expect(
            try Self.reminded("x=3.5 t=d0", "x=2.5 t=d3", "x=2.5 t=d20", "x=3.5 t=d21") == [
                "opened urgent x 3 was -", "eased soon x 2 was urgent", "reminded soon x 2 was soon",
                "worsened urgent x 3 was soon",
            ])
    }

    @Test func `an urgent finding that staff have not heard of speaks, whatever else the concern has said`() throws {
        #expect(
            try Self.reminded("x=9 t=d0h0", "w=3.5 t=d0h1", "w=3.5 t=d0h2", "w=9 t=d0h3", "x=9 t=d0h4") == [
                "opened emergency x 4 was -", "worsened urgent w 3 was emergency",
                "worsened emergency w 4 was emergency",
            ])
    }

    @Test func `a correction eases, worsens or ends what it changed, and says nothing where it changed nothing`() throws
    {
        #expect(
            try Self.reminded("x=9 id=a t=d0", "x=1.2 id=a status=corrected t=d0", "x=9 id=b t=d0h1") == [
                "opened emergency x 4 was -", "eased routine x 1 was emergency",
                "worsened emergency x 4 was routine",
            ])
        #expect(
            try Self.reminded("x=2.5 id=a t=d0", "x=9 id=a status=corrected t=d0") == [
                "opened soon x 2 was -", "worsened emergency x 4 was soon",
            ])
        #expect(
            try Self.reminded("x=2.5 id=a t=d0", "x=2.6 id=a status=corrected t=d0") == ["opened soon x 2 was -"])
        #expect(
            try Self.reminded("x=9 id=a t=d0", "x=0 id=a status=corrected t=d0", "x=9 id=b t=d0h1") == [
                "opened emergency x 4 was -", "retracted none x 4 was emergency", "opened emergency x 4 was -",
            ])
        #expect(
            try Self.reminded("x=9 id=a t=d0", "x=9 id=a status=cancelled", "x=9 id=b t=d0h1", "x=9 id=c t=d0h2") == [
                "opened emergency x 4 was -", "retracted none x 4 was emergency", "opened emergency x 4 was -",
            ])
    }

    @Test func `what stands without a withdrawn report is told`() throws {
        #expect(
            try Self.reminded("x=9 id=a t=d0", "x=2.5 id=b t=d1", "x id=a status=cancelled t=d0") == [
                "opened emergency x 4 was -", "eased soon x 2 was emergency",
                "retracted none x 4 was emergency", "retracted none x 2 was soon", "opened soon x 2 was -",
            ])
    }

    @Test func `a correction takes a report away, though its new code is not watched`() throws {
        #expect(
            try Self.reminded("x=9 id=a t=d0", "zzz=1 id=a status=corrected t=d0", "x=9 id=b t=d0h1") == [
                "opened emergency x 4 was -", "retracted none x 4 was emergency", "opened emergency x 4 was -",
            ])
        #expect(
            try Self.reminded("x=9 id=a t=d0", "zzz=1 id=c t=d0", "x=9 id=b t=d0h1") == ["opened emergency x 4 was -"])
    }

    private static let ruled = Result {
        try TestPack(
            terms: "x: {title: X, concern: skin, grades: {1: \"> 1\", 2: \"> 2\", 3: \"> 3\", 4: \"> 4\"}}\n",
            therapies: """
                therapy: any
                source: s
                triage: {default: {1: routine, 2: soon, 3: urgent, 4: emergency}}
                rules: [{id: critical, kind: when, terms: all, when: "flag in [HH]", severity: urgent}]

                """)
    }

    @Test func `a rule that fires for the first time speaks if it is urgent, whatever the concern has said`() throws {
        let alerts = try Self.ruled.get().alerts(
            "x=3.5 t=d0", "x=3.5 flag=HH t=d0h1", "x=3.2 flag=HH t=d0h2", "x=1.5 t=d0h3")
        #expect(
            alerts.map { "\($0.transition) \($0.severity) by \($0.rule)" } == [
                "opened urgent by grade:x", "worsened urgent by critical", "eased routine by grade:x",
            ])
    }

    @Test func `an episode keeps its id, and every alert has one of its own`() throws {
        let alerts = try Self.pack.get().alerts("x=1.5 id=e1", "x=2.5 id=e2", "y=1.5 id=e3", "x=1.5 id=e1 patient=P2")
        #expect(alerts[0].episodeID == alerts[1].episodeID)
        #expect(Set(alerts.map(\.alertID)).count == 4)
        #expect(Set(alerts.map(\.episodeID)).count == 3)
    }

    @Test func `the same input makes the same ids, another id or time or value other ones where it must`() throws {
        let pack = try Self.pack.get()
        let first = try #require(pack.alerts("x=2.5 id=e1 t=d0h8").first)
        let again = try #require(pack.alerts("y=1.5", "x=2.5 id=e1 t=d0h8").last)
        #expect(first == again)
        let later = try #require(pack.alerts("x=2.5 id=e1 t=d3h8").first)
        #expect((later.alertID, later.episodeID) == (first.alertID, first.episodeID))
        let other = try #require(pack.alerts("x=2.5 id=e2").first)
        #expect(other.alertID != first.alertID && other.episodeID != first.episodeID)
        let graver = try #require(pack.alerts("x=9 id=e1").first)
        #expect(graver.alertID != first.alertID && graver.episodeID == first.episodeID)
    }

    @Test func `ids are the same on every machine and in every version`() throws {
        let alert = try #require(Self.pack.get().alerts("x=2.5 id=e1 patient=P1 t=d0h8").first)
        var text: [UInt8] = []
        alert.episodeID.append(to: &text)
        alert.alertID.append(to: &text)
        #expect(
            String(decoding: text, as: UTF8.self)
                == "tw1-9036712b0b280a8028e482c3f2c84517tw1-5ae86b35ec77c4924a9f6fe995a94f52")
    }
}
