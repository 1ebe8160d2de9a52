import Foundation
import QASocket
import Testing

@Suite struct TLSTrustTests {
    /// What becomes of one dial, and that the server heard nothing of a dial that failed.
    private func failure(
        _ pair: TestPair, _ trust: TLSTrust, host: String = "127.0.0.1", says words: String
    ) throws {
        let bench = try Bench(pair.options) { world in
            let record = world.server.record
            world.server.verdict = { _ in
                record.add("asked")
                return .accept
            }
            world.client.whenClosed = { record.add("why \($0.trustFailure.map { "\($0)" } ?? "nothing")") }
        }
        bench.post { _ = $0.dial(tls: trust, host: host) }
        #expect(bench.record.wait("why"))
        for line in ["client failed", "why"] {
            let isThere = bench.record.all.contains { $0.hasPrefix(line) && $0.contains(words) }
            #expect(isThere, "\(bench.record.all)")
        }
        #expect(bench.end())
        #expect(bench.record.count("asked") == 0)
        #expect(bench.record.count("client opened") == 0)
        #expect(bench.record.count("client closed") == 1)
    }

    private func success(_ pair: TestPair, _ trust: TLSTrust, host: String = "127.0.0.1") throws {
        let bench = try Bench(pair.options)
        bench.post { _ = $0.dial(tls: trust, host: host) }
        #expect(bench.record.wait("client opened"), "\(bench.record.all)")
        #expect(bench.end())
    }

    @Test func `an authority that vouches for the name is believed`() throws {
        let pair = try TestPair()
        try success(pair, pair.trust)
        try success(pair, pair.trust, host: "localhost")
    }

    @Test func `an authority that did not sign it is not`() throws {
        try failure(TestPair(), TestPair().trust, says: "No authority")
        try failure(TestPair(), .system, says: "No authority")
    }

    @Test func `a certificate for another name is not believed`() throws {
        let pair = try TestPair(names: ["qa.example.org", "*.example.net", "192.0.2.7"])
        try failure(pair, pair.trust, says: "not for 127.0.0.1 but for qa.example.org, *.example.net, 192.0.2.7")
        try failure(pair, pair.trust, host: "localhost", says: "not for localhost")
    }

    @Test func `dates count, and are said`() throws {
        let old = try TestPair(days: 5, startingInDays: -10)
        try failure(old, old.trust, says: "has expired on 20")
        let early = try TestPair(startingInDays: 3)
        try failure(early, early.trust, says: "clock right?")
    }

    @Test func `a pin is believed for exactly its certificate, whatever that says`() throws {
        let pair = try TestPair(names: ["elsewhere.example"], days: 5, startingInDays: -10)
        try success(pair, .pinned(fingerprint: pair.fingerprint))
        try success(pair, .pinned(fingerprint: CertificateFacts.grouped(pair.fingerprint).uppercased()))
        let other = try TestPair()
        try failure(
            pair, .pinned(fingerprint: other.fingerprint),
            says: "expected \(other.fingerprint), found \(pair.fingerprint)")
    }

    @Test func `one dialer believes each server for reasons of its own`() throws {
        let pair = try TestPair()
        let other = try TestPair()
        let bench = try Bench(pair.options)
        bench.post { world in
            for _ in 0..<20 {
                _ = world.dial(tls: pair.trust)
                _ = world.dial(tls: other.trust)
                _ = world.dial(tls: .pinned(fingerprint: pair.fingerprint), host: "localhost")
                _ = world.dial(tls: .pinned(fingerprint: other.fingerprint))
            }
        }
        #expect(bench.record.wait("client opened", count: 40))
        #expect(bench.record.wait("client closed 1006", count: 40))
        #expect(bench.record.count("client failed") == 40)
        #expect(bench.end())
    }

    @Test func `a server without TLS is a failure, not a conversation`() throws {
        let bench = try Bench()
        let pair = try TestPair()
        bench.post { _ = $0.dial(tls: pair.trust) }
        #expect(bench.record.wait("client closed 1006"))
        #expect(bench.record.count("server opened") == 0)
        #expect(bench.end())
    }

    @Test func `trust that is of no use is said at once`() throws {
        let missing = TLSTrust.authorities(file: "/nowhere/ca.pem")
        #expect(throws: SocketError.tlsFileMissing(path: "/nowhere/ca.pem")) { try missing.examine() }
        #expect(throws: SocketError.tlsFingerprintMalformed("abc")) {
            try TLSTrust.pinned(fingerprint: "abc").examine()
        }
        #expect(throws: Never.self) { try TLSTrust.system.examine() }
        let pair = try TestPair()
        let bench = try Bench(pair.options)
        bench.post { world in
            _ = world.dial(tls: missing)
            #expect(world.client.record.count("client failed") == 0)
        }
        #expect(bench.record.wait("client failed There is no file /nowhere/ca.pem"))
        #expect(bench.end())
    }
}
