// A relay's line to the hub: dials, greets, carries both ways, and comes back. Confined to its loop.

import Logging
import QAShared
import QASocket

/// Keeps one connection to the hub for as long as the relay lives.
final class Uplink: ConnectionHandler {
    /// The hub as it is to be reached, and how this relay shows who it is.
    struct Target {
        var address: HubAddress
        /// Present for TLS.
        var trust: TLSTrust?
        var code: String
        var venue: VenueID
    }

    private let hub: Hub
    private let keeper: RelayKeeper
    private let ring: RelayKeyRing
    private let loop: Loop
    private let dialer: Dialer
    private let target: Target
    private var venue: VenueID { target.venue }
    private let log: Logger
    private var backoff = Backoff()
    private var generator = SystemRandomNumberGenerator()
    private var connection: Connection?
    private var course = UplinkProtocol()
    private var isStopped = false
    /// Whether the hub was reached by the present call, and the two did not come to terms.
    private var isRefused = false
    /// When the hub greeted this relay on the present connection, in monotonic milliseconds.
    private var upAt: Int?
    private var failure: String?
    private var said = ""
    private var retry: LoopTimer?
    private var roomTimer: LoopTimer?

    /// The address under which this relay's phones reach it.
    var publicURL = ""
    /// Called after everything that may have given the hub something to do.
    var perform: () -> Void = {}
    /// Called when the hub will not have this relay; the sentence says why and what to do.
    var refused: (_ code: String, _ sentence: String) -> Void = { _, _ in }
    /// Called once, when the copy has caught up with the hub for the first time.
    var ready: () -> Void = {}
    private var isReady = false
    private var readyAt: Int?

    init(
        hub: Hub, keeper: RelayKeeper, ring: RelayKeyRing, loop: Loop, target: Target, log: Logger
    ) throws(SocketError) {
        self.ring = ring
        self.hub = hub
        self.keeper = keeper
        self.loop = loop
        self.target = target
        self.log = log
        dialer = try Dialer(loop: loop)
    }

    func start() {
        roomTimer = loop.timer(
            afterMilliseconds: Int64(Limits.claimsEvery), repeatMilliseconds: Int64(Limits.claimsEvery)
        ) { [weak self] in self?.sayRoom() }
        dial()
    }

    /// Says goodbye; `whenDone` follows when the socket is gone.
    func stop(whenDone: @escaping () -> Void) {
        isStopped = true
        retry?.cancel()
        roomTimer?.cancel()
        dialer.close(whenDone: whenDone)
    }

    /// Lets the line go, and leaves it, or takes it up again.
    func hold(_ isHeld: Bool) {
        guard hub.relaying?.isHeld != isHeld else { return }
        hub.relaying?.isHeld = isHeld
        retry?.cancel()
        if isHeld {
            connection?.cut()
        } else if connection == nil {
            dial()
        }
    }

    // MARK: Out

    /// Sends what the room did and the hub does not have.
    func forward() {
        if course.isGreeted { connection?.requestWritable() }
    }

    private func sayRoom() {
        if course.sayRoom(hub) { connection?.requestWritable() }
    }

    private func dial() {
        guard !isStopped, hub.relaying?.isHeld != true else { return }
        failure = nil
        isRefused = false
        course.dialled()
        connection = dialer.dial(
            host: target.address.host, port: target.address.port, path: target.address.path,
            subprotocol: "qarelay.v1", tls: target.trust, handler: self)
    }

    func opened(_ connection: Connection) {
        var hello = Hello(role: .relay, token: target.code, position: keeper.position)
        hello.client = "qarelay venue \(QARelayVersion.current)"
        hello.url = publicURL
        course.opened(hello)
        connection.requestWritable()
    }

    func writable(_ connection: Connection) {
        guard let bytes = course.next(hub) else { return }
        connection.write(QASocket.Frame(bytes))
        connection.requestWritable()
    }

    // MARK: In

    func received(_ connection: Connection, _ message: UnsafeRawBufferPointer) {
        let bytes = unsafe Array(message)
        switch course.received(bytes) {
        case .keep(let frame): keeper.hand(.records(frame))
        case .begin(let welcome): greeted(welcome)
        case .answered(let results):
            backoff.reset()
            hub.answered(results, Clock.now)
            perform()
        case .presence(let elsewhere):
            hub.heardPresence(elsewhere)
            perform()
        case .refused(let rejection): explain(rejection)
        case .nothing: break
        }
    }

    private func greeted(_ welcome: Welcome) {
        if let given = welcome.venue, given != venue {
            connection?.close(code: 1000, reason: "venue")
            return refuse(.otherVenue, "The code is for “\(given.text)”.")
        }
        let skew = abs(welcome.time.milliseconds - Clock.wall.milliseconds)
        if skew > Limits.clockSkewMaximum {
            connection?.close(code: 1000, reason: "clock")
            return refuse(.clockSkew, "The clocks are \(skew / 60_000) minutes apart.")
        }
        if let version = welcome.software, LineTrouble.differs(version, QARelayVersion.current) {
            log.warning("version_differs", metadata: ["what": "\(LineTrouble.sentence(ofVersion: version))"])
        }
        if skew > Limits.clockSkewNoted {
            log.warning("clock_skew", metadata: ["seconds": "\(skew / 1000)"])
        }
        readyAt = welcome.head
        keeper.hand(.begin(welcome, line: course.line))
    }

    /// What the store's thread reports.
    func reported(_ report: RelayWork.Report) {
        let now = Clock.now
        switch report {
        case .stored: hub.stored(now)
        case .storeFailed(let error):
            log.error("relay_store_failed", metadata: ["error": "\(error.code)", "reason": "\(error.sentence)"])
            hub.storeFailed(error, now)
        case .began(let welcome, let line, let resending):
            guard course.began(welcome, line: line, resending: resending, hub, now) else { break }
            upAt = now.monotonic
            ring.keys = welcome.keys ?? ring.keys
            said = ""
            log.notice("line_up", metadata: ["hub": "\(target.address.text)", "head": "\(welcome.head)"])
            if let resending, !resending.isEmpty {
                log.notice("line_new_log", metadata: ["resending": "\(resending.count)"])
            }
            readyIfCaughtUp()
        case .kept(let entries):
            // That the hub greets does not mean that it takes anything: a line is good once something came over it.
            if !entries.isEmpty { backoff.reset() }
            hub.confirmed(entries, now)
            readyIfCaughtUp()
        case .mismatch:
            log.warning("line_other_log")
            connection?.close(code: 1000, reason: "other log")
        case .failed(let error):
            log.error("relay_store_failed", metadata: ["error": "\(error.code)", "reason": "\(error.sentence)"])
            connection?.close(code: 1000, reason: "store")
        }
        perform()
    }

    private func readyIfCaughtUp() {
        guard !isReady, let at = readyAt, (keeper.position?.sequence ?? 0) >= at, let setup = hub.state.setup else {
            return
        }
        guard setup.venue(venue) != nil else {
            let known = setup.venues.map(\.id.text).joined(separator: ", ")
            return refused("venue", "The event has no venue “\(venue.text)”. It has: \(known).")
        }
        isReady = true
        ready()
    }

    func failed(_ connection: Connection, reason: String) { failure = reason }

    func closed(_ connection: Connection, code: UInt16) {
        guard connection === self.connection else { return }
        self.connection = nil
        let wasGreeted = course.isGreeted
        course.closed()
        hub.lineLost(Clock.now)
        perform()
        guard !isStopped else { return }
        if wasGreeted || failure != nil, said != failure ?? "lost" {
            said = failure ?? "lost"
            log.warning(
                "line_lost", metadata: ["hub": "\(target.address.text)", "reason": "\(failure ?? "code \(code)")"])
        }
        if let distrust = connection.trustFailure {
            refuse(.hubNotBelieved, distrust.description)
        } else if !isRefused, let trouble = LineTrouble(closedWith: code) {
            refuse(trouble)
        }
        if let at = upAt, Clock.now.monotonic - at >= Limits.lineProven { backoff.reset() }
        upAt = nil
        if !isRefused { hub.lineTroubled(nil, Clock.now) }
        perform()
        let wait = isRefused ? Limits.refusedLineRetry : backoff.next(using: &generator)
        retry = loop.timer(afterMilliseconds: Int64(wait)) { [weak self] in self?.dial() }
    }

    // MARK: What is in the way

    /// The hub can be reached, and will not have this relay, or not like this. Whoever has not served anybody yet says so
    /// and ends; a relay that has a room goes on without the line, and asks again from time to time.
    private func refuse(_ trouble: LineTrouble, _ detail: String = "") {
        let sentence = [detail, trouble.sentence(venue)].filter { !$0.isEmpty }.joined(separator: " ")
        guard ring.keys != nil else { return refused(trouble.rawValue, sentence) }
        isRefused = true
        if hub.relaying?.trouble != trouble {
            log.error("line_refused", metadata: ["cause": "\(trouble.rawValue)", "what": "\(sentence)"])
        }
        hub.lineTroubled(trouble, Clock.now)
    }

    private func explain(_ rejection: Rejection) {
        guard let trouble = LineTrouble(rejection.code) else {
            return log.warning("line_rejection", metadata: ["code": "\(rejection.code.rawValue)"])
        }
        refuse(trouble)
    }
}
