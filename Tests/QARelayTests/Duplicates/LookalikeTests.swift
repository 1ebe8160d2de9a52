import Testing

@testable import QARelay

/// Words spelt with letters of other writings that only look Latin.
@Suite struct LookalikeTests {
    /// Cyrillic, Greek, Cherokee, wide and bold letters among ours; each line is one question for whoever reads it.
    static let same: [TextPair] = [
        ("Combien coûte la carte de bus ?", "\u{421}ombien coûte la carte de bus ?"),
        ("Combien coûte la carte de bus ?", "Combien c\u{43E}ûte l\u{430} carte de bus ?"),
        ("Combien coûte la carte de bus ?", "COM\u{412}IEN COÛTE LA CARTE DE \u{412}US ?"),
        ("Combien coûte la carte de bus ?", "Combien coûte la carte d\u{435} bus ?"),
        ("Quand ouvre la piscine ?", "Quand ouvre la p\u{456}sc\u{456}ne ?"),
        ("Quand ouvre la piscine ?", "\u{FF31}\u{FF55}\u{FF41}\u{FF4E}\u{FF44} ouvre la piscine ?"),
        (
            "Quand ouvre la piscine ?",
            "Quand ouvre la \u{1D429}\u{1D422}\u{1D42C}\u{1D41C}\u{1D422}\u{1D427}\u{1D41E} ?"
        ),
        ("À quelle heure passe le bus ?", "\u{410}̀ quelle heure passe le \u{412}us ?"),
        ("Qui répare les trottoirs ?", "Qui répare les tr\u{3BF}tt\u{3BF}irs ?"),
        ("Y a-t-il un marché le dimanche ?", "\u{423} \u{430}-t-il un marché le dimanche ?"),
        ("Where can I park my bike?", "Where can I p\u{430}rk my bik\u{435}?"),
        ("Who pays for the school bus?", "W\u{4BB}o pays for the s\u{441}hool bus?"),
    ].map { TextPair(earlier: $0.0, later: $0.1) }

    /// What looks alike to a machine alone, and writings that are not ours.
    static let apart: [TextPair] = [
        ("Que vaut a dans la formule ?", "Que vaut \u{3B1} dans la formule ?"),
        ("Que vaut v dans la formule ?", "Que vaut \u{3BD} dans la formule ?"),
        ("La dose est de 5 mm ?", "La dose est de 5 \u{3BC}m ?"),
        ("La dose est de 5 mm ?", "La dose est de 5 \u{B5}m ?"),
        ("Que veut dire bus ?", "Que veut dire \u{431}ус ?"),
    ].map { TextPair(earlier: $0.0, later: $0.1) }

    @Test(arguments: same)
    func `row 36: a word spelt with letters that only look Latin is the same word`(_ pair: TextPair) {
        #expect(Engine.unites(pair) && Engine.unites(pair.turned))
    }

    @Test(arguments: apart)
    func `row 36: letters that mean something else stay apart`(_ pair: TextPair) {
        #expect(!Engine.unites(pair, venues: (Engine.here, Engine.here)))
    }

    @Test func `row 36: a text in another writing is left as it is`() {
        for text in ["Когда откроется музей?", "Сосна росла у моста", "Ποιος πληρώνει;", "Коcмоc"] {
            #expect(Lookalikes.latin(Array(text.unicodeScalars)) == Array(text.unicodeScalars), "“\(text)”")
        }
    }

    @Test func `row 36: looking twice changes nothing more`() {
        for text in Self.same.map(\.later) + Self.apart.map(\.later) {
            let once = Lookalikes.latin(Array(text.unicodeScalars))
            #expect(Lookalikes.latin(once) == once, "“\(text)”")
            #expect(once.count == text.unicodeScalars.count)
        }
    }
}
