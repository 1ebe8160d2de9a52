// The disk of a venue's relay: a copy of the hub's log, record by record, and everything its room asked for.

import Foundation
import GRDB
import Glibc
import QAShared

/// One relay's replica and outbox in one SQLite file. Used by one thread at a time.
///
/// A command stays in the outbox after the hub took it: a hub that was restored from a backup may have lost it, and
/// is then given it again.
final class RelayStore: RelayDisk {
    static let fileName = "relay.sqlite"
    private static let format = "relay-1"

    private(set) var copy = LogCopy()
    private let queue: DatabaseQueue
    private let path: String
    let venue: VenueID

    /// Opens the store of a venue in a folder, or makes it there; without a venue, opens what there is.
    init(folder: String, venue wanted: VenueID?) throws(LogError) {
        path = folder + "/" + Self.fileName
        if unsafe access(path, F_OK) != 0 {
            guard wanted != nil else { throw .foreign("There is no relay's store in \(folder).") }
            let descriptor = unsafe Glibc.open(path, O_CREAT | O_EXCL | O_RDWR, 0o600)
            guard descriptor >= 0 else { throw SQLiteLog.openError(path) }
            Glibc.close(descriptor)
        }
        let meta: [String: String]
        do {
            queue = try DatabaseQueue(path: path, configuration: SQLiteLog.configuration())
            meta = try queue.write { database in
                let meta = try Self.prepare(database, wanted)
                return try Self.adopt(meta, wanted, database)
            }
        } catch {
            throw SQLiteLog.logError(error, path)
        }
        guard meta["format"] == Self.format, let venue = meta["venue"].flatMap({ VenueID($0) }) else {
            throw .foreign("\(path) is not the store of this version's relays. Use another --data folder.")
        }
        guard wanted == nil || wanted == venue else {
            throw .foreign("\(folder) belongs to the venue “\(venue.text)”. Use another --data folder.")
        }
        self.venue = venue
        copy = try readCopy(meta["epoch"].flatMap(Epoch.init(text:)))
        FileSystem.flushFolder(folder)
    }

    func close() { try? queue.close() }

    private func readCopy(_ epoch: Epoch?) throws(LogError) -> LogCopy {
        let found = try perform { database in
            try Row.fetchOne(database, sql: "SELECT sequence, checksum FROM entries ORDER BY sequence DESC LIMIT 1")
                .map { ($0[0] as Int, Array($0[1] as Data)) }
        }
        return LogCopy(epoch: epoch, head: found?.0 ?? 0, checksum: found?.1 ?? LogRecord.start)
    }

    private func perform<Value>(_ body: (Database) throws -> Value) throws(LogError) -> Value {
        do {
            return try queue.write(body)
        } catch let error as LogError {
            throw error
        } catch {
            throw SQLiteLog.logError(error, path)
        }
    }

    private static func prepare(_ database: Database, _ venue: VenueID?) throws -> [String: String] {
        if try !database.tableExists("meta"), let venue {
            try database.execute(
                sql: """
                    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
                    CREATE TABLE entries (
                        sequence INTEGER PRIMARY KEY, body BLOB NOT NULL, checksum BLOB NOT NULL);
                    CREATE TABLE texts (
                        sequence INTEGER NOT NULL, hash BLOB NOT NULL, salt BLOB NOT NULL,
                        text TEXT NOT NULL, PRIMARY KEY (sequence, hash)) WITHOUT ROWID;
                    CREATE TABLE outbox (
                        ordinal INTEGER PRIMARY KEY, body BLOB NOT NULL, sequence INTEGER,
                        code TEXT, settled INTEGER NOT NULL DEFAULT 0);
                    """)
            for (name, value) in [("format", format), ("venue", venue.text)] {
                try database.execute(sql: "INSERT INTO meta VALUES (?, ?)", arguments: [name, value])
            }
        }
        return try SQLiteLog.meta(database)
    }

    /// Whoever named the wrong venue first need not look for another folder: what holds nothing yet is anybody's.
    private static func adopt(
        _ meta: [String: String], _ wanted: VenueID?, _ database: Database
    ) throws -> [String: String] {
        guard meta["format"] == format, meta["epoch"] == nil, let wanted, meta["venue"] != wanted.text,
            try Int.fetchOne(database, sql: "SELECT (SELECT count(*) FROM entries) + (SELECT count(*) FROM outbox)")
                == 0
        else { return meta }
        try database.execute(sql: "UPDATE meta SET value = ? WHERE name = 'venue'", arguments: [wanted.text])
        return try SQLiteLog.meta(database)
    }

    // MARK: The start

    /// Reads everything: the copy folded, what the hub has not answered, and what it refused.
    func contents() throws(LogError) -> RelayContents {
        var contents = RelayContents()
        var wholes = try readOutbox(&contents)
        var previous = LogRecord.start
        while contents.state.head < copy.head {
            let after = contents.state.head
            let records = try perform { try SQLiteLog.select($0, after: after, limit: 2_000).records }
            guard !records.isEmpty else { throw .damaged(sequence: after + 1, "it is missing") }
            for record in records {
                guard record.sequence == contents.state.head + 1 else {
                    throw .damaged(sequence: contents.state.head + 1, "it is missing")
                }
                let entry = try record.entry(after: previous)
                if let id = entry.commandID, let whole = wholes.removeValue(forKey: id) {
                    try keepPart(of: whole, &contents)
                }
                contents.state.apply(entry)
                previous = record.checksum
            }
        }
        let meta = try perform { database in
            try Row.fetchAll(database, sql: "SELECT name, value FROM meta").map { ($0.words(0), $0.words(1)) }
        }
        let facts = Dictionary(meta, uniquingKeysWith: { $1 })
        contents.hubURL = facts["hub"]
        contents.line.cutSince = facts["cut"].flatMap { Int($0) }.map { Timestamp(milliseconds: $0) }
        contents.line.skew = facts["skew"].flatMap { Int($0) } ?? 0
        if let issuer = facts["issuer"], let device = facts["device"].flatMap(Base64URL.decode),
            let participant = facts["participant"].flatMap(Base64URL.decode)
        {
            contents.keys = RelayKeys(issuer: issuer, device: device, participant: participant)
        }
        return contents
    }

    /// Reads the room's commands; gives those for many questions of which no part is known to have been passed over.
    private func readOutbox(_ contents: inout RelayContents) throws(LogError) -> [CommandID: Forwarded] {
        var wholes: [CommandID: Forwarded] = [:]
        let rows = try perform { database in
            try Row.fetchAll(
                database, sql: "SELECT ordinal, body, sequence, code, settled FROM outbox ORDER BY ordinal")
        }
        for row in rows {
            let forwarded = try Self.forwarded(row)
            contents.nextOrdinal = forwarded.ordinal + 1
            if forwarded.command.kind != .vote { contents.commandIDs[forwarded.ordinal] = forwarded.id }
            if case .bulk = forwarded.command { wholes[forwarded.id] = forwarded }
            // What a moderator let go is done with, also when the disk missed why it was refused.
            if row.number(4) == 1 { continue }
            if let code = String.fromDatabaseValue(row[3]) {
                let rejection = Rejection(Rejection.Code(rawValue: code) ?? .notAllowed)
                contents.refusals.append((forwarded, rejection))
            } else if Int.fromDatabaseValue(row[2]).map({ $0 > copy.head }) ?? true {
                contents.outbox.append(forwarded)
            }
        }
        let known = Set(contents.commandIDs.values)
        return wholes.filter { !known.contains($0.key.next) }
    }

    /// A relay that was killed between an entry and what it passed over tells it now.
    private func keepPart(of whole: Forwarded, _ contents: inout RelayContents) throws(LogError) {
        guard let part = whole.part(passedOver: contents.state, at: contents.nextOrdinal) else { return }
        try keepRefused(part, Forwarded.passedOver)
        contents.nextOrdinal += 1
        contents.commandIDs[part.ordinal] = part.id
        contents.refusals.append((part, Forwarded.passedOver))
    }

    private static func forwarded(_ row: Row) throws(LogError) -> Forwarded {
        do {
            return try Forwarded(bytes: row.bytes(1))
        } catch {
            throw .outboxDamaged(ordinal: row.number(0))
        }
    }

    // MARK: The room's commands

    /// Keeps commands; they are on the disk when this returns.
    func store(_ items: [Forwarded]) throws(LogError) {
        try perform { database in
            let statement = try database.cachedStatement(sql: "INSERT INTO outbox (ordinal, body) VALUES (?, ?)")
            for item in items { try statement.execute(arguments: [item.ordinal, Data(item.bytes)]) }
        }
    }

    /// Keeps what the hub answered.
    func settle(_ results: [ForwardResult]) throws(LogError) {
        try perform { database in
            for result in results {
                switch result.outcome {
                case .success(let sequence):
                    try database.execute(
                        sql: "UPDATE outbox SET sequence = ?, code = NULL WHERE ordinal = ?",
                        arguments: [sequence, result.ordinal])
                case .failure(let rejection):
                    try database.execute(
                        sql: "UPDATE outbox SET code = ? WHERE ordinal = ?",
                        arguments: [rejection.code.rawValue, result.ordinal])
                }
            }
        }
    }

    /// Refused commands are sent once more, after a restart too; not those that a moderator has dealt with.
    func reopen(_ ordinals: [Int]) throws(LogError) {
        try perform { database in
            let statement = try database.cachedStatement(
                sql: "UPDATE outbox SET code = NULL WHERE ordinal = ? AND settled = 0")
            for ordinal in ordinals { try statement.execute(arguments: [ordinal]) }
        }
    }

    /// A refused command was dealt with.
    func forget(_ ordinal: Int) throws(LogError) {
        try perform { database in
            try database.execute(sql: "UPDATE outbox SET settled = 1 WHERE ordinal = ?", arguments: [ordinal])
        }
    }

    /// Keeps the part of a command that the hub took in without it; once, however often it is asked to.
    func keepRefused(_ part: Forwarded, _ rejection: Rejection) throws(LogError) {
        try perform { database in
            try database.execute(
                sql: "INSERT OR IGNORE INTO outbox (ordinal, body, code) VALUES (?, ?, ?)",
                arguments: [part.ordinal, Data(part.bytes), rejection.code.rawValue])
        }
    }

    /// Keeps how the line stands, for the next start.
    func keep(_ line: LineMemory) throws(LogError) {
        try perform { database in
            try database.execute(sql: "DELETE FROM meta WHERE name = 'cut'")
            var facts = [("skew", String(line.skew))]
            if let since = line.cutSince { facts.append(("cut", String(since.milliseconds))) }
            for (name, value) in facts {
                try database.execute(sql: "INSERT OR REPLACE INTO meta VALUES (?, ?)", arguments: [name, value])
            }
        }
    }

    // MARK: The copy

    /// The hub greeted this relay. Gives what is to be sent again when its log is another one than the copy's: all
    /// that it ever accepted and all that it has not answered.
    func begin(_ epoch: Epoch, resumed: Bool, keys: RelayKeys?, hubURL: String?) throws(LogError) -> [Forwarded]? {
        let isNew = copy.isOther(epoch, resumed: resumed)
        let head = copy.head
        let rows: [Row] = try perform { database in
            var facts = [("epoch", epoch.text)]
            if let hubURL { facts.append(("hub", hubURL)) }
            if let keys {
                facts += [
                    ("issuer", keys.issuer), ("device", Base64URL.encode(keys.device)),
                    ("participant", Base64URL.encode(keys.participant)),
                ]
            }
            for (name, value) in facts {
                try database.execute(sql: "INSERT OR REPLACE INTO meta VALUES (?, ?)", arguments: [name, value])
            }
            guard isNew else {
                // What the copy does not show yet is answered anew: the hub may have been put back to an earlier day.
                try database.execute(sql: "UPDATE outbox SET sequence = NULL WHERE sequence > ?", arguments: [head])
                return []
            }
            try database.execute(sql: "DELETE FROM entries; DELETE FROM texts; UPDATE outbox SET sequence = NULL")
            return try Row.fetchAll(
                database, sql: "SELECT ordinal, body FROM outbox WHERE code IS NULL AND settled = 0 ORDER BY ordinal")
        }
        guard isNew else { return nil }
        copy = LogCopy(epoch: epoch)
        var items: [Forwarded] = []
        for row in rows { items.append(try Self.forwarded(row)) }
        return items
    }

    /// Throws the copy away, which is damaged: the hub has it all. What the room asked for stays, and is sent again.
    func throwCopyAway() throws(LogError) {
        try perform { database in
            try database.execute(
                sql: """
                    DELETE FROM entries; DELETE FROM texts; UPDATE outbox SET sequence = NULL;
                    DELETE FROM meta WHERE name = 'epoch'
                    """)
        }
        copy = LogCopy()
    }

    /// Forgets the copy: it is not what the hub has. The next hello asks for all of it.
    func dropCopy() throws(LogError) {
        try perform { try $0.execute(sql: "DELETE FROM meta WHERE name = 'epoch'") }
        copy.epoch = nil
    }

    /// Takes the hub's next records in, each checked against the chain; nil when they do not follow on the copy.
    func append(_ records: [LogRecord], after sequence: Int, before: [UInt8]) throws(LogError) -> [Entry]? {
        guard let new = try copy.following(records, after: sequence, before: before) else { return nil }
        guard !new.records.isEmpty else { return [] }
        try perform { database in
            try SQLiteLog.insert(new.records, database)
            try Self.erase(new.entries, database)
        }
        copy.advance(over: new.records)
        // Not overwritten yet is no reason to refuse what is durable: the next start tries again.
        if new.entries.contains(where: { !$0.erasures.isEmpty }) { try? SQLiteLog.tidy(queue) }
        return new.entries
    }
}
