// The hub's own log for whoever runs it: one line a record on standard error, logfmt, safe to show on a terminal.

import Glibc
import Logging
import QAShared

/// Writes records such as `time=2026-11-23T21:34:00.123Z level=info code=hub_started port=8080`.
///
/// The message is a stable code word; everything that varies is metadata. Values come from anywhere, also
/// from strangers: none of them can begin a line, end a value early, or speak to a terminal.
struct StructuredLog: LogHandler {
    /// Where a finished line goes, without its line end; any thread.
    typealias Sink = @Sendable (String) -> Void

    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    private let sink: Sink
    private let clock: @Sendable () -> timespec

    init(
        level: Logger.Level, clock: @escaping @Sendable () -> timespec = Self.now,
        sink: @escaping Sink = Self.standardError
    ) {
        logLevel = level
        self.clock = clock
        self.sink = sink
    }

    /// Makes this the handler of every logger; once in a process, before the first logger.
    ///
    /// The level is the argument, else the environment's `QARELAY_LOG`, else `info`; a word that is no level
    /// counts as none and is reported as `log_level_unknown`.
    static func bootstrap(level argument: String? = nil) {
        let environment = unsafe getenv("QARELAY_LOG").map { unsafe String(cString: $0) }
        let wanted = [argument, environment].compactMap(\.self).filter { !$0.isEmpty }
        let level = wanted.lazy.compactMap(Self.level(named:)).first ?? .info
        LoggingSystem.bootstrap { _ in StructuredLog(level: level) }
        for word in wanted where Self.level(named: word) == nil {
            Logger(label: "qarelay").warning(
                "log_level_unknown",
                metadata: [
                    "given": "\(word)", "used": "\(level)",
                    "known": "\(Logger.Level.allCases.map(\.rawValue).joined(separator: ","))",
                ])
        }
    }

    /// Nil for a word that is no level; upper and lower case are the same.
    static func level(named word: String) -> Logger.Level? {
        Logger.Level(rawValue: word.lowercased())
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var line = "time=\(Self.text(of: clock())) level=\(event.level.rawValue)"
        line += " code=\(Self.value(event.message.description))"
        var all = metadataProvider?.get() ?? [:]
        all.merge(metadata) { _, own in own }
        all.merge(event.metadata ?? [:]) { _, nearest in nearest }
        if let error = event.error, all["error"] == nil { all["error"] = "\(error)" }
        // By name, so that the same record is always the same line.
        for (key, value) in all.sorted(by: { $0.key < $1.key }) {
            line += " \(Self.key(key))=\(Self.value(value.description))"
        }
        sink(line)
    }

    // MARK: Text

    /// A key with everything replaced that could be taken for something else.
    static func key(_ key: String) -> String {
        let safe = key.unicodeScalars.map { scalar -> Character in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".": Character(scalar)
            default: "_"
            }
        }
        // These are the record's own; a second one would be read instead.
        return ["", "time", "level", "code"].contains(key) ? "_" + key : String(safe)
    }

    /// A value, in quotation marks when it is more than a plain word.
    static func value(_ value: String) -> String {
        let isPlain = !value.isEmpty && value.unicodeScalars.allSatisfy(isPlain)
        guard !isPlain else { return value }
        var quoted = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            default:
                if isPrinting(scalar) {
                    quoted.unicodeScalars.append(scalar)
                } else {
                    quoted += "\\u{\(String(scalar.value, radix: 16))}"
                }
            }
        }
        return quoted + "\""
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value > 0x20 && scalar.value < 0x7F && !["\"", "\\", "="].contains(scalar)
    }

    /// Whether a scalar may stand in the log as it is: letters, marks, numbers, signs and the plain space.
    private static func isPrinting(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == " " { return true }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
            .paragraphSeparator, .spaceSeparator:
            return false
        default: return !scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    // MARK: Time and place

    /// ISO 8601 in UTC with milliseconds.
    static func text(of time: Timestamp) -> String {
        let seconds = time.milliseconds / 1_000
        return text(of: timespec(tv_sec: seconds, tv_nsec: (time.milliseconds - seconds * 1_000) * 1_000_000))
    }

    /// ISO 8601 in UTC with milliseconds.
    static func text(of time: timespec) -> String {
        var seconds = time.tv_sec
        // The struct is unsafe for its name of the zone, a pointer that is not looked at.
        var parts = unsafe tm()
        unsafe _ = gmtime_r(&seconds, &parts)
        let date = unsafe [parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday]
        let hour = unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec]
        return "\(pad(Int(date[0]), 4))-\(pad(Int(date[1]), 2))-\(pad(Int(date[2]), 2))T"
            + hour.map { pad(Int($0), 2) }.joined(separator: ":")
            + ".\(pad(time.tv_nsec / 1_000_000, 3))Z"
    }

    private static func pad(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func now() -> timespec {
        var now = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &now)
        return now
    }

    /// One `write` a line, so that lines of several threads do not run into each other.
    private static func standardError(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe write(2, buffer.baseAddress?.advanced(by: sent), buffer.count - sent)
            }
            if count < 0, errno == EINTR { continue }
            // Nobody reads the log any more: that is no reason to stop the event.
            guard count > 0 else { return }
            sent += count
        }
    }
}
