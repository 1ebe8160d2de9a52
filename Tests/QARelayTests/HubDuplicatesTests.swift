// The strict rule inside the hub's turn, and flags that come from the engine in their own time.

import QAShared
import QATestKit
import Testing

@testable import QARelay

@Suite struct HubDuplicatesTests {
    private static let text = Sample.text
    private static let other = "Combien de temps un certificat est-il valable ?"

    private func ask(_ screen: Screen, _ text: String = Self.text) -> QuestionID {
        screen.order(.ask(text: text, name: nil, talk: nil)).of()
    }

    /// Where a question stands that was just asked.
    private func union(of id: QuestionID, _ world: TestHub) -> Union? { world.hub.state.question(id)?.union }

    private func flag(_ other: QuestionID, _ level: FlagLevel = .strong) -> DuplicateFlag {
        DuplicateFlag(other: other, level: level, reasons: [.sameWords], mine: [1], theirs: [0])
    }

    private func flags(_ requests: [AdviceRequest]) -> [(QuestionID, String)] {
        requests.compactMap { if case .flag(let id, _, let text) = $0 { (id, text) } else { nil } }
    }

    private func notes(_ requests: [AdviceRequest]) -> [QuestionNote] {
        requests.compactMap { if case .note(let note) = $0 { note } else { nil } }
    }

    // MARK: The strict rule

    @Test func `what repeats a question is merged as it comes, in the same batch too`() throws {
        let world = TestHub(twins: emptyTwins())
        let phones = (0..<3).map { world.join(.audience, venue: Sample.venues[$0]) }
        let first = ask(phones[0])
        world.commitsAtOnce = false
        // The second goes to the log alone, the third and the fourth wait for it and go together.
        let second = ask(phones[1], "  \(Self.text.uppercased()) ")
        let third = ask(phones[2], Self.other)
        let fourth = ask(phones[1], Self.other)
        world.commit()
        world.turn()
        world.commit()
        let state = world.hub.state
        #expect(state.question(second)?.union == Union(founder: first, with: first, before: .pending, automatic: true))
        #expect(state.question(fourth)?.union?.founder == third)
        #expect(world.batches.isEmpty && state.questions.count == 4)
    }

    @Test func `a hub without the strict rule merges nothing and asks nobody`() {
        let world = TestHub()
        let phone = world.join(.audience)
        let first = ask(phone)
        let second = ask(phone)
        #expect(world.hub.state.question(first)?.union == nil && world.hub.state.question(second)?.union == nil)
        #expect(world.asked().isEmpty)
    }

    @Test func `what was written before counts after a start`() throws {
        let world = TestHub(twins: emptyTwins()) { day in
            let id = try day.ask(Self.other, by: Person.phone(1))
            try day.send(.edit(id, text: Self.text), by: Person.chief)
        }
        let phone = world.join(.audience)
        #expect(union(of: ask(phone, Self.other), world) == nil)
        #expect(union(of: ask(phone), world)?.founder == world.hub.state.questions[0].id)
    }

    @Test func `an edited text is repeated by its new words`() {
        let world = TestHub(twins: emptyTwins())
        let (phone, chief) = (world.join(.audience), world.join(.moderator, "chief"))
        let first = ask(phone)
        chief.order(.edit(first, text: Self.other))
        #expect(union(of: ask(phone), world) == nil)
        #expect(union(of: ask(phone, Self.other), world)?.founder == first)
    }

    @Test(arguments: [LogError.full, .failed("io")])
    func `what was not written is repeated by nobody`(error: LogError) {
        let world = TestHub(twins: emptyTwins())
        let (phone, chief) = (world.join(.audience), world.join(.moderator, "chief"))
        let first = ask(phone)
        world.commitsAtOnce = false
        let lost = ask(phone, Self.other)
        world.refuse(error)
        guard error == .full else { return }
        chief.order(.edit(first, text: Self.other))
        world.refuse(error)
        world.commitsAtOnce = true
        #expect(world.hub.state.question(lost) == nil && world.hub.state.question(first)?.text == Self.text)
        let again = ask(phone, Self.other)
        #expect(world.hub.state.question(again)?.union == nil)
        #expect(union(of: ask(world.join(.audience)), world)?.founder == first)
    }

    // MARK: What the engine is told

    @Test func `the engine is told of what is durable, a note a question, and asked for flags`() throws {
        let world = TestHub(twins: emptyTwins())
        let (phone, chief) = (world.join(.audience), world.join(.moderator, "chief"))
        guard case .rebuild(let all)? = world.asked().first else { Issue.record("no rebuild"); return }
        #expect(all.isEmpty)
        world.commitsAtOnce = false
        let first = ask(phone)
        #expect(world.asked().isEmpty)
        world.commit()
        var requests = world.asked()
        #expect(notes(requests).map(\.number) == [1] && !notes(requests)[0].isPublic)
        #expect(flags(requests).map(\.0) == [first])
        world.commitsAtOnce = true
        chief.order(.approve(first))
        chief.order(.edit(first, text: Self.other))
        requests = world.asked()
        #expect(notes(requests).map(\.isPublic) == [true, true] && notes(requests).last?.text == Self.other)
        #expect(flags(requests).map(\.1) == [Self.other])
        // One that is merged as it comes needs no flag.
        let second = ask(world.join(.audience), Self.other)
        requests = world.asked()
        #expect(notes(requests).map(\.founder) == [1] && flags(requests).isEmpty)
        chief.order(.separate(second))
        requests = world.asked()
        #expect(notes(requests).map(\.founder) == [nil])
        // Alone again it is judged like a new question.
        #expect(flags(requests).map(\.0) == [second])
        phone.order(.withdraw(first))
        #expect(notes(world.asked()).map(\.isGone) == [true])
        phone.order(.vote(second, on: true, counter: 1))
        #expect(world.asked().isEmpty)
    }

    @Test func `after a start it is shown all, and asked for the open ones never flagged, in their order`() throws {
        let world = TestHub(twins: emptyTwins()) { day in
            var ids: [QuestionID] = []
            for number in 1...6 { ids.append(try day.ask("Question numéro \(number) ?", by: Person.phone(number))) }
            try day.send(.flag(ids[1], [DuplicateFlag(other: ids[0], level: .probable)]), by: Person.organiser)
            try day.send(.answer(ids[3]), by: Person.chief)
        }
        world.perform()
        let requests = world.asked()
        guard case .rebuild(let all)? = requests.first else { Issue.record("no rebuild"); return }
        #expect(all.map(\.number) == [1, 2, 3, 4, 5, 6])
        #expect(flags(requests).map { world.hub.state.numbers[$0.0] } == [3, 5, 6])
    }

    // MARK: What the engine answers

    @Test func `flags go to the log and to the moderators, and once`() throws {
        let world = TestHub(twins: emptyTwins())
        let (phone, chief) = (world.join(.audience), world.join(.moderator, "chief"))
        let first = ask(phone)
        let second = ask(phone, Self.other)
        let head = world.log.head
        world.advise(.flags(second, text: Self.other, [flag(first)]))
        #expect(world.log.head == head + 1)
        world.pass(50)
        #expect(chief.view.cards[second]?.flags == [flag(first)])
        #expect(chief.view.cards[first]?.flags == [flag(first).turned(to: second)])
        #expect(chief.view.actions.isEmpty)
        world.advise(.flags(second, text: Self.other, [flag(first)]))
        #expect(world.log.head == head + 1)
        world.advise(.flags(second, text: Self.other, []))
        #expect(world.log.head == head + 2)
        world.pass(50)
        #expect(chief.view.cards[second]?.flags == [] && chief.view.cards[first]?.flags == [])
    }

    @Test func `flags of what was edited, merged or taken back meanwhile come to nothing`() {
        let world = TestHub(twins: emptyTwins())
        let (phone, chief) = (world.join(.audience), world.join(.moderator, "chief"))
        let first = ask(phone)
        let texts = ["Une première question ?", "Une deuxième question ?", "Une troisième question ?"]
        let ids = texts.map { ask(world.join(.audience), $0) }
        chief.order(.edit(ids[0], text: "Une question corrigée ?"))
        chief.order(.unite(ids[1], into: first))
        world.screens[4].order(.withdraw(ids[2]))
        #expect(world.hub.state.question(ids[2])?.status == .dismissed(.withdrawn))
        let head = world.log.head
        for (id, text) in zip(ids, texts) { world.advise(.flags(id, text: text, [flag(first)])) }
        world.advise(.flags(numbered(404), text: "", [flag(first)]))
        #expect(world.log.head == head)
        // What the engine should not have said is left out.
        let all = [flag(first), flag(numbered(404)), flag(ids[0])] + ids.map { flag($0) }
        _ = world.asked()
        world.advise(.flags(first, text: Self.text, all))
        #expect(flags(world.asked()).map(\.0) == [first])
        world.advise(.flags(first, text: Self.text, all))
        #expect(world.hub.state.question(first)?.flags.map(\.other) == ids)
    }

    @Test func `flags that name words of a text edited since are asked for anew`() throws {
        let world = TestHub(twins: emptyTwins())
        let (phone, chief) = (world.join(.audience), world.join(.moderator, "chief"))
        let first = ask(phone)
        let second = ask(phone, Self.other)
        _ = world.asked()
        world.commitsAtOnce = false
        chief.order(.edit(first, text: "Quel est le tarif du certificat ?"))
        // The answer comes while the edit is on its way to the log: it is decided behind it.
        world.advise(.flags(second, text: Self.other, [flag(first)]))
        world.commit()
        world.turn()
        #expect(world.batches.isEmpty && world.hub.state.question(second)?.flags == [])
        #expect(flags(world.asked()).map(\.0).contains(second))
        world.commitsAtOnce = true
        world.advise(.flags(second, text: Self.other, [flag(first)]))
        #expect(world.hub.state.question(second)?.flags == [flag(first)])
    }

    @Test func `flags lost with a full disk are asked for again once there is room`() {
        let world = TestHub(twins: emptyTwins())
        let phone = world.join(.audience)
        let first = ask(phone)
        let second = ask(phone, Self.other)
        _ = world.asked()
        world.commitsAtOnce = false
        world.advise(.flags(second, text: Self.other, [flag(first)]))
        world.refuse(.full)
        #expect(world.hub.state.question(second)?.flags == [] && world.asked().isEmpty)
        world.advise(.flags(second, text: Self.other, [flag(first)]))
        #expect(world.batches.isEmpty)
        world.commitsAtOnce = true
        _ = ask(world.join(.audience), "Une troisième question ?")
        #expect(flags(world.asked()).map(\.0).contains(second))
        world.advise(.flags(second, text: Self.other, [flag(first)]))
        #expect(world.hub.state.question(second)?.flags == [flag(first)])
    }

    // MARK: Whose it is

    @Test func `whoever asked a variant is told the founder's fate, and its text only when it is public`() throws {
        let world = TestHub(twins: emptyTwins())
        let (one, two) = (world.join(.audience), world.join(.audience))
        let chief = world.join(.moderator, "chief")
        let first = ask(one)
        let second = ask(two)
        var mine: Mine.Own? { two.mines.flatMap(\.questions).last { $0.id == second } }
        #expect(mine?.status == "merged" && mine?.fate == "pending" && mine?.votes == 1)
        #expect(mine?.into == nil && mine?.intoText == nil)
        chief.order(.approve(first))
        #expect(mine?.fate == "approved" && mine?.into == first && mine?.intoText == Self.text)
        chief.order(.edit(first, text: Self.other))
        #expect(mine?.intoText == Self.other && mine?.text == Self.text)
        chief.order(.dismiss(first, .noTime))
        #expect(mine?.fate == "dismissed" && mine?.reason == "no_time" && mine?.into == nil && mine?.intoText == nil)
        chief.order(.separate(second))
        #expect(mine?.status == "pending" && mine?.fate == nil && mine?.votes == 0)
    }

    @Test func `whoever voted for a variant is told where the vote counts`() throws {
        let world = TestHub(Sample.setup(moderated: false), twins: emptyTwins())
        let (one, two, voter) = (world.join(.audience), world.join(.audience), world.join(.audience))
        let chief = world.join(.moderator, "chief")
        let first = ask(one)
        let second = ask(two, Self.other)
        voter.order(.vote(second, on: true, counter: 1))
        var vote: Mine.OwnVote? { voter.mines.flatMap(\.votes).last { $0.question == second } }
        var founders: Mine.Own? { one.mines.flatMap(\.questions).last { $0.id == first } }
        #expect(vote?.into == nil && founders?.votes == 0)
        chief.order(.unite(second, into: first))
        #expect(vote?.into == first && founders?.votes == 2)
        chief.order(.dismiss(first, .other))
        #expect(vote?.into == nil)
        chief.order(.restore(first))
        chief.order(.approve(first))
        #expect(vote?.into == first)
        chief.order(.separate(second))
        #expect(vote?.into == nil && vote?.on == true && founders?.votes == 0)
        let count = one.frames.count
        voter.order(.vote(second, on: false, counter: 2))
        #expect(one.mines.count == one.frames.prefix(count).count { if case .mine = $0 { true } else { false } })
    }
}
