import QAShared
import QATestKit
import Testing

@testable import QARelay

/// What a relay's hub refuses for want of a question that another room has.
@Suite struct RelayPatienceTests: RelayFixture {
    /// A room that did something about another room's question, and whose hub was put back to the morning.
    private struct Morning {
        let world: TestHub
        let chief: Screen
        let phone: Screen
        let question: QuestionID
        var restored: Day
        var ordinals: [Int]
    }

    private func morning(_ act: (TestHub, Screen, Screen, QuestionID) -> Void) throws -> Morning {
        var whole = try day()
        let question = try whole.question(.approved)
        let world = TestHub(relayOf: Sample.cherbourg, whole)
        let chief = world.join(.moderator, "chief")
        let phone = world.join(.audience, venue: Sample.cherbourg)
        act(world, chief, phone, question)
        world.pass(1_000)
        let sent = world.hub.relaying?.outbox.map(\.forwarded) ?? []
        let restored = try day()
        world.hub.beginAnew(sent, upTo: restored.state.head, world.now)
        open(world, head: restored.state.head)
        world.hub.confirmed(restored.entries, world.now)
        world.pass(100)
        _ = try forwarded(world)
        return Morning(
            world: world, chief: chief, phone: phone, question: question, restored: restored,
            ordinals: sent.map(\.ordinal))
    }

    /// The other room's question arrives at the hub, and from there here.
    private func bring(_ status: Status, _ morning: inout Morning) throws {
        let head = morning.restored.state.head
        let question = try morning.restored.question(status)
        #expect(question == morning.question)
        let count = morning.restored.state.head - head
        morning.world.hub.confirmed(Array(morning.restored.entries.suffix(count)), morning.world.now)
        morning.world.pass(1_000)
    }

    private func vote(_ phone: Screen, _ question: QuestionID) { phone.order(.vote(question, on: true, counter: 1)) }

    private func reopened(_ world: TestHub) -> [Int] {
        world.asides().flatMap { effect -> [Int] in
            if case .reopen(let ordinals) = effect { ordinals } else { [] }
        }
    }

    @Test func `after another log began a vote waits for its question, and nobody is alarmed`() throws {
        var morning = try morning { _, _, phone, question in vote(phone, question) }
        let world = morning.world
        refuse([1], .unknownQuestion, world)
        world.pass(Limits.patience / 2)
        #expect(morning.chief.refusals.isEmpty && world.hub.relaying?.waiting == 1)
        #expect(try forwarded(world).isEmpty)
        try bring(.approved, &morning)
        #expect(try forwarded(world).map(\.ordinal) == [1])
        #expect(morning.phone.mines.last?.votes.map(\.on) == [true])
        world.hub.answered([ForwardResult(ordinal: 1, outcome: .success(morning.restored.state.head + 1))], world.now)
        world.pass(Limits.patience)
        #expect(morning.chief.refusals.isEmpty && reopened(world).isEmpty)
    }

    @Test func `a vote waits until the question is open, not only there`() throws {
        var morning = try morning { _, _, phone, question in vote(phone, question) }
        refuse([1], .unknownQuestion, morning.world)
        let head = morning.restored.state.head
        let question = try morning.restored.ask(by: Person.phone(1))
        morning.world.hub.confirmed(Array(morning.restored.entries.dropFirst(head)), morning.world.now)
        morning.world.pass(1_000)
        #expect(try forwarded(morning.world).isEmpty)
        try morning.restored.send(.approve(question), by: Person.chief)
        morning.world.hub.confirmed(Array(morning.restored.entries.suffix(1)), morning.world.now)
        morning.world.pass(1_000)
        #expect(try forwarded(morning.world).map(\.ordinal) == [1])
    }

    @Test func `what is still missing after a while is told, and taken up again when it comes all the same`() throws {
        var morning = try morning { world, _, phone, question in
            vote(phone, question)
            vote(world.join(.audience, venue: Sample.cherbourg), question)
        }
        let world = morning.world
        refuse(morning.ordinals, .unknownQuestion, world)
        world.pass(Limits.patience)
        #expect(morning.chief.refusals.map(\.code) == [.unknownQuestion])
        #expect(morning.chief.refusals.map(\.count) == [2] && world.hub.relaying?.waiting == 0)
        _ = world.asides()
        try bring(.approved, &morning)
        #expect(morning.chief.refusals.isEmpty && reopened(world) == [1, 2])
        #expect(try forwarded(world).map(\.ordinal) == [1, 2])
        #expect(world.hub.state.question(morning.question)?.votes == 2)
    }

    @Test func `what moderators did is told at once, and nothing of it is done later`() throws {
        var morning = try morning { _, chief, _, question in
            chief.order(.takeLive(question, replacing: nil))
            chief.order(.label(question, labels: ["budget"]))
        }
        refuse([1, 2], .unknownQuestion, morning.world)
        #expect(morning.chief.refusals.map(\.what) == ["takeLive", "label"])
        try bring(.approved, &morning)
        #expect(morning.chief.refusals.map(\.what) == ["takeLive", "label"])
        #expect(try forwarded(morning.world).isEmpty)
    }

    @Test func `what came off the list of refusals is not lost when another log begins in the same moment`() throws {
        var morning = try morning { _, _, phone, question in vote(phone, question) }
        let world = morning.world
        refuse([1], .unknownQuestion, world)
        world.pass(Limits.patience)
        #expect(morning.chief.refusals.map(\.count) == [1])
        try bring(.approved, &morning)
        // The disk looked before it was told.
        let again = try day()
        world.hub.beginAnew([], upTo: again.state.head, world.now)
        _ = world.asides()
        open(world, head: again.state.head)
        world.hub.confirmed(again.entries, world.now)
        world.pass(100)
        #expect(try forwarded(world).map(\.ordinal) == [1] && reopened(world) == [1])
    }

    @Test func `a vote that waits for a question of a rehearsal goes with the rehearsal`() throws {
        var morning = try morning { _, _, phone, question in vote(phone, question) }
        let world = morning.world
        refuse([1], .unknownQuestion, world)
        let head = morning.restored.state.head
        try morning.restored.send(.startRehearsal, by: Person.organiser)
        try morning.restored.send(.endRehearsal, by: Person.organiser)
        world.hub.confirmed(Array(morning.restored.entries.dropFirst(head)), world.now)
        world.pass(Limits.patience)
        #expect(morning.chief.refusals.isEmpty && world.hub.relaying?.outbox.isEmpty == true)
        let isForgotten = world.asides().contains { effect in
            if case .forget(1) = effect { true } else { false }
        }
        #expect(isForgotten)
    }

    @Test func `a refusal that has nothing to do with a missing question is told at once`() throws {
        let morning = try morning { _, _, phone, question in vote(phone, question) }
        refuse([1], .blocked, morning.world)
        #expect(morning.chief.refusals.map(\.code) == [.blocked])
    }

    @Test func `a copy that is behind its hub sends a refused vote once more and no oftener`() throws {
        var day = try day()
        let question = try day.question(.approved)
        let world = TestHub(relayOf: Sample.cherbourg, day)
        let chief = world.join(.moderator, "chief")
        vote(world.join(.audience, venue: Sample.cherbourg), question)
        open(world, head: day.state.head)
        #expect(try forwarded(world).map(\.ordinal) == [1])
        refuse([1], .notOpen, world)
        #expect(try forwarded(world).map(\.ordinal) == [1])
        refuse([1], .notOpen, world)
        #expect(try forwarded(world).isEmpty && chief.refusals.map(\.code) == [.notOpen])
    }
}
