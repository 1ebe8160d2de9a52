import COpenSSL
import Glibc

/// Hashes, keyed hashes and random bytes from OpenSSL.
enum Digest {
    static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        unsafe output.withUnsafeMutableBufferPointer { result in
            unsafe bytes.withUnsafeBufferPointer { input in
                _ = unsafe SHA256(input.baseAddress, input.count, result.baseAddress)
            }
        }
        return output
    }

    /// Of a file, piece by piece; nil when it cannot be read.
    static func sha256(file path: String) -> [UInt8]? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard let context = unsafe EVP_MD_CTX_new() else { return nil }
        defer { unsafe EVP_MD_CTX_free(context) }
        guard unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else { return nil }
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe read(descriptor, &piece, piece.count)
            guard count >= 0 else { return nil }
            if count == 0 { break }
            guard unsafe EVP_DigestUpdate(context, piece, count) == 1 else { return nil }
        }
        var output = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        return unsafe EVP_DigestFinal_ex(context, &output, nil) == 1 ? output : nil
    }

    /// HMAC-SHA-256 (RFC 2104).
    static func hmac(_ key: [UInt8], _ bytes: [UInt8]) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        var length: UInt32 = 0
        unsafe output.withUnsafeMutableBufferPointer { result in
            unsafe key.withUnsafeBufferPointer { key in
                unsafe bytes.withUnsafeBufferPointer { input in
                    _ = unsafe HMAC(
                        EVP_sha256(), key.baseAddress, Int32(key.count), input.baseAddress,
                        input.count, result.baseAddress, &length)
                }
            }
        }
        precondition(length == SHA256_DIGEST_LENGTH, "OpenSSL refused HMAC-SHA-256")
        return output
    }

    /// Bytes of the operating system's strength; OpenSSL without entropy is no state to go on in.
    static func random(_ count: Int) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: count)
        let filled = unsafe output.withUnsafeMutableBufferPointer { result in
            unsafe RAND_bytes(result.baseAddress, Int32(count))
        }
        precondition(filled == 1, "no random bytes to be had")
        return output
    }

    /// Compares without telling by its time where the difference is.
    static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return unsafe CRYPTO_memcmp(left, right, left.count) == 0
    }
}
