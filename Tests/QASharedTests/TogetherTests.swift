// Notes, the channel, the message to the speaker, labels, and questions that change hands.

import QATestKit
import Testing

@testable import QAShared

@Suite struct NoteTests {
    @Test func `a note says who wrote it, where and when, and moderators alone see it`() throws {
        var day = Day()
        let question = try day.question(.approved)
        try day.send(.note(question, text: "  À vérifier\n "), by: Person.moderator(Sample.agneaux), id: numbered(9))
        let note = try #require(day.state.question(question)?.notes.first)
        #expect(note.id == numbered(9) && note.text == "À vérifier" && note.venue == Sample.agneaux)
        #expect(note.by == Person.moderator(Sample.agneaux).participant && note.time == day.state.time)
        for kind in ViewKind.allCases {
            let card = RoleView(day.state, for: kind).cards[question]
            #expect((card?.noted ?? 0) == (kind == .moderator ? 1 : 0))
            #expect((card?.notes ?? []).count == (kind == .moderator ? 1 : 0))
        }
    }

    @Test func `a card shows the newest notes and says how many there are`() throws {
        var day = Day()
        let question = try day.ask()
        for number in 1...7 { try day.send(.note(question, text: "note \(number)"), by: Person.chief) }
        let card = try #require(RoleView(day.state, for: .moderator).cards[question])
        #expect(card.notes.map(\.text) == ["note 3", "note 4", "note 5", "note 6", "note 7"])
        #expect(card.noted == 7)
    }

    @Test func `a note that is taken back and given again stands where it stood`() throws {
        var day = Day()
        let question = try day.ask()
        let first = try day.send(.note(question, text: "eins"), by: Person.chief)
        try day.send(.note(question, text: "deux"), by: Person.chief)
        let undo = try day.send(.undo(sequence: first), by: Person.chief)
        #expect(day.state.question(question)?.notes.map(\.text) == ["deux"])
        try day.send(.undo(sequence: undo), by: Person.chief)
        #expect(day.state.question(question)?.notes.map(\.text) == ["eins", "deux"])
    }

    @Test func `there is an end to notes`() throws {
        var day = Day()
        let question = try day.ask()
        for _ in 0..<Limits.notesMaximum { try day.send(.note(question, text: "encore"), by: Person.chief) }
        #expect(throws: Rejection(.tooManyNotes, limit: Limits.notesMaximum)) {
            try day.send(.note(question, text: "encore"), by: Person.chief)
        }
    }

    @Test(arguments: [
        ("", Rejection(.textEmpty, field: "text")), (" \u{2800} ", Rejection(.textInvisible, field: "text")),
        (String(repeating: "a", count: 501), Rejection(.textTooLong, field: "text", limit: 500)),
    ])
    func `what says nothing or too much is refused`(text: String, rejection: Rejection) throws {
        var day = Day()
        let question = try day.ask()
        #expect(throws: rejection) { try day.send(.note(question, text: text), by: Person.chief) }
        #expect(throws: rejection) { try day.send(.say(text: text, about: nil), by: Person.chief) }
        try day.send(.note(question, text: "o"), by: Person.chief)
    }
}

@Suite struct ChannelTests {
    @Test func `the channel shows the newest messages, with the name of the token and the question's number`() throws {
        var day = Day()
        let token = AccessToken(
            id: Person.chief.participant.of(), check: numbered(1), role: .moderator, venue: nil, label: "régie")
        try day.send(.addToken(token), by: Person.organiser)
        let question = try day.ask()
        for number in 1...31 {
            try day.send(.say(text: "n° \(number)", about: nil), by: Person.moderator(Sample.agneaux))
        }
        try day.send(.say(text: "Et celle-ci ?", about: question), by: Person.chief)
        let shown = RoleView(day.state, for: .moderator).channel
        #expect(shown.count == Limits.channelShown && shown.first?.text == "n° 3")
        let last = try #require(shown.last)
        #expect(last.name == "régie" && last.number == 1 && last.by == Person.chief.participant.tag)
        #expect(shown.first?.name == nil && shown.first?.venue == Sample.agneaux)
        for kind in [ViewKind.audience, .display, .speaker] {
            #expect(RoleView(day.state, for: kind).channel.isEmpty)
        }
    }

    @Test func `long messages leave room for fewer, and the last one is always there`() throws {
        var day = Day()
        let long = String(repeating: "😀", count: Limits.remarkMaximum)
        for _ in 0..<10 { try day.send(.say(text: long, about: nil), by: Person.chief) }
        #expect(day.state.channelShown.count == Limits.channelBytes / long.utf8.count)
        #expect(long.utf8.count <= Limits.channelBytes)
    }

    @Test func `what is kept of the channel has an end`() throws {
        var day = Day()
        for number in 0..<(Limits.channelKept + 3) {
            try day.send(.say(text: "n° \(number)", about: nil), by: Person.chief)
        }
        #expect(day.state.channel.count == Limits.channelKept && day.state.channel.first?.text == "n° 3")
    }

    @Test func `a message about a question that is not there is refused`() throws {
        var day = Day()
        #expect(throws: Rejection(.unknownQuestion, field: "about")) {
            try day.send(.say(text: "Celle-ci", about: numbered(4)), by: Person.chief)
        }
    }
}

@Suite struct StageTests {
    @Test func `a message covers the console until the speaker has read it, and its sender sees that`() throws {
        var day = Day()
        try day.send(.stage(text: "Encore cinq minutes"), by: Person.moderator(Sample.agneaux), id: numbered(9))
        for kind in ViewKind.allCases {
            let stage = RoleView(day.state, for: kind).stage
            #expect((stage != nil) == (kind == .speaker || kind == .moderator))
            #expect(stage == nil || stage?.read == nil)
        }
        let read = try day.send(.stageRead(numbered(9)), by: Person.speaker)
        #expect(day.state.stage?.read == day.state.time)
        // Read twice is read.
        #expect(try day.send(.stageRead(numbered(9)), by: Person.speaker) > read)
        #expect(day.state.actionsShown.last?.what == "stageRead")
        try day.send(.clearStage, by: Person.chief)
        #expect(day.state.stage == nil)
    }

    @Test func `a message that another has replaced cannot be read any more`() throws {
        var day = Day()
        try day.send(.stage(text: "Encore cinq minutes"), by: Person.chief, id: numbered(9))
        try day.send(.stage(text: "Encore deux minutes"), by: Person.chief, id: numbered(10))
        #expect(throws: Rejection(.superseded, field: "message")) {
            try day.send(.stageRead(numbered(9)), by: Person.speaker)
        }
        try day.send(.clearStage, by: Person.chief)
        #expect(throws: Rejection(.superseded, field: "message")) {
            try day.send(.stageRead(numbered(10)), by: Person.speaker)
        }
    }

    @Test func `a message that was read is not taken back`() throws {
        var day = Day()
        let sent = try day.send(.stage(text: "Encore cinq minutes"), by: Person.chief, id: numbered(9))
        try day.send(.stageRead(numbered(9)), by: Person.speaker)
        #expect(throws: Rejection(.superseded)) { try day.send(.undo(sequence: sent), by: Person.chief) }
    }

    @Test func `a message longer than a console shows is refused`() throws {
        var day = Day()
        let text = String(repeating: "é", count: Limits.stageMaximum + 1)
        #expect(throws: Rejection(.textTooLong, field: "text", limit: Limits.stageMaximum)) {
            try day.send(.stage(text: text), by: Person.chief)
        }
    }
}

@Suite struct HandTests {
    @Test func `a question that was handed on is triaged where it went, and may be taken back`() throws {
        var day = Day()
        let (here, there) = (Person.moderator(Sample.agneaux), Person.moderator(Sample.cherbourg))
        let elsewhere = Person.moderator(Sample.granville)
        let question = try day.ask(by: Person.phone(1, Sample.agneaux))
        #expect(throws: Rejection(.wrongVenue)) { try day.send(.hand(question, to: Sample.granville), by: elsewhere) }
        try day.send(.hand(question, to: Sample.cherbourg), by: here)
        #expect(day.state.question(question)?.venue == Sample.agneaux)
        #expect(RoleView(day.state, for: .moderator).cards[question]?.desk == Sample.cherbourg)
        #expect(throws: Rejection(.wrongVenue)) { try day.send(.approve(question), by: here) }
        try day.send(.hand(question, to: Sample.agneaux), by: here)
        #expect(day.state.question(question)?.desk == nil)
        try day.send(.hand(question, to: Sample.cherbourg), by: here)
        try day.send(.approve(question), by: there)
        try day.send(.hand(question, to: Sample.granville), by: there)
        #expect(day.state.question(question)?.desk == Sample.granville)
    }

    @Test func `handing on is taken back by those between whom it went`() throws {
        var day = Day()
        let question = try day.ask(by: Person.phone(1, Sample.agneaux))
        let hand = try day.send(.hand(question, to: Sample.cherbourg), by: Person.chief)
        #expect(throws: Rejection(.wrongVenue)) {
            try day.send(.undo(sequence: hand), by: Person.moderator(Sample.granville))
        }
        try day.send(.undo(sequence: hand), by: Person.moderator(Sample.cherbourg))
        #expect(day.state.question(question)?.desk == nil)
    }

    @Test func `a venue that the event has not is given nothing, and one that holds a question stays`() throws {
        var day = Day()
        let question = try day.ask(by: Person.phone(1, Sample.agneaux))
        #expect(throws: Rejection(.unknownVenue, field: "to")) {
            try day.send(.hand(question, to: VenueID("paris")!), by: Person.chief)
        }
        try day.send(.hand(question, to: Sample.cherbourg), by: Person.chief)
        var setup = Sample.setup()
        setup.venues.removeAll { $0.id == Sample.cherbourg }
        #expect(throws: Rejection(.badValue, field: "venues")) {
            try day.send(.configure(setup), by: Person.organiser)
        }
    }
}

@Suite struct LabelTests {
    @Test func `labels are a set, and speakers see them too`() throws {
        var day = Day()
        let question = try day.question(.approved)
        try day.send(.label(question, labels: ["prix", "à-voir", "prix"]), by: Person.chief)
        #expect(day.state.question(question)?.labels == ["prix", "à-voir"].sorted())
        for kind in ViewKind.allCases {
            let labels = RoleView(day.state, for: kind).cards[question]?.labels ?? []
            #expect(labels.isEmpty == (kind == .audience || kind == .display), "\(kind)")
        }
        try day.send(.label(question, labels: []), by: Person.chief)
        #expect(day.state.question(question)?.labels == [])
    }

    @Test func `a label tells the audience nothing, not even that there is one`() throws {
        var day = Day()
        let question = try day.question(.live)
        var ledgers = Ledgers()
        var state = State()
        try day.send(.label(question, labels: ["prix"]), by: Person.chief)
        try day.send(.note(question, text: "Attention"), by: Person.chief)
        try day.send(.say(text: "Attention", about: nil), by: Person.chief)
        for entry in day.entries { ledgers.advance(state.apply(entry), state) }
        #expect(!ledgers.changed(.audience, since: state.head - 3) && !ledgers.changed(.display, since: state.head - 3))
        #expect(ledgers.changed(.speaker, since: state.head - 3) && !ledgers.changed(.speaker, since: state.head - 2))
    }

    @Test(arguments: ["prix", "à-voir", "2009", "質問", "مهم", "-", "e\u{301}te\u{301}", "ก้า", "12345678901234567890"])
    func `a label is small letters of any script, digits and hyphens`(label: String) throws {
        #expect(try Labels.checked([label]) == [label])
    }

    @Test(arguments: [
        "", " ", "deux mots", "Prix", "É", "prix!", "a\u{202E}b", "\u{301}a", "\u{3164}", "a\u{200B}", "😀", "a_b",
        "123456789012345678901",
    ])
    func `anything else is none`(label: String) {
        #expect(throws: Rejection(.labelInvalid, field: "labels", limit: Limits.labelLetters)) {
            try Labels.checked(["prix", label])
        }
    }

    @Test func `more labels than a card has room for are refused`() {
        #expect(throws: Rejection(.labelInvalid, field: "labels", limit: Limits.labelsMaximum)) {
            try Labels.checked(["a", "b", "c", "d", "e", "f"])
        }
    }
}
