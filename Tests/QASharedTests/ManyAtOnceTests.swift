// Many questions at once, questions that change talks, and questions that were heard in the room.

import QATestKit
import Testing

@testable import QAShared

@Suite struct BulkTests {
    @Test func `those that others dealt with meanwhile are passed over, and one undo takes all the rest back`() throws {
        var day = Day()
        let pending = try (1...3).map { try day.question(.pending, by: Person.phone($0)) }
        let withdrawn = try day.question(.dismissed(.withdrawn), by: Person.phone(4))
        let before = day.state
        let bulk = try day.send(.bulk(pending + [withdrawn] + pending, .dismiss(.noTime)), by: Person.chief)
        #expect(pending.allSatisfy { day.state.question($0)?.status == .dismissed(.noTime) })
        #expect(day.state.question(withdrawn)?.status == .dismissed(.withdrawn))
        #expect(day.entries.last?.changes.count == 3)
        let shown = try #require(day.state.actionsShown.last)
        #expect(shown.what == "bulk" && shown.number == nil)
        try day.send(.undo(sequence: bulk), by: Person.chief)
        expectSame(day.state, before)
    }

    @Test func `where none is left to do it to, it is refused`() throws {
        var day = Day()
        let withdrawn = try day.question(.dismissed(.withdrawn))
        #expect(throws: Rejection(.wrongStatus)) { try day.send(.bulk([withdrawn], .approve), by: Person.chief) }
        for ids in [[], (0...Limits.bulkMaximum).map { numbered($0, Question.self) }] {
            #expect(throws: Rejection(.badValue, field: "questions", limit: Limits.bulkMaximum)) {
                try day.send(.bulk(ids, .approve), by: Person.chief)
            }
        }
    }

    @Test func `one question of another venue, or of nowhere, and nothing is done at all`() throws {
        var day = Day()
        let own = try day.ask(by: Person.phone(1, Sample.agneaux))
        let other = try day.ask(by: Person.phone(2, Sample.granville))
        let moderator = Person.moderator(Sample.agneaux)
        #expect(throws: Rejection(.wrongVenue)) { try day.send(.bulk([own, other], .approve), by: moderator) }
        #expect(throws: Rejection(.unknownQuestion, field: "question")) {
            try day.send(.bulk([own, numbered(4)], .approve), by: moderator)
        }
        #expect(day.state.question(own)?.status == .pending)
        try day.send(.hand(other, to: Sample.agneaux), by: Person.chief)
        try day.send(.bulk([own, other], .approve), by: moderator)
        #expect(day.state.queueShown.count == 2)
        // What is answered is of the stage: any moderator may.
        try day.send(.bulk([own, other], .answer), by: Person.moderator(Sample.cherbourg))
        #expect(day.state.queueShown.isEmpty)
    }

    @Test func `the list of actions tells one from many`() throws {
        var day = Day()
        let first = try day.question(.live, by: Person.phone(1))
        let second = try day.question(.approved, by: Person.phone(2))
        try day.send(.takeLive(second, replacing: first), by: Person.chief)
        #expect(day.state.actionsShown.last?.what == "takeLive")
        try day.send(.bulk([first, second], .restore), by: Person.chief)
        // The live one has nothing to be restored from.
        #expect(day.state.actionsShown.last?.what == "restore")
    }
}

@Suite struct MoveTests {
    @Test func `a question goes to another talk with its group, and its askers are told`() throws {
        var day = Day()
        let founder = try day.question(.approved, by: Person.phone(1), talk: Sample.opening)
        let variant = try day.question(.merged(into: founder), by: Person.phone(2), talk: Sample.opening)
        try day.send(.move(variant, to: Sample.closing), by: Person.moderator(Sample.agneaux))
        for id in [founder, variant] { #expect(day.state.question(id)?.talk == Sample.closing) }
        #expect(day.state.queues[Sample.opening]?.count == 0 && day.state.queues[Sample.closing]?.count == 1)
        let told = day.touched.last?.participants ?? []
        #expect(told.contains(Person.phone(1).participant) && told.contains(Person.phone(2).participant))
        #expect(RoleView(day.state, for: .audience).cards[founder] == nil)
        let shown = try #require(day.state.actionsShown.last)
        #expect(shown.what == "move" && shown.number == 1 && shown.talk == Sample.closing)
    }

    @Test func `neither the live question nor anything to a talk that is over`() throws {
        var day = Day()
        try day.send(.startTalk(Sample.opening), by: Person.chief)
        try day.send(.startTalk(Sample.certificate), by: Person.chief)
        let live = try day.question(.live, by: Person.phone(1))
        let pending = try day.ask(by: Person.phone(2))
        #expect(throws: Rejection(.wrongStatus)) { try day.send(.move(live, to: Sample.closing), by: Person.chief) }
        #expect(throws: Rejection(.talkOver, field: "talk")) {
            try day.send(.move(pending, to: Sample.opening), by: Person.chief)
        }
        #expect(throws: Rejection(.unknownTalk, field: "talk")) {
            try day.send(.move(pending, to: TalkID("nowhere")!), by: Person.chief)
        }
    }

    @Test func `a question that went live since stays where it is`() throws {
        var day = Day()
        let question = try day.question(.approved, talk: Sample.opening)
        let move = try day.send(.move(question, to: Sample.closing), by: Person.chief)
        try day.send(.takeLive(question, replacing: nil), by: Person.chief)
        #expect(throws: Rejection(.superseded)) { try day.send(.undo(sequence: move), by: Person.chief) }
    }
}

@Suite struct EnterTests {
    private static let text = "Et pour les petites communes ?"

    private func enter(_ venue: VenueID, _ talk: TalkID? = nil) -> Command {
        .enter(text: Self.text, name: nil, venue: venue, talk: talk)
    }

    @Test func `what was heard in the room waits in the queue at once, as that venue's question`() throws {
        var day = Day()
        try day.send(.pauseIntake, by: Person.chief)
        try day.send(enter(Sample.cherbourg), by: Person.chief, id: numbered(9))
        let question = try #require(day.state.question(numbered(9)))
        #expect(question.status == .approved && question.venue == Sample.cherbourg && question.heard)
        #expect(question.asker == Person.chief.participant && day.state.queueShown == [1])
        #expect(day.state.counts.last?.received == 1 && day.state.counts.last?.shown == 1)
        for kind in ViewKind.allCases {
            #expect(
                RoleView(day.state, for: kind).cards[question.id]?.heard
                    == (kind == .display ? nil : kind == .moderator))
        }
        #expect(day.state.actionsShown.last?.what == "enter" && day.state.actionsShown.last?.number == 1)
        // Its asker is nobody's device.
        #expect(throws: Rejection(.wrongStatus)) { try day.send(.block(question.id), by: Person.chief) }
    }

    @Test func `several people of a room who raise a hand wait for the floor by one moderator`() throws {
        var day = Day()
        for (index, subject) in ["Le prix", "Les délais"].enumerated() {
            let hand = Command.enter(text: subject, name: "Rose", venue: Sample.agneaux, talk: nil, spoken: true)
            try day.send(hand, by: Person.moderator(Sample.agneaux), id: numbered(20 + index))
        }
        #expect(day.state.questions.map(\.spoken) == [true, true] && day.state.queueShown == [1, 2])
        try day.send(.amend(SetupAmendment(floor: false)), by: Person.organiser)
        #expect(throws: Rejection(.floorClosed)) {
            try day.send(
                .enter(text: "Les horaires", name: nil, venue: Sample.agneaux, talk: nil, spoken: true),
                by: Person.chief)
        }
    }

    @Test func `a moderator of a venue hears that venue alone`() throws {
        var day = Day()
        let moderator = Person.moderator(Sample.agneaux)
        #expect(throws: Rejection(.wrongVenue)) { try day.send(enter(Sample.granville), by: moderator) }
        #expect(throws: Rejection(.unknownVenue, field: "venue")) {
            try day.send(enter(VenueID("paris")!), by: Person.chief)
        }
        try day.send(enter(Sample.agneaux), by: moderator)
        #expect(day.state.questions.last?.venue == Sample.agneaux)
    }

    @Test func `the rules of texts and talks hold for it, too`() throws {
        var day = Day()
        #expect(throws: Rejection(.textTooShort, field: "text", limit: 10)) {
            try day.send(.enter(text: "Quoi ?", name: nil, venue: Sample.agneaux, talk: nil), by: Person.chief)
        }
        try day.send(.startTalk(Sample.opening), by: Person.chief)
        try day.send(.endTalk(Sample.opening), by: Person.chief)
        #expect(throws: Rejection(.talkOver, field: "talk")) {
            try day.send(enter(Sample.agneaux, Sample.opening), by: Person.chief)
        }
    }

    @Test func `taken back it is withdrawn, and taken back again it waits as before`() throws {
        var day = Day()
        let entered = try day.send(enter(Sample.agneaux), by: Person.moderator(Sample.agneaux), id: numbered(9))
        let after = day.state
        #expect(throws: Rejection(.wrongVenue)) {
            try day.send(.undo(sequence: entered), by: Person.moderator(Sample.granville))
        }
        let undo = try day.send(.undo(sequence: entered), by: Person.moderator(Sample.agneaux))
        #expect(day.state.question(numbered(9))?.status == .dismissed(.withdrawn))
        #expect(day.state.queueShown.isEmpty)
        try day.send(.undo(sequence: undo), by: Person.chief)
        expectSame(day.state, after)
    }

    @Test func `one that is proved to ask the same joins the group, and leaves it when it is taken back`() throws {
        var day = Day()
        let earlier = try day.question(.approved, by: Person.phone(1))
        let before = day.state.question(earlier)
        let entered = try day.send(enter(Sample.agneaux), by: Person.chief, id: numbered(9), sameAs: [earlier])
        #expect(day.state.question(numbered(9))?.union?.founder == earlier)
        #expect(day.state.question(earlier)?.votes == 1 && day.state.actionsShown.last?.what == "enter")
        let after = day.state
        let undo = try day.send(.undo(sequence: entered), by: Person.chief)
        #expect(day.state.question(numbered(9))?.status == .dismissed(.withdrawn))
        #expect(day.state.question(earlier) == before && day.state.distinguished.isEmpty)
        try day.send(.undo(sequence: undo), by: Person.chief)
        expectSame(day.state, after)
    }

    @Test func `what others have built on is not taken back`() throws {
        var day = Day()
        let entered = try day.send(enter(Sample.agneaux), by: Person.chief, id: numbered(9))
        let joined = try day.ask(sameAs: [numbered(9)])
        #expect(throws: Rejection(.superseded)) { try day.send(.undo(sequence: entered), by: Person.chief) }
        try day.send(.separate(joined), by: Person.chief)
        try day.send(.takeLive(numbered(9), replacing: nil), by: Person.chief)
        #expect(throws: Rejection(.superseded)) { try day.send(.undo(sequence: entered), by: Person.chief) }
    }
}
