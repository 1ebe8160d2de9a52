import QAShared
import QATestKit
import Testing

@testable import QARelay

@Suite struct CredentialsTests {
    private let key = [UInt8](repeating: 7, count: 32)
    private var secrets: Secrets { Credentials.secrets(key: key) }

    @Test func `a device is known by its credential, also after a restart`() {
        let issued = secrets.issueDevice()
        #expect(secrets.participant(issued.credential) == issued.participant)
        #expect(secrets.issueDevice().participant != issued.participant)
    }

    @Test func `the log's name for a device is not the device's id`() {
        let issued = secrets.issueDevice()
        let id = issued.credential.split(separator: ".")[0]
        #expect(issued.participant.text != String(id))
    }

    @Test func `a credential of which any character was changed is refused`() {
        let credential = Array(secrets.issueDevice().credential.utf8)
        for index in credential.indices {
            for replacement in [UInt8(ascii: "A"), UInt8(ascii: "B")] where credential[index] != replacement {
                var forged = credential
                forged[index] = replacement
                #expect(secrets.participant(String(decoding: forged, as: UTF8.self)) == nil, "character \(index)")
            }
        }
    }

    @Test(arguments: ["", ".", "..", "...", "a.hub.b", "é.hub.é", String(repeating: "A", count: 16_000)])
    func `what was never a credential is refused`(text: String) {
        #expect(secrets.participant(text) == nil)
    }

    @Test func `parts left out, added or exchanged are refused`() {
        let credential = secrets.issueDevice().credential
        let parts = credential.split(separator: ".").map(String.init)
        let other = secrets.issueDevice().credential.split(separator: ".").map(String.init)
        for forged in [
            "\(parts[0]).\(parts[2])", "\(credential).", ".\(credential)", "\(credential).x",
            "\(parts[0]).venue.\(parts[2])", "\(other[0]).hub.\(parts[2])",
            "\(parts[0]).hub.", "\(parts[0])..\(parts[2])", "\(parts[0]).hub.\(parts[2]) ",
            "\(parts[0]).hub.\(parts[2].dropLast())",
        ] {
            #expect(secrets.participant(forged) == nil, "\(forged)")
        }
    }

    @Test func `another event's device is a stranger`() {
        let foreign = Credentials.secrets(key: [UInt8](repeating: 8, count: 32))
        #expect(secrets.participant(foreign.issueDevice().credential) == nil)
    }

    @Test func `a token is named and checked by the two halves of its hash`() {
        // SHA-256 of "abc" (FIPS 180-4).
        let hash = Credentials.hash("abc")
        #expect(
            hash.id.bytes == [
                0xBA, 0x78, 0x16, 0xBF, 0x8F, 0x01, 0xCF, 0xEA, 0x41, 0x41, 0x40, 0xDE, 0x5D, 0xAE, 0x22, 0x23,
            ])
        #expect(
            hash.check.bytes == [
                0xB0, 0x03, 0x61, 0xA3, 0x96, 0x17, 0x7A, 0x9C, 0xB4, 0x10, 0xFF, 0x61, 0xF2, 0x00, 0x15, 0xAD,
            ])
        let access = Credentials.accessToken("abc", role: .speaker, venue: Sample.agneaux, label: "pupitre")
        #expect(access.id == hash.id && access.check == hash.check && access.label == "pupitre")
    }

    @Test func `tokens are long, and never the same`() {
        let tokens = (0..<50).map { _ in Credentials.newToken() }
        #expect(Set(tokens).count == 50)
        #expect(tokens.allSatisfy { $0.utf8.count == 32 })
    }

    @Test func `neither a token nor its name begins with a dash, which a command line would take for an option`() {
        for _ in 0..<2_000 {
            let token = Credentials.newToken()
            #expect(!token.hasPrefix("-") && !Credentials.hash(token).id.tag.hasPrefix("-"))
        }
    }

    @Test func `a keyed hash is the one of the standard`() {
        // RFC 4231, test case 2.
        let mac = Digest.hmac(Array("Jefe".utf8), Array("what do ya want for nothing?".utf8))
        #expect(mac.prefix(8) == [0x5B, 0xDC, 0xC1, 0x46, 0xBF, 0x60, 0x75, 0x4E])
        #expect(Digest.equal(mac, mac) && !Digest.equal(mac, Digest.sha256([])) && !Digest.equal(mac, []))
        #expect(Digest.equal([], []))
    }
}
