// What a provider of identities sends, and what the browser keeps of an attempt to sign in.

import QAShared

@testable import QARelay

extension Decoder {
    private static let now = Now(wall: Timestamp(milliseconds: 1_259_053_200_000), monotonic: 1_000_000)
    private static let expectation = IdentityToken.Expectation(
        issuer: "https://idp.example", clientID: "qarelay", nonce: "n-of-this-attempt", now: now.wall)

    static func identityToken(_ bytes: [UInt8]) {
        guard let token = IdentityToken(String(decoding: bytes, as: UTF8.self)) else { return }
        precondition(!SignInKeys.all.contains { $0.verifies(token) }, "nobody signs without the key")
        if (try? token.check(expectation)) != nil {
            precondition(token.claims["nonce"] == .string(expectation.nonce), "a token of another attempt")
        }
        for name in ["sub", "email"] { _ = try? IdentityClaims.value(name, in: token.claims) }
    }

    static func provider(_ bytes: [UInt8]) {
        guard let provider = Provider(bytes, issuer: expectation.issuer) else { return }
        for address in [provider.authorization, provider.token, provider.keys, provider.userInfo ?? provider.keys] {
            precondition(address.hasPrefix("https://"), "what is by TLS stays by TLS")
        }
    }

    static func providerKeys(_ bytes: [UInt8]) {
        guard let keys = ProviderKey.set(bytes), let token = SignInKeys.token else { return }
        for key in keys.prefix(4) { precondition(!key.verifies(token), "a signature of zeros is one") }
    }

    static func signInAttempt(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        precondition(SignInAttempt(text, [1, 2, 3], now: now) == nil, "nobody seals an attempt without the key")
    }
}

/// Keys whose other halves nobody has, and a token that none of them signed.
private enum SignInKeys {
    static let all: [ProviderKey] = {
        let modulus = Base64URL.encode([0xC3] + [UInt8](repeating: 0x5B, count: 255))
        // The curve's own point: a key like any other to who only verifies.
        let x = "axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY"
        let y = "T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU"
        let set = """
            {"keys":[{"kty":"RSA","kid":"r","n":"\(modulus)","e":"AQAB"},{"kty":"EC","crv":"P-256","kid":"e","x":"\(x)","y":"\(y)"}]}
            """
        return ProviderKey.set(Array(set.utf8)) ?? []
    }()

    static let token = IdentityToken(
        Base64URL.encode(Array("{\"alg\":\"ES256\"}".utf8)) + "." + Base64URL.encode(Array("{}".utf8)) + "."
            + Base64URL.encode([UInt8](repeating: 0, count: 64)))
}
