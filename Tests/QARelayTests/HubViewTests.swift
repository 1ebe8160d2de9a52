import QAShared
import QATestKit
import Testing

@testable import QARelay

@Suite struct HubViewTests {
    private let ask = Command.ask(text: Sample.text, name: nil, talk: nil)

    // MARK: Size

    /// Two hundred of everything that takes room: long words, emoji, quotes, names.
    private func fullDay(_ day: inout Day) throws {
        let texts = [
            String(repeating: "l’été à Noël, ", count: 14), String(repeating: "👩‍💻 ça \"va\" ", count: 16),
            String(repeating: "\\o/ \"oui\" ", count: 19), String(repeating: "certificat de confiance ", count: 8),
        ]
        for number in 0..<200 {
            let id: CommandID = numbered(number + 1)
            let name = String(repeating: "É", count: number % 41)
            try day.send(
                .ask(text: texts[number % 4], name: name, talk: nil), by: Person.phone(number), id: id)
            try day.send(.edit(id.of(), text: texts[(number + 1) % 4]), by: Person.chief)
            if number % 3 == 0 { try day.send(.approve(id.of()), by: Person.chief) }
            if number % 7 == 1 { try day.send(.dismiss(id.of(), .alreadyAnswered), by: Person.chief) }
        }
    }

    @Test(arguments: [("chief", Role.moderator), ("speaker", .speaker), ("", .audience)])
    func `a big view comes in parts that fit into frames`(key: String, role: Role) {
        let world = TestHub(prepare: fullDay)
        let screen = world.join(role, key.isEmpty ? nil : key)
        let deltas = screen.deltas
        #expect(deltas.count > 1)
        #expect(deltas.map(\.part) == Array(0..<deltas.count))
        #expect(deltas.map(\.more) == deltas.indices.map { $0 < deltas.count - 1 })
        #expect(deltas.allSatisfy { $0.from == 0 && $0.to == world.log.head })
        let longest = screen.shared.map(\.bytes.count).max() ?? 0
        #expect(longest <= Limits.frameBytes)
        #expect(screen.view == RoleView(world.hub.state, for: screen.session.kind))
    }

    @Test func `who is cut off between two parts starts anew without harm`() {
        let world = TestHub(prepare: fullDay)
        let screen = world.join(.moderator, "chief", reads: false)
        var replica = Replica(Hello(role: .moderator, token: "chief"))
        _ = replica.hello()
        for _ in 0..<3 {
            guard case .frame(let frame) = world.hub.next(for: screen.session, world.now),
                let read = try? ServerFrame.decode(frame.bytes)
            else { break }
            _ = replica.receive(read)
        }
        #expect(replica.position == nil && !replica.view.cards.isEmpty)
        screen.hangUp()
        let again = world.join(.moderator, "chief")
        _ = replica.hello()
        for frame in again.frames { _ = replica.receive(frame) }
        #expect(replica.view == RoleView(world.hub.state, for: .moderator))
        #expect(replica.position?.sequence == world.log.head)
    }

    // MARK: One's own

    @Test func `a device is told of its own questions in every tab, and nobody else is`() {
        let world = TestHub()
        let first = world.join(.audience)
        let tab = world.join(.audience, device: first.welcome?.device)
        let other = world.join(.audience)
        let chief = world.join(.moderator, "chief")
        [first, tab, other].forEach { $0.forget() }
        let id = first.order(ask)
        for screen in [first, tab] {
            #expect(screen.mines.map(\.whole) == [false])
            #expect(screen.mines.first?.questions.map(\.status) == ["pending"])
        }
        chief.order(.dismiss(id.of(), .offTopic))
        for screen in [first, tab] {
            #expect(screen.mines.last?.questions.first?.status == "dismissed")
            #expect(screen.mines.last?.questions.first?.reason == "off_topic")
        }
        #expect(other.mines.isEmpty && chief.mines.isEmpty)
    }

    @Test func `own votes are told with their counter, and all again after a hello`() throws {
        let world = TestHub { day in _ = try day.question(.approved) }
        let question = world.hub.state.question(number: 1).id
        let phone = world.join(.audience)
        phone.order(.vote(question, on: true, counter: 1))
        phone.order(.vote(question, on: false, counter: 2))
        let expected = Mine.OwnVote(question: question, counter: 2, on: false)
        #expect(phone.mines.last?.votes == [expected])
        let again = world.join(.audience, device: phone.welcome?.device)
        #expect(again.mines.map(\.whole) == [true])
        #expect(again.mines.first?.votes == [expected])
    }

    @Test func `what changes often while one cannot be written to is told once`() {
        let world = TestHub()
        let phone = world.join(.audience)
        let chief = world.join(.moderator, "chief")
        let id = phone.order(ask)
        phone.forget()
        phone.reads = false
        for number in 0..<6 { chief.order(.edit(id.of(), text: "\(Sample.text) \(number)")) }
        phone.readsAgain()
        #expect(phone.mines.map(\.questions.count) == [1])
        #expect(phone.mines.first?.questions.first?.text == "\(Sample.text) 5")
    }

    @Test func `many own questions and votes come in frames of bounded size`() throws {
        var setup = Sample.setup(moderated: false)
        setup.limits.askBurst = 100
        let world = TestHub(setup) { day in
            for number in 0..<120 { _ = try day.question(.approved, by: Person.phone(number + 50)) }
        }
        world.hub.rates.areOn = false
        let phone = world.join(.audience)
        let text = String(repeating: "👩‍💻 ça \"va\" ", count: 16)
        for _ in 0..<90 { phone.order(.ask(text: text, name: nil, talk: nil)) }
        for number in 1...120 { phone.order(.vote(world.hub.state.question(number: number).id, on: true, counter: 1)) }
        let again = world.join(.audience, device: phone.welcome?.device)
        #expect(again.mines.map(\.whole) == again.mines.indices.map { $0 == 0 })
        #expect(Set(again.mines.flatMap { $0.questions.map(\.id) }).count == 90)
        #expect(Set(again.mines.flatMap { $0.votes.map(\.question) }).count == 120)
        let longest = again.shared.map(\.bytes.count).max() ?? 0
        #expect(longest <= Limits.frameBytes)
    }

    @Test func `who joins, resumes or waits for its own is served although a batch is always on its way`() throws {
        let world = TestHub { day in
            for number in 0..<3 { _ = try day.question(.approved, by: Person.phone(number)) }
        }
        world.hub.rates.areOn = false
        let voter = world.join(.audience)
        let asker = world.join(.audience)
        let resumes = world.log.head - 2
        world.pass(3_000)
        world.commitsAtOnce = false
        var counter = 0
        func load() {
            counter += 1
            voter.order(.vote(world.hub.state.question(number: 1).id, on: counter % 2 == 1, counter: counter))
        }
        load()
        let joins = world.join(.speaker, "speaker", reads: false)
        let comes = world.join(.audience, venue: Sample.cherbourg, reads: false)
        let returns = world.join(.moderator, "chief", position: resumes, reads: false)
        asker.order(ask)
        asker.reads = false
        asker.forget()
        let waiting = [joins, comes, returns, asker]
        for _ in 0..<4 {
            load()
            world.commit()
            // The next batch leaves at the end of the turn; only then can the sockets be written to.
            world.turn()
            #expect(world.hub.isAppending)
            for screen in waiting {
                screen.readsAgain()
                screen.reads = false
            }
        }
        for screen in [joins, comes, returns] { #expect(!screen.deltas.isEmpty) }
        #expect(returns.deltas.first?.from == resumes)
        #expect(comes.mines.map(\.whole) == [true])
        #expect(asker.mines.first?.questions.count == 1)
    }

    // MARK: Presence

    @Test func `moderators are told who is there, once a second and only when it changed`() throws {
        let world = TestHub()
        let chief = world.join(.moderator, "chief")
        let granville = world.join(.moderator, "granville")
        world.pass(1_500)
        chief.forget()
        let phones = (0..<5).map { _ in world.join(.audience, venue: Sample.cherbourg) }
        _ = world.join(.speaker, "speaker")
        _ = world.join(.display, "wall")
        world.pass(Limits.presenceEvery)
        #expect((1...2).contains(chief.presences.count))
        let presence = try #require(chief.presences.last)
        #expect(presence.venues.map(\.venue) == Sample.venues)
        #expect(presence.venues.map(\.count.phones) == [0, 0, 5])
        #expect(presence.venues.map(\.count.moderators) == [1, 0, 0])
        #expect(presence.venues.map(\.count.speakers) == [0, 1, 0])
        #expect(presence.elsewhere.moderators == 1 && presence.elsewhere.displays == 1)
        #expect(granville.presences.last == presence)
        #expect(phones.allSatisfy { $0.presences.isEmpty })
        chief.forget()
        world.pass(10_000)
        #expect(chief.presences.isEmpty)
        phones[0].hangUp()
        phones[0].hangUp()
        world.pass(Limits.presenceEvery)
        #expect(chief.presences.last?.venues.map(\.count.phones) == [0, 0, 4])
    }

    @Test func `a moderator who joins is told who is there`() {
        let world = TestHub()
        _ = world.join(.audience)
        world.pass(5_000)
        let chief = world.join(.moderator, "chief")
        world.pass(Limits.presenceEvery)
        #expect(chief.presences.last?.venues.first?.count.phones == 1)
    }

    // MARK: Revocation

    @Test func `a revoked token closes its sessions once that is durable, and no others`() {
        let world = TestHub()
        let first = world.join(.moderator, "granville")
        let second = world.join(.moderator, "granville")
        let chief = world.join(.moderator, "chief")
        let id = Credentials.hash("granville").id
        world.commitsAtOnce = false
        world.submit(.revokeToken(id))
        #expect(first.closeCode == nil)
        world.commit()
        for screen in [first, second] {
            #expect(screen.closeCode == .tokenRevoked)
            #expect(screen.rejections.last?.code == .tokenRevoked)
        }
        #expect(chief.closeCode == nil)
        #expect(world.join(.moderator, "granville").closeCode == .tokenRevoked)
    }

    @Test func `commands under way of a revoked moderator are answered before the door closes`() {
        let world = TestHub()
        let screen = world.join(.moderator, "granville")
        world.commitsAtOnce = false
        screen.say(.command(numbered(77), .pauseIntake))
        world.submit(.revokeToken(Credentials.hash("granville").id))
        world.commit()
        #expect(screen.answers(to: numbered(77)).count == 1)
        #expect(screen.closeCode == .tokenRevoked)
        screen.say(.command(numbered(78), .resumeIntake))
        world.turn()
        #expect(world.hub.isIdle && !world.hub.state.intake)
    }

    @Test func `a session that is gone is told nothing and harms nothing`() {
        let world = TestHub()
        let phone = world.join(.audience)
        world.commitsAtOnce = false
        phone.order(ask)
        phone.hangUp()
        phone.forget()
        world.commit()
        world.pass(1_000)
        #expect(phone.frames.isEmpty && world.hub.sessions.isEmpty)
        #expect(world.log.head == world.hub.durableHead)
    }
}
