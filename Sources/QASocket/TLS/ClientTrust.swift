/// Whose certificates a server demands of its clients: those that one of these authorities issued and has not taken back.
public struct ClientTrust: Sendable, Equatable {
    /// PEM: the authorities, and those between them and the clients if there are any.
    public var authoritiesFile: String
    /// PEM: the authorities' lists of what they took back. With one, every authority of a chain needs a list that is in date.
    public var revocationsFile: String?

    public init(authoritiesFile: String, revocationsFile: String? = nil) {
        self.authoritiesFile = authoritiesFile
        self.revocationsFile = revocationsFile
    }

    /// Reads the files. Fails when they are of no use; gives the day on which the first list runs out, in UTC.
    public func examine() throws(SocketError) -> String? {
        try ClientCheck(self).listsEnd
    }
}

/// Who a client is by the certificate that it showed, once that was verified.
public struct PeerCertificate: Sendable, Hashable {
    /// The full names as RFC 2253 writes them, such as "CN=Anne Hamel,O=Département de la Manche,C=FR".
    public let subject: String
    public let issuer: String
    /// SHA-256 of the certificate of the authority that signed it, in 64 hexadecimal digits.
    public let authority: String
    public let fingerprint: String
}
