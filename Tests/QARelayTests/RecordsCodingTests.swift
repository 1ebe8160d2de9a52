import Foundation
import QAShared
import QATestKit
import Testing

@testable import QARelay

@Suite struct RecordsCodingTests {
    private func log(_ count: Int, seed: UInt64 = 3) throws -> MemoryLog {
        let log = MemoryLog(epoch: numbered(7))
        try log.append(Entries.day(count, seed: seed), expecting: 0)
        return log
    }

    @Test(arguments: Seeds.first(3))
    func `records travel byte for byte, with their texts and their chain`(seed: UInt64) throws {
        let log = try log(80, seed: seed)
        for after in [0, 1, 37, 79] {
            let records = log.records(after: after, limit: 500)
            let frame = RecordsCoding.encode(records, after: after, before: log.checksum(at: after))
            #expect(frame.bytes.starts(with: RecordsCoding.start))
            #expect(frame.after == after && frame.to == 80)
            let read = try RecordsCoding.decode(frame.bytes)
            #expect(read.after == after && read.before == log.checksum(at: after))
            #expect(read.records == records, "\(Seeds.hint(seed))")
        }
    }

    @Test func `a frame holds about so many bytes, and at least one record`() throws {
        var day = Day()
        for number in 0..<800 {
            _ = try day.ask(String(repeating: "été ", count: 45) + " \(number) ?", by: Person.phone(number))
        }
        let log = MemoryLog(epoch: numbered(7))
        try log.append(day.entries, expecting: 0)
        var after = 0
        var frames = 0
        while after < log.head {
            let frame = RecordsCoding.encode(
                log.records(after: after, limit: 500), after: after, before: log.checksum(at: after))
            #expect(frame.to > after && frame.bytes.count < Limits.recordBytes + 8_000)
            after = frame.to
            frames += 1
        }
        #expect(frames > 1)
    }

    @Test func `a frame without records tells where the chain stands`() throws {
        let log = try log(9)
        let frame = RecordsCoding.encode([], after: 9, before: log.checksum)
        #expect(frame.to == 9)
        let read = try RecordsCoding.decode(frame.bytes)
        #expect(read.records.isEmpty && read.after == 9 && read.before == log.checksum)
    }

    @Test func `the golden frame is read, chain and texts, and written again byte for byte`() throws {
        let file = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent("../vectors/frames.json").standardized
        let kept = try JSON.parse(Array(Data(contentsOf: file)))["hub"]
        guard case .array(let frames)? = kept,
            let golden = frames.first(where: { $0["name"] == .string("records") })?["frame"]
        else {
            Issue.record("there is none")
            return
        }
        var writer = JSONWriter()
        writer.value(golden)
        let read = try RecordsCoding.decode(writer.bytes)
        #expect(read.after == 120 && read.before == LogRecord.start && read.records.count == 2)
        var before = read.before
        for record in read.records {
            _ = try record.entry(after: before)
            before = record.checksum
        }
        #expect(RecordsCoding.encode(read.records, after: read.after, before: read.before).bytes == writer.bytes)
    }

    @Test func `what is not what the hub said is refused`() throws {
        let log = try log(6)
        let frame = RecordsCoding.encode(log.records(after: 0, limit: 6), after: 0, before: LogRecord.start)
        let text = String(decoding: frame.bytes, as: UTF8.self)
        let wrong = [
            text.replacing("sequence", with: "Sequence", maxReplacements: 1),
            text.replacing(Base64URL.encode(log.checksum), with: Base64URL.encode(LogRecord.start)),
            text.replacing(#""after":0,"#, with: ""), String(text.dropLast(2)), #"{"type":"records","after":0}"#,
        ]
        for text in wrong {
            let error = logError { () throws(LogError) in _ = try RecordsCoding.decode(Array(text.utf8)) }
            guard case .damaged = error else {
                Issue.record("it was read: \(text.prefix(80))")
                continue
            }
        }
    }
}
