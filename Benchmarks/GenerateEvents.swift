// Writes made-up events in native form, the same ones for the same arguments: usage: generate EVENTS [PATIENTS]
//
// Every patient is on one therapy and reports six of thirty codes. Most reports are as they should be; about three in a
// hundred are bad enough for an alert. Times run forward, with up to five minutes of delay between patients.
import Glibc

/// SplitMix64: small, quick, and the same everywhere.
struct Dice {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}

/// What is asked or measured: its members around the value, and the range of values at each of five levels of harm.
struct Code {
    var before: String
    var after: [String]
    var isTenths: Bool
    var levels: [ClosedRange<Int>]

    static func symptom(_ name: String) -> Code {
        Code(
            before: #""kind":"symptom","code":"\#(name)","attribute":"grade","value":"#,
            after: ["survey", "app", "nurse_call"].map { #","unit":null,"source":"\#($0)"}"# },
            isTenths: false, levels: [0...0, 1...1, 2...2, 3...3, 4...4])
    }

    static func laboratory(
        _ name: String, _ unit: String, low: Int, high: Int, isTenths: Bool = false, _ levels: [ClosedRange<Int>]
    ) -> Code {
        Code(
            before: #""kind":"lab","code":"\#(name)","value":"#,
            after: ["lis", "poc", "fhir"].map {
                #","unit":"\#(unit)","low":\#(low),"high":\#(high),"source":"\#($0)","status":"final"}"#
            },
            isTenths: isTenths, levels: levels)
    }

    static func vital(_ name: String, _ unit: String, isTenths: Bool = false, _ levels: [ClosedRange<Int>]) -> Code {
        Code(
            before: #""kind":"vital","code":"\#(name)","value":"#,
            after: ["wearable", "ward", "home_kit"].map { #","unit":"\#(unit)","source":"\#($0)","status":"final"}"# },
            isTenths: isTenths, levels: levels)
    }

    static let all: [Code] =
        [
            "diarrhea", "nausea", "vomiting", "fatigue", "rash", "pruritus", "cough", "dyspnea", "headache",
            "confusion",
            "abdominal_pain", "mucositis", "arthralgia", "myalgia", "chest_pain", "dizziness", "neuropathy_sensory",
            "anorexia",
        ].map(symptom) + [
            laboratory("alt", "U/L", low: 5, high: 40, [12...40, 45...115, 125...195, 205...790, 810...1100]),
            laboratory("ast", "U/L", low: 5, high: 40, [12...40, 45...115, 125...195, 205...790, 810...1100]),
            laboratory(
                "bili", "umol/L", low: 3, high: 21, isTenths: true,
                [60...210, 220...310, 320...620, 640...2000, 2200...3000]),
            laboratory("creat", "umol/L", low: 45, high: 106, [60...106, 110...158, 160...315, 320...630, 640...900]),
            laboratory("lipase", "U/L", low: 10, high: 60, [15...60, 62...89, 91...119, 121...299, 301...450]),
            laboratory("ck", "U/L", low: 30, high: 200, [40...200, 210...490, 510...990, 1010...1990, 2010...3000]),
            laboratory("anc", "10*9/L", low: 2, high: 8, isTenths: true, [21...79, 16...19, 11...14, 6...9, 1...4]),
            laboratory("plt", "10*9/L", low: 150, high: 400, [155...390, 80...145, 52...74, 27...49, 5...24]),
            laboratory("hgb", "g/L", low: 120, high: 170, [121...165, 101...118, 81...99, 66...79, 45...64]),
            vital("temp", "Cel", isTenths: true, [362...374, 375...379, 380...389, 390...399, 400...412]),
            vital("spo2", "%", [95...99, 93...94, 90...92, 85...89, 74...84]),
            vital("sbp", "mm[Hg]", [101...138, 91...99, 81...89, 71...79, 55...69]),
        ]
}

let therapies = ["checkpoint_inhibitor", "car_t", "t_cell_engager", "antibody_drug_conjugate", "her2", "mrna"]

/// A number with at least so many digits.
func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// The instant so many seconds into March 2026.
func time(_ second: Int) -> String {
    let day = second / 86_400
    let (month, date) = day < 31 ? (3, day + 1) : (4, day - 30)
    return
        "2026-\(padded(month, 2))-\(padded(date, 2))T\(padded(second / 3600 % 24, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))Z"
}

/// The level of harm that a throw of a thousand means.
func level(_ thrown: Int) -> Int {
    switch thrown {
    case ..<840: 0
    case ..<970: 1
    case ..<988: 2
    case ..<997: 3
    default: 4
    }
}

/// Writes the events, a piece at a time.
func write(_ events: Int, of patients: Int) {
    var dice = Dice(state: 2026)
    var lines = ""
    for number in 0..<events {
        let patient = dice.below(patients)
        let code = Code.all[(patient * 7 + dice.below(6) * 5) % Code.all.count]
        let second = number * (30 * 86_400) / events + patient % 300
        let range = code.levels[level(dice.below(1000))]
        let value = range.lowerBound + dice.below(range.count)
        lines +=
            "{\"id\":\"e\(padded(number, 8))\",\"patient\":\"P\(padded(patient, 6))\",\"time\":\"\(time(second))\",\"therapy\":\""
        lines += "\(therapies[patient % therapies.count])\",\(code.before)"
        lines += code.isTenths ? "\(value / 10).\(value % 10)" : "\(value)"
        lines += code.after[dice.below(code.after.count)] + "\n"
        if lines.utf8.count > 1 << 20 || number == events - 1 {
            fputs(lines, stdout)
            lines = ""
        }
    }
}

let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
write(arguments.first ?? 1_000_000, of: arguments.count > 1 ? arguments[1] : 20_000)
