import QAShared
import QASocket

/// One simulated person's phone, or the steward's screen: a replica and an outbox on a real WebSocket.
/// Confined to its loop.
final class Phone: ConnectionHandler {
    /// Nil for the steward.
    let venue: VenueID?
    private(set) var replica: Replica
    private var outbox = Outbox()
    private var backoff = Backoff()
    /// The latest word on each question, also while its answer is still to come.
    private var votes: [QuestionID: Vote] = [:]
    private var outgoing: [Frame] = []
    private var connection: Connection?
    private var postponed: LoopTimer?
    /// The view does not fit the deltas: leave, and come back whatever the code.
    private var startsOver = false
    private(set) var isWelcome = false
    // The people own their phones and outlive them.
    private unowned let people: People

    init(venue: VenueID, people: People) {
        self.venue = venue
        self.people = people
        replica = Replica(Hello(role: .audience, venue: venue, client: "people/1"))
    }

    /// A moderator for all venues, who keeps the event moving.
    init(stewardToken: String, people: People) {
        venue = nil
        self.people = people
        replica = Replica(Hello(role: .moderator, token: stewardToken, client: "people/1"))
    }

    func connect() { connection = people.dial(self) }

    // MARK: What people do

    /// Whether a question sent now would be taken.
    var mayAsk: Bool {
        guard isWelcome, let event = replica.view.event else { return false }
        return event.phase == .open && event.intake
    }

    func ask(_ text: String, name: String?, id: CommandID) {
        send(.ask(text: text, name: name, talk: nil), id: id)
    }

    func send(_ command: Command, id: CommandID) {
        outbox.add(id, command)
        flush()
    }

    /// Supports one of the questions shown, rather one that many support; now and then takes support back.
    ///
    /// False when there was nothing to support.
    func vote(using generator: inout DemoGenerator) -> Bool {
        let open = replica.view.cards.values
            .filter { ["approved", "live"].contains($0.status) && replica.ownQuestions[$0.id] == nil }
            .sorted { $0.number < $1.number }
        let total = open.reduce(0) { $0 + $1.votes + 1 }
        guard total > 0 else { return false }
        var rest = Int.random(in: 0..<total, using: &generator)
        guard
            let card = open.first(where: { card in
                rest -= card.votes + 1
                return rest < 0
            })
        else { return false }
        let before = latest(card.id)
        let on = !(before?.on ?? false)
        // Most people stay with what they supported.
        if !on, !generator.percent(10) { return false }
        let vote = Vote(counter: (before?.counter ?? 0) + 1, on: on)
        votes[card.id] = vote
        outbox.add(vote: card.id, on: vote.on, counter: vote.counter)
        flush()
        return true
    }

    private func latest(_ question: QuestionID) -> Vote? {
        [votes[question], replica.ownVotes[question]].compactMap(\.self)
            .max { $0.counter < $1.counter }
    }

    // MARK: Sending

    private func flush() {
        guard isWelcome else { return }
        let now = people.now
        for frame in outbox.due(now) { send(frame) }
        postponed?.cancel()
        postponed = outbox.nextDue.map { due in
            people.after(max(1, due - now)) { [weak self] in self?.flush() }
        }
    }

    private func send(_ frame: ClientFrame) {
        outgoing.append(Frame(frame.encode()))
        connection?.requestWritable()
    }

    func writable(_ connection: Connection) {
        guard !outgoing.isEmpty else { return }
        connection.write(outgoing.removeFirst())
        if !outgoing.isEmpty { connection.requestWritable() }
    }

    // MARK: Receiving

    func opened(_ connection: Connection) { send(.hello(replica.hello())) }

    func received(_ connection: Connection, _ message: UnsafeRawBufferPointer) {
        guard let frame = try? ServerFrame.decode(unsafe Array(message)) else {
            people.tally.unreadable += 1
            return
        }
        switch replica.receive(frame) {
        case .welcomed:
            isWelcome = true
            backoff.reset()
            flush()
        case .acked(let request, _):
            guard outbox.settle(request) != nil else { return }
            people.noteAcknowledged(request, tag: replica.welcome?.by ?? "")
            switch request {
            case .vote: people.tally.votes += 1
            case .command: if venue != nil { people.tally.asked += 1 }
            }
            flush()
        case .rejected(let rejection, let request?):
            people.tally.rejections[rejection.code.rawValue, default: 0] += 1
            if let wait = rejection.retryAfter {
                outbox.postpone(request, until: people.now + wait)
                flush()
            } else {
                outbox.settle(request)
                if case .vote(let question, _) = request { votes[question]?.on = false }
                flush()
            }
        case .rejected(let rejection, nil):
            people.tally.rejections[rejection.code.rawValue, default: 0] += 1
        case .gap:
            startsOver = true
            connection.close(code: CloseCode.normal.rawValue, reason: "gap")
        case .viewChanged, .partly, .mineChanged, .presenceChanged, .lineChanged, .refusalsChanged, .suggested, .minted,
            .tokens, .beat, .nothing:
            break
        }
    }

    // MARK: Losing the line and finding it again

    func failed(_ connection: Connection, reason: String) { people.unreachable(reason) }

    func closed(_ connection: Connection, code: UInt16) {
        self.connection = nil
        if isWelcome { people.noteLost() }
        isWelcome = false
        outgoing = []
        outbox.lineLost()
        postponed?.cancel()
        if code == CloseCode.deviceInvalid.rawValue { replica.forgetDevice() }
        // The hub asked us to come back: nothing has failed so far.
        if (4000..<4500).contains(code) || code == CloseCode.goingAway.rawValue { backoff.reset() }
        guard startsOver || CloseCode.reconnects(code) else {
            people.turnedAway(code)
            return
        }
        startsOver = false
        people.reconnect(self, &backoff)
    }
}
