import Clinical

/// What `QuickGrader` knows of every slot beforehand.
struct QuickGradings: Sendable {
    /// By slot: the gradings that ask it, in `ladders`; nothing where one of them is not a ladder.
    let asking: FixedTable<Run>
    let ladders: FixedTable<Int32>
    /// By slot: the numbers at which none of these gradings is above 0.
    let calm: FixedTable<CalmRange>

    init(_ tables: GradingTables) {
        var asking = [Run](repeating: Run(), count: tables.slots.count)
        var calm = [CalmRange](repeating: .none, count: tables.slots.count)
        var ladders: [Int32] = []
        for term in 0..<tables.terms.count {
            let row = tables.terms[term]
            for slot in 0..<Int(row.slots.count) {
                let place = Int(row.slots.start) + slot
                let own = row.gradings.range.filter { tables.gradings[$0].asks & 1 << UInt32(slot) != 0 }
                if slot == Int(row.gradeSlot) {
                    if row.clinicianGrading >= 0 { calm[place] = CalmRange(lowest: 0, highest: 0) }
                } else if !own.isEmpty, own.allSatisfy({ tables.gradings[$0].method == .ladder }) {
                    asking[place] = Run(start: ladders.count, count: own.count)
                    ladders += own.map(Int32.init)
                    calm[place] = CalmRange(slot: UInt8(slot), ofFirst: Int(row.slots.start), own, tables) ?? .none
                }
            }
        }
        self.asking = FixedTable(asking)
        self.ladders = FixedTable(ladders)
        self.calm = FixedTable(calm)
    }

    /// Gives the memory back.
    func free() {
        asking.free()
        ladders.free()
        calm.free()
    }
}
