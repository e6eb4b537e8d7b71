import Classifier
import Clinical
import Config
import Digest
import Foundation
import TestSupport
import Testing

@testable import toxwatch

/// The shipped pack as the build compiled it into the program.
@Suite struct ShippedImageTests {
    @Test func `the program carries what the pack compiles to, byte for byte`() throws {
        var mistakes = Mistakes()
        let tree = try #require(ShippedPack.tree(&mistakes))
        let draft = try #require(PackDraft.compile(tree).draft)
        let wanted = PackImage.bytes(of: draft, digest: SHA256.hexadecimal(of: tree.canonicalBytes()))
        let carried = UnsafeRawBufferPointer(
            start: ShippedImage.text.utf8Start, count: ShippedImage.text.utf8CodeUnitCount)
        #expect(carried.elementsEqual(wanted))
    }

    @Test func `what the program carries is a pack`() throws {
        let image = try #require(ShippedPack.image)
        #expect(image.finished(isApproved: false, zone: .utc) != nil)
    }

    @Test(arguments: SamplesTests.expected)
    func `the samples give the same under the carried pack`(file: String, command: String) throws {
        let place = try Workplace(environment: ["TOXWATCH_CONFIG": ""])
        for name in try FileManager.default.contentsOfDirectory(atPath: Repository.path("samples")) {
            try FileManager.default.copyItem(
                atPath: Repository.path("samples/" + name), toPath: place.folder.path + "/" + name)
        }
        let result = try place.shell("toxwatch \(command)")
        let difference = Golden.difference(result.output, fromFile: Repository.path("samples/expected/\(file)"))
        #expect(difference == nil, "\(difference ?? "")")
    }
}
