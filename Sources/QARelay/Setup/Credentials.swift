import QAShared

/// Who a device is, proved by a MAC, and what a token's hash is.
enum Credentials {
    /// The issuer of devices that first came to the hub itself.
    static let issuer = "hub"

    /// The hub's secrets, derived from the key that lies with its log.
    static func secrets(key: [UInt8]) -> Secrets {
        let participantKey = Digest.hmac(key, Array("participant".utf8))
        func macKey(_ issuer: String) -> [UInt8] { Digest.hmac(key, Array("device \(issuer)".utf8)) }
        let own = macKey(issuer)
        var secrets = Secrets(
            issueDevice: { issue(issuer, own, participantKey) },
            participant: { credential in
                // A relay's devices are known by the key that this hub gave it.
                guard let parts = Parts(credential) else { return nil }
                let key = parts.issuer == issuer ? own : macKey(parts.issuer)
                return parts.isMade(with: key) ? participant(parts.id, participantKey) : nil
            },
            newToken: newToken, hashToken: hash, codeID: { codeID($0, participantKey) })
        secrets.relayKeys = { tag in
            RelayKeys(issuer: tag, device: macKey(tag), participant: participantKey)
        }
        return secrets
    }

    /// A relay's secrets, from the keys that the hub gave it at its first greeting.
    ///
    /// A credential that somebody else issued cannot be checked here. It is believed: its id is as secret as the
    /// whole, and who makes one up comes through the same door as whoever asks for a new one. The hub checks it when it
    /// comes there.
    static func secrets(_ ring: RelayKeyRing) -> Secrets {
        var secrets = Secrets(
            issueDevice: {
                guard let keys = ring.keys else { preconditionFailure("nobody is let in before the hub gave keys") }
                return issue(keys.issuer, keys.device, keys.participant)
            },
            participant: { credential in
                guard let keys = ring.keys, let parts = Parts(credential),
                    parts.issuer != keys.issuer || parts.isMade(with: keys.device)
                else { return nil }
                return participant(parts.id, keys.participant)
            },
            newToken: newToken, hashToken: hash,
            codeID: { code in
                guard let keys = ring.keys else { return CodeID(high: 0, low: 0) }
                return codeID(code, keys.participant)
            })
        secrets.isProved = { Parts($0)?.issuer == ring.keys?.issuer }
        return secrets
    }

    /// How the log knows a one-time code: at the hub and at its relays alike.
    private static func codeID(_ code: VoteCode, _ participantKey: [UInt8]) -> CodeID {
        identifier(Digest.hmac(participantKey, Array("vote code \(code.text)".utf8)))
    }

    private static func issue(
        _ issuer: String, _ key: [UInt8], _ participantKey: [UInt8]
    ) -> (credential: String, participant: ParticipantID) {
        let id = Base64URL.encode(Digest.random(16))
        return ("\(id).\(issuer).\(mac(id, issuer, key))", participant(id, participantKey))
    }

    private static func mac(_ id: String, _ issuer: String, _ key: [UInt8]) -> String {
        Base64URL.encode(Digest.hmac(key, Array("\(issuer) \(id)".utf8)).prefix(16))
    }

    private static func participant(_ id: String, _ key: [UInt8]) -> ParticipantID {
        identifier(Digest.hmac(key, Array(id.utf8)))
    }

    /// A credential taken apart: id, issuer, MAC.
    private struct Parts {
        var id: String
        var issuer: String
        var mac: String

        init?(_ credential: String) {
            let parts = credential.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 3, (1...16).contains(parts[1].utf8.count),
                Base64URL.decode(parts[0])?.count == 16, Base64URL.decode(parts[2])?.count == 16
            else { return nil }
            (id, issuer, mac) = (parts[0], parts[1], parts[2])
        }

        func isMade(with key: [UInt8]) -> Bool {
            Digest.equal(Array(Credentials.mac(id, issuer, key).utf8), Array(mac.utf8))
        }
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

/// The keys of a relay, which come with the hub's first greeting.
final class RelayKeyRing {
    var keys: RelayKeys?

    init(_ keys: RelayKeys?) { self.keys = keys }
}
