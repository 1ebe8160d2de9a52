import Foundation
import GRDB
import QAShared
import QATestKit

@testable import QARelay

/// The logs that one suite has to hold for.
enum LogKind: CaseIterable, Sendable {
    case memory, sqlite
}

/// A place where a log lies: a folder of its own that goes when the test is over.
final class LogPlace {
    let folder: String
    private let kind: LogKind
    private lazy var memory = MemoryLog(epoch: numbered(7))

    init(_ kind: LogKind = .sqlite) {
        self.kind = kind
        var template = Array((NSTemporaryDirectory() + "/qarelay-log.XXXXXX").utf8CString)
        guard let made = mkdtemp(&template) else { fatalError("no temporary folder") }
        folder = String(cString: made)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func open() throws(LogError) -> any EventLog {
        switch kind {
        case .memory: memory
        case .sqlite: try sqlite()
        }
    }

    func sqlite(_ eventID: String? = "journee") throws(LogError) -> SQLiteLog {
        try SQLiteLog(folder: folder, eventID: eventID)
    }

    var path: String { "\(folder)/\(SQLiteLog.fileName)" }

    /// Writes entries and closes the log again.
    func fill(_ entries: [Entry]) throws {
        let log = try open()
        try log.append(entries, expecting: log.head)
        log.close()
    }

    /// Opens the closed file as somebody with a tool would.
    func tamper<Value>(_ body: (Database) throws -> Value) throws -> Value {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.write(body)
    }

    func tamper(_ statement: String) throws { try tamper { try $0.execute(sql: statement) } }
}

enum Entries {
    /// Entries of a random day.
    static func day(_ count: Int, seed: UInt64 = 3) -> [Entry] {
        var day = RandomDay(seed: seed)
        day.run(max(0, count - day.entries.count))
        return Array(day.entries.prefix(count))
    }
}

/// What an operation threw, or nil.
func logError(_ body: () throws(LogError) -> Void) -> LogError? {
    do throws(LogError) {
        try body()
        return nil
    } catch {
        return error
    }
}
