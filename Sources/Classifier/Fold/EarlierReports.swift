import Clinical

/// Reads reports of the past again, as an alert shows them.
struct EarlierReports: Sendable {
    private var reader: ReportReader
    /// The report that was read last, as an event.
    private(set) var batch = EventBatch()

    init(_ pack: CompiledPack, wanted: [Bool]) { reader = ReportReader(pack, wanted: wanted) }

    /// What a report of the past says about a term; nil when it is not kept any more.
    mutating func report(_ place: Int, term: Int, _ past: Past, _ patient: Roster.Patient?) -> Report? {
        batch.removeRecords()
        guard let index = past.unpack(place, patient: .empty, into: &batch) else { return nil }
        reader.complete(index, [], batch, patient)
        return reader.reports.first { $0.term == term }
    }
}
