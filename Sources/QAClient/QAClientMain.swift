import ArgumentParser
import QAShared
import QASocket

/// The command line of the moderators' terminal.
@main
struct QAClientMain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "qaclient",
        abstract: "The moderators' terminal of a live question-and-answer event.",
        discussion: """
            The token comes from the environment variable QARELAY_TOKEN or from a file that only you \
            can read. Press ? in the terminal for all keys.

            Environment: QARELAY_TOKEN (the token), QACLIENT_PKCS12_PASSWORD_FILE (file with the password of --pkcs12), \
            LC_ALL, LC_MESSAGES, LANG (language of the screen), NO_COLOR (not empty: no colours), TERM (“dumb” is refused).

            Files: what has no answer yet is kept in XDG_STATE_HOME/qarelay, or ~/.local/state/qarelay, until it is sent.
            """,
        version: ProgramVersion.current)

    @Option(help: "Address of the hub: ws://HOST[:PORT], or wss:// (https://) for TLS.")
    var hub = "ws://127.0.0.1:8080"

    @Option(help: "By TLS: a file with the authorities to believe (PEM) instead of this machine's.")
    var ca: String?

    @Option(help: "By TLS: believe exactly the certificate with this fingerprint, as the hub prints it.")
    var fingerprint: String?

    @Option(help: "File whose first line is the token; QARELAY_TOKEN is used without it.")
    var tokenFile: String?

    @Option(help: "Instead of a token: your electronic certificate (PEM), with --key.")
    var certificate: String?

    @Option(help: "The key to --certificate (PEM).")
    var key: String?

    @Option(
        help:
            "Instead of a token: certificate and key in one PKCS #12 file (.p12). Its password is asked for, or read from the file that QACLIENT_PKCS12_PASSWORD_FILE names."
    )
    var pkcs12: String?

    @Option(
        help: "Language of the screen: fr or en; else that of the locale, else the event's first.")
    var language: String?

    @Flag(help: "Signs of ASCII only, for poor fonts.")
    var ascii = false

    @Flag(inversion: .prefixedNo, help: "Ring when somebody of this venue is about to speak.")
    var bell = true

    // Taken only to say why it is not.
    @Option(help: .hidden)
    var token: String?

    func validate() throws {
        if let language, !Catalogue.languages.contains(language) {
            throw ValidationError("--language: fr, en")
        }
    }

    func run() throws {
        do {
            try start()
        } catch let failure as Failure {
            System.say(failure.description)
            throw ExitCode(2)
        }
    }

    private func start() throws {
        let chosen = language ?? Self.localeLanguage
        let words = Catalogue.words(chosen)
        if self.token != nil { throw Failure(words.tokenAsArgument) }
        let address: HubAddress
        do throws(HubAddress.Fault) {
            address = try HubAddress(hub)
        } catch {
            throw Failure(words.badHub(hub))
        }
        let trust = try trust(address, words)
        let identity = try identity(address, words)
        let token = identity == nil ? try readToken(words) : nil
        guard TerminalMode.isAvailable, System.environment("TERM") != "dumb" else {
            throw Failure(words.notATerminal)
        }
        let loop = try Loop()
        let stored = OutboxStore.directory(System.environment).flatMap {
            OutboxStore.open(directory: $0, hub: hub, token: token ?? identity?.subject ?? "")
        }
        let link = try Link(
            loop: loop, address: address, trust: trust, token: token, identity: identity, store: stored?.store,
            saved: stored?.saved ?? SavedOutbox())
        let terminal = Terminal(
            loop: loop, hasColour: (System.environment("NO_COLOR") ?? "").isEmpty)
        let model = Model(
            size: TerminalMode.size, words: words, languageIsChosen: chosen != nil,
            glyphs: ascii ? .ascii : .unicode, hub: hub)
        guard terminal.open() else { throw Failure(words.notATerminal) }
        let (farewell, code) = App(loop: loop, terminal: terminal, link: link, model: model, rings: bell).run()
        if let farewell { System.say(farewell) }
        if code != 0, let identity { System.say(words.showsCertificate(identity.subject, identity.issuer)) }
        if code != 0 { throw ExitCode(code) }
    }

    /// A sentence for the person who started the program.
    private struct Failure: Error {
        let description: String

        init(_ text: String) { description = text }
    }

    /// Whom to believe, found out before anything is dialled.
    private func trust(_ address: HubAddress, _ words: any Words) throws(Failure) -> TLSTrust {
        guard ca != nil || fingerprint != nil else { return .system }
        guard ca == nil || fingerprint == nil else { throw Failure(words.oneTrust) }
        guard address.isSecure else { throw Failure(words.trustWithoutTLS) }
        let trust: TLSTrust = ca.map { .authorities(file: $0) } ?? .pinned(fingerprint: fingerprint ?? "")
        do throws(SocketError) {
            try trust.examine()
        } catch {
            throw Failure(ca.map(words.authoritiesUnusable) ?? words.badFingerprint(fingerprint ?? ""))
        }
        return trust
    }

    /// The electronic certificate to show, if there is to be one.
    private func identity(_ address: HubAddress, _ words: any Words) throws -> ClientIdentity? {
        guard certificate != nil || key != nil || pkcs12 != nil else { return nil }
        let isPair = certificate != nil && key != nil && pkcs12 == nil
        let isSealed = pkcs12 != nil && certificate == nil && key == nil
        guard isPair || isSealed, address.isSecure, tokenFile == nil else { throw Failure(words.certificateAlone) }
        do {
            if let pkcs12 {
                return try ClientIdentity(pkcs12File: pkcs12, password: password(words))
            }
            return try ClientIdentity(certificateFile: certificate ?? "", keyFile: key ?? "")
        } catch let error as SocketError {
            throw Failure(error.description)
        }
    }

    private func password(_ words: any Words) throws -> String {
        if let path = System.environment("QACLIENT_PKCS12_PASSWORD_FILE"), !path.isEmpty {
            switch TokenFile.read(path, isPassword: true) {
            case .token(let password): return password
            case .empty: return ""
            case .openToOthers: throw Failure(words.tokenFileOpenToOthers(path))
            case .unreadable(let why): throw Failure(words.tokenFileUnreadable(path, why))
            }
        }
        return System.askSecretly(words.passwordPrompt) ?? ""
    }

    private func readToken(_ words: any Words) throws -> String {
        guard let tokenFile else {
            guard let token = System.environment("QARELAY_TOKEN"), !token.isEmpty else {
                throw Failure(words.noToken)
            }
            return token
        }
        switch TokenFile.read(tokenFile) {
        case .token(let token): return token
        case .openToOthers: throw Failure(words.tokenFileOpenToOthers(tokenFile))
        case .empty: throw Failure(words.tokenFileEmpty(tokenFile))
        case .unreadable(let why): throw Failure(words.tokenFileUnreadable(tokenFile, why))
        }
    }

    /// The language of the environment, if it names one that there is.
    private static var localeLanguage: String? {
        for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
            if let locale = System.environment(name), !locale.isEmpty {
                return Catalogue.language(ofLocale: locale)
            }
        }
        return nil
    }
}
