import QAShared
import QATestKit
import Testing

@testable import QARelay

/// What holds of the strict rule whatever is asked.
@Suite struct TwinPropertyTests {
    /// Every text of the tables, in their order.
    private static let texts = (PairTable.all + [.rooms]).flatMap { table in
        (table.united + table.apart).flatMap { [$0.earlier, $0.later] }
    }

    // MARK: Reading

    @Test func `a text reads the same twice, and whatever was read before it`() {
        let first = Self.texts.map(Engine.read)
        let fresh = Engine.makeReader(Dictionaries().book)
        for index in Self.texts.indices.reversed() {
            #expect(fresh.read(Self.texts[index]) == first[index], "“\(Self.texts[index])”")
        }
    }

    @Test(arguments: Seeds.first(5))
    func `any text at all reads the same twice`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let text = RandomText.any(&generator)
            #expect(Engine.read(text) == Engine.read(text), "\(Seeds.hint(seed))")
        }
    }

    @Test func `white space around and between the words changes nothing`() {
        for text in Self.texts {
            let reading = Engine.read(text)
            #expect(Engine.read("  \t\(text)\u{A0} ") == reading, "around “\(text)”")
            #expect(Engine.read("\n\(text)\n\n") == reading, "lines around “\(text)”")
            #expect(Engine.read(text.split(separator: " ").joined(separator: "  ")) == reading, "doubled in “\(text)”")
            #expect(Engine.read(text.split(separator: " ").joined(separator: "\u{A0}")) == reading, "in “\(text)”")
        }
    }

    /// What the rule goes by; a greeting moves every word by some places.
    private struct Meaning: Equatable {
        var frame: String?
        var words: [String]
        var isOfRoom: Bool

        init(_ text: String) {
            let reading = Engine.read(text)
            frame = TwinRule.frame(reading)
            words = reading.words.map(\.folded)
            isOfRoom = reading.isOfRoom
        }
    }

    @Test func `a text read, written down in plain letters and read again asks what it asked`() {
        var others = 0
        for text in Self.texts {
            let plain = Engine.read(text).plain
            #expect(Engine.read(plain).plain == plain, "“\(text)”")
            guard Meaning(plain) != Meaning(text) else { continue }
            others += 1
            #expect(Self.saysMore(text), "“\(text)” asks something else as “\(plain)”")
        }
        // "où" and "ou", two sentences, a name: few of all that hold such signs are other questions without.
        #expect(others < Self.texts.count / 20)
    }

    /// Whether a text says by accents, signs or capitals inside what plain letters cannot.
    private static func saysMore(_ text: String) -> Bool {
        let inner = text.drop { !$0.isLetter && !$0.isNumber }.reversed().drop { !$0.isLetter && !$0.isNumber }
        return inner.contains { !$0.isASCII || !($0.isLetter || $0.isNumber || $0 == " ") || $0.isUppercase }
    }

    private static let courtesies: [(language: Language, before: String, after: String)] = [
        (.french, "Bonjour, ", ""), (.french, "bjr ", " svp"), (.french, "Bonsoir. ", " Merci d'avance."),
        (.french, "Bonjour à tous, j'aimerais savoir si ", ""), (.french, "Une question : ", " merci"),
        (.french, "Merci pour cette présentation ! ", ""), (.french, "", "\n\nCordialement"),
        (.english, "Hello, ", ""), (.english, "hi, ", " pls"), (.english, "Good morning. ", " Thanks in advance."),
        (.english, "Great talk! ", " Thank you"), (.english, "Quick question: ", ""),
    ]

    @Test(arguments: courtesies.indices)
    func `courtesy around a question changes nothing of what it asks`(_ index: Int) {
        let courtesy = Self.courtesies[index]
        let tables = PairTable.all.filter { !$0.phenomenon.contains("polite") && !$0.phenomenon.contains("language") }
        let texts = Set(tables.flatMap { $0.united + $0.apart }.flatMap { [$0.earlier, $0.later] })
        for text in texts.sorted() where Engine.read(text).language == courtesy.language {
            let dressed = courtesy.before + text + courtesy.after
            if Meaning(dressed) != Meaning(text) { Issue.record("“\(dressed)”") }
        }
    }

    // MARK: Unions

    @Test func `who is united with whom does not depend on who came first`() {
        for pair in (PairTable.all + [.rooms]).flatMap({ $0.united + $0.apart }) {
            #expect(Engine.unites(pair) == Engine.unites(pair.turned), "\(pair)")
        }
    }

    @Test(arguments: Seeds.first(5))
    func `who came first does not matter between random texts and slips of them either`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let text = generator.pick(Self.texts)
            let other = generator.percent(50) ? Self.slip(text, &generator) : generator.pick(Self.texts)
            let pair = TextPair(earlier: text, later: other)
            #expect(Engine.unites(pair) == Engine.unites(pair.turned), "\(pair), \(Seeds.hint(seed))")
        }
    }

    /// One or two letters swapped, lost or doubled.
    private static func slip(_ text: String, _ generator: inout SeededGenerator) -> String {
        var letters = Array(text)
        for _ in 0...generator.below(2) {
            let place = generator.below(letters.count - 1)
            switch generator.below(3) {
            case 0: letters.swapAt(place, place + 1)
            case 1: letters.remove(at: place)
            default: letters.insert(letters[place], at: place)
            }
        }
        return String(letters)
    }

    @Test(arguments: Seeds.first(3))
    func `other questions of the event change nothing`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let asked = (0..<80).map { _ in generator.pick(Self.texts) }
        let queries = (0..<20).map { _ in generator.pick(asked + Self.texts) }
        Engine.withReader { reader in
            let twins = Self.event(asked, reader)
            for query in queries {
                let alone = asked.indices.filter { !Self.same(as: query, in: Self.event([asked[$0]], reader)).isEmpty }
                #expect(Self.same(as: query, in: twins) == alone.map { $0 + 1 }, "“\(query)”, \(Seeds.hint(seed))")
            }
        }
    }

    @Test func `the same asked in another talk, however often, hides nothing`() {
        let text = "Combien pèse la cloche du beffroi ?"
        Engine.withReader { reader in
            var twins = Self.event([text], reader)
            let elsewhere = TalkID("closing")!
            for number in 2...301 { twins.insert(number: number, text: text, talk: elsewhere, venue: Engine.here) }
            #expect(Self.same(as: text, in: twins) == [1])
            #expect(Self.same(as: "bonjour combien pese la cloche du beffroi", in: twins) == [1])
        }
    }

    @Test func `questions that differ in one word, however many, hide nothing`() {
        Engine.withReader { reader in
            let nouns = ["cloche", "tuile", "ruche", "barque", "truite", "grange", "selle", "louche", "poutre", "scie"]
            var asked = ["Combien pèse la cloche du beffroi ?"]
            for index in 0..<300 { asked.append("Combien pèse la \(nouns[index % 9 + 1]) du beffroi ?") }
            let twins = Self.event(asked, reader)
            #expect(Self.same(as: "combien pese la clohce du beffroi", in: twins) == [1])
        }
    }

    // MARK: Changes

    @Test func `a question with another text is found by the new one only`() {
        Engine.withReader { reader in
            var twins = Self.event(["Qui tond les moutons ?", "…", "Quand tond-on les moutons ?"], reader)
            twins.replace(number: 1, text: "Où loge le berger ?")
            twins.replace(number: 2, text: "Qui tond les moutons ?")
            #expect(Self.same(as: "qui tond les moutons", in: twins) == [2])
            #expect(Self.same(as: "ou loge le berger", in: twins) == [1])
            twins.replace(number: 2, text: "?")
            #expect(Self.same(as: "qui tond les moutons", in: twins).isEmpty)
            twins.replace(number: 1, text: "Qui tond les moutons ?")
            #expect(Self.same(as: "qui tond les moutons", in: twins) == [1])
        }
    }

    @Test func `a question keeps its talk and its room when its text changes`() {
        Engine.withReader { reader in
            var twins = Twins(reader: reader)
            twins.insert(number: 1, text: "!", talk: Engine.talk, venue: Engine.here)
            twins.replace(number: 1, text: "Il fait trop chaud ici")
            let text = "il fait trop chaud ici"
            #expect(twins.same(as: text, talk: Engine.talk, venue: Engine.here) == [1])
            #expect(twins.same(as: text, talk: Engine.talk, venue: Engine.there).isEmpty)
            #expect(twins.same(as: text, talk: TalkID("closing")!, venue: Engine.here).isEmpty)
        }
    }

    @Test func `what is cut off is forgotten, and its numbers are given again`() {
        Engine.withReader { reader in
            var twins = Self.event(["Qui tond les moutons ?", "Où loge le berger ?", "Qui trait les vaches ?"], reader)
            twins.truncate(to: 1)
            #expect(twins.count == 1)
            #expect(Self.same(as: "où loge le berger", in: twins).isEmpty)
            twins.insert(number: 2, text: "Qui trait les vaches ?", talk: Engine.talk, venue: Engine.here)
            #expect(Self.same(as: "où loge le berger", in: twins).isEmpty)
            #expect(Self.same(as: "qui trait les vaches", in: twins) == [2])
            #expect(Self.same(as: "qui tond les moutons", in: twins) == [1])
            twins.truncate(to: 5)
            #expect(twins.count == 2)
            twins.truncate(to: 0)
            #expect(Self.same(as: "qui tond les moutons", in: twins).isEmpty)
        }
    }

    @Test(arguments: Seeds.first(5))
    func `after any changes it answers as if it had been made of what is left`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let stock = (0..<25).map { _ in generator.pick(Self.texts) }
        Engine.withReader { reader in
            var twins = Twins(reader: reader)
            var left: [String] = []
            for _ in 0..<120 {
                let text = generator.pick(stock)
                switch generator.below(10) {
                case 0:
                    left = Array(left.prefix(generator.below(left.count + 1)))
                    twins.truncate(to: left.count)
                case 1...3 where !left.isEmpty:
                    let index = generator.below(left.count)
                    left[index] = text
                    twins.replace(number: index + 1, text: text)
                default:
                    left.append(text)
                    twins.insert(number: left.count, text: text, talk: Engine.talk, venue: Engine.here)
                }
                let made = Self.event(left, reader)
                let query = generator.pick(stock)
                #expect(Self.same(as: query, in: twins) == Self.same(as: query, in: made), "\(Seeds.hint(seed))")
            }
        }
    }

    // MARK: Floods and oddities

    @Test func `three hundred times the same question is one question`() {
        let text = "Combien pèse la cloche du beffroi ?"
        Engine.withReader { reader in
            let twins = Self.event(Array(repeating: text, count: 300), reader)
            let same = Self.same(as: text, in: twins)
            #expect(!same.isEmpty)
            #expect(same == same.sorted() && Set(same).count == same.count)
            #expect(same.allSatisfy { (1...300).contains($0) })
            #expect(!Self.same(as: "combein pese la cloche du befroi", in: twins).isEmpty)
            #expect(Self.same(as: "combien pese le bedeau du beffroi", in: twins).isEmpty)
        }
    }

    /// Texts that say nothing: they are never the same as anything, themselves neither.
    private static let silent = [
        "", " ", "\n\n", "?", "?!…", "👍", "🐑🐑🐑", "🇫🇷", "👩‍💻", "\u{0}", "\u{1B}", "\u{200B}", "\u{202E}",
        "\u{2066}\u{2069}",
        "\u{FEFF}", "\u{301}", "\u{7F}\u{85}", "«»", "---", "://", "\u{E000}", "\u{10FFFF}", "bonjour", "Merci !",
        "est-ce que ?",
    ]

    @Test(arguments: silent.indices)
    func `a text that says nothing is united with nothing`(_ index: Int) {
        let text = Self.silent[index]
        for other in Self.silent + ["Qui tond les moutons ?", "Is the ewe shorn?", "متى يفتح المتحف؟"] {
            #expect(!Engine.unites(text, other), "with \(other.debugDescription)")
            #expect(!Engine.unites(other, text), "with \(other.debugDescription)")
        }
    }

    /// Odd texts of which no two ask the same.
    private static let odd = [
        String(repeating: "a", count: 2_000), String(repeating: "a", count: 1_999) + "b",
        String(repeating: "mouton ", count: 280), String(repeating: "mouton ", count: 279) + "cochon",
        String(repeating: "é", count: 2_000), String(repeating: "e\u{301}", count: 1_000),
        String(repeating: "9", count: 1_000),
        String(repeating: "9 ", count: 999), String(repeating: "quand ", count: 333),
        String(repeating: "Qui tond ? ", count: 180),
        "שלום עולם", "שלום לך", "مرحبا بالعالم", "مرحبا بكم", "\u{202E}Qui dnot sel\u{202C}", "qu\u{200B}i tond",
        "日本語のテキスト", "한국어 텍스트",
        "नमस्ते दुनिया", "สวัสดีชาวโลก", "Z\u{338}\u{322}\u{31B}\u{356}\u{316}algo", "𝓺𝓾𝓲 𝓽𝓸𝓷𝓭", "ｑｕｉ　ｎａｇｅ", "ﬁn", "ǅ",
        "İstanbul", "straße?",
    ]

    @Test func `odd texts are read, and no two of them are united`() {
        for one in Self.odd.indices {
            for other in Self.odd.indices where other != one {
                #expect(!Engine.unites(Self.odd[one], Self.odd[other]), "numbers \(one) and \(other)")
            }
        }
    }

    @Test(arguments: Seeds.first(5))
    func `no text stops the engine`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        Engine.withReader { reader in
            var twins = Twins(reader: reader)
            for number in 1...300 {
                let text = RandomText.any(&generator)
                let same = Self.same(as: text, in: twins)
                #expect(same.allSatisfy { $0 < number }, "\(Seeds.hint(seed))")
                twins.insert(number: number, text: text, talk: Engine.talk, venue: Engine.here)
            }
        }
    }

    // Each in a process of its own, so that one that stops takes no other test with it.

    @Test func `groups of digits without end are read`() async {
        await #expect(processExitsWith: .success) {
            _ = Engine.read("1 000 000 000 000 000 000 000 000 euros ?")
            _ = Engine.read(String(repeating: "999 ", count: 500))
        }
    }

    @Test func `a number in words that is as large as they come does not overflow`() {
        let text = "Combien font 9 223 372 036 853 millions dix sept cent soixante quatorze mille dix neuf cents ?"
        #expect(!Engine.read(text).numbers.isEmpty)
    }

    @Test func `thousands without end are read`() async {
        await #expect(processExitsWith: .success) {
            _ = Engine.read("Le prix est de 99999999999999999999k ?")
            _ = Engine.read("\(String(repeating: "9", count: 1_000))k")
        }
    }

    @Test func `number words without end are read`() async {
        await #expect(processExitsWith: .success) {
            _ = Engine.read(String(repeating: "mille million cent vingt ", count: 80))
            _ = Engine.read(String(repeating: "hundred thousand million ", count: 80) + "is it")
            _ = Engine.read("999999999999 million millions mille ?")
        }
    }

    // MARK: Cost

    /// What makes a reader look up most: the words are distinct and unknown, and every letter may bear an accent.
    private static let costly: [String] = {
        let vowels = ["a", "e", "i", "o", "u", "c"]
        var generator = SeededGenerator(seed: 5)
        func word(_ length: Int) -> String { (0..<length).map { _ in generator.pick(vowels) }.joined() }
        func text(_ length: Int) -> String {
            var text = ""
            while text.count + length + 1 <= Limits.textMaximumRange.upperBound { text += word(length) + " " }
            return text
        }
        return [
            text(2), text(4), text(8), text(9), text(24), text(1_999), String(repeating: "e", count: 2_000),
            String(repeating: "l'", count: 1_000), String(repeating: "9k ", count: 666),
            String(repeating: "a b ", count: 500),
        ]
    }()

    @Test(arguments: costly.indices)
    func `a text of two thousand letters is read in a bounded number of steps`(_ index: Int) {
        let text = Self.costly[index]
        var steps = 0
        let book = WordBook(
            isWord: { _, _ in
                steps += 1
                return false
            },
            lemmas: { _, _ in
                steps += 1
                return []
            },
            stem: { word, _ in
                steps += 1
                return word
            })
        let reader = Engine.makeReader(book)
        _ = reader.read(text)
        #expect(steps <= Self.stepsPerText, "\(steps) look-ups for \(text.unicodeScalars.count) letters")
        let once = steps
        _ = reader.read(text)
        #expect(steps == once, "what was looked up once is kept")
    }

    /// Look-ups in dictionaries that one text may cost; one takes some microseconds.
    private static let stepsPerText = 20_000

    // MARK: Tools

    private static func event(_ texts: [String], _ reader: Reader) -> Twins {
        var twins = Twins(reader: reader)
        for (index, text) in texts.enumerated() {
            twins.insert(number: index + 1, text: text, talk: Engine.talk, venue: Engine.here)
        }
        return twins
    }

    private static func same(as text: String, in twins: Twins) -> [Int] {
        twins.same(as: text, talk: Engine.talk, venue: Engine.here)
    }
}
