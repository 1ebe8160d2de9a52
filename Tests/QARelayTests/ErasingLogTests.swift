// Erased words in every log, in a relay's store, at the desk: gone from tables and from bytes.

import Foundation
import QAShared
import QATestKit
import Testing

@testable import QARelay

@Suite struct ErasingLogTests {
    /// Words that stand nowhere else.
    static let secret = "Pourquoi Hippolyte Zénobie ne paie-t-il pas ?"

    /// A day that erases what the first question says, and goes on.
    private func scene() throws -> (day: Day, question: QuestionID) {
        var day = Day()
        let question = try day.ask(Self.secret)
        for number in 0..<40 {
            _ = try day.ask("Question numéro \(number) sur le prix des certificats ?", by: Person.phone(number))
        }
        try day.send(.edit(question, text: "Pourquoi Zénobie ne paie-t-il rien ?"), by: Person.chief)
        try day.send(.note(question, text: "Zénobie, encore"), by: Person.chief)
        try day.send(.say(text: "Zénobie, toujours", about: question), by: Person.chief)
        return (day, question)
    }

    /// Every byte that lies in a folder.
    private func bytes(in folder: String) throws -> Data {
        try FileManager.default.contentsOfDirectory(atPath: folder).reduce(into: Data()) { all, name in
            all += try Data(contentsOf: URL(filePath: folder + "/" + name))
        }
    }

    private func holds(_ word: String, _ folder: String) throws -> Bool {
        try bytes(in: folder).range(of: Data(word.utf8)) != nil
    }

    @Test(arguments: LogKind.allCases)
    func `an entry that erases takes the words out of the log before it, and the chain stays whole`(
        kind: LogKind
    ) throws {
        var (day, question) = try scene()
        let place = LogPlace(kind)
        let log = try place.open()
        try log.append(day.entries, expecting: 0)
        let chain = try log.checksum(at: log.head)
        try day.send(.erase(question, .text), by: Person.organiser)
        try log.keep([day.entries[log.head]], expecting: log.head)
        #expect(try log.checksum(at: log.head - 1) == chain)
        let verification = try Verification(of: log)
        #expect(verification.erased == 5 && verification.head == day.state.head)
        #expect(verification.lines.contains("erased     5"))
        #expect(try log.fold().state == day.state)
        for record in try log.records(after: 0, limit: 999) {
            #expect(!record.texts.contains { $0.text.contains("Zénobie") })
        }
        log.close()
    }

    @Test func `row 40 - no byte of erased words is left in the file, beside it, or in its free pages`() throws {
        var (day, question) = try scene()
        let place = LogPlace()
        var log = try place.sqlite()
        // One entry at a time, so that pages are split while the words lie on them.
        for entry in day.entries { try log.append([entry], expecting: log.head) }
        #expect(try holds("Zénobie", place.folder))
        try day.send(.erase(question, .text), by: Person.organiser)
        try log.keep([day.entries[log.head]], expecting: log.head)
        #expect(try !holds("Zénobie", place.folder))
        #expect(FileSystem.size(place.path + "-wal") < 20_000)
        log.close()
        log = try place.sqlite()
        #expect(try log.fold().state == day.state)
        #expect(try !holds("Zénobie", place.folder))
        log.close()
    }

    @Test func `what could not be overwritten is overwritten at the next start`() throws {
        var (day, question) = try scene()
        let place = LogPlace()
        var log = try place.sqlite()
        try log.append(day.entries, expecting: 0)
        try day.send(.erase(question, .text), by: Person.organiser)
        // Appended, but the process was gone before it tidied up.
        try log.append([day.entries[log.head]], expecting: log.head)
        log.close()
        log = try place.sqlite()
        try log.tidy()
        #expect(try !holds("Zénobie", place.folder))
        log.close()
    }

    @Test func `a name is erased by itself`() throws {
        var day = Day()
        try day.send(.ask(text: Sample.text, name: "Cunégonde", talk: nil), by: Person.phone(1), id: numbered(40))
        try day.send(.erase(numbered(40), .name), by: Person.organiser)
        let place = LogPlace()
        let log = try place.sqlite()
        try log.keep(day.entries, expecting: 0)
        #expect(try !holds("Cunégonde", place.folder))
        #expect(try log.fold().state == day.state)
        #expect(try log.erasedTexts() == 1)
        log.close()
    }

    // MARK: Relays

    @Test func `a relay's copy is told as the hub has it, before and after`() throws {
        var (day, question) = try scene()
        let log = MemoryLog(epoch: numbered(3))
        try log.append(day.entries, expecting: 0)
        let early = log.records(after: 0, limit: 999)
        try day.send(.erase(question, .text), by: Person.organiser)
        try log.append([day.entries[log.head]], expecting: log.head)
        let late = log.records(after: 0, limit: 999)
        for (records, rest) in [(early, [late[late.count - 1]]), (late, [])] {
            let place = LogPlace()
            var store = try RelayStore(folder: place.folder, venue: Sample.cherbourg)
            _ = try store.begin(log.epoch, resumed: false, keys: nil, hubURL: nil)
            for piece in [records, rest] where !piece.isEmpty {
                let frame = RecordsCoding.encode(piece, after: store.copy.head, before: store.copy.checksum)
                let contents = try RecordsCoding.decode(frame.bytes)
                #expect(contents.records == piece)
                _ = try store.append(contents.records, after: contents.after, before: contents.before)
            }
            #expect(try !holds("Zénobie", place.folder))
            store.close()
            store = try RelayStore(folder: place.folder, venue: Sample.cherbourg)
            #expect(try store.contents().state == day.state)
            store.close()
        }
    }

    @Test func `what a room asked for loses the words too, and is not sent again without them`() throws {
        var (day, question) = try scene()
        let actor = Person.phone(1, Sample.cherbourg)
        let items = [
            Forwarded(
                ordinal: 1, id: question.of(), actor: actor, time: Sample.morning,
                command: .ask(text: Self.secret, name: nil, talk: nil)),
            Forwarded(
                ordinal: 2, id: numbered(9), actor: actor, time: Sample.morning,
                command: .ask(text: Sample.text, name: nil, talk: nil)),
        ]
        try day.send(.erase(question, .text), by: Person.organiser)
        let log = MemoryLog(epoch: numbered(3))
        try log.append(day.entries, expecting: 0)
        let place = LogPlace()
        var store = try RelayStore(folder: place.folder, venue: Sample.cherbourg)
        try store.store(items)
        _ = try store.begin(log.epoch, resumed: false, keys: nil, hubURL: nil)
        _ = try store.append(log.records(after: 0, limit: 999), after: 0, before: LogRecord.start)
        #expect(try !holds("Zénobie", place.folder))
        store.close()
        store = try RelayStore(folder: place.folder, venue: Sample.cherbourg)
        #expect(try store.contents().nextOrdinal == 3)
        // The hub was put back to an earlier day: the other question is sent again, this one is not.
        let again = try store.begin(numbered(4), resumed: false, keys: nil, hubURL: nil)
        #expect(again?.map(\.ordinal) == [2])
        store.close()
    }

    // MARK: Backups

    @Test func `a backup made before keeps the words until they are erased from it as well`() throws {
        let (day, question) = try scene()
        let place = LogPlace()
        let backup = place.folder + "/backup.sqlite"
        try place.fill(day.entries)
        var log = try place.sqlite()
        try log.backUp(to: backup)
        log.close()
        let request = ControlRequest.erase(question: "1", .text)
        #expect(OfflineDesk.ask(request, folder: place.folder).isGood)
        #expect(try holds("Zénobie", place.folder))
        #expect(OfflineDesk.ask(request, backup: backup, isChanged: true).isGood)
        #expect(try !holds("Zénobie", place.folder))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: place.folder).sorted() == [
                "backup.sqlite", "backup.sqlite.sha256", "event.sqlite",
            ])
        #expect(OfflineDesk.ask(.verify, backup: backup).lines.contains("erased     5"))
        let other = LogPlace()
        #expect(try SQLiteLog.restore(backup, to: other.folder).head == day.state.head + 1)
        log = try other.sqlite()
        #expect(try log.fold().state.question(question)?.isTextErased == true)
        log.close()
    }

    // MARK: The desk

    private func ask(_ request: ControlRequest, _ world: TestHub) -> ControlAnswer? {
        var answer: ControlAnswer?
        let desk = ControlDesk(hub: world.hub) { work, done in
            do throws(LogError) {
                done(.success(try work(world.log)))
            } catch {
                done(.failure(error))
            }
        }
        desk.handle(request, world.now) { answer = $0 }
        world.perform()
        return answer
    }

    @Test func `a question is named by its number or its id, and what else says the same is told`() throws {
        var ids: [QuestionID] = []
        let world = TestHub { day in
            ids.append(try day.ask(Self.secret))
            ids.append(try day.ask("Je répète : pourquoi Hippolyte Zénobie ne paie-t-il pas ?", by: Person.phone(2)))
            try day.send(.say(text: "“\(Self.secret)”, vraiment", about: nil), by: Person.chief)
        }
        let phone = world.join(.moderator, "chief")
        for name in ["0", "3", "-1", "x", "\u{1B}[2J", ""] {
            let answer = try #require(ask(.erase(question: name, .text), world))
            #expect(
                !answer.isGood && answer.lines[0].hasPrefix("unknown_question") && !answer.lines[0].contains("\u{1B}"))
        }
        let first = try #require(ask(.erase(question: "1", .text), world))
        #expect(first.isGood && first.lines.contains { $0.contains("keep them: 2.") })
        #expect(first.lines.contains { $0.contains("message of the moderators") })
        #expect(!first.lines.joined().contains("Zénobie"))
        #expect(ask(.erase(question: ids[1].text, .text), world)?.isGood == true)
        #expect(ask(.erase(question: ids[1].text, .name), world)?.lines[0].contains("without a name") == true)
        world.pass(1_000)
        let card = try #require(phone.view.cards[ids[0]])
        #expect(card.erased && card.text == "")
        #expect(world.hub.state.questions.allSatisfy { $0.isTextErased })
    }

    @Test func `whoever asked it is told, and nobody is shown the words any more`() throws {
        let world = TestHub()
        let phone = world.join(.audience)
        let moderator = world.join(.moderator, "chief")
        let id: CommandID = numbered(70)
        phone.order(.ask(text: Self.secret, name: nil, talk: nil), id: id)
        world.pass(1_000)
        #expect(moderator.view.cards[id.of()]?.text == Self.secret)
        world.join(.organiser, "organiser").order(.erase(id.of(), .text))
        world.pass(1_000)
        #expect(moderator.view.cards[id.of()]?.erased == true)
        let own = try #require(phone.mines.flatMap(\.questions).last { $0.id == id.of() })
        #expect(own.erased && own.text == "")
        let late = world.join(.moderator, "granville")
        world.pass(1_000)
        #expect(late.view.cards[id.of()]?.text == "")
    }
}
