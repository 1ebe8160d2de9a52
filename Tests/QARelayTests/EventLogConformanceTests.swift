// What every log must do; the hub relies on nothing else.

import QAShared
import QATestKit
import Testing

@testable import QARelay

@Suite struct EventLogConformanceTests {
    @Test(arguments: LogKind.allCases)
    func `an empty log has no head, no entries and the first checksum`(kind: LogKind) throws {
        let place = LogPlace(kind)
        let log = try place.open()
        #expect(log.head == 0 && log.checksum == LogRecord.start)
        #expect(try log.read(after: 0, limit: 10).isEmpty)
        #expect(try log.fold().state == State())
    }

    @Test(arguments: LogKind.allCases)
    func `what was appended is read again, in order, from any sequence`(kind: LogKind) throws {
        let place = LogPlace(kind)
        let log = try place.open()
        let entries = Entries.day(60)
        try log.append(Array(entries[..<1]), expecting: 0)
        try log.append(Array(entries[1..<25]), expecting: 1)
        try log.append(Array(entries[25...]), expecting: 25)
        #expect(log.head == 60)
        #expect(try log.read(after: 0, limit: 100) == entries)
        #expect(try log.read(after: 17, limit: 5) == Array(entries[17..<22]))
        #expect(try log.read(after: 24, limit: 2) == Array(entries[24..<26]))
        #expect(try log.read(after: 59, limit: 9) == [entries[59]])
        #expect(try log.read(after: 60, limit: 9).isEmpty)
        #expect(try log.read(after: 99, limit: 9).isEmpty)
        #expect(try log.read(after: 0, limit: 0).isEmpty)
        var read: [Entry] = []
        try log.readAll(after: 3) { read += $0 }
        #expect(read == Array(entries[3...]))
    }

    @Test(arguments: LogKind.allCases)
    func `an append behind another head than the log's is refused and changes nothing`(kind: LogKind) throws {
        let place = LogPlace(kind)
        let log = try place.open()
        let entries = Entries.day(10)
        try log.append(Array(entries[..<5]), expecting: 0)
        let checksum = log.checksum
        for wrong in [0, 4, 6] {
            #expect(
                logError { () throws(LogError) in try log.append([entries[5]], expecting: wrong) } == .conflict(head: 5)
            )
        }
        #expect(log.head == 5 && log.checksum == checksum)
        #expect(try log.read(after: 0, limit: 99) == Array(entries[..<5]))
        try log.append(Array(entries[5...]), expecting: 5)
        #expect(try log.read(after: 0, limit: 99) == entries)
    }

    @Test(arguments: LogKind.allCases)
    func `the fold of the log is the state that its entries made`(kind: LogKind) throws {
        var day = RandomDay(seed: 11)
        day.run(150)
        let place = LogPlace(kind)
        let log = try place.open()
        try log.append(day.entries, expecting: 0)
        let folded = try log.fold()
        #expect(folded.state == day.state)
        #expect(folded.state.canonicalBytes == day.state.canonicalBytes)
        for kind in ViewKind.allCases {
            var view = RoleView()
            view.apply(folded.ledgers.delta(kind, from: 0, folded.state))
            #expect(view == RoleView(day.state, for: kind))
        }
    }

    @Test(arguments: LogKind.allCases)
    func `who follows is given what is there and then every batch, in order`(kind: LogKind) throws {
        let place = LogPlace(kind)
        let log = try place.open()
        let entries = Entries.day(30)
        try log.append(Array(entries[..<10]), expecting: 0)
        var all: [Entry] = []
        var late: [Entry] = []
        try log.follow(after: 0) { all += $0 }
        #expect(all == Array(entries[..<10]))
        try log.follow(after: 10) { late += $0 }
        try log.append(Array(entries[10..<20]), expecting: 10)
        _ = logError { () throws(LogError) in try log.append(Array(entries[20...]), expecting: 3) }
        try log.append(Array(entries[20...]), expecting: 20)
        #expect(all == entries)
        #expect(late == Array(entries[10...]))
    }

    @Test(arguments: LogKind.allCases)
    func `an entry of a kind from the future is kept as it stands`(kind: LogKind) throws {
        let place = LogPlace(kind)
        var entries = Entries.day(3)
        let body = Array(#"{"kind":"questionMerged","into":"x","weight":[1,2]}"#.utf8)
        entries[2].changes.insert(.unknown(kind: "questionMerged", body: body), at: 0)
        let log = try place.open()
        try log.append(entries, expecting: 0)
        #expect(try log.read(after: 0, limit: 9) == entries)
    }

    @Test(arguments: LogKind.allCases)
    func `texts of every script survive`(kind: LogKind) throws {
        let place = LogPlace(kind)
        var day = Day()
        for text in [
            "Combien coûte le café à Noël ?", "كم سعر الشهادة ؟ من فضلك", "証明書 の 値段 は いくら ですか", "👩‍💻 a \"b\" \\c <d> 🇫🇷",
        ] {
            let id = try day.ask(text)
            try day.send(.edit(id, text: text + " !"), by: Person.chief)
            try day.send(.edit(id, text: text), by: Person.chief)
        }
        let log = try place.open()
        try log.append(day.entries, expecting: 0)
        #expect(try log.read(after: 0, limit: 99) == day.entries)
    }

    @Test(arguments: LogKind.allCases)
    func `the chain moves with every entry and hangs together`(kind: LogKind) throws {
        let place = LogPlace(kind)
        let log = try place.open()
        var checksums: Set<[UInt8]> = [log.checksum]
        for entry in Entries.day(20) {
            try log.append([entry], expecting: log.head)
            #expect(log.checksum.count == 32)
            checksums.insert(log.checksum)
        }
        #expect(checksums.count == 21)
    }

    @Test(arguments: LogKind.allCases)
    func `the log is the same after it was closed and opened again`(kind: LogKind) throws {
        let place = LogPlace(kind)
        let entries = Entries.day(40)
        var log = try place.open()
        let epoch = log.epoch
        try log.append(Array(entries[..<30]), expecting: 0)
        let checksum = log.checksum
        log.close()
        log = try place.open()
        #expect(log.epoch == epoch && log.head == 30 && log.checksum == checksum)
        try log.append(Array(entries[30...]), expecting: 30)
        #expect(try log.read(after: 0, limit: 99) == entries)
        log.close()
    }

    @Test func `a batch with a hole is a programmer's mistake`() async {
        await #expect(processExitsWith: .failure) {
            let entries = Entries.day(3)
            try MemoryLog(epoch: numbered(7)).append([entries[0], entries[2]], expecting: 0)
        }
        await #expect(processExitsWith: .failure) {
            let entries = Entries.day(3)
            try LogPlace().sqlite().append([entries[0], entries[2]], expecting: 0)
        }
    }
}
