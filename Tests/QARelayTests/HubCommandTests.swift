import QAShared
import QATestKit
import Testing

@testable import QARelay

@Suite struct HubCommandTests {
    private func isAck(_ result: Result<Int, Rejection>?) -> Bool {
        if case .success = result { true } else { false }
    }

    private func code(_ result: Result<Int, Rejection>?) -> Rejection.Code? {
        if case .failure(let rejection) = result { rejection.code } else { nil }
    }

    private func wait(_ result: Result<Int, Rejection>?) -> Int? {
        if case .failure(let rejection) = result { rejection.retryAfter } else { nil }
    }

    private let ask = Command.ask(text: Sample.text, name: nil, talk: nil)

    // MARK: Durable first

    @Test func `nothing is answered or shown before the batch is durable`() throws {
        let world = TestHub()
        let phone = world.join(.audience)
        let chief = world.join(.moderator, "chief")
        let head = world.log.head
        phone.forget()
        chief.forget()
        world.commitsAtOnce = false
        let id = phone.order(ask)
        world.pass(1_500)
        #expect(phone.frames.isEmpty && chief.deltas.isEmpty)
        #expect(world.hub.durableHead == head && world.hub.state.head == head + 1)
        // Whoever comes meanwhile is told the durable position and waits for the view.
        let late = world.join(.moderator, "granville")
        #expect(late.welcome?.head == head && late.deltas.allSatisfy { $0.to <= head })
        world.commit()
        #expect(phone.answers(to: id) == [.success(head + 1)])
        #expect(chief.view.cards.isEmpty == false || chief.deltas.isEmpty)
        world.pass(Limits.promptTick)
        #expect(chief.deltas.last?.upserts.count == 1)
        #expect(late.view == RoleView(world.hub.state, for: .moderator))
    }

    @Test func `commands that come while a batch is on its way make the next one`() {
        let world = TestHub()
        let phones = (0..<5).map { _ in world.join(.audience) }
        world.commitsAtOnce = false
        let head = world.log.head
        phones[0].order(ask)
        for phone in phones.dropFirst() { phone.order(ask) }
        #expect(world.batches.map(\.entries.count) == [1])
        world.commit()
        world.turn()
        #expect(world.batches.map(\.entries.count) == [4])
        #expect(world.batches.first?.expected == head + 1)
        world.commit()
        world.turn()
        #expect(world.batches.isEmpty && world.hub.isIdle && world.log.head == head + 5)
    }

    @Test func `the same command twice is one entry with one sequence`() {
        let world = TestHub()
        let phone = world.join(.audience)
        world.commitsAtOnce = false
        let id = world.fresh()
        let head = world.log.head
        phone.say(.command(id, ask))
        phone.say(.command(id, ask))
        world.turn()
        world.commit()
        phone.order(ask, id: id)
        #expect(phone.answers(to: id) == [.success(head + 1), .success(head + 1), .success(head + 1)])
        #expect(world.log.head == head + 1)
        let other = world.join(.audience)
        other.order(ask, id: id)
        #expect(code(other.answers(to: id).first) == .commandIDTaken)
    }

    // MARK: The log fails

    @Test func `when the disk is full all that waits is refused, and it goes on once there is space`() {
        let world = TestHub()
        let phone = world.join(.audience)
        let other = world.join(.audience)
        let chief = world.join(.moderator, "chief")
        let before = world.hub.state
        world.commitsAtOnce = false
        let first = phone.order(ask)
        let second = other.order(ask)
        chief.forget()
        world.refuse(.full)
        world.pass(100)
        #expect(code(phone.answers(to: first).first) == .storageFailed)
        #expect(code(other.answers(to: second).first) == .storageFailed)
        #expect((wait(phone.answers(to: first).first) ?? 0) > 0)
        #expect(world.hub.state == before && world.hub.health == .full)
        #expect(chief.deltas.isEmpty)
        world.commitsAtOnce = true
        phone.forget()
        phone.order(ask, id: first)
        other.order(ask, id: second)
        world.pass(100)
        #expect(phone.answers(to: first) == [.success(before.head + 1)])
        #expect(world.hub.health == .ok && world.log.head == before.head + 2)
        #expect(chief.view.cards.count == 2)
        #expect(phone.mines.last?.questions.count == 1)
    }

    @Test func `a failed log takes nothing more, and what is durable is still shown`() {
        let world = TestHub()
        let phone = world.join(.audience)
        let before = world.hub.state
        world.commitsAtOnce = false
        let id = phone.order(ask)
        world.refuse(.failed("io"))
        #expect(world.hub.health == .failed && world.hub.state == before)
        #expect(code(phone.answers(to: id).first) == .storageFailed)
        phone.forget()
        phone.order(ask, id: id)
        #expect(code(phone.answers(to: id).first) == .storageFailed)
        #expect(world.batches.isEmpty)
        #expect(code(world.submit(.pauseIntake)) == .storageFailed)
        let late = world.join(.moderator, "chief")
        #expect(late.view == RoleView(before, for: .moderator))
    }

    @Test func `a log that cannot be read again shows nothing that may not be in it`() {
        let world = TestHub()
        let phone = world.join(.audience)
        let chief = world.join(.moderator, "chief")
        let head = world.log.head
        world.commitsAtOnce = false
        phone.order(ask)
        world.refuse(.failed("io"), readable: false)
        let late = world.join(.moderator, "granville")
        world.pass(30_000)
        for screen in [phone, chief, late] {
            #expect(screen.deltas.allSatisfy { $0.to <= head })
            #expect(screen.mines.allSatisfy { $0.questions.isEmpty })
        }
        // It can still be stopped in order.
        #expect(world.hub.isIdle)
    }

    @Test func `a batch that was kept although it was said to have failed is part of what is durable`() {
        let world = TestHub()
        let phone = world.join(.audience)
        world.commitsAtOnce = false
        let id = phone.order(ask)
        let batch = world.batches[0]
        try? world.log.append(batch.entries, expecting: batch.expected)
        world.refuse(.failed("io"))
        #expect(world.hub.durableHead == world.log.head && world.hub.state.head == world.log.head)
        #expect(code(phone.answers(to: id).first) == .storageFailed)
        let again = world.join(.moderator, "chief", position: world.log.head)
        #expect(again.welcome?.resumed == true && again.welcome?.head == world.log.head)
    }

    @Test func `a hub that drains stays so when the disk is full`() {
        let world = TestHub()
        let phone = world.join(.audience)
        world.commitsAtOnce = false
        phone.order(ask)
        world.hub.drain()
        world.refuse(.full)
        #expect(world.hub.health == .draining)
    }

    // MARK: Limits

    @Test func `who asks too fast is told how long to wait, and retries of what is in the log are free`() throws {
        var setup = Sample.setup()
        setup.limits.askBurst = 2
        setup.limits.askEverySeconds = 10
        let world = TestHub(setup)
        let phone = world.join(.audience)
        let ids = [phone.order(ask), phone.order(ask)]
        let third = phone.order(ask)
        #expect(code(phone.answers(to: third).first) == .rateLimited)
        let after = try #require(wait(phone.answers(to: third).first))
        #expect((9_900...10_000).contains(after))
        phone.forget()
        for _ in 0..<20 { for id in ids { phone.order(ask, id: id) } }
        #expect(ids.allSatisfy { phone.answers(to: $0).allSatisfy { isAck($0) } })
        world.pass(after - 1)
        phone.order(ask, id: third)
        #expect(code(phone.answers(to: third).last) == .rateLimited)
        world.pass(wait(phone.answers(to: third).last) ?? 0)
        phone.order(ask, id: third)
        #expect(isAck(phone.answers(to: third).last))
        // Another phone has a bucket of its own.
        let other = world.join(.audience)
        #expect(isAck(other.answers(to: other.order(ask)).first))
    }

    @Test func `an id of zeros opens no way around the limit on votes`() throws {
        let world = TestHub { day in _ = try day.question(.approved) }
        let phone = world.join(.audience)
        let question = world.hub.state.question(number: 1).id
        phone.order(ask, id: CommandID(high: 0, low: 0))
        for counter in 1...(Limits.voteBurst + 5) {
            phone.order(.vote(question, on: counter % 2 == 1, counter: counter))
        }
        #expect(phone.rejections.count { $0.code == .rateLimited } == 5)
    }

    @Test func `too many commands at once are refused as busy`() {
        let world = TestHub()
        let phone = world.join(.audience)
        world.hub.rates.areOn = false
        world.commitsAtOnce = false
        phone.order(ask)
        for _ in 0..<Limits.commandsWaiting { phone.say(.command(world.fresh(), .withdraw(numbered(1)))) }
        let id = phone.order(ask)
        #expect(code(phone.answers(to: id).first) == .busy)
        #expect((wait(phone.answers(to: id).first) ?? 0) > 0)
    }

    @Test func `more commands than a batch holds come in several`() {
        let world = TestHub()
        world.hub.rates.areOn = false
        world.commitsAtOnce = false
        let phones = (0..<3).map { _ in world.join(.audience) }
        for index in 0..<(Limits.batchCommands + 10) { phones[index % 3].say(.command(world.fresh(), ask)) }
        world.turn()
        #expect(world.batches.map(\.entries.count) == [Limits.batchCommands])
        world.commit()
        world.turn()
        #expect(world.batches.map(\.entries.count) == [10])
    }

    @Test func `a draining hub finishes what is on its way and takes no more`() {
        let world = TestHub()
        let phone = world.join(.audience)
        world.commitsAtOnce = false
        let first = phone.order(ask)
        world.hub.drain()
        let second = phone.order(ask)
        #expect(code(phone.answers(to: second).first) == .busy)
        #expect(!world.hub.isIdle)
        world.commit()
        #expect(isAck(phone.answers(to: first).first))
        #expect(world.hub.isIdle && !world.hub.owesAnswers && world.hub.health == .draining)
    }

    @Test func `a session that does not read its answers is closed, and others are not`() {
        let world = TestHub()
        let deaf = world.join(.moderator, "chief")
        let other = world.join(.moderator, "granville")
        deaf.reads = false
        for _ in 0...Limits.answersWaiting { deaf.say(.beat) }
        #expect(world.hub.attached.joined().contains { $0 === deaf.session }, "many at once are no fault")
        world.pass(Limits.answersWithin + 1)
        deaf.say(.beat)
        #expect(world.hub.attached.joined().contains { $0 === deaf.session } == false)
        deaf.readsAgain()
        #expect(deaf.closeCode == .tooSlow)
        other.say(.beat)
        #expect(other.frames.last == .beat && other.closeCode == nil)
    }

    @Test func `no session has more answers waiting than the limit`() {
        let world = TestHub()
        let deaf = world.join(.moderator, "chief")
        deaf.reads = false
        for _ in 0...Limits.answersMaximum { deaf.say(.beat) }
        #expect(world.hub.attached.joined().contains { $0 === deaf.session } == false)
        #expect(deaf.session.answers.count <= 1)
    }

    @Test func `an unreadable frame is answered with its id and changes nothing`() {
        let world = TestHub()
        let phone = world.join(.audience)
        phone.forget()
        phone.say(#"{"type":"command","id":"AAAAAAAAAAAAAAAAAAAAAA","do":"ask","text":"x","colour":"red"}"#)
        phone.say("not json")
        phone.say(#"{"type":"dance"}"#)
        #expect(phone.answers(to: numberedZero).map(code) == [.unknownField])
        #expect(phone.rejections.map(\.code) == [.unknownField, .malformed, .unknownType])
        #expect(phone.closeCode == nil && world.hub.isIdle)
    }

    private let numberedZero = CommandID(high: 0, low: 0)
}
