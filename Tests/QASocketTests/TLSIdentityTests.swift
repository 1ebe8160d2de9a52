import Foundation
import QASocket
import Testing

@Suite struct TLSIdentityTests {
    @Test func `a new pair says whose it is and for how long`() throws {
        let pair = try TestPair(names: ["qa.example.org", "192.0.2.7", "2001:db8::1"], days: 825)
        let facts = try pair.identity.examine()
        #expect(facts.names == ["qa.example.org", "192.0.2.7", "2001:db8::1"])
        #expect(facts.isSelfSigned && facts.validity == .valid)
        #expect(facts.fingerprint == pair.fingerprint)
        #expect(try TLSIdentity.fingerprint(ofFile: pair.identity.certificateFile) == pair.fingerprint)
        #expect(pair.fingerprint.count == 64)
        #expect(CertificateFacts.grouped("0123456789ab") == "0123 4567 89ab")
    }

    @Test func `dates that have passed or are to come do not keep a server from starting`() throws {
        #expect(try TestPair(days: 5, startingInDays: -10).identity.examine().validity == .expired)
        #expect(try TestPair(startingInDays: 3).identity.examine().validity == .notYetValid)
    }

    @Test(arguments: ["", "a b", "-a.example", "a..b", "1.2.3", "*.*.a", "a_b.example", "a/b", "DNS:a"])
    func `a name that is none gets no certificate`(name: String) {
        #expect(SelfSigned(names: [name], days: 1) == nil)
    }

    @Test func `what is wrong with the files is said by name`() throws {
        let pair = try TestPair()
        let other = try TestPair()
        let (certificate, key) = (pair.identity.certificateFile, pair.identity.keyFile)
        func examine(_ certificate: String, _ key: String) -> SocketError? {
            do throws(SocketError) {
                _ = try TLSIdentity(certificateFile: certificate, keyFile: key).examine()
            } catch { return error }
            return nil
        }
        #expect(examine(certificate, key) == nil)
        #expect(examine("/nowhere", key) == .tlsFileMissing(path: "/nowhere"))
        #expect(examine(certificate, "/nowhere")?.code == "tls_file_missing")
        #expect(examine("/", key)?.code == "tls_file_unreadable")
        #expect(examine(key, key) == .tlsNotPEM(path: key, wanted: "CERTIFICATE"))
        #expect(examine(certificate, certificate) == .tlsNotPEM(path: certificate, wanted: "PRIVATE KEY"))
        #expect(
            examine(certificate, other.identity.keyFile)
                == .tlsKeyMismatch(certificate: certificate, key: other.identity.keyFile))
        #expect(throws: SocketError.self) {
            try Bench(TestPairOptions.with(TLSIdentity(certificateFile: certificate, keyFile: other.identity.keyFile)))
        }
        let text = try String(contentsOfFile: certificate, encoding: .utf8)
        try (text + text.replacing("END", with: "ENDE")).write(toFile: certificate, atomically: true, encoding: .utf8)
        #expect(examine(certificate, key)?.code == "tls_not_pem")
        try "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"
            .write(toFile: key, atomically: true, encoding: .utf8)
        try text.write(toFile: certificate, atomically: true, encoding: .utf8)
        #expect(examine(certificate, key) == .tlsKeyEncrypted(path: key))
    }

    private enum TestPairOptions {
        static func with(_ identity: TLSIdentity) -> EndpointOptions {
            var options = EndpointOptions(address: "127.0.0.1")
            options.tls = identity
            return options
        }
    }
}
