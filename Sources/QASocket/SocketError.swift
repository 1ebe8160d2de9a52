/// Why a loop, an endpoint or a dialer could not be set up.
public enum SocketError: Error, Equatable, Sendable {
    case portInUse(address: String, port: Int)
    /// The address is not one of this machine's, or is not an address.
    case addressUnavailable(address: String)
    /// Ports below 1024 need a capability.
    case portForbidden(port: Int)
    /// libwebsockets could not load its libev plugin.
    case eventLoopPluginMissing
    case outOfDescriptors
    case tlsFileMissing(path: String)
    case tlsFileUnreadable(path: String, reason: String)
    /// `wanted` is the word in the block's first line: CERTIFICATE or PRIVATE KEY.
    case tlsNotPEM(path: String, wanted: String)
    case tlsKeyEncrypted(path: String)
    case tlsKeyMismatch(certificate: String, key: String)
    /// A PKCS #12 file does not open with the password that was given.
    case tlsPassword(path: String)
    /// OpenSSL takes the pair apart and will not use it.
    case tlsRefused(path: String, reason: String)
    case tlsFingerprintMalformed(String)
    /// The endpoint was made without TLS.
    case tlsOff
    case other(String)
}

extension SocketError {
    /// A stable word for logs and scripts.
    public var code: String {
        switch self {
        case .portInUse: "port_in_use"
        case .addressUnavailable: "address_unavailable"
        case .portForbidden: "port_forbidden"
        case .eventLoopPluginMissing: "event_loop_plugin_missing"
        case .outOfDescriptors: "out_of_descriptors"
        case .tlsFileMissing: "tls_file_missing"
        case .tlsFileUnreadable: "tls_file_unreadable"
        case .tlsNotPEM: "tls_not_pem"
        case .tlsKeyEncrypted: "tls_key_encrypted"
        case .tlsKeyMismatch: "tls_key_mismatch"
        case .tlsPassword: "tls_password"
        case .tlsRefused: "tls_refused"
        case .tlsFingerprintMalformed: "tls_fingerprint"
        case .tlsOff: "tls_off"
        case .other: "socket_failed"
        }
    }
}

extension SocketError: CustomStringConvertible {
    /// One sentence for the person who starts the program.
    public var description: String {
        switch self {
        case .portInUse(let address, let port):
            "Port \(port) of \(address) is already in use by another program: choose another with --port, or stop that one (ss -ltnp shows it)."
        case .addressUnavailable(let address):
            "\(address) is not an address of this machine: name one of those that “ip address” shows with --listen, or 0.0.0.0 for all."
        case .portForbidden(let port):
            "Port \(port) may not be opened by this user (ports below 1024 need CAP_NET_BIND_SERVICE)."
        case .eventLoopPluginMissing:
            "libwebsockets cannot load its libev plugin: install the package libwebsockets-evlib-ev."
        case .outOfDescriptors:
            "No file descriptors are left: raise the limit (ulimit -n, or LimitNOFILE= of the service)."
        case .tlsFileMissing(let path):
            "There is no file \(path): name the certificate and the key, or make a pair with “qarelay tls new”."
        case .tlsFileUnreadable(let path, let reason):
            "\(path) cannot be read (\(reason)): let the user of this program read it."
        case .tlsNotPEM(let path, let wanted):
            "\(path) is not PEM: it needs whole blocks between “-----BEGIN \(wanted)-----” and its END line."
        case .tlsKeyEncrypted(let path):
            "The key in \(path) is locked with a password, which nobody types at a start: write it out without one, readable by this user alone."
        case .tlsKeyMismatch(let certificate, let key):
            "The key in \(key) does not belong to the first certificate in \(certificate): name the pair that was made together."
        case .tlsPassword(let path):
            "\(path) does not open with this password: type it again, or look into the file that QACLIENT_PKCS12_PASSWORD_FILE names."
        case .tlsRefused(let path, let reason):
            "OpenSSL does not take the certificate in \(path) (\(reason)): make a new pair, of EC P-256 or RSA with 2048 bits."
        case .tlsFingerprintMalformed(let text):
            "“\(text)” is no fingerprint: write the 64 hexadecimal digits that the hub prints."
        case .tlsOff:
            "This server speaks no TLS, so there is no certificate to read again."
        case .other(let text):
            text
        }
    }
}
