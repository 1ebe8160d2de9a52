import Glibc
import QAShared
import Testing

@testable import QAClient

/// Whole screens, compared with the files beside this one; `UPDATE_GOLDENS=1` writes them anew.
@Suite struct RenderTests {
    static let sizes = [(80, 24), (200, 60), (60, 16)]
    static let scenes =
        [
            "list", "approved", "live", "done", "all", "dismiss", "block", "edit", "talks", "history",
            "search", "help", "offline", "detail", "refused", "new", "english", "ascii", "empty",
        ] + duplicateScenes + togetherScenes
    static let duplicateScenes = [
        "doubtful", "candidate", "second", "whole", "group", "leaving", "merged", "uniting", "judged",
        "doubtful-english", "doubtful-ascii",
    ]

    static let togetherScenes = [
        "order", "by-hand", "floor", "called", "people", "claimed", "taken", "notes", "channel", "unread", "stage",
        "stage-read", "hand", "labels", "marked", "marked-dismiss", "move", "heard", "organiser", "rehearsal",
        "end-rehearsal", "tokens", "secret", "revoking", "line-cut", "refusals", "together-english",
        "together-ascii",
    ]

    @Test(arguments: scenes)
    func `a screen looks as agreed`(_ scene: String) throws {
        for (columns, rows) in Self.sizes {
            let model = Self.scene(scene, columns, rows)
            let text = render(model, model.size).text
            try Golden.check(text, "\(scene)-\(columns)x\(rows)")
        }
    }

    static func scene(_ name: String, _ columns: Int, _ rows: Int) -> Model {
        if togetherScenes.contains(name) { return Fixture.togetherScene(name, columns, rows) }
        if duplicateScenes.contains(name) { return duplicateScene(name, columns, rows) }
        let model = Fixture.model(
            columns, rows, words: name == "english" ? English() : French(),
            glyphs: name == "ascii" ? .ascii : .unicode)
        switch name {
        case "approved": return Fixture.press(model, .right).0
        case "live": return Fixture.press(Fixture.type(model, "0").0, .right, .right).0
        case "done": return Fixture.press(model, .right, .right, .right).0
        case "all": return Fixture.type(model, "0").0
        case "dismiss": return Fixture.type(model, "d").0
        case "block": return Fixture.type(model, "b").0
        case "edit": return Fixture.type(model, "eÉ").0
        case "talks": return Fixture.type(model, "t").0
        case "history": return Fixture.type(model, "U").0
        case "search": return Fixture.type(model, "/certi").0
        case "help": return Fixture.type(model, "?").0
        case "detail": return Fixture.press(model, .enter).0
        case "offline":
            return Fixture.after(
                model, .link(.offline(since: 88_000, reason: "no route")),
                .outgoing([
                    Outgoing(
                        id: CommandID(high: 1, low: 1), command: .approve(Fixture.id(5)),
                        stage: .waiting),
                    Outgoing(
                        id: CommandID(high: 1, low: 2),
                        command: .edit(Fixture.id(6), text: "Que faire quand la mer monte ?"),
                        stage: .sent),
                ]))
        case "refused":
            return Fixture.after(model, .rejected(Rejection(.superseded), .approve(Fixture.id(5))))
        case "new":
            return Fixture.changed(model) { view in
                for (number, venue) in [(20, Fixture.agneaux), (21, Fixture.granville)] {
                    view.cards[Fixture.id(number)] = Fixture.card(
                        number, venue, "pending", "Tout juste arrivée, la \(number) ?")
                }
            }
        case "empty":
            return Fixture.changed(model) {
                $0.cards = [:]; $0.live = nil; $0.queue = []
            }
        default: return model
        }
    }

    private static func duplicateScene(_ name: String, _ columns: Int, _ rows: Int) -> Model {
        let model = Fixture.duplicates(
            columns, rows, words: name == "doubtful-english" ? English() : French(),
            glyphs: name == "doubtful-ascii" ? .ascii : .unicode)
        switch name {
        case "candidate": return Fixture.at(20, model)
        case "second": return Fixture.type(Fixture.at(20, model), "c").0
        case "whole": return Fixture.press(Fixture.at(20, model), .enter).0
        case "group": return Fixture.at(3, model)
        case "leaving": return Fixture.type(Fixture.at(3, model), "s").0
        case "merged": return Fixture.at(15, model)
        case "uniting": return Fixture.type(Fixture.at(5, model), "Mcertificat").0
        case "judged":
            let united = Fixture.type(Fixture.type(model, "D").0, "m").0
            return Fixture.after(united, Fixture.outgoing(.unite(Fixture.id(20), into: Fixture.id(13))))
        default: return Fixture.type(model, "D").0
        }
    }

    @Test func `a window too small asks for a larger one, and none is too small to draw`() {
        for columns in [1, 2, 5, 20, 59, 60, 61, 79, 149, 150, 151] {
            for rows in [1, 2, 5, 15, 16, 17, 29, 30, 31] {
                for scene in Self.scenes {
                    let model = Self.scene(scene, columns, rows)
                    let frame = render(model, model.size)
                    #expect(frame.size == Size(columns: columns, rows: rows))
                }
            }
        }
        let text = render(Fixture.model(40, 10), Size(columns: 40, rows: 10)).text
        #expect(text.contains("Fenêtre trop petite (40×10)"))
    }

    @Test func `every row is exactly as wide as the window`() {
        for scene in Self.scenes {
            for (columns, rows) in Self.sizes {
                let model = Self.scene(scene, columns, rows)
                let frame = render(model, model.size)
                for row in 0..<rows {
                    let width = (0..<columns).reduce(0) { $0 + Int(frame[$1, row].width) }
                    #expect(width == columns, "\(scene) \(columns)x\(rows) row \(row)")
                }
            }
        }
    }

    /// The last two rows.
    private func foot(_ model: Model) -> String {
        render(model, model.size).text.split(separator: "\n", omittingEmptySubsequences: false)
            .dropLast().suffix(2).joined(separator: "\n")
    }

    @Test func `a screen of 120 columns names every key at its foot`() {
        for words in CatalogueTests.catalogues {
            for columns in [120, 150, 200, 300] {
                let foot = foot(Fixture.model(columns, 40, words: words))
                for entry in words.keys.joined() {
                    #expect(foot.contains("\(entry.key) \(entry.word)"), "\(columns) \(entry)")
                }
            }
        }
    }

    @Test func `a narrow screen names the most used keys, and always help and the way out`() {
        for words in CatalogueTests.catalogues {
            for columns in 60...120 {
                let foot = foot(Fixture.model(columns, 24, words: words))
                for key in ["?", "q", "a", "d", "e", "u"] {
                    let entry = words.keys.joined().first { $0.key == key }!
                    #expect(foot.contains("\(key) \(entry.word)"), "\(columns) \(key)")
                }
            }
            let small = foot(Fixture.model(80, 24, words: words))
            for key in "rp/Unti" {
                let entry = words.keys.joined().first { $0.key == String(key) }!
                #expect(small.contains("\(key) \(entry.word)"), "\(key)")
            }
        }
    }

    @Test func `what is new never covers a count, at any width`() {
        for words in CatalogueTests.catalogues {
            for columns in 60...100 {
                for count in [1, 2, 12, 120] {
                    let model = Fixture.changed(Fixture.model(columns, 24, words: words)) { view in
                        for number in 100..<100 + count {
                            view.cards[Fixture.id(number)] = Fixture.card(
                                number, Fixture.agneaux, "pending", "Nouvelle \(number) ?")
                        }
                    }
                    let row = render(model, model.size).text.split(separator: "\n")[4]
                    let last = "\(words.section(.done)) 2 "
                    #expect(row.contains(last) && row.contains("•"), "\(columns) \(count) \(row)")
                }
            }
            let two = Fixture.changed(Fixture.model(60, 16, words: words)) { view in
                for number in [20, 21] {
                    view.cards[Fixture.id(number)] = Fixture.card(
                        number, Fixture.agneaux, "pending", "Nouvelle \(number) ?")
                }
            }
            #expect(render(two, two.size).text.contains("• " + words.newOnes(2)))
        }
    }

    @Test func `signs of ASCII only means no middle dot either`() {
        for name in Self.scenes {
            for (columns, rows) in Self.sizes {
                var model = Self.scene(name, columns, rows)
                model.glyphs = .ascii
                #expect(!render(model, model.size).text.contains("·"), "\(name)")
            }
        }
    }

    @Test func `before the hub was reached there is a screen that says so`() {
        let model = Model(size: Size(columns: 80, rows: 24), words: French(), hub: "")
        #expect(render(model, model.size).text.contains("connexion…"))
        let offline = Fixture.after(
            model, .tick(Fixture.clock(5000)), .link(.offline(since: 1000, reason: nil)))
        #expect(render(offline, offline.size).text.contains("hors ligne depuis 4 s"))
    }

    @Test func `why the hub cannot be reached is said in the language of the screen`() {
        for (words, told) in [(French() as any Words, "serveur injoignable"), (English(), "server not reachable")] {
            let model = Fixture.after(
                Model(size: Size(columns: 120, rows: 24), words: words, hub: ""), .tick(Fixture.clock(5000)),
                .link(.offline(since: 1000, reason: "Unable to connect")))
            let text = render(model, model.size).text
            #expect(text.contains(told) && !text.contains("Unable"))
        }
        #expect(French().failure("HS: ws upgrade response not 101") == "réponse inattendue à cette adresse")
        #expect(English().failure("something else") == "something else")
    }
}

/// Files of expected text beside the tests.
enum Golden {
    static func check(_ text: String, _ name: String, file: String = #filePath) throws {
        let folder = file.split(separator: "/").dropLast().joined(separator: "/")
        let path = "/\(folder)/Goldens/\(name).txt"
        if getenv("UPDATE_GOLDENS") != nil {
            let file = try #require(fopen(path, "w"))
            fputs(text, file)
            fclose(file)
            return
        }
        let file = try #require(fopen(path, "r"), "no golden \(name)")
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 200_000)
        let count = fread(&bytes, 1, bytes.count, file)
        let expected = String(decoding: bytes.prefix(count), as: UTF8.self)
        #expect(text == expected, "\(name)")
    }
}
