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
        #expect(lexicon.concepts[word] == nil)
    }

    @Test(arguments: [("renoncer", "quit"), ("renoncer", "jeter eponge"), ("former", "train"), ("payer", "pay")])
    func `words of one line mean the same, without the small words that say nothing`(one: String, other: String) throws
    {
        let meant = try #require(lexicon.concepts[one])
        #expect(meant == lexicon.concepts[other])
    }

    @Test func `words of two lines do not`() {
        #expect(lexicon.concepts["payer"] != lexicon.concepts["renoncer"])
        #expect(lexicon.concepts["zone blanche"] == lexicon.concepts["dead zone"])
    }

    @Test func `a word that is a letter apart in the other language is a slip there, and no word of its own`() {
        #expect(lexicon.slips == [.english: ["orchestre"], .french: ["orchestra"]])
    }

    /// A name in the code without a file, or a file that nothing reads, would go unnoticed: lists are optional.
    @Test func `each list of concepts in the folder is read, and each that is read is there`() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Engine.folder.path)
        let concepts = files.filter { $0.hasPrefix("concepts-") }
        #expect(concepts.sorted() == LanguageResources.concepts.map { "concepts-\($0).txt" }.sorted())
    }
}
