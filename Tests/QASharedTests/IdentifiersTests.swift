import QAShared
import QATestKit
import Testing

@Suite struct IdentifiersTests {
    @Test(arguments: Seeds.first(2))
    func `an identifier is 22 characters and back`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let id = QuestionID(using: &generator)
            #expect(id.text.utf8.count == 22)
            #expect(QuestionID(text: id.text) == id)
            #expect(QuestionID(bytes: id.bytes) == id)
            #expect("AQgw".contains(id.text.last!))
            #expect(id.tag == String(id.text.prefix(8)))
            #expect(id.of(Command.self).bytes == id.bytes)
        }
    }

    @Test(arguments: [
        "", "A", "AAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAB",
        "AAAAAAAAAAAAAAAAAAAAA=", "AAAAAAAAAAAAAAAAAAAAAA==", "AAAAAAAAAAAAAAAAAAAA+A",
        "AAAAAAAAAAAAAAAAAAAA/A", "AAAAAAAAAAAAAAAAAAAA A", " AAAAAAAAAAAAAAAAAAAAAA",
        "ÀAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAA\n",
    ])
    func `whatever is not the one way to write an identifier is refused`(text: String) {
        #expect(QuestionID(text: text) == nil)
    }

    @Test func `order is that of the bytes`() {
        let ids = [
            QuestionID(high: 0, low: 1), QuestionID(high: 0, low: .max), QuestionID(high: 1, low: 0),
            QuestionID(high: .max, low: 0),
        ]
        #expect(ids.reversed().sorted() == ids)
        #expect(QuestionID(bytes: [UInt8](repeating: 1, count: 15)) == nil)
    }

    @Test(
        arguments: [
            ("", []), ("Zg", [0x66]), ("Zm8", [0x66, 0x6F]), ("Zm9v", [0x66, 0x6F, 0x6F]),
            ("-_8", [0xFB, 0xFF]), ("AAAA", [0, 0, 0]),
        ] as [(String, [UInt8])])
    func `base64url as in RFC 4648`(text: String, bytes: [UInt8]) {
        #expect(Base64URL.encode(bytes) == text)
        #expect(Base64URL.decode(text) == bytes)
    }

    @Test(arguments: ["A", "Zh", "Zm9", "Zg==", "Z g", "Zm+v", "Zm/v", "AAAAA", "é"])
    func `bytes have one text`(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    @Test func `any bytes are read back`() {
        var generator = SeededGenerator(seed: 4)
        for count in 0..<100 {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
        }
    }

    @Test(arguments: ["granville", "a", "0", "salle-2", String(repeating: "z", count: 40), "-"])
    func `a slug`(text: String) {
        #expect(VenueID(text)?.text == text)
    }

    @Test(arguments: [
        "", "Granville", "saint lô", "é", "a_b", "a.b", "../a", "a\n",
        String(repeating: "z", count: 41),
    ])
    func `not a slug`(text: String) {
        #expect(VenueID(text) == nil)
    }
}
