import QAShared
import QATestKit
import Testing

@testable import QARelay

@Suite struct RelayHubTests: RelayFixture {
    // MARK: What the room sees

    @Test func `a phone is told its first view once, however soon the room does something`() throws {
        let world = TestHub(relayOf: Sample.cherbourg, try day())
        let phone = world.join(.audience, venue: Sample.cherbourg)
        #expect(phone.deltas.count == 1 && phone.welcome?.head == 1)
        phone.order(.ask(text: Sample.text, name: nil, talk: nil))
        world.pass(300)
        #expect(phone.deltas.count { $0.from == 0 } == 1)
    }

    @Test func `what the room does is marked until the hub has decided, and is then the hub's`() throws {
        var day = try day()
        let world = TestHub(relayOf: Sample.cherbourg, day)
        let chief = world.join(.moderator, "chief")
        let phone = world.join(.audience, venue: Sample.cherbourg)
        ask(phone)
        let guess = try #require(chief.view.cards.values.first)
        #expect(guess.unconfirmed && phone.mines.last?.questions.first?.unconfirmed == true)
        open(world, head: day.state.head)
        let item = try #require(try forwarded(world).first)
        // Another room was faster.
        _ = try day.ask(by: Person.phone(1))
        try day.send(item.command, by: item.actor, id: item.id)
        world.hub.confirmed(Array(day.entries.suffix(2)), world.now)
        world.pass(1_000)
        #expect(chief.view.cards[guess.id]?.number == 2 && chief.view.cards[guess.id]?.unconfirmed == false)
        #expect(phone.mines.last?.questions.first?.number == 2)
        #expect(phone.mines.last?.questions.first?.unconfirmed == false)
        #expect(world.hub.relaying?.outbox.isEmpty == true)
    }

    @Test func `who comes after a guess was made is told as well when the hub has decided`() throws {
        var day = try day()
        let asked = try day.question(.approved, by: Person.phone(2, Sample.cherbourg))
        let world = TestHub(relayOf: Sample.cherbourg, day)
        world.join(.moderator, "chief").order(.edit(asked, text: "Quel est le tarif du certificat ?"))
        let item = try #require(world.hub.relaying?.outbox.first)
        let told = world.hub.relaying?.guessTouched
        #expect(told?.contains(Person.phone(2).participant) == true)
        try day.send(item.forwarded.command, by: item.forwarded.actor, id: item.forwarded.id)
        world.hub.confirmed(Array(day.entries.suffix(1)), world.now)
        #expect(world.hub.state.unconfirmed.isEmpty && world.hub.relaying?.guessTouched.isEmpty == true)
    }

    @Test func `a phone of another room is sent away at once, not when the hub refuses its questions`() throws {
        let world = TestHub(relayOf: Sample.cherbourg, try day())
        let phone = world.join(.audience, venue: Sample.agneaux)
        #expect(phone.closeCode == .venueUnknown)
    }

    @Test func `a key that the copy does not hold yet is refused once the relay has heard it all`() throws {
        let whole = try day()
        let world = TestHub(relayOf: Sample.cherbourg, Day())
        #expect(world.join(.moderator, "chief").closeCode == .goingAway)
        open(world, head: whole.state.head)
        #expect(world.join(.moderator, "chief").closeCode == .goingAway)
        world.hub.confirmed(Array(whole.entries.dropFirst()), world.now)
        #expect(world.join(.moderator, "chief").closeCode == nil)
        #expect(world.join(.moderator, "nobody").closeCode == .tokenInvalid)
    }

    // MARK: What goes to the hub

    @Test func `row 7 after an hour's cut what the room gave goes out in its order, and is there once`() throws {
        var day = try day()
        let world = TestHub(relayOf: Sample.cherbourg, day)
        let chief = world.join(.moderator, "chief")
        let phone = world.join(.audience, venue: Sample.cherbourg)
        open(world, head: day.state.head)
        world.hub.lineLost(world.now)
        for number in 1...3 {
            ask(phone, "Combien de dossiers au guichet \(5_000 + number) ?")
            world.pass(20 * 60_000)
        }
        chief.order(.approve(try #require(chief.view.cards.values.min { $0.number < $1.number }?.id)))
        world.pass(100)
        #expect(world.hub.relaying?.waiting == 4 && phone.closeCode == nil)
        open(world, head: day.state.head)
        let items = try forwarded(world)
        #expect(items.map(\.ordinal) == [1, 2, 3, 4])
        for item in items { try day.send(item.command, by: item.actor, id: item.id) }
        #expect(try forwarded(world).isEmpty, "once")
        world.hub.confirmed(Array(day.entries.suffix(4)), world.now)
        world.pass(1_000)
        #expect(world.hub.state == day.state && world.hub.relaying?.outbox.isEmpty == true)
        #expect(day.state.questions.map(\.status) == [.approved, .pending, .pending])
    }

    @Test func `an action is undone by its command, whether it has a sequence at the hub or not`() throws {
        var day = try day()
        let first = try day.ask(by: Person.phone(2))
        try day.send(.approve(first), by: Person.chief, id: numbered(77))
        let world = TestHub(relayOf: Sample.cherbourg, day)
        let chief = world.join(.moderator, "chief")
        let pinned = chief.order(.pauseIntake)
        world.pass(100)
        let sequence = try #require(chief.view.actions.last?.sequence)
        #expect(sequence > Limits.guesses)
        chief.order(.undo(sequence: sequence))
        chief.order(.undo(sequence: day.state.head))
        let commands = world.hub.relaying?.outbox.map(\.forwarded.command) ?? []
        #expect(commands == [.pauseIntake, .undoCommand(pinned), .undoCommand(numbered(77))])
        #expect(world.hub.state.intake)
    }

    @Test func `what the hub could not take in one frame is not promised, and blanks do not travel`() throws {
        let world = TestHub(relayOf: Sample.cherbourg, try day())
        let phone = world.join(.audience, venue: Sample.cherbourg)
        ask(phone, Sample.text + String(repeating: " ", count: 15_900))
        let item = try #require(world.hub.relaying?.outbox.first?.forwarded)
        #expect(item.command == .ask(text: Sample.text, name: nil, talk: nil))
        #expect(ClientFrame.forward([item]).encode().count < 500)
    }

    @Test func `what was answered on a line that was lost is asked again on the next one`() throws {
        let day = try day()
        let world = TestHub(relayOf: Sample.cherbourg, day)
        ask(world.join(.audience, venue: Sample.cherbourg))
        open(world, head: day.state.head)
        #expect(try forwarded(world).map(\.ordinal) == [1])
        world.hub.answered([ForwardResult(ordinal: 1, outcome: .success(day.state.head + 1))], world.now)
        #expect(try forwarded(world).isEmpty)
        world.hub.lineLost(world.now)
        open(world, head: day.state.head)
        #expect(try forwarded(world).map(\.ordinal) == [1])
    }

    // MARK: Another log

    @Test func `the room keeps what it sees until another log has arrived, also over a line that was lost`() throws {
        let day = try day { _ = try $0.question(.approved) }
        let world = TestHub(relayOf: Sample.cherbourg, day)
        let phone = world.join(.audience, venue: Sample.cherbourg)
        ask(phone, "Qui paie le certificat, et quand ?")
        let sent = world.hub.relaying?.outbox.map(\.forwarded) ?? []
        var restored = try self.day()
        var course = UplinkProtocol()
        course.dialled()
        // The line that said so is gone before the disk has taken it in.
        let welcome = welcome(world, head: restored.state.head, resumed: false)
        let first = course.began(welcome, line: 1, resending: sent, world.hub, world.now)
        #expect(!first)
        #expect(world.hub.state.questions.count == 2)
        course.dialled()
        course.opened(Hello(role: .relay))
        let second = course.began(welcome, line: 2, resending: nil, world.hub, world.now)
        #expect(second)
        world.hub.confirmed(Array(restored.entries.prefix(2)), world.now)
        world.pass(1_000)
        #expect(world.hub.state.questions.count == 2)
        world.hub.confirmed(Array(restored.entries.dropFirst(2)), world.now)
        world.pass(1_000)
        // The question of the lost log is gone, the room's own is a guess again.
        #expect(world.hub.state.questions.map(\.text) == ["Qui paie le certificat, et quand ?"])
        #expect(try forwarded(world).map(\.ordinal) == [1])
        try restored.send(sent[0].command, by: sent[0].actor, id: sent[0].id)
        world.hub.confirmed(Array(restored.entries.suffix(1)), world.now)
        world.pass(1_000)
        #expect(world.hub.state == restored.state)
    }

    @Test func `what the disk did not take is not shown, also while another log is on its way`() throws {
        let day = try day()
        let world = TestHub(relayOf: Sample.cherbourg, day)
        let phone = world.join(.audience, venue: Sample.cherbourg)
        world.hub.beginAnew([], upTo: 50, world.now)
        world.commitsAtOnce = false
        let id = phone.order(.ask(text: Sample.text, name: nil, talk: nil))
        world.hub.storeFailed(.full, world.now)
        world.perform()
        world.pass(1_000)
        #expect(phone.view.cards.isEmpty && world.hub.state.questions.isEmpty)
        #expect(phone.rejections.map(\.code) == [.storageFailed] && phone.answers(to: id).count == 1)
        #expect(world.hub.wakeAt > world.now.monotonic)
    }

    // MARK: What the hub refused

    @Test func `a refused command is shown with its reason until a moderator has dealt with it`() throws {
        let world = TestHub(relayOf: Sample.cherbourg, try day())
        let chief = world.join(.moderator, "chief")
        let phone = world.join(.audience, venue: Sample.cherbourg)
        ask(phone)
        refuse([1], .talkOver, world)
        #expect(chief.refusals.map(\.ordinal) == [1] && chief.refusals.first?.code == .talkOver)
        #expect(chief.refusals.first?.text == Sample.text && chief.view.cards.isEmpty)
        #expect(phone.mines.last?.questions.map(\.status) == ["refused"])
        _ = world.asides()
        chief.say(.settle(ordinal: 1, again: false))
        world.pass(1_000)
        #expect(chief.refusals.isEmpty && phone.mines.last?.questions.isEmpty == true)
        guard case .forget(1)? = world.asides().last else {
            Issue.record("it would be there again after a restart")
            return
        }
    }

    @Test func `given again it is a new command, and what cannot be given again stays`() throws {
        let world = TestHub(relayOf: Sample.cherbourg, try day())
        let chief = world.join(.moderator, "chief")
        let asked: CommandID = numbered(42)
        world.join(.audience, venue: Sample.cherbourg).order(.ask(text: Sample.text, name: nil, talk: nil), id: asked)
        refuse([1], .intakePaused, world)
        chief.order(.pauseIntake)
        chief.say(.settle(ordinal: 1, again: true))
        world.pass(1_000)
        #expect(chief.refusals.map(\.ordinal) == [1] && chief.rejections.map(\.code) == [.intakePaused])
        chief.order(.resumeIntake)
        chief.say(.settle(ordinal: 1, again: true))
        world.pass(1_000)
        #expect(chief.refusals.isEmpty)
        #expect(world.hub.relaying?.outbox.last?.forwarded.id == asked.next)
    }

    @Test func `votes that are refused for one question are told as one, and let go as one`() throws {
        var day = try day()
        let id = try day.question(.approved)
        let world = TestHub(relayOf: Sample.cherbourg, day)
        let chief = world.join(.moderator, "chief")
        let phones = (0..<3).map { _ in world.join(.audience, venue: Sample.cherbourg) }
        for phone in phones { phone.order(.vote(id, on: true, counter: 1)) }
        refuse([1, 2, 3], .blocked, world)
        #expect(chief.refusals.map(\.count) == [3])
        _ = world.asides()
        chief.say(.settle(ordinal: 1, again: false))
        world.turn()
        let forgotten = world.asides().compactMap { effect in
            if case .forget(let ordinal) = effect { ordinal } else { nil }
        }
        #expect(forgotten == [1, 2, 3])
    }

    @Test func `a vote that is refused while its fellows are let go is not let go unseen`() throws {
        var day = try day()
        let id = try day.question(.approved)
        let world = TestHub(relayOf: Sample.cherbourg, day)
        let chief = world.join(.moderator, "chief")
        for _ in 0..<3 { world.join(.audience, venue: Sample.cherbourg).order(.vote(id, on: true, counter: 1)) }
        refuse([1, 2], .blocked, world)
        #expect(chief.refusals.map(\.count) == [2])
        // On the same turn, before the moderator can hear of the third.
        world.hub.answered([ForwardResult(ordinal: 3, outcome: .failure(Rejection(.blocked)))], world.now)
        chief.say(.settle(ordinal: 1, again: false))
        world.turn()
        #expect(chief.refusals.map(\.ordinal) == [3] && chief.refusals.map(\.count) == [1])
    }

    @Test func `what is refused twice is told once, and not any more when another log decides on it`() throws {
        let world = TestHub(relayOf: Sample.cherbourg, try day())
        let chief = world.join(.moderator, "chief")
        ask(world.join(.audience, venue: Sample.cherbourg))
        let item = try #require(world.hub.relaying?.outbox.first?.forwarded)
        refuse([1], .intakePaused, world)
        world.hub.beginAnew([item], upTo: 50, world.now)
        world.pass(1_000)
        #expect(world.hub.relaying?.refusals.isEmpty == true)
        refuse([1], .intakePaused, world)
        #expect(chief.refusals.map(\.ordinal) == [1])
    }

    @Test func `the room is told how many commands wait, when that changes`() throws {
        let day = try day()
        let world = TestHub(relayOf: Sample.cherbourg, day)
        let phone = world.join(.audience, venue: Sample.cherbourg)
        ask(phone)
        world.pass(2_000)
        #expect(phone.lines.last?.waiting == 1 && phone.lines.last?.isUp == false)
        open(world, head: day.state.head)
        world.hub.answered([ForwardResult(ordinal: 1, outcome: .success(day.state.head + 1))], world.now)
        world.pass(2_000)
        #expect(phone.lines.last?.waiting == 0 && phone.lines.last?.isUp == true)
    }
}
