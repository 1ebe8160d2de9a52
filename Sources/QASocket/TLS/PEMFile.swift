internal import COpenSSL
import Glibc

/// A PEM file in memory: read once, so that what is checked is what is used.
@safe
struct PEMFile {
    let path: String
    let bytes: [UInt8]

    /// Larger files are no certificates: all authorities of a system are half a megabyte.
    private static let maximumBytes = 8 << 20

    static func read(_ path: String) throws(SocketError) -> PEMFile {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw errno == ENOENT
                ? .tlsFileMissing(path: path)
                : .tlsFileUnreadable(path: path, reason: unsafe String(cString: strerror(errno)))
        }
        defer { _ = close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= maximumBytes {
            let count = unsafe Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0 {
                throw .tlsFileUnreadable(path: path, reason: unsafe String(cString: strerror(errno)))
            }
            if count == 0 { return PEMFile(path: path, bytes: bytes) }
            bytes += chunk.prefix(count)
        }
        throw .tlsFileUnreadable(path: path, reason: "too large")
    }

    func firstCertificate() throws(SocketError) -> Certificate {
        guard let first = try certificates().first else { throw .tlsNotPEM(path: path, wanted: "CERTIFICATE") }
        return first
    }

    /// All certificates, in order; at least one.
    func certificates() throws(SocketError) -> [Certificate] {
        let found = unsafe withBIO { bio in
            var found: [Certificate] = []
            while let next = unsafe PEM_read_bio_X509(bio, nil, noPassword, nil) {
                unsafe found.append(Certificate(owning: next))
            }
            return found
        }
        let last = ERR_peek_last_error()
        ERR_clear_error()
        // The end of the file is told as "no start line"; anything else is a damaged block.
        guard !found.isEmpty, isEndOfFile(last) else { throw .tlsNotPEM(path: path, wanted: "CERTIFICATE") }
        return found
    }

    /// All lists of what an authority took back; at least one.
    func revocations() throws(SocketError) -> [RevocationList] {
        let found = unsafe withBIO { bio in
            var found: [RevocationList] = []
            while let next = unsafe PEM_read_bio_X509_CRL(bio, nil, noPassword, nil) {
                unsafe found.append(RevocationList(owning: next))
            }
            return found
        }
        let last = ERR_peek_last_error()
        ERR_clear_error()
        guard !found.isEmpty, isEndOfFile(last) else { throw .tlsNotPEM(path: path, wanted: "X509 CRL") }
        return found
    }

    /// The first private key; nobody is asked for a password.
    func privateKey() throws(SocketError) -> PrivateKey {
        defer { ERR_clear_error() }
        if let key = unsafe withBIO({ unsafe PEM_read_bio_PrivateKey($0, nil, noPassword, nil) }) {
            return unsafe PrivateKey(owning: key)
        }
        let text = String(decoding: bytes, as: UTF8.self)
        throw text.contains("ENCRYPTED")
            ? .tlsKeyEncrypted(path: path) : .tlsNotPEM(path: path, wanted: "PRIVATE KEY")
    }

    private func withBIO<R>(_ body: (OpaquePointer?) -> R) -> R {
        unsafe bytes.withUnsafeBytes { buffer in
            let bio = unsafe BIO_new_mem_buf(buffer.baseAddress, Int32(buffer.count))
            defer { unsafe BIO_free(bio) }
            return unsafe body(bio)
        }
    }

    private func isEndOfFile(_ error: UInt) -> Bool {
        error == 0 || Int32(truncatingIfNeeded: error & 0x7F_FFFF) == PEM_R_NO_START_LINE
    }
}

/// A private key of OpenSSL's, owned.
@safe
final class PrivateKey {
    let handle: OpaquePointer

    /// Takes the reference over.
    init(owning handle: OpaquePointer) {
        unsafe self.handle = handle
    }

    deinit { unsafe EVP_PKEY_free(handle) }
}

/// OpenSSL asks on the terminal otherwise.
private func noPassword(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int32, _ isWriting: Int32, _ user: UnsafeMutableRawPointer?
) -> Int32 { -1 }
