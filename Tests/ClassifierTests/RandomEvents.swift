import Clinical
import TestSupport

@testable import Classifier

/// Random streams over the pack of `EventClassifierTests`: good reports, bad ones, repeats, corrections, rejects.
enum RandomEvents {
    static let patients = ["P1", "P2", "P3", "a-patient-with-a-very-long-id"]

    private static let values = [
        "x=0", "x=1.5", "x=2.5", "x=3.5", "x=9", "x='3'", "x=2 attribute=grade", "y=5 unit=g/L high=10",
        "y=25 unit=g/L high=10",
        "y=35 unit=g/L high=10", "y=3.5 unit=g/dL high=1", "y=25", "y=25 unit=ounce", "y=400 unit=g/L",
        "na=140 unit=mmol/L low=135 high=145",
        "na=134 unit=mmol/L low=135 high=145", "na=125 unit=mmol/L", "na=160 unit=mmol/L high=145",
        "na=2 attribute=grade", "rash=0", "rash=5",
        "rash=15", "rash{area=15,adl=none}", "rash{area=15,sore=true}", "rash{adl=much}", "rash=3 attribute=size",
        "rash{area=200,sore=true}",
        "sbp=120 unit=mm[Hg]", "sbp=99 unit=mm[Hg]", "sbp=94 unit=mm[Hg]", "sbp=85 unit=mm[Hg]", "sbp=150 unit=mm[Hg]",
        "sbp=165 unit=mm[Hg]",
        "sparkle=1", "y=5 unit=g/L comparator=<", "y=9 unit=g/L comparator=> high=10",
    ]
    private static let treatments = [
        "therapy=any", "therapy=ici", "therapy=ici", "", "therapy=moonlight", "therapy=ici modifier=chemo",
        "therapy=ici+any", "modifier=chemo",
        "therapy=ici last_dose=d2", "therapy=ici last_dose=d2h8", "therapy=ici started=d0 last_dose=d1",
        "therapy=ici last_dose=d25",
    ]
    private static let extras = [
        "", "", "", "", "", "flag=HH", "flag=H", "qualifier=symptomatic", "qualifier=well", "test", "baseline=12",
    ]

    /// So many records, the same for the same seed.
    static func batch(seed: UInt64, count: Int, _ pack: TestPack) -> EventBatch {
        var random = SeededGenerator(seed: seed)
        var events = TestEvents(pack.compiled.vocabulary)
        var lines: [String] = []
        for number in 0..<count {
            switch Int.random(in: 0..<20, using: &random) {
            case 0 where !lines.isEmpty: events.add(lines.randomElement(using: &random) ?? "x=0")
            case 1:
                events.addReject(
                    patient: Bool.random(using: &random) ? patients.randomElement(using: &random) : nil,
                    raw: "{\(number)")
            case 2:
                events.add(
                    "x id=e\(Int.random(in: 0...number, using: &random)) patient=\(pick(patients, &random)) status=cancelled"
                )
            default:
                let id =
                    Int.random(in: 0..<9, using: &random) == 0
                    ? "e\(Int.random(in: 0...number, using: &random))" : "e\(number)"
                let time = "d\(number * 12 / count)h\(Int.random(in: 0..<24, using: &random))"
                let status =
                    Int.random(in: 0..<8, using: &random) == 0
                    ? " status=\(pick(["corrected", "preliminary"], &random))" : ""
                let hasID = Int.random(in: 0..<6, using: &random) > 0
                let parts = [pick(values, &random), pick(treatments, &random), pick(extras, &random)].filter {
                    !$0.isEmpty
                }
                let line =
                    parts.joined(separator: " ") + " patient=\(pick(patients, &random)) t=\(time)"
                    + (hasID ? " id=\(id)" : "") + status
                lines.append(line)
                events.add(line)
            }
        }
        return events.batch
    }

    private static func pick(_ list: [String], _ random: inout SeededGenerator) -> String {
        list.randomElement(using: &random) ?? ""
    }

    /// The batch in batches of at most so many records, in the order of the input.
    static func pieces(of batch: EventBatch, _ size: Int) -> [EventBatch] {
        let offsets = (batch.events.map(\.offset) + batch.rejects.map(\.offset)).sorted()
        return stride(from: 0, to: offsets.count, by: size).map { start in
            let range = offsets[start]...offsets[min(start + size, offsets.count) - 1]
            var piece = batch
            piece.events = batch.events.filter { range.contains($0.offset) }
            piece.rejects = batch.rejects.filter { range.contains($0.offset) }
            return piece
        }
    }

    /// The records of one patient.
    static func only(_ patient: String, of batch: EventBatch) -> EventBatch {
        var result = batch
        result.events = batch.events.filter { batch.string($0.patient) == patient }
        result.rejects = batch.rejects.filter { $0.patient == Array(patient.utf8) }
        return result
    }
}
