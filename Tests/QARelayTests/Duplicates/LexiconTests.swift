import Foundation
import Testing

@testable import QARelay

/// What is kept of the lines of the concept lists.
@Suite struct LexiconTests {
    private let lexicon: Lexicon = {
        var lexicon = Lexicon()
        lexicon.add(
            concepts: """
                # a comment
                renoncer, jeter l'éponge | give up, quit
                zone blanche, pas de réseau | dead zone, no signal
                se former, formation | train
                payer | pay for
                orchestre | orchestra, band
                """)
        return lexicon
    }()

    @Test(arguments: ["give", "reseau", "signal"])
    func `of an expression nothing is kept when its sense lies in the small words`(word: String) {
        #expect(lexicon.concepts(of: word).isEmpty)
    }

    @Test(arguments: [("renoncer", "quit"), ("former", "train"), ("payer", "pay")])
    func `words of one line mean the same, without the small words that say nothing`(one: String, other: String) {
        let meant = lexicon.concepts(of: one)
        #expect(!meant.isEmpty && meant == lexicon.concepts(of: other))
    }

    @Test func `expressions mean what the words of their line mean, the small words left out`() throws {
        let (jeter, eponge) = (try #require(lexicon.numbers.number(of: "jeter")), lexicon.numbers.number(of: "eponge"))
        let found = try #require(lexicon.expressions(from: jeter).first)
        #expect(found.words == [jeter, eponge] && found.concepts == lexicon.concepts(of: "renoncer"))
    }

    @Test func `words of two lines do not`() {
        #expect(lexicon.concepts(of: "payer") != lexicon.concepts(of: "renoncer"))
    }

    @Test(arguments: [
        ("Cœur", "coeur"), ("ÉTÉ", "ete"), ("żubr", "zubr"), ("Ångström", "angstrom"), ("naïve", "naive"),
    ])
    func `words are kept in lower case without accents, as those of questions are`(written: String, folded: String) {
        var lexicon = Lexicon()
        lexicon.add(concepts: "\(written) | word\nl’hôtel-pâté | two words")
        #expect(lexicon.isListed(folded) && lexicon.concepts(of: folded) == lexicon.concepts(of: "word"))
        #expect(lexicon.isListed("pate") && lexicon.numbers.number(of: written) == nil)
    }

    @Test(arguments: ["no sides", "| one side", "one side |", " , | , ", "# a | b", ""])
    func `a line without two sides says nothing`(line: String) {
        var lexicon = Lexicon()
        lexicon.add(concepts: line)
        #expect(lexicon.isListed.allSatisfy { !$0 })
    }

    @Test func `words are numbered as they come, however many there are`() {
        var numbers = WordNumbers()
        let words = [""] + (0..<5_000).map { "word \($0)" }
        for (number, word) in words.enumerated() { #expect(numbers.insert(Array(word.utf8)) == number) }
        for (number, word) in words.enumerated() { #expect(numbers.number(of: word) == Int32(number)) }
        #expect(numbers.insert(Array("word 7".utf8)) == 8 && numbers.number(of: "word 5000") == nil)
        #expect(numbers.count == 5_001 && numbers.length(of: 8) == 6)
    }

    @Test func `a word that is a letter apart in the other language is a slip there, and no word of its own`() {
        #expect(lexicon.slips == [.english: ["orchestre"], .french: ["orchestra"]])
    }

    /// What the lists hold is a word, to the strict rule as well, whatever fingers meant by it.
    @Test(arguments: ["ajd", "bcp", "cmb", "dse", "ets", "jsp", "mtn", "psa", "stp", "tjs", "trs", "tts"])
    func `no acronym of the lists stands where people slip or write in short`(written: String) {
        #expect(!Engine.resources.lexicon.isListed(written))
    }

    /// A name in the code without a file, or a file that nothing reads, would go unnoticed: lists are optional.
    @Test func `each list of concepts in the folder is read, and each that is read is there`() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Engine.folder.path)
        let concepts = files.filter { $0.hasPrefix("concepts-") }
        #expect(concepts.sorted() == LanguageResources.concepts.map { "concepts-\($0).txt" }.sorted())
    }
}
