// Signing in with a browser: to the provider and back, and a token of the event for whoever is on its list.

import Logging
import QAShared
import QASocket

/// Serves /sign-in. Confined to its loop; the provider is asked on the fetcher's thread.
final class SignInDesk {
    private let hub: Hub
    private let secret: String
    private let site: () -> Site
    /// From where a request came, for whoever counts by it.
    private let caller: (HTTPRequest) -> UInt64?
    private let fetcher = WebFetcher()
    private let log: Logger
    private var inbox: Inbox<SignInDesk>?
    private var waiting: [Int: Question] = [:]
    private var lastRequest = 0
    /// Seals what browsers keep; an attempt does not outlive the program.
    private let key = Digest.random(32)
    private var provider: (description: Provider, at: Int)?
    private var keys: (known: [ProviderKey], at: Int) = ([], -SignInDesk.keysAgain)
    /// Attempts that came back, by what names them, with when they began: none counts twice.
    private var used: [String: Int] = [:]

    /// Something that the provider was asked, and for whom.
    private struct Question {
        var caller: UInt64?
        var done: (WebAnswer) -> Void
    }

    /// Questions to the provider under way at most; whoever comes then is asked to try again.
    private static let waitingMaximum = 32
    /// … of one caller: nobody keeps all the others waiting.
    private static let waitingOfOne = 4
    /// Attempts remembered at most.
    private static let usedMaximum = 10_000
    /// Milliseconds after which the provider's description is read again.
    private static let descriptionLasts = 3_600_000
    /// … and before which its keys are not, whatever a token says.
    private static let keysAgain = 30_000

    /// `secret` is what the provider gave this program.
    init(
        loop: Loop, hub: Hub, secret: String, log: Logger, site: @escaping () -> Site,
        caller: @escaping (HTTPRequest) -> UInt64?
    ) {
        self.hub = hub
        self.secret = secret
        self.log = log
        self.site = site
        self.caller = caller
        inbox = loop.inbox(owner: self)
    }

    func close() { fetcher.close() }

    private var setup: SignInSetup? { hub.state.setup?.signIn }
    private var back: String { site().publicURL + "/sign-in/callback" }

    // MARK: Requests

    /// Takes a request if it is one for these pages.
    func answers(_ request: HTTPRequest, _ reply: HTTPReply) -> Bool {
        guard request.method == "GET", let setup, let event = hub.state.setup else { return false }
        let words = PlainWords(
            asked: PlainQuery(request.query).language, accepted: request.header("accept-language"),
            event: event.languages)
        switch request.path {
        case "/sign-in": reply.send(.page(200, SignInPages(event, words).begin))
        case "/sign-in/start": start(setup, words, request, reply)
        case "/sign-in/callback": callback(setup, words, request, reply)
        default: return false
        }
        return true
    }

    private func start(_ setup: SignInSetup, _ words: PlainWords, _ request: HTTPRequest, _ reply: HTTPReply) {
        describe(setup, for: caller(request)) { [self] provider in
            guard let provider else { return refuse(.provider, words, reply) }
            let attempt = SignInAttempt(random: Digest.random, now: Clock.now)
            reply.send(
                HTTPResponse(
                    status: 303,
                    headers: [
                        ("Location", attempt.address(provider, setup, back: back)), ("Cache-Control", "no-store"),
                        ("Set-Cookie", cookie(attempt.sealed(key), seconds: SignInAttempt.lasts)),
                    ]))
        }
    }

    private func cookie(_ value: String, seconds: Int) -> String {
        "qa-sign-in=\(value); Max-Age=\(seconds); Path=/sign-in; HttpOnly; SameSite=Lax"
            + (site().isSecure ? "; Secure" : "")
    }

    private func callback(_ setup: SignInSetup, _ words: PlainWords, _ request: HTTPRequest, _ reply: HTTPReply) {
        let query = Self.parts(request.query)
        // Gives nobody anything, so that it needs no proof; not every provider sends the state along.
        guard query["error"] == nil else { return refuse(.refused, words, reply) }
        guard let held = Self.cookie(in: request.header("cookie")),
            let attempt = SignInAttempt(held, key, now: Clock.now),
            let state = query["state"], Digest.equal(Array(state.utf8), Array(attempt.state.utf8)),
            query["iss"] == nil || query["iss"] == setup.issuer
        else { return refuse(.state, words, reply) }
        guard let code = query["code"], !code.isEmpty else { return refuse(.refused, words, reply) }
        guard isFirst(attempt) else { return refuse(.state, words, reply) }
        let caller = caller(request)
        describe(setup, for: caller) { [self] provider in
            guard let provider else { return refuse(.provider, words, reply) }
            fetch(attempt.exchange(code, provider, setup, secret: secret, back: back), for: caller) { [self] answer in
                guard answer.status == 200, let root = try? JSON.parse(answer.body),
                    case .string(let text)? = root["id_token"],
                    let token = IdentityToken(text)
                else {
                    note("token", answer)
                    return refuse(.token, words, reply)
                }
                var access: String?
                if case .string(let text)? = root["access_token"] { access = text }
                believe(token, attempt, provider, setup, for: caller) { [self] fault in
                    if let fault { return refuse(fault, words, reply) }
                    know(token, access, provider, setup, for: caller) { [self] result in
                        switch result {
                        case .success(let value): admit(value, setup, words, reply)
                        case .failure(let fault): refuse(fault, words, reply)
                        }
                    }
                }
            }
        }
    }

    /// Whether a browser comes back with an attempt for the first time; whoever does so again has to begin anew.
    private func isFirst(_ attempt: SignInAttempt) -> Bool {
        let now = Clock.now.monotonic
        if used.count >= Self.usedMaximum { used = used.filter { now - $0.value < SignInAttempt.lasts * 1_000 } }
        // Whoever fills it keeps nobody out: the provider takes no code twice either.
        if used.count >= Self.usedMaximum { used = [:] }
        return used.updateValue(attempt.began, forKey: attempt.state) == nil
    }

    // MARK: The provider

    private func describe(_ setup: SignInSetup, for caller: UInt64?, _ done: @escaping (Provider?) -> Void) {
        if let provider, Clock.now.monotonic - provider.at < Self.descriptionLasts { return done(provider.description) }
        let base = setup.issuer.hasSuffix("/") ? String(setup.issuer.dropLast()) : setup.issuer
        fetch(WebRequest(address: base + "/.well-known/openid-configuration"), for: caller) { [self] answer in
            guard answer.status == 200, let found = Provider(answer.body, issuer: setup.issuer) else {
                note("description", answer)
                return done(nil)
            }
            provider = (found, Clock.now.monotonic)
            done(found)
        }
    }

    /// Checks signature and contents; keys are read again once when none of those known fits.
    private func believe(
        _ token: IdentityToken, _ attempt: SignInAttempt, _ provider: Provider, _ setup: SignInSetup,
        for caller: UInt64?, _ done: @escaping (SignInFault?) -> Void
    ) {
        signed(token, provider, for: caller) { isSigned in
            guard isSigned else { return done(.signature) }
            do throws(SignInFault) {
                try token.check(
                    IdentityToken.Expectation(
                        issuer: setup.issuer, clientID: setup.clientID, nonce: attempt.nonce, now: Clock.wall))
                done(nil)
            } catch {
                done(error)
            }
        }
    }

    private func signed(
        _ token: IdentityToken, _ provider: Provider, for caller: UInt64?, _ done: @escaping (Bool) -> Void
    ) {
        func fits() -> Bool {
            keys.known.contains { (token.keyID == nil || $0.id == nil || $0.id == token.keyID) && $0.verifies(token) }
        }
        if fits() { return done(true) }
        guard Clock.now.monotonic - keys.at >= Self.keysAgain else { return done(false) }
        fetch(WebRequest(address: provider.keys), for: caller) { [self] answer in
            guard answer.status == 200, let found = ProviderKey.set(answer.body) else {
                note("keys", answer)
                return done(false)
            }
            keys = (found, Clock.now.monotonic)
            done(fits())
        }
    }

    /// The value that the person is known by: from the token, or from what the provider tells apart from it.
    private func know(
        _ token: IdentityToken, _ access: String?, _ provider: Provider, _ setup: SignInSetup, for caller: UInt64?,
        _ done: @escaping (Result<String, SignInFault>) -> Void
    ) {
        func value(_ claims: JSON) -> Result<String, SignInFault> {
            do throws(SignInFault) {
                return .success(try IdentityClaims.value(setup.claim, in: claims))
            } catch {
                return .failure(error)
            }
        }
        guard token.claims[setup.claim] == nil, let access, let address = provider.userInfo else {
            return done(value(token.claims))
        }
        let request = WebRequest(address: address, headers: ["Authorization: Bearer " + access])
        fetch(request, for: caller) { [self] answer in
            guard answer.status == 200 else {
                note("person", answer)
                return done(.failure(.provider))
            }
            let told: (JSON) -> Void = { claims in
                // About the same person, or it is about nobody.
                done(claims["sub"] != nil && claims["sub"] == token.claims["sub"] ? value(claims) : .failure(.token))
            }
            if let claims = try? JSON.parse(answer.body) { return told(claims) }
            guard let sealed = IdentityToken(String(decoding: answer.body, as: UTF8.self)) else {
                return done(.failure(.token))
            }
            signed(sealed, provider, for: caller) { $0 ? told(sealed.claims) : done(.failure(.signature)) }
        }
    }

    private func fetch(_ request: WebRequest, for caller: UInt64?, _ done: @escaping (WebAnswer) -> Void) {
        let own = caller == nil ? 0 : waiting.values.count { $0.caller == caller }
        guard waiting.count < Self.waitingMaximum, own < Self.waitingOfOne else {
            return done(WebAnswer(status: 0, body: [], problem: "too many wait for the provider"))
        }
        lastRequest += 1
        let number = lastRequest
        waiting[number] = Question(caller: caller, done: done)
        let inbox = inbox
        fetcher.fetch(request) { answer in inbox?.post { $0.arrived(number, answer) } }
    }

    private func arrived(_ number: Int, _ answer: WebAnswer) { waiting.removeValue(forKey: number)?.done(answer) }

    // MARK: Who it is

    private func admit(_ value: String, _ setup: SignInSetup, _ words: PlainWords, _ reply: HTTPReply) {
        guard let event = hub.state.setup,
            // An address is the same in capitals; two identifiers that differ in them are two people.
            let person = setup.people.first(where: {
                setup.claim == "email" ? $0.value.lowercased() == value.lowercased() : $0.value == value
            })
        else {
            log.notice("sign_in_unknown")
            let pages = hub.state.setup.map { SignInPages($0, words) }
            return reply.send(.page(403, pages?.unknown(value) ?? ""))
        }
        let label = String((person.name + " (sign-in)").prefix(Limits.labelMaximum))
        // A new sign-in ends the one before: a browser that was left open somewhere does not stay somebody.
        for old in hub.state.tokens where old.label == label && !old.revoked { submit(.revokeToken(old.id)) { _ in } }
        let secret = Credentials.newToken()
        submit(.addToken(Credentials.accessToken(secret, role: person.role, venue: person.venue, label: label))) {
            [self] result in
            if case .failure(let rejection) = result {
                return refuse(rejection.code == .tooManyTokens ? .full : .storage, words, reply)
            }
            log.info("signed_in", metadata: ["role": "\(person.role.rawValue)"])
            let ended = ("Set-Cookie", cookie("", seconds: 0))
            let page: String? =
                switch person.role {
                case .speaker: "/speaker"
                case .display: "/wall"
                case .organiser: "/day"
                default: nil
                }
            if let page {
                // The fragment stays in the browser.
                reply.send(
                    HTTPResponse(
                        status: 303, headers: [("Location", page + "#" + secret), ("Cache-Control", "no-store"), ended])
                )
            } else {
                var shown = HTTPResponse.page(200, SignInPages(event, words).token(secret, hub: site().publicURL))
                shown.headers.append(ended)
                reply.send(shown)
            }
        }
    }

    private func submit(_ command: Command, _ done: @escaping (Result<Int, Rejection>) -> Void) {
        var generator = SystemRandomNumberGenerator()
        hub.submit(
            StampedCommand(
                id: CommandID(using: &generator), actor: Actor.house, time: Clock.wall, command: command), done)
    }

    // MARK: Refusals

    private func refuse(_ fault: SignInFault, _ words: PlainWords, _ reply: HTTPReply) {
        log.notice("\(fault.rawValue)")
        guard let event = hub.state.setup else { return reply.send(.away) }
        let status =
            switch fault {
            case .provider: 502
            case .full, .storage: 503
            default: 403
            }
        reply.send(.page(status, SignInPages(event, words).refusal(fault)))
    }

    private func note(_ what: String, _ answer: WebAnswer) {
        log.warning(
            "sign_in_answer",
            metadata: ["of": "\(what)", "status": "\(answer.status)", "problem": "\(answer.problem ?? "-")"])
    }

    /// libwebsockets has decoded what follows the question mark, all but equals signs. None of it counts when a name is
    /// there twice.
    private static func parts(_ query: String) -> [String: String] {
        var parts: [String: String] = [:]
        for piece in query.split(separator: "&") {
            let halves = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard halves.count == 2 else { continue }
            guard parts.updateValue(halves[1].replacing("%3d", with: "="), forKey: halves[0]) == nil else { return [:] }
        }
        return parts
    }

    private static func cookie(in header: String?) -> String? {
        for pair in (header ?? "").split(separator: ";") {
            let pair = pair.drop { $0 == " " || $0 == "\t" }
            if pair.hasPrefix("qa-sign-in=") { return String(pair.dropFirst("qa-sign-in=".count)) }
        }
        return nil
    }
}
