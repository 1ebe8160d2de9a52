import Glibc
import QAShared
import QATestKit
import Synchronization
import Testing

@testable import QARelay

/// What a writer reported, in order.
private final class Reports: Sendable {
    private let list = Mutex<[String]>([])

    var all: [String] { list.withLock { $0 } }

    func note(_ what: String) { list.withLock { $0.append(what) } }

    func note(_ report: LogWriter.Report) {
        switch report {
        case .committed(let entries): note("committed \(entries.map(\.sequence))")
        case .failed(let error, let rebuilt):
            note("\(error.code), \(rebuilt.map { "rebuilt at \($0.state.head)" } ?? "not readable")")
        }
    }
}

@Suite struct LogWriterTests {
    private let entries = Entries.day(12)

    @Test func `batches are reported in the order in which they were handed over`() {
        let reports = Reports()
        let writer = LogWriter(
            MemoryLog(epoch: numbered(7)), reopen: { () throws(LogError) in throw .failed("gone") },
            report: { reports.note($0) })
        for index in 0..<6 { writer.append(Array(entries[2 * index..<2 * index + 2]), expecting: 2 * index) }
        writer.inspect { log in reports.note("head \(log?.head ?? -1)") }
        writer.close()
        #expect(
            reports.all == (0..<6).map { "committed [\(2 * $0 + 1), \(2 * $0 + 2)]" } + ["head 12"])
    }

    @Test func `what was handed over before the end is written, and the log is closed`() throws {
        let place = LogPlace()
        let folder = place.folder
        let writer = LogWriter(
            try SQLiteLog(folder: folder, eventID: "journee"),
            reopen: { () throws(LogError) in try SQLiteLog(folder: folder, eventID: "journee") },
            report: { _ in })
        for index in 0..<12 { writer.append([entries[index]], expecting: index) }
        writer.close()
        let log = try place.sqlite()
        #expect(try log.read(after: 0, limit: 99) == entries)
        log.close()
    }

    @Test func `after a failure the log is opened anew, and goes on from what is really there`() throws {
        let place = LogPlace()
        let folder = place.folder
        try place.fill(Array(entries[..<4]))
        // The sixth entry cannot be written the first time.
        try place.tamper("CREATE TABLE broken (sequence INTEGER); INSERT INTO broken VALUES (6)")
        try place.tamper(
            """
            CREATE TRIGGER refuse BEFORE INSERT ON entries WHEN EXISTS (SELECT 1 FROM broken WHERE sequence = NEW.sequence)
            BEGIN SELECT RAISE(ABORT, 'no'); END
            """)
        let reports = Reports()
        let writer = LogWriter(
            try SQLiteLog(folder: folder, eventID: "journee"),
            reopen: { () throws(LogError) in
                reports.note("reopened")
                return try SQLiteLog(folder: folder, eventID: "journee")
            }, report: { reports.note($0) })
        writer.append([entries[4]], expecting: 4)
        writer.append(Array(entries[5..<8]), expecting: 5)
        writer.append([entries[5]], expecting: 4)
        writer.inspect { log in reports.note("head \(log?.head ?? -1)") }
        writer.close()
        #expect(
            reports.all == [
                "committed [5]", "reopened", "log_failed, rebuilt at 5", "reopened",
                "log_conflict, rebuilt at 4", "head 5",
            ])
    }

    @Test func `a log that cannot be opened again is tried again with the next batch`() throws {
        let place = LogPlace()
        let folder = place.folder
        let reports = Reports()
        let isMended = Mutex(false)
        let broken = MemoryLog(epoch: numbered(7))
        broken.nextFault = .full
        let writer = LogWriter(
            broken,
            reopen: { () throws(LogError) in
                guard isMended.withLock({ $0 }) else { throw .failed("gone") }
                return try SQLiteLog(folder: folder, eventID: "journee")
            }, report: { reports.note($0) })
        writer.append([entries[0]], expecting: 0)
        writer.append([entries[0]], expecting: 0)
        writer.inspect { log in
            reports.note(log == nil ? "no log" : "a log")
            isMended.withLock { $0 = true }
        }
        writer.append([entries[0]], expecting: 0)
        writer.close()
        #expect(
            reports.all == [
                "log_full, not readable", "log_failed, not readable", "no log", "committed [1]",
            ])
    }

    /// A file system of a few hundred kilobytes; false where one may not be mounted.
    private func smallDisk(_ place: LogPlace) -> Bool {
        mount("tmpfs", place.folder, "tmpfs", 0, "size=256k,mode=700") == 0
    }

    @Test func `a full disk is told as full, read again, and written to once there is space`() throws {
        let place = LogPlace()
        let folder = place.folder
        guard smallDisk(place) else { return }
        defer { _ = umount2(folder, Int32(MNT_DETACH)) }
        let reports = Reports()
        let writer = LogWriter(
            try SQLiteLog(folder: folder, eventID: "journee"),
            reopen: { () throws(LogError) in try SQLiteLog(folder: folder, eventID: "journee") },
            report: { reports.note($0) })
        let ballast = FileSystem.writePrivate(folder + "/ballast", String(repeating: "x", count: 60_000))
        #expect(ballast == nil)
        writer.append(Array(entries[..<4]), expecting: 0)
        var day = Day()
        for number in 0..<400 { _ = try day.ask(by: Person.phone(number)) }
        var many = Array(day.entries.dropFirst(4))
        many.removeAll { $0.sequence > 400 }
        writer.append(many, expecting: 4)
        writer.inspect { _ in unlink(folder + "/ballast") }
        writer.append([many[0]], expecting: 4)
        writer.close()
        #expect(reports.all == ["committed [1, 2, 3, 4]", "log_full, rebuilt at 4", "committed [5]"])
    }
}
