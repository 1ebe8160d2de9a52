// The pure part of signing in: the addresses, what is remembered of each attempt, and the provider's description.

import QAShared

/// What the provider says of itself (OpenID Connect Discovery 1.0).
struct Provider: Equatable, Sendable {
    var authorization: String
    var token: String
    var keys: String
    var userInfo: String?
    /// Whether the secret goes into the body instead of the header.
    var wantsSecretInBody: Bool

    init?(_ bytes: [UInt8], issuer: String) {
        func text(_ name: String, _ root: JSON) -> String? {
            if case .string(let text)? = root[name] { text } else { nil }
        }
        guard let root = try? JSON.parse(bytes), text("issuer", root) == issuer,
            let authorization = text("authorization_endpoint", root), let token = text("token_endpoint", root),
            let keys = text("jwks_uri", root)
        else { return nil }
        let all = [authorization, token, keys] + [text("userinfo_endpoint", root)].compactMap(\.self)
        // What is by TLS stays by TLS.
        guard !issuer.hasPrefix("https://") || all.allSatisfy({ $0.hasPrefix("https://") }) else { return nil }
        self.authorization = authorization
        self.token = token
        self.keys = keys
        userInfo = text("userinfo_endpoint", root)
        if case .array(let methods)? = root["token_endpoint_auth_methods_supported"] {
            wantsSecretInBody =
                !methods.contains(.string("client_secret_basic")) && methods.contains(.string("client_secret_post"))
        } else {
            wantsSecretInBody = false
        }
    }
}

/// One attempt to sign in, from the button to the way back. The browser keeps it, sealed: whoever begins many takes
/// no room from those who finish theirs.
struct SignInAttempt: Equatable, Sendable {
    /// Seconds that somebody may take at the provider.
    static let lasts = 600

    let state: String
    let nonce: String
    /// RFC 7636.
    let verifier: String
    /// Milliseconds of the monotonic clock.
    let began: Int

    init(random: (Int) -> [UInt8], now: Now) {
        state = Base64URL.encode(random(32))
        nonce = Base64URL.encode(random(32))
        verifier = Base64URL.encode(random(32))
        began = now.monotonic
    }

    /// What the browser keeps: nobody makes one without the key.
    func sealed(_ key: [UInt8]) -> String {
        let content = [state, nonce, verifier, String(began)].joined(separator: ".")
        return content + "." + Base64URL.encode(Digest.hmac(key, Array(content.utf8)))
    }

    /// The attempt that a cookie holds, if it was sealed with this key and is not too old.
    init?(_ cookie: String, _ key: [UInt8], now: Now) {
        let parts = cookie.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, let began = Int(parts[3]) else { return nil }
        state = parts[0]
        nonce = parts[1]
        verifier = parts[2]
        self.began = began
        guard Digest.equal(Array(sealed(key).utf8), Array(cookie.utf8)),
            (0..<Self.lasts * 1_000).contains(now.monotonic - began)
        else { return nil }
    }

    /// Where the browser is sent; nothing is in it that the flow does not need.
    func address(_ provider: Provider, _ setup: SignInSetup, back: String) -> String {
        let challenge = Base64URL.encode(Digest.sha256(Array(verifier.utf8)))
        let parts = [
            ("response_type", "code"), ("client_id", setup.clientID), ("redirect_uri", back), ("scope", setup.scopes),
            ("state", state), ("nonce", nonce), ("code_challenge", challenge), ("code_challenge_method", "S256"),
        ]
        return provider.authorization + (provider.authorization.contains("?") ? "&" : "?") + Self.form(parts)
    }

    /// How the code is exchanged.
    func exchange(_ code: String, _ provider: Provider, _ setup: SignInSetup, secret: String, back: String)
        -> WebRequest
    {
        var parts = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", back), ("code_verifier", verifier),
        ]
        var headers = ["Accept: application/json"]
        if provider.wantsSecretInBody {
            parts += [("client_id", setup.clientID), ("client_secret", secret)]
        } else {
            // RFC 6749 §2.3.1: both are encoded as in a form first.
            let pair = Self.escaped(setup.clientID) + ":" + Self.escaped(secret)
            headers.append("Authorization: Basic " + Base64.encode(Array(pair.utf8)))
        }
        return WebRequest(address: provider.token, form: Self.form(parts), headers: headers)
    }

    static func form(_ parts: [(String, String)]) -> String {
        parts.map { escaped($0.0) + "=" + escaped($0.1) }.joined(separator: "&")
    }

    private static func escaped(_ text: String) -> String {
        var output = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                output.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                output += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return output
    }
}

/// RFC 4648 §4, as the header of basic authentication wants it.
enum Base64 {
    static func encode(_ bytes: [UInt8]) -> String {
        let plain = Base64URL.encode(bytes).map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        return String(plain) + String(repeating: "=", count: (4 - plain.count % 4) % 4)
    }
}
