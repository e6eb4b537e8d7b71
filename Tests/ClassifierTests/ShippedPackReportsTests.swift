import TestSupport
import Testing

/// How the shipped pack reads reports that say little or say it in another way: the severities are those of the rows of
/// thresholds_by_therapy.csv, the grades those of ctcae5_symptoms.csv.
struct ShippedPackReportsTests {
    private let pack = TestPack.shipped

    @Test(arguments: [
        // A fact that implies that the symptom is there
        ("myocarditis{new_onset=true}", "myocarditis@ctcae_v5 3"), ("myocarditis=false", "myocarditis@ctcae_v5 0"),
        ("chest_pain{new_onset=true}", "chest_pain@ctcae_v5 3"), ("chest_pain=none", "chest_pain@ctcae_v5 0"),
        ("chest_pain{presence=false}", "chest_pain@ctcae_v5 0"),
        ("hematuria{visible=true}", "hematuria@ctcae_v5 3"), ("hematuria{gross=true}", "hematuria@ctcae_v5 3"),
        ("hematuria{gross=true,microscopic=false}", "hematuria@ctcae_v5 3"),
        ("hematuria=false", "hematuria@ctcae_v5 0"),
        ("hematuria{microscopic=true,visible=false}", "hematuria@ctcae_v5 1"),
        // Names of the reference
        ("syncope{present=true}", "syncope@ctcae_v5 3"), ("confusion{present=true}", "confusion@ctcae_v5 1"),
        ("confusion{present=false}", "confusion@ctcae_v5 0"), ("confusion{adl=instrumental}", "confusion@ctcae_v5 2"),
        ("hypotension{low_bp=true}", "hypotension@ctcae_v5 1"),
        ("myositis{weakness_severity=severe}", "myositis@ctcae_v5 3"),
        ("somnolence{hard_to_wake=true}", "somnolence@ctcae_v5 3"),
        ("seizure{seizure=brief_generalized,new_onset=false}", "seizure@ctcae_v5 2"),
        ("rigors{rigors=true,severity=moderate}", "chills@ctcae_v5 2"),
        // A score between two whole numbers
        ("icans=9.5", "icans@astct_icans 1"), ("icans=6.5", "icans@astct_icans 2"),
        ("icans=2.5", "icans@astct_icans 3"),
        ("icans=10", "icans@astct_icans 0"),
    ])
    func `a sparse report is graded as the published criteria say`(event: String, finding: String) {
        #expect(pack.findings(event).contains(finding), "\(pack.findings(event))")
    }

    @Test(arguments: [
        // Breathless at rest, beside an answer on severity (T006)
        ("dyspnea=moderate qualifier=at_rest therapy=pd1 last_dose=d-30", "emergency"),
        ("dyspnea=none qualifier=at_rest therapy=pd1 last_dose=d-30", "none"),
        // Low pressure that was told, not measured
        ("hypotension=true therapy=bcg last_dose=d-9", "emergency"),  // T126
        ("hypotension=true therapy=her2 last_dose=d0h0", "emergency"),  // T105, T106
        ("hypotension=true therapy=her2 last_dose=d-20", "soon"),
        ("hypotension=true therapy=cell_based last_dose=d0h0", "emergency"),  // T131
        ("hypotension=true therapy=cell_based last_dose=d-9", "soon"),
        // There, but nobody said how strong
        ("chest_pain=true therapy=pd1 last_dose=d-30", "emergency"),  // T029
        ("dysphagia=true therapy=pd1 last_dose=d-30", "emergency"),  // T031
        ("confusion=true therapy=pd1 last_dose=d-30", "emergency"),  // T035
        ("confusion{present=true} therapy=pd1 last_dose=d-30", "emergency"),
        ("confusion{present=false} therapy=pd1 last_dose=d-30", "none"),
        ("muscle_weakness{present=true} therapy=pd1 last_dose=d-30", "urgent"),  // T032
        ("confusion=true therapy=car_t last_dose=d-5", "emergency"),  // T076
        ("tremor=true therapy=car_t last_dose=d-5", "emergency"),
        ("somnolence=true agent=teclistamab last_dose=d-5", "emergency"),  // T094
        ("wheezing=true therapy=her2 last_dose=d0h0", "emergency"),  // T106
        ("chest_pain=true therapy=mrna last_dose=d-5", "emergency"),  // T140
        ("chest_pain=true therapy=cell_based last_dose=d-5", "emergency"),  // T133
        ("confusion=true therapy=bcg last_dose=d-5", "emergency"),  // T126
        ("eye_pain=true therapy=oncolytic_virus last_dose=d-5", "urgent"),  // T136
        ("chills=true therapy=her2 last_dose=d0h0", "urgent"),  // T105
        ("dizziness=true agent=teclistamab last_dose=d-3", "emergency"),  // T092
        ("fever=true therapy=pd1 modifier=chemotherapy last_dose=d-9", "emergency"),  // T063
        ("progressive_weakness=true therapy=pd1 last_dose=d-30", "emergency"),  // T033
        ("myasthenia=true therapy=pd1 last_dose=d-30", "emergency"),  // T031
        ("encephalopathy=mild therapy=pd1 last_dose=d-30", "emergency"),  // T047
        ("sjs=true therapy=any", "emergency"), ("severe_chest_pain=true therapy=any", "emergency"),  // T001, T024
        ("gross_hematuria=true therapy=bcg last_dose=d-9", "soon"),  // T128
        ("vomiting{frequency=2,severity=1} qualifier=on_hydrocortisone therapy=pd1 started=d-60", "emergency"),  // T038
        // Two checkpoint inhibitors: every grade 2 one step sooner (T061)
        ("eye_pain=moderate therapy=pd1+ctla4 last_dose=d-30", "urgent"),
        ("blurred_vision{lines_lost=2} therapy=pd1+ctla4 last_dose=d-30", "urgent"),
        ("photophobia{presence=true,adl=instrumental} therapy=pd1+ctla4 last_dose=d-30", "urgent"),
        ("pruritus{severity=moderate,widespread=true,constant=false} therapy=pd1+ctla4 last_dose=d-30", "urgent"),
        ("anc=1.2 unit=10*9/L therapy=pd1+ctla4 last_dose=d-30", "urgent"),
        ("plt=60 unit=10*9/L therapy=pd1+ctla4 last_dose=d-30", "urgent"),
        ("anc=1.2 unit=10*9/L therapy=pd1 last_dose=d-30", "routine"),
        ("eye_pain=moderate therapy=pd1 last_dose=d-30", "soon"),  // T052
        // Single rows
        ("temp=38.2 unit=Cel therapy=pd1 modifier=radiation_thoracic last_dose=d-30", "urgent"),  // T069
        ("inr=1.6 therapy=pd1 last_dose=d-30", "emergency"),  // T047
        ("inr=1.5 therapy=pd1 last_dose=d-30", "routine"),
        ("inr=2.6 baseline=2.5 qualifier=on_anticoagulant therapy=pd1 last_dose=d-30", "routine"),
        ("bruising=true therapy=pd1 last_dose=d-30", "urgent"),  // T055
        ("vision_loss=true therapy=oncolytic_virus last_dose=d-9", "urgent"),  // T136
        ("wheezing=mild therapy=cd38 last_dose=d-2", "urgent"),  // T118
        ("wheezing=mild therapy=cd38 last_dose=d-9", "none"),
        ("rigors=true therapy=pd1 modifier=chemotherapy last_dose=d-10", "urgent"),  // T066
        ("gcs=14 therapy=any", "emergency"), ("gcs=15 therapy=any", "none"),  // T005
        ("hard_to_wake=true therapy=any", "emergency"), ("hard_to_wake=false therapy=any", "none"),
        ("map=64 unit=mm[Hg] therapy=any", "emergency"), ("map=65 unit=mm[Hg] therapy=any", "none"),  // T009
        ("weight_gain=5 unit=% therapy=til last_dose=d-5", "emergency"),  // T087
        ("weight_gain=5 unit=% therapy=til last_dose=d-30", "routine"),
        ("weight_gain=4.9 unit=% therapy=til last_dose=d-5", "none"),
        ("flushing=true therapy=her2 last_dose=d0h0", "urgent"),  // T105
        ("back_pain=true therapy=her2 last_dose=d0h0", "urgent"),  // T105
        ("back_pain=true therapy=her2 last_dose=d-20", "routine"),
        ("colour_change=true therapy=pd1 last_dose=d-30", "soon"),  // T052
    ])
    func `a sparse report means what its row says`(event: String, severity: String) {
        let found = pack.verdict(event).split(separator: " ").first.map(String.init)
        #expect(found == severity, "\(pack.verdict(event))")
    }

    @Test(arguments: [
        ("ici-colitis", "diarrhea=frequently", "abdominal_pain=moderate", true),  // T019
        ("ici-colitis", "diarrhea=never", "abdominal_pain=moderate", false),
        ("ici-colitis", "diarrhea=frequently", "abdominal_pain=mild", false),
        ("ici-pneumonitis", "dyspnea=mild", "temp=38 unit=Cel", true),  // T027
        ("ici-pneumonitis", "dyspnea=none", "temp=38 unit=Cel", false),
        ("ici-hypophysitis", "headache=mild", "blurred_vision=mild", true),  // T037
        ("ici-ketoacidosis", "glu=12 unit=mmol/L high=6", "vomiting=mild", true),  // T041
        ("ici-perforation", "abdominal_pain=severe", "distension=true", true),  // T020
        ("ici-perforation", "abdominal_pain=moderate", "distension=true", false),
        ("anaphylaxis-pattern", "facial_swelling=true", "hypotension=true", true),  // T002
        ("anaphylaxis-pattern", "hives=true", "hypotension=true", true),
        ("ici-liver-failing", "alt=130 unit=U/L high=40", "inr=2.6 baseline=2.5 qualifier=on_anticoagulant", true),
        ("ici-liver-failing", "alt=110 unit=U/L high=40", "inr=2.6 baseline=2.5 qualifier=on_anticoagulant", false),
    ])
    func `two reports together mean what their row says`(rule: String, first: String, second: String, fires: Bool) {
        let events = [first, second].map { $0 + " therapy=pd1 last_dose=d-30" }
        let alerts = pack.alerts([events[0], events[1] + " t=d0h9"])
        let found = alerts.contains { $0.rule == rule || $0.because.contains { $0.hasPrefix(rule + " ") } }
        #expect(found == fires, "\(alerts)")
    }
}
