import TestSupport
import Testing

@testable import Classifier

/// The shipped pack against the clinical sources: the numbers here come from them, not from the pack.
struct ShippedPackTests {
    private let pack = TestPack.shipped

    // MARK: CTCAE version 5.0, laboratory values (ctcae5_labs.csv)

    @Test(arguments: [
        // Liver, in multiples of the upper limit: above 1, 3, 5, 20 (ALP and GGT above 2.5)
        ("alt=40 high=40", "alt.high 0"), ("alt=41 high=40", "alt.high 1"), ("alt=120 high=40", "alt.high 1"),
        ("alt=121 high=40", "alt.high 2"),
        ("alt=200 high=40", "alt.high 2"), ("alt=201 high=40", "alt.high 3"), ("alt=800 high=40", "alt.high 3"),
        ("alt=801 high=40", "alt.high 4"),
        ("loinc|1742-6=121 high=40", "alt.high 2"), ("ast=121 high=40", "ast.high 2"),
        ("alp=250 high=100", "alp.high 1"), ("alp=251 high=100", "alp.high 2"),
        ("bili=1.5 high=1", "bili.high 1"), ("bili=1.51 high=1", "bili.high 2"), ("bili=3.01 high=1", "bili.high 3"),
        ("bili=10.01 high=1", "bili.high 4"),
        // With an abnormal baseline: 1.5, 3, 5, 20 times the baseline; bilirubin above 1, 1.5, 3, 10 times
        ("alt=89 high=40 baseline=60", "alt.high 0"), ("alt=90 high=40 baseline=60", "alt.high 1"),
        ("alt=181 high=40 baseline=60", "alt.high 2"),
        ("bili=3 high=1 baseline=2", "bili.high 1"), ("bili=3.1 high=1 baseline=2", "bili.high 2"),
        // Creatinine: exactly 1.5 times the limit is grade 1; the rise over the baseline counts when one is known
        ("creat=1.8 unit=mg/dL high=1.2", "creat.high 1"), ("creat=1.81 unit=mg/dL high=1.2", "creat.high 2"),
        ("creat=3.6 high=1.2", "creat.high 2"),
        ("creat=3.61 high=1.2", "creat.high 3"), ("creat=7.21 high=1.2", "creat.high 4"),
        ("creat=1.3 high=1.2 baseline=0.8", "creat.high 2"),
        ("creat=2.41 high=1.2 baseline=0.8", "creat.high 3"), ("creat=1.3 high=1.2 baseline=1.2", "creat.high 1"),
        ("creat=1.0 unit=mg/dL high=1.2", "creat.high 0"),
        // Heart, muscle, pancreas
        ("ck=1001 high=200", "ck.high 3"), ("ck=1000 high=200", "ck.high 2"), ("ck=2001 high=200", "ck.high 4"),
        ("troponin=15 high=14", "troponin.high 1"),
        ("lipase=121 high=60 qualifier=symptomatic", "lipase.high 3"),
        ("lipase=121 high=60 qualifier=asymptomatic", "lipase.high 2"),
        ("lipase=121 high=60", "lipase.high 2..3 (no word on whether symptomatic)"),
        ("lipase=301 high=60 qualifier=symptomatic", "lipase.high 4"),
        // Blood: platelets below 75, 50, 25; neutrophils below 1.5, 1, 0.5
        ("plt=75 unit=10*9/L low=150", "plt.low 1"), ("plt=74.9 unit=10*9/L", "plt.low 2"),
        ("plt=49 unit=10*9/L", "plt.low 3"), ("plt=24 unit=10*9/L", "plt.low 4"),
        ("plt=49000 unit=/uL", "plt.low 3"), ("anc=1.49 unit=10*9/L", "anc.low 2"),
        ("anc=0.99 unit=10*9/L", "anc.low 3"), ("anc=0.49 unit=10*9/L", "anc.low 4"),
        ("anc=0.5 unit=10*9/L", "anc.low 3"),
        // Clotting
        ("inr=1.2", "inr.high 0"), ("inr=1.21", "inr.high 1"), ("inr=1.6", "inr.high 2"), ("inr=2.51", "inr.high 3"),
        ("inr=2.6 baseline=2.5 qualifier=on_anticoagulant", "inr.high 1"),
        ("inr=6.3 baseline=2.5 qualifier=on_anticoagulant", "inr.high 3"),
        ("fib=0.99 unit=g/L low=2", "fib.low 3"), ("fib=0.49 unit=g/L low=2", "fib.low 4"),
        ("fib=49 unit=mg/dL low=200", "fib.low 4"),
    ])
    func `a result is graded as the published criteria say`(event: String, finding: String) {
        let found = pack.findings(event).filter {
            $0.hasPrefix(finding.prefix { $0 != " " }) && !$0.contains("@ctcae_v4")
        }
        #expect(found == [Self.onScale(finding)])
    }

    @Test(arguments: [
        // Two unit systems as printed: the reported unit's own limit decides
        ("ca=11.5 unit=mg/dL low=8.5 high=10.5", "ca.low 0", "ca.high 1"),
        ("ca=11.51 unit=mg/dL low=8.5 high=10.5", "ca.low 0", "ca.high 2"),
        ("ca=2.9 unit=mmol/L low=2.1 high=2.6", "ca.low 0", "ca.high 1"),
        ("ca=2.91 unit=mmol/L low=2.1 high=2.6", "ca.low 0", "ca.high 2"),
        ("ca=7.9 unit=mg/dL low=8.5 high=10.5", "ca.low 2", "ca.high 0"),
        ("ca=5.9 unit=mg/dL low=8.5 high=10.5", "ca.low 4", "ca.high 0"),
        ("sodium=129.9 unit=mmol/L low=135 high=145 qualifier=asymptomatic", "sodium.low 2", "sodium.high 0"),
        ("sodium=129.9 unit=mmol/L low=135 high=145 qualifier=symptomatic", "sodium.low 3", "sodium.high 0"),
        ("sodium=119 unit=mmol/L low=135 high=145", "sodium.low 4", "sodium.high 0"),
        ("sodium=155.1 unit=mmol/L low=135 high=145", "sodium.low 0", "sodium.high 3"),
        ("k=5.51 unit=mmol/L low=3.5 high=5.1", "k.low 0", "k.high 2"),
        ("k=2.9 unit=mmol/L low=3.5 high=5.1", "k.low 3", "k.high 0"),
        ("k=2.4 unit=mmol/L low=3.5 high=5.1", "k.low 4", "k.high 0"),
        ("hgb=9.9 unit=g/dL low=12 high=16", "hgb.low 2", "hgb.high 0"),
        ("hgb=7.9 unit=g/dL low=12 high=16", "hgb.low 3", "hgb.high 0"),
        ("hgb=18 unit=g/dL low=12 high=16", "hgb.low 0", "hgb.high 1"),
        ("hgb=18.1 unit=g/dL low=12 high=16", "hgb.low 0", "hgb.high 2"),
        ("hgb=201 unit=g/L low=120 high=160", "hgb.low 0", "hgb.high 3"),
        ("mg=3.1 unit=mg/dL low=1.7 high=2.4", "mg.low 0", "mg.high 3"),
        ("mg=0.89 unit=mg/dL low=1.7 high=2.4", "mg.low 3", "mg.high 0"),
        ("ph=7.29 low=7.35 high=7.45", "ph.low 3", "ph.high 0"),
        ("ph=7.51 low=7.35 high=7.45", "ph.low 0", "ph.high 3"),
    ])
    func `an analyte with two directions has a finding for each`(event: String, low: String, high: String) {
        let found = pack.findings(event).filter { $0.contains("@ctcae_v5") }
        #expect(found == [Self.onScale(low), Self.onScale(high)])
    }

    // MARK: CTCAE version 5.0, symptoms

    @Test(arguments: [
        ("fever=37.9 unit=Cel", "fever 0"), ("fever=38.0 unit=Cel", "fever 1"), ("fever=39 unit=Cel", "fever 1"),
        ("fever=39.1 unit=Cel", "fever 2"),
        ("fever=40 unit=Cel", "fever 2"), ("temp=100.4 unit=[degF]", "fever 1"), ("temp=100.3 unit=[degF]", "fever 0"),
        ("loinc|8310-5=104 unit=[degF]", "fever 2"),
        ("fever{temp=40.1,duration_h=24}", "fever 3"), ("fever{temp=40.1,duration_h=25}", "fever 4"),
        ("fever=40.1 unit=Cel", "fever 3..4 (no answer for duration_h)"),
        ("diarrhea{stools_over_baseline=3}", "diarrhea 1"), ("diarrhea{stools_over_baseline=4}", "diarrhea 2"),
        ("diarrhea{stools_over_baseline=6}", "diarrhea 2"),
        ("diarrhea{stools_over_baseline=7}", "diarrhea 3"), ("diarrhea{stools_over_baseline=0}", "diarrhea 0"),
        ("diarrhea{stools_over_baseline=1,adl=self_care}", "diarrhea 3"),
        ("diarrhea{stools_over_baseline=9,life_threatening=true}", "diarrhea 4"),
        ("rash{bsa_pct=9,adl=none,symptoms=none}", "rash 1"), ("rash{bsa_percent=10,adl=none,symptoms=none}", "rash 2"),
        ("rash{bsa_percent=31,adl=none,symptoms=moderate}", "rash 3"),
        ("rash{bsa_percent=31,adl=none,symptoms=mild}", "rash 2"),
        ("hypoxia=87 unit=%", "hypoxia 3"), ("hypoxia=88 unit=%", "hypoxia 0"), ("syncope=true", "syncope 3"),
    ])
    func `a symptom is graded as the published criteria say`(event: String, finding: String) {
        let found = pack.findings(event).filter { $0.contains("@ctcae_v5") }
        #expect(found == [Self.onScale(finding)])
    }

    /// The grade behind the scale's name.
    private static func onScale(_ finding: String) -> String {
        let space = finding.firstIndex(of: " ") ?? finding.endIndex
        return finding[..<space] + "@ctcae_v5" + finding[space...]
    }

    /// Rows of the published table of composites.
    @Test(arguments: [
        ("nausea{frequency=3,severity=3}", 3), ("nausea{frequency=1,severity=3}", 2),
        ("nausea{frequency=0,severity=4}", 0),
        ("dyspnea{severity=3,interference=1}", 2), ("dyspnea{severity=2,interference=4}", 3),
        ("abdominal_pain{frequency=1,severity=0,interference=0}", 0),
        ("abdominal_pain{frequency=4,severity=4,interference=2}", 3), ("diarrhea=almost_constantly", 3),
        ("diarrhea=occasionally", 1),
        ("fatigue{severity=mild,interference=very_much}", 2),
    ])
    func `a composite is the published one`(event: String, grade: Int) {
        let found = pack.findings(event).filter { $0.contains("@pro_ctcae_composite") }
        #expect(found.map { $0.suffix(2) } == [" \(grade)"])
    }

    // MARK: What it means, by therapy (thresholds_by_therapy.csv)

    @Test(arguments: [
        // The same fever, six therapies
        ("temp=38.2 unit=Cel agent=pembrolizumab last_dose=d-30", "soon"),
        ("temp=38.2 unit=Cel therapy=car_t last_dose=d-5", "emergency"),  // T071
        ("temp=38.2 unit=Cel therapy=car_t last_dose=d-60", "emergency"),  // T073
        ("temp=38.2 unit=Cel therapy=car_t last_dose=d-120", "urgent"),  // T085
        ("temp=37.6 unit=Cel therapy=car_t last_dose=d-5", "soon"),  // T072
        ("temp=37.6 unit=Cel therapy=car_t last_dose=d-29", "none"),
        ("temp=38.2 unit=Cel therapy=til last_dose=d-5", "emergency"),  // T086
        ("temp=38.2 unit=Cel agent=teclistamab last_dose=d-1", "emergency"),  // T088, phase not told
        ("temp=38.2 unit=Cel agent=teclistamab last_dose=d-10", "urgent"),  // T093
        ("temp=38.2 unit=Cel therapy=her2 last_dose=d0h0", "urgent"),  // T105
        ("temp=38.2 unit=Cel therapy=her2 last_dose=d-20", "urgent"),  // T108
        ("temp=38.2 unit=Cel therapy=bcg last_dose=d-1", "routine"),  // T122
        ("temp=38.2 unit=Cel therapy=bcg last_dose=d-9", "urgent"),
        ("fever{temp=38.6,duration_h=48} therapy=bcg last_dose=d-2", "emergency"),  // T123
        ("temp=39.5 unit=Cel therapy=bcg last_dose=d-1", "emergency"),  // T125
        ("temp=38.2 unit=Cel therapy=oncolytic_virus last_dose=d-1", "routine"),  // T134
        ("temp=39.5 unit=Cel therapy=oncolytic_virus last_dose=d-1", "urgent"),  // T135
        ("temp=38.2 unit=Cel therapy=mrna last_dose=d-1", "routine"),  // T138
        ("temp=38.2 unit=Cel therapy=pd1 modifier=chemotherapy last_dose=d-10", "emergency"),  // T063
        ("temp=38.2 unit=Cel therapy=pd1 modifier=chemotherapy last_dose=d-43", "soon"),
        ("temp=38.2 unit=Cel", "emergency"),  // nobody knows the therapy
        // Diarrhea
        ("diarrhea{stools_over_baseline=2} therapy=pd1 last_dose=d-30", "routine"),  // T015
        ("diarrhea{stools_over_baseline=5} therapy=pd1 last_dose=d-30", "soon"),  // T016
        ("diarrhea{stools_over_baseline=8} therapy=pd1 last_dose=d-30", "urgent"),  // T018
        ("diarrhea{stools_over_baseline=5} therapy=pd1+ctla4 last_dose=d-30", "urgent"),  // T061
        ("diarrhea{stools_over_baseline=5} therapy=pd1 modifier=chemotherapy last_dose=d-30", "urgent"),  // T065
        ("diarrhea{stools_over_baseline=5} therapy=her2 last_dose=d-30", "routine"),
        ("diarrhea{stools_over_baseline=8} therapy=her2 last_dose=d-30", "urgent"),  // T110
        ("diarrhea{stools_over_baseline=2} therapy=pd1 last_dose=d-365", "routine"),
        ("diarrhea{stools_over_baseline=2} therapy=pd1 last_dose=d-366", "none"),
        // Liver, heart, kidney, glands
        ("alt=150 unit=U/L high=40 therapy=pd1 last_dose=d-30", "soon"),  // T045
        ("alt=250 unit=U/L high=40 therapy=pd1 last_dose=d-30", "urgent"),  // T046
        ("alt=900 unit=U/L high=40 therapy=pd1 last_dose=d-30", "emergency"),  // T047
        ("alt=150 unit=U/L high=40 therapy=any", "soon"),
        ("alt=60 unit=U/L high=40 therapy=any", "none"),
        ("alt=60 unit=U/L high=40 therapy=pd1 last_dose=d-30", "routine"),  // T044
        ("troponin=20 unit=ng/L high=14 therapy=pd1 last_dose=d-30", "urgent"),  // T030
        ("creat=1.5 unit=mg/dL high=1.2 baseline=1.0 therapy=pd1 last_dose=d-30", "soon"),  // T049
        ("creat=2.0 unit=mg/dL high=1.2 baseline=1.0 therapy=pd1 last_dose=d-30", "urgent"),  // T050
        ("tsh=11 unit=m[IU]/L high=4 therapy=pd1 last_dose=d-30", "routine"),  // T042
        // Blood
        ("plt=19 unit=10*9/L low=150 therapy=car_t last_dose=d-60", "urgent"),  // T082
        ("plt=150 unit=10*9/L low=140 therapy=car_t last_dose=d-60", "none"),
        // Breath and circulation, on any therapy
        ("hypoxia=89 unit=% therapy=any", "emergency"),  // T007
        ("hypoxia=93 unit=% therapy=any", "urgent"),  // T008
        ("hypoxia=94 unit=% therapy=any", "none"),
        ("hypoxia=91 unit=% therapy=car_t last_dose=d-5", "emergency"),  // T075
        ("sbp=89 unit=mm[Hg] therapy=any", "emergency"),  // T009
        ("sbp=100 unit=mm[Hg] baseline=140 therapy=any", "emergency"),  // T009
        ("sbp=182 unit=mm[Hg] agent=bevacizumab last_dose=d-10", "emergency"),  // T114
        ("sbp=165 unit=mm[Hg] agent=bevacizumab last_dose=d-10", "urgent"),  // T113
        ("syncope=true therapy=any", "emergency"),  // T004
        ("seizure=true therapy=any", "emergency"),  // T003
        ("collapse=true therapy=any", "emergency"),  // T001
        ("stroke_signs=true therapy=cell_based last_dose=d-5", "emergency"),  // T133
        ("ptosis_diplopia=true therapy=pd1 last_dose=d-30", "emergency"),  // T031
        ("ptosis_diplopia=true therapy=her2 last_dose=d-30", "soon"),
        ("blisters=true therapy=pd1 last_dose=d-30", "emergency"),  // T024
        ("call_wanted=true therapy=any", "soon"),  // T010
        ("nausea{severity=3} therapy=any", "soon"),  // T013
        // What cannot be graded
        ("temp=hot therapy=car_t last_dose=d-5", "emergency"), ("temp=hot therapy=pd1 last_dose=d-5", "soon"),
        ("plt=300 unit=10*9/L low=150 flag=AA therapy=any", "urgent"),
    ])
    func `a finding means what the therapy's guideline says`(event: String, severity: String) {
        let found = pack.verdict(event).split(separator: " ").first.map(String.init)
        #expect(found == severity, "\(pack.verdict(event))")
    }

    // MARK: Combinations

    private func fires(_ rule: String, _ events: String...) -> Bool {
        pack.alerts(events).contains { $0.rule == rule || $0.because.contains { $0.hasPrefix(rule + " ") } }
    }

    @Test func `an answer that has no grade of its own leads a combination without harm`() throws {
        // The headache's composite wants an answer; its CTCAE grade is known.
        let alert = try #require(
            pack.alerts("headache=mild therapy=pd1", "sodium=133 low=135 unit=mmol/L therapy=pd1").last)
        #expect((alert.rule, alert.grade, alert.reason) == ("ici-hypophysitis", 1, ""))
        for late in ["ptosis=mild", "dysarthria=mild", "neck_weakness=mild"] {
            #expect(!pack.alerts("myalgia=mild therapy=pd1", "\(late) therapy=pd1").isEmpty)
        }
    }

    @Test(arguments: ["38.2", "39.9", "40.5"])
    func `a fever after cell transfer has the same advice however high it is`(temperature: String) throws {
        let alert = try #require(pack.alerts("temp=\(temperature) unit=Cel therapy=car_t").first)
        #expect(alert.severity == "emergency")
        #expect(alert.advice.hasPrefix("Cytokine release grade 1"))
    }

    @Test func `combinations of the reference speak`() {
        #expect(
            fires(
                "fever-with-low-neutrophils", "temp=38.3 unit=Cel therapy=any",
                "anc=0.9 unit=10*9/L low=1.8 therapy=any t=d0h20"))
        #expect(
            !fires(
                "fever-with-low-neutrophils", "temp=38.3 unit=Cel therapy=any",
                "anc=4.9 unit=10*9/L low=1.8 therapy=any t=d0h20"))
        #expect(
            fires(
                "cell-therapy-crs", "temp=38.3 unit=Cel therapy=car_t last_dose=d-3",
                "hypoxia=91 unit=% therapy=car_t last_dose=d-3 t=d0h15"))
        #expect(
            !fires(
                "cell-therapy-crs", "temp=38.3 unit=Cel therapy=car_t last_dose=d-3",
                "hypoxia=91 unit=% therapy=car_t last_dose=d-3 t=d0h21"))
        #expect(
            fires(
                "ici-adrenal-crisis", "sodium=128 unit=mmol/L low=135 high=145 therapy=pd1 started=d-60",
                "vomiting{presence=true} therapy=pd1 started=d-60 t=d3h8"))
        #expect(
            !fires(
                "ici-adrenal-crisis", "sodium=138 unit=mmol/L low=135 high=145 therapy=pd1 started=d-60",
                "vomiting{presence=true} therapy=pd1 started=d-60 t=d3h8"))
        #expect(
            fires(
                "liver-injury-with-jaundice", "alt=150 unit=U/L high=40 therapy=pd1 last_dose=d-9",
                "bili=2.1 high=1 therapy=pd1 last_dose=d-9 t=d2h8"))
    }

    @Test func `the drugs of the list are known by name, brand and code`() {
        for name in ["pembrolizumab", "Keytruda", "KEYTRUDA", "atc|L01FF02", "rxnorm|1547545"] {
            #expect(
                pack.verdict("troponin=20 unit=ng/L high=14 agent=\(name) last_dose=d-30") == "urgent on pd1", "\(name)"
            )
        }
    }
}
