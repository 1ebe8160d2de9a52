// The provider's word on who somebody is: a signed JSON Web Token (RFC 7519, OpenID Connect Core 1.0 §3.1.3.7).

import QAShared

/// Why somebody is not signed in; the raw value is the stable code.
enum SignInFault: String, Error, Equatable, Sendable {
    case provider = "sign_in_provider"
    case state = "sign_in_state"
    case refused = "sign_in_refused"
    case token = "sign_in_token"
    case signature = "sign_in_signature"
    case issuer = "sign_in_issuer"
    case audience = "sign_in_audience"
    case expired = "sign_in_expired"
    case nonce = "sign_in_nonce"
    case unverified = "sign_in_unverified"
    case unknown = "sign_in_unknown"
    case full = "sign_in_full"
    case storage = "sign_in_storage"
}

/// A token taken apart, believed by nobody yet.
struct IdentityToken {
    let algorithm: String
    let keyID: String?
    let claims: JSON
    /// What was signed, and the signature.
    let signed: [UInt8]
    let signature: [UInt8]

    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let head = Base64URL.decode(parts[0]), let body = Base64URL.decode(parts[1]),
            let signature = Base64URL.decode(parts[2]), let header = try? JSON.parse(head),
            let claims = try? JSON.parse(body), case .string(let algorithm)? = header["alg"]
        else { return nil }
        // Extensions that have to be understood are not.
        guard header["crit"] == nil else { return nil }
        self.algorithm = algorithm
        if case .string(let keyID)? = header["kid"] { self.keyID = keyID } else { keyID = nil }
        self.claims = claims
        signed = Array((parts[0] + "." + parts[1]).utf8)
        self.signature = signature
    }

    /// What a token must say to be about this sign-in.
    struct Expectation {
        var issuer: String
        var clientID: String
        var nonce: String
        var now: Timestamp
    }

    /// Seconds that two clocks may differ by.
    static let skew = 120

    /// Checks everything but the signature.
    func check(_ wanted: Expectation) throws(SignInFault) {
        guard case .string(wanted.issuer)? = claims["iss"] else { throw .issuer }
        let audiences: [JSON] =
            switch claims["aud"] {
            case .array(let several)?: several
            case let one?: [one]
            case nil: []
            }
        guard audiences.contains(.string(wanted.clientID)) else { throw .audience }
        // Made out to several, it must say that it was made for us.
        if audiences.count > 1 || claims["azp"] != nil {
            guard case .string(wanted.clientID)? = claims["azp"] else { throw .audience }
        }
        let now = wanted.now.milliseconds / 1_000
        // Reckoned from our own clock: a time in a token may be the largest number there is.
        guard let expires = seconds("exp"), expires > now - Self.skew else { throw .expired }
        if let issued = seconds("iat") { guard issued <= now + Self.skew else { throw .expired } }
        if let begins = seconds("nbf") { guard begins <= now + Self.skew else { throw .expired } }
        guard case .string(wanted.nonce)? = claims["nonce"] else { throw .nonce }
    }

    private func seconds(_ name: String) -> Int? {
        switch claims[name] {
        case .integer(let value)?: value
        case .number(let value)? where value.magnitude < 1e15: Int(value)
        default: nil
        }
    }
}

/// What the provider says of one person, whatever it was said in.
enum IdentityClaims {
    /// The value that the person is known by; an address of mail must have been verified by the provider.
    static func value(_ name: String, in claims: JSON) throws(SignInFault) -> String {
        guard case .string(let value)? = claims[name], !value.isEmpty else { throw .unknown }
        guard name == "email" else { return value }
        // Providers of public bodies leave it out: their addresses are theirs.
        if let verified = claims["email_verified"], verified != .bool(true), verified != .string("true") {
            throw .unverified
        }
        return value.lowercased()
    }
}
