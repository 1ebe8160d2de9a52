import ArgumentParser
import QAShared

struct EraseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Take the words of a question away for good, also while the hub runs.",
        discussion: """
            Whoever sees the question reads that its text was erased. Its words are gone from the log, from what lies \
            beside it, and from the bytes of the file; the chain of the log stays whole, and “qarelay verify” says how many \
            texts were erased. Relays erase it too, as soon as they hear of it. Nothing brings it back.

            Backups that were made before keep it: erase it from each with --backup FILE.
            """)

    @Option(help: "The hub's data folder.")
    var data: String?

    @Option(help: ArgumentHelp("A backup to erase it from, instead of a data folder.", valueName: "file"))
    var backup: String?

    // One id in 64 begins with a dash.
    @Option(parsing: .unconditional, help: "The question's number, or its id.")
    var question: String

    @Option(help: "text or name.")
    var what = "text"

    func validate() throws {
        guard (data == nil) != (backup == nil) else {
            throw ValidationError("Name either a data folder with --data, or a backup with --backup.")
        }
    }

    func run() throws {
        guard let part = ErasedPart(rawValue: what) else {
            throw ValidationError("“\(what)” cannot be erased. Write text or name.")
        }
        let request = ControlRequest.erase(question: question, part)
        if let backup {
            return try ControlCommand.tell(OfflineDesk.ask(request, backup: backup, isChanged: true))
        }
        let folder = data ?? ""
        try ControlCommand.run(request, folder)
        let kept = FileSystem.list(folder + "/" + DataFolder.backups).filter { !$0.hasSuffix(BackupSum.suffix) }.map {
            "\(folder)/\(DataFolder.backups)/\($0)"
        }
        Output.line("Backups made before keep it. Erase it from each: qarelay erase --backup FILE --question …")
        for file in kept { Output.line("  \(file)") }
        let exports = FileSystem.list(folder + "/" + DataFolder.exports).map { "\(folder)/\(DataFolder.exports)/\($0)" }
        Output.line("Exports made before keep it too: remove them, and export anew.")
        for file in exports { Output.line("  \(file)") }
    }
}
