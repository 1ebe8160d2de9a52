// Words that are gone for good: from the question, its history, and whatever would bring them back.

import QATestKit
import Testing

@testable import QAShared

@Suite struct ErasingTests {
    static let secret = "Pourquoi Hippolyte Zénobie ne paie-t-il pas ?"

    /// A question with all that can hold words of it, and another one that must stay as it is.
    private func scene() throws -> (day: Day, question: QuestionID, other: QuestionID) {
        var day = Day()
        let question = try day.ask(Self.secret, by: Person.phone(1))
        try day.send(.approve(question), by: Person.chief)
        try day.send(.edit(question, text: "Pourquoi H. Zénobie ne paie-t-il pas ?"), by: Person.chief)
        try day.send(.note(question, text: "Zénobie est mon voisin"), by: Person.chief)
        try day.send(.say(text: "Zénobie, vraiment ?", about: question), by: Person.chief)
        try day.send(.say(text: "On passe au café", about: nil), by: Person.chief)
        let other = try day.ask(by: Person.phone(2))
        try day.send(.note(other, text: "Celle-ci reste"), by: Person.chief)
        return (day, question, other)
    }

    @Test func `erasing takes the words of one question wherever they are, and nothing else`() throws {
        var (day, question, other) = try scene()
        let before = day.state
        try day.send(.erase(question, .text), by: Person.organiser)
        #expect(!String(decoding: day.state.canonicalBytes, as: UTF8.self).contains("Zénobie"))
        #expect(!"\(day.state)".contains("Zénobie"))
        let erased = try #require(day.state.question(question))
        #expect(erased.isTextErased && erased.text == "" && erased.original == nil && erased.notes == [])
        #expect(erased.status == .approved && erased.number == before.question(question)?.number)
        #expect(day.state.question(other) == before.question(other))
        #expect(day.state.channel.map(\.text) == ["On passe au café"])
        for kind in ViewKind.allCases {
            let card = RoleView(day.state, for: kind).cards[question]
            if let card { #expect(card.erased && card.text == "" && !card.edited) }
        }
    }

    @Test func `a name is erased by itself, and the text stays`() throws {
        var day = Day()
        let question = try day.send(
            .ask(text: Sample.text, name: "Cunégonde", talk: nil), by: Person.phone(1), id: numbered(40))
        #expect(question > 0)
        try day.send(.erase(numbered(40), .name), by: Person.organiser)
        #expect(!"\(day.state)".contains("Cunégonde"))
        #expect(day.state.question(numbered(40))?.text == Sample.text)
        #expect(day.state.question(numbered(40))?.isNameErased == true)
    }

    @Test(arguments: ErasedPart.allCases)
    func `the word that a question waits for goes with what is erased`(part: ErasedPart) throws {
        var setup = Sample.setup()
        setup.words = WordList(words: ["zénobie"])
        var day = Day(setup)
        let question: QuestionID = numbered(40)
        let text = part == .text ? "Où est Zénobie ce matin ?" : Sample.text
        let name = part == .name ? "Cousine Zénobie" : nil
        try day.send(.ask(text: text, name: name, talk: nil), by: Person.phone(1), id: numbered(40))
        #expect(day.state.question(question)?.held != nil)
        try day.send(.erase(question, part), by: Person.organiser)
        #expect(day.state.question(question)?.held == nil)
    }

    @Test func `nothing brings erased words back`() throws {
        var (day, question, _) = try scene()
        let undoable = day.state.actions.map(\.sequence)
        try day.send(.erase(question, .text), by: Person.organiser)
        for sequence in undoable.reversed() {
            _ = try? day.send(.undo(sequence: sequence), by: Person.chief)
            #expect(!"\(day.state)".contains("Zénobie"))
        }
        let erased = try #require(day.state.question(question))
        #expect(erased.text == "" && erased.notes == [])
        #expect(throws: Rejection(.wrongStatus)) {
            try day.send(.edit(question, text: Sample.text), by: Person.chief)
        }
    }

    @Test func `what is written about it afterwards stays, until it is erased again`() throws {
        var (day, question, _) = try scene()
        try day.send(.erase(question, .text), by: Person.organiser)
        let head = day.state.head
        try day.send(.erase(question, .text), by: Person.organiser)
        #expect(day.entries.last?.changes == [] && day.state.head == head + 1)
        try day.send(.note(question, text: "Effacée à la demande de la personne"), by: Person.chief)
        #expect(day.state.question(question)?.notes.count == 1)
        try day.send(.erase(question, .text), by: Person.organiser)
        #expect(day.state.question(question)?.notes == [])
    }

    @Test func `it can be done in a closed event, and by organisers alone`() throws {
        var (day, question, _) = try scene()
        try day.send(.closeEvent, by: Person.organiser)
        #expect(throws: Rejection(.notAllowed)) { try day.send(.erase(question, .text), by: Person.chief) }
        try day.send(.erase(question, .text), by: Person.organiser)
        #expect(day.state.question(question)?.isTextErased == true)
    }

    /// What a log does: each text stands by a reference, and goes when a later entry erases it.
    private func kept(_ entries: [Entry]) throws -> (bodies: [[UInt8]], texts: [String: String]) {
        var bodies: [[UInt8]] = []
        var texts: [String: String] = [:]
        for entry in entries {
            bodies.append(
                EntryCoding.encode(entry) { text in
                    let reference = "#\(texts.count)"
                    texts[reference] = text
                    return reference
                })
            for (question, part) in entry.erasures {
                for body in bodies {
                    for reference in try EntryCoding.decode(body).texts(of: question, part) { texts[reference] = "" }
                }
            }
        }
        return (bodies, texts)
    }

    @Test(arguments: Seeds.first(12))
    func `a log read without the erased words comes to the same state`(seed: UInt64) throws {
        var day = RandomDay(seed: seed, habits: .erasing)
        day.run(350)
        let (bodies, texts) = try kept(day.entries)
        var state = State()
        for body in bodies { state.apply(try EntryCoding.decode(body) { texts[$0] ?? "lost" }) }
        #expect(state == day.state, "\(Seeds.hint(seed))")
        #expect(state.questions.contains { $0.isTextErased }, "\(Seeds.hint(seed))")
    }

    @Test(arguments: Seeds.first(8))
    func `view and delta agree while words are erased`(seed: UInt64) {
        var day = RandomDay(seed: seed, habits: .erasing)
        var ledgers = Ledgers()
        var replay = State()
        for entry in day.entries { ledgers.advance(replay.apply(entry), replay) }
        var views = ViewKind.allCases.map { RoleView(day.state, for: $0) }
        var position = day.state.head
        for _ in 0..<60 {
            for _ in 0..<6 { ledgers.advance(day.step(), day.state) }
            for kind in ViewKind.allCases {
                views[kind.rawValue].apply(ledgers.delta(kind, from: position, day.state))
                #expect(views[kind.rawValue] == RoleView(day.state, for: kind), "\(Seeds.hint(seed)) \(kind)")
            }
            position = day.state.head
        }
    }

    @Test func `a command loses the words that are erased, and others keep theirs`() {
        let (one, two): (QuestionID, QuestionID) = (numbered(1), numbered(2))
        let ask = Command.ask(text: "Mon texte", name: "Anne", talk: Sample.opening)
        #expect(ask.erased(one, .text, id: numbered(1)) == .ask(text: "", name: "Anne", talk: Sample.opening))
        #expect(ask.erased(one, .name, id: numbered(1)) == .ask(text: "Mon texte", name: nil, talk: Sample.opening))
        #expect(ask.erased(two, .text, id: numbered(1)) == nil)
        #expect(Command.edit(one, text: "x").erased(one, .text, id: numbered(9)) == .edit(one, text: ""))
        #expect(Command.edit(one, text: "x").erased(one, .name, id: numbered(9)) == nil)
        #expect(Command.note(two, text: "x").erased(one, .text, id: numbered(9)) == nil)
        #expect(Command.say(text: "x", about: one).erased(one, .text, id: numbered(9)) == .say(text: "", about: one))
        #expect(Command.say(text: "x", about: nil).erased(one, .text, id: numbered(9)) == nil)
    }
}
