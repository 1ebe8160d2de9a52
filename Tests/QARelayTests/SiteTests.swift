import QAShared
import QATestKit
import Testing

@testable import QARelay

@Suite struct SiteTests {
    private let site = Site(publicURL: "https://QA.example.org:8443/", machineName: "Regie")!

    @Test(arguments: [
        "", "qa.example.org", "ftp://qa.example.org", "http://", "https:///", "http://a b", "http://a/b",
        "http://a?x", "http://a#x", "http://me@a", "http://a\\b", "ws://a",
    ])
    func `what is no address of a site is none`(url: String) {
        #expect(Site(publicURL: url, machineName: "m") == nil)
    }

    @Test func `links carry the public address`() {
        #expect(site.publicURL == "https://qa.example.org:8443")
        #expect(site.joinLink(Sample.granville) == "https://qa.example.org:8443/ask?venue=granville")
        #expect(site.webSocketURL == "wss://qa.example.org:8443")
        #expect(Site(publicURL: "http://192.0.2.7:8080", machineName: "m")?.webSocketURL == "ws://192.0.2.7:8080")
    }

    @Test(arguments: [
        "qa.example.org", "QA.example.org:8443", "qa.example.org:1", "localhost", "localhost:8080", "regie",
        "REGIE:80", "192.0.2.7", "192.0.2.7:8080", "[::1]:8080", "[2001:db8::7]", "127.0.0.1:9",
    ])
    func `the hub goes by its names and by any bare address`(host: String) {
        #expect(site.isOwn(host: host))
    }

    @Test(arguments: [
        nil, "", "evil.example.org", "qa.example.org.evil.net", "evil-qa.example.org", "localhost.evil.net",
        "192.0.2.7.evil.net", "192.0.2", "192.0.2.256", "1.2.3.4.5", "[::1].evil.net", "[evil]", ":8080",
    ])
    func `somebody else's name is refused`(host: String?) {
        #expect(!site.isOwn(host: host))
    }

    @Test(arguments: [
        ("https://qa.example.org:8443", "qa.example.org:8443"), ("http://localhost:8080", "localhost:8080"),
        ("https://qa.example.org:8443", "localhost:8080"), ("http://192.0.2.7:8080", "192.0.2.7:8080"),
        ("HTTP://LOCALHOST:8080", "localhost:8080"),
    ])
    func `a page of the hub itself may connect`(origin: String, host: String) {
        #expect(site.isOwn(origin: origin, host: host))
    }

    @Test(arguments: [
        ("null", "qa.example.org:8443"), ("", "qa.example.org:8443"), ("file://", "localhost:8080"),
        ("https://evil.example.org", "qa.example.org:8443"), ("http://qa.example.org:8443", "localhost:8080"),
        ("http://localhost:9090", "localhost:8080"), ("https://qa.example.org", "qa.example.org:8443"),
        ("https://qa.example.org:8443/x", "localhost"), ("https://me@qa.example.org:8443", "localhost"),
    ])
    func `a page from elsewhere may not`(origin: String, host: String) {
        #expect(!site.isOwn(origin: origin, host: host))
    }
}
