// Frames there and back: strict from a client, lenient from a newer hub.

import QAShared
import QATestKit
import Testing

private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

@Suite struct ClientFrameTests {
    private static let one = numbered(1, Question.self).text

    @Test(arguments: Seeds.first(4))
    func `what a client writes the hub reads`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            let frame = Generated.client(&generator)
            let bytes = frame.encode()
            #expect(try ClientFrame.decode(bytes) == frame, "\(Seeds.hint(seed))")
            #expect(try ClientFrame.decode(bytes).encode() == bytes, "\(Seeds.hint(seed))")
        }
    }

    private func rejection(_ text: String) -> ClientFrame.Unreadable? {
        do throws(ClientFrame.Unreadable) {
            _ = try ClientFrame.decode(bytes(text))
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: InvalidFrames.all)
    func `what is not right is refused by name`(invalid: InvalidFrame) throws {
        let refused = try #require(rejection(invalid.text), "\(invalid.text) was read")
        #expect(refused.rejection.code == invalid.code, "\(invalid.text)")
        #expect(refused.rejection.field == invalid.field, "\(invalid.text)")
    }

    @Test func `a frame that cannot be read says which request it was, as far as that is known`() {
        let command = rejection(#"{"type":"command","id":"\#(Self.one)","do":"approve"}"#)
        #expect(command?.request == .command(numbered(1)))
        let vote = rejection(
            #"{"type":"vote","question":"\#(Self.one)","counter":3,"on":true,"why":1}"#)
        #expect(vote?.request == .vote(numbered(1), counter: 3))
        #expect(rejection(#"{"type":"command","id":"x","do":"approve"}"#)?.request == nil)
        #expect(rejection("{").map { $0.request == nil } == true)
    }

    @Test func `the order of fields means nothing`() throws {
        let text = #"{"question":"\#(Self.one)","do":"approve","id":"\#(Self.one)","type":"command"}"#
        #expect(try ClientFrame.decode(bytes(text)) == .command(numbered(1), .approve(numbered(1))))
    }

    @Test func `a client's name has its length in characters`() throws {
        func hello(_ count: Int) -> ClientFrame {
            .hello(Hello(role: .display, token: "t", client: String(repeating: "é", count: count)))
        }
        #expect(try ClientFrame.decode(hello(40).encode()) == hello(40))
        #expect(throws: ClientFrame.Unreadable.self) { try ClientFrame.decode(hello(41).encode()) }
    }
}

@Suite struct ServerFrameTests {
    @Test(arguments: Seeds.first(4))
    func `what the hub writes a client reads`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let frame = Generated.server(&generator)
            let bytes = frame.encode()
            #expect(try ServerFrame.decode(bytes) == frame, "\(Seeds.hint(seed))")
            #expect(try ServerFrame.decode(bytes).encode() == bytes, "\(Seeds.hint(seed))")
        }
    }

    /// The same JSON with a field that nobody knows in every object.
    private func grown(_ json: JSON) -> JSON {
        switch json {
        case .object(let members):
            .object(
                members.map { .init($0.key, grown($0.value)) }
                    + [.init("later", .object([.init("x", .array([.null]))]))])
        case .array(let values): .array(values.map(grown))
        default: json
        }
    }

    @Test(arguments: Seeds.first(2))
    func `fields of a newer hub are passed over, wherever they stand`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<150 {
            let frame = Generated.server(&generator)
            var writer = JSONWriter()
            writer.value(grown(try JSON.parse(frame.encode())))
            #expect(try ServerFrame.decode(writer.bytes) == frame, "\(Seeds.hint(seed))")
        }
    }

    @Test func `types and codes of a newer hub are no fault`() throws {
        #expect(try ServerFrame.decode(bytes(#"{"type":"weather","rain":true}"#)) == .unknown("weather"))
        let refusal = try ServerFrame.decode(
            bytes(#"{"type":"rejection","code":"full_moon","retry":"never"}"#))
        #expect(refusal == .rejection(Rejection(.notAllowed), nil))
    }

    @Test func `absent lists are empty and absent sections untouched`() throws {
        let frame = try ServerFrame.decode(bytes(#"{"type":"delta","from":3,"to":4}"#))
        #expect(frame == .delta(Delta(from: 3, to: 4)))
        var delta = Delta(from: 3, to: 4)
        delta.live = .some(nil)
        #expect(try ServerFrame.decode(bytes(#"{"type":"delta","from":3,"to":4,"live":{"id":null}}"#)) == .delta(delta))
    }

    @Test func `a delta always says which part it is and whether more follows`() throws {
        let json = try JSON.parse(ServerFrame.delta(Delta(from: 3, to: 4)).encode())
        #expect(json["part"] == .integer(0))
        #expect(json["more"] == .bool(false))
    }

    @Test(arguments: [
        "", "[]", "{}", #"{"type":1}"#, #"{"type":"ack"}"#, #"{"type":"ack","id":"x","sequence":1}"#,
        #"{"type":"delta","from":1}"#, #"{"type":"delta","from":1,"to":2,"removes":[1]}"#,
        #"{"type":"delta","from":1,"to":2,"tallies":[["AAAAAAAAAAAAAAAAAAAAAA"]]}"#,
        #"{"type":"delta","from":1,"to":2,"tallies":[["x",1]]}"#,
        #"{"type":"delta","from":1,"to":2,"upserts":[{}]}"#, #"{"type":"welcome"}"#,
        #"{"type":"mine","whole":true}"#, #"{"type":"presence","venues":[1],"elsewhere":{}}"#,
    ])
    func `a frame without what it must have is refused`(text: String) {
        #expect(throws: Rejection.self) { try ServerFrame.decode(bytes(text)) }
    }
}

@Suite struct FuzzTests {
    /// One small piece of damage.
    private func damage(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
        let at = generator.below(bytes.count + 1)
        switch generator.below(6) {
        case 0 where at < bytes.count: bytes[at] = UInt8.random(in: 0...255, using: &generator)
        case 1 where at < bytes.count: bytes.remove(at: at)
        case 2: bytes.insert(generator.pick(Array(#""\{}[]:,0-eu "#.utf8)), at: at)
        case 3: bytes.removeLast(min(bytes.count, generator.below(20)))
        case 4 where at < bytes.count: bytes[at] ^= 1 << UInt8(generator.below(8))
        default:
            let piece = bytes[min(at, bytes.count)..<min(bytes.count, at + generator.below(30))]
            bytes.insert(contentsOf: Array(piece), at: generator.below(bytes.count + 1))
        }
    }

    @Test(arguments: Seeds.first(4))
    func `no damage to a frame brings a reader down, and what is read is read the same again`(
        seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        var frames = (0..<40).map { _ in Generated.client(&generator).encode() }
        frames += (0..<60).map { _ in Generated.server(&generator).encode() }.filter { $0.count < 2_000 }
        var day = RandomDay(seed: seed)
        day.run(30)
        frames += day.entries.dropFirst().map { EntryCoding.encode($0) }
        var read = 0
        for _ in 0..<5_000 {
            var bytes = generator.pick(frames)
            for _ in 0...generator.below(3) { damage(&bytes, &generator) }
            if let frame = try? ClientFrame.decode(bytes) {
                read += 1
                #expect(try ClientFrame.decode(frame.encode()) == frame, "\(Seeds.hint(seed))")
            }
            if let frame = try? ServerFrame.decode(bytes) {
                read += 1
                #expect(try ServerFrame.decode(frame.encode()) == frame, "\(Seeds.hint(seed))")
            }
            if let entry = try? EntryCoding.decode(bytes) {
                read += 1
                #expect(try EntryCoding.decode(EntryCoding.encode(entry)) == entry, "\(Seeds.hint(seed))")
            }
        }
        #expect(read > 100, "\(read) were read, \(Seeds.hint(seed))")
    }
}
