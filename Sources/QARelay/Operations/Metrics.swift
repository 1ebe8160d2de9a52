// What an administrator's monitoring reads: Prometheus' text format, version 0.0.4. Numbers alone; nobody is in them.

import QAShared

/// A text of metrics, one family after the other.
struct MetricsText {
    enum Kind: String { case counter, gauge, histogram }

    private(set) var text = ""

    /// Begins a family; its samples follow.
    mutating func family(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    mutating func sample(_ name: String, _ labels: [(String, String)] = [], _ value: Int) {
        sample(name, labels, "\(value)")
    }

    mutating func sample(_ name: String, _ labels: [(String, String)] = [], _ value: Double) {
        sample(name, labels, "\(value)")
    }

    private mutating func sample(_ name: String, _ labels: [(String, String)], _ value: String) {
        let inside = labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
        text += "\(name)\(inside.isEmpty ? "" : "{\(inside)}") \(value)\n"
    }

    /// One family with one sample.
    mutating func single(_ name: String, _ kind: Kind, _ help: String, _ value: Double) {
        family(name, kind, help)
        sample(name, [], value)
    }

    mutating func single(_ name: String, _ kind: Kind, _ help: String, _ value: Int) {
        family(name, kind, help)
        sample(name, [], value)
    }

    mutating func histogram(_ name: String, _ help: String, _ times: TimeHistogram) {
        family(name, .histogram, help)
        var sum = 0
        for (bound, count) in zip(TimeHistogram.bounds, times.counts) {
            sum += count
            sample(name + "_bucket", [("le", "\(Double(bound) / 1_000)")], sum)
        }
        sample(name + "_bucket", [("le", "+Inf")], times.count)
        sample(name + "_sum", [], Double(times.milliseconds) / 1_000)
        sample(name + "_count", [], times.count)
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}

/// How long something took, in milliseconds.
struct TimeHistogram: Equatable, Sendable {
    static let bounds = [1, 2, 5, 10, 20, 50, 100, 250, 1_000, 5_000]

    /// By upper bound.
    private(set) var counts = [Int](repeating: 0, count: bounds.count)
    private(set) var count = 0
    private(set) var milliseconds = 0

    mutating func add(_ passed: Int) {
        count += 1
        milliseconds += passed
        if let index = Self.bounds.firstIndex(where: { passed <= $0 }) { counts[index] += 1 }
    }
}

/// What a server counts beside its hub. Confined to the loop.
struct ServerMeters {
    /// Newcomers told to come later.
    var turnedAway = 0
    /// Who waited too long on a place kept for those who run the event.
    var crowdedOut = 0
    /// Handshakes refused for a foreign host or origin.
    var foreign = 0
    var opened = 0
    /// Connections that ended, by close code; 1006 is one that just went.
    var closed: [UInt16: Int] = [:]
    var framesIn = 0
    var framesOut = 0
    var bytesOut = 0
    /// From handing a batch to the log until it was durable.
    var commits = TimeHistogram()
    var entries = 0
    var commitsFailed = 0
    /// When the batch on its way was handed over, in monotonic milliseconds.
    var handedAt: Int?
    /// From the first work of the loop's turn to its end.
    var lastBackup: Timestamp?
}

/// What a hub counts of commands, by what was asked and what became of it. Confined to the loop.
struct CommandMeters {
    private(set) var counts: [String: [String: Int]] = [:]

    mutating func note(_ kind: Command.Kind, _ result: Result<Int, Rejection>) {
        let word =
            switch result {
            case .success: "ack"
            case .failure(let rejection): rejection.code.rawValue
            }
        counts[kind.rawValue, default: [:]][word, default: 0] += 1
    }
}
