import QAShared
import QATestKit
import Testing

@testable import QARelay

/// What a relay leaves to the hub, and what it tells its room of what did not go as it should.
@Suite struct RelayTroubleTests: RelayFixture {
    // MARK: What is the hub's alone

    @Test func `a relay leaves it to the hub whether a line is cut, and whose keys are gone`() throws {
        let day = try day { day in
            let access = Credentials.accessToken("relay", role: .relay, venue: Sample.granville, label: "relay")
            try day.send(.addToken(access), by: Person.organiser)
            try day.send(.setLine(Sample.granville, cutSince: Sample.morning), by: .house)
            try day.send(.revokeToken(access.id), by: Person.organiser)
        }
        let world = TestHub(relayOf: Sample.cherbourg, day)
        world.pass(2 * Limits.sweepEvery)
        #expect(world.hub.state.lines == [Sample.granville: Sample.morning])
        #expect(world.hub.relaying?.outbox.isEmpty == true)
    }

    @Test func `what has no frame to travel in is refused, and so is a rehearsal`() throws {
        let world = TestHub(relayOf: Sample.cherbourg, try day())
        let access = Credentials.accessToken("new", role: .display, venue: nil, label: "new")
        let commands: [Command] = [
            .configure(Sample.setup(moderated: false)), .addToken(access), .revokeToken(Credentials.hash("wall").id),
            .setLine(Sample.agneaux, cutSince: Sample.morning), .flag(numbered(1), []), .startRehearsal, .endRehearsal,
        ]
        for command in commands {
            var answer: Result<Int, Rejection>?
            world.hub.submit(HouseCommand.stamp(command, world.now)) { answer = $0 }
            world.turn()
            #expect(answer == .failure(Rejection(.notTheHub)), "\(command.kind)")
        }
        #expect(world.hub.relaying?.outbox.isEmpty == true)
    }

    // MARK: Rehearsals

    @Test func `what the room did in a rehearsal whose end it did not hear of is told as one, and goes as one`() throws
    {
        var day = try day { try $0.send(.startRehearsal, by: Person.organiser) }
        let world = TestHub(relayOf: Sample.cherbourg, day)
        let chief = world.join(.moderator, "chief")
        let phone = world.join(.audience, venue: Sample.cherbourg)
        // The day's own clock stands at the beginning.
        world.hub.relaying?.skew = -3_600_000
        ask(phone)
        chief.order(.pauseIntake)
        #expect(world.hub.relaying?.outbox.count == 2)
        try day.send(.endRehearsal, by: Person.organiser)
        open(world, head: day.state.head)
        world.hub.confirmed(Array(day.entries.suffix(1)), world.now)
        world.pass(1_000)
        // The room sees at once what is so, before the hub has refused.
        #expect(world.hub.state.questions.isEmpty && world.hub.state.intake)
        refuse([1, 2], .rehearsalOver, world)
        #expect(chief.refusals.map(\.count) == [2] && chief.refusals.first?.code == .rehearsalOver)
        #expect(phone.mines.last?.questions.isEmpty == true)
        chief.say(.settle(ordinal: 1, again: true))
        world.pass(1_000)
        #expect(chief.refusals.isEmpty && world.hub.relaying?.outbox.isEmpty == true)
    }

    @Test func `what was refused in a rehearsal goes with it`() throws {
        var day = try day { try $0.send(.startRehearsal, by: Person.organiser) }
        let world = TestHub(relayOf: Sample.cherbourg, day)
        let chief = world.join(.moderator, "chief")
        ask(world.join(.audience, venue: Sample.cherbourg))
        refuse([1], .intakePaused, world)
        #expect(chief.refusals.count == 1)
        try day.send(.endRehearsal, by: Person.organiser)
        world.hub.confirmed(Array(day.entries.suffix(1)), world.now)
        world.pass(1_000)
        #expect(chief.refusals.isEmpty)
    }

    @Test func `what was refused after a rehearsal stays when the log is heard anew from its beginning`() throws {
        let day = try day {
            try $0.send(.startRehearsal, by: Person.organiser)
            try $0.send(.endRehearsal, by: Person.organiser)
        }
        let world = TestHub(relayOf: Sample.cherbourg, day)
        let chief = world.join(.moderator, "chief")
        ask(world.join(.audience, venue: Sample.cherbourg))
        refuse([1], .intakePaused, world)
        world.hub.beginAnew([], upTo: day.state.head, world.now)
        world.hub.confirmed(day.entries, world.now)
        world.pass(1_000)
        #expect(world.hub.state.rehearsals == 1 && chief.refusals.map(\.ordinal) == [1])
    }

    // MARK: Many at once

    @Test func `what the hub passed over of many at once is refused by itself, and kept so`() throws {
        var day = try day()
        let questions = try (1...3).map { try day.ask(by: Person.phone($0, Sample.cherbourg)) }
        let world = TestHub(relayOf: Sample.cherbourg, day)
        let chief = world.join(.moderator, "chief")
        chief.order(.bulk(questions, .approve))
        world.pass(100)
        let item = try #require(world.hub.relaying?.outbox.first?.forwarded)
        try day.send(.dismiss(questions[1], .offTopic), by: Person.chief)
        try day.send(item.command, by: item.actor, id: item.id)
        _ = world.asides()
        world.hub.confirmed(Array(day.entries.suffix(2)), world.now)
        world.pass(1_000)
        #expect(world.hub.state == day.state)
        let refusal = try #require(world.hub.relaying?.refusals.first)
        #expect(refusal.forwarded.command == .bulk([questions[1]], .approve) && refusal.rejection.code == .wrongStatus)
        #expect(chief.refusals.map(\.ordinal) == [2] && chief.refusals.first?.code == .wrongStatus)
        let isKept = world.asides().contains { effect in
            if case .keepRefused(let part, _) = effect { part.ordinal == 2 } else { false }
        }
        #expect(isKept)
        // Dealt with, and then another copy of the log comes: the same part is not told again.
        world.hub.settle(2, again: false, chief.session, world.now)
        world.pass(100)
        world.hub.beginAnew([item], upTo: day.state.head, world.now)
        world.hub.confirmed(day.entries, world.now)
        world.pass(1_000)
        #expect(world.hub.state == day.state && world.hub.relaying?.refusals.isEmpty == true)
    }

    // MARK: Votes

    @Test func `a vote on a cut line is marked until the hub has counted it`() throws {
        var day = try day()
        let id = try day.question(.approved)
        let world = TestHub(relayOf: Sample.cherbourg, day)
        let phone = world.join(.audience, venue: Sample.cherbourg)
        phone.order(.vote(id, on: true, counter: 1))
        world.pass(1_000)
        #expect(phone.mines.last?.votes == [Mine.OwnVote(question: id, counter: 1, on: true, unconfirmed: true)])
        let item = try #require(world.hub.relaying?.outbox.first?.forwarded)
        open(world, head: day.state.head)
        let sequence = try day.send(item.command, by: item.actor)
        world.hub.answered([ForwardResult(ordinal: 1, outcome: .success(sequence))], world.now)
        world.hub.confirmed(Array(day.entries.suffix(1)), world.now)
        world.pass(1_000)
        #expect(phone.mines.last?.votes == [Mine.OwnVote(question: id, counter: 1, on: true)])
    }

    // MARK: The line

    @Test func `moderators are told why the hub will not have the relay, and nobody else`() throws {
        let day = try day()
        let world = TestHub(relayOf: Sample.cherbourg, day)
        let chief = world.join(.moderator, "chief")
        let phone = world.join(.audience, venue: Sample.cherbourg)
        world.hub.lineTroubled(.clockSkew, world.now)
        world.pass(1_000)
        #expect(chief.lines.last?.trouble == .clockSkew && phone.lines.last?.trouble == nil)
        open(world, head: day.state.head)
        world.pass(1_000)
        #expect(chief.lines.last?.trouble == nil && chief.lines.last?.isUp == true)
    }

    @Test func `since when the line is cut is kept for the next start`() throws {
        let day = try day()
        let world = TestHub(relayOf: Sample.cherbourg, day)
        open(world, head: day.state.head)
        world.pass(60_000)
        _ = world.asides()
        world.hub.lineLost(world.now)
        world.turn()
        let kept = world.asides().compactMap { if case .keepLine(let memory) = $0 { memory } else { nil } }
        #expect(kept.map(\.cutSince) == [world.now.wall])
    }
}
