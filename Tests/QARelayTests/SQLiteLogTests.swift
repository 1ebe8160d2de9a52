import Foundation
import GRDB
import QAShared
import QATestKit
import Testing

@testable import QARelay

@Suite struct SQLiteLogTests {
    // MARK: What lies on the disk

    @Test func `entries hold no text of a person, texts lie in a table of their own`() throws {
        let place = LogPlace()
        var day = Day()
        let secret = "Pourquoi Hippolyte se tait-il ?"
        let id = try day.ask(secret)
        try day.send(.edit(id, text: "Pourquoi Zénobie se tait-elle ?"), by: Person.chief)
        try day.send(.ask(text: Sample.text, name: "Cunégonde", talk: nil), by: Person.phone(3))
        try place.fill(day.entries)
        let (bodies, texts) = try place.tamper { database in
            (
                try Data.fetchAll(database, sql: "SELECT body FROM entries"),
                try String.fetchAll(database, sql: "SELECT text FROM texts ORDER BY sequence")
            )
        }
        #expect(bodies.count == day.entries.count)
        for body in bodies {
            let text = String(decoding: body, as: UTF8.self)
            for word in ["Hippolyte", "Zénobie", "Cunégonde", "prix"] { #expect(!text.contains(word)) }
        }
        #expect(Set(texts).isSuperset(of: [secret, "Cunégonde", Sample.text]))
    }

    @Test func `the same text twice has two references`() throws {
        let place = LogPlace()
        var day = Day()
        for number in 0..<2 { _ = try day.ask(by: Person.phone(number)) }
        try place.fill(day.entries)
        let hashes = try place.tamper { try Data.fetchAll($0, sql: "SELECT hash FROM texts") }
        #expect(Set(hashes).count == 2)
    }

    @Test func `a text that is not there is damage, unless it was erased`() throws {
        let place = LogPlace()
        var day = Day()
        _ = try day.ask("Pourquoi Hippolyte se tait-il ?")
        try place.fill(day.entries)
        try place.tamper("DELETE FROM texts WHERE text LIKE '%Hippolyte%'")
        let log = try place.sqlite()
        #expect(logError { () throws(LogError) in _ = try Verification(of: log) }?.code == "log_damaged")
        log.close()
    }

    @Test func `only the owner can read the files`() throws {
        let place = LogPlace()
        let log = try place.sqlite()
        try log.append(Entries.day(20), expecting: 0)
        for name in try FileManager.default.contentsOfDirectory(atPath: place.folder) {
            let facts = try FileManager.default.attributesOfItem(atPath: "\(place.folder)/\(name)")
            #expect((facts[.posixPermissions] as? Int) == 0o600, "\(name)")
        }
        log.close()
    }

    // MARK: Whose log it is

    @Test func `a log of another event is not touched`() throws {
        let place = LogPlace()
        try place.fill(Entries.day(5))
        guard case .foreign(let why) = logError({ () throws(LogError) in _ = try place.sqlite("autre") }) else {
            Issue.record("it was opened")
            return
        }
        #expect(why.contains("journee") && why.contains("autre"))
        let log = try place.sqlite(nil)
        #expect(log.eventID == "journee" && log.head == 5)
        log.close()
    }

    @Test func `an empty folder, or a file of something else, is no event`() throws {
        let place = LogPlace()
        guard case .foreign = logError({ () throws(LogError) in _ = try place.sqlite(nil) }) else {
            Issue.record("an event out of nothing")
            return
        }
        #expect(!FileManager.default.fileExists(atPath: place.path))
        try place.tamper("CREATE TABLE meta (name TEXT, value TEXT)")
        for eventID in [nil, "journee"] {
            guard case .foreign = logError({ () throws(LogError) in _ = try place.sqlite(eventID) }) else {
                Issue.record("somebody else's file was taken for an event")
                return
            }
        }
        try Data(repeating: 0x41, count: 5_000).write(to: URL(filePath: place.path))
        guard case .damaged = logError({ () throws(LogError) in _ = try place.sqlite() }) else {
            Issue.record("letters were taken for an event")
            return
        }
    }

    @Test func `a folder that is not there is said to be so`() {
        let error = logError { () throws(LogError) in
            _ = try SQLiteLog(folder: "/nowhere/at/all", eventID: "journee")
        }
        guard case .failed(let why) = error else {
            Issue.record("\(error.debugDescription)")
            return
        }
        #expect(why.contains("/nowhere/at/all"))
    }

    @Test func `a log is open once`() throws {
        let place = LogPlace()
        let log = try place.sqlite()
        try log.append(Entries.day(3), expecting: 0)
        for eventID in [nil, "journee"] {
            guard case .inUse(let path) = logError({ () throws(LogError) in _ = try place.sqlite(eventID) }) else {
                Issue.record("it was opened twice")
                return
            }
            #expect(path == place.path)
        }
        log.close()
        let again = try place.sqlite()
        #expect(again.head == 3)
        again.close()
    }

    @Test func `each event has its own epoch and key`() throws {
        let places = [LogPlace(), LogPlace()]
        let logs = try places.map { try $0.sqlite() }
        #expect(logs[0].epoch != logs[1].epoch && logs[0].key != logs[1].key)
        #expect(logs.allSatisfy { $0.key.count == 32 })
        logs.forEach { $0.close() }
        let again = try places[0].sqlite()
        #expect(again.key == logs[0].key && again.epoch == logs[0].epoch)
        again.close()
    }

    // MARK: Damage

    /// Something done to the file of 12 entries, and where it is noticed.
    struct Damage: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var statement: String
        var noticed: Int
    }

    static let damages = [
        Damage(
            testDescription: "a byte of a body",
            statement: "UPDATE entries SET body = replace(body, '\"time\":', '\"tine\":') WHERE sequence = 7",
            noticed: 7),
        Damage(
            testDescription: "a body from elsewhere",
            statement: "UPDATE entries SET body = (SELECT body FROM entries WHERE sequence = 8) WHERE sequence = 7",
            noticed: 7),
        Damage(
            testDescription: "a checksum", statement: "UPDATE entries SET checksum = randomblob(32) WHERE sequence = 7",
            noticed: 7),
        Damage(
            testDescription: "a short checksum", statement: "UPDATE entries SET checksum = x'' WHERE sequence = 7",
            noticed: 7),
        Damage(
            testDescription: "the first checksum",
            statement: "UPDATE entries SET checksum = randomblob(32) WHERE sequence = 1", noticed: 1),
        Damage(
            testDescription: "a text", statement: "UPDATE texts SET text = text || '.' WHERE sequence = 7", noticed: 7),
        Damage(
            testDescription: "a salt", statement: "UPDATE texts SET salt = randomblob(16) WHERE sequence = 7",
            noticed: 7),
        Damage(testDescription: "a missing entry", statement: "DELETE FROM entries WHERE sequence = 7", noticed: 7),
        Damage(
            testDescription: "a missing first entry", statement: "DELETE FROM entries WHERE sequence = 1", noticed: 1),
        Damage(
            testDescription: "missing entries in a row",
            statement: "DELETE FROM entries WHERE sequence BETWEEN 4 AND 9", noticed: 4),
    ]

    @Test(arguments: damages)
    func `damage is noticed at the entry that it befell`(damage: Damage) throws {
        let place = LogPlace()
        var day = Day()
        for number in 0..<11 { _ = try day.ask(by: Person.phone(number)) }
        try place.fill(day.entries)
        try place.tamper(damage.statement)
        let log = try place.sqlite()
        defer { log.close() }
        for error in [
            logError { () throws(LogError) in _ = try log.fold() },
            logError { () throws(LogError) in _ = try Verification(of: log) },
        ] {
            guard case .damaged(let sequence, _) = error else {
                Issue.record("nothing was noticed")
                return
            }
            #expect(sequence == damage.noticed)
        }
    }

    @Test func `what follows on a missing entry is not read as if nothing had happened`() throws {
        let place = LogPlace()
        try place.fill(Entries.day(12))
        try place.tamper("DELETE FROM entries WHERE sequence = 7")
        let log = try place.sqlite()
        #expect(try log.read(after: 0, limit: 6).count == 6)
        for sequence in [6, 7] {
            let error = logError { () throws(LogError) in _ = try log.read(after: sequence, limit: 3) }
            guard case .damaged = error else {
                Issue.record("read on after \(sequence)")
                return
            }
        }
        log.close()
    }

    @Test func `a hole as long as a whole reading is noticed, too`() throws {
        let place = LogPlace()
        var day = Day()
        for number in 0..<4_200 { try day.send(number % 2 == 0 ? .pauseIntake : .resumeIntake, by: Person.chief) }
        try place.fill(day.entries)
        try place.tamper("DELETE FROM entries WHERE sequence BETWEEN 2001 AND 4000")
        let log = try place.sqlite()
        let folding = logError { () throws(LogError) in _ = try log.fold() }
        #expect(folding.map { if case .damaged(2_001, _) = $0 { true } else { false } } == true)
        log.close()
    }

    // MARK: Failing writes

    @Test func `a batch of which one entry cannot be written leaves nothing behind`() throws {
        let place = LogPlace()
        let entries = Entries.day(10)
        try place.fill(Array(entries[..<4]))
        try place.tamper(
            "CREATE TRIGGER refuse BEFORE INSERT ON entries WHEN NEW.sequence = 8 BEGIN SELECT RAISE(ABORT, 'no'); END")
        var log = try place.sqlite()
        let error = logError { () throws(LogError) in try log.append(Array(entries[4...]), expecting: 4) }
        guard case .failed = error else {
            Issue.record("it was written")
            return
        }
        #expect(log.head == 4)
        #expect(try log.read(after: 0, limit: 99) == Array(entries[..<4]))
        log.close()
        try place.tamper("DROP TRIGGER refuse")
        log = try place.sqlite()
        try log.append(Array(entries[4...]), expecting: 4)
        #expect(try log.read(after: 0, limit: 99) == entries)
        log.close()
    }

    @Test func `row 10 a log that ends before its head was noted, or holds another entry there, is an older one`()
        throws
    {
        let place = LogPlace()
        try place.fill(Entries.day(40))
        func missing() throws -> Int? {
            let log = try place.sqlite()
            defer { log.close() }
            return try HeadFile.missing(in: log, folder: place.folder)
        }
        #expect(try missing() == nil)
        let log = try place.sqlite()
        HeadFile.keep(log, folder: place.folder)
        log.close()
        #expect(try missing() == nil)
        let before = try #require(FileManager.default.contents(atPath: place.path))
        // It goes on, and only then is the older file put back.
        try place.fill(Array(Entries.day(60).dropFirst(40)))
        #expect(try missing() == nil)
        let later = try place.sqlite()
        HeadFile.keep(later, folder: place.folder)
        later.close()
        try before.write(to: URL(fileURLWithPath: place.path))
        #expect(try missing() == 60)
        // As far as the other had come, but by another way.
        try place.fill(Array(Entries.day(60).dropFirst(40)))
        #expect(try missing() == 60)
        let older = try place.sqlite()
        let epoch = try older.beginAnew()
        older.close()
        #expect(try missing() == nil)
        let anew = try place.sqlite()
        #expect(anew.epoch == epoch)
        anew.close()
    }

    @Test(arguments: ["", "x", "a b c d", "epoch -1 AAAA", "epoch 1", "epoch 1 ?"])
    func `a note of the head that cannot be read says nothing`(text: String) throws {
        let place = LogPlace()
        try place.fill(Entries.day(5))
        #expect(FileSystem.writePrivate(place.folder + "/" + HeadFile.name, text) == nil)
        let log = try place.sqlite()
        #expect(try HeadFile.missing(in: log, folder: place.folder) == nil)
        log.close()
    }
}
