/// Words of command lines that people copy.
enum Shell {
    /// A word as a shell takes it for one word, in quotes only if it needs them.
    static func quoted(_ word: String) -> String {
        let isPlain = word.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || "-_./:@%+=,".unicodeScalars.contains(scalar)
        }
        if isPlain, !word.isEmpty, !word.hasPrefix("-") { return word }
        return "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
