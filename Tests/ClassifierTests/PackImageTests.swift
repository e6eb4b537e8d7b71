import Clinical
import Config
import TestSupport
import Testing

@testable import Classifier

/// A pack written into an image and taken from it again.
@Suite struct PackImageTests {
    private static let shipped = TestPack.shipped.compiled

    /// The image of a pack, and what is read from it.
    private static func image(of pack: CompiledPack) -> [UInt8] {
        var image = ImageWriter()
        pack.write(to: &image)
        return image.image
    }

    private static func read(
        _ image: [UInt8], digest: String = shipped.catalogue.packDigest
    ) -> CompiledPack? {
        image.withUnsafeBytes { bytes in
            guard var reader = ImageReader(bytes) else { return nil }
            let pack = CompiledPack(from: &reader, digest: digest, isApproved: false, zones: [.utc])
            return reader.isSound && reader.isAtEnd ? pack : nil
        }
    }

    @Test func `an image that is read and written again is the same, byte for byte`() throws {
        let image = Self.image(of: Self.shipped)
        let again = Self.image(of: try #require(Self.read(image)))
        #expect(image == again)
        #expect(String(validating: image, as: UTF8.self) != nil)
    }

    @Test func `nothing of a pack is lost in its image`() throws {
        let read = try #require(Self.read(Self.image(of: Self.shipped)))
        let (wanted, found) = (Anatomy.lines(of: Self.shipped), Anatomy.lines(of: read))
        #expect(wanted.count > 50_000)
        #expect(wanted.count == found.count)
        let place = zip(wanted, found).enumerated().first { $0.element.0 != $0.element.1 }
        #expect(
            place == nil,
            "\(place.map { wanted[max(0, $0.offset - 20)...$0.offset].joined() + found[$0.offset] } ?? "")")
    }

    @Test func `every kind of rule comes out of the image as it went in`() throws {
        let pack = try TimePack.with(
            """
            - {id: worse, kind: worsened, terms: [x], by: 2, within: 3d, severity: urgent}
            - {id: lasting, kind: sustained, when: "x >= 1", for: 24h, severity: soon}
            - {id: thrice, kind: repeated, when: "y >= 1", times: 3, within: 2d, severity: urgent}
            - {id: pair, kind: together, of: [x >= 1, y >= 2], within: 2d, concern: blood, severity: urgent}
            - {id: ambers, kind: several, concerns: 2, at_least: soon, within: 24h, concern: data, severity: urgent}
            - {id: rising, kind: rising, terms: [crea], by_factor: 1.5, within: 3d, severity: soon}
            - {id: jump, kind: rising, terms: [crea], by: 0.3 mg/dL, within: 3d, severity: soon}
            - {id: high, kind: when, when: "x >= 4", severity: soon}
            - {id: left, kind: unjudged, terms: all, severity: soon}
            - {id: quiet, kind: silent, within: 7d, grace: 1d, terms: [x, y], severity: soon, severity_after: {soon: urgent}, concern: liver}
            - {id: stopped, kind: feed_silent, feeds: [ward, home], within: 4h, concern: fever, severity: urgent}
            """
        ).compiled
        let read = try #require(Self.read(Self.image(of: pack), digest: pack.catalogue.packDigest))
        #expect(Anatomy.lines(of: pack) == Anatomy.lines(of: read))
        #expect(Set(read.rules.map(\.kind)).count == RuleKinds.all.count - 1)
    }

    @Test func `no part of an image is taken for the whole`() {
        let image = Self.image(of: Self.shipped)
        for count in stride(from: 0, to: image.count, by: 997) { #expect(Self.read(Array(image[..<count])) == nil) }
        #expect(Self.read(image + [0]) == nil)
    }

    @Test func `an image with a changed byte is none`() {
        let image = Self.image(of: Self.shipped)
        for place in stride(from: 0, to: image.count, by: 1009) {
            var changed = image
            changed[place] ^= 1
            #expect(Self.read(changed) == nil, "\(place)")
        }
    }

    @Test func `whatever bytes bear the seal, reading them ends`() {
        var random = SeededGenerator(seed: 11)
        for round in 0..<200 {
            var foreign = ImageWriter()
            for _ in 0..<round {
                foreign.write(number: UInt64.random(in: 0...UInt64.random(in: 0...300), using: &random))
            }
            #expect(Self.read(foreign.image) == nil)
        }
    }
}

/// All parts of a value, down to the last, each as a line.
private enum Anatomy {
    static func lines(of value: Any) -> [String] {
        var lines = Lines()
        dump(value, to: &lines)
        return lines.all
    }

    private struct Lines: TextOutputStream {
        var all: [String] = []
        mutating func write(_ text: String) { all.append(text) }
    }
}

extension FixedTable: CustomReflectable {
    /// Every part.
    public var customMirror: Mirror { Mirror(self, unlabeledChildren: (0..<count).map { self[$0] }) }
}

extension Catalogue: CustomReflectable {
    /// Every part.
    public var customMirror: Mirror {
        let texts = (0..<count).map { self[PackText($0)] }
        return Mirror(self, unlabeledChildren: [packName, packVersion, packDigest, mode, "\(isApproved)"] + texts)
    }
}

extension SymbolTable: CustomReflectable {
    /// Every part.
    public var customMirror: Mirror {
        Mirror(self, unlabeledChildren: spellings.sorted().map { "\($0): \(symbol($0)?.rawValue ?? .max)" })
    }
}
