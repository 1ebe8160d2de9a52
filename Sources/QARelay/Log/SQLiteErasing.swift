// How words are taken out of a store for good: out of its tables at once, and out of the bytes of its files.

import Foundation
import GRDB
import QAShared

extension SQLiteLog {
    /// Takes the texts away that the entries erase; part of the transaction that keeps these.
    static func erase(_ entries: [Entry], _ database: Database) throws {
        for entry in entries {
            for (question, part) in entry.erasures {
                try erase(question, part, upTo: entry.sequence, database)
            }
        }
    }

    private static func erase(
        _ question: QuestionID, _ part: ErasedPart, upTo last: Int, _ database: Database
    ) throws {
        // Every entry that has words of a question names it.
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT sequence, body FROM entries WHERE sequence <= ? AND instr(body, CAST(? AS BLOB)) > 0",
            arguments: [last, question.text])
        for row in rows {
            guard let entry = try? EntryCoding.decode(row.bytes(1)) else { continue }
            for reference in entry.texts(of: question, part) {
                guard let hash = Base64URL.decode(reference) else { continue }
                try database.execute(
                    sql: "UPDATE texts SET salt = x'', text = '' WHERE sequence = ? AND hash = ?",
                    arguments: [row.number(0), Data(hash)])
            }
        }
        try owe(database)
    }

    /// Notes that the files still hold bytes which are to be overwritten.
    static func owe(_ database: Database) throws {
        try database.execute(sql: "INSERT OR REPLACE INTO meta VALUES ('untidy', 'yes')")
    }

    /// Writes the file anew when something was erased since: what SQLite moved about may lie in free parts of its pages,
    /// and what it wrote ahead in the log beside the file.
    static func tidy(_ queue: DatabaseQueue) throws(LogError) {
        do {
            try queue.writeWithoutTransaction { database in
                guard
                    try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM meta WHERE name = 'untidy')") == true
                else { return }
                // Other people's words pass through the copy: not by way of a file elsewhere.
                try database.execute(sql: "PRAGMA temp_store=MEMORY")
                try database.execute(sql: "VACUUM")
                let isBusy = try Int.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
                guard isBusy == 0 else { throw DatabaseError(message: "the log beside the file is in use") }
                try database.execute(sql: "DELETE FROM meta WHERE name = 'untidy'")
            }
        } catch {
            throw logError(error, fileName)
        }
    }

    /// Makes one file of a backup that was changed: nothing of it may lie in a log beside it.
    static func makeOneFile(_ path: String) throws(LogError) {
        do {
            let queue = try DatabaseQueue(path: path)
            try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode=DELETE") }
            try queue.close()
        } catch {
            throw logError(error, path)
        }
        FileSystem.flushFolder(FileSystem.parent(of: path))
    }

    func tidy() throws(LogError) { try Self.tidy(queue) }

    func erasedTexts() throws(LogError) -> Int {
        do {
            return try queue.read { database in
                try Int.fetchOne(database, sql: "SELECT count(*) FROM texts WHERE length(salt) = 0") ?? 0
            }
        } catch {
            throw Self.logError(error, Self.fileName)
        }
    }
}

extension RelayStore {
    /// Takes the texts away that the hub's entries erase, from the copy and from what the room once asked for.
    static func erase(_ entries: [Entry], _ database: Database) throws {
        try SQLiteLog.erase(entries, database)
        let erasures = entries.flatMap(\.erasures)
        guard !erasures.isEmpty else { return }
        for row in try Row.fetchAll(database, sql: "SELECT ordinal, body FROM outbox") {
            guard var item = try? Forwarded(bytes: row.bytes(1)) else { continue }
            var isDone = false
            var isChanged = false
            for (question, part) in erasures {
                guard let command = item.command.erased(question, part, id: item.id) else { continue }
                item.command = command
                isChanged = true
                // Without its words it is not to be sent again, should the hub be put back to an earlier day.
                isDone = isDone || part == .text
            }
            guard isChanged else { continue }
            try database.execute(
                sql: "UPDATE outbox SET body = ?, settled = max(settled, ?) WHERE ordinal = ?",
                arguments: [Data(item.bytes), isDone ? 1 : 0, row.number(0)])
        }
    }
}
