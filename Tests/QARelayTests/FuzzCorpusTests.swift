import Foundation
import QAShared
import QATestKit
import Testing

@testable import QARelay

/// Row 45: every decoder over what the fuzzer began with and what it found.
@Suite struct FuzzCorpusTests {
    static let corpus = BordersTests.root.appending(path: "fuzz/corpus")

    @Test(arguments: Decoder.all.map(\.name))
    func `row 45: no decoder falls over what is in its corpus, whole, cut short or bent`(_ name: String) throws {
        let decoder = try #require(Decoder.all.first { $0.name == name })
        let folder = Self.corpus.appending(path: name)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(files.count >= 3)
        var generator = SeededGenerator(seed: 45)
        for file in files {
            let bytes = try [UInt8](Data(contentsOf: folder.appending(path: file)))
            #expect(bytes.count <= 65_536, "\(file)")
            decoder.take(bytes)
            guard !bytes.isEmpty else { continue }
            for _ in 0..<20 {
                var bent = Array(bytes.prefix(1 + generator.below(bytes.count)))
                bent[generator.below(bent.count)] = UInt8(generator.below(256))
                decoder.take(bent)
            }
        }
    }

    @Test func `row 45: there is no corpus without a decoder`() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.corpus.path).sorted()
        #expect(folders == Decoder.all.map(\.name).sorted())
    }

    /// Writes the seeds that Swift alone can make; `UPDATE_CORPUS=1` runs it.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["UPDATE_CORPUS"] == "1"))
    func `seeds of the log and of relays`() throws {
        var kinds: Set<String> = []
        var records: [LogRecord] = []
        var before = LogRecord.start
        var day = RandomDay(seed: 45, moderated: true)
        for _ in 0..<400 { _ = day.step() }
        for entry in day.entries {
            let record = LogRecord(entry, after: before)
            before = record.checksum
            records.append(record)
            for change in entry.changes {
                let kind = String("\(change)".prefix { $0 != "(" })
                if kinds.insert(kind).inserted { try write(EntryCoding.encode(entry), "log-record/\(kind)") }
            }
        }
        let rare: [Change] = [
            .codesIssued(numbered(1), venue: Sample.cherbourg, [numbered(2), numbered(3)]), .codeUsed(numbered(2)),
            .codesRevoked(numbered(1)), .erased(numbered(4), .text),
        ]
        for (place, change) in rare.enumerated() {
            let entry = Entry(
                sequence: place + 1, time: Sample.morning, actor: Person.organiser, commandID: numbered(place + 1),
                changes: [change])
            try write(EntryCoding.encode(entry), "log-record/rare-\(place + 1)")
        }
        for count in [0, 1, 5] {
            let frame = RecordsCoding.encode(Array(records.prefix(count)), after: 0, before: LogRecord.start)
            try write(frame.bytes, "relay-records/first-\(count)")
        }
        try write(Array(Credentials.secrets(key: [1, 2]).issueDevice().credential.utf8), "credential/of-another-hub")
    }

    private func write(_ bytes: [UInt8], _ name: String) throws {
        try Data(bytes).write(to: Self.corpus.appending(path: name))
    }
}
