import Clinical
import Foundation
import Glibc
import TestSupport
import Testing

@testable import Store

/// What stands at the path is opened when it is ours, and left as it is when it is not.
@Suite struct StateOpeningTests {
    let place: StatePlace

    init() throws { place = try StatePlace() }

    private func error() -> StateError? {
        stateError { () throws(StateError) in _ = try place.run().journalSize }
    }

    private func expect(_ reason: StateError.Reason, _ ending: StateError.Ending) {
        let error = error()
        #expect(error?.reason == reason)
        #expect(error?.ending == ending)
        #expect(error?.path == place.path)
    }

    @Test func `whatever the umask, nobody else may use any of its files`() throws {
        let shell = Program(path: "/bin/sh", folder: place.folder.path)
        let driver = place.driver().path
        var running = try shell.start(["-c", "umask 0; exec \(driver) commit state.db"])
        while running.nextLine() != "written 3" {}
        let rights = try place.rights()
        #expect(Set(rights.keys) == ["state.db", "state.db-wal", "state.db-shm", "state.db.lock"])
        #expect(Set(rights.values) == [0o600])
        running.end()
        #expect(running.finish().status == -SIGKILL)
    }

    @Test func `rights that others have are taken away`() throws {
        _ = try place.run().journalSize
        #expect(chmod(place.path, 0o666) == 0)
        _ = try place.run().journalSize
        #expect(try place.rights()["state.db"] == 0o600)
    }

    @Test func `its folder must be there`() {
        let path = place.folder.path + "/no/state.db"
        let error = stateError { () throws(StateError) in _ = try RunState(path, holder: .test, patience: 0).journalSize
        }
        #expect(error == StateError(path, .cannotOpen("its folder: No such file or directory")))
        #expect(error?.ending == .inputOutput)
    }

    @Test(arguments: ["", ".", "..", "x/", "/"]) func `a folder is no state`(path: String) {
        let error = stateError { () throws(StateError) in _ = try RunState(path, holder: .test).journalSize }
        #expect(error == StateError(path, .notAFile("a folder")))
    }

    @Test func `a folder or a pipe at the path is no state`() throws {
        #expect(mkdir(place.path, 0o700) == 0)
        expect(.notAFile("a folder"), .inputOutput)
        #expect(rmdir(place.path) == 0)
        #expect(mkfifo(place.path, 0o600) == 0)
        expect(.notAFile("a named pipe"), .inputOutput)
    }

    @Test func `no symbolic link is followed, be it the state or a file beside it`() throws {
        let target = try place.write(Array("mine".utf8), to: "target")
        for name in ["state.db", "state.db.lock"] {
            #expect(symlink(target, place.folder.path + "/" + name) == 0)
            #expect(error()?.reason == .symbolicLink)
            #expect(unlink(place.folder.path + "/" + name) == 0)
        }
        for _ in 1...2 {
            #expect(symlink(target, place.path + "-wal") == 0)
            _ = error()
            unlink(place.path + "-wal")
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: target)) == Data("mine".utf8))
    }

    @Test func `a link to its folder is the folder`() throws {
        let link = place.folder.path + "-link"
        #expect(symlink(place.folder.path, link) == 0)
        defer { unlink(link) }
        _ = try RunState(link + "/state.db", holder: .test).journalSize
        #expect(FileManager.default.fileExists(atPath: place.path))
    }

    @Test func `a file of another kind stays as it is`() throws {
        let text = Array(String(repeating: "patient,time,code\n", count: 100).utf8)
        try place.write(text, to: "state.db")
        expect(.notADatabase, .configuration)
        #expect(try place.bytes() == text)
    }

    @Test func `a database of another program stays as it is`() throws {
        try place.write([], to: "state.db")
        try place.tamper("CREATE TABLE bookmark (url TEXT); PRAGMA user_version = 1")
        let before = try place.bytes()
        expect(.notOurs, .configuration)
        #expect(try place.bytes() == before)
    }

    @Test func `a state of a later toxwatch stays as it is`() throws {
        _ = try place.run().journalSize
        try place.tamper("PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)")
        let before = try place.bytes()
        expect(.newerSchema(found: 99, known: Schema.steps.count), .configuration)
        let reading = stateError { () throws(StateError) in _ = try StateReader(place.path) }
        #expect(reading?.reason == .newerSchema(found: 99, known: Schema.steps.count))
        #expect(try place.bytes() == before)
    }

    @Test func `damage is told, and what is there stays as it is`() throws {
        _ = try place.run().journalSize
        var bytes = try place.bytes()
        for index in 100..<4096 { bytes[index] = 0xA5 }
        try place.write(bytes, to: "state.db")
        let found = error()
        let error = try #require(found)
        #expect(error.message.contains(": the state is damaged: "))
        #expect(error.ending == .inputOutput)
        #expect(try place.bytes() == bytes)
    }

    @Test func `an empty file is a state that was never begun`() throws {
        try place.write([], to: "state.db")
        #expect(stateError { () throws(StateError) in _ = try StateReader(place.path) }?.reason == .missing)
        _ = try place.run().journalSize
        #expect(try StateReader(place.path).episodes() == [])
    }

    @Test func `reading and acting make nothing`() throws {
        #expect(stateError { () throws(StateError) in _ = try StateReader(place.path) }?.reason == .missing)
        #expect(stateError { () throws(StateError) in _ = try StaffDesk(place.path) }?.reason == .missing)
        #expect(try place.rights().isEmpty)
    }

    /// Root may write everywhere, unless that right of root's is taken away.
    @Test(arguments: ["chmod 444 state.db", "chmod 555 .", "chmod 400 state.db.lock"])
    func `what may not be written is told, and stays as it is`(forbidding: String) throws {
        _ = try place.run().journalSize
        let before = try place.bytes()
        let asAnyone = getuid() == 0 ? "setpriv --bounding-set -dac_override,-dac_read_search" : ""
        let shell = Program(path: "/bin/sh", folder: place.folder.path)
        let result = try shell.run("-c", "\(forbidding) && exec \(asAnyone) '\(place.driver().path)' open state.db")
        #expect(chmod(place.folder.path, 0o700) == 0)
        let wanted = StateError("state.db", .readOnly)
        #expect(result.text == wanted.message + "\n")
        #expect(result.status == 74)
        #expect(try place.bytes() == before)
    }
}
