internal import CLibwebsockets
internal import COpenSSL

/// What a server demands of its clients' certificates. Immutable: a renewed list makes a new one.
@safe
final class ClientCheck {
    let trust: ClientTrust
    /// The first day on which one of the lists is out of date; nil without lists.
    let listsEnd: String?
    private let store: OpaquePointer?

    init(_ trust: ClientTrust) throws(SocketError) {
        self.trust = trust
        let authorities = try PEMFile.read(trust.authoritiesFile).certificates()
        let lists =
            try trust.revocationsFile.map { (file) throws(SocketError) in try PEMFile.read(file).revocations() } ?? []
        unsafe store = X509_STORE_new()
        for authority in authorities { unsafe _ = X509_STORE_add_cert(store, authority.handle) }
        for list in lists { unsafe _ = X509_STORE_add_crl(store, list.handle) }
        if !lists.isEmpty {
            unsafe _ = X509_STORE_set_flags(store, UInt(X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL))
        }
        ERR_clear_error()
        listsEnd = lists.compactMap(\.ends).min()
    }

    deinit { unsafe X509_STORE_free(store) }

    /// Judges what a client shows in its handshake. The error is put into `shown`, where OpenSSL takes the alert from.
    func judge(_ shown: OpaquePointer) -> Bool {
        guard let leaf = unsafe X509_STORE_CTX_get0_cert(shown) else { return false }
        let (error, authority) = unsafe verify(leaf, X509_STORE_CTX_get0_untrusted(shown))
        unsafe X509_STORE_CTX_set_error(shown, error)
        ERR_clear_error()
        if error == X509_V_OK, let authority = unsafe authority, let ssl = unsafe qa_ssl_of_store(shown) {
            // Kept with the connection: OpenSSL's own chain is not made when it is not asked to verify.
            unsafe qa_ssl_keep(ssl, authority)
        }
        return error == X509_V_OK
    }

    /// Whether a certificate that was good once still is: not taken back or out of date since.
    func stillHolds(_ leaf: OpaquePointer, _ chain: OpaquePointer?) -> Bool {
        let (error, _) = unsafe verify(leaf, chain)
        ERR_clear_error()
        return error == X509_V_OK
    }

    private func verify(_ leaf: OpaquePointer, _ chain: OpaquePointer?) -> (Int32, OpaquePointer?) {
        guard let context = unsafe X509_STORE_CTX_new() else { return (X509_V_ERR_OUT_OF_MEM, nil) }
        defer { unsafe X509_STORE_CTX_free(context) }
        guard unsafe X509_STORE_CTX_init(context, store, leaf, chain) == 1,
            unsafe X509_STORE_CTX_set_default(context, "ssl_client") == 1
        else { return (X509_V_ERR_UNSPECIFIED, nil) }
        guard unsafe X509_verify_cert(context) == 1 else {
            let error = unsafe X509_STORE_CTX_get_error(context)
            return (error == X509_V_OK ? X509_V_ERR_UNSPECIFIED : error, nil)
        }
        return (X509_V_OK, unsafe qa_issuer_in_chain(context))
    }
}

/// A list of certificates that an authority took back, of OpenSSL's, owned.
@safe
final class RevocationList {
    let handle: OpaquePointer

    /// Takes the reference over.
    init(owning handle: OpaquePointer) { unsafe self.handle = handle }

    deinit { unsafe X509_CRL_free(handle) }

    /// The day of the next list, after which this one is not believed.
    var ends: String? {
        guard let time = unsafe X509_CRL_get0_nextUpdate(handle) else { return nil }
        return unsafe Certificate.day(time)
    }
}

extension PeerCertificate {
    /// What the client of a connection showed; nil when it was not asked to.
    init?(ssl: OpaquePointer?) {
        guard let ssl = unsafe ssl, let leaf = unsafe qa_ssl_peer(ssl) else { return nil }
        let certificate = unsafe Certificate(owning: leaf)
        guard let authority = unsafe qa_ssl_kept(ssl) else { return nil }
        subject = unsafe Certificate.text(of: X509_get_subject_name(certificate.handle))
        issuer = unsafe Certificate.text(of: X509_get_issuer_name(certificate.handle))
        self.authority = unsafe Certificate.fingerprint(authority)
        fingerprint = certificate.fingerprint
    }
}

extension Certificate {
    /// A full name as RFC 2253 writes it, in UTF-8.
    static func text(of name: OpaquePointer?) -> String {
        let bio = unsafe BIO_new(BIO_s_mem())
        defer { unsafe BIO_free(bio) }
        guard let name = unsafe name, unsafe X509_NAME_print_ex(bio, name, 0, qa_name_format) >= 0 else { return "" }
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = unsafe BIO_read(bio, &bytes, Int32(bytes.count))
        return count > 0 ? String(decoding: bytes.prefix(Int(count)), as: UTF8.self) : ""
    }
}

extension Connection {
    /// Whether the certificate that the client showed still holds.
    func holds(_ clients: ClientCheck) -> Bool {
        guard state == .open, let wsi = unsafe wsi, let ssl = unsafe lws_get_ssl(wsi),
            let leaf = unsafe qa_ssl_peer(ssl)
        else { return true }
        let certificate = unsafe Certificate(owning: leaf)
        return unsafe clients.stillHolds(certificate.handle, qa_ssl_peer_chain(ssl))
    }
}
