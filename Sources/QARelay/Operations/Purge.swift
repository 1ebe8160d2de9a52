// The end of an event's data: everything that holds what people said or who they are is overwritten and removed.

import Glibc
import QAShared

/// Purges one data folder, of a hub or of a venue's relay.
struct Purge {
    /// What is known of the event whose data lies in the folder.
    struct Subject {
        var eventID: String
        var title: String
        var questions: Int
        var due: Timestamp?
        var isClosed: Bool
        /// Commands of a relay's room that the hub has not answered.
        var unsent = 0

        init(_ state: State, eventID: String) {
            self.eventID = state.setup?.id ?? eventID
            title = state.setup?.title ?? eventID
            questions = state.questions.count
            due = state.purgeDue
            isClosed = state.phase == .closed
        }
    }

    let folder: String
    private(set) var subject: Subject

    /// Opens the folder's store to see whose it is, and closes it again.
    init(reading folder: String) throws(LogError) {
        self.folder = folder
        if FileSystem.exists(folder + "/" + RelayStore.fileName) {
            let store = try RelayStore(folder: folder, venue: nil)
            defer { store.close() }
            let contents = try store.contents()
            subject = Subject(contents.state, eventID: store.venue.text)
            subject.unsent = contents.outbox.count
        } else {
            let log = try SQLiteLog(folder: folder, eventID: nil)
            defer { log.close() }
            subject = Subject(try log.fold().state, eventID: log.eventID)
        }
    }

    init(folder: String, subject: Subject) {
        self.folder = folder
        self.subject = subject
    }

    /// Removes everything, and says what it removed. What could not be removed is in `left`.
    func run(keepsExports: Bool, also others: [String] = [], at time: Timestamp) -> (removed: [String], left: [String])
    {
        // The tombstone first: a purge that is broken off is not mistaken for an event that goes on.
        let day = StructuredLog.text(of: time).prefix(10)
        let words = "The event “\(subject.eventID)” was purged on \(day): \(subject.questions) questions."
        if let reason = FileSystem.writePrivate(folder + "/" + DataFolder.tombstone, words + "\n") {
            return ([], ["\(DataFolder.tombstone) could not be written (\(reason))"])
        }
        return Self.remove(from: folder, keepsExports: keepsExports, also: others)
    }

    /// Removes everything of an event from a folder, also what a purge that was broken off left of it.
    static func remove(
        from folder: String, keepsExports: Bool, also others: [String]
    ) -> (removed: [String], left: [String]) {
        var removed: [String] = []
        var left: [String] = []
        func take(_ path: String, _ name: String) {
            guard FileSystem.exists(path) else { return }
            if let reason = FileSystem.shred(path) {
                left.append("\(name) (\(reason))")
            } else {
                removed.append(name)
            }
        }
        for folderName in DataFolder.folders where !(keepsExports && folderName == DataFolder.exports) {
            let path = folder + "/" + folderName
            for name in FileSystem.listAll(path) { take(path + "/" + name, folderName + "/" + name) }
            if unsafe rmdir(path) != 0, FileSystem.exists(path) { left.append("\(folderName)/ (\(FileSystem.reason))") }
        }
        let parts = FileSystem.list(folder).filter(DataFolder.isPart)
        for name in DataFolder.files + parts { take(folder + "/" + name, name) }
        for path in others.flatMap({ [$0, BackupSum.path(of: $0)] }) { take(path, path) }
        FileSystem.flushFolder(folder)
        return (removed, left)
    }

    /// What lies in the folder still and is none of the program's: somebody should look at it.
    static func strange(in folder: String, keepsExports: Bool) -> [String] {
        FileSystem.listAll(folder).filter { name in
            name != DataFolder.tombstone && !(keepsExports && name == DataFolder.exports)
        }
    }
}
