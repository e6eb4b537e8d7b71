import Emitter
import Testing

@Suite struct RunProgressTests {
    @Test func `records and rate stand on one line that wipes the one before`() {
        let line = text { RunProgress.write(records: 1_204_000, milliseconds: 1416, to: &$0) }
        #expect(line == "\r\u{1B}[Ktoxwatch: 1204000 records, 850282 a second")
    }

    @Test func `before any time has passed there is no rate`() {
        let line = text { RunProgress.write(records: 5, milliseconds: 0, to: &$0) }
        #expect(line == "\r\u{1B}[Ktoxwatch: 5 records, 0 a second")
    }

    @Test func `the line can be wiped`() {
        #expect(text { RunProgress.clear(&$0) } == "\r\u{1B}[K")
    }
}
