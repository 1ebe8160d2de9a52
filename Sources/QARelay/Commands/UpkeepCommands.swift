import ArgumentParser
import Glibc
import QAShared

struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy an event's log into a file, also while the hub runs.",
        discussion: """
            The file holds everything: questions, votes, the hashes of tokens and the key of device credentials. Keep it as \
            you keep the data folder. Its SHA-256 is written beside it (FILE.sha256, for “sha256sum -c” too): keep both \
            together, and “verify” and “restore” notice every bit that is not as it was.
            """)

    @Option(help: "The hub's data folder.")
    var data: String

    @Argument(help: "The file to write; it must not be there yet.")
    var file: String

    func run() throws {
        let answer: ControlAnswer
        do throws(LogError) {
            answer = try Self.backUp(data, to: file)
        } catch {
            Stop(code: error.code, sentence: error.sentence).leave()
        }
        try ControlCommand.tell(answer)
    }

    /// A hub that runs as a service may write nowhere but in its data folder: it makes the copy there, and this program
    /// carries it to where it was wished, with the rights of whoever asked.
    private static func backUp(_ data: String, to file: String) throws(LogError) -> ControlAnswer {
        if FileSystem.exists(file) { throw .foreign("\(file) is there already. Name a new file.") }
        let part = FileSystem.absolute(data) + "/" + DataFolder.part(of: getpid())
        defer { for path in [part, BackupSum.path(of: part)] { _ = FileSystem.shred(path) } }
        var answer = OfflineDesk.askEither(.backup(path: part), folder: data)
        guard answer.isGood else { return answer }
        if let reason = FileSystem.copyPrivate(part, to: file) { throw .failed("\(file): \(reason)") }
        do throws(LogError) {
            try BackupSum.write(file, of: part)
        } catch {
            unsafe unlink(file)
            throw error
        }
        answer.lines = answer.lines.map { $0.replacing(part, with: file) }
        return answer
    }
}

struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Make an event of a backup, in a data folder of its own.",
        discussion: """
            The chain is checked first. The event goes on as another incarnation of its log: phones and terminals get a \
            whole new view, and relays send again what went through them. Tokens stay valid.
            """)

    @Option(help: "The data folder to make; there must be no event in it.")
    var data: String

    @Argument(help: "The backup.")
    var file: String

    func run() throws {
        if let reason = FileSystem.makePrivateFolder(data) {
            Stop(
                code: "data_folder",
                sentence: "The data folder \(data) cannot be made (\(reason)). Choose another with --data."
            ).leave()
        }
        do throws(LogError) {
            let restored = try SQLiteLog.restore(file, to: data)
            Output.line("Restored \(restored.head) entries into \(data), as epoch \(restored.epoch.text).")
            Output.line("Start the hub on it with: qarelay serve --data \(Shell.quoted(data)) --event FILE")
            Output.line(
                "The tokens themselves are in no backup: copy the folder tokens/ of the old data folder, or make new ones "
                    + "with “qarelay token new” (the start says which).")
        } catch {
            Stop(code: error.code, sentence: error.sentence).leave()
        }
    }
}

struct LineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "line",
        abstract: "Show how a relay's line to the hub stands, or let it go and take it up again on purpose.",
        discussion: """
            To see beforehand what a room sees when its line is cut: “qarelay line cut”, and “qarelay line join” when \
            everybody has seen it. A relay that is started anew takes its line up.
            """)

    @Argument(help: "show, cut, join or toggle.")
    var wish = "show"

    @Option(help: "The relay's data folder.")
    var data: String

    func run() throws {
        guard let known = LineWish(rawValue: wish) else {
            throw ValidationError("“\(wish)” is no wish. Write show, cut, join or toggle.")
        }
        guard let answer = ControlClient.ask(.line(known), folder: data) else {
            Stop(
                code: "not_running",
                sentence: "No relay runs on \(data). Start it with: qarelay venue --data \(Shell.quoted(data)) …"
            ).leave()
        }
        for line in answer.lines {
            if answer.isGood { Output.line(line) } else { Output.error("qarelay: \(line)") }
        }
        if !answer.isGood { throw ExitCode(Stop.Status.failed.rawValue) }
    }
}
