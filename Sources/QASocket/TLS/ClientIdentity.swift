internal import COpenSSL
import Glibc

/// How a client shows who it is: a certificate with its chain, and the key to it.
///
/// Read once, proved to fit together; shared by all dials of a dialer.
public final class ClientIdentity {
    /// The certificate's own name and its authority's, as RFC 2253 writes them.
    public let subject: String
    public let issuer: String
    private let certificate: Certificate
    private let key: PrivateKey
    private let chain: [Certificate]

    /// From two PEM files.
    public convenience init(certificateFile: String, keyFile: String) throws(SocketError) {
        let certificates = try PEMFile.read(certificateFile).certificates()
        let key = try PEMFile.read(keyFile).privateKey()
        guard let first = certificates.first else { throw .tlsNotPEM(path: certificateFile, wanted: "CERTIFICATE") }
        guard unsafe X509_check_private_key(first.handle, key.handle) == 1 else {
            ERR_clear_error()
            throw .tlsKeyMismatch(certificate: certificateFile, key: keyFile)
        }
        try self.init(first, key, Array(certificates.dropFirst()), certificateFile)
    }

    /// From one PKCS #12 file with its password.
    public convenience init(pkcs12File path: String, password: String) throws(SocketError) {
        let bytes = try PEMFile.read(path).bytes
        defer { ERR_clear_error() }
        var leaf: OpaquePointer?
        var secret: OpaquePointer?
        var others: OpaquePointer?
        let isOpen = unsafe bytes.withUnsafeBytes { buffer in
            let bio = unsafe BIO_new_mem_buf(buffer.baseAddress, Int32(buffer.count))
            defer { unsafe BIO_free(bio) }
            guard let sealed = unsafe d2i_PKCS12_bio(bio, nil) else { return nil as Bool? }
            defer { unsafe PKCS12_free(sealed) }
            return unsafe PKCS12_parse(sealed, password, &secret, &leaf, &others) == 1
        }
        guard let isOpen else { throw .tlsNotPEM(path: path, wanted: "PKCS #12") }
        guard isOpen else { throw .tlsPassword(path: path) }
        defer { unsafe qa_x509_stack_free(others) }
        guard let leaf = unsafe leaf, let secret = unsafe secret else {
            throw .tlsNotPEM(path: path, wanted: "certificate and key")
        }
        var chain: [Certificate] = []
        for index in 0..<(unsafe qa_x509_stack_count(others)) {
            guard let link = unsafe qa_x509_stack_at(others, index) else { continue }
            unsafe _ = X509_up_ref(link)
            unsafe chain.append(Certificate(owning: link))
        }
        try self.init(unsafe Certificate(owning: leaf), unsafe PrivateKey(owning: secret), chain, path)
    }

    private init(_ certificate: Certificate, _ key: PrivateKey, _ chain: [Certificate], _ path: String)
        throws(SocketError)
    {
        (self.certificate, self.key, self.chain) = (certificate, key, chain)
        subject = unsafe Certificate.text(of: X509_get_subject_name(certificate.handle))
        issuer = unsafe Certificate.text(of: X509_get_issuer_name(certificate.handle))
        switch certificate.facts.validity {
        case .valid: break
        case .expired: throw .tlsRefused(path: path, reason: "it has expired on \(certificate.facts.notAfter)")
        case .notYetValid:
            throw .tlsRefused(
                path: path,
                reason: "it is valid from \(certificate.facts.notBefore) only: is this machine's clock right?")
        }
    }

    /// Makes the connections of a context show it.
    func apply(to context: OpaquePointer) throws(SocketError) {
        let stack = unsafe qa_x509_stack_new()
        defer { unsafe qa_x509_stack_free(stack) }
        for link in chain {
            unsafe _ = X509_up_ref(link.handle)
            unsafe _ = qa_x509_stack_push(stack, link.handle)
        }
        guard unsafe SSL_CTX_use_cert_and_key(context, certificate.handle, key.handle, stack, 1) == 1 else {
            ERR_clear_error()
            throw .tlsRefused(path: subject, reason: "OpenSSL does not take it")
        }
    }
}
