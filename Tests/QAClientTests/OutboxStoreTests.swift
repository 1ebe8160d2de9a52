import Foundation
import Glibc
import QAShared
import Testing

@testable import QAClient

@Suite final class OutboxStoreTests {
    private let place = FileManager.default.temporaryDirectory.appending(path: "qaclient-\(UUID().uuidString)")

    deinit { try? FileManager.default.removeItem(at: place) }

    /// A directory of its own for one test, which is not there yet.
    private func directory() throws -> String { place.path + "/a/b" }

    private func mode(_ path: String) -> UInt32 {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }

    private func saved(_ number: UInt64) -> SavedOutbox {
        var saved = SavedOutbox()
        saved.commands = [(CommandID(high: 1, low: number), .approve(Fixture.id(Int(number))))]
        return saved
    }

    @Test func `what a killed terminal left is there for the next one`() throws {
        let folder = try directory()
        do {
            let first = try #require(OutboxStore.open(directory: folder, hub: "ws://h", token: "t"))
            #expect(first.saved.isEmpty)
            #expect(first.store.save(saved(1)))
        }
        let second = try #require(OutboxStore.open(directory: folder, hub: "ws://h", token: "t"))
        #expect(second.saved.commands.map(\.0) == [CommandID(high: 1, low: 1)])
        let other = try #require(OutboxStore.open(directory: folder, hub: "ws://h", token: "u"))
        #expect(other.saved.isEmpty)
    }

    @Test func `the file is its owner's alone and goes when it is empty`() throws {
        let folder = try directory()
        let opened = try #require(OutboxStore.open(directory: folder, hub: "ws://h", token: "t"))
        #expect(opened.store.save(saved(1)))
        let path = folder + "/outbox-" + OutboxStore.tag("ws://h", "t")
        #expect(mode(path) == 0o600)
        #expect(mode(folder) == 0o700)
        #expect(opened.store.save(SavedOutbox()))
        #expect(access(path, F_OK) != 0)
        #expect(opened.store.save(SavedOutbox()))
    }

    @Test func `two terminals with one token keep apart, and a third takes up both`() throws {
        let folder = try directory()
        do {
            let one = try #require(OutboxStore.open(directory: folder, hub: "ws://h", token: "t"))
            let two = try #require(OutboxStore.open(directory: folder, hub: "ws://h", token: "t"))
            #expect(one.store.save(saved(1)))
            #expect(two.store.save(saved(2)))
        }
        let third = try #require(OutboxStore.open(directory: folder, hub: "ws://h", token: "t"))
        #expect(third.saved.commands.map(\.0.low) == [1, 2])
        // What was taken over lies in the new one's own file by then.
        do {
            let fourth = try #require(
                OutboxStore.open(directory: folder, hub: "ws://h", token: "t"))
            #expect(fourth.saved.isEmpty)
        }
    }

    @Test func `broken lines are passed over`() {
        var bytes = saved(1).bytes
        bytes += Array("{\"type\":\"comm\nnot json\n{}\n".utf8)
        bytes += saved(2).bytes
        #expect(SavedOutbox(bytes).commands.count == 2)
    }

    @Test func `a directory that cannot be made is said`() {
        #expect(OutboxStore.open(directory: "/proc/none", hub: "h", token: "t") == nil)
    }

    @Test func `the state directory follows the environment`() {
        #expect(
            OutboxStore.directory { ["XDG_STATE_HOME": "/s", "HOME": "/h"][$0] } == "/s/qarelay")
        #expect(OutboxStore.directory { ["HOME": "/h"][$0] } == "/h/.local/state/qarelay")
        #expect(OutboxStore.directory { _ in nil } == nil)
    }

    @Test func `a token file must be its owner's alone`() throws {
        let folder = try directory()
        _ = OutboxStore.open(directory: folder, hub: "h", token: "t")
        let path = folder + "/token"
        let file = open(path, O_WRONLY | O_CREAT, 0o600)
        _ = write(file, "abc\nrest", 8)
        close(file)
        #expect(TokenFile.read(path) == .token("abc"))
        chmod(path, 0o640)
        #expect(TokenFile.read(path) == .openToOthers)
        chmod(path, 0o600)
        truncate(path, 0)
        #expect(TokenFile.read(path) == .empty)
        guard case .unreadable = TokenFile.read(path + "x") else {
            Issue.record("it was read")
            return
        }
    }
}
