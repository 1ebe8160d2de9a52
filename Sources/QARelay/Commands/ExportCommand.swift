import ArgumentParser

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Take an event's questions and counts home, also while the hub runs.",
        discussion: """
            csv gives a table of the questions, or with --what counts one of what became of them by venue and talk; json \
            everything; geojson the counts as a point a venue, for a map. No participant and no key is in any of them, and \
            of a question that its asker took back no word. Asks the hub when one runs on the folder; opens the file otherwise.
            """)

    @Option(help: "The hub's data folder.")
    var data: String

    @Option(help: "csv, json or geojson.")
    var format: Export.Format

    @Option(help: "questions or counts.")
    var what: Export.Part?

    @Flag(help: "Begin the CSV with a byte order mark, by which Excel knows UTF-8.")
    var bom = false

    @Option(help: "The file to write; it must not be there yet. Without it all goes to standard output.")
    var out: String?

    func validate() throws {
        if bom, format != .csv { throw ValidationError("--bom is for CSV: JSON has no such mark.") }
        if format == .geojson, what == .questions {
            throw ValidationError("A map shows counts: leave --what away, or choose csv or json for the questions.")
        }
    }

    func run() throws {
        let choice = Export.Choice(format: format, what: what)
        let answer = OfflineDesk.askEither(.export(choice), folder: data)
        guard answer.isGood else {
            for line in answer.lines { Output.error("qarelay: \(line)") }
            throw ExitCode(Stop.Status.failed.rawValue)
        }
        let text = (bom ? "\u{FEFF}" : "") + answer.lines.map { $0 + choice.lineEnd }.joined()
        guard let out else {
            if Output.whole(text) { return }
            Stop(code: "export_failed", sentence: "Standard output did not take all of it.").leave()
        }
        if let reason = FileSystem.writeNew(out, text, mode: 0o600) {
            Stop(
                code: "export_failed", sentence: "\(out) could not be written (\(reason)). Choose another with --out."
            ).leave()
        }
    }
}

extension Export.Format: ExpressibleByArgument {}
extension Export.Part: ExpressibleByArgument {}
