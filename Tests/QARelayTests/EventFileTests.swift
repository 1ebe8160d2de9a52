import Foundation
import QAShared
import Testing

@testable import QARelay

@Suite struct EventFileTests {
    /// A sound file; the cases below are this one with something changed.
    static let sound = """
        id: spring-day
        title: Spring day
        languages: [fr, en]
        date: 2009-11-24
        venues:
          - id: granville
            name: Granville
            place: Town hall
            coordinates: [48.8378, -1.5974]
            expected: 120
          - id: agneaux
            name: Agneaux
            place: Lycée
        talks:
          - id: certificate
            title: The certificate
            speaker: An expert
        moderation: on
        order: by_votes
        limits:
          text_minimum: 5
          text_maximum: 300
        retention_days: 10

        """

    /// A change of the sound file, and the one problem it has then.
    struct Case: CustomTestStringConvertible {
        var from: String
        var to: String
        var line: Int
        var column: Int
        var text: String
        var more: [(from: String, to: String)] = []
        var testDescription: String { to.isEmpty ? "without \(from)" : to }

        init(_ from: String, _ to: String, _ line: Int, _ column: Int, _ text: String) {
            self.from = from
            self.to = to
            self.line = line
            self.column = column
            self.text = text
        }

        /// Empty when the sound file does not hold what is to be changed.
        var file: String {
            var file = sound
            for (from, to) in [(from, to)] + more {
                guard let range = file.firstRange(of: from) else { return "" }
                file.replaceSubrange(range, with: to)
            }
            return file
        }
    }

    @Test func `a sound file is read whole`() throws {
        let setup = try EventFile.read(Self.sound).get()
        let granville = Venue(
            id: try #require(VenueID("granville")), name: "Granville", place: "Town hall",
            latitude: 48.8378, longitude: -1.5974, expected: 120)
        let agneaux = Venue(
            id: try #require(VenueID("agneaux")), name: "Agneaux", place: "Lycée")
        let talk = Talk(
            id: try #require(TalkID("certificate")), title: "The certificate", speaker: "An expert")
        let expected = EventSetup(
            id: "spring-day", title: "Spring day", languages: ["fr", "en"], date: "2009-11-24",
            venues: [granville, agneaux], talks: [talk], moderated: true, order: .byVotes,
            limits: EventLimits(textMinimum: 5, textMaximum: 300), retentionDays: 10)
        #expect(setup == expected)
    }

    @Test(arguments: [
        ("on", true), ("off", false), ("true", true), ("false", false), ("\"on\"", true), ("Off", false),
    ])
    func `moderation is on or off, however YAML takes it`(word: String, value: Bool) throws {
        let file = Case("moderation: on", "moderation: \(word)", 0, 0, "").file
        #expect(try EventFile.read(file).get().moderated == value)
    }

    @Test(arguments: QueueOrder.allCases, [true, false])
    func `every order is a word of the file, and there is a floor or none`(order: QueueOrder, floor: Bool) throws {
        let file = Case("order: by_votes", "order: \(order.rawValue)\nfloor: \(floor)", 0, 0, "").file
        let setup = try EventFile.read(file).get()
        #expect(setup.order == order && setup.floor == floor)
    }

    @Test(arguments: VoteRule.allCases)
    func `votes are everybody's unless the file asks for codes`(rule: VoteRule) throws {
        let file = Case("order: by_votes", "order: by_votes\nvotes: \(rule.rawValue)", 0, 0, "").file
        #expect(try EventFile.read(file).get().votes == rule)
        #expect(try EventFile.read(Self.sound).get().votes == .open)
    }

    @Test func `labels are proposed in the order of the file`() throws {
        let file = Case("retention_days: 10", "labels: [prix, à-voir]", 0, 0, "").file
        #expect(try EventFile.read(file).get().labels == ["prix", "à-voir"])
    }

    @Test func `row 25 a person with a certificate is named with who issued it`() throws {
        func read(_ lines: String) -> Result<EventSetup, EventFileProblems> {
            EventFile.read(Case("retention_days: 10", "contact: Mairie\ncertificates:\n" + lines, 0, 0, "").file)
        }
        let person = "  - subject: CN=Anne\n    role: moderator\n    name: Anne\n"
        let setup = try read(person + "    issuer: CN=IGC\n    venue: granville\n").get()
        #expect(setup.contact == "Mairie")
        #expect(
            setup.certificates == [
                CertificateHolder(
                    subject: "CN=Anne", issuer: "CN=IGC", role: .moderator, venue: VenueID("granville"), name: "Anne")
            ])
        func problem(_ lines: String) -> String {
            guard case .failure(let problems) = read(lines) else { return "" }
            return problems.description
        }
        #expect(problem(person).contains("Nothing says who issued this certificate"))
        #expect(problem(person + "    issuer: CN=IGC\n    venue: mars\n").contains("no venue “mars”"))
        #expect(problem(person + "    authority: abc\n").contains("no fingerprint"))
        let twice = person + "    issuer: CN=IGC\n"
        #expect(problem(twice + twice).contains("in the list already"))
        #expect(problem(twice.replacing("moderator", with: "audience")).contains("“moderator”, “speaker”"))
    }

    @Test func `a provider of identities is reached by TLS, and its people are named once`() throws {
        func read(_ people: String, issuer: String = "https://idp.example/agents") -> Result<
            EventSetup, EventFileProblems
        > {
            let lines =
                "sign_in:\n  issuer: \(issuer)\n  client_id: questions\n  secret_file: /etc/qarelay/secret\n  people:\n"
                + people
            return EventFile.read(Case("retention_days: 10", lines, 0, 0, "").file)
        }
        let anne = "    - value: anne@manche.example\n      role: moderator\n      venue: granville\n      name: Anne\n"
        let signIn = try #require(try read(anne).get().signIn)
        #expect(
            signIn
                == SignInSetup(
                    issuer: "https://idp.example/agents", clientID: "questions", secretFile: "/etc/qarelay/secret",
                    people: [
                        SignInSetup.Member(
                            value: "anne@manche.example", role: .moderator, venue: VenueID("granville"), name: "Anne")
                    ]))
        func problem(_ people: String, issuer: String = "https://idp.example/agents") -> String {
            guard case .failure(let problems) = read(people, issuer: issuer) else { return "" }
            return problems.description
        }
        #expect(problem(anne, issuer: "http://idp.example").contains("not the address of a provider by TLS"))
        #expect(problem(anne, issuer: "http://localhost.evil.example").contains("not the address of a provider by TLS"))
        #expect(problem(anne, issuer: "https://idp.example?a=b").contains("not the address of a provider by TLS"))
        #expect(try read(anne, issuer: "http://127.0.0.1:9400").get().signIn != nil)
        #expect(problem(anne + anne).contains("in the list already"))
        #expect(problem(anne.replacing("granville", with: "mars")).contains("no venue “mars”"))
        #expect(problem(anne.replacing("moderator", with: "audience")).contains("“moderator”, “speaker”"))
    }

    @Test func `row 25 subject and issuer both have to fit`() {
        let shown = CertificateName(subject: "CN=Anne", issuer: "CN=IGC", authority: "aa")
        func holds(_ subject: String, _ issuer: String?, _ authority: String?) -> Bool {
            CertificateHolder(subject: subject, issuer: issuer, authority: authority, role: .moderator, name: "x")
                .holds(shown)
        }
        #expect(holds("CN=Anne", "CN=IGC", nil) && holds("CN=Anne", nil, "aa") && holds("CN=Anne", "CN=IGC", "aa"))
        #expect(!holds("CN=Anne", nil, nil) && !holds("CN=Anne", "CN=Other", nil) && !holds("CN=Anne", "CN=IGC", "bb"))
        #expect(!holds("CN=Anna", "CN=IGC", nil))
    }

    @Test func `words are in the file or in one beside it, and wait unless it says that they are refused`() throws {
        let listed = Case("retention_days: 10", "words: [voleurs, pauvre type]", 0, 0, "").file
        #expect(try EventFile.read(listed).get().words == WordList(words: ["voleurs", "pauvre type"]))
        let folder = FileManager.default.temporaryDirectory.appending(path: "words-\(UUID())/").path + "/"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try "# one a line\n\nvoleurs\r\n pauvre  type \n".write(
            toFile: folder + "mots.txt", atomically: true, encoding: .utf8)
        let both = "words:\n  file: mots.txt\n  list: [escrocs]\n  then: refuse"
        let event = Case("retention_days: 10", both, 0, 0, "").file
        try event.write(toFile: folder + "event.yaml", atomically: true, encoding: .utf8)
        let words = try EventFile.load(path: folder + "event.yaml").get().words
        #expect(words == WordList(words: ["escrocs", "voleurs", "pauvre type"], refuses: true))
    }

    @Test func `what is left out has the defaults`() throws {
        let lines = Self.sound.split(separator: "\n", omittingEmptySubsequences: false)
        let setup = try EventFile.read(lines.prefix(17).joined(separator: "\r\n")).get()
        #expect(setup.moderated && setup.order == .byTurns && setup.floor && setup.retentionDays == 30)
        #expect(setup.limits == EventLimits())
    }

    @Test(arguments: EventFileCases.all)
    func `a problem is named with its line, what it is, and what to write instead`(
        _ example: Case
    ) throws {
        let file = example.file
        try #require(!file.isEmpty, "the sound file does not hold “\(example.from)”")
        guard case .failure(let failure) = EventFile.read(file) else {
            Issue.record("no problem was found")
            return
        }
        try #require(failure.problems.count == 1, "\(failure)")
        let problem = failure.problems[0]
        #expect(problem.line == example.line && problem.column == example.column, "\(problem)")
        let place = "\(example.line):\(example.column): "
        #expect(problem.description == place + example.text)
    }

    @Test func `all problems are told at once, in the order of their lines`() {
        let file = Case("id: spring-day", "id: Spring Day", 0, 0, "")
            .and("name: Agneaux", "nane: Agneaux")
            .and("title: The certificate", "title: a\n    title: b\n    title: c")
            .and("order: by_votes", "order: by_magic")
            .and("text_minimum: 5", "text_minimum: 0").file
        guard case .failure(let failure) = EventFile.read(file) else {
            Issue.record("no problem was found")
            return
        }
        #expect(
            failure.lines(path: "day.yaml").map { String($0.prefix { $0 != " " }) } == [
                "day.yaml:1:1:", "day.yaml:11:5:", "day.yaml:12:5:", "day.yaml:17:5:",
                "day.yaml:18:5:", "day.yaml:21:1:", "day.yaml:23:3:",
            ], "\(failure)")
    }

    @Test func `a value that is repeated in a message cannot speak to the terminal`() {
        let file = Case("order: by_votes", "order: \"\\e[31m\\u202Eby\"", 0, 0, "").file
        guard case .failure(let failure) = EventFile.read(file) else {
            Issue.record("no problem was found")
            return
        }
        #expect(failure.description.contains("“\\u{1b}[31m\\u{202e}by”"))
        #expect(failure.description.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
    }

    @Test func `a file that cannot be read is a problem too`() {
        guard case .failure(let missing) = EventFile.load(path: "no-such-file.yaml"),
            case .failure(let folder) = EventFile.load(path: "/")
        else {
            Issue.record("no problem was found")
            return
        }
        #expect(
            missing.description == """
                no-such-file.yaml: The file cannot be read: No such file or directory. \
                Check its name and the folder you are in.
                """)
        #expect(
            folder.description
                == "/: The file cannot be read: Is a directory. Name a file in that folder.")
    }

    @Test func `encodings and sizes that no editor should leave are told, a byte order mark is none`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "event-\(UUID()).yaml").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        func load(_ bytes: [UInt8]) -> String? {
            _ = FileManager.default.createFile(atPath: path, contents: Data(bytes))
            guard case .failure(let failure) = EventFile.load(path: path) else { return nil }
            return failure.problems.map(\.description).joined()
        }
        #expect(load([0xEF, 0xBB, 0xBF] + Array(Self.sound.utf8)) == nil)
        #expect(
            load(Array("id: a\ntitle: Lyc".utf8) + [0xE9, 0xE9, 0x0A])
                == "2:1: The text is not UTF-8. Save the file with the encoding UTF-8.")
        #expect(
            load([UInt8](repeating: 0x23, count: EventFile.maximumBytes + 1))
                == "The file has more than 262144 bytes. Check that it is the right one.")
    }

    @Test(arguments: ["rencontres-numeriques-2009", "example-minimal"])
    func `the examples that are shipped are sound`(name: String) throws {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let setup = try EventFile.load(path: "/\(root)/events/\(name).yaml").get()
        #expect(setup.limits == EventLimits())
        if name == "rencontres-numeriques-2009" {
            #expect(setup.venues.map(\.name) == ["Granville", "Agneaux", "Cherbourg"])
            #expect(setup.talks.count == 3 && setup.date == "2009-11-24")
        }
    }
}
