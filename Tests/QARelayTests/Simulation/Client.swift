import QAShared
import QATestKit

@testable import QARelay

/// One screen and whoever sits before it: a replica, an outbox, and a line that comes and goes.
final class Client: CustomStringConvertible {
    /// A request and all that was heard of it.
    struct Request {
        var id: RequestID
        var participant: ParticipantID?
        /// Copies of it that reached the hub.
        var arrivals = 0
        var acks: [Int] = []
        var rejections: [Rejection.Code] = []
        /// A newer vote took its place in the outbox.
        var isReplaced = false
        /// Answers that took it out of the outbox.
        var settled = 0
    }

    let index: Int
    let role: Role
    let venue: VenueID?
    let token: String?
    var replica: Replica
    var outbox = Outbox()
    var backoff = Backoff()
    var generator: SeededGenerator
    var line: Line?
    /// Whether the hub said welcome on the line.
    var isOnline = false
    /// The device that this is another tab of.
    var twin: Client?
    var counters: [QuestionID: Int] = [:]
    /// Texts being typed that the hub was asked about; the newest, and whether it was answered.
    var typed = 0
    var isTypedAnswered = true
    private(set) var requests: [Request] = []
    private var indices: [RequestID: Int] = [:]
    /// How many one-time codes this person typed.
    var codesTried = 0
    /// Only the latest call to connect or to send counts.
    var plans = 0

    init(index: Int, role: Role, venue: VenueID?, token: String?, generator: SeededGenerator) {
        self.index = index
        self.role = role
        self.venue = venue
        self.token = token
        self.generator = generator
        replica = Replica(
            Hello(role: role, venue: role == .audience ? venue : nil, token: token, client: "sim/1"))
    }

    var description: String { "\(role.rawValue) \(index)" }
    var kind: ViewKind { ViewKind(role) ?? .audience }

    /// Takes over the device of another tab.
    func share(_ device: String) {
        replica = Replica(Hello(role: role, venue: venue, device: device, client: "sim/1"))
    }

    // MARK: Requests

    func request(_ command: Command) {
        if case .vote(let question, let on, let counter) = command {
            for item in outbox.items {
                if case .vote(question, _, _) = item.frame { change(item.request) { $0.isReplaced = true } }
            }
            note(.vote(question, counter: counter))
            outbox.add(vote: question, on: on, counter: counter)
        } else {
            let id = CommandID(using: &generator)
            note(.command(id))
            outbox.add(id, command)
        }
    }

    /// Types a one-time code.
    func request(code: VoteCode) {
        let id = CommandID(using: &generator)
        codesTried += 1
        note(.command(id))
        outbox.add(id, code: code.text)
    }

    private func note(_ id: RequestID) {
        // Another tab, or a day ago: the same counter of a vote may be used twice.
        if let index = indices[id] {
            requests[index].isReplaced = true
        }
        indices[id] = requests.count
        requests.append(Request(id: id))
    }

    func change(_ id: RequestID, _ body: (inout Request) -> Void) {
        guard let index = indices[id] else { return }
        body(&requests[index])
    }

    /// A frame of this client reached the hub.
    func noteArrival(_ bytes: [UInt8]) {
        switch try? ClientFrame.decode(bytes) {
        case .command(let id, _), .redeem(let id, _): change(.command(id)) { $0.arrivals += 1 }
        case .vote(let question, _, let counter):
            change(.vote(question, counter: counter)) { $0.arrivals += 1 }
        default: break
        }
    }
}

extension World {
    func opened(_ client: Client, _ line: Line) {
        client.line = line
        send(ClientFrame.hello(client.replica.hello()).encode(), on: line)
    }

    func refused(_ client: Client) { retry(client) }

    /// The line was lost without the client's doing.
    func lost(_ client: Client, _ line: Line, _ code: CloseCode) {
        guard client.line === line else {
            // It was still opening.
            if client.line == nil { retry(client) }
            return
        }
        trace.add("lost \(code)")
        if !CloseCode.reconnects(code.rawValue) { fail("\(client) was closed for good: \(code)") }
        offline(client)
        retry(client)
    }

    private func offline(_ client: Client) {
        client.line = nil
        client.isOnline = false
        if breach != .clientForgets { client.outbox.lineLost() }
    }

    private func retry(_ client: Client) {
        client.plans += 1
        let plan = client.plans
        let wait = client.backoff.next(using: &client.generator)
        after(wait) { world in
            if client.plans == plan { world.connect(client) }
        }
    }

    /// The client leaves its line and comes back at once: the old line lingers beside the new one.
    func leaveAndReturn(_ client: Client) {
        guard let line = client.line else { return }
        count("left and returned")
        leave(line)
        offline(client)
        client.plans += 1
        connect(client)
    }

    // MARK: What the hub says

    func received(_ client: Client, _ frame: ServerFrame, _ line: Line) {
        guard client.line === line else { return }
        switch client.replica.receive(frame) {
        case .welcomed:
            client.isOnline = true
            client.backoff.reset()
            expectView(client, line)
            flush(client)
        case .viewChanged:
            line.hasShown = true
            checkView(client)
        case .gap: fail("\(client) stands at \(client.replica.position?.sequence ?? 0): a gap before \(frame)")
        case .acked(let request, let sequence):
            let isSettled = client.outbox.settle(request) != nil
            client.change(request) { known in
                known.acks.append(sequence)
                if isSettled { known.settled += 1 }
            }
            flush(client)
        case .rejected(let rejection, let request): rejected(client, rejection, request)
        case .suggested(let request, _):
            if request > client.typed { fail("\(client) was told of \(request), which it never asked") }
            if request == client.typed { client.isTypedAnswered = true }
        case .minted, .tokens: fail("\(client) was told of tokens, for which it never asked")
        case .partly, .mineChanged, .presenceChanged, .lineChanged, .refusalsChanged, .beat, .nothing: break
        }
    }

    /// Whoever was welcomed on a good line is shown the view before long, however busy the log is.
    private func expectView(_ client: Client, _ line: Line) {
        after(6_000) { world in
            guard !line.hasShown, line.isSound, !line.wasHeld, client.line === line, line.isOpenAtHub,
                let hub = world.hub, !hub.isLost
            else { return }
            world.fail("\(client) was welcomed and not shown anything")
        }
    }

    private func rejected(_ client: Client, _ rejection: Rejection, _ request: RequestID?) {
        guard let request else { return fail("\(client) was told \(rejection.code) \(rejection.field ?? "")") }
        count("\(rejection.code)")
        if let wait = rejection.retryAfter {
            client.outbox.postpone(request, until: now + wait + 1)
            return plan(client)
        }
        let isSettled = client.outbox.settle(request) != nil
        client.change(request) { known in
            known.rejections.append(rejection.code)
            if isSettled { known.settled += 1 }
        }
        flush(client)
    }

    /// Somebody types: what is like it so far?
    func type(_ text: String, _ client: Client) {
        guard client.isOnline, let line = client.line else { return }
        client.typed += 1
        client.isTypedAnswered = false
        let request = client.typed
        send(ClientFrame.suggest(request: request, text: text, talk: nil).encode(), on: line)
        after(9_000) { world in
            guard client.typed == request, !client.isTypedAnswered, client.line === line, line.isSound,
                !line.wasHeld, line.isOpenAtHub, let hub = world.hub, !hub.isAppending
            else { return }
            world.fail("\(client) typed and was not answered")
        }
    }

    // MARK: What is sent

    /// Sends what is due, and plans for what was postponed.
    func flush(_ client: Client) {
        guard client.isOnline, let line = client.line else { return }
        for frame in client.outbox.due(now) {
            let bytes = frame.encode()
            send(bytes, on: line)
            // A finger that slips, or a client with a fault of its own.
            if !isHealed, generator.percent(5) { send(bytes, on: line) }
        }
        plan(client)
    }

    private func plan(_ client: Client) {
        guard let due = client.outbox.nextDue else { return }
        at(due) { $0.flush(client) }
    }
}
