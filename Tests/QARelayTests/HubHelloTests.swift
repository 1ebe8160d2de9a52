import QAShared
import QATestKit
import Testing

@testable import QARelay

@Suite struct HubHelloTests {
    /// A hello that is refused: with or without an origin, as JSON behind `"type":"hello",`, code and close code.
    struct Refusal: CustomTestStringConvertible, Sendable {
        var hasOrigin = true
        var hasKeptPlace = false
        var fields: String
        var code: Rejection.Code
        var close: CloseCode
        var testDescription: String { fields }
    }

    static let refusals = [
        Refusal(
            fields: #""version":2,"role":"audience","venue":"granville""#, code: .versionUnknown, close: .versionUnknown
        ),
        Refusal(fields: #""version":1,"role":"audience","venue":"paris""#, code: .venueUnknown, close: .venueUnknown),
        Refusal(fields: #""version":1,"role":"audience""#, code: .venueUnknown, close: .venueUnknown),
        Refusal(
            hasOrigin: false, fields: #""version":1,"role":"audience","venue":"granville""#, code: .roleRefused,
            close: .roleRefused),
        Refusal(
            hasKeptPlace: true, fields: #""version":1,"role":"audience","venue":"granville""#, code: .roleRefused,
            close: .roleRefused),
        Refusal(
            hasOrigin: false, fields: #""version":1,"role":"speaker","token":"speaker""#, code: .roleRefused,
            close: .roleRefused),
        Refusal(
            hasOrigin: false, fields: #""version":1,"role":"display","token":"wall""#, code: .roleRefused,
            close: .roleRefused),
        Refusal(
            fields: #""version":1,"role":"audience","venue":"granville","token":"chief""#, code: .roleRefused,
            close: .roleRefused),
        Refusal(
            fields: #""version":1,"role":"audience","venue":"granville","device":"forged.x""#, code: .deviceInvalid,
            close: .deviceInvalid),
        Refusal(fields: #""version":1,"role":"moderator""#, code: .tokenInvalid, close: .tokenInvalid),
        Refusal(fields: #""version":1,"role":"moderator","token":"wrong""#, code: .tokenInvalid, close: .tokenInvalid),
        Refusal(fields: #""version":1,"role":"moderator","token":"""#, code: .tokenInvalid, close: .tokenInvalid),
        Refusal(fields: #""version":1,"role":"moderator","token":"speaker""#, code: .roleRefused, close: .roleRefused),
        Refusal(fields: #""version":1,"role":"organiser","token":"chief""#, code: .roleRefused, close: .roleRefused),
        Refusal(
            fields: #""version":1,"role":"moderator","token":"granville","venue":"granville""#, code: .roleRefused,
            close: .roleRefused),
        Refusal(fields: #""version":1,"role":"relay","token":"chief""#, code: .roleRefused, close: .roleRefused),
        Refusal(fields: #""version":1,"role":"king","token":"chief""#, code: .roleRefused, close: .roleRefused),
        Refusal(fields: #""version":1,"role":"moderator","token":"old""#, code: .tokenRevoked, close: .tokenRevoked),
    ]

    @Test(arguments: refusals)
    func `row 24 a hello that cannot be granted is told why and closed`(refusal: Refusal) {
        let world = TestHub()
        let old = Credentials.accessToken("old", role: .moderator, venue: nil, label: "old")
        world.submit(.addToken(old))
        world.submit(.revokeToken(old.id))
        let screen = world.connect(hasOrigin: refusal.hasOrigin, hasKeptPlace: refusal.hasKeptPlace)
        screen.say(#"{"type":"hello",\#(refusal.fields)}"#)
        #expect(screen.rejections.map(\.code) == [refusal.code])
        #expect(screen.rejections.allSatisfy { $0.retryAfter == nil })
        #expect(screen.closeCode == refusal.close)
        #expect(screen.frames.count == 1)
        #expect(world.hub.attached.joined().isEmpty && world.hub.sessions.isEmpty)
    }

    @Test(arguments: [
        #"{"type":"command","id":"AAAAAAAAAAAAAAAAAAAAAA","do":"pauseIntake"}"#,
        #"{"type":"vote","question":"AAAAAAAAAAAAAAAAAAAAAA","on":true,"counter":1}"#,
        #"{"type":"beat"}"#,
    ])
    func `a frame before hello breaks the protocol`(frame: String) {
        let world = TestHub()
        let screen = world.connect()
        screen.say(frame)
        #expect(screen.rejections.map(\.code) == [.protocolBroken])
        #expect(screen.closeCode == .protocolBroken)
    }

    @Test func `row 27 the fourth wrong token of a caller is answered later, and a good one at once`() {
        let world = TestHub()
        let wrong = #"{"type":"hello","version":1,"role":"moderator","token":"wrong"}"#
        for _ in 0..<Limits.guessesFree {
            let screen = world.connect(hasOrigin: false)
            screen.say(wrong)
            #expect(screen.closeCode == .tokenInvalid)
        }
        let held = world.connect(hasOrigin: false)
        held.say(wrong)
        held.say(#"{"type":"hello","version":1,"role":"moderator","token":"chief"}"#)
        world.pass(Limits.guessHeld - 1)
        #expect(held.frames.isEmpty && held.closeCode == nil)
        #expect(world.join(.moderator, "chief").welcome != nil)
        world.pass(1)
        #expect(held.rejections.map(\.code) == [.tokenInvalid] && held.closeCode == .tokenInvalid)
    }

    @Test func `a second hello breaks the protocol`() {
        let world = TestHub()
        let screen = world.join(.speaker, "speaker")
        screen.say(.hello(Hello(role: .speaker, token: "speaker")))
        #expect(screen.closeCode == .protocolBroken)
        #expect(screen.rejections.map(\.code) == [.protocolBroken])
        #expect(world.hub.attached.joined().isEmpty)
    }

    @Test func `a hello that cannot be read is told the field, and may be said again`() {
        let world = TestHub()
        let screen = world.connect()
        screen.say(#"{"type":"hello","version":1,"role":"audience","venue":"granville","colour":1}"#)
        #expect(screen.rejections.map(\.code) == [.unknownField])
        #expect(screen.rejections.first?.field == "colour")
        #expect(screen.closeCode == nil)
        screen.say(.hello(Hello(role: .audience, venue: Sample.granville)))
        #expect(screen.welcome?.role == .audience)
    }

    @Test func `a phone is given a credential and known by it again`() throws {
        let world = TestHub()
        let first = world.join(.audience, venue: Sample.agneaux)
        let welcome = try #require(first.welcome)
        let device = try #require(welcome.device)
        #expect(welcome.venue == Sample.agneaux && welcome.epoch == world.log.epoch)
        #expect(welcome.head == world.log.head && !welcome.resumed)
        #expect(welcome.time == world.now.wall)
        let second = world.join(.audience, venue: Sample.agneaux, device: device)
        #expect(second.welcome?.device == device)
        #expect(second.session.participant == first.session.participant)
        #expect(second.welcome?.by == welcome.by)
        let other = world.join(.audience, venue: Sample.agneaux)
        #expect(other.welcome?.by != welcome.by)
    }

    @Test func `a token says the venue, and none at all for the whole event`() {
        let world = TestHub()
        #expect(world.join(.moderator, "granville").welcome?.venue == Sample.granville)
        let chief = world.join(.moderator, "chief")
        #expect(chief.welcome?.venue == nil && chief.welcome?.device == nil)
        #expect(world.join(.organiser, "organiser").session.kind == .moderator)
        #expect(world.join(.display, "wall").welcome?.role == .display)
    }

    @Test func `whoever does not greet is let go`() {
        let world = TestHub()
        let silent = world.connect()
        let greeted = world.join(.audience)
        world.pass(Limits.helloWithin - 100)
        #expect(silent.closeCode == nil)
        world.pass(Limits.sweepEvery + 200)
        #expect(silent.closeCode == .helloLate)
        world.pass(120_000)
        #expect(greeted.closeCode == nil)
    }

    // MARK: Resume

    @Test func `resuming from the head gives an empty delta and no view anew`() throws {
        let world = TestHub { day in _ = try day.question(.approved) }
        let head = world.log.head
        let screen = world.join(.audience, position: head)
        #expect(screen.welcome?.resumed == true)
        let delta = try #require(screen.deltas.first)
        #expect(delta == Delta(from: head, to: head))
        #expect(screen.deltas.count == 1)
    }

    @Test func `resuming from a position gives what changed since`() throws {
        var head = 0
        let world = TestHub { day in
            _ = try day.question(.approved)
            head = day.state.head
            _ = try day.question(.approved)
        }
        let before = try RoleView(world.log.state(at: head), for: .audience)
        let screen = world.join(.audience, position: head)
        var view = before
        for delta in screen.deltas { view.apply(delta) }
        #expect(screen.deltas.first?.from == head && screen.deltas.first?.upserts.count == 1)
        #expect(view == RoleView(world.hub.state, for: .audience))
    }

    @Test(arguments: ["beyond", "other", "zero"])
    func `a position that cannot be resumed from gives the whole view`(position: String) throws {
        let world = TestHub { day in _ = try day.question(.approved) }
        let screen = world.connect()
        let head = world.log.head
        let place =
            switch position {
            case "beyond": Position(epoch: world.log.epoch, sequence: head + 1)
            case "other": Position(epoch: numbered(8), sequence: head)
            default: Position(epoch: world.log.epoch, sequence: 0)
            }
        screen.say(.hello(Hello(role: .audience, venue: Sample.granville, position: place)))
        #expect(screen.welcome?.resumed == false)
        #expect(screen.deltas.first?.from == 0)
        #expect(screen.view == RoleView(world.hub.state, for: .audience))
    }

    @Test(arguments: Seeds.first(20))
    func `row 10 whatever epoch and position somebody comes back with, the view is the hub's`(seed: UInt64) throws {
        var day = RandomDay(seed: seed)
        day.run(60)
        let world = TestHub(day)
        for (name, role) in [("boss", Role.moderator), ("board", .display), ("desk", .speaker)] {
            world.submit(.addToken(Credentials.accessToken(name, role: role, venue: nil, label: name)))
        }
        let head = world.log.head
        var generator = SeededGenerator(seed: seed)
        var known: [Int: RoleView] = [:]
        for (role, key, kind) in [
            (Role.audience, nil, ViewKind.audience), (.moderator, "boss", .moderator), (.display, "board", .display),
            (.speaker, "desk", .speaker),
        ] {
            known = [:]
            let now = RoleView(world.hub.state, for: kind)
            for _ in 0..<125 {
                let isOurs = Bool.random(using: &generator)
                let sequence =
                    Int.random(in: 0..<10, using: &generator) == 0
                    ? Int.random(in: 0...(1 << 50), using: &generator)
                    : Int.random(in: 0...(head + 8), using: &generator)
                let epoch = isOurs ? world.log.epoch : Identifier(using: &generator)
                let screen = world.connect(hasOrigin: role != .moderator)
                screen.say(
                    .hello(
                        Hello(
                            role: role, venue: role == .audience ? Sample.granville : nil, token: key,
                            position: Position(epoch: epoch, sequence: sequence))))
                world.turn()
                let welcome = try #require(screen.welcome)
                let begins = try #require(screen.deltas.first).from
                // Whoever goes on from where they stood must have stood in this log.
                #expect(!welcome.resumed || (isOurs && (1...head).contains(sequence)))
                #expect(begins == (welcome.resumed ? sequence : 0) || begins == 0)
                if begins > 0, known[sequence] == nil {
                    known[sequence] = RoleView(try world.log.state(at: sequence), for: kind)
                }
                var view = begins > 0 ? known[sequence] ?? RoleView() : RoleView()
                for delta in screen.deltas { view.apply(delta) }
                let isWhole = view == now
                #expect(isWhole, "\(kind) from \(sequence) of \(isOurs ? "our" : "another") log, \(Seeds.hint(seed))")
                screen.hangUp()
            }
        }
    }

    @Test func `welcome comes first, then the view, then one's own`() {
        let world = TestHub()
        let screen = world.join(.audience)
        let order = screen.frames.map { frame in
            switch frame {
            case .welcome: "welcome"
            case .delta: "delta"
            case .mine: "mine"
            default: "other"
            }
        }
        #expect(order == ["welcome", "delta", "mine"])
        #expect(screen.mines.first?.whole == true)
    }
}

extension MemoryLog {
    /// The state after an entry.
    func state(at sequence: Int) throws -> State {
        var state = State()
        for entry in try read(after: 0, limit: sequence) { state.apply(entry) }
        return state
    }
}
