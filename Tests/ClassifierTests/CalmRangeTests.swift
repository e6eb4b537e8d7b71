import Clinical
import TestSupport
import Testing

@testable import Classifier

/// The first look never calls well what the long way finds a grade in.
struct CalmRangeTests {
    private static let pack = TestPack.shipped

    /// What single numbers are asked of: the code, what stands beside the number, and numbers around its limits.
    private static let results: [(code: String, beside: String, numbers: [String])] = [
        ("alt", "unit=U/L high=40", ["0", "39.999", "40", "40.0", "40.001", "41", "4e1", "50001", "-1"]),
        ("bili", "unit=umol/L high=20.5", ["20.5", "20.51", "20.4999", "0", "1500", "1501"]),
        ("anc", "unit=10*9/L low=1.8", ["1.8", "1.79", "1.4", "500", "501", "1.8000"]),
        ("anc", "unit=10*9/L low=1", ["1", "1.2", "1.5", "1.499", "1.501"]),
        ("anc", "unit=/uL low=1800", ["1800", "1.8", "2000"]),
        ("hgb", "unit=g/L low=120 high=160", ["119", "120", "160", "161", "181", "99", "281", "19"]),
        ("hgb", "unit=g/L low=90 high=160", ["90", "95", "100", "99.9", "101"]),
        ("hgb", "unit=g/L low=120", ["119", "130"]),
        ("creat", "unit=umol/L high=100", ["100", "100.1", "4", "5"]),
        ("lipase", "unit=U/L high=60", ["60", "61", "100", "121", "301"]),
        ("ck", "unit=U/L high=0", ["0", "1"]), ("ck", "unit=U/L high=-5", ["0", "1", "-6"]),
        ("ck", "unit=U/L high=170000000000", ["0", "1", "999999", "1000000"]),
        ("na", "unit=mmol/L low=135 high=145", ["134", "135", "145", "146", "129", "156"]),
        ("inr", "", ["1", "1.2", "1.21"]),
        ("temp", "unit=Cel", ["37", "37.9", "37.999", "38", "38.0", "39.1", "24", "46"]),
        ("temp", "", ["37", "39"]), ("temp", "unit=[degF]", ["98", "101"]),
        ("spo2", "unit=%", ["98", "95", "90", "88", "87", "29", "101"]),
        ("sbp", "unit=mm[Hg]", ["120", "119", "119.9", "110", "90", "89", "140", "301"]),
        ("diarrhea", "attribute=grade", ["0", "0.0", "1", "3", "6", "-1", "0.5"]),
        ("nausea", "attribute=severity", ["0", "1", "4"]), ("fatigue", "", ["0", "2"]),
        ("rash", "attribute=bsa_percent", ["0", "1", "9", "30"]),
    ]

    private static func isCalm(_ line: String) -> Bool {
        let quick = QuickGrader(pack.compiled)
        let batch = TestEvents(pack.compiled.vocabulary, [line]).batch
        let isCalm = quick.isCalm(0, batch.events.span, batch.answers.span)
        return isCalm
    }

    @Test func `what is calm has no grade above 0 by the long way`() {
        var quick = QuickGrader(Self.pack.compiled)
        var reader = ReportReader(Self.pack.compiled, wanted: RuleKinds.all.map { _ in false })
        var calm = 0
        for result in Self.results {
            for number in result.numbers {
                let line = "\(result.code)=\(number) \(result.beside)"
                let batch = TestEvents(Self.pack.compiled.vocabulary, [line]).batch
                let isCalm = quick.isCalm(0, batch.events.span, batch.answers.span)
                let verdict = quick.verdict(0, batch.events.span, batch.answers.span)
                let isPlain = reader.read(0, batch, nil)
                if isCalm {
                    calm += 1
                    #expect(isPlain && reader.isGraded && reader.raised.isEmpty, "\(line)")
                }
                if let verdict {
                    #expect(verdict.finding.grade.rawValue == 0 ? isPlain : reader.raised.count == 1, "\(line)")
                }
            }
        }
        #expect(calm > 30, "\(calm)")
    }

    @Test(arguments: [
        "alt=40 unit=U/L high=40", "anc=1.8 unit=10*9/L low=1.8", "hgb=140 unit=g/L low=120 high=160",
        "lipase=60 unit=U/L high=60", "temp=37.9 unit=Cel", "spo2=98 unit=%", "sbp=110 unit=mm[Hg]",
        "diarrhea=0 attribute=grade", "plt=150 unit=10*9/L low=150", "creat=90 unit=umol/L high=100",
    ])
    func `what is commonly well is settled at the first look`(line: String) {
        #expect(Self.isCalm(line))
    }

    @Test(arguments: [
        "alt=40 unit=U/L", "alt=40 high=40", "alt=40 unit=ukat/L high=40", "alt=40 unit=U/L high=40 flag=H",
        "alt=40 unit=U/L high=40 comparator=<", "alt=40 unit=U/L high=40 baseline=60",
        "alt=40 unit=U/L high=40 baseline_flag=high", "alt=40 unit=U/L high=40 qualifier=symptomatic",
        "alt='40' unit=U/L high=40", "alt=40 unit=U/L high=40 attribute=colour", "alt=40.0001 unit=U/L high=50",
    ])
    func `what needs a second look gets one`(line: String) {
        #expect(!Self.isCalm(line))
    }
}
