import QASocket

/// The screen's words know nothing of sockets: what it is told in their place.
extension Distrust {
    init(_ failure: TLSFailure) {
        switch failure {
        case .unknownAuthority(let fingerprint): self = .unknownAuthority(fingerprint: fingerprint)
        case .wrongName(let wanted, let found): self = .wrongName(wanted: wanted, found: found)
        case .otherFingerprint(let expected, let found): self = .otherFingerprint(expected: expected, found: found)
        case .expired(let day): self = .expired(on: day)
        case .notYetValid(let day): self = .notYetValid(before: day)
        case .other(let words): self = .other(words)
        }
    }
}
