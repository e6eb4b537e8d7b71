import Clinical

extension AlertStory {
    /// A day of alerts of all kinds: colitis, a laboratory value that cannot be judged to the end, a silent feed, a
    /// test patient who recovers, and text that means harm.
    package static var day: AlertStory {
        var story = AlertStory()
        story.addColitis()
        story.addLiver()
        story.add(.soon, .overdue, patient: "", summary: "Feed ward-7 has been silent for 2 days") { alert, story in
            alert.concern = .none
            alert.rule = story.catalogue.number(of: "feed_silent")
            alert.previousSeverity = .soon
        }
        story.add(.none, .resolved, patient: "TEST-1", summary: "Rash has gone") { alert, story in
            alert.previousSeverity = .routine
            alert.isTest = true
            alert.time.isDate = true
            alert.grade = MaybeGrade(0)
            alert.evidence = story.evidence(
                event: "e9", at: alert.time, term: "rash", value: "none", grade: MaybeGrade(0), criterion: "no rash")
        }
        story.add(.emergency, patient: "P\u{202E}1|2\"", summary: "Fever\r\nURGENT     P9  opened  \u{1B}[2J\\ 🤒")
        return story
    }

    private mutating func addColitis() {
        let summary =
            "Diarrhea grade 1 with abdominal pain grade 2 on checkpoint inhibitor, day 41: possible colitis"
        add(.urgent, summary: summary) { alert, story in
            alert.therapy = story.catalogue.number(of: "checkpoint_inhibitor")
            alert.also = story.words("chemotherapy", "radiation_thoracic")
            alert.therapyDay = 41
            alert.rule = story.catalogue.number(of: "ici-colitis")
            alert.term = story.catalogue.number(of: "diarrhea")
            alert.grade = MaybeGrade(1)
            alert.scale = story.catalogue.number(of: "ctcae_v5")
            alert.respondBy = Moment(milliseconds: alert.time.milliseconds + 14_400_000)
            alert.because = story.reasons(("grade:diarrhea", .routine), ("grade:abdominal_pain", .soon))
            alert.advice = story.catalogue.number(
                of: "ASCO 2021: hold the checkpoint inhibitor until grade 1; steroids unless it passes quickly")
            alert.adviceConfidence = story.catalogue.number(of: "confirmed")
            alert.sources = story.words("ASCO 2021, T2.1", "CTCAE v5 \"colitis\"")
            alert.team = story.batch.keep("onc-2")
            alert.site = story.batch.keep("north")
            let diarrhea = story.evidence(
                event: "e17", term: "diarrhea", attribute: "frequency", value: "3", grade: MaybeGrade(1),
                criterion: "increase of fewer than 4 stools a day")
            _ = story.evidence(
                event: "e18", term: "abdominal_pain", attribute: "severity", value: "moderate", grade: MaybeGrade(2))
            alert.evidence = Run(start: Int(diarrhea.start), count: 2)
        }
    }

    private mutating func addLiver() {
        add(.urgent, .worsened, patient: "P0007", summary: "ALT grade 2 or 3 on pembrolizumab") { alert, story in
            alert.previousSeverity = .soon
            alert.concern = story.catalogue.number(of: "liver")
            alert.rule = story.catalogue.number(of: "grade:alt.high")
            alert.term = story.catalogue.number(of: "alt")
            alert.therapy = story.catalogue.number(of: "pd1")
            alert.therapyDay = -3
            alert.direction = .high
            alert.grade = MaybeGrade(2)
            alert.possible = MaybeGrade(3)
            alert.reason = story.batch.keep("no upper limit of normal came with the result")
            alert.time.milliseconds += 5
            alert.evidence = story.evidence(
                event: "lab|1742-6|1", at: alert.time, term: "alt", value: "180.0", unit: "U/L", grade: MaybeGrade(2),
                criterion: "> 3 ULN")
        }
    }
}
