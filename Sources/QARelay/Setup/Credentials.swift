import QAShared

/// Who a device is, proved by a MAC, and what a token's hash is.
enum Credentials {
    /// The issuer of devices that first came to the hub itself.
    static let issuer = "hub"

    /// The hub's secrets, derived from the key that lies with its log.
    static func secrets(key: [UInt8]) -> Secrets {
        let macKey = Digest.hmac(key, Array("device \(issuer)".utf8))
        let participantKey = Digest.hmac(key, Array("participant".utf8))
        func mac(_ id: String) -> String {
            Base64URL.encode(Digest.hmac(macKey, Array("\(issuer) \(id)".utf8)).prefix(16))
        }
        func participant(_ id: String) -> ParticipantID {
            identifier(Digest.hmac(participantKey, Array(id.utf8)))
        }
        return Secrets(
            issueDevice: {
                let id = Base64URL.encode(Digest.random(16))
                return ("\(id).\(issuer).\(mac(id))", participant(id))
            },
            participant: { credential in
                let parts = credential.split(separator: ".", omittingEmptySubsequences: false)
                guard parts.count == 3, parts[1] == issuer,
                    Base64URL.decode(String(parts[0]))?.count == 16,
                    Digest.equal(Array(mac(String(parts[0])).utf8), Array(parts[2].utf8))
                else { return nil }
                return participant(String(parts[0]))
            },
            newToken: newToken, hashToken: hash)
    }

    /// A new token of 192 bits, whose name does not begin with a dash: on a command line it would be an option.
    static func newToken() -> String {
        while true {
            let token = Base64URL.encode(Digest.random(24))
            if !token.hasPrefix("-"), !hash(token).id.tag.hasPrefix("-") { return token }
        }
    }

    /// Both halves of the SHA-256 of a token.
    static func hash(_ token: String) -> (id: TokenID, check: TokenID) {
        let hash = Digest.sha256(Array(token.utf8))
        return (identifier(hash), identifier(hash.suffix(16)))
    }

    /// What the log keeps of a token.
    static func accessToken(
        _ token: String, role: Role, venue: VenueID?, label: String
    ) -> AccessToken {
        let hash = hash(token)
        return AccessToken(id: hash.id, check: hash.check, role: role, venue: venue, label: label)
    }

    private static func identifier<Kind>(_ bytes: some Collection<UInt8>) -> Identifier<Kind> {
        guard let identifier = Identifier<Kind>(bytes: bytes) else {
            preconditionFailure("a hash has at least 16 bytes")
        }
        return identifier
    }
}
