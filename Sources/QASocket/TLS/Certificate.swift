internal import COpenSSL
import Glibc

/// One X.509 certificate of OpenSSL's, owned.
@safe
final class Certificate {
    let handle: OpaquePointer

    /// Takes the reference over.
    init(owning handle: OpaquePointer) {
        unsafe self.handle = handle
    }

    deinit { unsafe X509_free(handle) }

    var fingerprint: String { unsafe Certificate.fingerprint(handle) }

    var facts: CertificateFacts {
        let begins = unsafe X509_cmp_current_time(X509_get0_notBefore(handle))
        let ends = unsafe X509_cmp_current_time(X509_get0_notAfter(handle))
        let validity: CertificateFacts.Validity = begins > 0 ? .notYetValid : ends < 0 ? .expired : .valid
        return CertificateFacts(
            fingerprint: fingerprint, names: unsafe Certificate.names(handle),
            notBefore: unsafe Certificate.day(X509_get0_notBefore(handle)),
            notAfter: unsafe Certificate.day(X509_get0_notAfter(handle)), validity: validity,
            isSelfSigned: unsafe X509_self_signed(handle, 0) == 1)
    }

    // MARK: - Of certificates that are OpenSSL's, borrowed for the call

    static func fingerprint(_ certificate: OpaquePointer) -> String {
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        var length: UInt32 = 0
        guard unsafe X509_digest(certificate, EVP_sha256(), &digest, &length) == 1 else { return "" }
        let digits = Array("0123456789abcdef")
        return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    static func names(_ certificate: OpaquePointer) -> [String] {
        guard let list = unsafe X509_get_ext_d2i(certificate, NID_subject_alt_name, nil, nil) else { return [] }
        let names = OpaquePointer(list)
        defer { unsafe GENERAL_NAMES_free(names) }
        let count = unsafe qa_general_names_count(names)
        return (0..<count).compactMap { index in
            guard let name = unsafe qa_general_names_at(names, index) else { return nil }
            if let text = unsafe qa_dns_name(name) {
                return String(decoding: unsafe bytes(of: text), as: UTF8.self)
            }
            return unsafe qa_ip_address(name).flatMap { unsafe address(bytes(of: $0)) }
        }
    }

    /// A day in UTC, such as "2026-11-23".
    static func day(_ time: UnsafePointer<ASN1_TIME>?) -> String {
        var parts = unsafe tm()
        guard unsafe ASN1_TIME_to_tm(time, &parts) == 1 else { return "?" }
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return unsafe "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
    }

    private static func bytes(of text: UnsafePointer<ASN1_STRING>) -> [UInt8] {
        unsafe Array(UnsafeBufferPointer(start: ASN1_STRING_get0_data(text), count: Int(ASN1_STRING_length(text))))
    }

    private static func address(_ bytes: [UInt8]) -> String? {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard bytes.count == 4 || bytes.count == 16,
            unsafe inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil
        else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
