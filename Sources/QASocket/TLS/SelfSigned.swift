internal import COpenSSL
import Glibc

/// A new certificate that vouches for itself, with its key: EC on P-256, for a server's names.
public struct SelfSigned: Sendable {
    /// PEM.
    public let certificate: String
    /// PEM, PKCS #8, not locked.
    public let key: String
    public let fingerprint: String

    /// `names` are DNS names and numeric addresses, one at least. Valid for `days`, from an hour ago unless that
    /// is put off by days (less than 0 is earlier). nil if a name is neither.
    public init?(names: [String], days: Int, startingInDays start: Int = 0) {
        guard !names.isEmpty, names.allSatisfy(SelfSigned.isUsable),
            let made = unsafe qa_new_p256_key(), let sheet = unsafe X509_new()
        else { return nil }
        let key = unsafe PrivateKey(owning: made)
        let certificate = unsafe Certificate(owning: sheet)
        guard SelfSigned.fill(certificate, key, names, start..<start + max(1, days)),
            unsafe X509_sign(certificate.handle, key.handle, EVP_sha256()) > 0,
            let text = unsafe SelfSigned.text({ unsafe PEM_write_bio_X509($0, certificate.handle) }),
            let secret = unsafe SelfSigned.text({
                unsafe PEM_write_bio_PrivateKey($0, key.handle, nil, nil, 0, nil, nil)
            })
        else {
            ERR_clear_error()
            return nil
        }
        self.certificate = text
        self.key = secret
        fingerprint = certificate.fingerprint
    }

    /// Whether a certificate can be made for it: a host name of RFC 1123, with a wildcard as its first part at
    /// most, or a numeric address.
    public static func isUsable(_ name: String) -> Bool {
        if SocketAddress.isNumeric(name) { return true }
        let host = name.hasPrefix("*.") ? name.dropFirst(2) : name[...]
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return host.utf8.count <= 253 && parts.last?.allSatisfy(\.isNumber) == false
            && parts.allSatisfy { part in
                (1...63).contains(part.utf8.count) && part.first != "-" && part.last != "-"
                    && part.utf8.allSatisfy { byte in
                        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x2D
                    }
            }
    }

    private static func fill(
        _ certificate: Certificate, _ key: PrivateKey, _ names: [String], _ days: Range<Int>
    ) -> Bool {
        let sheet = unsafe certificate.handle
        var serial = [UInt8](repeating: 0, count: 16)
        guard unsafe RAND_bytes(&serial, Int32(serial.count)) == 1 else { return false }
        serial[0] = serial[0] & 0x7F | 0x40
        let number = unsafe BN_bin2bn(serial, Int32(serial.count), nil)
        defer { unsafe BN_free(number) }
        unsafe _ = BN_to_ASN1_INTEGER(number, X509_get_serialNumber(sheet))
        // Clocks of phones that are a little behind shall not mind.
        var now = time(nil) - 3600
        guard unsafe X509_set_version(sheet, 2) == 1, unsafe X509_set_pubkey(sheet, key.handle) == 1,
            unsafe X509_time_adj_ex(X509_getm_notBefore(sheet), Int32(days.lowerBound), 0, &now) != nil,
            unsafe X509_time_adj_ex(X509_getm_notAfter(sheet), Int32(days.upperBound), 0, &now) != nil,
            let subject = unsafe X509_get_subject_name(sheet)
        else { return false }
        // 64 bytes is all that a common name may have; clients look at the alternative names.
        let common = Array(names[0].utf8.prefix(64))
        guard unsafe X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, common, Int32(common.count), -1, 0) == 1,
            unsafe X509_set_issuer_name(sheet, subject) == 1
        else { return false }
        let alternatives = names.map { (SocketAddress.isNumeric($0) ? "IP:" : "DNS:") + $0 }
        return add(NID_basic_constraints, "critical,CA:FALSE", to: certificate)
            && add(NID_key_usage, "critical,digitalSignature", to: certificate)
            && add(NID_ext_key_usage, "serverAuth", to: certificate)
            && add(NID_subject_key_identifier, "hash", to: certificate)
            && add(NID_subject_alt_name, alternatives.joined(separator: ","), to: certificate)
    }

    private static func add(_ kind: Int32, _ value: String, to certificate: Certificate) -> Bool {
        var context = unsafe X509V3_CTX()
        unsafe X509V3_set_ctx(&context, certificate.handle, certificate.handle, nil, nil, 0)
        guard let part = unsafe X509V3_EXT_conf_nid(nil, &context, kind, value) else { return false }
        defer { unsafe X509_EXTENSION_free(part) }
        return unsafe X509_add_ext(certificate.handle, part, -1) == 1
    }

    private static func text(_ write: (OpaquePointer?) -> Int32) -> String? {
        let bio = unsafe BIO_new(BIO_s_mem())
        defer { unsafe BIO_free(bio) }
        guard unsafe write(bio) == 1 else { return nil }
        var bytes = [UInt8](repeating: 0, count: 16_384)
        let count = unsafe BIO_read(bio, &bytes, Int32(bytes.count))
        return count > 0 ? String(decoding: bytes.prefix(Int(count)), as: UTF8.self) : nil
    }
}
