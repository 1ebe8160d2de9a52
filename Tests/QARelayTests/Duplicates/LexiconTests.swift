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
        let text = ["on", "jeter", "eponge", "demain"].map { lexicon.numbers(of: [$0]) }
        let jeter = try #require(text[1].first)
        let found = lexicon.expressions(at: 1, from: jeter, in: text)
        #expect(found.map(\.length) == [2] && found.map(\.concepts) == [lexicon.concepts(of: "renoncer")])
        #expect(lexicon.expressions(at: 1, from: jeter, in: Array(text[..<2])).isEmpty)
        #expect(lexicon.expressions(at: 1, from: jeter, in: [text[0], text[1], text[3], text[2]]).isEmpty)
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

    @Test func `a word that stands in passed-over expressions alone is none`() {
        var lexicon = Lexicon()
        lexicon.add(concepts: "pas de réseau | no signal\n# the end")
        #expect(["pas", "reseau", "signal", "end"].allSatisfy { !lexicon.isListed($0) })
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
