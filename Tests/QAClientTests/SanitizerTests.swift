import QAShared
import Testing

@testable import QAClient

@Suite struct SanitizerTests {
    /// What someone would send to take over a moderator's terminal.
    static let nasty: [String] = [
        "\u{1B}[2J\u{1B}[H", "\u{1B}]0;title\u{7}", "\u{1B}]52;c;ZXZpbA==\u{1B}\\",
        "\u{1B}P+q\u{1B}\\",
        "\u{9B}31m red", "\u{9D}0;t\u{9C}", "\u{90}x\u{9C}", "a\u{8}\u{8}b", "a\rb\nc\td",
        "\u{7F}\u{7F}",
        "\u{0}nul", "\u{202E}gnp.exe\u{202C}", "\u{2066}x\u{2069}", "\u{200E}\u{200F}\u{61C}",
        "\u{FEFF}bom",
        "a\u{200B}b\u{2060}c\u{AD}d", "\u{E0041}\u{E0042}tags", "x\u{FE0F}\u{FE0E}",
        "\u{FFF9}a\u{FFFA}b\u{FFFB}",
        "\u{2028}line\u{2029}", "\u{E000}private\u{F8FF}", "\u{FFFE}\u{10FFFF}",
        "Z\u{338}\u{322}\u{31B}\u{356}\u{316}\u{317}\u{318}algo",
        "\u{301}lone mark", "\u{200D}\u{200C}lone joiners\u{200D}", "\u{3164}\u{115F}\u{2800}",
        "👩‍💻👨‍👩‍👧‍👦🏳️‍🌈🇫🇷👍🏽", "می‌خواهم", "שלום עולם", "日本語テキスト", "한국어 각각", "नमस्ते क्षि", "สวัสดีครับ",
        String(repeating: "a", count: 5000), String(repeating: "\u{300}", count: 500), "\u{1F1EB}",
        "\u{200D}👩",
    ]

    private func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2028...0x202E,
            0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE0FFF, 0xFE00...0xFE0F:
            false
        default: true
        }
    }

    // By index, so that the log of a test run is not the first terminal to be taken over.
    @Test(arguments: nasty.indices)
    func `nothing of a text reaches the screen that could be an order`(_ index: Int) {
        let text = Self.nasty[index]
        for cluster in Sanitizer.clusters(text) {
            #expect(cluster.text.unicodeScalars.allSatisfy(isHarmless), "\(cluster)")
            #expect((1...2).contains(cluster.width))
            #expect(cluster.text.unicodeScalars.count { TextWidth.isMark($0) } <= 4)
        }
    }

    @Test(arguments: nasty.indices)
    func `no rendered screen holds a control character or a row of the wrong width`(_ index: Int) {
        let text = Self.nasty[index]
        for (columns, rows) in [(80, 24), (200, 60), (60, 16)] {
            var model = Fixture.model(columns, rows)
            model = Fixture.changed(model) { view in
                for id in view.cards.keys {
                    view.cards[id]?.text = text
                    view.cards[id]?.name = text
                    view.cards[id]?.original = text + "!"
                }
                view.event?.title = text
                view.event?.venues[1].name = text
                view.event?.talks[1].title = text
                view.event?.talks[1].speaker = text
            }
            let scenes = [
                model, Fixture.type(model, "e").0, Fixture.type(model, "t").0,
                Fixture.type(model, "U").0,
                Fixture.press(model, .enter).0,
                Fixture.press(Fixture.type(model, "/").0, .paste(text)).0,
                Fixture.after(model, .link(.offline(since: 0, reason: text))),
            ]
            for scene in scenes {
                let frame = render(scene, scene.size)
                for cell in frame.cells {
                    #expect(cell.text.unicodeScalars.allSatisfy(isHarmless))
                }
                for row in 0..<rows {
                    #expect((0..<columns).reduce(0) { $0 + Int(frame[$1, row].width) } == columns)
                }
            }
        }
    }

    @Test func `every scalar there is comes through harmless`() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            for cluster in Sanitizer.clusters(String(scalar)) {
                guard cluster.text.unicodeScalars.allSatisfy(isHarmless) else {
                    Issue.record("U+\(String(value, radix: 16))")
                    return
                }
            }
        }
    }

    @Test func `joiners stay where they join`() {
        #expect(Sanitizer.clean("👩‍💻") == "👩‍💻")
        #expect(Sanitizer.clean("می‌خواهم") == "می‌خواهم")
        #expect(Sanitizer.clean("a\u{200D}b") == "ab")
    }

    @Test(arguments: [
        ("a", 1), ("é", 1), ("e\u{301}", 1), ("日", 2), ("한", 2), ("한", 2), ("☕", 2), ("👩‍💻", 2),
        ("🇫🇷", 2), ("👍🏽", 2), ("ｱ", 1), ("Ａ", 2), ("…", 1), ("▲", 1), ("œ", 1), ("�", 1), ("ก็", 1),
    ])
    func `a cluster takes the columns that terminals give it`(_ text: String, _ width: Int) {
        #expect(TextWidth.of(text) == width)
    }

    @Test func `lines are broken at spaces and never too wide`() {
        #expect(TextLines.wrap("un deux trois", width: 8) == ["un deux", "trois"])
        #expect(TextLines.wrap("Quel est le prix ?", width: 17) == ["Quel est le", "prix ?"])
        #expect(TextLines.wrap("日本語の質問", width: 5) == ["日本", "語の", "質問"])
        #expect(TextLines.wrap("un deux trois", width: 8, count: 1, ellipsis: "…") == ["un deux…"])
        #expect(TextLines.wrap("", width: 8).isEmpty)
        for text in Self.nasty {
            for width in [2, 7, 40] {
                #expect(TextLines.wrap(text, width: width).allSatisfy { TextWidth.of($0) <= width })
            }
        }
    }

    @Test func `folding takes accents and case away and nothing else`() {
        #expect(
            Folded.text("Œuvre d'ÉTÉ à Saint-Lô, ça coûte 10 €")
                == "oeuvre d'ete a saint-lo, ca coute 10 €")
        #expect(Folded.text("e\u{301}") == "e")
        #expect(Folded.text("STRAßE Øster 日本") == "strasse oster 日本")
    }
}
