// The same texts, the same answers, on the phone, in the terminal and in the hub.

import QAShared
import QATestKit
import Testing

@Suite struct QuestionTextTests {
    private func code(_ raw: String, _ limits: EventLimits = EventLimits()) -> Rejection.Code? {
        do throws(Rejection) {
            _ = try QuestionText.checked(raw, limits: limits)
            return nil
        } catch {
            return error.code
        }
    }

    private func scalars(_ text: String) -> [Unicode.Scalar] { Array(text.unicodeScalars) }

    @Test(arguments: [
        ("Quel est le prix ?", "Quel est le prix ?"),
        ("  Quel\t est\r\nle \u{A0}prix\u{202F}? ", "Quel est le prix ?"),
        ("a\u{0}b", "a b"), ("a\u{85}b", "a b"), ("a\u{7F}\u{9F}b", "a b"),
        ("a\u{2028}b\u{2029}c", "a b c"), ("a\u{3000}b\u{1680}c\u{2003}d", "a b c d"),
        ("a\u{202E}b\u{202C}c", "abc"), ("\u{2066}a\u{2069} \u{202A}b", "a b"),
        ("a \u{202E} b", "a b"), ("\u{202E}", ""), ("\n", ""), ("", ""),
        // Joiners and marks are part of the writing, where they are.
        ("👩\u{200D}💻", "👩\u{200D}💻"), ("e\u{301}", "é"), ("a\u{200B}b", "ab"),
        ("\u{212B}\u{200B}b", "Åb"), ("2\u{2126}\u{200D}", "2Ω"), ("a\u{200D}b\u{AD}c", "abc"),
        ("e\u{200D}\u{301}", "é"), ("a\u{FEFF}b", "ab"), ("\u{200F}שלום\u{200E}", "\u{200F}שלום\u{200E}"),
        ("ما هو السعر؟", "ما هو السعر؟"), ("ราคาเท่าไร", "ราคาเท่าไร"),
    ])
    func `a text is cleaned`(raw: String, cleaned: String) {
        #expect(scalars(QuestionText.clean(raw)) == scalars(cleaned))
    }

    @Test(arguments: Seeds.first(3))
    func `cleaning twice is cleaning once`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            let once = QuestionText.clean(RandomText.any(&generator))
            #expect(scalars(QuestionText.clean(once)) == scalars(once), "\(Seeds.hint(seed))")
            #expect(!once.unicodeScalars.contains { $0.value < 0x20 })
            #expect(!once.utf8.starts(with: [0x20]) && once.utf8.last != 0x20)
        }
    }

    @Test(arguments: [
        "Quel est le prix du certificat ?", "Où est-ce qu’on s’inscrit ?",
        "ما هو سعر هذه الشهادة؟", "כמה עולה התעודה הזאת?", "ใบรับรอง นี้ ราคา เท่าไร",
        "👩‍💻 👩‍💻 👩‍💻 🇫🇷", "ça va être trop long", "この 証明書は いくら ですか",
    ])
    func `questions in many languages pass`(text: String) {
        #expect(code(text) == nil)
    }

    @Test(arguments: [
        ("", Rejection.Code.textEmpty), (" \n\t ", .textEmpty), ("\u{202E}\u{2069}", .textEmpty),
        ("\u{200B}\u{200D}\u{FEFF}", .textEmpty), ("\u{2060} \u{200B} \u{AD}", .textEmpty),
        ("\u{FE0F} \u{2800}\u{FE0F}", .textInvisible),
        ("\u{3164}\u{115F} \u{2800}", .textInvisible), ("\u{301}\u{301} \u{301}", .textInvisible),
        ("\u{E0020}\u{E0021}", .textEmpty),
        ("Quel ?", .textTooShort), ("a b c d e", .textTooShort),
        ("Quelestleprix ?", .textTooFewWords), ("aaaaaaaaaa", .textTooFewWords),
        ("un mot \(String(repeating: "a", count: 31))", .wordTooLong),
        ("a b c \(String(repeating: "mot ", count: 60))", .textTooLong),
    ])
    func `what is no question is refused by name`(raw: String, expected: Rejection.Code) {
        #expect(code(raw) == expected)
    }

    @Test func `lengths count Unicode scalars, at the limit and beyond`() {
        let limits = EventLimits()
        let exact = "aa bb " + Array(repeating: "ccccc", count: 32).joined(separator: " ")
        let filled = exact + String(repeating: "d", count: 200 - exact.unicodeScalars.count)
        #expect(filled.unicodeScalars.count == limits.textMaximum)
        #expect(code(filled) == nil)
        #expect(code(filled + "d") == .textTooLong)
        let word = String(repeating: "q\u{301}", count: 15)
        #expect(code("un mot \(word)") == nil)
        #expect(code("un mot \(word)e") == .wordTooLong)
        #expect(code("1 2 45678") == .textTooShort)
        #expect(code("1 2 456789") == nil)
    }

    @Test func `words are what stands between spaces, marks and joiners at their edge or not`() {
        #expect(code("mot \u{301}mot \u{301}mot") == nil)
        #expect(code("abcd \u{200D}efgh \u{20E3}ijkl") == nil)
        #expect(code("un mot aaaaaaaaaaaaaaaaaaaa \u{301}bbbbbbbbbbbbbbbbbbbb") == nil)
    }

    @Test func `a refusal says the limit and the field`() {
        #expect(throws: Rejection(.textTooShort, field: "text", limit: 10)) {
            try QuestionText.checked("a b c", limits: EventLimits())
        }
        var limits = EventLimits()
        limits.wordsMinimum = 5
        #expect(throws: Rejection(.textTooFewWords, field: "text", limit: 5)) {
            try QuestionText.checked("quatre mots pas plus", limits: limits)
        }
    }

    @Test func `a name is cleaned, may be nothing, and has a length`() throws {
        #expect(try QuestionText.checkedName(nil) == nil)
        #expect(try QuestionText.checkedName(" \u{200B} ") == nil)
        #expect(try QuestionText.checkedName(" Anne\tMarie ") == "Anne Marie")
        #expect(try QuestionText.checkedName(String(repeating: "é", count: 40))?.count == 40)
        #expect(throws: Rejection(.nameTooLong, field: "name", limit: 40)) {
            try QuestionText.checkedName(String(repeating: "é", count: 41))
        }
    }
}
