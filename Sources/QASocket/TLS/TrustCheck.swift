internal import COpenSSL

/// What one dial demands of the certificate it will see. Confined to its loop.
@safe
final class TrustCheck {
    private let trust: TLSTrust
    private let host: String
    /// The fingerprint that is wanted, as digits alone.
    private let pin: String
    /// X509_STORE of the authorities; nil for a pin.
    private let authorities: OpaquePointer?

    /// `host` is a DNS name or a numeric address.
    init(_ trust: TLSTrust, host: String) throws(SocketError) {
        self.trust = trust
        self.host = host.hasSuffix(".") ? String(host.dropLast()) : host
        switch trust {
        case .system:
            pin = ""
            let store = unsafe X509_STORE_new()
            unsafe _ = X509_STORE_set_default_paths(store)
            ERR_clear_error()
            unsafe authorities = store
        case .authorities(let file):
            let certificates = try PEMFile.read(file).certificates()
            pin = ""
            let store = unsafe X509_STORE_new()
            for certificate in certificates { unsafe _ = X509_STORE_add_cert(store, certificate.handle) }
            unsafe authorities = store
        case .pinned(let fingerprint):
            let digits = fingerprint.lowercased().filter { !": ".contains($0) }
            guard digits.utf8.count == 64, digits.utf8.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else {
                throw .tlsFingerprintMalformed(fingerprint)
            }
            pin = digits
            unsafe authorities = nil
        }
    }

    deinit { unsafe X509_STORE_free(authorities) }

    /// Judges what the server shows in its handshake; nil when it is believed.
    ///
    /// The error is put into `shown` too, where OpenSSL takes the alert from that the server is sent.
    func judge(_ shown: OpaquePointer) -> TLSFailure? {
        guard let certificate = unsafe X509_STORE_CTX_get0_cert(shown) else {
            return unsafe refuse(shown, X509_V_ERR_UNSPECIFIED, .other("there is none"))
        }
        let found = unsafe Certificate.fingerprint(certificate)
        guard let authorities = unsafe authorities else {
            if found != pin {
                let failure = TLSFailure.otherFingerprint(expected: pin, found: found)
                return unsafe refuse(shown, X509_V_ERR_CERT_REJECTED, failure)
            }
            unsafe noteDates(of: certificate)
            unsafe X509_STORE_CTX_set_error(shown, X509_V_OK)
            return nil
        }
        let error = unsafe verify(certificate, X509_STORE_CTX_get0_untrusted(shown), authorities)
        guard error != X509_V_OK else {
            unsafe X509_STORE_CTX_set_error(shown, X509_V_OK)
            return nil
        }
        return unsafe refuse(shown, error, failure(error, certificate, found))
    }

    private func refuse(_ shown: OpaquePointer, _ error: Int32, _ failure: TLSFailure) -> TLSFailure {
        unsafe X509_STORE_CTX_set_error(shown, error)
        ERR_clear_error()
        return failure
    }

    /// Builds the chain with a context of our own: libwebsockets' would ask its callback for every link.
    private func verify(_ leaf: OpaquePointer, _ chain: OpaquePointer?, _ store: OpaquePointer) -> Int32 {
        guard let context = unsafe X509_STORE_CTX_new() else { return X509_V_ERR_OUT_OF_MEM }
        defer { unsafe X509_STORE_CTX_free(context) }
        guard unsafe X509_STORE_CTX_init(context, store, leaf, chain) == 1,
            unsafe X509_STORE_CTX_set_default(context, "ssl_server") == 1,
            let wanted = unsafe X509_STORE_CTX_get0_param(context)
        else { return X509_V_ERR_UNSPECIFIED }
        // A certificate that the person chose need not be a root.
        unsafe _ = X509_VERIFY_PARAM_set_flags(wanted, UInt(X509_V_FLAG_PARTIAL_CHAIN))
        // Names stand among the alternative names, not in the subject (RFC 9525 §2).
        let flags = X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT
        unsafe X509_VERIFY_PARAM_set_hostflags(wanted, UInt32(flags))
        let isSet =
            SocketAddress.isNumeric(host)
            ? unsafe X509_VERIFY_PARAM_set1_ip_asc(wanted, host)
            : unsafe X509_VERIFY_PARAM_set1_host(wanted, host, 0)
        guard isSet == 1, !host.isEmpty else { return X509_V_ERR_HOSTNAME_MISMATCH }
        if unsafe X509_verify_cert(context) == 1 { return X509_V_OK }
        let error = unsafe X509_STORE_CTX_get_error(context)
        return error == X509_V_OK ? X509_V_ERR_UNSPECIFIED : error
    }

    private func failure(_ error: Int32, _ certificate: OpaquePointer, _ fingerprint: String) -> TLSFailure {
        switch error {
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN,
            X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
            X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, X509_V_ERR_CERT_UNTRUSTED:
            return .unknownAuthority(fingerprint: fingerprint)
        case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH:
            // Nobody reads hundreds, which some have.
            return .wrongName(wanted: host, found: unsafe Array(Certificate.names(certificate).prefix(8)))
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return .expired(on: unsafe Certificate.day(X509_get0_notAfter(certificate)))
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return .notYetValid(before: unsafe Certificate.day(X509_get0_notBefore(certificate)))
        default:
            return .other(unsafe String(cString: X509_verify_cert_error_string(Int(error))))
        }
    }

    /// A pin is believed whatever the dates say; somebody who looks for a reason should find them.
    private func noteDates(of certificate: OpaquePointer) {
        let begin = unsafe X509_get0_notBefore(certificate)
        let end = unsafe X509_get0_notAfter(certificate)
        if unsafe X509_cmp_current_time(begin) > 0 || X509_cmp_current_time(end) < 0 {
            QASocketLog.emit(
                "pinned certificate: valid from \(unsafe Certificate.day(begin)) to \(unsafe Certificate.day(end))")
        }
    }
}
