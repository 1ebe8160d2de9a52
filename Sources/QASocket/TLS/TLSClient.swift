internal import COpenSSL

/// The TLS of one dialer's vhost, shared by all its dials. Outlives libwebsockets' context.
@safe
final class TLSClient {
    /// Ours, not libwebsockets': its own would load authorities and complain of what it does not find.
    let context: OpaquePointer

    /// `identity` is shown to servers that ask who calls.
    init(_ identity: ClientIdentity? = nil) throws(SocketError) {
        guard let made = unsafe SSL_CTX_new(TLS_client_method()) else {
            throw .other("OpenSSL could not create a context.")
        }
        unsafe context = made
        unsafe qa_ssl_ctx_harden(context)
        unsafe _ = SSL_CTX_set_cipher_list(context, TLSServer.ciphers)
        // Instead of OpenSSL's own check. libwebsockets has a callback that finds out whose connection this is,
        // and is asked for that once, not for each link of the chain with a line in the log.
        unsafe SSL_CTX_set_cert_verify_callback(
            context,
            { shown, _ in
                guard let shown = unsafe shown,
                    let ssl = unsafe X509_STORE_CTX_get_ex_data(shown, SSL_get_ex_data_X509_STORE_CTX_idx()),
                    let ask = unsafe SSL_get_verify_callback(OpaquePointer(ssl))
                else { return 0 }
                return unsafe ask(1, shown)
            }, nil)
        // libwebsockets puts what it takes for the host's name into the greeting, cut at the first colon.
        unsafe SSL_CTX_set_info_callback(context) { ssl, reason, _ in
            guard reason == qa_ssl_handshake_start, let ssl = unsafe ssl,
                let name = unsafe SSL_get_servername(ssl, qa_server_name_type)
            else { return }
            let text = unsafe String(cString: name)
            if text.hasPrefix("[") || SocketAddress.isNumeric(text) { unsafe qa_ssl_clear_server_name(ssl) }
        }
        if let identity { unsafe try identity.apply(to: context) }
    }

    deinit { unsafe SSL_CTX_free(context) }
}

extension Connection {
    /// LWS_CALLBACK_OPENSSL_PERFORM_SERVER_CERT_VERIFICATION: 0 believes the server.
    func certificateShown(_ shown: UnsafeMutableRawPointer?) -> Int32 {
        guard let shown = unsafe shown, let check = trustCheck else { return 1 }
        trustFailure = unsafe check.judge(OpaquePointer(shown))
        isBelieved = trustFailure == nil
        return isBelieved ? 0 : 1
    }
}
