import Testing

@testable import QAClient

@Suite struct KeyDecoderTests {
    static let table: [(String, [Key])] = [
        ("a", [.character("a")]), ("é", [.character("é")]), ("日", [.character("日")]),
        ("👍", [.character("👍")]), ("\r", [.enter]), ("\n", [.enter]), ("\t", [.tab]),
        ("\u{7F}", [.backspace]), ("\u{8}", [.backspace]), ("\u{1}", [.control("a")]),
        ("\u{3}", [.control("c")]), ("\u{1A}", [.control("z")]), ("\u{0}", []),
        ("\u{1B}[A", [.up]), ("\u{1B}[B", [.down]), ("\u{1B}[C", [.right]), ("\u{1B}[D", [.left]),
        ("\u{1B}OA", [.up]), ("\u{1B}OH", [.home]), ("\u{1B}OF", [.end]), ("\u{1B}[H", [.home]),
        ("\u{1B}[F", [.end]), ("\u{1B}[1~", [.home]), ("\u{1B}[4~", [.end]),
        ("\u{1B}[3~", [.delete]),
        ("\u{1B}[5~", [.pageUp]), ("\u{1B}[6~", [.pageDown]), ("\u{1B}[Z", [.backTab]),
        ("\u{1B}[1;5A", [.up]), ("\u{1B}[24~", []), ("\u{1B}[?1;2c", []),
        ("\u{1B}[<0;10;10M", [.enter]),
        ("\u{1B}[200~a\nb\u{1B}[31m\u{1B}[201~c", [.paste("a\nb\u{1B}[31m"), .character("c")]),
        ("\u{1B}[200~\u{1B}[201~", [.paste("")]),
        ("\u{1B}d", [.escape, .character("d")]), ("\u{1B}\u{1B}[A", [.escape, .up]),
        ("xyz", [.character("x"), .character("y"), .character("z")]),
    ]

    /// The macro cannot call what changes its receiver, so values are compared here.
    private func expect(
        _ keys: [Key], _ expected: [Key], _ location: SourceLocation = #_sourceLocation
    ) {
        #expect(keys == expected, sourceLocation: location)
    }

    @Test func `every sequence is its key, whole and cut anywhere`() {
        for (text, keys) in Self.table {
            let bytes = Array(text.utf8)
            var whole = KeyDecoder()
            expect(whole.decode(bytes), keys)
            for cut in 0...bytes.count {
                var decoder = KeyDecoder()
                let pieces = decoder.decode(bytes[..<cut]) + decoder.decode(bytes[cut...])
                #expect(pieces == keys, "\(bytes) cut at \(cut)")
            }
            var single = KeyDecoder()
            expect(bytes.flatMap { single.decode([$0]) }, keys)
        }
    }

    @Test func `an escape is a key when nothing follows it`() {
        var decoder = KeyDecoder()
        expect(decoder.decode([0x1B]), [])
        #expect(decoder.isUndecided)
        expect(decoder.silence(), [.escape])
        #expect(!decoder.isUndecided)
        expect(decoder.decode([0x61]), [.character("a")])
    }

    @Test func `a paste may take its time`() {
        var decoder = KeyDecoder()
        expect(decoder.decode(Array("\u{1B}[200~dla".utf8)), [])
        #expect(!decoder.isUndecided)
        expect(decoder.silence(), [])
        expect(decoder.decode(Array("q\u{1B}[201~".utf8)), [.paste("dlaq")])
    }

    @Test func `bytes that are no text are passed over and nothing traps`() {
        var decoder = KeyDecoder()
        expect(decoder.decode([0xFF, 0xC3, 0x61]), [.character("a")])
        expect(decoder.decode([0xE0, 0x80, 0x62]), [.character("b")])
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                [
                    UInt8(0x1B), 0x5B, 0x7E, 0x32, 0x30, 0x31,
                    UInt8.random(in: 0...255, using: &generator),
                ]
                .randomElement(using: &generator) ?? 0
            }
            _ = decoder.decode(bytes)
            _ = decoder.silence()
        }
    }
}
