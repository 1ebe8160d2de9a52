import Logging

/// What the duplicates engine knows beforehand, opened as a hub or a relay starts.
enum HubLanguage {
    /// Reads the lists and dictionaries that are there; fewer duplicates are found without the rest, and the log says so.
    static func open(_ folder: String?, _ log: Logger) -> (resources: LanguageResources, book: WordBook) {
        let loaded = LanguageFiles.load(LanguageFiles.find(folder))
        if !loaded.missing.isEmpty {
            log.warning("language_missing", metadata: ["files": "\(loaded.missing.joined(separator: " "))"])
        }
        let dictionaries = Dictionaries()
        if !dictionaries.missing.isEmpty {
            log.warning("language_missing", metadata: ["packages": "\(dictionaries.missing.joined(separator: " "))"])
        }
        return (loaded.resources, dictionaries.book)
    }
}
