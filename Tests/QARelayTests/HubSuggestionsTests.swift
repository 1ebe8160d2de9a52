// Who is typing is shown public questions alike: what may be asked, and what is answered.

import QAShared
import QATestKit
import Testing

@testable import QARelay

@Suite struct HubSuggestionsTests {
    private static let texts = [
        "Quel est le prix du certificat ?", "Combien coûte le certificat ?", "Le certificat est-il cher ?",
        "Faut-il payer le certificat ?", "Le certificat est-il gratuit ?",
    ]

    /// Five questions, the first four of them public.
    private func world() -> TestHub {
        let world = TestHub(twins: emptyTwins()) { day in
            for (index, text) in Self.texts.enumerated() {
                let id = try day.ask(text, by: Person.phone(index + 1))
                if index < 4 { try day.send(.approve(id), by: Person.chief) }
            }
        }
        world.perform()
        _ = world.asked()
        return world
    }

    private func tickets(_ world: TestHub) -> [UInt64] {
        world.asked().compactMap { if case .suggest(let ticket, _, _) = $0 { ticket } else { nil } }
    }

    @Test func `the answer holds at most three public cards, best first`() throws {
        let world = world()
        let phone = world.join(.audience)
        phone.say(.suggest(request: 7, text: " combien\tcoûte ", talk: nil))
        guard case .suggest(let ticket, let text, let talk)? = world.asked().first else {
            Issue.record("the engine was not asked")
            return
        }
        #expect(text == "combien coûte" && talk == Sample.opening)
        #expect(phone.suggestions.isEmpty)
        world.advise(.suggestions(ticket: ticket, [5, 2, 99, 0, -1, 2, 4, 1, 3]))
        let answer = try #require(phone.suggestions.first)
        #expect(answer.request == 7 && answer.cards.map(\.number) == [2, 4, 1])
        #expect(answer.cards.map(\.text) == [1, 3, 0].map { Self.texts[$0] })
        world.advise(.suggestions(ticket: ticket, [3]))
        #expect(phone.suggestions.count == 1)
    }

    @Test func `a variant is shown as its founder, one's own and other talks' are not`() throws {
        let world = TestHub(Sample.setup(moderated: false), twins: emptyTwins())
        let (phone, other) = (world.join(.audience), world.join(.audience))
        let chief = world.join(.moderator, "chief")
        for index in [2, 3, 4] { other.order(.ask(text: Self.texts[index], name: nil, talk: nil)) }
        world.pass(60_000)
        other.order(.ask(text: "Une question de plus ?", name: nil, talk: Sample.closing))
        phone.order(.ask(text: Self.texts[0], name: nil, talk: nil))
        phone.order(.ask(text: Self.texts[2], name: nil, talk: nil))
        let ids = world.hub.state.questions.map(\.id)
        chief.order(.unite(ids[2], into: ids[1]))
        _ = world.asked()
        phone.say(.suggest(request: 1, text: "certificat", talk: nil))
        // 1 has a variant of this phone, 3 is merged into 2, 4 and 6 are not of this talk or its own.
        world.advise(.suggestions(ticket: tickets(world)[0], [1, 3, 2, 4, 5, 6]))
        #expect(phone.suggestions.last?.cards.map(\.number) == [2])
        #expect(phone.suggestions.last?.cards.first?.askers == 2)
        phone.say(.suggest(request: 2, text: "question", talk: Sample.closing))
        world.advise(.suggestions(ticket: tickets(world)[0], [1, 4]))
        #expect(phone.suggestions.last?.cards.map(\.number) == [4])
    }

    @Test func `an old answer is not given once something newer was asked`() {
        let world = world()
        let phone = world.join(.audience)
        phone.say(.suggest(request: 1, text: "com", talk: nil))
        phone.say(.suggest(request: 2, text: "combien", talk: nil))
        let asked = tickets(world)
        world.advise(.suggestions(ticket: asked[0], [1]), .suggestions(ticket: asked[1], [2]))
        #expect(phone.suggestions.map(\.request) == [2])
        phone.say(.suggest(request: 3, text: "combien c", talk: nil))
        phone.hangUp()
        world.advise(.suggestions(ticket: tickets(world)[0], [2]))
        #expect(phone.suggestions.map(\.request) == [2])
        #expect(world.hub.advising.tickets.isEmpty)
    }

    @Test func `nothing is shown that is not durable`() {
        let world = world()
        let (phone, chief) = (world.join(.audience), world.join(.moderator, "chief"))
        phone.say(.suggest(request: 1, text: "combien", talk: nil))
        let ticket = tickets(world)[0]
        world.commitsAtOnce = false
        chief.order(.approve(world.hub.state.questions[4].id))
        world.advise(.suggestions(ticket: ticket, [5, 1]))
        #expect(phone.suggestions.isEmpty)
        world.refuse(.full)
        #expect(phone.suggestions.last?.cards.map(\.number) == [1])
    }

    @Test func `whoever types too fast is answered with nothing, at once`() {
        let world = world()
        let (phone, other) = (world.join(.audience), world.join(.audience))
        for request in 1...6 { phone.say(.suggest(request: request, text: "combien", talk: nil)) }
        #expect(tickets(world).count == Limits.suggestBurst)
        #expect(phone.suggestions.map(\.request) == [5, 6] && phone.suggestions.allSatisfy(\.cards.isEmpty))
        other.say(.suggest(request: 1, text: "combien", talk: nil))
        #expect(tickets(world).count == 1)
        world.pass(1_000)
        for request in 7...9 { phone.say(.suggest(request: request, text: "combien", talk: nil)) }
        #expect(tickets(world).count == Limits.suggestsEverySecond)
    }

    @Test func `an engine that does not keep up is not asked more, and not waited for`() {
        let world = world()
        let phones = (0..<(Limits.suggestionsInFlight + 2)).map { _ in world.join(.audience) }
        for phone in phones { phone.say(.suggest(request: 1, text: "combien", talk: nil)) }
        let asked = tickets(world)
        #expect(asked.count == Limits.suggestionsInFlight)
        #expect(phones.suffix(2).allSatisfy { $0.suggestions.count == 1 })
        #expect(phones.prefix(Limits.suggestionsInFlight).allSatisfy { $0.suggestions.isEmpty })
        world.pass(2 * Limits.suggestionWithin + Limits.sweepEvery)
        #expect(phones.allSatisfy { $0.suggestions.map(\.cards.count) == [0] })
        // What comes after all is told to nobody.
        world.advise(.suggestions(ticket: asked[0], [1]))
        #expect(phones[0].suggestions.count == 1)
        phones[0].say(.suggest(request: 2, text: "combien", talk: nil))
        world.advise(.suggestions(ticket: tickets(world)[0], [1]))
        #expect(phones[0].suggestions.last?.cards.count == 1)
    }

    @Test func `all who are typing share the engine`() {
        let world = world()
        var asked = 0
        for _ in 0..<(Limits.suggestionsEverySecond + 20) {
            world.join(.audience).say(.suggest(request: 1, text: "combien", talk: nil))
            for ticket in tickets(world) {
                asked += 1
                world.advise(.suggestions(ticket: ticket, []))
            }
        }
        #expect(asked == Limits.suggestionsEverySecond)
    }

    @Test func `a hub without an engine, an empty text or another role: nothing is asked`() throws {
        let alone = TestHub()
        let phone = alone.join(.audience)
        phone.say(.suggest(request: 3, text: "combien", talk: nil))
        #expect(phone.suggestions.map(\.request) == [3] && phone.suggestions[0].cards.isEmpty)
        let world = world()
        let other = world.join(.audience)
        other.say(.suggest(request: 1, text: " \t ", talk: nil))
        #expect(other.suggestions.map(\.request) == [1])
        other.say(.suggest(request: 2, text: String(repeating: "a", count: 201), talk: nil))
        #expect(other.rejections == [Rejection(.badValue, field: "text", limit: 200)])
        let chief = world.join(.moderator, "chief")
        chief.say(.suggest(request: 1, text: "combien", talk: nil))
        #expect(chief.rejections == [Rejection(.notAllowed)])
        #expect(tickets(world).isEmpty)
        let stranger = world.connect()
        stranger.say(.suggest(request: 1, text: "combien", talk: nil))
        world.turn()
        #expect(stranger.closeCode == .protocolBroken)
    }
}
