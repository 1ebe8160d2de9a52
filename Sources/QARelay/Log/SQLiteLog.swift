// The only file that sees SQLite. One connection writes, reads and checkpoints (a second one would bring back the
// WAL-reset bug of SQLite before 3.51.3); every commit is flushed before `append` returns.

import Foundation
import GRDB
import Glibc
import QAShared

/// One event's log in one SQLite file.
final class SQLiteLog: EventLog {
    let epoch: Epoch
    /// The key that device credentials and participants are derived from.
    let key: [UInt8]
    let eventID: String
    private(set) var head: Int
    private(set) var checksum: [UInt8]
    let queue: DatabaseQueue
    private var followers: [([Entry]) -> Void] = []

    static let fileName = "event.sqlite"
    private static let format = "1"

    /// Opens the log of an event in a folder, or creates it there.
    ///
    /// `eventID` nil opens what there is and creates nothing.
    convenience init(folder: String, eventID: String?) throws(LogError) {
        let path = folder + "/" + Self.fileName
        let exists = unsafe access(path, F_OK) == 0
        if eventID == nil, !exists {
            throw .foreign("There is no event in \(folder). Name the --data folder of a hub that has run.")
        }
        let isEmpty = !exists || FileSystem.size(path) == 0
        if isEmpty, !FileSystem.list(folder + "/tokens").isEmpty { throw .missing(path) }
        if !exists {
            // Created by ourselves so that nobody else can read it, not even for a moment.
            let descriptor = unsafe Glibc.open(path, O_CREAT | O_EXCL | O_RDWR, 0o600)
            guard descriptor >= 0 else { throw Self.openError(path) }
            Glibc.close(descriptor)
        }
        try self.init(path: path, configuration: Self.configuration(), creating: isEmpty ? eventID : nil)
        if let eventID, self.eventID != eventID {
            throw .foreign(
                "\(folder) belongs to the event “\(self.eventID)”, not “\(eventID)”. Use another --data folder, or that event's file."
            )
        }
        FileSystem.flushFolder(folder)
    }

    /// Opens a backup, to read it or to take something out of it.
    convenience init(backup path: String, isChanged: Bool) throws(LogError) {
        guard unsafe access(path, R_OK) == 0 else { throw .foreign("\(path) cannot be read. Name a backup file.") }
        var reading = Configuration()
        reading.readonly = true
        try self.init(path: path, configuration: isChanged ? Self.configuration() : reading, creating: nil)
    }

    private init(path: String, configuration: Configuration, creating eventID: String?) throws(LogError) {
        let meta: [String: String]
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            meta = try queue.inDatabase { database in
                guard let eventID else { return try Self.meta(database) }
                var meta: [String: String] = [:]
                try database.inTransaction {
                    meta = try Self.prepare(database, eventID: eventID)
                    return .commit
                }
                return meta
            }
        } catch {
            throw Self.logError(error, path)
        }
        guard meta["format"] == Self.format, let epoch = meta["epoch"].flatMap(Epoch.init(text:)),
            let key = meta["key"].flatMap(Base64URL.decode), let found = meta["event"]
        else {
            throw .foreign("\(path) is not an event of this version of qarelay.")
        }
        guard meta["sum"].map({ $0 == Self.sum(of: meta) }) ?? true else {
            throw .damaged(sequence: 0, "what the file says of itself is not what was written")
        }
        self.epoch = epoch
        self.key = key
        self.eventID = found
        do {
            (head, checksum) = try queue.read { database in
                let row = try Row.fetchOne(
                    database, sql: "SELECT sequence, checksum FROM entries ORDER BY sequence DESC LIMIT 1")
                guard let row else { return (0, LogRecord.start) }
                return (row.number(0), row.bytes(1))
            }
        } catch {
            throw Self.logError(error, path)
        }
    }

    func append(_ batch: [Entry], expecting expected: Int) throws(LogError) {
        guard expected == head else { throw .conflict(head: head) }
        var previous = checksum
        var records: [LogRecord] = []
        for entry in batch {
            precondition(entry.sequence == head + records.count + 1, "a batch with a hole")
            let record = LogRecord(entry, after: previous)
            previous = record.checksum
            records.append(record)
        }
        do {
            try queue.write { database in
                try Self.insert(records, database)
                try Self.erase(batch, database)
            }
        } catch {
            throw Self.logError(error, Self.fileName)
        }
        head += batch.count
        checksum = previous
        for deliver in followers { deliver(batch) }
    }

    func read(after sequence: Int, limit: Int) throws(LogError) -> [Entry] {
        let found = try select(after: sequence, limit: limit)
        var previous = found.before
        var expected = sequence
        var entries: [Entry] = []
        entries.reserveCapacity(found.records.count)
        for record in found.records {
            expected += 1
            guard record.sequence == expected else {
                throw .damaged(sequence: expected, "it is missing")
            }
            entries.append(try record.entry(after: previous))
            previous = record.checksum
        }
        return entries
    }

    func records(after sequence: Int, limit: Int) throws(LogError) -> [LogRecord] {
        try select(after: sequence, limit: limit).records
    }

    func checksum(at sequence: Int) throws(LogError) -> [UInt8] {
        try select(after: sequence, limit: 0).before
    }

    private func select(
        after sequence: Int, limit: Int
    ) throws(LogError) -> (before: [UInt8], records: [LogRecord]) {
        do {
            return try queue.read { try Self.select($0, after: sequence, limit: limit) }
        } catch {
            throw Self.logError(error, Self.fileName)
        }
    }

    func follow(after sequence: Int, _ deliver: @escaping ([Entry]) -> Void) throws(LogError) {
        try readAll(after: sequence, deliver)
        followers.append(deliver)
    }

    func examine() throws(LogError) {
        let said: [String]
        do {
            said = try queue.read { try String.fetchAll($0, sql: "PRAGMA integrity_check(3)") }
        } catch {
            throw Self.logError(error, Self.fileName)
        }
        guard said == ["ok"] else { throw .damaged(sequence: 0, said.joined(separator: "; ")) }
    }

    func backUp(to path: String) throws(LogError) {
        try Self.copy(queue, to: path)
        do throws(LogError) {
            try BackupSum.write(path)
        } catch {
            unsafe unlink(path)
            throw error
        }
    }

    /// Makes a folder's log of a backup: the same entries in another incarnation, so that whoever followed the lost
    /// one knows that what it has may be missing here. The chain is checked before anything is kept.
    static func restore(_ backup: String, to folder: String) throws(LogError) -> (epoch: Epoch, head: Int) {
        let path = folder + "/" + fileName
        guard unsafe access(path, F_OK) != 0 else {
            throw .foreign("There is an event in \(folder) already. Restore into an empty folder.")
        }
        guard unsafe access(backup, R_OK) == 0 else { throw .foreign("\(backup) cannot be read. Name a backup file.") }
        _ = try BackupSum.check(backup)
        do {
            var reading = Configuration()
            reading.readonly = true
            try copy(try DatabaseQueue(path: backup, configuration: reading), to: path)
        } catch {
            throw (error as? LogError) ?? logError(error, backup)
        }
        var isKept = false
        defer { if !isKept { for end in ["", "-wal", "-shm"] { unsafe unlink(path + end) } } }
        let log = try SQLiteLog(folder: folder, eventID: nil)
        defer { log.close() }
        _ = try Verification(of: log)
        let epoch = try log.beginAnew()
        isKept = true
        return (epoch, log.head)
    }

    /// Makes another incarnation of the log, which this object, still on the one before, must then be closed for.
    func beginAnew() throws(LogError) -> Epoch {
        var generator = SystemRandomNumberGenerator()
        let epoch = Epoch(using: &generator)
        do {
            try queue.write {
                try $0.execute(sql: "UPDATE meta SET value = ? WHERE name = 'epoch'", arguments: [epoch.text])
                try Self.seal($0)
            }
        } catch {
            throw Self.logError(error, Self.fileName)
        }
        return epoch
    }

    /// By SQLite's own way of copying, so that what is written meanwhile does no harm.
    private static func copy(_ source: DatabaseQueue, to path: String) throws(LogError) {
        let descriptor = unsafe Glibc.open(path, O_CREAT | O_EXCL | O_RDWR, 0o600)
        guard descriptor >= 0 else {
            if errno == EEXIST { throw .foreign("\(path) is there already. Name a new file.") }
            throw openError(path)
        }
        Glibc.close(descriptor)
        do {
            let target = try DatabaseQueue(path: path)
            try source.backup(to: target)
            try target.writeWithoutTransaction { database in
                // A backup is one file: nothing of it may lie in a log beside it.
                try database.execute(sql: "PRAGMA journal_mode=DELETE")
            }
            try target.close()
        } catch {
            unsafe unlink(path)
            throw logError(error, path)
        }
        FileSystem.flushFolder(FileSystem.parent(of: path))
    }

    func close() {
        followers = []
        try? queue.close()
    }

    // MARK: SQL

    static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.label = "event log"
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA locking_mode=EXCLUSIVE")
            let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode=WAL")
            guard mode == "wal" else {
                throw DatabaseError(message: "journal_mode is \(mode ?? "unknown")")
            }
            try database.execute(sql: "PRAGMA synchronous=FULL")
            try database.execute(sql: "PRAGMA secure_delete=ON")
        }
        return configuration
    }

    /// Makes the tables where there are none, and returns what the file says of itself.
    private static func prepare(_ database: Database, eventID: String) throws -> [String: String] {
        if try !database.tableExists("meta") {
            try database.execute(
                sql: """
                    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
                    CREATE TABLE entries (
                        sequence INTEGER PRIMARY KEY, body BLOB NOT NULL, checksum BLOB NOT NULL);
                    CREATE TABLE texts (
                        sequence INTEGER NOT NULL, hash BLOB NOT NULL, salt BLOB NOT NULL,
                        text TEXT NOT NULL, PRIMARY KEY (sequence, hash)) WITHOUT ROWID;
                    """)
            var generator = SystemRandomNumberGenerator()
            let facts = [
                ("format", format), ("event", eventID),
                ("epoch", Epoch(using: &generator).text),
                ("key", Base64URL.encode(Digest.random(32))),
            ]
            for (name, value) in facts {
                try database.execute(
                    sql: "INSERT INTO meta VALUES (?, ?)", arguments: [name, value])
            }
            try seal(database)
        }
        return try meta(database)
    }

    /// Writes down what the file says of itself as one checksum: the chain does not cover it.
    private static func seal(_ database: Database) throws {
        let sum = sum(of: try meta(database))
        try database.execute(sql: "INSERT OR REPLACE INTO meta VALUES ('sum', ?)", arguments: [sum])
    }

    private static func sum(of meta: [String: String]) -> String {
        let facts = ["format", "event", "epoch", "key"].map { meta[$0] ?? "" }
        return Base64URL.encode(Digest.sha256(Array(facts.joined(separator: "\n").utf8)))
    }

    static func meta(_ database: Database) throws -> [String: String] {
        guard try database.tableExists("meta") else { return [:] }
        var meta: [String: String] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT name, value FROM meta") {
            meta[row.words(0)] = row.words(1)
        }
        return meta
    }

    static func insert(_ records: [LogRecord], _ database: Database) throws {
        let entry = try database.cachedStatement(sql: "INSERT INTO entries VALUES (?, ?, ?)")
        let text = try database.cachedStatement(sql: "INSERT INTO texts VALUES (?, ?, ?, ?)")
        for record in records {
            try entry.execute(
                arguments: [record.sequence, Data(record.body), Data(record.checksum)])
            for item in record.texts {
                try text.execute(
                    arguments: [record.sequence, Data(item.hash), Data(item.salt), item.text])
            }
        }
    }

    static func select(
        _ database: Database, after sequence: Int, limit: Int
    ) throws -> (before: [UInt8], records: [LogRecord]) {
        var before = LogRecord.start
        if sequence > 0 {
            let data = try Data.fetchOne(
                database, sql: "SELECT checksum FROM entries WHERE sequence = ?",
                arguments: [sequence])
            before = data.map { Array($0) } ?? []
        }
        var texts: [Int: [LogRecord.Text]] = [:]
        let range: StatementArguments = [sequence, sequence + limit]
        let textRows = try Row.fetchCursor(
            database,
            sql: "SELECT sequence, hash, salt, text FROM texts WHERE sequence > ? AND sequence <= ?",
            arguments: range)
        while let row = try textRows.next() {
            let text = LogRecord.Text(hash: row.bytes(1), salt: row.bytes(2), text: row.words(3))
            texts[row.number(0), default: []].append(text)
        }
        var records: [LogRecord] = []
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT sequence, body, checksum FROM entries
                WHERE sequence > ? AND sequence <= ? ORDER BY sequence
                """, arguments: range)
        while let row = try rows.next() {
            let number = row.number(0)
            records.append(
                LogRecord(
                    sequence: number, body: row.bytes(1), checksum: row.bytes(2), texts: texts[number] ?? []))
        }
        return (before, records)
    }

    // MARK: Errors

    static func logError(_ error: any Error, _ path: String) -> LogError {
        guard let error = error as? DatabaseError else { return .failed("\(error)") }
        switch error.resultCode {
        case .SQLITE_FULL: return .full
        case .SQLITE_BUSY, .SQLITE_LOCKED: return .inUse(path)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            return .damaged(sequence: 0, error.message ?? "SQLite cannot read the file")
        default: return .failed(error.message ?? "SQLite error \(error.resultCode.rawValue)")
        }
    }

    static func openError(_ path: String) -> LogError {
        let reason = unsafe String(cString: strerror(errno))
        return errno == ENOSPC ? .full : .failed("\(path): \(reason)")
    }
}

/// Columns as they are found, which after a bit flipped is not what was written: nothing then, for the checksums to notice.
extension Row {
    func bytes(_ index: Int) -> [UInt8] { Data.fromDatabaseValue(self[index] as DatabaseValue).map { Array($0) } ?? [] }
    func words(_ index: Int) -> String { String.fromDatabaseValue(self[index] as DatabaseValue) ?? "" }
    func number(_ index: Int) -> Int { Int.fromDatabaseValue(self[index] as DatabaseValue) ?? -1 }
}
