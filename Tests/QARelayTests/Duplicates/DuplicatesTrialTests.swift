import QAShared
import Testing

@testable import QARelay

/// The trial of the engine on files: it must say what a hub would, and refuse what it cannot judge.
@Suite struct DuplicatesTrialTests {
    private static let texts = [
        "Combien coûte la carte de bus ?", "Quand ouvre la piscine ?", "La carte de bus est à quel prix ?",
        "Y aura-t-il un marché le dimanche ?", "À quelle date la piscine rouvre-t-elle ?",
        "quel tarif pour la carte de bus",
        "La carte de bus est-elle gratuite pour les lycéens ?", "un marché dominical est prévu ?",
        "When does the pool open?",
    ]

    private static let items = texts.enumerated().map { index, text in
        DuplicatesTrial.Item(
            id: "q\(index + 1)", event: "e", venue: index.isMultiple(of: 2) ? Engine.here : Engine.there, text: text)
    }

    private static func rows(
        _ mode: DuplicatesCommand.Mode, typed: Int? = nil, isShown: Bool = false, pairs: [(String, String)]? = nil
    ) -> [[String]] {
        let trial = DuplicatesTrial(
            resources: Engine.resources, book: Dictionaries().book, typed: typed, isShown: isShown)
        return trial.run(mode, items, pairs).map { $0.split(separator: "\t").map(String.init) }
    }

    // MARK: As a hub

    /// What an engine says at a hub where these questions are asked one after another, and what is united is united.
    private static func suggested(_ percent: Int) -> [[String]] {
        let advisor = Advisor(Engine.resources, Dictionaries().book)
        var twins = Twins(reader: Engine.resources.reader(Dictionaries().book))
        var founders: [Int] = []
        var rows: [[String]] = []
        for (index, item) in items.enumerated() {
            let text = DuplicatesTrial.part(percent, of: item.text)
            if case .suggestions(_, let numbers)? = advisor.advise(.suggest(ticket: 1, text: text, talk: Engine.talk)) {
                rows += numbers.prefix(Limits.suggestionsShown).map { [item.id, items[$0 - 1].id] }
            }
            let founder = twins.same(as: item.text, talk: Engine.talk, venue: item.venue).first.map { founders[$0 - 1] }
            founders.append(founder ?? index + 1)
            twins.insert(number: index + 1, text: item.text, talk: Engine.talk, venue: item.venue)
            let note = QuestionNote(
                number: index + 1, id: QuestionID(high: 1, low: UInt64(index + 1)), talk: Engine.talk,
                venue: item.venue, text: item.text, founder: founder, isPublic: true, isGone: false, status: .approved)
            _ = advisor.advise(.note(note))
        }
        return rows
    }

    @Test(arguments: [nil, 100, 60])
    func `rank prints what a hub suggests to who types, whole texts too`(typed: Int?) {
        let shown = Self.rows(.rank, typed: typed, isShown: true).map { Array($0.prefix(2)) }
        #expect(shown == Self.suggested(typed ?? 100))
        #expect(shown.count > Self.items.count / 2)
    }

    @Test func `rank names all that it found when nothing is left out, in the same order`() {
        let all = Self.rows(.rank)
        for item in Self.items {
            let shown = Self.rows(.rank, isShown: true).filter { $0[0] == item.id }
            #expect(Array(all.filter { $0[0] == item.id }.prefix(shown.count)) == shown)
        }
    }

    @Test func `flag prints what a moderator is shown, with scores that pairs prints too`() throws {
        let flags = Self.rows(.flag)
        let best = try #require(flags.first { $0[0] == "q5" })
        #expect(best[1] == "q2")
        let pair = try #require(Self.rows(.pairs, pairs: [("q5", "q2")]).first)
        #expect(pair == ["q2", "q5", best[2]])
    }

    // MARK: What is typed

    @Test(arguments: [
        ("abcdefghij", 60, "abcdef"), ("abcdefghijk", 60, "abcdefg"), ("abc", 1, "a"), ("abc", 100, "abc"),
        ("", 60, ""),
        ("é\u{301}tés", 50, "é\u{301}t"), ("👩‍👩‍👧 ok", 25, "👩‍👩‍👧"),
    ])
    func `of a text being typed so many characters are there, rounded up`(text: String, percent: Int, typed: String) {
        #expect(DuplicatesTrial.part(percent, of: text) == typed)
    }

    // MARK: Files

    private static let good = #"{"id": "a", "event": "e", "venue": "granville", "text": "Quand ?"}"#
    private static let next = #"{"id": "b", "event": "e", "venue": "granville", "text": "Où ?"}"#
    private static let elsewhere = #"{"id": "c", "event": "f", "venue": "granville", "text": "Où ?"}"#

    @Test(arguments: [
        ("[]", "not a question"), ("{", "not a question"), (#"{"id": "b", "text": "Où ?"}"#, "not a question"),
        (#"{"id": "b", "event": "e", "text": "Où ?"}"#, "not a question"),
        (#"{"id": "b", "event": "", "venue": "granville", "text": "Où ?"}"#, "not a question"),
        (#"{"id": 7, "event": "e", "venue": "granville", "text": "Où ?"}"#, "not a question"),
        (#"{"id": "b", "event": "e", "venue": "Saint Lô !", "text": "Où ?"}"#, "no venue"), (good, "Line 1"),
    ])
    func `a line that is no question is refused with its number`(line: String, what: String) {
        let stop = #expect(throws: Stop.self) { try TrialFile("\(Self.good)\n\n\(line)\n", "set.jsonl").questions() }
        #expect(stop?.code == "bad_line" && stop?.status == .unusable)
        #expect(stop?.sentence.hasPrefix("set.jsonl, line 3: ") == true && stop?.sentence.contains(what) == true)
    }

    @Test(arguments: [
        ("a,b,1,pos_near", "not a pair"), ("a", "not a pair"), ("a\t\t1", "not a pair"), ("a\tz\t1", "“z”"),
        ("z\tb\t1", "“z”"), ("a\tc\t1", "two events"), ("id_a\tid_b", "“id_a”"),
    ])
    func `a line that is no pair of these questions is refused with its number`(line: String, what: String) throws {
        let questions = try TrialFile([Self.good, Self.next, Self.elsewhere].joined(separator: "\n"), "set.jsonl")
            .questions()
        let file = TrialFile("id_a\tid_b\tlabel\n# two\na\tb\t1\n\(line)\n", "pairs.tsv")
        let stop = #expect(throws: Stop.self) { _ = try file.pairs(of: questions) }
        #expect(stop?.code == "bad_line" && stop?.status == .unusable)
        #expect(stop?.sentence.hasPrefix("pairs.tsv, line 4: ") == true && stop?.sentence.contains(what) == true)
    }

    @Test func `what can be used is used, lines of the scorer's kinds among it`() throws {
        let questions = try TrialFile("\(Self.good)\n\n\(Self.next)\r\n", "set.jsonl").questions()
        #expect(questions.map(\.id) == ["a", "b"])
        let pairs = try TrialFile("id_a\tid_b\tlabel\tkind\n# why\n\na\tb\t1\tpos_near\nb\ta\n", "p").pairs(
            of: questions)
        #expect(pairs.map { [$0.0, $0.1] } == [["a", "b"], ["b", "a"]])
    }
}
