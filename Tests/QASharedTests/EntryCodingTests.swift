// Entries have one form, and come back from it; texts go through the reference function.

import QAShared
import QATestKit
import Testing

@Suite struct EntryCodingTests {
    @Test(arguments: Seeds.first(5))
    func `an entry is read back the same, and written again byte for byte`(seed: UInt64) throws {
        let habits = [RandomDay.Habits(), .alike, .together, .rehearsal]
        var day = RandomDay(seed: seed, habits: habits[Int(seed % 4)])
        day.run(250)
        for entry in day.entries {
            let bytes = EntryCoding.encode(entry)
            let back = try EntryCoding.decode(bytes)
            #expect(back == entry, "\(Seeds.hint(seed))")
            #expect(EntryCoding.encode(back) == bytes, "\(Seeds.hint(seed))")
        }
    }

    @Test func `a log that was written and read makes the same state`() throws {
        var day = RandomDay(seed: 3)
        day.run(300)
        var state = State()
        for entry in day.entries { state.apply(try EntryCoding.decode(EntryCoding.encode(entry))) }
        #expect(state == day.state)
    }

    @Test(arguments: [
        #"{"kind":"merged","into":"x","all":[1,2.5,null,{"a":true}]}"#,
        #"{"kind":"é\u0001\"","x":-9223372036854775808,"y":1e+20,"z":""}"#,
        #"{"a":{},"kind":"later","b":[[],[{}]]}"#,
    ])
    func `a kind of change that is not known is kept byte for byte`(body: String) throws {
        let text =
            #"{"sequence":2,"time":5,"role":"moderator","by":"AAAAAAAAAAAAAAAAAAAAAA","#
            + #""id":"AAAAAAAAAAAAAAAAAAAAAQ","changes":["#
            + body + #",{"kind":"intakeChanged","from":true,"to":false}]}"#
        let bytes = Array(text.utf8)
        let entry = try EntryCoding.decode(bytes)
        #expect(entry.changes.count == 2)
        #expect(EntryCoding.encode(entry) == bytes)
        var day = Day()
        day.append(entry.changes, by: Person.chief)
        #expect(!day.state.intake)
    }

    @Test func `every text of a person goes through the reference function, and nothing else does`()
        throws
    {
        var day = RandomDay(seed: 9, habits: .together)
        day.run(200)
        for entry in day.entries {
            var texts: [String] = []
            for change in entry.changes {
                switch change {
                case .questionAsked(let asked): texts += [asked.text] + (asked.name.map { [$0] } ?? [])
                case .textEdited(_, let from, let to): texts += [from, to]
                case .noteAdded(_, let note), .noteRemoved(_, let note): texts.append(note.text)
                case .said(let message), .unsaid(let message): texts.append(message.text)
                case .stageChanged(let from, let to): texts += [from, to].compactMap { $0?.text }
                default: break
                }
            }
            var kept: [String: String] = [:]
            let bytes = EntryCoding.encode(entry) { text in
                kept["#\(text.utf8.count)-\(texts.firstIndex(of: text) ?? -1)"] = text
                return "#\(text.utf8.count)-\(texts.firstIndex(of: text) ?? -1)"
            }
            #expect(Set(kept.values) == Set(texts))
            #expect(try EntryCoding.decode(bytes) { kept[$0] ?? "lost" } == entry)
            // A text that was erased changes neither the entry's bytes nor whether it can be read.
            let erased = try EntryCoding.decode(bytes) { _ in "" }
            #expect(erased.changes.count == entry.changes.count)
        }
    }

    @Test(arguments: [
        Change.unionChanged(numbered(1), from: nil, to: nil),
        .unionChanged(
            numbered(1), from: Union(founder: numbered(2), with: numbered(3), before: .pending, automatic: true),
            to: Union(founder: numbered(4), with: numbered(4), before: .approved)),
        .pairDistinguished(numbered(1), numbered(2), from: true, to: false),
        .duplicatesFlagged(numbered(1), []),
        .duplicatesFlagged(
            numbered(1),
            [
                DuplicateFlag(
                    other: numbered(2), level: .strong, reasons: FlagReason.allCases, mine: [0], theirs: [7, 1]),
                DuplicateFlag(other: numbered(3), level: .probable),
            ]),
    ])
    func `a change about duplicates is read back the same`(change: Change) throws {
        let entry = Entry(
            sequence: 2, time: Sample.morning, actor: Person.organiser, commandID: nil, changes: [change])
        #expect(try EntryCoding.decode(EntryCoding.encode(entry)) == entry)
    }

    @Test(arguments: [
        "", "{}", "[]", #"{"sequence":1}"#,
        #"{"sequence":1,"time":5,"role":"nobody","by":"AAAAAAAAAAAAAAAAAAAAAA","changes":[]}"#,
        #"{"sequence":1,"time":5,"role":"relay","by":"AAAAAAAAAAAAAAAAAAAAAA","changes":[1]}"#,
        #"{"sequence":1,"time":5,"role":"relay","by":"AAAAAAAAAAAAAAAAAAAAAA","changes":[{}]}"#,
        #"{"sequence":1,"time":5,"role":"relay","by":"AAAAAAAAAAAAAAAAAAAAAA","changes":[{"kind":"voted"}]}"#,
    ])
    func `what is no entry is refused`(text: String) {
        #expect(throws: Rejection.self) { try EntryCoding.decode(Array(text.utf8)) }
    }
}
