import ArgumentParser
import QAShared
import QASocket

/// `qarelay people`: a crowd for demonstrations.
struct PeopleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people",
        abstract: "Let simulated people with real connections ask and support questions.",
        discussion: """
            For demonstrations and rehearsals; the questions stay in the event's log. Stop with Ctrl-C.
            Environment: QARELAY_LOG sets the log level.
            """)

    @Option(help: "The hub, such as ws://127.0.0.1:8080 or wss://HOST.", transform: PeopleCommand.address)
    var hub: HubAddress

    @Option(help: "By TLS: a file with the authorities to believe (PEM) instead of this machine's.")
    var ca: String?

    @Option(help: "By TLS: believe exactly the certificate with this fingerprint, as the hub prints it.")
    var fingerprint: String?

    @Option(help: "The event file, for its venues.")
    var event: String

    @Option(help: "Only people of this venue; their relay is the hub to name then.")
    var venue: String?

    @Option(help: "The questions: one JSON object with “text” and “venue” a line.")
    var questions: String

    @Option(help: "How many people, spread over the venues.")
    var phones = 60

    @Option(help: "The same number gives the same behaviour.")
    var seed: UInt64 = 1

    @Option(help: "Seconds from one question to the next, over all people: least and most.")
    var pace = Pace(milliseconds: 2_000...6_000)

    @Option(
        help: "A moderator's token file: a simulated moderator then starts the talk, approves and takes questions live."
    )
    var steward: String?

    @Option(help: "Leave after so many seconds; without it they stay.")
    var seconds: Int?

    @Option(
        help: "A file for what was acknowledged, a line each: “command ID” or “vote TAG QUESTION COUNTER”."
    )
    var acknowledged: String?

    private static func address(_ text: String) throws -> HubAddress {
        guard let address = try? HubAddress(text) else {
            throw ValidationError("“\(text)” is no hub. Write ws://HOST:PORT or wss://HOST:PORT.")
        }
        return address
    }

    func validate() throws {
        guard ca == nil || fingerprint == nil else {
            throw ValidationError("--ca and --fingerprint are two ways of believing: choose one.")
        }
        guard (1...10_000).contains(phones) else {
            throw ValidationError("Write a number from 1 to 10000 after --phones.")
        }
        guard (1...1_000_000).contains(seconds ?? 1) else {
            throw ValidationError("Write a number of at least 1 after --seconds.")
        }
    }

    func run() throws {
        StructuredLog.bootstrap()
        do {
            _ = try People.run(plan())
        } catch let stop as Stop {
            stop.leave()
        } catch let error as SocketError {
            Stop(code: error.code, sentence: error.description).leave()
        }
    }

    private func trust() throws(Stop) -> TLSTrust {
        let trust: TLSTrust =
            if let ca { .authorities(file: ca) } else if let fingerprint {
                .pinned(fingerprint: fingerprint)
            } else { .system }
        do throws(SocketError) {
            try trust.examine()
        } catch {
            throw Stop(code: error.code, sentence: error.description, status: .unusable)
        }
        return trust
    }

    private func plan() throws(Stop) -> People.Plan {
        let setup: EventSetup
        switch EventFile.load(path: event) {
        case .success(let read): setup = read
        case .failure(let problems):
            Output.error(problems.description)
            throw Stop(
                code: "event_file", sentence: "The event file has to be corrected first.",
                status: .unusable)
        }
        let venues = setup.venues.map(\.id).filter { venue == nil || $0.text == venue }
        guard !venues.isEmpty else {
            throw Stop(
                code: "venue", sentence: "The event has no venue “\(venue ?? "")”. Its venues are in the event file.",
                status: .unusable)
        }
        let believed = try trust()
        var token: String?
        if let steward {
            token = FileSystem.readText(steward)?.split(separator: "\n").first.map(String.init)
            if token == nil {
                throw Stop(
                    code: "token_file", sentence: "\(steward) cannot be read. Name a file in the hub's tokens folder.",
                    status: .unusable)
            }
        }
        let file = acknowledged.flatMap(AcknowledgedFile.init(path:))
        if let acknowledged, file == nil {
            throw Stop(
                code: "acknowledged_file",
                sentence: "\(acknowledged) cannot be written (\(FileSystem.reason)). Name a file in a folder of yours.",
                status: .unusable)
        }
        do throws(TextFile.Unreadable) {
            let read = try DemoQuestions(path: questions, venues: venues)
            return People.Plan(
                hub: hub, trust: believed, venues: venues, questions: read, phones: phones, seed: seed,
                pace: pace.milliseconds, stewardToken: token, seconds: seconds, acknowledged: file)
        } catch {
            let line = error.line > 0 ? ":\(error.line)" : ""
            throw Stop(
                code: "questions_file", sentence: "\(questions)\(line): \(error.what) \(error.instead)",
                status: .unusable)
        }
    }
}

/// Two numbers of seconds, such as `2-6`.
struct Pace: ExpressibleByArgument, CustomStringConvertible {
    var milliseconds: ClosedRange<Int>

    init(milliseconds: ClosedRange<Int>) { self.milliseconds = milliseconds }

    /// Nil unless both are from 0.01 to 3600 and in order.
    init?(argument: String) {
        let parts = argument.split(separator: "-", omittingEmptySubsequences: false)
        let limits = 0.01...3_600
        guard parts.count == 2, let least = Double(parts[0]), let most = Double(parts[1]),
            limits.contains(least), limits.contains(most), least <= most
        else { return nil }
        milliseconds = Int(least * 1_000)...Int(most * 1_000)
    }

    var description: String {
        "\(Double(milliseconds.lowerBound) / 1_000)-\(Double(milliseconds.upperBound) / 1_000)"
    }
}
