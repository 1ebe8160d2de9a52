/// What a backup's bytes come to, in a file beside it as `sha256sum -c` reads it.
///
/// The chain vouches for what is read of a backup. This vouches for every byte of the file, also those that SQLite passes
/// over until something is written there.
enum BackupSum {
    static let suffix = ".sha256"

    static func path(of backup: String) -> String { backup + suffix }

    /// Writes down what the file holds now; of a copy, once it holds what the original does.
    static func write(_ backup: String, of original: String? = nil) throws(LogError) {
        guard let sum = Digest.sha256(file: backup) else { throw SQLiteLog.openError(backup) }
        if let original, Digest.sha256(file: original) != sum {
            throw .failed("\(backup): it is not what was written to it")
        }
        let name = backup.split(separator: "/").last.map(String.init) ?? backup
        if let reason = FileSystem.writePrivate(path(of: backup), "\(hex(sum))  \(name)\n") {
            throw .failed("\(path(of: backup)): \(reason)")
        }
    }

    /// Whether the file holds what it did when it was written; false where nothing beside it says so.
    static func check(_ backup: String) throws(LogError) -> Bool {
        guard FileSystem.exists(path(of: backup)) else { return false }
        let words = FileSystem.readText(path(of: backup))?.split(whereSeparator: \.isWhitespace) ?? []
        guard let sum = Digest.sha256(file: backup), words.first.map(String.init) == hex(sum) else {
            throw .damaged(sequence: 0, "the bytes of the backup are not those that \(path(of: backup)) names")
        }
        return true
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
