/// Whom a dialer believes, decided before a byte of the program's own is sent.
public enum TLSTrust: Sendable, Hashable {
    /// The authorities of this machine vouch for the name that is dialled.
    case system
    /// Those in a PEM file do, for the name that is dialled.
    case authorities(file: String)
    /// Exactly this certificate, whatever its name and dates say: SHA-256 of its DER in 64 hexadecimal
    /// digits, in any case, with or without blanks and colons.
    case pinned(fingerprint: String)

    /// Fails when the file or the fingerprint is of no use; a dial would fail in the same way.
    public func examine() throws(SocketError) {
        _ = try TrustCheck(self, host: "")
    }
}

/// Why a server's certificate was not believed.
public enum TLSFailure: Error, Sendable, Equatable {
    /// No known authority vouches for it; also a certificate that vouches for itself alone.
    case unknownAuthority(fingerprint: String)
    case wrongName(wanted: String, found: [String])
    case otherFingerprint(expected: String, found: String)
    /// Days in UTC, such as "2026-11-23".
    case expired(on: String)
    case notYetValid(before: String)
    /// What OpenSSL says about anything else.
    case other(String)
}

extension TLSFailure: CustomStringConvertible {
    /// One sentence for the person who connects.
    public var description: String {
        switch self {
        case .unknownAuthority(let fingerprint):
            "No authority known here vouches for the server's certificate (fingerprint \(fingerprint))."
        case .wrongName(let wanted, let found):
            "The server's certificate is not for \(wanted) but for \(found.isEmpty ? "no name" : found.joined(separator: ", "))."
        case .otherFingerprint(let expected, let found):
            "The server's certificate has another fingerprint: expected \(expected), found \(found)."
        case .expired(let day):
            "The server's certificate has expired on \(day)."
        case .notYetValid(let day):
            "The server's certificate is valid from \(day) only: is this machine's clock right?"
        case .other(let reason):
            "The server's certificate is not accepted: \(reason)."
        }
    }
}
