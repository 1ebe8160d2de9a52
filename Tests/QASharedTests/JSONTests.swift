// RFC 8259, read strictly.

import QAShared
import QATestKit
import Testing

@Suite struct JSONTests {
    @Test(arguments: [
        ("null", JSON.null), ("true", .bool(true)), ("false", .bool(false)),
        ("0", .integer(0)), ("-0", .integer(0)), ("-12", .integer(-12)), ("10", .integer(10)),
        ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
        ("9223372036854775808", .number(9_223_372_036_854_775_808)),
        ("123456789012345678901234567890", .number(1.2345678901234568e29)),
        ("1.5", .number(1.5)), ("-0.25", .number(-0.25)), ("1e3", .number(1_000)),
        ("1E+3", .number(1_000)), ("1.0e-2", .number(0.01)), ("1.0", .number(1)),
        ("1e-400", .number(0)),
        (#""""#, .string("")), (#""é""#, .string("é")), (#""\u00e9""#, .string("é")),
        (#""\"\\\/\b\f\n\r\t""#, .string("\"\\/\u{8}\u{C}\n\r\t")),
        (#""\uD83D\uDE00""#, .string("😀")), (#""\ud83d\ude00""#, .string("😀")),
        (#""\u0000""#, .string("\u{0}")), ("\"\u{7F}\"", .string("\u{7F}")),
        ("\"\u{2028}\"", .string("\u{2028}")), (#""\uFFFE""#, .string("\u{FFFE}")),
        ("[]", .array([])), ("[ ]", .array([])), ("[1,2]", .array([.integer(1), .integer(2)])),
        ("[[]]", .array([.array([])])), ("{}", .object([])), ("{ }", .object([])),
        (
            " \t\r\n{ \"a\" : 1 , \"b\" : [ null ] } \n",
            .object([.init("a", .integer(1)), .init("b", .array([.null]))])
        ),
        (#"{"":0}"#, .object([.init("", .integer(0))])),
    ])
    func `what is JSON is read`(text: String, expected: JSON) throws {
        #expect(try JSON.parse(text) == expected)
    }

    @Test(arguments: [
        "", " ", "nul", "nulll", "True", "tru", "falsee", "undefined", "NaN", "Infinity", "-",
        "+1", "01", "-01", "00", "1.", ".5", "1.e3", "1e", "1e+", "0x10", "1_000", "1 2", "--1",
        "1e999", "-1e999", "\"", "\"a", "'a'", #""\""#, #""\x41""#, #""\u12""#, #""\u12g4""#,
        #""\uD83D""#, #""\uD83Dx""#, #""\uD83D\n""#, #""\uD83D\uD83D""#, #""\uDE00""#, #""\"#,
        #""\u"#, "\"\n\"", "\"\t\"", "\"\u{0}\"", "\"\u{1F}\"", "[", "]", "[1", "[1,", "[1,]",
        "[,1]", "[1 2]", "[1}", "{", "}", #"{"a"}"#, #"{"a":}"#, #"{"a":1"#, #"{"a":1,}"#,
        #"{,"a":1}"#, "{a:1}", "{1:1}", #"{"a" 1}"#, #"{"a":1 "b":2}"#, #"{"a":1]"#, "{}{}",
        "{} x", "null,", "// x\n1", "/**/1", "\u{FEFF}1", "\u{A0}1", "\u{B}1", "1\u{0}",
    ])
    func `what is not JSON is refused`(text: String) {
        #expect(throws: JSON.Fault.self) { try JSON.parse(text) }
    }

    @Test(
        arguments: [
            [0xFF], [0xC0, 0x80], [0xC3], [0xC3, 0x28], [0xE2, 0x82], [0xED, 0xA0, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0x80],
        ] as [[UInt8]])
    func `text that is not UTF-8 is refused, with and without escapes`(bytes: [UInt8]) {
        let quote = UInt8(ascii: "\"")
        #expect(throws: JSON.Fault.self) { try JSON.parse([quote] + bytes + [quote]) }
        let escaped = Array(#""\n"#.utf8) + bytes + [quote]
        #expect(throws: JSON.Fault.self) { try JSON.parse(escaped) }
        #expect(throws: JSON.Fault.self) { try JSON.parse(bytes) }
    }

    @Test func `a repeated key is named, wherever it stands and however it is written`() {
        for text in [
            #"{"a":1,"b":2,"a":3}"#, #"[{"x":{"a":1,"a":1}}]"#, #"{"a":1,"\u0061":2}"#,
        ] {
            #expect(throws: JSON.Fault.repeatedKey("a")) { try JSON.parse(text) }
        }
        #expect(throws: Never.self) { try JSON.parse(#"{"a":{"a":1},"b":{"a":1}}"#) }
    }

    @Test func `nesting is read up to the limit and no deeper`() {
        func nested(_ depth: Int, _ open: String, _ close: String) -> String {
            String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
        }
        for (open, close) in [("[", "]"), (#"{"a":"#, "}")] {
            #expect(throws: Never.self) {
                try JSON.parse(nested(Limits.jsonDepth, open, close))
            }
            #expect(throws: JSON.Fault.tooDeep) {
                try JSON.parse(nested(Limits.jsonDepth + 1, open, close))
            }
        }
        #expect(throws: JSON.Fault.tooDeep) {
            try JSON.parse(String(repeating: "[", count: 100_000))
        }
        let wide = "[" + String(repeating: "[],{},", count: 100) + "[]]"
        #expect(throws: Never.self) { try JSON.parse(wide) }
    }

    @Test func `a fault says where`() {
        #expect(throws: JSON.Fault.malformed(at: 5)) { try JSON.parse(#"{"a":x}"#) }
        #expect(throws: JSON.Fault.malformed(at: 2)) { try JSON.parse("1 x") }
    }

    @Test func `members are found by their key`() throws {
        let json = try JSON.parse(#"{"a":1,"b":null}"#)
        #expect(json["a"] == .integer(1) && json["b"] == .null && json["c"] == nil)
        #expect(JSON.array([])["a"] == nil)
    }
}

@Suite struct JSONWriterTests {
    private func written(_ json: JSON) -> [UInt8] {
        var writer = JSONWriter()
        writer.value(json)
        return writer.bytes
    }

    private func random(_ generator: inout SeededGenerator, depth: Int = 0) -> JSON {
        switch generator.below(depth > 4 ? 5 : 7) {
        case 0: .null
        case 1: .bool(generator.percent(50))
        case 2: .integer(Int(truncatingIfNeeded: generator.next()) >> generator.below(64))
        case 3:
            .number(
                Double(Int32(truncatingIfNeeded: generator.next())) / 1_024
                    * (generator.percent(20) ? 1e200 : 1) + 0.5)
        case 4: .string(RandomText.any(&generator))
        case 5: .array((0..<generator.below(5)).map { _ in random(&generator, depth: depth + 1) })
        default:
            .object(
                (0..<generator.below(5)).map {
                    JSON.Member("\($0)" + RandomText.any(&generator), random(&generator, depth: depth + 1))
                })
        }
    }

    @Test(arguments: Seeds.first(3))
    func `what is written is read back the same`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            let json = random(&generator)
            let bytes = written(json)
            #expect(try JSON.parse(bytes) == json, "\(Seeds.hint(seed))")
            #expect(written(try JSON.parse(bytes)) == bytes, "\(Seeds.hint(seed))")
        }
    }

    @Test func `every scalar below a space is escaped, others stand as they are`() throws {
        let text = String(String.UnicodeScalarView((0..<0x20).map { Unicode.Scalar(UInt8($0)) }))
        let bytes = written(.string(text))
        #expect(bytes.allSatisfy { $0 >= 0x20 })
        #expect(try JSON.parse(bytes) == .string(text))
        #expect(String(decoding: written(.string("é😀/\u{2028}")), as: UTF8.self) == "\"é😀/\u{2028}\"")
        #expect(String(decoding: written(.string("\n\"\\")), as: UTF8.self) == #""\u000a\"\\""#)
    }

    @Test func `texts keep their scalars, composed or not`() throws {
        for text in ["é", "e\u{301}"] {
            guard case .string(let back) = try JSON.parse(written(.string(text))) else {
                Issue.record("not a string")
                return
            }
            #expect(Array(back.unicodeScalars) == Array(text.unicodeScalars))
        }
    }
}
