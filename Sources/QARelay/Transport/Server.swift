// Between sockets and hub, on the loop's thread: carries frames in, effects out, and marks the end of each turn.

import Logging
import QAShared
import QASocket

/// A running hub on its loop.
final class Server: EndpointHandler {
    let loop: Loop
    let hub: Hub
    /// Set anew once the port is known.
    var site: Site {
        didSet { tellHeaders() }
    }
    var pages: Pages
    let data: String
    private let log: Logger
    /// Who gets in when many come at once.
    var door = Door(Door.Options(), key: UInt64.random(in: 0...UInt64.max))
    /// Those who say that they run the event and have not shown it yet.
    private var porch = Porch()
    var meters = ServerMeters()
    let startedAt = Clock.wall
    /// Free bytes in the data folder with which a full disk counts as mended.
    static let roomToGoOn = 1 << 20
    private var writer: LogWriter?
    /// Present in a venue's relay.
    var uplink: Uplink?
    var keeper: RelayKeeper?
    private var adviser: AdviceThread?
    var endpoint: Endpoint?
    /// The same by electronic certificates, on a port of its own.
    private var certified: Endpoint?
    private var timer: LoopTimer?
    private var timerAt = Int.max
    private var isStopping = false
    /// The hub's address that this relay's pages were last allowed.
    private var hubTold: String?
    /// The relays' addresses as they lie in the data folder, for the next start.
    private var relaysKept: [VenueID: String] = [:]
    /// Until when answers on their way may hold up the end, in monotonic milliseconds.
    private var drainUntil = 0
    /// When the event's data is going to be purged, once that is announced.
    var purgeAnnounced: Timestamp?
    /// When somebody, and not the house itself, last did something here; in monotonic milliseconds.
    private(set) var peopleAt: Int?
    /// Called once nothing more is decided, before the log is closed.
    var beforeEnd: (() -> Void)?
    /// Called once everybody has been told and the log is closed.
    private var stopped: (() -> Void)?
    /// For those without script.
    lazy var plain = PlainDesk(
        hub: hub, isSecure: { [unowned self] in site.isSecure },
        putsOff: { [unowned self] in putsOffNewcomer($0) },
        isOwn: { [unowned self] in site.isOwn(origin: $0, host: $1) },
        caller: { [unowned self] in caller(of: $0) })
    /// For those who come by a provider of identities; nil when there is none.
    var signIn: SignInDesk?
    /// QR codes by venue, made when first asked for.
    var codes: [VenueID: [UInt8]] = [:]

    init(loop: Loop, hub: Hub, site: Site, pages: Pages, data: String, log: Logger) {
        self.loop = loop
        self.hub = hub
        self.site = site
        self.pages = pages
        self.data = data
        self.log = log
    }

    /// Opens the door; the log writer must report to `reported`, the engine's thread to `advised`.
    func start(_ options: EndpointOptions, writer: LogWriter?, adviser: AdviceThread?) throws(SocketError) {
        self.writer = writer
        self.adviser = adviser
        endpoint = try Endpoint(loop: loop, options: options, handler: self)
        tellHeaders()
        loop.turnEnd = { [unowned self] in turnEnded() }
    }

    /// Opens the door for those who come by electronic certificates.
    func openCertified(_ options: EndpointOptions) throws(SocketError) {
        certified = try Endpoint(loop: loop, options: options, handler: self)
        tellHeaders()
    }

    /// Every answer names the addresses at which its page may go on: this server's own, and those of hub and relays.
    private func tellHeaders() {
        let headers = Pages.headers(site, friends: hub.friends)
        endpoint?.responseHeaders = headers
        certified?.responseHeaders = headers
        hubTold = hub.relaying?.hubURL
    }

    /// Says so when there are fewer places than people expected.
    func warnOfPlaces(for expected: Int) {
        let places = max(0, (endpoint?.places ?? 0) - Limits.placesKept)
        guard expected > places else { return }
        log.warning("places_few", metadata: ["places": "\(places)", "expected": "\(expected)"])
        Output.error(
            "qarelay: places_few: There are places for \(places) phones and \(expected) people are expected: raise the limit "
                + "of open files (LimitNOFILE= of the service, or ulimit -Hn for this user), then start again.")
    }

    var certifiedPort: Int? { certified?.port }

    /// Reads certificate and key again.
    func reloadTLS() throws(SocketError) -> CertificateFacts {
        guard let endpoint else { throw .tlsOff }
        return try endpoint.reloadTLS()
    }

    /// The same at the port for certificates, with the lists of what was taken back; nil where there is none.
    func reloadCertified() throws(SocketError) -> CertificateFacts? { try certified?.reloadTLS() }

    var port: Int { endpoint?.port ?? 0 }
    var connectionCount: Int { (endpoint?.connectionCount ?? 0) + (certified?.connectionCount ?? 0) }

    /// A batch came back from the log's thread.
    func reported(_ report: LogWriter.Report) {
        let now = Clock.now
        switch report {
        case .committed(let entries):
            if entries.contains(where: { $0.actor != Actor.house }) { peopleAt = now.monotonic }
            if let at = meters.handedAt { meters.commits.add(now.monotonic - at) }
            meters.entries += entries.count
            hub.committed(entries, now)
        case .failed(let error, let rebuilt):
            meters.commitsFailed += 1
            log.error("log_append_failed", metadata: ["error": "\(error.code)", "reason": "\(error.sentence)"])
            hub.failed(error, rebuilt: rebuilt.map { ($0.state, $0.ledgers) }, now)
        }
        perform()
    }

    /// The engine answered.
    func advised(_ advice: [Advice]) {
        hub.advised(advice, Clock.now)
        perform()
    }

    /// Takes no more commands, finishes those on their way, tells everybody, and is done.
    func drain(_ done: @escaping () -> Void) {
        guard !isStopping else { return }
        isStopping = true
        stopped = done
        hub.drain()
        drainUntil = Clock.now.monotonic + 1_000
        finishIfIdle()
    }

    private func finishIfIdle() {
        guard isStopping, hub.isIdle, let done = stopped else { return }
        perform()
        if hub.owesAnswers || endpoint?.owesReplies == true, Clock.now.monotonic < drainUntil {
            // Whoever does not read must not keep the hub up.
            timer?.cancel()
            timer = loop.timer(afterMilliseconds: 50) {}
            return
        }
        stopped = nil
        beforeEnd?()
        beforeEnd = nil
        let close = { [self] in
            endpoint?.close { [self] in
                writer?.close()
                keeper?.close()
                adviser?.close()
                done()
            }
        }
        if let certified { certified.close(whenDone: { close() }) } else { close() }
    }

    // MARK: Turns

    private func turnEnded() {
        let now = Clock.now
        hub.turnEnded(now)
        if hub.wakeAt <= now.monotonic { hub.timePassed(now) }
        if hub.isOffering { hub.offerSlice(now) }
        perform()
        keepRelays()
        loop.keepsTurning = hub.isOffering
        arm(now)
        if isStopping { finishIfIdle() }
    }

    private func arm(_ now: Now) {
        let at = hub.wakeAt
        guard at != timerAt else { return }
        timer?.cancel()
        timerAt = at
        timer = loop.timer(afterMilliseconds: Int64(max(1, at - now.monotonic))) { [unowned self] in
            // The end of this turn does what is due.
            timerAt = Int.max
        }
    }

    /// Carries out what the hub wants done.
    func perform() {
        while !hub.effects.isEmpty {
            let effects = hub.effects
            hub.effects = []
            for effect in effects {
                switch effect {
                case .append(let entries, let expected):
                    meters.handedAt = Clock.now.monotonic
                    writer?.append(entries, expecting: expected)
                case .store(let items):
                    peopleAt = Clock.now.monotonic
                    keeper?.hand(.store(items))
                case .settle(let results): keeper?.hand(.settle(results))
                case .keepRefused(let part, let rejection): keeper?.hand(.keepRefused(part, rejection))
                case .keepLine(let memory): keeper?.hand(.keepLine(memory))
                case .reopen(let ordinals): keeper?.hand(.reopen(ordinals))
                case .forget(let ordinal): keeper?.hand(.forget(ordinal))
                case .forward: uplink?.forward()
                case .read(let after): read(after)
                case .wants(let session): connection(of: session)?.requestWritable()
                case .advise(let requests): adviser?.hand(requests)
                case .close(let session, let code):
                    connection(of: session)?.close(code: code.rawValue, reason: code.reason)
                }
            }
        }
    }

    /// Reads the log for relays, on its own thread.
    private func read(_ after: Int) {
        let inbox = loop.inbox(owner: self)
        writer?.inspect { log in
            var records: RecordsFrame?
            if let log, let found = try? log.records(after: after, limit: Limits.recordsOnce),
                let before = try? log.checksum(at: after)
            {
                records = RecordsCoding.encode(found, after: after, before: before)
            }
            let read = records
            inbox.post { server in
                server.hub.read(read, after: after, Clock.now)
                server.perform()
            }
        }
    }

    /// Where the relays of the last run are.
    func readRelays() {
        for line in (FileSystem.readText(data + "/relays.txt") ?? "").split(separator: "\n") {
            let parts = line.split(separator: " ")
            if parts.count == 2, let venue = VenueID(String(parts[0])) { relaysKept[venue] = String(parts[1]) }
        }
        hub.expectRelays(relaysKept, Clock.now)
        tellHeaders()
    }

    private func keepRelays() {
        if hub.relaying?.hubURL != hubTold { tellHeaders() }
        guard hub.relayPorts.urls != relaysKept else { return }
        relaysKept = hub.relayPorts.urls
        tellHeaders()
        let lines = relaysKept.sorted { $0.key < $1.key }.map { "\($0.key.text) \($0.value)\n" }
        _ = FileSystem.writePrivate(data + "/relays.txt", lines.joined())
    }

    private func connection(of session: Session) -> Connection? {
        session.transport.map { unsafe unsafeDowncast($0, to: Connection.self) }
    }

    // MARK: Connections

    func opened(_ connection: Connection) {
        let hasKeptPlace = Self.isStaff(hasOrigin: connection.hasOrigin, query: connection.query)
        let caller = door.number(of: door.caller(connection.peerAddress, forwardedFor: connection.forwardedFor))
        let session = hub.connected(
            connection.id, hasOrigin: connection.hasOrigin, hasKeptPlace: hasKeptPlace, caller: caller, Clock.now)
        session.transport = connection
        session.codeCaller = door.key(of: connection.peerAddress, forwardedFor: connection.forwardedFor)
        if hasKeptPlace, door.options.isOn, let crowded = porch.came(connection.id, from: caller) {
            meters.crowdedOut += 1
            // Without a word: there is no place to wait in until it has been heard.
            hub.sessions[crowded].flatMap(self.connection)?.cut()
        }
        session.certificate = connection.peerCertificate.map {
            CertificateName(subject: $0.subject, issuer: $0.issuer, authority: $0.authority)
        }
        connection.attachment = session
        meters.opened += 1
    }

    func received(_ connection: Connection, _ message: UnsafeRawBufferPointer) {
        guard let session = session(of: connection) else { return }
        meters.framesIn += 1
        hub.received(session, unsafe Array(message), Clock.now)
        switch session.phase {
        case .attached: if session.hasKeptPlace { porch.left(session.id) }
        case .held, .closing: porch.refused(session.id)
        case .greeting, .gone: break
        }
        perform()
    }

    func writable(_ connection: Connection) {
        guard let session = session(of: connection) else { return }
        switch hub.next(for: session, Clock.now) {
        case .nothing: break
        case .close(let code): connection.close(code: code.rawValue, reason: code.reason)
        case .frame(let frame):
            let prepared: Frame
            if let known = frame.prepared {
                prepared = unsafe unsafeDowncast(known, to: Frame.self)
            } else {
                prepared = Frame(frame.bytes)
                frame.prepared = prepared
            }
            connection.write(prepared)
            meters.framesOut += 1
            meters.bytesOut += frame.bytes.count
            if hub.hasMore(for: session) { connection.requestWritable() }
        }
    }

    func closed(_ connection: Connection, code: UInt16) {
        guard let session = session(of: connection) else { return }
        meters.closed[code, default: 0] += 1
        porch.left(session.id)
        hub.disconnected(session)
        session.transport = nil
        connection.attachment = nil
        perform()
    }

    private func session(of connection: Connection) -> Session? {
        connection.attachment.map { unsafe unsafeDowncast($0, to: Session.self) }
    }
}

extension HTTPResponse {
    static var foreignHost: HTTPResponse {
        .text(
            421,
            "Ce serveur ne porte pas ce nom : prenez l’adresse affichée dans la salle.\n"
                + "This hub does not go by that name: use the address that the room shows "
                + "(whoever runs it: --public-url).\n")
    }

    static var noVenue: HTTPResponse {
        .text(
            404, "Cette salle ne participe pas : les liens sont à la page /\nNo such venue: the join links are at /\n")
    }

    static func text(_ status: Int, _ text: String) -> HTTPResponse {
        HTTPResponse(
            status: status, contentType: "text/plain; charset=utf-8", body: Array(text.utf8),
            headers: [("Cache-Control", "no-store")])
    }
}

/// The version of this program, as `--version` and `/health` tell it.
enum QARelayVersion {
    static let current = ProgramVersion.current
}
