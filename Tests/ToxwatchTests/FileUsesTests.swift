import Foundation
import TestSupport
import Testing

/// No command empties what it reads, or writes two things into one file.
@Suite struct FileUsesTests {
    let place: Workplace

    init() throws {
        place = try Workplace()
        try place.write(Feed.fever("P1"), to: "f.ndjson")
        try place.write("patient,agent\nP1,pembrolizumab\n", to: "roster.csv")
        for (name, target) in [("link", "f.ndjson"), ("roster-link", "roster.csv")] {
            try FileManager.default.createSymbolicLink(
                atPath: place.folder.path + "/" + name, withDestinationPath: target)
        }
        try FileManager.default.linkItem(
            atPath: place.folder.path + "/f.ndjson", toPath: place.folder.path + "/hard")
    }

    @Test(arguments: [
        "run --to text=f.ndjson f.ndjson", "run --rejects f.ndjson f.ndjson", "run --to text=./f.ndjson f.ndjson",
        "run --to text=link f.ndjson", "run --to text=f.ndjson link", "run --rejects hard f.ndjson",
        "read --rejects f.ndjson f.ndjson", "grade --rejects f.ndjson f.ndjson",
        "run --to text=f.ndjson < f.ndjson", "run --rejects link < f.ndjson", "run < f.ndjson >> f.ndjson",
        "read f.ndjson >> f.ndjson", "grade - < f.ndjson >> hard",
        "run --to ndjson --to text=new f.ndjson --rejects f.ndjson",
        "run --to text=roster.csv --roster roster.csv f.ndjson", "run --rejects roster-link --roster roster.csv f.ndjson",
        "grade --rejects roster.csv --roster roster.csv f.ndjson",
    ])
    func `a file that is read is not written`(command: String) throws {
        let result = try place.shell("toxwatch " + command)
        #expect(result.status == 64)
        #expect(result.output == [])
        #expect(result.told.hasPrefix("toxwatch: "))
        #expect(result.told.contains(" is the same file as "), "\(result.told)")
        #expect(try place.text("f.ndjson") == Feed.fever("P1"))
        #expect(try place.text("roster.csv") == "patient,agent\nP1,pembrolizumab\n")
        #expect(!FileManager.default.fileExists(atPath: place.folder.path + "/new"))
    }

    @Test func `a file of the config is not written`() throws {
        _ = try place.toxwatch.run("init", "site")
        let scales = "site/therapies/cancer-vaccine.yaml"
        let text = try place.text(scales)
        for option in ["--rejects \(scales)", "--to text=\(scales)", "--to text=site/toxwatch.yaml"] {
            let result = try place.shell("toxwatch run --config site/toxwatch.yaml \(option) f.ndjson")
            #expect(result.status == 64, "\(option)")
            #expect(try place.text(scales) == text)
        }
    }

    @Test(arguments: [
        "run --to text=new --to ndjson=./new f.ndjson", "run --to text=old --rejects ./old f.ndjson",
        "run --to text=new --rejects new f.ndjson", "run --rejects old f.ndjson >> old",
        "run --to ndjson --to text=old f.ndjson >> old",
    ])
    func `two outputs are two files`(command: String) throws {
        try place.write("kept\n", to: "old")
        let result = try place.shell("toxwatch " + command)
        #expect(result.status == 64)
        #expect(result.told.contains(" are the same file"), "\(result.told)")
        #expect(try place.text("old") == "kept\n")
        #expect(!FileManager.default.fileExists(atPath: place.folder.path + "/new"))
    }

    @Test(arguments: [
        "run --quiet --to text=/dev/null --rejects /dev/null f.ndjson", "run --quiet f.ndjson > /dev/null",
        "run --quiet --to text=out f.ndjson", "run --quiet < /dev/null > /dev/null",
    ])
    func `devices and other files are free`(command: String) throws {
        let result = try place.shell("toxwatch " + command)
        #expect(result.told == "")
        #expect(result.status == 0)
    }

    @Test func `an output is emptied only when all is well`() throws {
        try place.write("last night's alerts\n", to: "alerts.txt")
        for wrong in [
            "--config no-such-file", "--roster no-such-file", "--rejects no/such/folder", "--to ndjson=no/such/folder",
        ] {
            _ = try place.shell("toxwatch run --to text=alerts.txt \(wrong) f.ndjson")
            #expect(try place.text("alerts.txt") == "last night's alerts\n", "\(wrong)")
        }
        _ = try place.shell("toxwatch run --quiet --to text=alerts.txt f.ndjson")
        #expect(try place.text("alerts.txt").hasPrefix("EMERGENCY"))
    }
}
