// What a relay and the hub say to each other, and what a relay says to its room: the bytes, and what is refused.

import QAShared
import QATestKit
import Testing

@Suite struct UplinkFrameTests {
    private static let question: QuestionID = numbered(2)
    private static let approve = Forwarded(
        ordinal: 41, id: numbered(1), actor: Person.moderator(Sample.cherbourg), time: Sample.morning,
        command: .approve(question))
    private static let vote = Forwarded(
        ordinal: 42, id: CommandID(high: 0, low: 0), actor: Person.phone(2, Sample.cherbourg), time: Sample.morning,
        command: .vote(question, on: true, counter: 3))

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    private func refusal(_ text: String) -> Rejection? {
        do throws(ClientFrame.Unreadable) {
            _ = try ClientFrame.decode(Array(text.utf8))
            return nil
        } catch {
            return error.rejection
        }
    }

    /// Of a frame with one item, how that was refused.
    private func refusalAlone(_ text: String) -> Rejection.Code? {
        guard case .forward(let items, let unreadable)? = try? ClientFrame.decode(Array(text.utf8)), items.isEmpty,
            case .failure(let rejection)? = unreadable.first?.outcome
        else { return nil }
        return rejection.code
    }

    // MARK: forward

    @Test func `forwarded commands say whose they are, from which room, and when they were given`() throws {
        let frame = ClientFrame.forward([Self.approve, Self.vote])
        let moderator = Person.moderator(Sample.cherbourg).participant.text
        let phone = Person.phone(2).participant.text
        let id: CommandID = numbered(1)
        #expect(
            text(frame.encode()) == """
                {"type":"forward","items":[{"n":41,"at":1259053200000,"role":"moderator","room":"cherbourg",\
                "by":"\(moderator)","id":"\(id.text)","do":"approve","question":"\(Self.question.text)"},\
                {"n":42,"at":1259053200000,"role":"audience","room":"cherbourg","by":"\(phone)",\
                "vote":"\(Self.question.text)","on":true,"counter":3}]}
                """)
        #expect(try ClientFrame.decode(frame.encode()) == frame)
    }

    @Test(arguments: Seeds.first(4))
    func `every command can be forwarded, whoever gave it and wherever they are`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for ordinal in 1...600 {
            let item = Forwarded(
                ordinal: ordinal, id: CommandID(using: &generator), actor: Person.of(generator.pick(Role.allCases)),
                time: Sample.morning, command: Generated.command(&generator))
            let frame = ClientFrame.forward([item, Self.vote])
            #expect(try ClientFrame.decode(frame.encode()) == frame, "\(item.command), \(Seeds.hint(seed))")
            #expect(try Forwarded(bytes: item.bytes) == item, "\(item.command), \(Seeds.hint(seed))")
        }
    }

    @Test func `a command that names a venue does not get mixed up with the room that it comes from`() throws {
        let entered = Command.enter(text: Sample.text, name: nil, venue: Sample.agneaux, talk: nil)
        for actor in [Person.chief, Person.moderator(Sample.cherbourg)] {
            let item = Forwarded(
                ordinal: 1, id: numbered(1), actor: actor, time: Sample.morning, command: entered)
            #expect(try Forwarded(bytes: item.bytes) == item)
        }
    }

    @Test func `a one-time code goes to the hub as the hash that the log knows`() throws {
        let item = Forwarded(
            ordinal: 7, id: numbered(1), actor: Person.phone(2, Sample.cherbourg), time: Sample.morning,
            command: .redeem(numbered(9)))
        #expect(try Forwarded(bytes: item.bytes) == item)
        let hash: CodeID = numbered(9)
        #expect(text(item.bytes).hasSuffix(#""redeem":"\#(hash.text)"}"#))
    }

    @Test func `an action without a sequence is undone by its command`() throws {
        let item = Forwarded(
            ordinal: 7, id: numbered(1), actor: Person.chief, time: Sample.morning, command: .undoCommand(numbered(5)))
        #expect(try Forwarded(bytes: item.bytes) == item)
        let undone: CommandID = numbered(5)
        #expect(text(item.bytes).hasSuffix(#""do":"undo","command":"\#(undone.text)"}"#))
    }

    @Test func `how many rehearsals the room had heard end travels along, if any`() throws {
        var item = Self.approve
        item.rehearsals = 2
        #expect(try Forwarded(bytes: item.bytes) == item)
        #expect(text(item.bytes).contains(#""rehearsals":2"#) && !text(Self.approve.bytes).contains("rehearsals"))
    }

    @Test func `an item that cannot be read is answered by itself, and the others are taken`() throws {
        let known = text(Self.vote.bytes)
        let odd = #"{"n":43,"at":2,"role":"moderator","by":"x","id":"y","do":"levitate"}"#
        let frame = #"{"type":"forward","items":[\#(odd),\#(known)]}"#
        guard case .forward(let items, let unreadable) = try ClientFrame.decode(Array(frame.utf8)) else {
            Issue.record("not a forward")
            return
        }
        #expect(items == [Self.vote])
        #expect(unreadable.map(\.ordinal) == [43])
        guard case .failure? = unreadable.first?.outcome else {
            Issue.record("it was not refused")
            return
        }
    }

    @Test func `what a relay forwards is read strictly`() {
        let id: CommandID = numbered(1)
        func item(_ rest: String) -> String {
            // One that says which it is is answered alone.
            #"{"type":"forward","items":[{"n":1,"at":2,"role":"audience","room":"agneaux","by":"\#(id.text)",\#(rest)}]}"#
        }
        #expect(refusal(#"{"type":"forward"}"#)?.code == .missingField)
        #expect(refusal(#"{"type":"forward","items":{}}"#)?.code == .wrongType)
        #expect(refusal(#"{"type":"forward","items":[7]}"#)?.code == .wrongType)
        #expect(refusal(#"{"type":"forward","items":[],"more":1}"#)?.code == .unknownField)
        #expect(refusal(#"{"type":"forward","items":[{"do":"approve"}]}"#)?.code == .missingField)
        #expect(refusalAlone(item(#""vote":"\#(id.text)","on":true,"counter":0"#)) == .badValue)
        #expect(
            refusalAlone(item(#""vote":"\#(id.text)","on":true,"counter":1,"id":"\#(id.text)""#)) == .unknownField)
        #expect(refusalAlone(item(#""do":"approve","question":"\#(id.text)""#)) == .missingField)
        #expect(refusalAlone(item(#""id":"\#(id.text)","do":"configure""#)) == .unknownType)
    }

    // MARK: settle, results, line, refusals

    @Test func `a moderator drops a refused command or gives it again, and nothing else`() throws {
        let again = ClientFrame.settle(ordinal: 41, again: true)
        #expect(text(again.encode()) == #"{"type":"settle","n":41,"how":"again"}"#)
        #expect(try ClientFrame.decode(again.encode()) == again)
        let drop = ClientFrame.settle(ordinal: 41, again: false)
        #expect(text(drop.encode()) == #"{"type":"settle","n":41,"how":"drop"}"#)
        #expect(try ClientFrame.decode(drop.encode()) == drop)
        #expect(refusal(#"{"type":"settle","n":41,"how":"later"}"#) == Rejection(.badValue, field: "how"))
        #expect(refusal(#"{"type":"settle","how":"drop"}"#)?.code == .missingField)
    }

    @Test func `results are a sequence or a rejection for each ordinal`() throws {
        let frame = ServerFrame.results([
            ForwardResult(ordinal: 41, outcome: .success(513)),
            ForwardResult(ordinal: 42, outcome: .failure(Rejection(.wrongStatus))),
        ])
        #expect(
            text(frame.encode())
                == #"{"type":"results","results":[[41,513],[42,0,{"code":"wrong_status","retry":"never"}]]}"#)
        #expect(try ServerFrame.decode(frame.encode()) == frame)
    }

    @Test func `a vote that the hub has yet to count is told as such, merged or not`() throws {
        var mine = Mine(whole: true)
        mine.votes = [
            Mine.OwnVote(question: Self.question, counter: 1, on: true, unconfirmed: true),
            Mine.OwnVote(question: Self.question, counter: 2, on: false, into: numbered(3), unconfirmed: true),
            Mine.OwnVote(question: Self.question, counter: 3, on: true, into: numbered(3)),
        ]
        let (id, founder) = (Self.question.text, (numbered(3) as QuestionID).text)
        let frame = ServerFrame.mine(mine)
        #expect(
            text(frame.encode()).hasSuffix(
                #""votes":[["\#(id)",1,true,null,true],["\#(id)",2,false,"\#(founder)",true],["\#(id)",3,true,"\#(founder)"]]}"#
            ))
        #expect(try ServerFrame.decode(frame.encode()) == frame)
    }

    @Test func `a room is told whether its relay reaches the hub`() throws {
        let frame = ServerFrame.line(
            LineInfo(venue: Sample.cherbourg, isUp: false, since: Sample.morning, waiting: 12))
        #expect(
            text(frame.encode())
                == #"{"type":"line","venue":"cherbourg","up":false,"since":1259053200000,"waiting":12}"#)
        #expect(try ServerFrame.decode(frame.encode()) == frame)
        for trouble in LineTrouble.allCases {
            let frame = ServerFrame.line(
                LineInfo(
                    venue: Sample.cherbourg, isUp: false, since: Sample.morning, waiting: 12, trouble: trouble))
            #expect(try ServerFrame.decode(frame.encode()) == frame)
        }
    }

    @Test func `refused commands are told with all that is known of them`() throws {
        let full = RefusalInfo(
            ordinal: 41, what: "approve", code: .wrongStatus, role: .moderator, by: "k3J9x_aQ", time: Sample.morning,
            question: Self.question, number: 7, text: Sample.text, count: 3)
        let bare = RefusalInfo(
            ordinal: 42, what: "pauseIntake", code: .eventClosed, role: .moderator, by: "k3J9x_aQ",
            time: Sample.morning)
        let frame = ServerFrame.refusals([full, bare])
        #expect(try ServerFrame.decode(frame.encode()) == frame)
        #expect(
            text(ServerFrame.refusals([bare]).encode()) == """
                {"type":"refusals","refusals":[{"n":42,"what":"pauseIntake","code":"event_closed","role":"moderator",\
                "by":"k3J9x_aQ","time":1259053200000}]}
                """)
    }
}
