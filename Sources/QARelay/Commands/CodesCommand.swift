import ArgumentParser
import QAShared

struct CodesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "codes",
        abstract: "Make, count and take back the one-time codes of an event whose votes decide something.",
        discussion: """
            For an event file with “votes: codes”. Asks the hub when one runs on the folder; opens the file otherwise.
            """,
        subcommands: [New.self, List.self, Revoke.self])

    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make codes and give them out, once. Only their keyed hashes are kept.",
            discussion: """
                Without --out the codes go to standard output, one a line. With --out they go to a file that only you can \
                read: one a line with its link, or for a name that ends in .html a sheet to print and cut, with a QR code each.
                """)

        @Option(help: "The hub's data folder.")
        var data: String

        @Option(help: "How many.")
        var count: Int

        @Option(help: "The venue where they are handed out: their links lead there. They count in every venue.")
        var venue: String?

        @Option(help: "The file to write; it must not be there yet.")
        var out: String?

        @Option(
            help: "Where phones reach the event, such as https://questions.example; asked of the running hub otherwise."
        )
        var url: String?

        func validate() throws {
            guard count >= 1 else { throw ValidationError("--count is how many codes to make: 1 or more.") }
            if let venue, VenueID(venue) == nil { throw ValidationError("“\(venue)” is not a venue's short name.") }
        }

        func run() throws {
            if let out, FileSystem.exists(out) {
                Stop(code: "codes_failed", sentence: "\(out) is there already. Choose another with --out.").leave()
            }
            let place = venue.flatMap { VenueID($0) }
            let answer = OfflineDesk.askEither(.newCodes(count: count, venue: place), folder: data)
            guard answer.isGood, answer.lines.count == count + 2 else { return try ControlCommand.tell(answer) }
            let facts = answer.lines[0].split(separator: " ")
            let base = url ?? facts.last.map(String.init).flatMap { $0 == "-" ? nil : $0 }
            let sheet = CodeSheet(
                title: answer.lines[1], base: base, venue: place, codes: Array(answer.lines.dropFirst(2)))
            if let out {
                let text = out.hasSuffix(".html") ? sheet.html : sheet.text
                if let reason = FileSystem.writeNew(out, text, mode: 0o600) {
                    lost(facts.first.map(String.init) ?? "", "\(out) could not be written (\(reason))")
                }
            } else if !Output.whole(answer.lines.dropFirst(2).map { $0 + "\n" }.joined()) {
                lost(facts.first.map(String.init) ?? "", "Standard output did not take all of it")
            }
            let kept = out.map { " They are in \($0), which only you can read." } ?? ""
            Output.error("\(count) codes, batch \(facts.first ?? "").\(kept) They are not told again.")
        }

        /// Codes that nobody has seen are to be taken back.
        private func lost(_ batch: String, _ why: String) -> Never {
            Stop(
                code: "codes_failed",
                sentence: "\(why). Take the codes back: qarelay codes revoke --data \(data) \(batch)"
            ).leave()
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show how many codes each batch has, and how many are used; never the codes.")

        @Option(help: "The hub's data folder.")
        var data: String

        func run() throws { try ControlCommand.run(.listCodes, data) }
    }

    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take back the codes of a batch that nobody has used; votes by used ones stay.")

        @Option(help: "The hub's data folder.")
        var data: String

        @Argument(help: "The batch's name, as “qarelay codes list” shows it.")
        var batch: String

        func run() throws { try ControlCommand.run(.revokeCodes(batch: batch), data) }
    }
}
