import QAShared
import Testing

@testable import QARelay

/// What the ranker is told of two questions, and of one among those found with it.
@Suite struct FeatureTests {
    /// Questions of one event, by their numbers from 1.
    private struct Shelf {
        private(set) var index = QuestionIndex(Engine.resources)
        private var count = 0

        init(_ texts: [String]) { for text in texts { add(text) } }

        mutating func add(_ text: String) {
            count += 1
            index.insert(count, index.sketch(Engine.read(text)))
        }

        /// What a text and each of the questions named have in common.
        mutating func members(_ text: String, _ numbers: ClosedRange<Int>) -> [Company.Member] {
            let sketch = index.sketch(Engine.read(text))
            var features = Features(sketch, index.sought(sketch), index)
            return numbers.compactMap { number in
                index.sketches[number - 1].map {
                    Company.Member(
                        number: number, match: features.match($0, isOtherRoom: false, timesAsked: 1, index))
                }
            }
        }
    }

    /// The features of a text against the first of some questions, by name.
    private func features(_ text: String, _ others: String...) throws -> [String: Float] {
        var shelf = Shelf(others)
        let members = shelf.members(text, 1...others.count)
        let values = Company(members).values(of: try #require(members.first))
        #expect(values.count == Features.names.count && values.allSatisfy(\.isFinite))
        return Dictionary(uniqueKeysWithValues: zip(Features.names, values))
    }

    @Test(
        arguments: [
            // A word that only says what kind of answer is wanted is said by the question word.
            ("Quel est le prix de la carte de bus ?", "La carte de bus, c'est combien ?", "sense_min", 0.65...1),
            ("Quelle est la date de la réunion ?", "Quand a lieu la réunion ?", "sense_min", 0.8...1),
            ("Où est la salle ?", "Quand ouvre la salle ?", "sense_min", 0...0.8),
            ("Quel est le montant de la facture ?", "Combien pour la facture ?", "answers_alike", 0.5...1),
            ("Où est la salle ?", "Pourquoi cette salle ?", "answers_alike", 0...0),
            // The topic is shared and the verb is not, or the other way round.
            ("Où acheter la carte ?", "Où perdre la carte ?", "noun_left_max", 0...0),
            ("Où acheter la carte ?", "Où perdre la carte ?", "verb_left_max", 0.3...20),
            ("Où acheter la carte ?", "Où acheter le vélo ?", "noun_left_max", 0.3...20),
            ("Où acheter la carte ?", "Où acheter le vélo ?", "verb_left_max", 0...0),
            ("La piscine ?", "La piscine ouvre ?", "nouns_min", 1...1),
            // Who is spoken of.
            ("Pourrons-nous voter ?", "Pourrez-vous voter ?", "persons_dice", 0...0),
            ("Pourrons-nous voter ?", "Quand pourrons-nous voter ?", "persons_dice", 1...1),
            // The word that the question word asks about.
            ("Quel bus passe à Périers ?", "Quel bus va à Périers ?", "focus_matched", 1.8...2),
            ("Quel bus passe à Périers ?", "Quel médecin passe à Périers ?", "focus_matched", 0...0.5),
            ("Quand ouvre la piscine ?", "quand ouvre la piscine", "agreement", 0.99...1),
            ("Quand ouvre la piscine ?", "Quand ouvre la mairie ?", "agreement", 0...0.3),
        ] as [(String, String, String, ClosedRange<Float>)])
    func `contrasts are told by the part of what differs`(
        one: String, other: String, name: String, wanted: ClosedRange<Float>
    ) throws {
        let value = try #require(try features(one, other)[name])
        #expect(wanted.contains(value), "\(name) of “\(one)” and “\(other)” is \(value)")
    }

    @Test func `which of two came first does not change what is symmetrical`() throws {
        let (first, second) = ("Combien coûte la carte de bus des lycéens ?", "Quel est le prix du bus ?")
        // Both are known either way, so that words are as rare.
        let one = try features(first, second, first)
        let other = try features(second, first, second)
        for name in ["nouns_min", "verbs_max", "noun_left_max", "sense_min", "sense_dice", "agreement", "likeness"] {
            let (a, b) = (try #require(one[name]), try #require(other[name]))
            #expect(abs(a - b) < 0.15, "\(name): \(a), \(b)")
        }
    }

    @Test func `a better one of another meaning is a rival, and one of the same meaning a support`() throws {
        let alone = try features("Combien coûte la carte de bus ?", "Où acheter la carte de bus ?")
        #expect(alone["rank"] == 0 && alone["support"] == -9 && alone["rival"] == -9)
        let beside = try features(
            "Combien coûte la carte de bus ?", "Où acheter la carte de bus ?", "La piscine ferme-t-elle la nuit ?",
            "Quel est le prix de la carte de bus ?")
        let lead = try #require(beside["lead"])
        #expect(beside["rank"] == 1 && lead < 0)
        let helped = try features(
            "Combien coûte la carte de bus ?", "le tarif d'une carte de bus svp",
            "Quel est le prix de la carte de bus ?")
        let support = try #require(helped["support"])
        #expect(support > -1 && helped["rival"] == -9)
        let opposed = try features(
            "Quand ferme la piscine ?", "Où est la piscine ?", "À quelle heure ferme la piscine ?",
            "La fermeture de la piscine, c'est quand ?")
        let leadOnRival = try #require(opposed["lead_on_rival"])
        #expect(leadOnRival < 0 || opposed["rival"] == -9)
    }

    @Test func `a question is not its own company, and those not found stand behind`() {
        var shelf = Shelf(["Quand ouvre la piscine ?", "Quand ouvre la mairie ?", "Où garer son vélo ?"])
        let members = shelf.members("quand ouvre la piscine", 1...3)
        let company = Company(Array(members.prefix(2)))
        let place = Features.names.firstIndex(of: "rank")
        #expect(place.map { index in members.map { company.values(of: $0)[index] } } == [0, 1, 2])
    }
}
