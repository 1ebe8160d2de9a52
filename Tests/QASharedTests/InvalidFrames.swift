// Frames that a client must not send, with the refusal of each; part of the shared vectors, too.

import QAShared
import QATestKit
import Testing

struct InvalidFrame: Sendable, CustomTestStringConvertible {
    let text: String
    let code: Rejection.Code
    let field: String?

    init(_ text: String, _ code: Rejection.Code, _ field: String? = nil) {
        self.text = text
        self.code = code
        self.field = field
    }

    var testDescription: String { text.count > 60 ? String(text.prefix(60)) + "…" : text }
}

enum InvalidFrames {
    private static let id = #""id":"AAAAAAAAAAAAAAAAAAAAAQ""#
    private static let question = #""question":"AAAAAAAAAAAAAAAAAAAAAg""#

    private static func command(_ rest: String) -> String {
        #"{"type":"command",\#(id),\#(rest)}"#
    }

    private static func vote(_ rest: String) -> String { #"{"type":"vote",\#(rest)}"# }

    private static func hello(_ rest: String) -> String { #"{"type":"hello",\#(rest)}"# }

    static let all: [InvalidFrame] =
        shapes + hellos + commands + duplicates + votes + suggests + together + organisers

    private static let shapes: [InvalidFrame] = [
        .init("", .malformed),
        .init("hello", .malformed),
        .init("[]", .malformed),
        .init("null", .malformed),
        .init(#"{"type":"beat"}{"type":"beat"}"#, .malformed),
        .init(#"{"type":"beat",}"#, .malformed),
        .init("{\"type\":\"beat\"", .malformed),
        .init(String(repeating: "[", count: 40), .malformed),
        .init("{}", .missingField, "type"),
        .init(#"{"type":1}"#, .wrongType, "type"),
        .init(#"{"type":null}"#, .wrongType, "type"),
        .init(#"{"type":"Beat"}"#, .unknownType, "type"),
        .init(#"{"type":"welcome"}"#, .unknownType, "type"),
        .init(#"{"type":"beat","type":"beat"}"#, .repeatedKey, "type"),
        .init(#"{"type":"beat","at":1}"#, .unknownField, "at"),
    ]

    private static let hellos: [InvalidFrame] = [
        .init(hello(#""role":"display""#), .missingField, "version"),
        .init(hello(#""version":"1","role":"display""#), .wrongType, "version"),
        .init(hello(#""version":1.0,"role":"display""#), .wrongType, "version"),
        .init(hello(#""version":2,"role":"display""#), .versionUnknown),
        .init(hello(#""version":1"#), .missingField, "role"),
        .init(hello(#""version":1,"role":"chair""#), .roleRefused, "role"),
        .init(hello(#""version":1,"role":"relay","url":"ftp://relay.example""#), .badValue, "url"),
        .init(hello(#""version":1,"role":"relay","url":"http://relay.example; script-src-elem *""#), .badValue, "url"),
        .init(hello(#""version":1,"role":"relay","url":"http://relay.example\ncherbourg http://x""#), .badValue, "url"),
        .init(hello(#""version":1,"role":"relay","url":"https://relay.example/ask""#), .badValue, "url"),
        .init(hello(#""version":1,"role":"relay","url":"https://""#), .badValue, "url"),
        .init(hello(#""version":1,"role":"audience","venue":"Saint-Lô""#), .badValue, "venue"),
        .init(hello(#""version":1,"role":"audience","venue":null"#), .wrongType, "venue"),
        .init(hello(#""version":1,"role":"audience","device":7"#), .wrongType, "device"),
        .init(hello(#""version":1,"role":"speaker","token":true"#), .wrongType, "token"),
        .init(hello(#""version":1,"role":"speaker","colour":"red""#), .unknownField, "colour"),
        .init(hello(#""version":1,"role":"display","position":4"#), .wrongType, "position"),
        .init(hello(#""version":1,"role":"display","position":{"sequence":4}"#), .missingField, "epoch"),
        .init(
            hello(#""version":1,"role":"display","position":{"epoch":"AAAA","sequence":4}"#),
            .badValue, "epoch"),
        .init(
            hello(#""version":1,"role":"display","position":{"epoch":"AAAAAAAAAAAAAAAAAAAAAA","sequence":-1}"#),
            .badValue, "sequence"),
        .init(
            hello(#""version":1,"role":"display","position":{"epoch":"AAAAAAAAAAAAAAAAAAAAAA","sequence":1,"at":1}"#),
            .unknownField, "at"),
        .init(
            hello(#""version":1,"role":"display","client":"12345678901234567890123456789012345678901""#),
            .badValue, "client"),
    ]

    private static let commands: [InvalidFrame] = [
        .init(#"{"type":"command","do":"pauseIntake"}"#, .missingField, "id"),
        .init(#"{"type":"command","id":"AAAAAAAAAAAAAAAAAAAAAB","do":"pauseIntake"}"#, .badValue, "id"),
        .init(#"{"type":"command","id":5,"do":"pauseIntake"}"#, .wrongType, "id"),
        .init(#"{"type":"command",\#(id)}"#, .missingField, "do"),
        .init(command(#""do":"explode""#), .unknownType, "do"),
        .init(command(#""do":"vote",\#(question),"on":true,"counter":1"#), .unknownType, "do"),
        .init(command(#""do":"configure""#), .unknownType, "do"),
        .init(command(#""do":"addToken""#), .unknownType, "do"),
        .init(command(#""do":"revokeToken""#), .unknownType, "do"),
        .init(command(#""do":"ask""#), .missingField, "text"),
        .init(command(#""do":"ask","text":["a"]"#), .wrongType, "text"),
        .init(command(#""do":"ask","text":"a","name":null"#), .wrongType, "name"),
        .init(command(#""do":"ask","text":"a","talk":"No Slug""#), .badValue, "talk"),
        .init(command(#""do":"ask","text":"a",\#(question)"#), .unknownField, "question"),
        .init(command(#""do":"approve""#), .missingField, "question"),
        .init(command(#""do":"approve","question":"7""#), .badValue, "question"),
        .init(command(#""do":"approve","question":7"#), .wrongType, "question"),
        .init(command(#""do":"approve",\#(question),"reason":"other""#), .unknownField, "reason"),
        .init(command(#""do":"dismiss",\#(question)"#), .missingField, "reason"),
        .init(command(#""do":"dismiss",\#(question),"reason":"boring""#), .badValue, "reason"),
        .init(command(#""do":"edit",\#(question)"#), .missingField, "text"),
        .init(command(#""do":"takeLive",\#(question),"replacing":1"#), .wrongType, "replacing"),
        .init(command(#""do":"takeLive",\#(question),"replacing":"x""#), .badValue, "replacing"),
        .init(command(#""do":"startTalk""#), .missingField, "talk"),
        .init(command(#""do":"setOrder","order":"by_luck""#), .badValue, "order"),
        .init(command(#""do":"setLine","venue":"agneaux""#), .unknownType, "do"),
        .init(command(#""do":"pin""#), .missingField, "question"),
        .init(command(#""do":"unpin",\#(question),"before":null"#), .unknownField, "before"),
        .init(command(#""do":"place",\#(question)"#), .missingField, "before"),
        .init(command(#""do":"place",\#(question),"before":"x""#), .badValue, "before"),
        .init(command(#""do":"ready",\#(question)"#), .missingField, "on"),
        .init(command(#""do":"ready",\#(question),"on":1"#), .wrongType, "on"),
        .init(command(#""do":"ask","text":"a","spoken":"yes""#), .wrongType, "spoken"),
        .init(command(#""do":"ask","text":"a","spoken":null"#), .wrongType, "spoken"),
        .init(command(#""do":"undo","sequence":"3""#), .wrongType, "sequence"),
        .init(command(#""do":"undo","sequence":1e2"#), .wrongType, "sequence"),
        .init(command(#""do":"undo","sequence":3,"sequence":3"#), .repeatedKey, "sequence"),
    ]

    private static let duplicates: [InvalidFrame] = [
        .init(command(#""do":"flag",\#(question),"flags":[]"#), .unknownType, "do"),
        .init(command(#""do":"unite",\#(question)"#), .missingField, "into"),
        .init(command(#""do":"unite",\#(question),"into":null"#), .wrongType, "into"),
        .init(command(#""do":"separate""#), .missingField, "question"),
        .init(command(#""do":"separate",\#(question),"into":"x""#), .unknownField, "into"),
        .init(command(#""do":"distinguish",\#(question)"#), .missingField, "from"),
        .init(command(#""do":"distinguish",\#(question),"from":"7""#), .badValue, "from"),
    ]

    private static let together: [InvalidFrame] = [
        .init(command(#""do":"note",\#(question)"#), .missingField, "text"),
        .init(command(#""do":"note","text":"a""#), .missingField, "question"),
        .init(command(#""do":"say","text":"a","about":null"#), .wrongType, "about"),
        .init(command(#""do":"say","text":"a","about":"7""#), .badValue, "about"),
        .init(command(#""do":"say","text":"a",\#(question)"#), .unknownField, "question"),
        .init(command(#""do":"hand",\#(question)"#), .missingField, "to"),
        .init(command(#""do":"hand",\#(question),"to":null"#), .wrongType, "to"),
        .init(command(#""do":"stage","text":1"#), .wrongType, "text"),
        .init(command(#""do":"stageRead",\#(question)"#), .missingField, "message"),
        .init(command(#""do":"clearStage","text":"a""#), .unknownField, "text"),
        .init(command(#""do":"enter","text":"a""#), .missingField, "venue"),
        .init(command(#""do":"enter","text":"a","venue":"Saint-Lô""#), .badValue, "venue"),
        .init(command(#""do":"label",\#(question)"#), .missingField, "labels"),
        .init(command(#""do":"label",\#(question),"labels":"a""#), .wrongType, "labels"),
        .init(command(#""do":"label",\#(question),"labels":["a",1]"#), .wrongType, "labels"),
        .init(command(#""do":"bulk","what":"approve""#), .missingField, "questions"),
        .init(command(#""do":"bulk","questions":["7"],"what":"approve""#), .badValue, "questions"),
        .init(command(#""do":"bulk","questions":[]"#), .missingField, "what"),
        .init(command(#""do":"bulk","questions":[],"what":"takeLive""#), .badValue, "what"),
        .init(command(#""do":"bulk","questions":[],"what":"dismiss""#), .missingField, "reason"),
        .init(command(#""do":"bulk","questions":[],"what":"approve","reason":"other""#), .unknownField, "reason"),
        .init(command(#""do":"move",\#(question)"#), .missingField, "talk"),
        .init(#"{"type":"claim"}"#, .missingField, "question"),
        .init(#"{"type":"claim","question":7}"#, .wrongType, "question"),
        .init(#"{"type":"claim","question":null,"id":"x"}"#, .unknownField, "id"),
    ]

    private static let organisers: [InvalidFrame] = [
        .init(command(#""do":"startRehearsal","yes":true"#), .unknownField, "yes"),
        .init(command(#""do":"amend","title":null"#), .wrongType, "title"),
        .init(command(#""do":"amend","date":"2009-11-24""#), .unknownField, "date"),
        .init(command(#""do":"amend","limits":{"text_minimum":"5"}"#), .wrongType, "text_minimum"),
        .init(command(#""do":"amend","limits":{"words":5}"#), .unknownField, "words"),
        .init(command(#""do":"amend","talks":[{"id":"a","title":"b"}]"#), .missingField, "speaker"),
        .init(
            command(#""do":"amend","talks":[{"id":"a","title":"b","speaker":"c","phase":"ended"}]"#), .unknownField,
            "phase"),
        .init(#"{"type":"mint","role":"display","label":"a"}"#, .missingField, "id"),
        .init(#"{"type":"mint",\#(id),"role":"king","label":"a"}"#, .badValue, "role"),
        .init(#"{"type":"mint",\#(id),"role":"display"}"#, .missingField, "label"),
        .init(#"{"type":"mint",\#(id),"role":"display","label":"a","token":"b"}"#, .unknownField, "token"),
        .init(#"{"type":"tokens","all":true}"#, .unknownField, "all"),
        .init(#"{"type":"revoke",\#(id)}"#, .missingField, "tag"),
    ]

    private static func suggest(_ rest: String) -> String { #"{"type":"suggest",\#(rest)}"# }

    private static let suggests: [InvalidFrame] = [
        .init(suggest(#""text":"le prix""#), .missingField, "r"),
        .init(suggest(#""r":0,"text":"le prix""#), .badValue, "r"),
        .init(suggest(#""r":"1","text":"le prix""#), .wrongType, "r"),
        .init(suggest(#""r":1"#), .missingField, "text"),
        .init(suggest(#""r":1,"text":null"#), .wrongType, "text"),
        .init(suggest(#""r":1,"text":"le prix","talk":"No Slug""#), .badValue, "talk"),
        .init(suggest(#""r":1,"text":"le prix","venue":"granville""#), .unknownField, "venue"),
    ]

    private static let votes: [InvalidFrame] = [
        .init(vote(#""on":true,"counter":1"#), .missingField, "question"),
        .init(vote(#"\#(question),"on":true"#), .missingField, "counter"),
        .init(vote(#"\#(question),"counter":1"#), .missingField, "on"),
        .init(vote(#"\#(question),"on":1,"counter":1"#), .wrongType, "on"),
        .init(vote(#"\#(question),"on":true,"counter":"1""#), .wrongType, "counter"),
        .init(vote(#"\#(question),"on":true,"counter":0"#), .badValue, "counter"),
        .init(vote(#"\#(question),"on":true,"counter":-3"#), .badValue, "counter"),
        .init(vote(#"\#(question),"on":true,"counter":1000000001"#), .badValue, "counter"),
        .init(vote(#"\#(question),"on":true,"counter":99999999999999999999"#), .wrongType, "counter"),
        .init(vote(#"\#(question),"on":true,"counter":1,"id":"x""#), .unknownField, "id"),
    ]
}
