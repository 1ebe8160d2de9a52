import ArgumentParser
import QAShared

struct DuplicatesCommand: ParsableCommand {
    enum Mode: String, ExpressibleByArgument, CaseIterable {
        case pairs
        case stream
        case rank
        case flag
        case features
        case stems
        case timing
    }

    static let configuration = CommandConfiguration(
        commandName: "duplicates",
        abstract: "Try the duplicates engine on a file of questions, and print what it finds.",
        discussion: """
            Each event's questions are taken in their order, just as a hub takes them: the engine knows only what came \
            before. Modes: pairs prints “id_a id_b score” for the pairs of --pairs; stream prints “id cluster”, what the \
            strict rule unites, a cluster named by its founder; rank prints “id candidate score”, the earlier questions \
            that it would suggest to who types the text, best first; flag prints the same for a moderator, of the \
            question that was sent. The columns are parted by tabs.
            """)

    @Option(help: "pairs, stream, rank or flag.")
    var mode: Mode

    @Option(
        help: "The questions: one JSON object a line, with id, event, venue and text.")
    var set: String

    @Option(help: "The pairs to judge: id_a and id_b, parted by a tab.")
    var pairs: String?

    @Option(
        help:
            "In the mode rank: so much of each text has been typed, in percent of its characters, rounded up; 100 when not given."
    )
    var typed: Int?

    @Flag(help: "In the mode rank: only what a hub shows, three at most and none that is too unlike.")
    var shown = false

    @Option(help: ArgumentHelp("How many questions the mode timing makes.", visibility: .hidden))
    var questions = 10_000

    @Option(help: "The folder of the engine's lists; found beside the program when not given.")
    var language: String?

    func validate() throws {
        if let typed, !(1...100).contains(typed) {
            throw ValidationError("\(typed) is no share. Write a number from 1 to 100.")
        }
        if shown, mode != .rank { throw ValidationError("Only the mode rank takes --shown: leave it out.") }
        if mode == .pairs, pairs == nil { throw ValidationError("The mode pairs needs --pairs FILE.") }
    }

    func run() throws {
        do {
            let questions = try TrialFile(read(set), set).questions()
            let pairs = try pairs.map { try TrialFile(read($0), $0).pairs(of: questions) }
            let loaded = LanguageFiles.load(LanguageFiles.find(language))
            let dictionaries = Dictionaries()
            for name in loaded.missing + dictionaries.missing {
                Output.error("qarelay: language_missing: \(name) is not there; the engine does with what it has.")
            }
            if mode == .timing {
                var timing = DuplicatesTiming(questions)
                return print(timing.run(max(1, self.questions), loaded.resources, dictionaries.book))
            }
            let trial = DuplicatesTrial(
                resources: loaded.resources, book: dictionaries.book, typed: typed, isShown: shown)
            for line in trial.run(mode, questions, pairs) { print(line) }
        } catch let stop as Stop {
            stop.leave()
        }
    }

    private func read(_ path: String) throws -> String {
        do throws(TextFile.Unreadable) {
            return try TextFile.read(path, maximumBytes: DemoQuestions.maximumBytes)
        } catch {
            throw Stop(code: "unreadable", sentence: "\(path): \(error.what) \(error.instead)", status: .unusable)
        }
    }
}
