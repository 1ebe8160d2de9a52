import ArgumentParser
import Glibc
import QAShared

@main
struct QARelayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "qarelay",
        abstract: "Live questions and answers for events held in several places at once.",
        version: QARelayVersion.current,
        subcommands: [
            ServeCommand.self, VenueCommand.self, LineCommand.self, CheckCommand.self, TokenCommand.self,
            VerifyCommand.self, BackupCommand.self, RestoreCommand.self, PeopleCommand.self,
            DuplicatesCommand.self, LabelsCommand.self, EventCommand.self, RehearsalCommand.self, ExportCommand.self,
            TLSCommand.self, EraseCommand.self, PurgeCommand.self, CodesCommand.self,
        ])
}

/// The program cannot go on: one sentence for people, a stable code, and an exit status.
struct Stop: Error {
    /// What the shell is told: 1 something failed, 2 what was given is not usable.
    enum Status: Int32 {
        case failed = 1
        case unusable = 2
    }

    var code: String
    var sentence: String
    var status = Status.failed

    /// Prints the sentence and leaves.
    func leave() -> Never {
        Output.error("qarelay: \(code): \(sentence)")
        exit(status.rawValue)
    }
}

/// Lines for people on standard output and standard error.
enum Output {
    static func line(_ text: String = "") { _ = put(text + "\n", 1) }
    static func error(_ text: String) { _ = put(text + "\n", 2) }

    /// Puts a whole text on standard output as it is; false when nobody takes it.
    static func whole(_ text: String) -> Bool { put(text, 1) }

    /// Whether somebody sits in front of standard output.
    static var isTerminal: Bool { isatty(1) == 1 }

    private static func put(_ text: String, _ descriptor: Int32) -> Bool {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe write(descriptor, buffer.baseAddress?.advanced(by: sent), bytes.count - sent)
            }
            if count <= 0 { return false }
            sent += count
        }
        return true
    }
}

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read an event file and say, line by line, what is to be written instead.")

    @Argument(help: "The event file (YAML).")
    var file: String

    @Flag(help: "Print the ids of the venues, one a line, and nothing else.")
    var venues = false

    func run() throws {
        switch EventFile.load(path: file) {
        case .success(let setup) where venues:
            for venue in setup.venues { Output.line(venue.id.text) }
        case .success(let setup):
            Output.line("\(file): good. “\(setup.title)”, \(setup.venues.count) venues, \(setup.talks.count) talks.")
            if setup.votes == .codes {
                Output.line("Votes count with a one-time code each: make them with “qarelay codes new”.")
            }
        case .failure(let problems):
            Output.error(problems.description)
            throw ExitCode(Stop.Status.unusable.rawValue)
        }
    }
}

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Replay an event's log, check its chain, and print head and state hash.",
        discussion: "Asks the hub when one runs on the folder; opens the file otherwise.")

    @Option(help: "The hub's data folder.")
    var data: String?

    @Option(help: ArgumentHelp("A backup to look at, instead of a data folder.", valueName: "file"))
    var backup: String?

    func validate() throws {
        guard (data == nil) != (backup == nil) else {
            throw ValidationError("Name either a data folder with --data, or a backup with --backup.")
        }
    }

    func run() throws {
        if let backup { return try ControlCommand.tell(OfflineDesk.ask(.verify, backup: backup)) }
        try ControlCommand.run(.verify, data ?? "")
    }
}

struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Make, list and revoke the keys to roles.",
        subcommands: [New.self, Revoke.self, List.self])

    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a token and print it, once. Only its hash is kept.")

        @Option(help: "The hub's data folder.")
        var data: String

        @Option(help: "moderator, speaker, display, organiser or relay; a relay's token is its pairing code.")
        var role: String

        @Option(help: "The venue it is for; none means all.")
        var venue: String?

        @Option(help: "What to call it.")
        var label: String?

        func run() throws {
            guard let known = Role(rawValue: role) else {
                throw ValidationError("“\(role)” is no role. Write moderator, speaker, display, organiser or relay.")
            }
            var place: VenueID?
            if let venue {
                guard let slug = VenueID(venue) else {
                    throw ValidationError("“\(venue)” is not a venue's short name.")
                }
                place = slug
            }
            let label = label ?? [role, venue].compactMap(\.self).joined(separator: "-")
            try ControlCommand.run(.newToken(role: known, venue: place, label: label), data)
        }
    }

    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Revoke a token; whoever holds it is disconnected within a second.",
            discussion: "Write “--” before a label that begins with a dash.")

        @Option(help: "The hub's data folder.")
        var data: String

        @Argument(help: "The token's name or label, as “qarelay token list” shows it. Not the token itself.")
        var token: String

        func run() throws { try ControlCommand.run(.revokeToken(tag: token), data) }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show names, roles and venues of all tokens.")

        @Option(help: "The hub's data folder.")
        var data: String

        func run() throws { try ControlCommand.run(.listTokens, data) }
    }
}

struct LabelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "labels",
        abstract: "Print what moderators decided of duplicates: pairs of questions, labelled.",
        discussion: """
            One JSON object a line: the two questions, label 1 for the same and 0 for not the same, and who decided. \
            Asks the hub when one runs on the folder; opens the file otherwise.
            """)

    @Option(help: "The hub's data folder.")
    var data: String

    func run() throws { try ControlCommand.run(.labels, data) }
}

struct EventCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "event",
        abstract: "Close the event when the day is over, and open it again.",
        discussion: "Asks the hub when one runs on the folder; opens the file otherwise.",
        subcommands: [Close.self, Open.self])

    struct Close: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Close the event: questions are read, and none is taken. The days of retention count from here.")

        @Option(help: "The hub's data folder.")
        var data: String

        func run() throws { try ControlCommand.run(.closeEvent, data) }
    }

    struct Open: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Open a closed event again.")

        @Option(help: "The hub's data folder.")
        var data: String

        func run() throws { try ControlCommand.run(.openEvent, data) }
    }
}

struct RehearsalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rehearsal",
        abstract: "Try the event out beforehand, and take all of it away again.",
        discussion: "Asks the hub when one runs on the folder; opens the file otherwise.",
        subcommands: [Start.self, End.self])

    struct Start: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Begin a rehearsal; only while there are no questions.")

        @Option(help: "The hub's data folder.")
        var data: String

        func run() throws { try ControlCommand.run(.startRehearsal, data) }
    }

    struct End: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End the rehearsal: all that was asked and done in it is gone, the event is open and empty.")

        @Option(help: "The hub's data folder.")
        var data: String

        @Flag(help: "Yes, take it all away.")
        var yes = false

        func run() throws { try ControlCommand.run(.endRehearsal(confirmed: yes), data) }
    }
}

enum ControlCommand {
    /// Asks, prints the answer, and fails when it is a refusal.
    static func run(_ request: ControlRequest, _ folder: String) throws {
        try tell(OfflineDesk.askEither(request, folder: folder))
    }

    static func tell(_ answer: ControlAnswer) throws {
        for line in answer.lines {
            if answer.isGood { Output.line(line) } else { Output.error("qarelay: \(line)") }
        }
        if !answer.isGood { throw ExitCode(Stop.Status.failed.rawValue) }
    }
}
