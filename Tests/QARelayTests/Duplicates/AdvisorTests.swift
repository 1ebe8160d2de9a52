import QAShared
import Testing

@testable import QARelay

/// The engine as the hub uses it: told of questions, asked for suggestions and flags.
@Suite struct AdvisorTests {
    /// An engine with questions of one talk, all public, in the venue given or the first.
    private final class Desk {
        let advisor = Advisor(Engine.resources, Dictionaries().book)
        private(set) var texts: [String] = []

        init(_ texts: String...) { for text in texts { ask(text) } }

        static func id(_ number: Int) -> QuestionID { QuestionID(high: 7, low: UInt64(number)) }

        func note(
            _ number: Int, venue: VenueID = Engine.here, founder: Int? = nil, isPublic: Bool = true,
            isGone: Bool = false,
            status: Status = .approved, text: String? = nil
        ) -> QuestionNote {
            QuestionNote(
                number: number, id: Self.id(number), talk: Engine.talk, venue: venue, text: text ?? texts[number - 1],
                founder: founder, isPublic: isPublic, isGone: isGone, status: status)
        }

        func ask(_ text: String, venue: VenueID = Engine.here) {
            texts.append(text)
            tell(note(texts.count, venue: venue))
        }

        func tell(_ note: QuestionNote) { _ = advisor.advise(.note(note)) }

        func suggested(_ text: String) -> [Int] {
            guard
                case .suggestions(_, let numbers)? = advisor.advise(.suggest(ticket: 1, text: text, talk: Engine.talk))
            else { return [] }
            return numbers
        }

        func flags(_ number: Int) -> [DuplicateFlag] {
            let request = AdviceRequest.flag(Self.id(number), number: number, text: texts[number - 1])
            guard case .flags(_, _, let flags)? = advisor.advise(request) else { return [] }
            return flags
        }

        func words(_ places: [Int], of number: Int) -> [String] {
            let words = texts[number - 1].split(whereSeparator: \.isWhitespace).map(String.init)
            return places.map { words[$0] }
        }
    }

    private let town = [
        "Combien coûte la carte de bus ?", "Quand ouvre la piscine ?", "Qui répare les trottoirs du bourg ?",
        "Y aura-t-il un marché le dimanche ?", "Pourquoi la bibliothèque ferme-t-elle à midi ?",
    ]

    private func townDesk() -> Desk {
        let desk = Desk()
        for text in town { desk.ask(text) }
        return desk
    }

    @Test(arguments: [
        ("quel est le prix de la carte de bus", 1), ("c'est combien le tarif pour la carte de b", 1),
        ("à quelle date la piscine va rouv", 2), ("who repairs the pavements", 3), ("un marché dominical est prévu", 4),
        ("la médiathèque fermée à midi, pourquoi", 5),
    ])
    func `other words for the same question suggest it first`(typed: String, number: Int) {
        #expect(townDesk().suggested(typed).first == number)
    }

    @Test func `nothing alike suggests nothing`() {
        #expect(townDesk().suggested("le vaccin contre la grippe protège combien de temps").isEmpty)
        #expect(townDesk().suggested("").isEmpty)
        #expect(Desk().suggested("Combien coûte la carte de bus ?").isEmpty)
    }

    @Test func `only public questions of the talk are suggested, and a variant stands for its founder`() {
        let desk = townDesk()
        desk.tell(desk.note(1, isPublic: false, status: .pending))
        #expect(!desk.suggested("combien coûte la carte de bus").contains(1))
        desk.tell(desk.note(1))
        desk.ask("Le prix de l'abonnement aux transports ?")
        desk.tell(desk.note(6, founder: 1, isPublic: false, status: .merged(into: Desk.id(1))))
        #expect(desk.suggested("le prix de l'abonnement aux transports").first == 1)
        let elsewhere = desk.advisor.advise(
            .suggest(ticket: 1, text: "combien coûte la carte de bus", talk: TalkID("closing")!))
        guard case .suggestions(1, let numbers)? = elsewhere else { return #expect(Bool(false), "no answer") }
        #expect(numbers.isEmpty)
    }

    @Test func `what its asker took back is neither suggested nor flagged`() {
        let desk = townDesk()
        desk.tell(desk.note(2, isPublic: false, isGone: true, status: .dismissed(.withdrawn)))
        #expect(!desk.suggested("quand ouvre la piscine").contains(2))
        desk.ask("quand est-ce que la piscine ouvre")
        #expect(!desk.flags(6).contains { $0.other == Desk.id(2) })
    }

    @Test func `a flag says why in codes and names the words that differ by their places`() throws {
        let desk = townDesk()
        desk.ask("Combien coûte la carte de bus scolaire ?")
        let flag = try #require(desk.flags(6).first { $0.other == Desk.id(1) })
        #expect(desk.words(flag.mine, of: 6) == ["scolaire"] && flag.theirs.isEmpty)
        #expect(
            flag.reasons.contains(.sameType) && flag.reasons.contains(.narrower) && !flag.reasons.contains(.sameWording)
        )
    }

    @Test(arguments: [
        (
            "Le tarif passe à 450 euros par mois ?", "Le tarif passe à 540 euros par mois ?", FlagReason.otherNumbers,
            ["450"], ["540"]
        ),
        (
            "Que faut-il faire de la piscine de Périers avant la tempête de 2024 ?",
            "Que faut-il faire de la piscine de Périers après la tempête de 2024 ?", .sameType, ["avant"], ["après"]
        ),
        ("Le bus passe par Périers ?", "Le bus ne passe pas par Périers ?", .negation, [], ["pas"]),
    ])
    func `near copies that are not the same are shown with what differs`(
        one: String, other: String, reason: FlagReason, mine: [String], theirs: [String]
    ) throws {
        let desk = Desk(one, other)
        let flag = try #require(desk.flags(2).first)
        #expect(flag.reasons.contains(reason))
        #expect(desk.words(flag.theirs, of: 1) == mine)
        #expect(Set(theirs).isSubset(of: desk.words(flag.mine, of: 2)))
    }

    @Test func `the same words in another order are told by their order and are not the same wording`() throws {
        let desk = Desk("Le chien du voisin mord le facteur ?", "Le facteur du voisin mord le chien ?")
        let reasons = try #require(desk.flags(2).first).reasons
        #expect(reasons.contains(.order) && reasons.contains(.sameWords) && !reasons.contains(.sameWording))
        // A verb before or behind its subject is no other order.
        let turned = Desk("Quand ferme la piscine municipale ?", "quand la piscine municipale ferme-t-elle")
        #expect(try #require(turned.flags(2).first).reasons.contains(.sameWording))
    }

    @Test func `what became of the other question is among the reasons`() throws {
        let desk = townDesk()
        desk.tell(desk.note(2, status: .answered))
        desk.ask("À quelle date la piscine ouvre-t-elle ?")
        #expect(try #require(desk.flags(6).first { $0.other == Desk.id(2) }).reasons.contains(.answered))
    }

    @Test func `languages that are not read are compared by their letters, and it is said`() throws {
        let desk = Desk("Wann wird das neue Schwimmbad eröffnet?", "Wo kann man hier parken?")
        desk.ask("wann wird das neue schwimmbad eroffnet")
        desk.ask("Wer hat das neue Schwimmbad bezahlt?")
        let flag = try #require(desk.flags(3).first)
        #expect(flag.other == Desk.id(1) && flag.reasons.contains(.unreadLanguage))
        #expect(desk.flags(4).isEmpty)
    }

    @Test func `the same notes and requests give the same answers, however the engine came by them`() {
        let one = townDesk()
        let other = Advisor(Engine.resources, Dictionaries().book)
        _ = other.advise(.rebuild((1...town.count).map { one.note($0) }))
        for text in town + ["le prix du bus", "when does the pool open", "marché"] {
            guard case .suggestions(_, let numbers)? = other.advise(.suggest(ticket: 2, text: text, talk: Engine.talk))
            else {
                Issue.record("no answer")
                continue
            }
            #expect(numbers == one.suggested(text))
            #expect(one.suggested(text) == one.suggested(text))
        }
    }

    @Test func `an edited question is found by its new words alone`() {
        let desk = townDesk()
        desk.tell(desk.note(2, text: "Où garer son vélo près de la gare ?"))
        #expect(desk.suggested("où mettre les vélos à la gare").first == 2)
        #expect(!desk.suggested("quand ouvre la piscine").contains(2))
    }

    @Test func `two wordings of one question do not take two of three places`() {
        let desk = Desk(
            "Combien coûte la carte de bus ?", "La carte de bus coûte combien ?", "Où acheter la carte de bus ?",
            "La carte de bus est-elle gratuite pour les lycéens ?")
        let numbers = desk.suggested("combien ça coûte une carte de bus")
        #expect([1, 2].contains(numbers.first) && ![1, 2].contains(numbers.dropFirst().first))
    }

    @Test func `two questions that differ in who does what do not push each other out of the three places`() {
        let desk = Desk(
            "Les bénévoles vont-ils remplacer les bibliothécaires ?",
            "Les bibliothécaires vont-ils remplacer les bénévoles ?",
            "Les bénévoles seront-ils formés ?", "Où sont les bibliothécaires ?")
        for text in [
            "les benevoles vont ils remplacer les bibliotecaires",
            "les bibliotecaires vont ils remplacer les benevoles",
        ] {
            #expect(Set(desk.suggested(text).prefix(2)) == [1, 2])
        }
    }

    @Test func `hostile and empty texts get an answer`() {
        let desk = townDesk()
        for text in [
            "?", "🎉🎉", "\u{202E}", String(repeating: "a", count: 2_000), String(repeating: "bus ", count: 500),
            "\u{301}",
        ] {
            _ = desk.suggested(text)
            desk.ask(text)
            _ = desk.flags(desk.texts.count)
        }
        #expect(desk.suggested("quand ouvre la piscine").first == 2)
    }

    @Test func `what is typed and never asked leaves nothing behind`() {
        let desk = townDesk()
        let words = desk.advisor.wordCount
        let before = desk.suggested("combien coûte la carte de bus")
        for number in 0..<200 {
            _ = desk.suggested("pourquoi zxq\(number)brgl la krrtq\(number) de bus, ouvrira-t-elle")
        }
        #expect(desk.advisor.wordCount == words)
        #expect(desk.suggested("combien coûte la carte de bus") == before)
    }

    @Test func `weights that do not go with the features are refused`() {
        #expect(Ranker("features one two\nlevels 0 0 0") == nil)
        #expect(Ranker("") == nil)
        #expect(Engine.resources.ranker != nil)
    }

    @Test func `without weights and lists the engine suggests what shares words, and flags nothing but near copies`() {
        let advisor = Advisor(LanguageResources(), .none)
        let desk = townDesk()
        for number in 1...town.count { _ = advisor.advise(.note(desk.note(number))) }
        guard
            case .suggestions(_, let numbers)? = advisor.advise(
                .suggest(ticket: 1, text: "quand ouvre la piscine", talk: Engine.talk))
        else { return #expect(Bool(false), "no answer") }
        #expect(numbers.first == 2)
    }
}
