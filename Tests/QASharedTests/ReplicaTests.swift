// The client's half, frame by frame, through the wire and back.

import QAShared
import QATestKit
import Testing

@Suite struct ReplicaTests {
    private static let epoch: Epoch = numbered(1)

    private static func welcome(resumed: Bool, epoch: Epoch = epoch) -> ServerFrame {
        .welcome(
            Welcome(
                epoch: epoch, head: 9, role: .audience, venue: Sample.agneaux, device: "credential",
                by: "AAAA", resumed: resumed, time: Sample.morning, limits: EventLimits()))
    }

    @Test func `suggestions are handed on, and where a vote for a merged question counts is kept until it changes`() {
        var replica = Replica(Hello(role: .audience, venue: Sample.agneaux))
        _ = replica.receive(Self.welcome(resumed: false))
        #expect(
            replica.receive(.suggestions(request: 4, cards: [card(1)])) == .suggested(request: 4, [card(1)]))
        #expect(replica.view == RoleView() && replica.position == nil)
        func vote(_ into: QuestionID?, whole: Bool = false) -> ServerFrame {
            .mine(Mine(whole: whole, votes: [.init(question: numbered(2), counter: 1, on: true, into: into)]))
        }
        _ = replica.receive(vote(numbered(1), whole: true))
        #expect(replica.ownVotesInto == [numbered(2): numbered(1)])
        _ = replica.receive(vote(nil))
        #expect(replica.ownVotesInto == [:] && replica.ownVotes[numbered(2)]?.on == true)
        _ = replica.receive(vote(numbered(3)))
        _ = replica.receive(.mine(Mine(whole: true)))
        #expect(replica.ownVotesInto == [:] && replica.ownVotes == [:])
    }

    private func card(_ number: Int, votes: Int = 0) -> Card {
        Card(
            id: numbered(number), number: number, talk: Sample.opening, venue: Sample.agneaux,
            status: "approved", text: Sample.text, votes: votes, asked: Sample.morning)
    }

    private func delta(_ from: Int, _ to: Int, part: Int = 0, more: Bool = false, _ cards: [Int])
        -> ServerFrame
    {
        var delta = Delta(from: from, to: to)
        delta.part = part
        delta.more = more
        delta.upserts = cards.map { card($0) }
        return .delta(delta)
    }

    @Test(arguments: Seeds.first(4))
    func `a replica that follows by ticks, parts and reconnects ends with the role's view`(
        seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        var day = RandomDay(seed: seed)
        var ledgers = Ledgers()
        var start = State()
        for entry in day.entries { ledgers.advance(start.apply(entry), start) }
        var replicas = ViewKind.allCases.map { _ in
            Replica(Hello(role: .audience, venue: Sample.agneaux))
        }
        var connected = replicas.map { _ in false }
        for step in 0...300 {
            if step < 300 { ledgers.advance(day.step(), day.state) }
            for kind in ViewKind.allCases where step == 300 || generator.percent(25) {
                let index = kind.rawValue
                if !connected[index] || generator.percent(10) {
                    let hello = replicas[index].hello()
                    #expect(replicas[index].receive(Self.welcome(resumed: hello.position != nil)) == .welcomed)
                    connected[index] = true
                }
                let position = replicas[index].position?.sequence ?? 0
                let delta = ledgers.delta(kind, from: position, day.state)
                for part in delta.parts(bytes: 3_000, weigh: { 200 + $0.text.utf8.count }) {
                    // Now and then the line is cut between two parts.
                    if step < 300, generator.percent(8) {
                        connected[index] = false
                        break
                    }
                    let frame = try ServerFrame.decode(ServerFrame.delta(part).encode())
                    let outcome = replicas[index].receive(frame)
                    #expect(outcome == (part.more ? .partly : .viewChanged), "\(Seeds.hint(seed))")
                }
                if connected[index] {
                    let same = replicas[index].view == RoleView(day.state, for: kind)
                    #expect(same, "\(kind) at \(day.state.head), \(Seeds.hint(seed))")
                    #expect(replicas[index].position?.sequence == day.state.head)
                }
            }
        }
    }

    @Test func `nothing is taken before the welcome`() {
        var replica = Replica(Hello(role: .display, token: "t"))
        #expect(replica.receive(delta(0, 3, [1])) == .gap)
        #expect(replica.view == RoleView() && replica.position == nil)
    }

    @Test func `a delta that starts elsewhere is a gap, and changes nothing`() {
        var replica = Replica(Hello(role: .display, token: "t"))
        _ = replica.receive(Self.welcome(resumed: false))
        #expect(replica.receive(delta(2, 3, [1])) == .gap)
        #expect(replica.receive(delta(0, 3, [1])) == .viewChanged)
        let before = replica.view
        for from in [1, 2, 4] { #expect(replica.receive(delta(from, 9, [2])) == .gap) }
        #expect(replica.view == before && replica.position?.sequence == 3)
        #expect(replica.receive(delta(3, 4, [2])) == .viewChanged)
        #expect(replica.view.cards.count == 2)
    }

    @Test func `the position moves with the last part only`() {
        var replica = Replica(Hello(role: .display, token: "t"))
        _ = replica.receive(Self.welcome(resumed: false))
        _ = replica.receive(delta(0, 3, [1]))
        #expect(replica.receive(delta(3, 7, more: true, [2])) == .partly)
        #expect(replica.hello().position == Position(epoch: Self.epoch, sequence: 3))
        _ = replica.receive(Self.welcome(resumed: true))
        #expect(replica.receive(delta(3, 8, [2, 4])) == .viewChanged)
        #expect(replica.view.cards.count == 3)
    }

    @Test func `a whole view that was cut off leaves no position to resume from`() {
        var replica = Replica(Hello(role: .display, token: "t"))
        _ = replica.receive(Self.welcome(resumed: false))
        _ = replica.receive(delta(0, 3, [1]))
        #expect(replica.receive(delta(0, 7, more: true, [2])) == .partly)
        #expect(replica.hello().position == nil)
        _ = replica.receive(Self.welcome(resumed: false))
        #expect(replica.receive(delta(0, 8, more: true, [5])) == .partly)
        #expect(replica.receive(delta(0, 8, part: 1, [6])) == .viewChanged)
        #expect(replica.view.cards.keys.sorted() == [numbered(5), numbered(6)])
    }

    @Test func `another epoch means another view`() {
        var replica = Replica(Hello(role: .display, token: "t"))
        _ = replica.receive(Self.welcome(resumed: false))
        _ = replica.receive(delta(0, 3, [1]))
        _ = replica.hello()
        _ = replica.receive(Self.welcome(resumed: false, epoch: numbered(2)))
        #expect(replica.receive(delta(3, 4, [2])) == .gap)
        #expect(replica.receive(delta(0, 4, [2])) == .viewChanged)
        #expect(replica.position == Position(epoch: numbered(2), sequence: 4))
        #expect(replica.view.cards.keys.sorted() == [numbered(2)])
    }

    @Test func `a hub that says resumed under another epoch is not believed`() {
        var replica = Replica(Hello(role: .display, token: "t"))
        _ = replica.receive(Self.welcome(resumed: false))
        _ = replica.receive(delta(0, 3, [1]))
        _ = replica.hello()
        _ = replica.receive(Self.welcome(resumed: true, epoch: numbered(2)))
        #expect(replica.receive(delta(3, 4, [2])) == .gap)
    }

    @Test func `the credential is kept for the next hello until it is forgotten`() {
        var replica = Replica(Hello(role: .audience, venue: Sample.agneaux))
        #expect(replica.hello().device == nil)
        _ = replica.receive(Self.welcome(resumed: false))
        #expect(replica.device == "credential" && replica.hello().device == "credential")
        replica.forgetDevice()
        #expect(replica.hello().device == nil)
    }

    @Test func `what is mine is replaced whole or upserted, and never moves the position`() {
        var replica = Replica(Hello(role: .audience, venue: Sample.agneaux))
        func own(_ number: Int, _ status: String) -> Mine.Own {
            Mine.Own(
                id: numbered(number), number: number, talk: Sample.opening, status: status,
                text: Sample.text, votes: 0, reason: nil, asked: Sample.morning)
        }
        _ = replica.receive(Self.welcome(resumed: false))
        _ = replica.receive(
            .mine(
                Mine(
                    whole: true, questions: [own(1, "pending"), own(2, "pending")],
                    votes: [.init(question: numbered(3), counter: 1, on: true)])))
        _ = replica.receive(.mine(Mine(whole: false, questions: [own(1, "answered")])))
        #expect(replica.ownQuestions[numbered(1)]?.status == "answered")
        #expect(replica.ownQuestions.count == 2 && replica.ownVotes.count == 1)
        _ = replica.receive(.mine(Mine(whole: true, questions: [own(2, "live")])))
        #expect(replica.ownQuestions.count == 1 && replica.ownVotes.isEmpty)
        #expect(replica.position == nil)
    }

    @Test func `answers and unknown frames are told apart`() {
        var replica = Replica(Hello(role: .audience, venue: Sample.agneaux))
        #expect(replica.receive(.beat) == .beat)
        #expect(replica.receive(.unknown("news")) == .nothing)
        let request = RequestID.vote(numbered(1), counter: 2)
        #expect(replica.receive(.ack(request, sequence: 4)) == .acked(request, sequence: 4))
        let refusal = Rejection(.rateLimited, retryAfter: 7_000)
        #expect(replica.receive(.rejection(refusal, request)) == .rejected(refusal, request))
        var count = Presence.Count()
        count.phones = 3
        let presence = Presence(venues: [(Sample.agneaux, count)])
        #expect(replica.receive(.presence(presence)) == .presenceChanged)
        #expect(replica.presence == presence)
    }
}
