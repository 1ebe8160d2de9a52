internal import COpenSSL

/// A certificate with its chain and key, in memory and proved to fit together.
///
/// Immutable; connections keep references of their own to what they use.
@safe
final class TLSKeyPair {
    let identity: TLSIdentity
    let facts: CertificateFacts
    private let certificate: Certificate
    private let key: PrivateKey
    /// STACK_OF(X509) with a reference of its own on each.
    private let chain: OpaquePointer?

    init(_ identity: TLSIdentity) throws(SocketError) {
        let certificates = try PEMFile.read(identity.certificateFile).certificates()
        let key = try PEMFile.read(identity.keyFile).privateKey()
        guard let first = certificates.first else {
            throw .tlsNotPEM(path: identity.certificateFile, wanted: "CERTIFICATE")
        }
        guard unsafe X509_check_private_key(first.handle, key.handle) == 1 else {
            ERR_clear_error()
            throw .tlsKeyMismatch(certificate: identity.certificateFile, key: identity.keyFile)
        }
        self.identity = identity
        self.key = key
        certificate = first
        facts = first.facts
        unsafe chain = qa_x509_stack_new()
        for link in certificates.dropFirst() {
            unsafe _ = X509_up_ref(link.handle)
            unsafe _ = qa_x509_stack_push(chain, link.handle)
        }
        try rehearse()
    }

    deinit { unsafe qa_x509_stack_free(chain) }

    /// OpenSSL has opinions of its own, as on the length of keys: heard here, before anybody connects.
    private func rehearse() throws(SocketError) {
        let stage = unsafe SSL_CTX_new(TLS_server_method())
        defer { unsafe SSL_CTX_free(stage) }
        guard unsafe SSL_CTX_use_cert_and_key(stage, certificate.handle, key.handle, chain, 1) == 1 else {
            let reason = unsafe ERR_reason_error_string(ERR_peek_last_error()).map { unsafe String(cString: $0) }
            ERR_clear_error()
            throw .tlsRefused(path: identity.certificateFile, reason: reason ?? "unknown reason")
        }
    }

    /// Makes one connection show this certificate; inside its handshake.
    func apply(to ssl: OpaquePointer) -> Bool {
        unsafe SSL_use_cert_and_key(ssl, certificate.handle, key.handle, chain, 1) == 1
    }
}
