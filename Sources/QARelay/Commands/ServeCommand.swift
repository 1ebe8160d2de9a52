import ArgumentParser
import Glibc
import Logging
import QAShared
import QASocket

struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the hub of one event.",
        discussion: """
            Everything is kept in the data folder: event.sqlite (the log), tokens/ (one file of mode 0600 a token), \
            links.txt (the same as links) and control (the socket for the other commands). SIGTERM and SIGINT stop \
            the hub in order: everybody is told, nothing acknowledged is lost. SIGHUP reads the certificate and its key \
            again.

            Environment: QARELAY_LOG sets the log level (trace, debug, info, notice, warning, error).
            """)

    @Option(help: "The event file (YAML); see “qarelay check”.")
    var event: String

    @Option(help: "The data folder; made when it is not there.")
    var data: String

    @Option(help: "The TCP port; 0 takes any free one.")
    var port = 8080

    @Option(help: "The address to listen on; 0.0.0.0 for all of IPv4.")
    var listen = "127.0.0.1"

    @Option(
        help:
            "The address under which phones reach the hub, such as http://192.0.2.7:8080; links and QR codes carry it.")
    var publicURL: String?

    @Option(
        help: ArgumentHelp(
            "Speak TLS alone, with this certificate and its chain (PEM); “qarelay tls new” makes one.",
            valueName: "file"))
    var tlsCertificate: String?

    @Option(help: ArgumentHelp("The key to the certificate (PEM).", valueName: "file"))
    var tlsKey: String?

    @Option(
        help: ArgumentHelp(
            "Let moderators and speakers come by electronic certificates on this port, besides; see docs/CERTIFICATES.md.",
            valueName: "port"))
    var certificatePort: Int?

    @Option(
        help: ArgumentHelp("The authorities whose certificates are believed there (PEM).", valueName: "file"))
    var clientAuthorities: String?

    @Option(
        help: ArgumentHelp(
            "What these authorities took back (CRLs, PEM); read again on SIGHUP.", valueName: "file"))
    var clientRevocations: String?

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
        guard certificatePort == nil || (tlsCertificate != nil && clientAuthorities != nil) else {
            throw ValidationError(
                "--certificate-port needs --tls-certificate, --tls-key and --client-authorities: name the files.")
        }
        guard certificatePort != nil || (clientAuthorities == nil && clientRevocations == nil) else {
            throw ValidationError("--client-authorities and --client-revocations go with --certificate-port.")
        }
        guard (0...65_535).contains(certificatePort ?? 0) else {
            throw ValidationError(
                "\(certificatePort ?? 0) is no port. Write a number from 1 to 65535, or 0 for any free one.")
        }
        guard (0...65_535).contains(port) else {
            throw ValidationError("\(port) is no port. Write a number from 1 to 65535, or 0 for any free one.")
        }
    }

    func run() throws {
        StructuredLog.bootstrap()
        do {
            try HubProgram(self).run()
        } catch let stop as Stop {
            stop.leave()
        } catch let error as LogError {
            Stop(code: error.code, sentence: error.sentence).leave()
        } catch let error as SocketError {
            Stop(code: error.code, sentence: error.description).leave()
        }
    }
}

/// Starts a hub, keeps it running, and stops it in order.
struct HubProgram {
    private let options: ServeCommand
    private let setup: EventSetup
    private let log = Logger(label: "qarelay")

    init(_ options: ServeCommand) throws {
        self.options = options
        switch EventFile.load(path: options.event) {
        case .success(let setup): self.setup = setup
        case .failure(let problems):
            Output.error(problems.description)
            throw Stop(
                code: "event_file", sentence: "The event file has to be corrected first.",
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
        let store = try openLog()
        let (language, book) = HubLanguage.open(options.language, log)
        let hub = Hub(
            epoch: store.epoch, state: store.state, ledgers: store.ledgers,
            secrets: Credentials.secrets(key: store.key), twins: Twins(reader: language.reader(book)))
        hub.rates.areOn = !options.noRateLimits
        let certificate = try certificate()
        let loop = try Loop()
        let server = Server(
            loop: loop, hub: hub, site: try site(port: max(1, options.port)), pages: pages, data: options.data, log: log
        )
        try start(server, store, language, certificate)
    }

    private struct Store {
        var epoch: Epoch
        var key: [UInt8]
        var state: State
        var ledgers: Ledgers
        var path: String
    }

    /// Opens the log once to read it; the writer's thread opens it for good.
    private func openLog() throws(LogError) -> Store {
        try renewIfOlder()
        let log = try SQLiteLog(folder: options.data, eventID: setup.id)
        defer { log.close() }
        let folded = try log.fold()
        do throws(LogError) {
            try log.tidy()
        } catch {
            self.log.warning("not_overwritten", metadata: ["reason": "\(error.sentence)"])
        }
        return Store(
            epoch: log.epoch, key: log.key, state: folded.state, ledgers: folded.ledgers,
            path: options.data)
    }

    /// An older file in the log's place is taken for what it is: another incarnation.
    private func renewIfOlder() throws(LogError) {
        let log = try SQLiteLog(folder: options.data, eventID: setup.id)
        defer { log.close() }
        guard let missing = try HeadFile.missing(in: log, folder: options.data) else { return }
        let epoch = try log.beginAnew()
        self.log.error("log_older", metadata: ["head": "\(log.head)", "was": "\(missing)", "epoch": "\(epoch.text)"])
        Output.error(
            "qarelay: log_older: The log in \(options.data) ends at entry \(log.head) or is another one, and it had come to "
                + "entry \(missing): an older file was put in its place. The event goes on as another incarnation of its "
                + "log; what came since is in a later backup or at the relays, which send again what went through them."
        )
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
        guard options.identity == nil || site.isSecure else {
            throw Stop(
                code: "public_url",
                sentence: "The hub speaks TLS, so phones reach it by https: write https:// instead of “\(url)”.",
                status: .unusable)
        }
        return site
    }

    /// Reads the certificate once to say what it is; one out of its dates is worth a warning, not an event.
    private func certificate() throws(SocketError) -> CertificateFacts? {
        guard let facts = try options.identity?.examine() else { return nil }
        HubTLS.warn(facts, log)
        return facts
    }

    private func start(
        _ server: Server, _ store: Store, _ language: LanguageResources, _ certificate: CertificateFacts?
    ) throws {
        let loop = server.loop
        let inbox = loop.inbox(owner: server)
        let (data, eventID) = (options.data, setup.id)
        let writer = LogWriter(
            try SQLiteLog(folder: data, eventID: eventID),
            reopen: { () throws(LogError) in try SQLiteLog(folder: data, eventID: eventID) },
            report: { report in inbox.post { $0.reported(report) } })
        let adviser = AdviceThread(language) { advice in inbox.post { $0.advised(advice) } }
        server.door = options.door.door(isOn: !options.noRateLimits)
        try server.start(endpoint(), writer: writer, adviser: adviser)
        let metrics = try options.door.openMetrics(server)
        try openCertified(server)
        try openSignIn(server)
        server.site = try site(port: server.port)
        server.hub.publicURL = server.site.publicURL
        server.readRelays()
        server.hub.fingerprint = certificate.flatMap { $0.isSelfSigned ? $0.fingerprint : nil }
        let desk = ControlDesk(hub: server.hub) { work, done in
            let answer = Handed(done)
            writer.inspect { log in
                let result = Self.perform(work, on: log)
                inbox.post { _ in answer.take()?(result) }
            }
        }
        let control = ControlSocket(loop: loop, folder: data, desk: desk)
        if control == nil {
            log.warning("control_socket_failed", metadata: ["reason": "\(FileSystem.reason)"])
        }
        var signals: [SignalWatch] = []
        for number in [SIGTERM, SIGINT] {
            signals.append(
                loop.onSignal(number) { [log] in
                    log.info("hub_draining", metadata: ["connections": "\(server.connectionCount)"])
                    server.drain { loop.stop() }
                })
        }
        signals.append(loop.onSignal(SIGHUP) { [log, trust] in HubTLS.reload(server, trust: trust, log) })
        if options.publicURL == nil, !["127.0.0.1", "::1", "localhost"].contains(options.listen) {
            Output.error(
                "qarelay: public_url_missing: Links and QR codes say \(server.site.publicURL), which phones may not reach. Start with --public-url \(options.identity == nil ? "http" : "https")://ADDRESS:\(server.port)."
            )
        }
        server.warnOfPlaces(for: setup.venues.reduce(0) { $0 + $1.expected })
        FirstRun(setup: setup, data: data, server: server, certificate: certificate, log: log).prepare()
        let head = HeadKeeper(loop, server.hub) {
            writer.inspect { log in if let log { HeadFile.keep(log, folder: data) } }
        }
        server.beforeEnd = { head.look() }
        let retention = RetentionWatch(server, log, patience: options.purgeUptime)
        if !options.noPurge { retention.start(every: options.purgeCheck) { server.drain { loop.stop() } } }
        loop.run()
        control?.close()
        withExtendedLifetime((signals, metrics)) {}
        log.info("hub_stopped", metadata: ["head": "\(server.hub.durableHead)"])
        if retention.isDue { try RetentionWatch.purge(options.data, log) }
    }

    private func openSignIn(_ server: Server) throws {
        guard let signIn = setup.signIn else { return }
        let line = FileSystem.readText(signIn.secretFile)?.split(whereSeparator: \.isNewline).first.map(String.init)
        guard let secret = line, !secret.isEmpty else {
            throw Stop(
                code: "sign_in_secret",
                sentence: "The secret of the sign-in is not in \(signIn.secretFile): "
                    + "write it there, readable by this user alone.",
                status: .unusable)
        }
        server.signIn = SignInDesk(
            loop: server.loop, hub: server.hub, secret: secret, log: log, site: { [unowned server] in server.site },
            caller: { [unowned server] in server.caller(of: $0) })
    }

    /// What vouches for certificates, and what was taken back; nil where none are taken.
    private var trust: ClientTrust? {
        guard options.certificatePort != nil, let authorities = options.clientAuthorities else { return nil }
        return ClientTrust(authoritiesFile: authorities, revocationsFile: options.clientRevocations)
    }

    private func openCertified(_ server: Server) throws {
        guard let port = options.certificatePort, let trust else { return }
        HubTLS.warn(listsEnd: try trust.examine(), log)
        if trust.revocationsFile == nil {
            log.warning(
                "revocations_missing",
                metadata: ["reason": "without --client-revocations nobody is refused who was taken back"])
        }
        var certified = endpoint()
        certified.port = port
        certified.maximumConnections = Limits.placesCertified
        certified.clients = trust
        certified.revokedCode = CloseCode.certificateUnknown.rawValue
        try server.openCertified(certified)
        if setup.certificates.isEmpty {
            log.warning("certificates_missing", metadata: ["reason": "the event file names nobody under certificates"])
        }
        Output.line(
            "Certificates: port \(server.certifiedPort ?? port), \(setup.certificates.count) people in the event file")
    }

    private func endpoint() -> EndpointOptions {
        var endpoint = EndpointOptions(address: options.listen, port: options.port)
        endpoint.tls = options.identity
        endpoint.maximumMessageBytes = Limits.frameBytes
        endpoint.maximumFragments = Limits.frameFragments
        // Whoever opens lines there and shows nothing must not use up those of the phones.
        if options.certificatePort != nil { endpoint.keptForOthers = Limits.placesCertified }
        return endpoint
    }

    private static func perform(
        _ work: ControlDesk.LogWork, on log: (any EventLog)?
    ) -> Result<[String], LogError> {
        guard let log else { return .failure(.failed("it could not be opened again")) }
        do throws(LogError) {
            return .success(try work(log))
        } catch {
            return .failure(error)
        }
    }
}
