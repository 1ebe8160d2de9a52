import COpenSSL
import QAShared

/// A public key of the provider's (RFC 7517), for RS256 or ES256; no other signature is believed.
struct ProviderKey: Sendable, Equatable {
    enum Material: Sendable, Equatable {
        case rsa(modulus: [UInt8], exponent: [UInt8])
        case p256(x: [UInt8], y: [UInt8])
    }

    let id: String?
    let material: Material

    /// All keys of a set that can be used here.
    static func set(_ bytes: [UInt8]) -> [ProviderKey]? {
        guard let root = try? JSON.parse(bytes), case .array(let keys)? = root["keys"] else { return nil }
        return keys.compactMap(ProviderKey.init)
    }

    private init?(_ key: JSON) {
        func text(_ name: String) -> String? { if case .string(let text)? = key[name] { text } else { nil } }
        func bytes(_ name: String) -> [UInt8]? { text(name).flatMap(Base64URL.decode) }
        guard text("use") ?? "sig" == "sig" else { return nil }
        id = text("kid")
        switch text("kty") {
        case "RSA":
            guard let modulus = bytes("n"), let exponent = bytes("e"), (256...1_024).contains(modulus.count) else {
                return nil
            }
            material = .rsa(modulus: modulus, exponent: exponent)
        case "EC":
            guard text("crv") == "P-256", let x = bytes("x"), let y = bytes("y"), x.count == 32, y.count == 32 else {
                return nil
            }
            material = .p256(x: x, y: y)
        default: return nil
        }
    }

    /// Whether the key signed these bytes with this algorithm. "none", and those with a shared secret, are no signatures.
    func verifies(_ token: IdentityToken) -> Bool {
        switch (token.algorithm, material) {
        case ("RS256", .rsa(let modulus, let exponent)):
            return unsafe qa_rs256_verify(
                modulus, modulus.count, exponent, exponent.count, token.signed, token.signed.count, token.signature,
                token.signature.count) == 1
        case ("ES256", .p256(let x, let y)):
            guard token.signature.count == 64 else { return false }
            return unsafe qa_es256_verify([4] + x + y, token.signed, token.signed.count, token.signature) == 1
        default: return false
        }
    }
}
