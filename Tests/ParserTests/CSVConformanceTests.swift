import Config
import FoundationEssentials
import Testing

@testable import Parser

struct CSVConformanceTests {
    /// What Python's csv module in strict mode says of one file; `cells` is absent for the largest ones.
    struct Verdict: Decodable {
        var encoding: String
        var widths: [Int]?
        var cells: [[String]]?

        enum CodingKeys: String, CodingKey {
            case encoding = "encoding_that_decodes"
            case widths, cells
        }
    }

    @Test(.enabled(if: TestData.shared != nil, "the shared collections are absent"))
    func `tables of the wild are read as Python reads them`() throws {
        let folder = (TestData.shared ?? "") + "/data/conformance/csv/"
        let oracle = Data(TestData.bytes(folder + "python_csv_strict_oracle.json"))
        let verdicts = try JSONDecoder().decode([String: Verdict].self, from: oracle)
        #expect(verdicts.count == 93)
        for (name, verdict) in verdicts {
            let encoding = verdict.encoding == "cp1252" ? TextEncoding.windows1252 : .utf8
            var dialect = CSVDialect()
            if name.hasSuffix(".tsv") { dialect.delimiter = UInt8(ascii: "\t") }
            let rows = CSVScannerTests.rows(TestData.bytes(folder + name), dialect, encoding: encoding)
            // A blank line is no row to us, and one without cells to Python.
            let told = rows.filter { $0 != [""] }
            // Python lets NUL pass; here it costs its row.
            if name.hasSuffix("null_byte.csv") {
                #expect(told.contains(["csv.nul_byte"]))
                continue
            }
            #expect(told.allSatisfy { !($0.first?.hasPrefix("csv.") ?? false) }, "\(name)")
            if let cells = verdict.cells { #expect(told == cells.filter { !$0.isEmpty && $0 != [""] }, "\(name)") }
            if let widths = verdict.widths {
                #expect(Set(told.map(\.count)).union([0]) == Set(widths).union([0]), "\(name)")
            }
        }
    }
}
