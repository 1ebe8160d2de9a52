import Foundation
import QAShared
import QATestKit
import Testing

@Suite struct VectorTests {
    // MARK: Texts

    private static let texts: [String] = [
        "Quel est le prix du certificat ?", "  Quel\t est\r\nle \u{A0}prix\u{202F}? ",
        "Où est-ce qu’on s’inscrit ?", "e\u{301}te\u{301} naïve ça œuvre",
        "ما هو سعر هذه الشهادة؟", "\u{200F}כמה עולה התעודה הזאת?\u{200E}",
        "ใบรับรอง นี้ ราคา เท่าไร", "この 証明書は いくら ですか", "這個證書多少錢一張呢請問",
        "👩‍💻 👩‍💻 👩‍💻 🇫🇷", "😀 😀 😀 😀 😀 😀", "\u{1F600}\u{1F600} \u{1F600} a",
        "un\u{0}deux\u{85}trois\u{7F}quatre", "un\u{2028}deux\u{2029}trois\u{3000}quatre",
        "un\u{202E}deux\u{202C} trois \u{2066}quatre\u{2069}", "a \u{202E} b \u{202A} c d e",
        "un\u{200B}deux trois quatre", "un\u{FEFF}deux trois quatre",
        "\u{FEFF}un deux trois", "\u{180E}un deux trois",
        "", " \n\t ", "\u{202E}\u{2069}", "\u{200B}\u{200D}", "\u{2060} \u{200B} \u{AD}",
        "\u{FEFF}", "\u{3164}\u{115F} \u{2800}", "\u{E0020}\u{E0021} \u{FE0F}",
        "\u{301}\u{301} \u{301}", "\u{20DD} \u{20DD}", "\u{E000} \u{F8FF}",
        "\u{903} \u{903} \u{903} \u{903} \u{903}", "\u{0} \u{1F}",
        "Quel ?", "a b c d e", "1 2 45678", "1 2 456789", "Quelestleprix ?", "aaaaaaaaaa",
        "mot \u{301}mot \u{301}mot", "abcd \u{200D}efgh \u{20E3}ijkl",
        "un mot " + String(repeating: "a", count: 30), "un mot " + String(repeating: "a", count: 31),
        "un mot " + String(repeating: "\u{1F600}", count: 30),
        "un mot " + String(repeating: "q\u{301}", count: 15) + "e",
        String(repeating: "mot ", count: 50), String(repeating: "mot ", count: 50) + "ab",
        String(repeating: "\u{1F600}\u{1F600}\u{1F600} ", count: 50),
        "A\u{30A} \u{212B} Å trois mots", "e\u{200D}\u{301}te\u{301} deux trois mots",
        "ê\u{323} ậ a\u{323}\u{302} Việt",
        "Z" + String(repeating: "\u{351}\u{36B}\u{343}", count: 12) + "ut alors deux trois",
        "א\u{5B8}\u{5BC}\u{591}\u{5BF}\u{5C1}\u{5C2} deux trois quatre",
        "क\u{94D}\u{200D}ष\u{94D}\u{200D}\u{200D} प्रमाणपत्र क्या है",
        "می\u{200C}خواهم بدانم قیمت", "a\u{200C}b\u{200D}c deux trois quatre",
        "\u{200D}\u{200C}un \u{200D} deux\u{200D} trois quatre",
        "prix\u{200E} 123\u{200F} euros \u{61C}ici", "\u{200F}(12) שלום\u{200E}! 3 mots",
        "12\u{200E} \u{200F}.. كم السعر\u{61C}؟",
        "\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F} un deux trois",
        "un\u{E0067}\u{E0062} deux trois quatre",
        "❤\u{FE0F}\u{200D}🔥 1\u{FE0F}\u{20E3} 🏳\u{FE0F}\u{200D}🌈 🧑🏽\u{200D}🚀", "un\u{3164}deux\u{FFA0}trois quatre cinq",
        "\u{1100}\u{1161}\u{11A8} 각 deux trois", "\u{2000}un\u{2001}deux\u{37E} trois\u{387} quatre",
        "combien d'\u{212B}\u{200B}ngströms ici",
        "<b>gras</b> & \"guillemets\" \\ /", "a b c </script><script>",
    ]

    @Test func `texts are cleaned and checked as the vectors say`() throws {
        let values = Self.texts.map { raw in
            var members: [JSON.Member] = [
                .init("raw", .string(raw)), .init("clean", .string(QuestionText.clean(raw))),
            ]
            do throws(Rejection) {
                let text = try QuestionText.checked(raw, limits: EventLimits())
                members.append(.init("text", .string(text)))
            } catch {
                members.append(.init("code", .string(error.code.rawValue)))
                if let limit = error.limit { members.append(.init("limit", .integer(limit))) }
            }
            return JSON.object(members)
        }
        try Vectors.check("text.json", [("texts", values)])
    }

    // MARK: Frames

    @Test func `the examples of the protocol's page are frames`() throws {
        let page = Vectors.folder.appendingPathComponent("../../docs/PROTOCOL.md").standardized
        let text = try String(decoding: Data(contentsOf: page), as: UTF8.self)
        var examples = 0
        for line in text.split(separator: "\n") where line.hasPrefix(#"{"type":"#) && line.hasSuffix("}") {
            let frame = Array(line.replacing("<id128>", with: numbered(3, Question.self).text).utf8)
            let isClients = (try? ClientFrame.decode(frame)) != nil
            if !isClients {
                let isHubs = try? ServerFrame.decode(frame)
                #expect(isHubs != nil, "\(line)")
            }
            examples += 1
        }
        #expect(examples >= 9)
    }

    private func named(_ name: String, _ bytes: [UInt8]) throws -> JSON {
        .object([.init("name", .string(name)), .init("frame", try Vectors.json(bytes))])
    }

    @Test func `frames are written as the vectors say`() throws {
        let client = try Self.client.map { try named($0.name, $0.frame.encode()) }
        let hub =
            try Self.hub.map { try named($0.name, $0.frame.encode()) } + [
                named("records", Array(GoldenFrames.records.utf8))
            ]
        let invalid = InvalidFrames.all.map { frame in
            JSON.object(
                [.init("text", .string(frame.text)), .init("code", .string(frame.code.rawValue))]
                    + (frame.field.map { [.init("field", .string($0))] } ?? []))
        }
        try Vectors.check(
            "frames.json", [("client", client), ("hub", hub), ("invalid", invalid)])
    }

    // MARK: Close codes

    @Test func `which close codes one comes back after is as the vectors say`() throws {
        let codes = Array(1000...1015) + [3000, 3999, 4000, 4001, 4499] + Array(4500...4510) + [4999]
        let values = codes.map { code in
            JSON.object([
                .init("code", .integer(code)), .init("reconnects", .bool(CloseCode.reconnects(UInt16(code)))),
            ])
        }
        try Vectors.check("close.json", [("codes", values)])
    }

    @Test func `the protocol's page says the same of each close code`() throws {
        let page = Vectors.folder.appendingPathComponent("../../docs/PROTOCOL.md").standardized
        let text = try String(decoding: Data(contentsOf: page), as: UTF8.self)
        var told: [UInt16: Bool] = [:]
        for line in text.split(separator: "\n") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 3, let code = UInt16(cells[0]), code >= 1000 else { continue }
            told[code] = cells[2].hasPrefix("yes")
        }
        for code in CloseCode.allCases {
            #expect(told[code.rawValue] == CloseCode.reconnects(code.rawValue), "\(code)")
        }
        #expect(told.count == CloseCode.allCases.count)
    }

    private static let client = GoldenFrames.client + GoldenFrames.uplinkClient
    private static let hub = GoldenFrames.hub + GoldenFrames.uplinkHub

    private func type(_ bytes: [UInt8]) throws -> String? {
        if case .string(let type)? = try JSON.parse(bytes)["type"] { type } else { nil }
    }

    /// The types that docs/PROTOCOL.md shows an example of; a test above reads each of them.
    private var documented: Set<String> {
        get throws {
            let page = Vectors.folder.appendingPathComponent("../../docs/PROTOCOL.md").standardized
            let text = try String(decoding: Data(contentsOf: page), as: UTF8.self)
            return Set(text.matches(of: /^`?\{"type":"([a-z]+)"/.anchorsMatchLineEndings()).map { String($0.1) })
        }
    }

    @Test func `there is a golden frame of every type and every command`() throws {
        let types = try (Self.client.map { $0.frame.encode() } + Self.hub.map { $0.frame.encode() }).compactMap(type)
        #expect(Set(types).union(["records"]) == (try documented))
        var commands: Set<String> = []
        for (_, frame) in Self.client {
            #expect(try ClientFrame.decode(frame.encode()) == frame)
            if case .command(_, let command) = frame { commands.insert(command.kind.rawValue) }
        }
        for (_, frame) in Self.hub { #expect(try ServerFrame.decode(frame.encode()) == frame) }
        let without: [Command.Kind] = [
            .vote, .configure, .addToken, .revokeToken, .flag, .setLine, .redeem, .issueCodes, .revokeCodes,
        ]
        let expected = Command.Kind.allCases.filter { !without.contains($0) }.map(\.rawValue)
        #expect(commands == Set(expected))
        #expect(Set(Self.client.map(\.name)).count == Self.client.count)
        #expect(Set(Self.hub.map(\.name)).count == Self.hub.count)
    }
}
