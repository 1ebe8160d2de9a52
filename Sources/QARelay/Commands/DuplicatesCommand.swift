import ArgumentParser
import QAShared

struct DuplicatesCommand: ParsableCommand {
    enum Mode: String, ExpressibleByArgument, CaseIterable {
        case pairs
        case stream
        case rank
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
            that it would propose, best first. The columns are parted by tabs.
            """)

    @Option(help: "pairs, stream or rank.")
    var mode: Mode

    @Option(
        help: "The questions: one JSON object a line, with id, event, venue and text.")
    var set: String

    @Option(help: "The pairs to judge: id_a and id_b, parted by a tab.")
    var pairs: String?

    @Option(help: "Search with so much of each text only, in percent of its characters, as if it were being typed.")
    var typed = 100

    @Option(help: ArgumentHelp("How many questions the mode timing makes.", visibility: .hidden))
    var questions = 10_000

    @Option(help: "The folder of the engine's lists; found beside the program when not given.")
    var language: String?

    func validate() throws {
        guard (1...100).contains(typed) else {
            throw ValidationError("\(typed) is no share. Write a number from 1 to 100.")
        }
        if mode == .pairs, pairs == nil { throw ValidationError("The mode pairs needs --pairs FILE.") }
    }

    func run() throws {
        do {
            let questions = try DuplicatesTrial.questions(of: read(set), set)
            let pairs = try pairs.map { try DuplicatesTrial.pairs(of: read($0)) }
            let loaded = LanguageFiles.load(LanguageFiles.find(language))
            let dictionaries = Dictionaries()
            for name in loaded.missing + dictionaries.missing {
                Output.error("qarelay: language_missing: \(name) is not there; the engine does with what it has.")
            }
            if mode == .timing {
                var timing = DuplicatesTiming(questions)
                return print(timing.run(max(1, self.questions), loaded.resources, dictionaries.book))
            }
            let trial = DuplicatesTrial(resources: loaded.resources, book: dictionaries.book, typed: typed)
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
