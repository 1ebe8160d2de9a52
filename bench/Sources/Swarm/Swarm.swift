// Many phones in one process, for measurements: what each mode does is said in `usage`.

import Glibc
import QAShared
import QASocket

@main
struct Swarm {
    static let usage = """
        usage: Swarm MODE --port PORT [--venue SLUG] [options]

        Phones sit in the three venues in turns, or all in one.

          crowd      phones that only read
                     --phones N  --bare (the server is BareLoop: no hello, no welcome)
                     orders on standard input: mark (counters since the last mark), more N, quit
          mixed      phones that ask and vote at random moments, a speaker that sees, and answers that keep the queue short
                     --phones N --asks R --votes R (a second) --warmup S --seconds S --speaker FILE --moderator FILE
                     --screens-port PORT (where speaker and moderator are, if elsewhere)
                     --texts FILE (what is asked, one a line; “@” becomes the mark) --support (each question has a vote
                     at once, so that it stands before those that have none)
          commands   senders that send the next command when the last one is acknowledged
                     --senders N --window N --asks-percent P --seconds S | --count N
          triage     a moderator edits pending questions at a steady rate
                     --rate R --seconds S --moderator FILE
          seed       senders that ask all questions of a file, one a line, as fast as they are acknowledged
                     --texts FILE --senders N --window N --speaker FILE
          typists    people who type the lines of a file, and ask for suggestions while they do, from "go" to "stop"
                     --phones N --texts FILE --every MILLISECONDS

        All but crowd wait for the order "go" once everybody is attached; mixed can be told again after its result. Every
        line of output is one JSON object.
        """

    static func main() {
        // A connection that goes away while being written to is no reason to die.
        signal(SIGPIPE, SIG_IGN)
        guard let options = Options(CommandLine.arguments), let port = options.int("port") else { leave(usage) }
        do {
            let loop = try Loop()
            let stage = try Stage(loop: loop, port: port, venue: options.text("venue"))
            let mode: AnyObject
            switch options.mode {
            case "crowd": mode = Crowd(stage, options)
            case "mixed": mode = Mixed(stage, options)
            case "commands": mode = Commands(stage, options)
            case "triage": mode = Triage(stage, options)
            case "seed": mode = Seed(stage, options)
            case "typists": mode = Typists(stage, options)
            default: leave(usage)
            }
            loop.run()
            withExtendedLifetime(mode) {}
        } catch {
            leave("Swarm: \(error)")
        }
    }

    static func leave(_ sentence: String) -> Never {
        let line = Array((sentence + "\n").utf8)
        _ = line.withUnsafeBytes { write(2, $0.baseAddress, line.count) }
        exit(2)
    }
}

/// `MODE --name value …`; a name without a value is a switch.
struct Options {
    let mode: String
    private var values: [String: String] = [:]

    init?(_ arguments: [String]) {
        guard arguments.count > 1 else { return nil }
        mode = arguments[1]
        var index = 2
        while index < arguments.count {
            guard arguments[index].hasPrefix("--") else { return nil }
            let name = String(arguments[index].dropFirst(2))
            if index + 1 < arguments.count, !arguments[index + 1].hasPrefix("--") {
                values[name] = arguments[index + 1]
                index += 2
            } else {
                values[name] = ""
                index += 1
            }
        }
    }

    func has(_ name: String) -> Bool { values[name] != nil }
    func text(_ name: String) -> String? { values[name] }
    func int(_ name: String) -> Int? { values[name].flatMap { Int($0) } }
    func double(_ name: String) -> Double? { values[name].flatMap { Double($0) } }

    /// The token in the file that the option names.
    func token(_ name: String) -> String {
        guard let line = lines(name).first else { Swarm.leave("Swarm: --\(name) names an empty file") }
        return line
    }

    /// The lines of the file that the option names, without empty ones.
    func lines(_ name: String) -> [String] {
        guard let path = values[name], let file = fopen(path, "r") else {
            Swarm.leave("Swarm: --\(name) must name a file that can be read")
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return bytes.split { $0 == 10 || $0 == 13 }.map { String(decoding: $0, as: UTF8.self) }
    }
}

/// Time that does not jump, the same for all processes of a machine.
enum Clock {
    static var microseconds: Int {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return now.tv_sec * 1_000_000 + now.tv_nsec / 1_000
    }
}

/// Lines in, lines out.
final class Console {
    private var pending: [UInt8] = []
    private let loop: Loop

    init(_ loop: Loop, _ order: @escaping (_ words: [String]) -> Void) {
        self.loop = loop
        loop.watchReadable(fileDescriptor: 0) { [unowned self] in read(order) }
    }

    private func read(_ order: (_ words: [String]) -> Void) {
        var chunk = [UInt8](repeating: 0, count: 1024)
        let count = Glibc.read(0, &chunk, chunk.count)
        // Whoever started us is gone, or has seen enough.
        guard count > 0 else { exit(0) }
        pending += chunk.prefix(count)
        while let end = pending.firstIndex(of: 10) {
            let line = String(decoding: pending[..<end], as: UTF8.self)
            pending.removeSubrange(...end)
            let words = line.split(separator: " ").map(String.init)
            if words.first == "quit" { exit(0) }
            order(words)
        }
    }

    static func tell(_ event: String, _ members: (inout JSONWriter) -> Void = { _ in }) {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("event", event)
            members(&writer)
        }
        let line = writer.bytes + [10]
        var sent = 0
        while sent < line.count {
            let count = line.withUnsafeBytes { write(1, $0.baseAddress?.advanced(by: sent), line.count - sent) }
            if count <= 0 { exit(1) }
            sent += count
        }
    }
}
