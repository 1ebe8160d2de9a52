import Glibc
import Logging
import Synchronization
import Testing

@testable import QARelay

@Suite struct StructuredLogTests {
    /// Lines as they would be written.
    private final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    private static func logger(
        _ lines: Lines, level: Logger.Level = .info, milliseconds: Int = 1_795_469_640_123
    ) -> Logger {
        Logger(label: "test") { _ in
            StructuredLog(
                level: level,
                clock: {
                    timespec(
                        tv_sec: milliseconds / 1_000, tv_nsec: milliseconds % 1_000 * 1_000_000)
                }, sink: { lines.add($0) })
        }
    }

    @Test func `a record is one line with time, level, code and metadata by name`() {
        let lines = Lines()
        var logger = Self.logger(lines)
        logger[metadataKey: "event"] = "spring-day"
        logger.info("hub_started", metadata: ["port": "8080", "head": "\(12)"])
        #expect(
            lines.all == [
                "time=2026-11-23T21:34:00.123Z level=info code=hub_started event=spring-day head=12 port=8080"
            ])
    }

    @Test func `the record's own metadata goes before the logger's`() {
        let lines = Lines()
        var logger = Self.logger(lines)
        logger[metadataKey: "a"] = "logger"
        logger.notice("x", metadata: ["a": "record"])
        #expect(lines.all.first?.hasSuffix(" level=notice code=x a=record") == true)
    }

    @Test func `an error that comes along is told`() {
        struct Broken: Error, CustomStringConvertible { let description = "it broke" }
        let lines = Lines()
        Self.logger(lines).error("x", error: Broken())
        #expect(lines.all.first?.hasSuffix(" level=error code=x error=\"it broke\"") == true)
    }

    @Test func `what is below the level is not written`() {
        let lines = Lines()
        let logger = Self.logger(lines, level: .warning)
        logger.info("quiet")
        logger.warning("loud")
        #expect(lines.all.count == 1)
    }

    @Test(arguments: [
        ("plain", "plain"), ("http://h/ask?x", "http://h/ask?x"), ("", "\"\""),
        ("two words", "\"two words\""), ("a=b", "\"a=b\""), ("say \"no\"", #""say \"no\"""#),
        ("back\\slash", #""back\\slash""#),
        ("a\r\nlevel=error code=forged", #""a\r\nlevel=error code=forged""#),
        ("a\r\u{301}b", "\"a\\r\u{301}b\""),
        ("\u{1B}]0;title\u{7}", #""\u{1b}]0;title\u{7}""#), ("\u{9B}31m", #""\u{9b}31m""#),
        ("a\u{202E}b\u{2066}c", #""a\u{202e}b\u{2066}c""#), ("a\u{2028}b", #""a\u{2028}b""#),
        ("a\u{A0}b\u{AD}c", #""a\u{a0}b\u{ad}c""#), ("tab\t", #""tab\t""#),
        ("\u{7F}\u{85}\u{0}", #""\u{7f}\u{85}\u{0}""#), ("été 問題 👍", "\"été 問題 👍\""),
    ])
    func `a value cannot begin a line, end early or speak to a terminal`(raw: String, written: String) {
        #expect(StructuredLog.value(raw) == written)
    }

    @Test(arguments: [
        ("port", "port"), ("a b", "a_b"), ("a=\"\n", "a___"), ("code", "_code"), ("time", "_time"),
        ("level", "_level"), ("", "_"),
    ])
    func `a key is a plain word and none of the record's own`(raw: String, written: String) {
        #expect(StructuredLog.key(raw) == written)
    }

    @Test func `nested metadata stays inside its value`() {
        let lines = Lines()
        Self.logger(lines).info("x", metadata: ["list": ["a", "b\nc"], "map": ["k": "v"]])
        #expect(lines.all.count == 1)
        #expect(lines.all.first?.contains { $0.isNewline } == false)
        #expect(lines.all.first?.contains(" list=\"[") == true)
    }

    @Test func `a code from outside is treated like a value`() {
        let lines = Lines()
        Self.logger(lines).info("two words\n")
        #expect(lines.all.first?.hasSuffix(#" code="two words\n""#) == true)
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (1_259_053_200_007, "2009-11-24T09:00:00.007Z"),
        (951_782_399_999, "2000-02-28T23:59:59.999Z"), (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
    ])
    func `time is ISO 8601 in UTC with milliseconds`(milliseconds: Int, text: String) {
        let time = timespec(
            tv_sec: milliseconds / 1_000, tv_nsec: milliseconds % 1_000 * 1_000_000)
        #expect(StructuredLog.text(of: time) == text)
    }

    @Test(arguments: [("debug", Logger.Level.debug), ("WARNING", .warning), ("loud", nil)])
    func `levels are known by name`(name: String, level: Logger.Level?) {
        #expect(StructuredLog.level(named: name) == level)
    }
}
