import COpenSSL
import Foundation
import Glibc
import QASocket

/// A certificate and key in files of their own, made for a test.
struct TestPair: Sendable {
    let identity: TLSIdentity
    let fingerprint: String

    /// Where all pairs of this process lie until its end.
    private static let folder: URL = {
        let folder = FileManager.default.temporaryDirectory.appending(path: "qa-tls-\(getpid())")
        atexit { try? FileManager.default.removeItem(at: TestPair.folder) }
        return folder
    }()

    init(names: [String] = ["localhost", "127.0.0.1"], days: Int = 30, startingInDays start: Int = 0) throws {
        let folder = TestPair.folder.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        identity = TLSIdentity(
            certificateFile: folder.appending(path: "cert.pem").path, keyFile: folder.appending(path: "key.pem").path)
        let made = SelfSigned(names: names, days: days, startingInDays: start)!
        fingerprint = made.fingerprint
        try write(made)
    }

    func write(_ made: SelfSigned) throws {
        try made.certificate.write(toFile: identity.certificateFile, atomically: true, encoding: .utf8)
        try made.key.write(toFile: identity.keyFile, atomically: true, encoding: .utf8)
    }

    var trust: TLSTrust { .authorities(file: identity.certificateFile) }

    /// An endpoint on this machine alone that shows this certificate.
    var options: EndpointOptions {
        var options = EndpointOptions(address: "127.0.0.1")
        options.tls = identity
        return options
    }
}

extension World {
    func dial(tls: TLSTrust, host: String = "127.0.0.1") -> Connection {
        dialer.dial(
            host: host, port: endpoint.port, path: "/ws", subprotocol: "qarelay.v1", tls: tls, handler: client)
    }
}

/// A TLS client that believes everything, and can do what ours does not.
final class TLSProbe {
    private let descriptor: Int32
    private let context: OpaquePointer
    private let ssl: OpaquePointer
    /// Whether the handshake has succeeded.
    let isOpen: Bool

    init(port: Int, version: Int32? = nil, offering protocols: [String] = [], ciphers: String? = nil) {
        descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var patience = timeval(tv_sec: 15, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let descriptor = descriptor
        _ = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        context = SSL_CTX_new(TLS_client_method())
        // The lowest level of strictness: what is refused here the server has refused.
        _ = SSL_CTX_set_cipher_list(context, (ciphers ?? "ALL") + ":@SECLEVEL=0")
        if let version {
            SSL_CTX_ctrl(context, SSL_CTRL_SET_MIN_PROTO_VERSION, Int(version), nil)
            SSL_CTX_ctrl(context, SSL_CTRL_SET_MAX_PROTO_VERSION, Int(version), nil)
        }
        ssl = SSL_new(context)
        if !protocols.isEmpty {
            let list = protocols.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) }
            SSL_set_alpn_protos(ssl, list, UInt32(list.count))
        }
        SSL_set_fd(ssl, descriptor)
        isOpen = SSL_connect(ssl) == 1
    }

    deinit {
        SSL_free(ssl)
        SSL_CTX_free(context)
        close(descriptor)
    }

    var fingerprint: String {
        guard let certificate = SSL_get1_peer_certificate(ssl) else { return "" }
        defer { X509_free(certificate) }
        var digest = [UInt8](repeating: 0, count: 32)
        X509_digest(certificate, EVP_sha256(), &digest, nil)
        return digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    var cipher: String { String(cString: SSL_CIPHER_get_name(SSL_get_current_cipher(ssl))) }

    /// The protocol that the server chose; "" if none.
    var chosen: String {
        var start: UnsafePointer<UInt8>?
        var count: UInt32 = 0
        SSL_get0_alpn_selected(ssl, &start, &count)
        return String(decoding: UnsafeBufferPointer(start: start, count: Int(count)), as: UTF8.self)
    }

    /// Asks for another handshake on the same connection; whether the server went along.
    func renegotiates() -> Bool {
        SSL_renegotiate(ssl)
        return SSL_do_handshake(ssl) == 1 && !exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n").isEmpty
    }

    func send(_ text: String) { SSL_write(ssl, text, Int32(text.utf8.count)) }

    /// What one read brings, after sending.
    func exchange(_ text: String) -> String {
        send(text)
        var buffer = [UInt8](repeating: 0, count: 16_384)
        let count = SSL_read(ssl, &buffer, Int32(buffer.count))
        return String(decoding: buffer.prefix(Int(max(0, count))), as: UTF8.self)
    }

    /// Everything up to the end of the connection, read with pauses: the server's buffers fill up meanwhile.
    func rest(pauses: Int) -> [UInt8] {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = SSL_read(ssl, &buffer, Int32(buffer.count))
            guard count > 0 else { return all }
            all += buffer[..<Int(count)]
            if all.count < pauses * 65_536 { usleep(10_000) }
        }
    }

    /// Goes without the goodbye of TLS; with a reset if asked.
    func vanish(reset: Bool = false) {
        if reset {
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
        }
        // In place of the socket, which is closed by that.
        let nothing = open("/dev/null", O_RDWR)
        dup2(nothing, descriptor)
        close(nothing)
    }
}
