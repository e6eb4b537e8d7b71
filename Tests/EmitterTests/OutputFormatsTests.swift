import Emitter
import Foundation
import Testing

@Suite struct OutputFormatsTests {
    @Test func `names are unique, short and in lower case`() {
        let names = OutputFormats.all.map { $0.name }
        #expect(Set(names).count == names.count)
        for name in names {
            #expect(!name.isEmpty && name.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") })
        }
    }

    @Test func `a format is found by its name and by no other`() {
        for format in OutputFormats.all { #expect(OutputFormats.named(format.name)?.name == format.name) }
        #expect(OutputFormats.named("NDJSON") == nil)
        #expect(OutputFormats.named("") == nil)
    }

    @Test func `the native form comes first`() {
        #expect(OutputFormats.all.first?.name == "ndjson")
    }

    @Test func `a summary is one line without an end stop`() {
        for format in OutputFormats.all {
            #expect(!format.summary.isEmpty && !format.summary.contains("\n") && !format.summary.hasSuffix("."))
        }
    }

    @Test func `every format has a test file and a golden file`() {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
        for format in OutputFormats.all {
            #expect(FileManager.default.fileExists(atPath: "\(folder)/\(format)Tests.swift"))
            #expect(FileManager.default.fileExists(atPath: "\(folder)/Golden/\(format.name).\(format.fileExtension)"))
        }
    }
}
