import TestSupport

/// A feed made at random, the same for the same seed: reports of some patients over two weeks, most in the order of their
/// time, a few late, told twice, corrected, withdrawn or not to be read.
struct RandomFeed {
    private var random: SeededGenerator
    private let patients: Int
    private(set) var lines: [String] = []

    init(seed: UInt64, count: Int, patients: Int) {
        random = SeededGenerator(seed: seed)
        self.patients = patients
        for number in 0..<count { lines.append(line(number, of: count)) }
    }

    /// The whole feed.
    var text: String { lines.map { $0 + "\n" }.joined() }

    /// The feed in pieces that end at random lines.
    mutating func pieces(_ count: Int) -> [String] {
        let cuts =
            [0] + (1..<count).map { _ in Int.random(in: 0...lines.count, using: &random) }.sorted() + [lines.count]
        return zip(cuts, cuts.dropFirst()).map { lines[$0..<$1].map { $0 + "\n" }.joined() }
    }

    private mutating func line(_ number: Int, of count: Int) -> String {
        switch Int.random(in: 0..<30, using: &random) {
        case 0 where number > 0: return lines[Int.random(in: 0..<number, using: &random)]
        case 1: return #"{"patient":"P\#(patient())","time":"at noon","code":"temp","value":\#(number)}"#
        case 2 where number > 0: return report(Int.random(in: 0..<number, using: &random), of: count, "corrected")
        case 3 where number > 0: return report(Int.random(in: 0..<number, using: &random), of: count, "cancelled")
        default: return report(number, of: count, "final")
        }
    }

    private mutating func patient() -> Int { Int.random(in: 0..<patients, using: &random) }

    private mutating func report(_ number: Int, of count: Int, _ status: String) -> String {
        let late = Int.random(in: 0..<20, using: &random) == 0 ? 180 : 0
        let minute = max(0, number * 20_000 / count - late)
        let time =
            "2026-03-\(Self.two(1 + minute / 1440))T\(Self.two(minute / 60 % 24)):\(Self.two(minute % 60)):00Z"
        return
            #"{"id":"e\#(number)","patient":"P\#(number % patients)","time":"\#(time)","status":"\#(status)",\#(answer())}"#
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private mutating func answer() -> String {
        let checkpoint = #""agent":"pembrolizumab","started":"2026-01-13","source":"app""#
        let cells = #""agent":"axicabtagene ciloleucel","last_dose":"2026-02-28""#
        let step = Int.random(in: 0..<10, using: &random)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: return #""code":"diarrhea","answers":{"stools_over_baseline":\#(step)},"# + checkpoint
        case 1: return #""code":"temp","value":\#(36 + step / 3).\#(step),"unit":"Cel","# + cells
        case 2: return #""code":"sbp","value":\#(70 + step * 8),"unit":"mm[Hg]","# + cells
        case 3:
            return #""code":"loinc|1742-6","value":\#(step * step * 10),"unit":"U/L","low":5,"high":40,"# + checkpoint
        case 4: return #""code":"lipase","value":\#(step * 60),"unit":"U/L","# + checkpoint
        default: return #""code":"shoe_size","value":\#(step),"flag":"\#(step > 7 ? "HH" : "N")","# + checkpoint
        }
    }
}
