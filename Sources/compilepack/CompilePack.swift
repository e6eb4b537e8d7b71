import Classifier
import Config
import Digest
import Glibc

/// Compiles a pack into Swift source, so that it can be built into the program: `compilepack SOURCE CONFIG FILE...`,
/// where each `FILE` is a path below the folder `CONFIG`.
///
/// The build runs it; a pack with mistakes ends the build with each of them in its place.
@main
struct CompilePack {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count > 2 else { fail("usage: compilepack SOURCE CONFIG FILE...") }
        var files: [String: [UInt8]] = [:]
        for file in arguments[2...] { files[file] = read(arguments[1] + "/" + file) }
        write(SwiftLiteral.source(named: "ShippedImage", holding: compile(files)), to: arguments[0])
    }

    private static func compile(_ files: [String: [UInt8]]) -> [UInt8] {
        var mistakes = Mistakes()
        let inMemory = ConfigFilesInMemory(files)
        guard let tree = ConfigLoader.load(front: "toxwatch.yaml", files: inMemory, mistakes: &mistakes) else {
            fail(mistakes.rendered())
        }
        let compiled = PackDraft.compile(tree)
        mistakes.add(compiled.mistakes.all)
        guard mistakes.isEmpty, let draft = compiled.draft else { fail(mistakes.rendered()) }
        return PackImage.bytes(of: draft, digest: SHA256.hexadecimal(of: tree.canonicalBytes()))
    }

    private static func read(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "r") else { fail("cannot read \(path)") }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&part, 1, part.count, file), count > 0 { bytes += part[..<count] }
        return bytes
    }

    private static func write(_ bytes: [UInt8], to path: String) {
        guard let file = fopen(path, "w") else { fail("cannot write \(path)") }
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count, fclose(file) == 0 else {
            fail("cannot write \(path)")
        }
    }

    private static func fail(_ message: String) -> Never {
        let line = Array((message + "\n").utf8)
        _ = Glibc.write(STDERR_FILENO, line, line.count)
        exit(1)
    }
}
