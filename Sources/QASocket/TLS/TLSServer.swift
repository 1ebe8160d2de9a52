internal import COpenSSL

/// The TLS of one server's vhost. Confined to its loop; outlives libwebsockets' context.
@safe
final class TLSServer {
    /// What the next handshake shows.
    private(set) var pair: TLSKeyPair
    /// What is demanded of clients; nil when they are asked for nothing.
    private(set) var clients: ClientCheck?

    init(_ identity: TLSIdentity, clients: ClientTrust? = nil) throws(SocketError) {
        pair = try TLSKeyPair(identity)
        self.clients = try clients.map { (trust) throws(SocketError) in try ClientCheck(trust) }
    }

    /// Reads the files anew; connections that are open, and what was there before on failure, stay.
    func reload() throws(SocketError) -> CertificateFacts {
        let fresh = try TLSKeyPair(pair.identity)
        if let trust = clients?.trust { clients = try ClientCheck(trust) }
        pair = fresh
        return pair.facts
    }

    /// Sets up the SSL_CTX that libwebsockets has made; false when OpenSSL does not let us.
    func configure(_ context: OpaquePointer?) -> Bool {
        guard let context = unsafe context else { return false }
        unsafe qa_ssl_ctx_harden(context)
        guard unsafe SSL_CTX_set_cipher_list(context, TLSServer.ciphers) == 1 else { return false }
        // By handshake instead of once: a pair with another kind of key would leave the old one in its place
        // beside it, still shown to whoever prefers that kind.
        unsafe SSL_CTX_set_cert_cb(
            context,
            { ssl, server in
                guard let ssl = unsafe ssl, let server = unsafe server else { return 0 }
                let pair = unsafe Unmanaged<TLSServer>.fromOpaque(server).takeUnretainedValue().pair
                return unsafe pair.apply(to: ssl) ? 1 : 0
            }, Unmanaged.passUnretained(self).toOpaque())
        guard clients != nil else { return true }
        unsafe qa_ssl_ctx_demand(
            context,
            { shown, server in
                guard let shown = unsafe shown, let server = unsafe server else { return 0 }
                let clients = unsafe Unmanaged<TLSServer>.fromOpaque(server).takeUnretainedValue().clients
                return unsafe clients?.judge(shown) == true ? 1 : 0
            }, Unmanaged.passUnretained(self).toOpaque())
        return true
    }

    /// For TLS 1.2; those of TLS 1.3 are all of this kind.
    static let ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20"
}
