import Foundation
import QAShared
import Testing

@testable import QAClient

@Suite struct CatalogueTests {
    static let catalogues: [any Words] = [French(), English()]

    @Test func `every rejection code has a sentence in every language`() {
        for words in Self.catalogues {
            for code in Rejection.Code.allCases {
                let sentence = words.rejection(Rejection(code, limit: 10))
                #expect(sentence.count > 12 && sentence.hasSuffix("."), "\(words.code) \(code)")
            }
        }
    }

    @Test func `every reason, action and close code has words`() {
        for words in Self.catalogues {
            for reason in DismissReason.allCases {
                #expect(!words.reason(reason.rawValue).contains("_"))
            }
            for kind in Command.Kind.allCases
            where Role.moderator.may(kind) || Role.organiser.may(kind) {
                let text = words.done(kind.rawValue, number: 3, talk: "T", reason: nil)
                if ![.configure, .addToken, .revokeToken, .flag, .setLine, .issueCodes, .revokeCodes].contains(kind) {
                    #expect(text != kind.rawValue)
                }
            }
            for code in CloseCode.allCases where !CloseCode.reconnects(code.rawValue) {
                #expect(words.closed(code.rawValue).hasSuffix("."))
            }
        }
    }

    @Test func `the keys and the questions fit into 80 columns`() {
        for words in Self.catalogues {
            let lines =
                [words.editKeys, words.talksKeys, words.historyKeys, words.detailKeys]
                + [
                    words.deafKeys, words.markedKeys(200), words.menuKeys, words.refusalKeys, words.tokenKeys,
                    words.secretKeys,
                ]
                + [Writing.Purpose.channel(about: nil), .stage, .entering(Fixture.agneaux), .endRehearsal, .newTalk].map
            {
                words.writingKeys($0, about: "n° 12", hasStage: true)
            }
            for line in lines {
                let width = line.reduce(-2) {
                    $0 + TextWidth.of($1.key) + TextWidth.of($1.word) + 3
                }
                #expect(width <= 79, "\(line)")
            }
            for question in [words.chooseReason, words.mayQuit(12), words.mayBlock(1234, on: true), words.mayClose] {
                #expect(TextWidth.of(question) <= 76, "\(question)")
            }
            let reasons = Model.reasons.map { words.reason($0.rawValue) }
            for half in [reasons.prefix(4), reasons.suffix(4)] {
                #expect(half.reduce(-1) { $0 + TextWidth.of($1) + 4 } <= 60)
            }
        }
    }

    @Test func `every key of the foot is under help too`() {
        for words in Self.catalogues {
            let others = ["R", "P", "F", "O", "*"].map { KeyWord($0, "") }
            let more = words.moreKeys.flatMap { $0 } + [words.moveKeys] + others
            let help = Set(words.help.flatMap { $0.key.split(separator: " ").map(String.init) })
            for entry in words.keys.flatMap({ $0 }) + more where entry.key != "?" {
                for key in entry.key.split(separator: " ") { #expect(help.contains(String(key)), "\(entry.key)") }
            }
        }
    }

    @Test func `French is written with one kind of apostrophe`() throws {
        let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent("../../Sources/QAClient/Screen").standardized
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("French") }
        #expect(files.count > 4)
        for file in files {
            let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
            for line in text.split(separator: "\n") where !line.contains("//") {
                #expect(line.firstMatch(of: /".*\w'\w.*"/) == nil, "\(file): \(line)")
            }
        }
    }

    @Test func `a locale names its language`() {
        #expect(Catalogue.language(ofLocale: "fr_FR.UTF-8") == "fr")
        #expect(Catalogue.language(ofLocale: "en") == "en")
        #expect(Catalogue.language(ofLocale: "C.UTF-8") == nil)
        #expect(Catalogue.language(ofLocale: "de_DE") == nil)
    }

    @Test(arguments: [
        ("ws://127.0.0.1:8080", "127.0.0.1", 8080, "/ws"),
        ("ws://hub.example", "hub.example", 80, "/ws"),
        ("http://hub.example/", "hub.example", 80, "/ws"),
        ("wss://hub.example", "hub.example", 443, "/ws"),
        ("https://hub.example:80/", "hub.example", 80, "/ws"),
        ("ws://[::1]:9000/", "::1", 9000, "/ws"), ("ws://h:1/x/ws", "h", 1, "/x/ws"),
    ])
    func `a hub's address is read`(_ text: String, _ host: String, _ port: Int, _ path: String)
        throws
    {
        let address = try HubAddress(text)
        #expect(address.host == host && address.port == port && address.path == path)
        #expect(address.isSecure == (text.hasPrefix("wss:") || text.hasPrefix("https:")))
        #expect(try HubAddress(address.text) == address)
    }

    @Test(arguments: [
        "", "127.0.0.1:8080", "ftp://h", "HTTP://h", "wss://",
        "ws://", "ws://h:0", "ws://h:x", "ws://u@h", "ws://a:1:2",
        "ws://[::1",
    ])
    func `anything else is not an address`(_ text: String) {
        #expect(throws: HubAddress.Fault.malformed) { try HubAddress(text) }
    }

    @Test func `a hub that is not believed is told with the reason, and no control characters`() {
        for words in Self.catalogues {
            let unknown = words.untrusted(.unknownAuthority(fingerprint: "ab12"))
            #expect(unknown.hasSuffix("--fingerprint ab12"))
            let other = words.untrusted(.otherFingerprint(expected: "ab12", found: "cd34"))
            #expect(other.contains("ab12") && other.contains("cd34"))
            let names = ["b.example", "\u{1B}[2J"]
            let name = words.untrusted(.wrongName(wanted: "a.example", found: names))
            #expect(name.contains("a.example") && name.contains("b.example") && !name.contains("\u{1B}"))
            #expect(words.untrusted(.expired(on: "2026-11-23")).contains("2026-11-23"))
            #expect(words.untrusted(.notYetValid(before: "2026-11-23")).contains("2026-11-23"))
        }
    }
}
