import Testing

@testable import QARelay

@Suite struct GzipTests {
    @Test(arguments: [
        ("gzip", true), ("x-gzip", true), ("GZIP", true), ("br, gzip", true), ("deflate;q=0.5, gzip;q=0.1", true),
        ("*", true), ("*;q=0.3", true), ("gzip;q=1.0, *;q=0", true), ("gzip ; q=0.2", true),
        ("gzip;q=0", false), ("gzip;q=0.000", false), ("gzip;q=0, *", false), ("*;q=0", false), ("identity", false),
        ("gzipped", false), ("", false), (",;,", false),
    ])
    func `what a header takes is read as RFC 9110 says`(header: String, takes: Bool) {
        #expect(Gzip.isAccepted(by: header) == takes)
    }

    @Test func `without a header nothing is compressed`() { #expect(!Gzip.isAccepted(by: nil)) }

    @Test func `what would not be shorter stays as it is`() {
        #expect(Gzip.pack([]) == nil && Gzip.pack(Array("abc".utf8)) == nil)
        let packed = Gzip.pack([UInt8](repeating: 97, count: 10_000))
        #expect((packed?.count).map { $0 < 200 } == true && packed?.starts(with: [0x1f, 0x8b, 8]) == true)
    }
}
