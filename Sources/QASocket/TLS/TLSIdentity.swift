/// How a server shows who it is: a certificate with its chain, and the key to it, in two PEM files.
public struct TLSIdentity: Sendable, Equatable {
    /// The server's own certificate first, then those that lead to an authority.
    public var certificateFile: String
    public var keyFile: String

    public init(certificateFile: String, keyFile: String) {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
    }

    /// Reads both files and proves that they fit together; any thread. Fails with what to do about it.
    public func examine() throws(SocketError) -> CertificateFacts {
        try TLSKeyPair(self).facts
    }

    /// SHA-256 of a file's first certificate as DER: 64 lower-case hexadecimal digits.
    public static func fingerprint(ofFile path: String) throws(SocketError) -> String {
        try PEMFile.read(path).firstCertificate().fingerprint
    }

    /// What a file's first certificate says of itself.
    public static func facts(ofFile path: String) throws(SocketError) -> CertificateFacts {
        try PEMFile.read(path).firstCertificate().facts
    }
}

/// What is worth knowing of a certificate.
public struct CertificateFacts: Sendable, Equatable {
    public enum Validity: Sendable {
        case valid, expired, notYetValid
    }

    /// SHA-256 of the DER: 64 lower-case hexadecimal digits.
    public var fingerprint: String
    /// DNS names and addresses that it is for.
    public var names: [String]
    /// Days in UTC, such as "2026-11-23".
    public var notBefore: String
    public var notAfter: String
    /// By this machine's clock, when it was read.
    public var validity: Validity
    /// Signed with its own key: nobody else vouches for it.
    public var isSelfSigned: Bool

    /// A fingerprint as people compare it: sixteen groups of four.
    public static func grouped(_ fingerprint: String) -> String {
        let digits = Array(fingerprint)
        return stride(from: 0, to: digits.count, by: 4).map { String(digits[$0..<min($0 + 4, digits.count)]) }
            .joined(separator: " ")
    }
}
