import QAShared

// What whoever looks after a relay is told of its line, and what is to be done.
extension LineTrouble {
    /// Why the hub does not have this relay, by what it said.
    init?(_ code: Rejection.Code) {
        switch code {
        case .tokenInvalid: self = .codeUnknown
        case .tokenRevoked: self = .codeRevoked
        case .roleRefused: self = .notARelay
        case .versionUnknown: self = .version
        default: return nil
        }
    }

    /// The same by how it closed the line.
    init?(closedWith code: UInt16) {
        switch CloseCode(rawValue: code) {
        case .tokenInvalid: self = .codeUnknown
        case .tokenRevoked: self = .codeRevoked
        case .roleRefused: self = .notARelay
        case .versionUnknown: self = .version
        case .replaced: self = .codeInUse
        default: return nil
        }
    }

    func sentence(_ venue: VenueID) -> String {
        switch self {
        case .codeUnknown:
            "The hub does not know this pairing code. On the hub: \(PairingCode.command(venue)), and start the relay with the new one."
        case .codeRevoked: "The hub has revoked this relay's pairing code. Ask its administrator for another."
        case .notARelay: "This is not a relay's code. On the hub: \(PairingCode.command(venue))."
        case .otherVenue:
            "The pairing code is another venue's than “\(venue.text)”. Start with the code's --venue, or make a code for this one on the hub: \(PairingCode.command(venue))."
        case .codeInUse:
            "Another relay came to the hub with the same pairing code. Stop one of the two, or give it a code of its own: \(PairingCode.command(venue))."
        case .clockSkew:
            "This machine's clock and the hub's are more than an hour apart. Set both (timedatectl set-ntp true)."
        case .version:
            "The hub speaks another version than this relay (\(QARelayVersion.current)). Install the same on both."
        case .hubNotBelieved: "The hub's certificate is not believed. See --ca and --fingerprint."
        }
    }

    // MARK: Versions of the programs

    /// Whether two versions may understand each other's commands otherwise; see decision 0021.
    static func differs(_ one: String, _ other: String) -> Bool {
        one.split(separator: ".").prefix(2) != other.split(separator: ".").prefix(2)
    }

    static func sentence(ofVersion hub: String) -> String {
        "The hub is version \(hub), this relay \(QARelayVersion.current). The line holds, but what one of them does not know is refused: install the same on both."
    }
}
