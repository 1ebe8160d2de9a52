import QAShared
import Testing

@testable import QAClient

/// Counts up, so that a run repeats itself.
private struct Counting: RandomNumberGenerator {
    var value: UInt64 = 1_000
    mutating func next() -> UInt64 {
        value += 1
        return value
    }
}

@Suite struct CourierTests {
    static let epoch = Epoch(high: 3, low: 4)
    static let first = CommandID(high: 1, low: 1)
    static let second = CommandID(high: 1, low: 2)
    private var generator = Counting()
    private var courier = Courier(token: "secret")

    static func welcome(resumed: Bool) -> ServerFrame {
        .welcome(
            Welcome(
                epoch: epoch, head: 40, role: .moderator, venue: Fixture.agneaux, device: nil,
                by: Fixture.own, resumed: resumed, time: Timestamp(milliseconds: 0),
                limits: EventLimits()))
    }

    static func delta(_ from: Int, _ to: Int) -> ServerFrame {
        var delta = Delta(from: from, to: to)
        if from == 0 {
            delta.event = Fixture.event
            delta.upserts = Fixture.cards
        }
        return .delta(delta)
    }

    private mutating func receive(_ frame: ServerFrame, now: Int = 0) -> Courier.Reaction {
        courier.receive(frame, now: now, using: &generator)
    }

    private mutating func connect() {
        _ = courier.hello()
        _ = receive(Self.welcome(resumed: false))
        _ = receive(Self.delta(0, 40))
    }

    @Test mutating func `the first hello asks for everything, the next one resumes`() {
        guard case .hello(let hello) = courier.hello() else {
            Issue.record("another frame")
            return
        }
        #expect(hello.role == .moderator && hello.token == "secret" && hello.position == nil)
        connect()
        guard case .hello(let again) = courier.hello() else {
            Issue.record("another frame")
            return
        }
        #expect(again.position == Position(epoch: Self.epoch, sequence: 40))
    }

    @Test mutating func `a view that ends before the welcome's head is not shown yet`() {
        _ = courier.hello()
        var messages = receive(Self.welcome(resumed: false)).messages
        var first = Delta(from: 0, to: 25)
        first.event = Fixture.event
        first.upserts = Array(Fixture.cards.prefix(4))
        messages += receive(.delta(first)).messages
        let start = Model(size: Size(columns: 80, rows: 24), words: French(), hub: "")
        var model = messages.reduce(start) { update($0, $1).0 }
        #expect(!model.hasView && model.view.cards.isEmpty)
        var rest = Delta(from: 25, to: 40)
        rest.upserts = Array(Fixture.cards.dropFirst(4))
        messages = receive(.delta(rest)).messages
        model = messages.reduce(model) { update($0, $1).0 }
        #expect(model.hasView && model.view.cards.count == 12 && model.unseen.isEmpty)
        // From there on every step is shown.
        var next = Delta(from: 40, to: 41)
        next.upserts = [Fixture.card(20, Fixture.agneaux, "pending", "Nouvelle ?")]
        messages = receive(.delta(next)).messages
        model = messages.reduce(model) { update($0, $1).0 }
        #expect(model.unseen == [Fixture.id(20)])
    }

    @Test mutating func `an action answered while the view is incomplete is expected until it is whole`() {
        connect()
        courier.add(Self.first, .approve(Fixture.id(5)))
        _ = courier.due(0)
        _ = courier.hello()
        _ = receive(
            .welcome(
                Welcome(
                    epoch: Self.epoch, head: 44, role: .moderator, venue: Fixture.agneaux,
                    device: nil, by: Fixture.own, resumed: true, time: Timestamp(milliseconds: 0),
                    limits: EventLimits())))
        let early = receive(Self.delta(40, 42)).messages
        _ = receive(.ack(.command(Self.first), sequence: 41))
        #expect(early.isEmpty && courier.outgoing.map(\.stage) == [.acked(sequence: 41)])
        let late = receive(Self.delta(42, 44)).messages
        #expect(late.count == 2 && courier.outgoing.isEmpty)
    }

    @Test mutating func `what has no answer is sent again, in order, after every cut`() {
        connect()
        courier.add(Self.first, .approve(Fixture.id(5)))
        courier.add(Self.second, .pauseIntake)
        let due = courier.due(0)
        let none = courier.due(0)
        #expect(due.count == 2 && none.isEmpty)
        _ = courier.hello()
        _ = receive(Self.welcome(resumed: true))
        let again = courier.due(0)
        #expect(again == due)
    }

    @Test mutating func `an acknowledged action is expected until the view shows it`() {
        connect()
        courier.add(Self.first, .approve(Fixture.id(5)))
        _ = courier.due(0)
        let reaction = receive(.ack(.command(Self.first), sequence: 41))
        #expect(reaction.outboxChanged)
        #expect(courier.outgoing.map(\.stage) == [.acked(sequence: 41)])
        _ = receive(Self.delta(40, 41))
        #expect(courier.outgoing.isEmpty)
    }

    @Test mutating func `only what never left can be dropped`() {
        courier.add(Self.first, .pauseIntake)
        let dropped = courier.drop(Self.first)
        #expect(dropped)
        connect()
        courier.add(Self.second, .pauseIntake)
        _ = courier.due(0)
        _ = courier.hello()
        let isDropped = courier.drop(Self.second)
        #expect(!isDropped)
    }

    @Test mutating func `an undo asked for before the answer follows it`() {
        connect()
        courier.add(Self.first, .approve(Fixture.id(5)))
        _ = courier.due(0)
        courier.undoOnceAcked(Self.first)
        #expect(courier.outgoing.first?.undoWanted == true)
        _ = receive(.ack(.command(Self.first), sequence: 41))
        guard case .command(_, let command)? = courier.due(0).first else {
            Issue.record("another frame")
            return
        }
        #expect(command == .undo(sequence: 41))
    }

    @Test mutating func `a refusal takes the command out, a delay sends the same one later`() {
        connect()
        courier.add(Self.first, .approve(Fixture.id(5)))
        courier.add(Self.second, .pauseIntake)
        _ = courier.due(0)
        _ = receive(.rejection(Rejection(.wrongStatus), .command(Self.first)))
        #expect(courier.outgoing.map(\.id) == [Self.second])
        _ = receive(
            .rejection(Rejection(.rateLimited, retryAfter: 700), .command(Self.second)), now: 1000)
        let early = courier.due(1600)
        let late = courier.due(1700)
        #expect(early.isEmpty)
        #expect(late == [.command(Self.second, .pauseIntake)])
    }

    @Test mutating func `a delta from elsewhere is a gap`() {
        connect()
        let reaction = receive(Self.delta(44, 45))
        #expect(reaction.isGap)
    }

    @Test mutating func `a second run takes up what the first one left`() {
        courier.add(Self.first, .dismiss(Fixture.id(5), .offTopic))
        courier.add(Self.second, .edit(Fixture.id(6), text: "Ligne\nà \"guillemets\" ?"))
        courier.undoOnceAcked(Self.first)
        var next = Courier(token: "secret")
        next.restore(SavedOutbox(courier.saved.bytes))
        #expect(next.outgoing.map(\.id) == [Self.first, Self.second])
        #expect(next.outgoing.map(\.stage) == [.sent, .sent])
        #expect(next.outgoing.map(\.undoWanted) == [true, false])
        #expect(next.outgoing.map(\.command) == courier.outgoing.map(\.command))
    }

    // MARK: An organiser's terminal

    @Test mutating func `a token that is no moderator's is tried as an organiser's, once`() {
        _ = courier.hello()
        let quiet = receive(.rejection(Rejection(.roleRefused), nil)).messages
        let isTried = courier.triesOrganiser()
        #expect(quiet.isEmpty && isTried)
        guard case .hello(let hello) = courier.hello() else {
            Issue.record("another frame")
            return
        }
        #expect(hello.role == .organiser && hello.token == "secret")
        let told = receive(.rejection(Rejection(.roleRefused), nil)).messages
        let isTriedAgain = courier.triesOrganiser()
        #expect(told.count == 1 && !isTriedAgain)
    }

    @Test mutating func `what was asked about tokens is asked again until it is answered, and never saved`() {
        connect()
        let frame = ClientFrame.mint(Self.first, role: .moderator, venue: nil, label: "Aide")
        courier.run(Self.first, frame)
        courier.run(Self.second, .revoke(Self.second, tag: "abcdefgh"))
        #expect(courier.saved.isEmpty && courier.errandFrames.count == 2)
        let minted = MintedToken(id: Self.first, token: "t", tag: "x", role: .moderator, venue: nil)
        let counts = [receive(.minted(minted)).messages.count, receive(.minted(minted)).messages.count]
        #expect(counts == [2, 0])
        #expect(courier.errandFrames == [.revoke(Self.second, tag: "abcdefgh")])
        let refused = receive(.rejection(Rejection(.tokenInvalid), .command(Self.second))).messages
        #expect(refused.count == 1 && courier.errandFrames.isEmpty)
    }
}
