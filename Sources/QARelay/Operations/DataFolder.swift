import Glibc

/// What lies in a data folder, by name.
enum DataFolder {
    static let backups = "backups"
    static let exports = "exports"
    /// Says that there was an event here, and when it was purged.
    static let tombstone = "purged.txt"

    /// Files of a hub or a relay that hold, or lead to, what people said and who they are.
    static let files =
        [SQLiteLog.fileName, RelayStore.fileName].flatMap { name in ["", "-wal", "-shm", "-journal"].map { name + $0 } }
        + ["links.txt", "links.txt.new", "relays.txt", "relays.txt.new", "pairing-code", "pairing-code.new", "control"]
        + [HeadFile.name, HeadFile.name + ".new"]
    /// A backup on its way out of the folder, by the program that fetches it.
    static func part(of process: pid_t) -> String { "backup-\(process).part" }

    /// Whether a file is one that a program left there when it was killed.
    static func isPart(_ name: String) -> Bool {
        name.hasPrefix("backup-") && (name.hasSuffix(".part") || name.hasSuffix(".part" + BackupSum.suffix))
    }

    /// Folders that go whole.
    static let folders = ["tokens", backups, exports]

    /// What the folder's tombstone says; nil for a folder that was never purged.
    static func purged(_ folder: String) -> String? {
        FileSystem.readText(folder + "/" + tombstone)?.split(separator: "\n").first.map(String.init)
    }

    /// Leaves when the folder's event was purged: it would begin anew where people believe it gone.
    static func refusePurged(_ folder: String) throws(Stop) {
        guard let words = purged(folder) else { return }
        throw Stop(
            code: "event_purged",
            sentence:
                "\(words) Name another --data folder, or remove \(folder)/\(tombstone) to begin anew in this one.",
            status: .unusable)
    }
}
