import QAShared
import QATestKit
import Testing

@testable import QARelay

// Who asks for the floor, and what of it the hub tells to whom.
@Suite struct HubFloorTests {
    private let request = Command.ask(text: "Tarif", name: nil, talk: nil, spoken: true)

    private func free() -> EventSetup { Sample.setup(moderated: false, order: .byVotes) }

    @Test func `who asked for the floor is told in every tab that it is near, and that it is not any more`() throws {
        let world = TestHub(free()) { day in
            for number in 1...3 { _ = try day.ask("Question \(number), je vous prie ?", by: Person.phone(number)) }
        }
        let phone = world.join(.audience)
        let tab = world.join(.audience, device: phone.welcome?.device)
        let other = world.join(.audience)
        let chief = world.join(.moderator, "chief")
        let id = phone.order(request)
        for screen in [phone, tab] {
            let own = try #require(screen.mines.last?.questions.first)
            #expect(own.spoken && !own.near && own.status == "approved")
        }
        [phone, tab, other].forEach { $0.forget() }
        chief.order(.takeLive(world.hub.state.question(number: 1).id, replacing: nil))
        for screen in [phone, tab] {
            let own = try #require(screen.mines.last?.questions.first)
            #expect(own.id == id.of() && own.near && !own.ready)
        }
        chief.order(.ready(id.of(), on: true))
        #expect(phone.mines.last?.questions.first?.ready == true)
        other.order(.ask(text: "Une question de plus ?", name: nil, talk: nil))
        chief.order(.pin(world.hub.state.question(number: 5).id))
        #expect(tab.mines.last?.questions.first?.near == false)
        #expect(other.mines.allSatisfy { $0.questions.allSatisfy { $0.id != id.of() } })
    }

    @Test func `a failed batch brings nobody nearer`() {
        let world = TestHub(free()) { day in
            for number in 1...3 { _ = try day.ask("Question \(number), je vous prie ?", by: Person.phone(number)) }
        }
        let phone = world.join(.audience)
        let chief = world.join(.moderator, "chief")
        phone.order(request)
        phone.forget()
        world.commitsAtOnce = false
        chief.order(.takeLive(world.hub.state.question(number: 1).id, replacing: nil))
        world.refuse(.full)
        #expect(world.hub.state.near.isEmpty && world.hub.nearMoved.isEmpty && phone.mines.isEmpty)
    }

    @Test func `the engine hears nothing of floor requests`() {
        let world = TestHub(free(), twins: emptyTwins()) { day in
            try day.send(request, by: Person.phone(1))
            _ = try day.ask("Combien coûte un certificat ?", by: Person.phone(2))
        }
        world.turn()
        let told = world.asked()
        #expect(!told.isEmpty)
        #expect(told.allSatisfy { isAbout($0, 2) })
        let phone = world.join(.audience)
        let id = phone.order(request)
        world.join(.moderator, "chief").order(.edit(id.of(), text: "Combien coûte un certificat ?"))
        #expect(world.asked().isEmpty)
        world.join(.audience).order(.ask(text: "Combien coûte un certificat ?", name: nil, talk: nil))
        #expect(world.hub.state.questions.map { $0.union != nil } == [false, false, false, true])
        #expect(world.hub.state.questions.last?.union?.founder == world.hub.state.question(number: 2).id)
    }

    private func isAbout(_ request: AdviceRequest, _ number: Int) -> Bool {
        switch request {
        case .rebuild(let notes): notes.map(\.number) == [number]
        case .note(let note): note.number == number
        case .flag(_, let asked, _): asked == number
        case .suggest: false
        }
    }
}
