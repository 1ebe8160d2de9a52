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
    }

    private let hub: Hub
    private let keeper: RelayKeeper
    private let ring: RelayKeyRing
    private let loop: Loop
    private let dialer: Dialer
    private let target: Target
    private let log: Logger
    private var backoff = Backoff()
    private var generator = SystemRandomNumberGenerator()
    private var connection: Connection?
    private var course = UplinkProtocol()
    private var isStopped = false
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
        let skew = abs(welcome.time.milliseconds - Clock.wall.milliseconds)
        if skew > Limits.clockSkewMaximum {
            connection?.close(code: 1000, reason: "clock")
            return refused(
                "clock_skew",
                "This machine's clock and the hub's are \(skew / 60_000) minutes apart. Set both (timedatectl set-ntp true), then start the relay again."
            )
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
            backoff.reset()
            ring.keys = welcome.keys ?? ring.keys
            said = ""
            log.notice("line_up", metadata: ["hub": "\(target.address.text)", "head": "\(welcome.head)"])
            if let resending, !resending.isEmpty {
                log.notice("line_new_log", metadata: ["resending": "\(resending.count)"])
            }
            readyIfCaughtUp()
        case .kept(let entries):
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
        guard let at = readyAt, (keeper.position?.sequence ?? 0) >= at, hub.state.setup != nil else { return }
        readyAt = nil
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
        if let distrust = connection.trustFailure, ring.keys == nil {
            // Nobody to serve yet: better to say so than to try for ever.
            refused("hub_not_believed", "\(distrust.description) See --ca and --fingerprint.")
        }
        guard UplinkProtocol.returns(after: code) else { return }
        let wait = backoff.next(using: &generator)
        retry = loop.timer(afterMilliseconds: Int64(wait)) { [weak self] in self?.dial() }
    }

    private func explain(_ rejection: Rejection) {
        switch rejection.code {
        case .tokenInvalid:
            refused(
                "pairing_code",
                "The hub does not know this pairing code. On the hub: qarelay token new --role relay --venue "
                    + "\(hub.relaying?.venue.text ?? "VENUE"), and start the relay with the new one."
            )
        case .tokenRevoked:
            refused(
                "pairing_revoked", "The hub has revoked this relay's pairing code. Ask its administrator for another.")
        case .roleRefused:
            refused(
                "pairing_role", "This is not a relay's code. On the hub: qarelay token new --role relay --venue VENUE.")
        case .versionUnknown:
            refused(
                "version",
                "The hub speaks another version than this relay (\(QARelayVersion.current)). Install the same on both.")
        default: log.warning("line_rejection", metadata: ["code": "\(rejection.code.rawValue)"])
        }
    }
}
