import Clinical
import TestSupport
import Testing

@testable import Classifier

/// The therapy tree: what a grade means where.
struct TriageTests {
    /// A term `x` and a term `y` graded by a clinician.
    static let terms = """
        x: {title: X, concern: skin, grades: {1: "> 1", 2: "> 2", 3: "> 3", 4: "> 4"}}
        y: {title: Y, concern: bowel, grades: {1: "> 1", 2: "> 2", 3: "> 3", 4: "> 4"}}

        """

    private static let tree = Result {
        try TestPack([
            "scale.yaml": TestPack.scale + TestPack.indented(terms),
            "agents.yaml": """
            agents:
              pembro: {therapy: pd1, brands: [Keytruda], atc: [L01FF02], rxnorm: [1547545]}
              cado: {therapy: [pd1, ctla4]}

            """,
            "any.yaml": """
            therapy: any
            source: root source
            triage:
              default: {1: none, 2: routine, 3: soon, 4: urgent}
              y: {2: soon}

            """,
            "ici.yaml": """
            therapy: ici
            title: Checkpoint inhibitor
            aliases: [checkpoint]
            source: ici source
            triage:
              default: {1: routine, 2: soon}
              x: {2: urgent, 4: emergency}
            subtypes:
              pd1: {triage: {x: {2: soon, 3: emergency}}}
              ctla4: {triage: {y: {1: urgent}}}
              dual: {formed_by: {at_least: 2, of: [pd1, ctla4]}, triage: {x: {1: urgent}}}

            """,
            "vaccine.yaml": """
            therapy: vaccine
            triage: {x: {1: none, 2: none, 3: none, 4: routine}}

            """,
            "modifiers.yaml": """
            modifiers:
              chemo: {triage: {y: {1: urgent, 2: emergency}}}
              ici_chemo: {formed_by: {at_least: 2, of: [ici, chemo]}, triage: {x: {1: emergency}}}

            """,
        ])
    }

    /// `x=1.5` is grade 1, `x=2.5` grade 2, and so on; `y` alike.
    @Test(arguments: [
        // The root alone: a default, and a row of the term's own; a missing grade takes the next lower one's.
        ("x=1.5 therapy=any", "none on any"), ("x=2.5 therapy=any", "routine on any"),
        ("x=9 therapy=any", "urgent on any"),
        ("y=2.5 therapy=any", "soon on any"), ("y=9 therapy=any", "soon on any"),
        // Below the first grade of the term's row there is no lower one to take: the nearest default steps in.
        ("y=1.5 therapy=any", "none on any"), ("x=1.5 therapy=pd1", "routine on pd1"),
        ("x=1.5 therapy=ici", "routine on ici"),
        // A node's own row; the missing third grade takes the second's.
        ("x=2.5 therapy=ici", "urgent on ici"), ("x=3.5 therapy=ici", "urgent on ici"),
        ("x=9 therapy=ici", "emergency on ici"),
        // The nearest default is not used where any node up to the root has a row for the term.
        ("y=2.5 therapy=ici", "soon on ici"),
        // A child overrides cell by cell: 2 and 3 are its own, 4 is its parent's.
        ("x=2.5 therapy=pd1", "soon on pd1"), ("x=3.5 therapy=pd1", "emergency on pd1"),
        ("x=9 therapy=pd1", "emergency on pd1"),
        ("y=1.5 therapy=ctla4", "urgent on ctla4"), ("y=2.5 therapy=ctla4", "soon on ctla4"),
        // None is a severity too: it overrides, and does not alert.
        ("x=3.5 therapy=vaccine", "none on vaccine"), ("x=9 therapy=vaccine", "routine on vaccine"),
        // Names, brands, codes of drugs.
        ("x=3.5 agent=pembro", "emergency on pd1"), ("x=3.5 agent=Keytruda", "emergency on pd1"),
        ("x=3.5 agent=atc|L01FF02", "emergency on pd1"), ("x=3.5 agent=rxnorm|1547545", "emergency on pd1"),
        ("x=3.5 therapy=checkpoint", "urgent on ici"), ("x=3.5 agent=PEMBRO", "emergency on pd1"),
        // Several therapies: the worst wins and is named.
        ("x=2.5 therapy=pd1+vaccine", "soon on pd1"), ("x=3.5 therapy=vaccine+ici", "urgent on ici"),
        ("x=2.5 therapy=pd1+ici", "urgent on ici"),
        // Formed by two, a child of its parent with a row of its own; modifiers add and never lower.
        ("x=1.5 therapy=pd1+ctla4", "urgent on dual"), ("x=1.5 agent=cado", "urgent on dual"),
        ("x=2.5 agent=cado", "urgent on ctla4"),
        ("y=1.5 therapy=ici modifier=chemo", "urgent on chemo"),
        ("x=9 therapy=vaccine modifier=chemo", "urgent on chemo"),
        ("x=1.5 therapy=pd1 modifier=chemo", "emergency on ici_chemo"),
    ])
    func `a grade means what the nearest cell of the tree says`(event: String, verdict: String) throws {
        let found = try Self.tree.get().verdict(event)
        #expect(found == verdict)
    }

    @Test func `the therapy that drove the alert is named, the others stand beside it`() throws {
        let alerts = try Self.tree.get().alerts("x=3.5 therapy=vaccine+pd1 modifier=chemo")
        let alert = try #require(alerts.first)
        #expect(alerts.count == 1)
        #expect(alert.line == "opened emergency skin by grade:x on pd1")
        #expect(alert.also == ["chemo", "ici_chemo", "vaccine"])
        #expect(alert.sources == ["ici source", "scale source"])
    }

    @Test(arguments: ["x=3.5", "x=3.5 therapy=moonlight", "x=3.5 agent=nobody+pembro"])
    func `an unknown therapy is judged under all, the most cautious wins, and it says unknown`(event: String) throws {
        let alerts = try Self.tree.get().alerts(event)
        #expect(alerts.map(\.line) == ["opened emergency skin by grade:x on unknown"])
        #expect(alerts.map(\.summary) == ["X grade 3 on unknown therapy"])
        #expect(alerts.map(\.also) == [event.contains("pembro") ? ["pd1"] : []])
    }

    @Test func `a modifier alone names no therapy`() throws {
        let alerts = try Self.tree.get().alerts("y=2.5 modifier=chemo")
        #expect(alerts.map(\.line) == ["opened emergency bowel by grade:y on unknown"])
        #expect(alerts.map(\.also) == [["chemo"]])
    }

    @Test func `triage by scale leaves other scales alone, and a row may be for one direction`() throws {
        let pack = try TestPack([
            "scale.yaml": TestPack.scale + """
                  na:
                    title: Sodium
                    concern: kidney
                    low: {title: Hyponatremia, grades: {1: "< 130"}}
                    high: {title: Hypernatremia, grades: {1: "> 150"}}

                """,
            "second.yaml": """
            scale: old
            phrase: "{term} old grade {grade}"
            source: old source
            terms: {na: {high: {grades: {2: "> 150"}}}}

            """,
            "any.yaml": """
            therapy: any
            source: root source
            triage: {na.low: {1: urgent}, na.high: {1: none}}
            triage_by_scale: {old: {na: {2: soon}}}

            """,
        ])
        #expect(pack.alerts("na=120 therapy=any").map(\.line) == ["opened urgent kidney by grade:na.low on any"])
        #expect(pack.alerts("na=120 therapy=any").map(\.direction) == ["low"])
        #expect(pack.alerts("na=160 therapy=any").map(\.line) == ["opened soon kidney by grade:na.high on any"])
        #expect(pack.alerts("na=160 therapy=any").map(\.summary) == ["Sodium old grade 2 on any"])
    }
}
