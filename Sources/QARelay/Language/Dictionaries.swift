import CHunspell
import CStemmer
import Glibc

/// The dictionaries of the system, read at start: Hunspell says what is a word, Snowball cuts endings.
///
/// Used on the thread that opened it.
@safe final class Dictionaries {
    /// Where Debian's packages put them.
    static let folder = "/usr/share/hunspell"
    private static let names: [(language: Language, file: String, package: String)] = [
        (.french, "fr", "hunspell-fr"), (.english, "en_GB", "hunspell-en-gb"), (.english, "en_US", "hunspell-en-us"),
    ]

    /// A handle of a C library, with the language it is for.
    @safe private struct Tool {
        let language: Language
        @unsafe let handle: OpaquePointer
    }

    private var spellers: [Tool] = []
    private var stemmers: [Tool] = []
    /// Debian packages that would help and are not there.
    private(set) var missing: [String] = []

    init(folder: String = Dictionaries.folder) {
        for (language, file, package) in Self.names {
            let path = "\(folder)/\(file)"
            guard unsafe access("\(path).dic", R_OK) == 0,
                let handle = unsafe Hunspell_create("\(path).aff", "\(path).dic")
            else {
                missing.append(package)
                continue
            }
            unsafe spellers.append(Tool(language: language, handle: handle))
        }
        // Both are opened where they are; one of the two will do.
        if spellers.contains(where: { $0.language == .english }) { missing.removeAll { $0.hasPrefix("hunspell-en") } }
        for (language, name) in [(Language.french, "french"), (.english, "english")] {
            if let handle = unsafe sb_stemmer_new(name, "UTF_8") {
                unsafe stemmers.append(Tool(language: language, handle: handle))
            }
        }
    }

    deinit {
        for speller in spellers { unsafe Hunspell_destroy(speller.handle) }
        for stemmer in stemmers { unsafe sb_stemmer_delete(stemmer.handle) }
    }

    /// What the engine is handed.
    var book: WordBook {
        WordBook(
            isWord: { self.isWord($0, $1) }, lemmas: { self.lemmas($0, $1) }, stem: { self.stem($0, $1) },
            forms: { self.forms($0, $1) })
    }

    private func isWord(_ word: String, _ language: Language) -> Bool {
        for speller in spellers where speller.language == language {
            if unsafe Hunspell_spell(speller.handle, word) != 0 { return true }
        }
        return false
    }

    private func lemmas(_ word: String, _ language: Language) -> [String] {
        var lemmas: [String] = []
        for analysis in analyses(word, language) where !lemmas.contains(analysis.lemma) {
            lemmas.append(analysis.lemma)
        }
        return lemmas
    }

    private func forms(_ word: String, _ language: Language) -> [WordForm] {
        var forms: [WordForm] = []
        for analysis in analyses(word, language) {
            for form in analysis.forms(of: word, language) where !forms.contains(form) { forms.append(form) }
        }
        return forms
    }

    private func analyses(_ word: String, _ language: Language) -> [WordAnalysis] {
        var analyses: [WordAnalysis] = []
        for speller in spellers where speller.language == language {
            var list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
            let count = unsafe Hunspell_analyze(speller.handle, &list, word)
            for index in 0..<Int(count) {
                guard let line = unsafe list?[index], let analysis = unsafe WordAnalysis(String(cString: line)) else {
                    continue
                }
                analyses.append(analysis)
            }
            unsafe Hunspell_free_list(speller.handle, &list, count)
        }
        return analyses
    }

    private func stem(_ word: String, _ language: Language) -> String {
        guard let stemmer = stemmers.first(where: { $0.language == language }) else { return word }
        let bytes = Array(word.utf8)
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            guard let result = unsafe sb_stemmer_stem(stemmer.handle, buffer.baseAddress, Int32(buffer.count)) else {
                return word
            }
            return unsafe String(
                decoding: UnsafeBufferPointer(start: result, count: Int(sb_stemmer_length(stemmer.handle))),
                as: UTF8.self)
        }
    }
}
