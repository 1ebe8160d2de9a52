// The line to the hub: dials, listens, sends, and comes back. Confined to its loop.

import QAShared
import QASocket

/// Keeps one connection to the hub for as long as the terminal lives.
final class Link: ConnectionHandler {
    private let loop: Loop
    private let dialer: Dialer
    private let address: HubAddress
    /// Nil for plain TCP.
    private let trust: TLSTrust?
    private let store: OutboxStore?
    private var courier: Courier
    private var backoff = Backoff()
    private var generator = SystemRandomNumberGenerator()
    private var connection: Connection?
    private var isGreeted = false
    private var isStopped = false
    /// Closed by us to say hello again, whatever the code says.
    private var returnsAnyway = false
    private var queue: [QASocket.Frame] = []
    private var failure: String?
    private var lostSince: Int?
    private var lastHeard = 0
    private var beatSent: Int?
    private var retry: LoopTimer?

    /// Called with everything that the screen should know.
    var deliver: ((Message) -> Void)?
    /// Called when the hub said not to come back.
    var ended: ((_ code: UInt16) -> Void)?
    /// Called when the hub's certificate is not believed, which another try would not change.
    var distrusted: ((Distrust) -> Void)?

    init(
        loop: Loop, address: HubAddress, trust: TLSTrust, token: String?, identity: ClientIdentity? = nil,
        store: OutboxStore?,
        saved: SavedOutbox
    ) throws(SocketError) {
        self.loop = loop
        self.address = address
        self.trust = address.isSecure ? trust : nil
        self.store = store
        dialer = try Dialer(loop: loop, identity: identity)
        courier = Courier(token: token)
        courier.restore(saved)
    }

    private var now: Int { Int(loop.monotonicMilliseconds) }

    /// Commands without an answer.
    var unanswered: Int { courier.outbox.items.count }

    func start() {
        deliver?(.outgoing(courier.outgoing))
        loop.timer(afterMilliseconds: 1000, repeatMilliseconds: 1000) { [weak self] in
            self?.watchLine()
        }
        dial()
    }

    /// Says goodbye; `whenDone` follows when the socket is gone.
    func stop(whenDone: @escaping () -> Void) {
        isStopped = true
        dialer.close(whenDone: whenDone)
    }

    // MARK: Commands

    /// Sends a command now or when the line is back; it is on disk before it leaves.
    func send(_ command: Command) {
        courier.add(CommandID(using: &generator), command)
        outboxChanged()
    }

    /// Takes a command back that never left.
    func drop(_ id: CommandID) {
        _ = courier.drop(id)
        outboxChanged()
    }

    /// Undoes a command as soon as its sequence is known.
    func undoOnceAcked(_ id: CommandID) {
        courier.undoOnceAcked(id)
        outboxChanged()
    }

    // MARK: What is sent at once or not at all

    /// Says at which question this terminal is.
    func claim(_ question: QuestionID?) { postIfGreeted(.claim(question)) }

    /// Says what becomes of a command that the hub refused.
    func settle(_ ordinal: Int, again: Bool) { postIfGreeted(.settle(ordinal: ordinal, again: again)) }

    func listTokens() { postIfGreeted(.tokens) }

    func mint(_ role: Role, _ venue: VenueID?, _ label: String) {
        let id = CommandID(using: &generator)
        run(id, .mint(id, role: role, venue: venue, label: label))
    }

    func revoke(_ tag: String) {
        let id = CommandID(using: &generator)
        run(id, .revoke(id, tag: tag))
    }

    private func run(_ id: CommandID, _ frame: ClientFrame) {
        courier.run(id, frame)
        postIfGreeted(frame)
    }

    private func postIfGreeted(_ frame: ClientFrame) {
        if isGreeted { post(frame) }
    }

    private func outboxChanged() {
        save()
        sendDue()
        deliver?(.outgoing(courier.outgoing))
    }

    private func save() {
        if store?.save(courier.saved) != true, !courier.outbox.isEmpty { deliver?(.storageFailed) }
    }

    private func sendDue() {
        guard isGreeted else { return }
        for frame in courier.due(now) { post(frame) }
    }

    private func post(_ frame: ClientFrame) {
        queue.append(QASocket.Frame(frame.encode()))
        connection?.requestWritable()
    }

    // MARK: The line

    private func dial() {
        guard !isStopped else { return }
        failure = nil
        connection = dialer.dial(
            host: address.host, port: address.port, path: address.path, subprotocol: "qarelay.v1",
            tls: trust, handler: self)
    }

    func opened(_ connection: Connection) {
        queue = []
        lastHeard = now
        beatSent = nil
        post(courier.hello())
    }

    func writable(_ connection: Connection) {
        guard !queue.isEmpty else { return }
        connection.write(queue.removeFirst())
        if !queue.isEmpty { connection.requestWritable() }
    }

    func received(_ connection: Connection, _ message: UnsafeRawBufferPointer) {
        lastHeard = now
        beatSent = nil
        guard let frame = try? unsafe ServerFrame.decode(Array(message)) else { return }
        let reaction = courier.receive(frame, now: now, using: &generator)
        if reaction.isGap { return sayHelloAgain() }
        if reaction.welcomed {
            backoff.reset()
            isGreeted = true
            lostSince = nil
            deliver?(.link(.online))
            for frame in courier.errandFrames { post(frame) }
        }
        if reaction.outboxChanged { save() }
        for message in reaction.messages { deliver?(message) }
        if reaction.welcomed || reaction.outboxChanged {
            let before = courier.outgoing
            sendDue()
            if courier.outgoing != before { deliver?(.outgoing(courier.outgoing)) }
        }
    }

    func failed(_ connection: Connection, reason: String) { failure = reason }

    func closed(_ connection: Connection, code: UInt16) {
        guard connection === self.connection else { return }
        self.connection = nil
        isGreeted = false
        queue = []
        guard !isStopped else { return }
        if let failure = connection.trustFailure {
            distrusted?(Distrust(failure))
            return
        }
        if CloseCode(rawValue: code) == .roleRefused, courier.triesOrganiser() { return dial() }
        if !CloseCode.reconnects(code), !returnsAnyway {
            ended?(code)
            return
        }
        returnsAnyway = false
        let since = lostSince ?? now
        lostSince = since
        deliver?(.link(.offline(since: since, reason: failure)))
        let wait = backoff.next(using: &generator)
        retry = loop.timer(afterMilliseconds: Int64(wait)) { [weak self] in self?.dial() }
    }

    private func sayHelloAgain() {
        returnsAnyway = true
        isGreeted = false
        connection?.close(code: 1000, reason: "resume")
    }

    /// Once a second: what was put off is due, and a line that is silent is asked or given up.
    private func watchLine() {
        guard let connection, lastHeard > 0 else { return }
        sendDue()
        if let beatSent {
            if now - beatSent > Limits.beatWithin {
                self.beatSent = nil
                lastHeard = now
                connection.cut()
            }
        } else if isGreeted, now - lastHeard > Limits.beatAfter {
            beatSent = now
            post(.beat)
        } else if !isGreeted, now - lastHeard > Limits.beatAfter {
            lastHeard = now
            connection.cut()
        }
    }
}
