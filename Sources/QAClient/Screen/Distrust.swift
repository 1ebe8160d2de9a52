/// Why the hub's certificate is not believed; days are in UTC.
enum Distrust: Equatable, Sendable {
    case unknownAuthority(fingerprint: String)
    case wrongName(wanted: String, found: [String])
    case otherFingerprint(expected: String, found: String)
    case expired(on: String)
    case notYetValid(before: String)
    /// In OpenSSL's words.
    case other(String)
}
