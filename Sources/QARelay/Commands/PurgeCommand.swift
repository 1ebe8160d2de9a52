import ArgumentParser
import Glibc
import QAShared

struct PurgeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "purge",
        abstract: "Remove an event's data for good: words, names, identities, keys, backups and exports.",
        discussion: """
            Works on the data folder of a hub, or of a venue's relay, that is stopped. Everything in it that belongs to the \
            event is overwritten and removed; what is left is a line that says so. A running hub and relay purge by \
            themselves when the event's retention_days have passed (see --no-purge there).

            Copies elsewhere are yours to name: --also FILE, as often as needed. What cannot be reached from here stays: \
            other copies of backups, snapshots of the disk, phones, and the outboxes of terminals.
            """)

    @Option(help: "The data folder of the stopped hub or relay.")
    var data: String

    @Option(help: "Purge only if the data is of this event.")
    var event: String?

    @Option(help: "The event's id once more: there is no way back. Asked for at a terminal when not given.")
    var confirm: String?

    @Flag(help: "Leave the folder exports/ as it is: no participant and no key is in them, but what was said is.")
    var keepExports = false

    @Option(
        help: ArgumentHelp("Another file to overwrite and remove: a backup or an export elsewhere.", valueName: "file"))
    var also: [String] = []

    @Flag(help: "Purge an event before it is over.")
    var early = false

    func run() throws {
        do {
            try purge()
        } catch let stop as Stop {
            stop.leave()
        } catch let error as LogError {
            Stop(code: error.code, sentence: error.sentence).leave()
        }
    }

    private func purge() throws {
        // Begun before, and perhaps broken off: what is left of it cannot be read any more.
        if DataFolder.purged(data) != nil {
            return try tell(Purge.remove(from: data, keepsExports: keepExports, also: also))
        }
        if ControlClient.ask(.listTokens, folder: data) != nil {
            throw Stop(code: "event_running", sentence: "A hub or relay runs on \(data). Stop it first.")
        }
        let purge = try Purge(reading: data)
        try check(purge.subject)
        for file in also {
            // A name that was mistyped must not be taken for a file that is gone.
            guard FileSystem.exists(file) else {
                throw Stop(code: "no_file", sentence: "\(file) is not there. Nothing was purged.", status: .unusable)
            }
            try checkBackup(file, purge.subject)
        }
        try tell(purge.run(keepsExports: keepExports, also: also, at: Clock.wall))
    }

    private func tell(_ done: (removed: [String], left: [String])) throws {
        for name in done.removed { Output.line("removed  \(name)") }
        Output.line(DataFolder.purged(data) ?? "")
        for name in Purge.strange(in: data, keepsExports: keepExports) {
            Output.line("left     \(name): not a file of the program; look whether it is of the event.")
        }
        if !done.left.isEmpty {
            for name in done.left { Output.error("qarelay: not_purged: \(name)") }
            throw ExitCode(Stop.Status.failed.rawValue)
        }
    }

    private func check(_ subject: Purge.Subject) throws(Stop) {
        let id = subject.eventID
        if let event, event != id {
            throw Stop(
                code: "other_event", sentence: "\(data) holds the event “\(id)”, not “\(event)”.", status: .unusable)
        }
        let isOver = subject.isClosed || subject.due.map { $0 <= Clock.wall } != false
        guard isOver || early else {
            throw Stop(
                code: "event_running",
                sentence:
                    "The event “\(id)” has not been closed, and its retention has not passed. Close it first, or add --early."
            )
        }
        var given = confirm
        if given == nil, isatty(0) == 1 {
            let unsent =
                subject.unsent > 0 ? " \(subject.unsent) commands of the room never reached the hub: they go too." : ""
            Output.line(
                "This removes \(subject.questions) questions of “\(subject.title)” for good.\(unsent) Write \(id) to do it:"
            )
            given = readLine()
        }
        guard given == id else {
            throw Stop(
                code: "unconfirmed",
                sentence:
                    "This removes \(subject.questions) questions and all keys of “\(subject.title)” for good. Add --confirm \(id) to do it.",
                status: .unusable)
        }
    }

    /// A backup must be one of this event; anything that is no backup is taken for an export.
    private func checkBackup(_ file: String, _ subject: Purge.Subject) throws(Stop) {
        guard FileSystem.read(file)?.starts(with: Array("SQLite format 3".utf8)) == true,
            let log = try? SQLiteLog(backup: file, isChanged: false)
        else { return }
        defer { log.close() }
        guard log.eventID == subject.eventID else {
            throw Stop(
                code: "other_event",
                sentence:
                    "\(file) is a backup of the event “\(log.eventID)”, not of “\(subject.eventID)”. Nothing was purged.",
                status: .unusable)
        }
    }
}
