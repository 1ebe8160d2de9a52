import QAShared
import QATestKit
import Testing

@testable import QARelay

@Suite struct VerificationTests {
    private func log(_ entries: [Entry], _ kind: LogKind = .memory) throws -> (LogPlace, any EventLog) {
        let place = LogPlace(kind)
        let log = try place.open()
        try log.append(entries, expecting: 0)
        return (place, log)
    }

    @Test func `the same entries come to the same state in every log, however they were batched`() throws {
        let entries = Entries.day(80)
        let (_, memory) = try log(entries)
        let (place, sqlite) = try log(Array(entries[..<50]), .sqlite)
        for entry in entries[50...] { try sqlite.append([entry], expecting: sqlite.head) }
        let first = try Verification(of: memory)
        let second = try Verification(of: sqlite)
        #expect(first.stateHash == second.stateHash && first.head == second.head)
        #expect(first.questions == second.questions && first.head == 80)
        #expect(try Verification(of: memory) == first)
        sqlite.close()
        let again = try place.sqlite()
        #expect(try Verification(of: again) == second)
        again.close()
    }

    @Test func `another entry is another state and another chain`() throws {
        let entries = Entries.day(60)
        let (_, log) = try log(Array(entries[..<40]))
        var hashes: Set<[UInt8]> = []
        var chains: Set<[UInt8]> = []
        for entry in entries[40...] {
            try log.append([entry], expecting: log.head)
            let verification = try Verification(of: log)
            hashes.insert(verification.stateHash)
            chains.insert(verification.chain)
        }
        #expect(hashes.count == 20 && chains.count == 20)
    }

    @Test func `one vote more is another state`() throws {
        var day = Day()
        let id = try day.question(.approved)
        try day.send(.vote(id, on: true, counter: 1), by: Person.phone(5))
        let (_, one) = try log(day.entries)
        var other = Day()
        _ = try other.question(.approved)
        try other.send(.vote(id, on: false, counter: 1), by: Person.phone(5))
        let (_, two) = try log(other.entries)
        let first = try Verification(of: one)
        let second = try Verification(of: two)
        #expect(first.head == second.head && first.stateHash != second.stateHash)
    }

    @Test func `it is told in lines that can be compared`() throws {
        let (_, log) = try log(Entries.day(10))
        let lines = try Verification(of: log).lines
        #expect(lines.contains("head       10"))
        #expect(lines.contains { $0.hasPrefix("state      ") && $0.utf8.count == 11 + 64 })
        #expect(lines.last == "sound      yes")
    }
}
