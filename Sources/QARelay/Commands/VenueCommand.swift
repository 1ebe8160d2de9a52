import ArgumentParser
import Glibc
import Logging
import QAShared
import QASocket

struct VenueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "venue",
        abstract: "Run the relay of one venue: the same pages and terminals on the room's own network.",
        discussion: """
            The relay follows the hub's log and serves its room. When the line is cut the room goes on: what it does is \
            kept on the relay's disk, shown as not yet confirmed, and sent once the line is back.

            The pairing code comes from the hub: qarelay token new --data HUBDATA --role relay --venue VENUE. It is read \
            from --code-file, from the environment (QARELAY_CODE), or asked for; it is kept in the data folder, so \
            it is needed once.

            Environment: QARELAY_LOG sets the log level (trace, debug, info, notice, warning, error).
            """)

    @Option(help: "The hub's address, such as https://hub.example.org or http://192.0.2.7:8080.")
    var hub: String

    @Option(help: "The venue that this relay serves, by its id in the event file.")
    var venue: String

    @Option(help: "The data folder; made when it is not there.")
    var data: String

    @Option(help: "The TCP port; 0 takes any free one.")
    var port = 8080

    @Option(help: "The address to listen on; 0.0.0.0 for all of IPv4.")
    var listen = "127.0.0.1"

    @Option(help: "The address under which the room's phones reach this relay, such as http://192.168.1.5:8080.")
    var publicURL: String?

    @Option(help: "A file with the pairing code.")
    var codeFile: String?

    @Option(help: "By TLS: believe the authorities in this file (PEM) instead of the system's.")
    var ca: String?

    @Option(help: "By TLS: believe exactly the hub's certificate with this fingerprint; a pairing code may carry it.")
    var fingerprint: String?

    @Option(
        help: ArgumentHelp(
            "Serve the room by TLS alone, with this certificate and its chain (PEM).", valueName: "file"))
    var tlsCertificate: String?

    @Option(help: ArgumentHelp("The key to the certificate (PEM).", valueName: "file"))
    var tlsKey: String?

    @Option(help: "The folder of the web pages; found beside the program when not given.")
    var web: String?

    @Option(help: "The folder of the lists that find duplicates; found beside the program when not given.")
    var language: String?

    @Flag(help: "Keep the event's data when its retention_days have passed, until “qarelay purge”.")
    var noPurge = false

    @Option(help: ArgumentHelp("Seconds between two looks at whether the event is to be purged.", visibility: .hidden))
    var purgeCheck = RetentionWatch.everyDay

    @Option(help: ArgumentHelp("Seconds that it must have run before the event is purged.", visibility: .hidden))
    var purgeUptime = RetentionWatch.everyDay

    @OptionGroup var door: DoorOptions

    @Flag(help: ArgumentHelp("Switch the rate limits off, for measurements.", visibility: .hidden))
    var noRateLimits = false

    var identity: TLSIdentity? {
        guard let tlsCertificate, let tlsKey else { return nil }
        return TLSIdentity(certificateFile: tlsCertificate, keyFile: tlsKey)
    }

    func validate() throws {
        guard (tlsCertificate == nil) == (tlsKey == nil) else {
            throw ValidationError("--tls-certificate and --tls-key go together: name both files.")
        }
        guard ca == nil || fingerprint == nil else {
            throw ValidationError("--ca and --fingerprint are two ways to believe the hub: name one.")
        }
        guard (0...65_535).contains(port) else {
            throw ValidationError("\(port) is no port. Write a number from 1 to 65535, or 0 for any free one.")
        }
    }

    func run() throws {
        StructuredLog.bootstrap()
        do {
            try RelayProgram(self).run()
        } catch let stop as Stop {
            stop.leave()
        } catch let error as LogError {
            Stop(code: error.code, sentence: error.sentence).leave()
        } catch let error as SocketError {
            Stop(code: error.code, sentence: error.description).leave()
        }
    }
}

/// Starts a venue's relay, keeps it running, and stops it in order.
struct RelayProgram {
    private let options: VenueCommand
    private let venue: VenueID
    private let address: HubAddress
    private let log = Logger(label: "qarelay")

    init(_ options: VenueCommand) throws {
        self.options = options
        guard let venue = VenueID(options.venue) else {
            throw Stop(
                code: "venue",
                sentence: "“\(options.venue)” is not the id of a venue. It is in the event file, such as cherbourg.",
                status: .unusable)
        }
        self.venue = venue
        address = try Self.address(options.hub)
    }

    private static func address(_ text: String) throws -> HubAddress {
        do {
            return try HubAddress(text)
        } catch {
            throw Stop(
                code: "hub_address",
                sentence: "“\(text)” is not a hub's address. Write http://HOST:PORT or https://HOST.",
                status: .unusable)
        }
    }

    func run() throws {
        guard let folder = Pages.find(options.web), let pages = Pages(folder: folder) else {
            throw Stop(
                code: "pages_missing",
                sentence: "The web pages are not where they should be. Name their folder with --web.")
        }
        if let reason = FileSystem.makePrivateFolder(options.data) {
            throw Stop(
                code: "data_folder",
                sentence: "The data folder \(options.data) cannot be made (\(reason)). Choose another with --data.")
        }
        try DataFolder.refusePurged(options.data)
        let code = try PairingCode.read(options.codeFile, data: options.data)
        let store = try RelayStore(folder: options.data, venue: venue)
        let contents = try readContents(store)
        let ring = RelayKeyRing(contents.keys)
        let loop = try Loop()
        let (language, book) = HubLanguage.open(options.language, log)
        let hub = makeHub(contents, ring, Twins(reader: language.reader(book)))
        let server = Server(
            loop: loop, hub: hub, site: try site(port: max(1, options.port)), pages: pages, data: options.data, log: log
        )
        try serve(server, store, ring, code, language)
    }

    /// What a relay starts with; a copy that is damaged is fetched anew.
    private func readContents(_ store: RelayStore) throws(LogError) -> RelayContents {
        do throws(LogError) {
            return try store.contents()
        } catch .damaged(let sequence, let what) where sequence > 0 {
            log.error("relay_copy_damaged", metadata: ["entry": "\(sequence)", "reason": "\(what)"])
            try store.throwCopyAway()
            return try store.contents()
        }
    }

    private func makeHub(_ contents: RelayContents, _ ring: RelayKeyRing, _ twins: Twins) -> Hub {
        var relaying = Relaying(
            venue: venue, since: contents.line.cutSince ?? Clock.wall, outbox: contents.outbox,
            refusals: contents.refusals,
            commandIDs: contents.commandIDs, nextOrdinal: contents.nextOrdinal)
        relaying.hubURL = contents.hubURL
        relaying.skew = contents.line.skew
        var generator = SystemRandomNumberGenerator()
        let hub = Hub(
            epoch: Epoch(using: &generator), state: contents.state, ledgers: Ledgers(),
            secrets: Credentials.secrets(ring), twins: twins, relaying: relaying)
        hub.rates.areOn = !options.noRateLimits
        return hub
    }

    private func site(port: Int) throws -> Site {
        let host = ["0.0.0.0", "::", "127.0.0.1"].contains(options.listen) ? "localhost" : options.listen
        let scheme = options.identity == nil ? "http" : "https"
        let url = options.publicURL ?? "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)"
        guard let site = Site(publicURL: url, machineName: FileSystem.machineName) else {
            throw Stop(
                code: "public_url",
                sentence: "“\(url)” is not an address for phones. Write http://HOST:PORT or https://HOST.",
                status: .unusable)
        }
        return site
    }

    /// Whom to take for the hub: as told, else by the fingerprint in the pairing code, else by the system's authorities.
    private func trust(_ code: PairingCode) throws(Stop) -> TLSTrust? {
        guard address.isSecure else { return nil }
        let trust: TLSTrust =
            if let ca = options.ca { .authorities(file: ca) } else if let pin = options.fingerprint ?? code.fingerprint
            {
                .pinned(fingerprint: pin)
            } else { .system }
        do throws(SocketError) {
            try trust.examine()
        } catch {
            throw Stop(code: error.code, sentence: error.description, status: .unusable)
        }
        return trust
    }

    private func serve(
        _ server: Server, _ store: sending RelayStore, _ ring: RelayKeyRing, _ code: PairingCode,
        _ language: LanguageResources
    ) throws {
        let loop = server.loop
        let inbox = loop.inbox(owner: server)
        let keeper = RelayKeeper(store) { report in inbox.post { $0.uplink?.reported(report) } }
        let adviser = AdviceThread(language) { advice in inbox.post { $0.advised(advice) } }
        var endpoint = EndpointOptions(address: options.listen, port: options.port)
        endpoint.tls = options.identity
        endpoint.maximumMessageBytes = Limits.frameBytes
        endpoint.maximumFragments = Limits.frameFragments
        let uplink = try Uplink(
            hub: server.hub, keeper: keeper, ring: ring, loop: loop,
            target: Uplink.Target(address: address, trust: try trust(code), code: code.token, venue: venue), log: log)
        server.keeper = keeper
        server.uplink = uplink
        server.door = options.door.door(isOn: !options.noRateLimits)
        try server.start(endpoint, writer: nil, adviser: adviser)
        let metrics = try options.door.openMetrics(server)
        server.site = try site(port: server.port)
        server.hub.publicURL = server.site.publicURL
        uplink.publicURL = server.site.publicURL
        uplink.perform = { [unowned server] in server.perform() }
        uplink.refused = { code, sentence in Stop(code: code, sentence: sentence, status: .unusable).leave() }
        uplink.ready = { [log, options, venue, server] in
            code.keep(data: options.data)
            server.warnOfPlaces(for: server.hub.state.setup?.venue(venue)?.expected ?? 0)
            log.notice(
                "relay_ready",
                metadata: ["venue": "\(venue.text)", "head": "\(server.hub.state.head)", "port": "\(server.port)"])
            Output.line("The relay of \(venue.text) is ready: \(server.site.joinLink(venue))")
        }
        var signals = [SIGTERM, SIGINT].map { number in
            loop.onSignal(number) { [log] in
                log.info("relay_draining", metadata: ["connections": "\(server.connectionCount)"])
                uplink.stop { server.drain { loop.stop() } }
            }
        }
        var desk = ControlDesk(hub: server.hub) { _, done in
            done(.failure(.foreign("A relay's log is a copy: ask the hub.")))
        }
        desk.holdLine = { uplink.hold($0) }
        let control = ControlSocket(loop: loop, folder: options.data, desk: desk)
        if control == nil { log.warning("control_socket_failed", metadata: ["reason": "\(FileSystem.reason)"]) }
        if options.publicURL == nil, !["127.0.0.1", "::1", "localhost"].contains(options.listen) {
            Output.error(
                "qarelay: public_url_missing: Links and QR codes say \(server.site.publicURL), which phones may not reach, and so does the hub. Start with --public-url \(options.identity == nil ? "http" : "https")://ADDRESS:\(server.port)."
            )
        }
        signals.append(loop.onSignal(SIGHUP) { [log] in HubTLS.reload(server, log) })
        if !address.isSecure, !["localhost", "127.0.0.1", "::1"].contains(address.host) {
            log.warning("line_in_clear", metadata: ["hub": "\(address.text)"])
        }
        log.notice(
            "relay_started",
            metadata: [
                "venue": "\(venue.text)", "port": "\(server.port)", "hub": "\(address.text)",
                "head": "\(server.hub.state.head)", "waiting": "\(server.hub.relaying?.waiting ?? 0)",
            ])
        uplink.start()
        let retention = RetentionWatch(server, log, patience: options.purgeUptime)
        if !options.noPurge {
            retention.start(every: options.purgeCheck) { uplink.stop { server.drain { loop.stop() } } }
        }
        loop.run()
        control?.close()
        withExtendedLifetime((signals, metrics)) {}
        log.info("relay_stopped")
        if retention.isDue { try RetentionWatch.purge(options.data, log) }
    }
}

/// The one secret with which a relay shows the hub that it is the venue's: the token, and behind a dot the fingerprint of
/// the hub's certificate when no authority vouches for it.
struct PairingCode: Sendable {
    var token: String
    var fingerprint: String?

    init?(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
        let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
        guard let token = parts.first else { return nil }
        self.token = token
        fingerprint = parts.count > 1 ? parts[1] : nil
    }

    /// What the hub prints.
    static func text(_ token: String, fingerprint: String?) -> String {
        [token, fingerprint].compactMap(\.self).joined(separator: ".")
    }

    /// What makes a code, to be typed at the hub.
    static func command(_ venue: VenueID?) -> String {
        "qarelay token new --data HUBDATA --role relay --venue \(venue?.text ?? "VENUE")"
    }

    /// From the file given, the environment, the data folder, or whoever sits at the terminal.
    static func read(_ file: String?, data: String) throws(Stop) -> PairingCode {
        if let file {
            guard let code = FileSystem.read(file).flatMap(PairingCode.init) else {
                throw Stop(
                    code: "pairing_code",
                    sentence:
                        "There is no pairing code in \(file). On the hub: \(PairingCode.command(nil)).",
                    status: .unusable)
            }
            return code
        }
        if let set = unsafe getenv("QARELAY_CODE") {
            let text = unsafe String(cString: set)
            if let code = PairingCode(Array(text.utf8)) { return code }
        }
        if let code = FileSystem.read(path(data)).flatMap(PairingCode.init) { return code }
        if isatty(0) == 1 {
            Output.line("The pairing code (from “\(command(nil))” on the hub):")
            if let code = readLine().flatMap({ PairingCode(Array($0.utf8)) }) { return code }
        }
        throw Stop(
            code: "pairing_code",
            sentence:
                "This relay needs its pairing code once. On the hub: \(command(nil)). "
                + "Then start with --code-file FILE or QARELAY_CODE.",
            status: .unusable)
    }

    /// Keeps the code that the hub accepted, so that it is not asked for again.
    func keep(data: String) {
        _ = FileSystem.writePrivate(Self.path(data), Self.text(token, fingerprint: fingerprint) + "\n")
    }

    private static func path(_ data: String) -> String { data + "/pairing-code" }
}
