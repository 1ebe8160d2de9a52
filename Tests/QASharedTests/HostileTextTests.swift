// Rows 34 to 36 of what `make trust` prints: directions, piles of marks, what hides and what pretends.

import QAShared
import QATestKit
import Testing

@Suite struct HostileTextTests {
    private func scalars(_ text: String) -> [Unicode.Scalar] { Array(text.unicodeScalars) }

    /// Writings in which marks, joiners and directions mean something.
    static let samples = [
        "ما هو سعر هذه الشهادة؟", "مَا هُوَ سِعْرُ الشَّهَادَةِ؟", "می\u{200C}خواهم بدانم", "كم السعر 12\u{200F}؟",
        "כמה עולה התעודה הזאת?", "בְּרֵאשִׁ֖ית בָּרָ֣א אֱלֹהִ֑ים", "שלום\u{200E} 123",
        "ใบรับรองนี้ราคาเท่าไร", "ผู้เข้าร่วมที่นี่", "Giấy chứng nhận giá bao nhiêu", "Ngữ nghĩa của ậ ệ ộ",
        "प्रमाणपत्र की कीमत क्या है", "क्\u{200D}ष और क्\u{200C}ष", "ক্ষুদ্র প্রশ্ন", "ශ්\u{200D}රී ලංකා",
        "👩\u{200D}👩\u{200D}👧\u{200D}👦 🏳\u{FE0F}\u{200D}🌈 👍🏽 🇫🇷", "1\u{FE0F}\u{20E3} ☎\u{FE0F} ❤\u{FE0F}\u{200D}🔥",
        "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", "日本語の質問 葛\u{E0100}", "한국어 각각", "ᠮᠣᠩᠭᠣᠯ",
    ]

    @Test(arguments: samples)
    func `rows 34 35 36: the writings of the world stay as they are`(text: String) {
        #expect(scalars(QuestionText.clean(text)) == scalars(text))
    }

    @Test func `row 34: overrides and isolates are gone, whatever stands around them`() {
        for value in Array(UInt32(0x202A)...0x202E) + Array(0x2066...0x2069) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            for frame in ["a%b", "א%ב", "%", "م %", "12%🇫🇷"] {
                let text = frame.replacing("%", with: String(scalar))
                #expect(!QuestionText.clean(text).unicodeScalars.contains(scalar))
            }
        }
    }

    @Test(arguments: [
        ("prix\u{200E} en\u{200F} euros\u{61C}", "prix en euros"), ("שלום\u{200E}!", "שלום\u{200E}!"),
        ("(\u{200F}שלום)", "(\u{200F}שלום)"), ("سعر\u{61C} 12", "سعر\u{61C} 12"), ("a\u{200F} שלום", "a\u{200F} שלום"),
        ("שלום a\u{200F}b", "שלום ab"),
    ])
    func `row 34: marks of direction stay beside what is written from right to left alone`(raw: String, cleaned: String)
    {
        #expect(scalars(QuestionText.clean(raw)) == scalars(cleaned))
    }

    @Test func `row 35: no letter carries more than four marks, however they are brought`() {
        let marks = (0x300...0x36F).compactMap { Unicode.Scalar($0) }
        for between in ["", "\u{200D}", "\u{FE0F}", "\u{E0100}", "\u{34F}", "\u{200B}", "\u{2060}"] {
            for base in ["a", "א", "ก", "क", "한", "👍", ""] {
                let pile = base + marks.map { String($0) + between }.joined()
                var count = 0
                for scalar in QuestionText.clean("un " + pile + " fin").unicodeScalars {
                    switch scalar.properties.generalCategory {
                    case .nonspacingMark, .spacingMark, .enclosingMark: count += 1
                    case .format: break
                    default: count = 0
                    }
                    #expect(count <= 4)
                }
            }
        }
    }

    @Test(arguments: Seeds.first(3))
    func `rows 34 35 36: a cleaned text is in one form and stays as it is`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces =
            Self.samples.flatMap { Array($0.unicodeScalars) }
            + (0x200B...0x200F).compactMap { Unicode.Scalar($0) } + [
                " ", "a", "\u{301}", "\u{323}", "\u{61C}", "\u{E0067}",
            ]
        for _ in 0..<3_000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<generator.below(14) { text.append(generator.pick(pieces)) }
            let once = QuestionText.clean(String(text))
            #expect(scalars(QuestionText.clean(once)) == scalars(once), "\(Seeds.hint(seed))")
        }
    }

    @Test func `row 36: joiners outside of the writings that know them are gone`() {
        #expect(QuestionText.clean("mer\u{200D}de m\u{200B}o\u{2060}t\u{AD}s \u{200C}et") == "merde mots et")
        #expect(QuestionText.clean("un\u{E0061}\u{E0062} deux") == "un deux")
        #expect(QuestionText.clean("k\u{3164}o") == "ko")
    }
}

@Suite struct WordListTests {
    private func asking(
        _ text: String, name: String? = nil, words: [String], refuses: Bool = false, moderated: Bool = false
    ) throws(Rejection) -> AskedQuestion? {
        var setup = Sample.setup(moderated: moderated)
        setup.words = WordList(words: words, refuses: refuses)
        var day = Day(setup)
        for (index, label) in ["moderator-granville", "Aide de salle"].enumerated() {
            let token = AccessToken(
                id: numbered(70 + index), check: numbered(1), role: .moderator, venue: nil, label: label)
            try day.send(.addToken(token), by: Person.organiser)
        }
        try day.send(.ask(text: text, name: name, talk: nil), by: Person.phone(1))
        for case .questionAsked(let asked)? in [day.entries.last?.changes.first] { return asked }
        return nil
    }

    @Test(arguments: [
        "Vous êtes des voleurs non ?", "VOLEURS de l’État oui", "Les v0leurs sont là", "des voléurs par ici",
        "les vοlеurs grecs",
        "les ｖｏｌｅｕｒｓ larges", "les 𝐯𝐨𝐥𝐞𝐮𝐫𝐬 gras", "les vo1eurs chiffrés", "les voIeurs avec I",
        "v.o.l.e.u.r.s en points",
        "des v o l e u r s épelés", "les vooooleurs étirés ici", "les vol\u{200D}eurs joints",
        "les v\u{336}o\u{336}leurs barrés",
        "les ⓥⓞⓛⓔⓤⓡⓢ ronds", "les vo|eurs barre là", "«voleurs» entre guillemets", "vvoilà les voleur$ vus",
        "ѵоӏеurѕ cyrilliques ici même",
    ])
    func `row 36: a word of the list is known under whatever signs it is spelt`(text: String) throws {
        #expect(try asking(text, words: ["autre", "voleurs"])?.held == "voleurs")
        #expect(throws: Rejection(.wordsRefused, field: "text")) { try asking(text, words: ["voleurs"], refuses: true) }
    }

    @Test(arguments: [
        "Survoleurs et envoleurs du ciel", "Le voleur seul n’y est pas", "Il y a 100 % de hausse",
        "Combien ça coûte 10101 ?",
        "Quel est le prix ?", "مَا هُوَ سِعْرُ الشَّهَادَةِ؟", "c’est l’île d’Aix",
    ])
    func `row 36: other words are not`(text: String) throws {
        #expect(try asking(text, words: ["voleurs", "con", "1010", "lil"])?.held == nil)
    }

    @Test(arguments: [
        ("ВРАГ народа здесь", "враг"), ("враг народа здесь", "ВРАГ"), ("ΕΧΘΡΟΣ του λαού", "εχθρός"),
        ("היא זונה כזאת כן", "זונה"),
        ("C’est un pauvre type !", "pauvre type"), ("un PAUVRE  tуpе oui", "pauvre type"),
        ("Œufs pourris à tous", "oeufs"),
        ("le corn est mûr", "com"), ("das ist STRASSE hier", "straße"), ("une A$$0 ici", "asso"),
    ])
    func `row 36: in any alphabet, in several words, with ligatures`(text: String, word: String) throws {
        #expect(try asking(text, words: [word])?.held == word)
    }

    @Test func `row 36: what holds a word waits although nothing else does, and what does not is published`() throws {
        #expect(try asking("Les voleurs sont là", words: ["voleurs"])?.approved == false)
        #expect(try asking("Les honnêtes sont là", words: ["voleurs"])?.approved == true)
        #expect(try asking("Les honnêtes sont là", name: "Le Vo1eurs", words: ["voleurs"])?.held == "voleurs")
        #expect(try asking("Les voleurs sont là", words: ["voleurs"], moderated: true)?.held == "voleurs")
        #expect(try asking("Les voleurs sont là", words: [])?.approved == true)
    }

    @Test(arguments: [
        "moderator-granville", "Moderator Granville", "ｍｏｄｅｒａｔｏｒ", "Modérateur", "mоdérаteur", "M0dérateur",
        "Organisatrice",
        "Granville", "Granvi1le", "GranvilIe", "Modération – Granville", "aide de sa1le", "Speaker",
        "\u{1D40C}oderator",
    ])
    func `row 36: nobody goes by the name of a moderator, a speaker or a venue, or by one that looks like it`(
        name: String
    ) {
        #expect(throws: Rejection(.nameReserved, field: "name")) {
            try asking("Quel est le prix ?", name: name, words: [])
        }
    }

    @Test(arguments: ["Anne", "Granvillaise", "Marie Modeste", "أحمد", "דוד", "王"])
    func `row 36: other names are everybody's`(name: String) throws {
        #expect(try asking("Quel est le prix ?", name: name, words: [])?.name == name)
    }

    @Test func `the list and the word are in the log, and what is read from it decides the same`() throws {
        var setup = Sample.setup(moderated: false)
        setup.words = WordList(words: ["voleurs"], refuses: true)
        let entry = Entry(
            sequence: 1, time: Timestamp(milliseconds: 1), actor: Person.phone(1), commandID: nil,
            changes: [
                .eventConfigured(setup),
                .questionAsked(
                    AskedQuestion(
                        number: 1, talk: setup.talks[0].id, text: "Les voleurs", name: nil, approved: false,
                        held: "voleurs")),
            ])
        #expect(try EntryCoding.decode(EntryCoding.encode(entry)) == entry)
    }
}
