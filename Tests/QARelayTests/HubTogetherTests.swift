// Who is there and at which question, what moderators say to each other, and the end of a rehearsal at the hub.

import QAShared
import QATestKit
import Testing

@testable import QARelay

@Suite struct HubClaimTests {
    private func world() -> TestHub {
        TestHub { day in for number in 1...2 { _ = try day.ask(by: Person.phone(number)) } }
    }

    private func id(_ number: Int, _ world: TestHub) -> QuestionID { world.hub.state.question(number: number).id }

    private func people(_ screen: Screen) -> [Presence.Person] { screen.presences.last?.people ?? [] }

    private func claimed(_ screen: Screen) -> [QuestionID] { people(screen).compactMap(\.claims) }

    @Test func `moderators are told who is there, by the names of their tokens`() {
        let world = world()
        let chief = world.join(.moderator, "chief")
        let again = world.join(.moderator, "chief")
        _ = [world.join(.organiser, "organiser"), world.join(.moderator, "granville"), world.join(.display, "wall")]
        let speaker = world.join(.speaker, "speaker")
        _ = world.join(.audience)
        world.pass(2 * Limits.presenceEvery)
        #expect(people(chief).map(\.name) == ["organiser", "chief", "granville", "speaker", "wall"])
        #expect(people(chief).map(\.venue) == [nil, nil, Sample.granville, Sample.agneaux, nil])
        #expect(people(chief).allSatisfy { !$0.relay && $0.claims == nil })
        #expect(people(again) == people(chief) && speaker.presences.isEmpty)
        again.hangUp()
        chief.forget()
        world.pass(2 * Limits.presenceEvery)
        #expect(people(chief).count == 5)
    }

    @Test func `a claim is told at once, and at most four times a second`() {
        let world = world()
        let chief = world.join(.moderator, "chief")
        let granville = world.join(.moderator, "granville")
        world.pass(5_000)
        chief.forget()
        granville.say(.claim(id(1, world)))
        world.turn()
        #expect(claimed(chief) == [id(1, world)])
        #expect(people(chief).first { $0.claims != nil }?.name == "granville")
        chief.forget()
        for round in 0..<20 {
            granville.say(.claim(id(1 + round % 2, world)))
            world.pass(50)
        }
        #expect((3...5).contains(chief.presences.count))
        world.pass(Limits.claimsEvery)
        #expect(claimed(chief) == [id(2, world)])
        granville.say(.claim(nil))
        world.pass(Limits.claimsEvery)
        #expect(claimed(chief).isEmpty)
        #expect(granville.rejections.isEmpty)
    }

    @Test func `a claim that is renewed stays, and lapses a minute after the last word of it`() {
        let world = world()
        let chief = world.join(.moderator, "chief")
        let granville = world.join(.moderator, "granville")
        granville.say(.claim(id(1, world)))
        world.pass(40_000)
        granville.say(.claim(id(1, world)))
        world.pass(Limits.claimLasts - 1_000)
        #expect(claimed(chief) == [id(1, world)])
        world.pass(2_000)
        #expect(claimed(chief).isEmpty)
    }

    @Test func `a claim goes with the screen that made it`() {
        let world = world()
        let chief = world.join(.moderator, "chief")
        let granville = world.join(.moderator, "granville")
        let other = world.join(.moderator, "granville")
        granville.say(.claim(id(1, world)))
        other.hangUp()
        world.pass(2_000)
        #expect(claimed(chief) == [id(1, world)])
        granville.hangUp()
        world.pass(Limits.claimsEvery)
        #expect(claimed(chief).isEmpty && people(chief).map(\.name) == ["chief"])
    }

    @Test func `speakers and phones claim nothing, and nobody what is not there`() {
        let world = world()
        let chief = world.join(.moderator, "chief")
        for screen in [world.join(.audience), world.join(.speaker, "speaker"), world.join(.display, "wall")] {
            screen.say(.claim(id(1, world)))
            world.turn()
            #expect(screen.rejections == [Rejection(.notAllowed)])
        }
        chief.say(.claim(numbered(404)))
        world.pass(2_000)
        #expect(claimed(chief).isEmpty && chief.rejections.isEmpty)
        world.connect().say(.claim(nil))
    }

    @Test func `whoever runs from question to question is heard no more for a while`() {
        let world = world()
        let chief = world.join(.moderator, "chief")
        for round in 0...Limits.actionBurst { chief.say(.claim(id(1 + round % 2, world))) }
        world.pass(Limits.claimsEvery)
        #expect(claimed(chief) == [id(2, world)])
        // Actions are counted apart.
        let order = chief.order(.say(text: "Bonjour", about: nil))
        #expect(chief.answers(to: order).count == 1 && chief.rejections.isEmpty)
    }
}

@Suite struct HubRehearsalTests {
    private func world(twins: Twins? = nil) -> TestHub {
        TestHub(twins: twins) { day in try day.send(.startRehearsal, by: Person.organiser) }
    }

    @Test func `phones are told that nothing is theirs any more, and all screens begin anew`() {
        let world = world()
        let phone = world.join(.audience)
        let other = world.join(.audience, venue: Sample.cherbourg)
        let chief = world.join(.moderator, "chief")
        let speaker = world.join(.speaker, "speaker")
        phone.order(.ask(text: Sample.text, name: nil, talk: nil))
        let question = world.hub.state.question(number: 1).id
        chief.order(.approve(question))
        chief.say(.claim(question))
        other.order(.vote(question, on: true, counter: 1))
        world.pass(1_000)
        #expect(other.mines.last?.votes.count == 1 && phone.view.cards.count == 1)
        [phone, other].forEach { $0.forget() }
        #expect(world.submit(.endRehearsal) != nil)
        world.pass(1_000)
        for screen in [phone, other] {
            #expect(screen.mines.map(\.whole) == [true])
            #expect(screen.mines.allSatisfy { $0.questions.isEmpty && $0.votes.isEmpty })
            #expect(screen.deltas.first?.from == 0)
        }
        for screen in [phone, other, chief, speaker] { #expect(screen.view.cards.isEmpty) }
        #expect(chief.presences.last?.people.allSatisfy { $0.claims == nil } == true)
        let late = world.join(.audience, venue: Sample.agneaux)
        #expect(late.view == RoleView(world.hub.state, for: .audience) && late.deltas.count == 1)
        phone.order(.ask(text: Sample.text, name: nil, talk: nil))
        world.pass(500)
        #expect(phone.mines.last?.questions.map(\.number) == [1])
    }

    @Test func `what came in the same batch before the end is gone, and what came behind it is there`() {
        let world = world()
        let phone = world.join(.audience)
        let organiser = world.join(.organiser, "organiser")
        world.pass(1_000)
        let ids = (0..<3).map { _ in world.fresh() }
        phone.say(.command(ids[0], .ask(text: Sample.text, name: nil, talk: nil)))
        organiser.say(.command(ids[1], .endRehearsal))
        phone.say(.command(ids[2], .ask(text: "Une question d’après la répétition ?", name: nil, talk: nil)))
        world.turn()
        world.pass(1_000)
        #expect(world.hub.state.questions.map(\.id) == [ids[2].of()])
        #expect(phone.mines.last?.questions.map(\.id) == [ids[2].of()])
        #expect(phone.answers(to: ids[0]).count == 1 && phone.answers(to: ids[2]).count == 1)
    }

    @Test func `the strict rule and the engine forget what was rehearsed`() {
        let world = world(twins: emptyTwins())
        let phone = world.join(.audience)
        phone.order(.ask(text: Sample.text, name: nil, talk: nil))
        world.submit(.endRehearsal)
        guard case .rebuild(let notes)? = world.asked().last else {
            Issue.record("the engine was not told")
            return
        }
        #expect(notes.isEmpty)
        world.join(.audience, venue: Sample.cherbourg).order(.ask(text: Sample.text, name: nil, talk: nil))
        #expect(world.hub.state.questions.map(\.union) == [nil])
        world.join(.audience, venue: Sample.agneaux).order(.ask(text: Sample.text, name: nil, talk: nil))
        #expect(world.hub.state.questions.last?.union?.founder == world.hub.state.questions.first?.id)
    }

    @Test func `an end that could not be written has not been`() {
        let world = world(twins: emptyTwins())
        let phone = world.join(.audience)
        phone.order(.ask(text: Sample.text, name: nil, talk: nil))
        world.pass(1_000)
        world.commitsAtOnce = false
        world.hub.submit(
            StampedCommand(id: world.fresh(), actor: Person.organiser, time: world.now.wall, command: .endRehearsal)
        ) { _ in }
        world.turn()
        phone.forget()
        world.refuse(.full)
        world.commitsAtOnce = true
        world.pass(1_000)
        #expect(world.hub.state.questions.count == 1 && phone.mines.isEmpty)
        // The strict rule knows again what it had forgotten.
        world.join(.audience, venue: Sample.cherbourg).order(.ask(text: Sample.text, name: nil, talk: nil))
        #expect(world.hub.state.questions.last?.union?.founder == world.hub.state.questions.first?.id)
    }
}

@Suite struct HubEnterTests {
    @Test func `a moderator who enters a question sees it as all do, and is told nothing of its own`() {
        let world = TestHub(twins: emptyTwins())
        let chief = world.join(.moderator, "chief")
        let phone = world.join(.audience, venue: Sample.agneaux)
        let order = chief.order(.enter(text: Sample.text, name: nil, venue: Sample.agneaux, talk: nil))
        world.pass(1_000)
        #expect(chief.answers(to: order).count == 1 && chief.mines.isEmpty)
        #expect(phone.view.cards.values.map(\.text) == [Sample.text])
        #expect(phone.view.cards.values.allSatisfy { !$0.heard })
        // Entered again, by another moderator, it is proved to be the same.
        world.join(.moderator, "granville").order(
            .enter(text: Sample.text, name: nil, venue: Sample.granville, talk: nil))
        #expect(world.hub.state.questions.last?.union?.founder == world.hub.state.questions.first?.id)
    }

    @Test func `a question that moved is proved the same in its new talk alone`() {
        let world = TestHub(twins: emptyTwins())
        let chief = world.join(.moderator, "chief")
        let phone = world.join(.audience)
        phone.order(.ask(text: Sample.text, name: nil, talk: Sample.opening))
        let first = world.hub.state.question(number: 1).id
        phone.forget()
        chief.order(.move(first, to: Sample.closing))
        #expect(phone.mines.last?.questions.map(\.talk) == [Sample.closing])
        let other = world.join(.audience, venue: Sample.cherbourg)
        other.order(.ask(text: Sample.text, name: nil, talk: Sample.opening))
        other.order(.ask(text: Sample.text, name: nil, talk: Sample.closing))
        #expect(world.hub.state.questions.map { $0.union?.founder } == [nil, nil, first])
    }

    @Test func `what is said behind the scenes reaches moderators, and the console what is meant for it`() {
        let world = TestHub { day in _ = try day.question(.live, by: Person.phone(1)) }
        let chief = world.join(.moderator, "chief")
        let speaker = world.join(.speaker, "speaker")
        let others = [world.join(.audience), world.join(.display, "wall")]
        world.pass(1_000)
        others.forEach { $0.forget() }
        chief.order(.say(text: "Bonjour", about: nil))
        chief.order(.note(world.hub.state.question(number: 1).id, text: "Attention"))
        chief.order(.stage(text: "Encore cinq minutes"))
        world.pass(1_000)
        #expect(others.allSatisfy { $0.deltas.isEmpty })
        #expect(chief.view.channel.map(\.name) == ["chief"] && chief.view.stage?.text == "Encore cinq minutes")
        #expect(speaker.view.channel.isEmpty && speaker.view.cards.values.allSatisfy { $0.noted == 0 })
        let stage = speaker.view.stage
        #expect(stage?.text == "Encore cinq minutes" && stage?.read == nil)
        if let stage { speaker.order(.stageRead(stage.id)) }
        world.pass(100)
        #expect(chief.view.stage?.read != nil)
    }
}
