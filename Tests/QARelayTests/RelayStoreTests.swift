import Foundation
import GRDB
import QAShared
import QATestKit
import Testing

@testable import QARelay

@Suite struct RelayStoreTests {
    private let place = LogPlace()
    private let epoch: Epoch = numbered(3)

    private func store() throws(LogError) -> RelayStore {
        try RelayStore(folder: place.folder, venue: Sample.cherbourg)
    }

    private func item(_ ordinal: Int, _ command: Command = .pauseIntake) -> Forwarded {
        let id: CommandID = command.kind == .vote ? CommandID(high: 0, low: 0) : numbered(ordinal)
        return Forwarded(
            ordinal: ordinal, id: id, actor: Person.moderator(Sample.cherbourg), time: Sample.morning, command: command)
    }

    private func records(_ count: Int, seed: UInt64 = 3) throws -> [LogRecord] {
        let log = MemoryLog(epoch: epoch)
        try log.append(Entries.day(count, seed: seed), expecting: 0)
        return log.records(after: 0, limit: count)
    }

    private func accepted(_ ordinal: Int, _ sequence: Int) -> ForwardResult {
        ForwardResult(ordinal: ordinal, outcome: .success(sequence))
    }

    private func refused(_ ordinal: Int) -> ForwardResult {
        ForwardResult(ordinal: ordinal, outcome: .failure(Rejection(.wrongStatus)))
    }

    // MARK: What is there after a restart

    @Test func `what the room asked for is there again, in order, and the count goes on`() throws {
        var store = try store()
        let items = [item(1), item(2, .ask(text: Sample.text, name: "Anne", talk: nil)), item(4)]
        try store.store(items)
        store.close()
        store = try self.store()
        let contents = try store.contents()
        #expect(contents.outbox == items)
        #expect(contents.nextOrdinal == 5)
        #expect(contents.commandIDs == [1: numbered(1), 2: numbered(2), 4: numbered(4)])
        #expect(store.copy == LogCopy())
        store.close()
    }

    @Test func `what is sent once more is not refused after a restart, and what was let go stays so`() throws {
        var store = try store()
        try store.store([item(1), item(2)])
        try store.settle([refused(1), refused(2)])
        try store.forget(2)
        try store.reopen([1, 2])
        store.close()
        store = try self.store()
        #expect(try store.contents().outbox == [item(1)] && store.contents().refusals.isEmpty)
        try store.settle([refused(1)])
        try store.settle([accepted(1, 12)])
        #expect(try store.contents().refusals.isEmpty)
        store.close()
    }

    @Test func `the copy is folded, and what it holds is not sent again`() throws {
        var store = try store()
        let records = try records(12)
        _ = try store.begin(epoch, resumed: false, keys: nil, hubURL: "https://hub.example")
        try store.store([item(1), item(2), item(3), item(4)])
        #expect(try store.append(records, after: 0, before: LogRecord.start)?.count == 12)
        try store.settle([accepted(1, 12), accepted(2, 13), refused(3)])
        store.close()
        store = try self.store()
        let contents = try store.contents()
        #expect(contents.state.canonicalBytes == MemoryLog.state(of: records).canonicalBytes)
        #expect(contents.outbox.map(\.ordinal) == [2, 4])
        #expect(contents.refusals.map(\.0.ordinal) == [3] && contents.refusals.map(\.1.code) == [.wrongStatus])
        #expect(contents.hubURL == "https://hub.example")
        #expect(store.copy == LogCopy(epoch: epoch, head: 12, checksum: records[11].checksum))
        store.close()
    }

    @Test func `what a moderator dealt with is neither shown nor sent again`() throws {
        var store = try store()
        try store.store([item(1), item(2)])
        try store.settle([refused(1)])
        try store.forget(1)
        // The disk missed why this one was refused.
        try store.forget(2)
        store.close()
        store = try self.store()
        let contents = try store.contents()
        #expect(contents.refusals.isEmpty && contents.outbox.isEmpty && contents.nextOrdinal == 3)
        #expect(try store.begin(epoch, resumed: false, keys: nil, hubURL: nil) == [])
        store.close()
    }

    @Test func `keys are kept from the first greeting on`() throws {
        var store = try store()
        let keys = RelayKeys(issuer: "k3J9x_aQ", device: [1, 2], participant: [3])
        _ = try store.begin(epoch, resumed: false, keys: keys, hubURL: nil)
        store.close()
        store = try self.store()
        #expect(try store.contents().keys == keys)
        store.close()
    }

    @Test func `the store of another venue is not touched`() throws {
        let store = try store()
        try store.store([item(1)])
        store.close()
        guard
            case .foreign = logError({ () throws(LogError) in
                _ = try RelayStore(folder: place.folder, venue: Sample.agneaux)
            })
        else {
            Issue.record("it was opened")
            return
        }
    }

    @Test func `a store that holds nothing yet is anybody's`() throws {
        try store().close()
        let other = try RelayStore(folder: place.folder, venue: Sample.agneaux)
        #expect(other.venue == Sample.agneaux)
        other.close()
        let again = try RelayStore(folder: place.folder, venue: Sample.agneaux)
        #expect(again.venue == Sample.agneaux)
        again.close()
    }

    @Test func `how the line stood is there again`() throws {
        var store = try store()
        try store.keep(LineMemory(cutSince: Sample.morning, skew: -1_200))
        store.close()
        store = try self.store()
        #expect(try store.contents().line == LineMemory(cutSince: Sample.morning, skew: -1_200))
        try store.keep(LineMemory(cutSince: nil, skew: 3))
        #expect(try store.contents().line == LineMemory(cutSince: nil, skew: 3))
        store.close()
    }

    @Test func `the refused part of a command is kept once, and is dealt with like any other`() throws {
        let store = try store()
        try store.keepRefused(item(5), Rejection(.wrongStatus))
        try store.keepRefused(item(5), Rejection(.wrongStatus))
        #expect(try store.contents().refusals.map(\.0.ordinal) == [5])
        #expect(try store.begin(epoch, resumed: false, keys: nil, hubURL: nil) == [])
        try store.forget(5)
        try store.keepRefused(item(5), Rejection(.wrongStatus))
        #expect(try store.contents().refusals.isEmpty)
        store.close()
    }

    @Test func `what was passed over of many at once is told also when the relay was killed before it kept that`()
        throws
    {
        var day = Day()
        let questions = try (1...2).map { try day.ask(by: Person.phone($0, Sample.cherbourg)) }
        var whole = item(1, .bulk(questions, .approve))
        whole.actor = Person.moderator(Sample.cherbourg)
        try day.send(.dismiss(questions[1], .offTopic), by: Person.chief)
        try day.send(whole.command, by: whole.actor, id: whole.id)
        let log = MemoryLog(epoch: epoch)
        try log.append(day.entries, expecting: 0)
        var store = try store()
        _ = try store.begin(epoch, resumed: false, keys: nil, hubURL: nil)
        try store.store([whole])
        _ = try store.append(log.records(after: 0, limit: 500), after: 0, before: LogRecord.start)
        try store.settle([accepted(1, day.state.head)])
        store.close()
        for _ in 1...2 {
            store = try self.store()
            let contents = try store.contents()
            #expect(contents.refusals.map(\.0.command) == [.bulk([questions[1]], .approve)])
            #expect(contents.refusals.map(\.0.ordinal) == [2] && contents.nextOrdinal == 3)
            store.close()
        }
        store = try self.store()
        try store.forget(2)
        #expect(try store.contents().refusals.isEmpty, "once it was dealt with it is not told again")
        store.close()
    }

    @Test func `row 41 a damaged copy is thrown away, and what the room asked for is kept and sent again`() throws {
        var store = try store()
        let records = try records(12)
        _ = try store.begin(epoch, resumed: false, keys: nil, hubURL: nil)
        try store.store([item(1), item(2)])
        _ = try store.append(records, after: 0, before: LogRecord.start)
        try store.settle([accepted(1, 12)])
        store.close()
        try damage("UPDATE entries SET body = CAST(body || ' ' AS BLOB) WHERE sequence = 7")
        store = try self.store()
        guard case .damaged(7, _) = logError({ () throws(LogError) in _ = try store.contents() }) else {
            Issue.record("it went unnoticed")
            return
        }
        try store.throwCopyAway()
        let contents = try store.contents()
        #expect(contents.state == State() && contents.outbox == [item(1), item(2)])
        #expect(store.copy.position == nil)
        #expect(try store.begin(epoch, resumed: false, keys: nil, hubURL: nil) == [item(1), item(2)])
        store.close()
    }

    @Test func `row 41 a damaged command of the room is named`() throws {
        var store = try store()
        try store.store([item(1), item(2)])
        store.close()
        try damage("UPDATE outbox SET body = CAST('{' AS BLOB) WHERE ordinal = 2")
        store = try self.store()
        let error = logError { () throws(LogError) in _ = try store.contents() }
        #expect(error == .outboxDamaged(ordinal: 2) && error?.sentence.contains("Command 2 ") == true)
        store.close()
    }

    private func damage(_ sql: String) throws {
        let queue = try DatabaseQueue(path: place.folder + "/" + RelayStore.fileName)
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }

    // MARK: Another log

    @Test func `a greeting of another log gives all that was not refused, and begins the copy anew`() throws {
        let store = try store()
        let records = try records(5)
        #expect(try store.begin(epoch, resumed: false, keys: nil, hubURL: nil) == [])
        try store.store([item(1), item(2), item(3)])
        _ = try store.append(records, after: 0, before: LogRecord.start)
        try store.settle([accepted(1, 4), refused(2)])
        #expect(try store.begin(epoch, resumed: true, keys: nil, hubURL: nil) == nil)
        #expect(store.copy.head == 5)
        let resending = try store.begin(numbered(4), resumed: false, keys: nil, hubURL: nil)
        #expect(resending?.map(\.ordinal) == [1, 3])
        #expect(store.copy == LogCopy(epoch: numbered(4)))
        #expect(try store.contents().outbox.map(\.ordinal) == [1, 3])
        store.close()
    }

    @Test func `what was answered and is not in the copy yet is asked for again on the next line`() throws {
        let store = try store()
        _ = try store.begin(epoch, resumed: false, keys: nil, hubURL: nil)
        try store.store([item(1), item(2)])
        _ = try store.append(try records(5), after: 0, before: LogRecord.start)
        try store.settle([accepted(1, 5), accepted(2, 6)])
        _ = try store.begin(epoch, resumed: true, keys: nil, hubURL: nil)
        store.close()
        // The hub was put back to entry 5 and has another 6 by now.
        let sequences = try place.relay { try Int?.fetchAll($0, sql: "SELECT sequence FROM outbox ORDER BY ordinal") }
        #expect(sequences == [5, nil])
    }

    // MARK: The chain

    @Test func `records that overlap are taken once, those that leave a hole or follow on another chain not at all`()
        throws
    {
        let store = try store()
        let records = try records(10)
        _ = try store.begin(epoch, resumed: false, keys: nil, hubURL: nil)
        #expect(try store.append(Array(records[0..<4]), after: 0, before: LogRecord.start)?.count == 4)
        #expect(
            try store.append(Array(records[2..<7]), after: 2, before: records[1].checksum)?.map(\.sequence) == [
                5, 6, 7,
            ])
        #expect(try store.append(Array(records[2..<7]), after: 2, before: records[1].checksum)?.isEmpty == true)
        #expect(try store.append(Array(records[8..<10]), after: 8, before: records[7].checksum) == nil)
        #expect(try store.append(Array(records[7..<9]), after: 7, before: LogRecord.start) == nil)
        let other = try self.records(10, seed: 4)
        #expect(try store.append(Array(other[5..<9]), after: 5, before: other[4].checksum) == nil)
        #expect(store.copy.head == 7)
        // None, with where the chain stands: the same, or another one.
        #expect(try store.append([], after: 7, before: records[6].checksum)?.isEmpty == true)
        #expect(try store.append([], after: 7, before: other[6].checksum) == nil)
        store.close()
    }

    @Test func `a damaged record is refused and nothing of its frame is kept`() throws {
        let store = try store()
        var records = try records(4)
        _ = try store.begin(epoch, resumed: false, keys: nil, hubURL: nil)
        records[2].body.append(0x20)
        guard
            case .damaged = logError({ () throws(LogError) in
                _ = try store.append(records, after: 0, before: LogRecord.start)
            })
        else {
            Issue.record("it was taken")
            return
        }
        #expect(store.copy.head == 0)
        store.close()
    }

    @Test func `a copy that is not the hub's is dropped once, whatever else of that line was under way`() throws {
        let store = try store()
        let records = try records(4)
        _ = try store.begin(epoch, resumed: false, keys: nil, hubURL: nil)
        _ = try store.append(Array(records[0..<2]), after: 0, before: LogRecord.start)
        let others = try self.records(4, seed: 9)
        let foreign = RecordsCoding.encode([others[2]], after: 2, before: others[1].checksum).bytes
        let first = RelayWork.records(foreign).perform(on: store)
        guard case .mismatch = first else {
            Issue.record("\(String(describing: first))")
            return
        }
        #expect(RelayWork.records(foreign).perform(on: store) == nil && store.copy.position == nil)
        store.close()
    }

    // MARK: Memory and disk

    @Test(arguments: Seeds.first(3))
    func `the simulated store does what the real one does`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var real = try store()
        let simulated = SimulatedRelayStore()
        let records = try records(60, seed: seed)
        var ordinal = 0
        for step in 0..<120 {
            let work: RelayWork
            switch generator.below(10) {
            case 0..<4:
                ordinal += 1
                let vote = Command.vote(numbered(step), on: true, counter: 1 + step)
                work = .store([item(ordinal, generator.percent(30) ? vote : .pauseIntake)])
            case 4, 5:
                let ordinal = 1 + generator.below(max(1, ordinal))
                work = .settle([generator.percent(60) ? accepted(ordinal, 1 + generator.below(60)) : refused(ordinal)])
            case 6:
                let ordinal = 1 + generator.below(max(1, ordinal))
                work = generator.percent(50) ? .forget(ordinal) : .reopen([ordinal])
            case 7, 8:
                let from = generator.below(60)
                let some = Array(records[from..<min(60, from + 1 + generator.below(12))])
                let before = from == 0 ? LogRecord.start : records[from - 1].checksum
                work = .records(RecordsCoding.encode(some, after: from, before: before).bytes)
            default:
                var welcome = Welcome(
                    epoch: generator.percent(80) ? epoch : numbered(step), head: 60, role: .relay,
                    venue: Sample.cherbourg, device: nil, by: "", resumed: generator.percent(80), time: Sample.morning,
                    limits: EventLimits())
                welcome.elsewhere = "http://\(step)"
                work = .begin(welcome, line: step)
            }
            let reports = (work.perform(on: real), work.perform(on: simulated))
            #expect("\(String(describing: reports.0))" == "\(String(describing: reports.1))", "\(Seeds.hint(seed))")
            #expect(real.copy == simulated.copy, "\(Seeds.hint(seed))")
            if generator.percent(10) {
                real.close()
                real = try store()
            }
            let contents = (try real.contents(), try simulated.contents())
            #expect(contents.0.outbox == contents.1.outbox, "\(Seeds.hint(seed))")
            #expect(contents.0.refusals.map(\.0) == contents.1.refusals.map(\.0), "\(Seeds.hint(seed))")
            #expect(contents.0.commandIDs == contents.1.commandIDs && contents.0.nextOrdinal == contents.1.nextOrdinal)
            #expect(contents.0.state == contents.1.state && contents.0.hubURL == contents.1.hubURL)
        }
        real.close()
    }
}

extension MemoryLog {
    fileprivate static func state(of records: [LogRecord]) -> State {
        (try? MemoryLog(epoch: numbered(1), records: records).fold().state) ?? State()
    }
}

extension LogPlace {
    /// Looks into a relay's store as somebody with a tool would.
    fileprivate func relay<Value>(_ body: (Database) throws -> Value) throws -> Value {
        let queue = try DatabaseQueue(path: "\(folder)/\(RelayStore.fileName)")
        defer { try? queue.close() }
        return try queue.read(body)
    }
}
