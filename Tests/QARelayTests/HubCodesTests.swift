import QAShared
import QATestKit
import Testing

@testable import QARelay

/// One-time codes at the hub's door: what a phone types, what moderators are told, and what guessing comes to.
@Suite struct HubCodesTests {
    private static func setup() -> EventSetup {
        var setup = Sample.setup(moderated: false)
        setup.votes = .codes
        return setup
    }

    /// Codes that repeat themselves, as the log of a test world has them.
    private static let codes: [VoteCode] = {
        var generator = SeededGenerator(seed: 11)
        return (0..<500).map { _ in VoteCode(using: &generator) }
    }()

    private static var issue: Command {
        .issueCodes(numbered(1), venue: Sample.granville, codes.map(SimulatedSecrets.make(seed: 5).codeID))
    }

    private func world() -> TestHub {
        TestHub(Self.setup()) { day in try day.send(Self.issue, by: Person.organiser) }
    }

    private func give(_ code: String, _ phone: Screen, id: CommandID? = nil) -> Result<Int, Rejection>? {
        let id = id ?? phone.world.fresh()
        phone.say(.redeem(id, code: code))
        phone.world.turn()
        return phone.answers(to: id).last
    }

    private func ask(_ world: TestHub) -> QuestionID {
        world.join(.audience).order(.ask(text: Sample.text, name: nil, talk: nil)).of()
    }

    private func refusal(_ result: Result<Int, Rejection>?) -> Rejection? {
        if case .failure(let rejection) = result { rejection } else { nil }
    }

    private func isAccepted(_ result: Result<Int, Rejection>?) -> Bool {
        if case .success = result { true } else { false }
    }

    // MARK: One phone

    @Test func `row 31 a phone is told that votes need a code, gives one as it was typed, and votes`() throws {
        let world = world()
        let question = ask(world)
        let phone = world.join(.audience)
        #expect(phone.welcome?.votes == .codes && phone.view.event?.votes == .codes && phone.mines.last?.code == false)
        phone.order(.vote(question, on: true, counter: 1))
        #expect(phone.rejections.last == Rejection(.codeNeeded))
        #expect(isAccepted(give(Self.codes[0].text.lowercased().replacing("-", with: " "), phone)))
        #expect(phone.mines.last == Mine(whole: false, code: true))
        phone.order(.vote(question, on: true, counter: 1))
        #expect(world.hub.state.question(question)?.votes == 1)
        let entries = try world.log.read(after: 0, limit: 9_999)
        let bytes = entries.flatMap { EntryCoding.encode($0) }
        #expect(!String(decoding: bytes, as: UTF8.self).contains(Self.codes[0].text))
    }

    @Test func `row 31 a code that was given on one device is refused on the next, and a retry is not`() {
        let world = world()
        let (one, other) = (world.join(.audience), world.join(.audience))
        let id = world.fresh()
        #expect(isAccepted(give(Self.codes[0].text, one, id: id)))
        let head = world.hub.state.head
        #expect(isAccepted(give(Self.codes[0].text, one, id: id)))
        #expect(world.hub.state.head == head)
        #expect(refusal(give(Self.codes[0].text, other))?.code == .codeUsed)
        #expect(other.mines.last?.code == false)
    }

    @Test func `two devices that give one code in the same moment are one voter`() {
        let world = world()
        let phones = (0..<5).map { _ in world.join(.audience) }
        let ids = phones.map { _ in world.fresh() }
        for (phone, id) in zip(phones, ids) { phone.say(.redeem(id, code: Self.codes[7].text)) }
        world.turn()
        let answers = zip(phones, ids).map { $0.answers(to: $1).last }
        #expect(answers.count(where: isAccepted) == 1 && answers.count { refusal($0)?.code == .codeUsed } == 4)
    }

    @Test func `whoever sees the log cannot give a hash for a code`() throws {
        let world = world()
        let phone = world.join(.audience)
        let id: CommandID = numbered(1)
        let hash = SimulatedSecrets.make(seed: 5).codeID(Self.codes[0])
        for rest in [#""redeem":"\#(hash.text)""#, #""code":"\#(hash.text)""#] {
            phone.say(#"{"type":"command","id":"\#(id.text)","do":"redeem",\#(rest)}"#)
            #expect(phone.rejections.last == Rejection(.unknownType, field: "do"))
        }
        #expect(refusal(give(hash.text, phone))?.code == .codeUnknown)
    }

    @Test func `only a phone gives codes`() {
        let world = world()
        let chief = world.join(.moderator, "chief")
        #expect(refusal(give(Self.codes[0].text, chief))?.code == .notAllowed)
    }

    // MARK: Guessing

    private let wrong = "CCCC-CCCC-CCCC"

    @Test func `row 31 a device that guesses waits, and is then told nothing of a right code either`() {
        let world = world()
        let phone = world.join(.audience)
        for _ in 0..<Limits.guessBurst { #expect(refusal(give(wrong, phone))?.code == .codeUnknown) }
        let refused = refusal(give(Self.codes[0].text, phone))
        #expect(refused?.code == .rateLimited && refused?.retryAfter == Limits.guessEvery)
        #expect(isAccepted(give(Self.codes[0].text, world.join(.audience))))
        world.pass(Limits.guessEvery)
        #expect(isAccepted(give(Self.codes[1].text, phone)))
    }

    @Test func `row 31 many devices of one address guess no faster, and take nothing from another address`() {
        let world = world()
        var told: [Rejection.Code: Int] = [:]
        for _ in 0..<40 {
            let phone = world.join(.audience)
            phone.session.codeCaller = 1
            for _ in 0..<Limits.guessBurst { told[refusal(give(wrong, phone))?.code ?? .busy, default: 0] += 1 }
        }
        #expect(told == [.codeUnknown: Limits.guessAddressBurst, .rateLimited: 200 - Limits.guessAddressBurst])
        let elsewhere = world.join(.audience)
        elsewhere.session.codeCaller = 2
        #expect(isAccepted(give(Self.codes[0].text, elsewhere)))
    }

    @Test func `row 31 guesses from everywhere are bounded over all`() {
        let world = world()
        var unknown = 0
        for number in 0..<200 {
            let phone = world.join(.audience)
            phone.session.codeCaller = UInt64(number)
            for _ in 0..<Limits.guessBurst where refusal(give(wrong, phone))?.code == .codeUnknown { unknown += 1 }
        }
        #expect(unknown == Limits.guessAllBurst)
    }

    @Test func `row 28 a whole room behind one address gives its codes at once`() {
        let world = world()
        let phones = (0..<400).map { _ in world.join(.audience) }
        for (phone, code) in zip(phones, Self.codes) {
            phone.session.codeCaller = 1
            phone.say(.redeem(world.fresh(), code: code.text))
        }
        world.turn()
        #expect(phones.allSatisfy(\.rejections.isEmpty) && world.hub.state.codes.usedCount == 400)
    }

    // MARK: What others are told

    @Test func `moderators are told how many codes are used once that is durable, and nobody is told which`() {
        let world = world()
        let chief = world.join(.moderator, "chief")
        let phone = world.join(.audience)
        world.pass(1_100)
        #expect(chief.presences.last?.codes == Presence.Codes(issued: 500, used: 0))
        world.commitsAtOnce = false
        phone.say(.redeem(world.fresh(), code: Self.codes[0].text))
        world.pass(2_500)
        #expect(chief.presences.last?.codes?.used == 0 && phone.mines.last?.code == false)
        world.commit()
        world.pass(1_100)
        #expect(chief.presences.last?.codes == Presence.Codes(issued: 500, used: 1) && phone.mines.last?.code == true)
    }

    @Test func `where everybody votes nothing is said of codes`() {
        let world = TestHub()
        let chief = world.join(.moderator, "chief")
        let phone = world.join(.audience)
        world.pass(1_100)
        #expect(phone.welcome?.votes == .open && phone.mines.last?.code == nil && chief.presences.last?.codes == nil)
    }

    @Test func `a code that a failed disk lost is free again`() {
        let world = world()
        let phone = world.join(.audience)
        world.commitsAtOnce = false
        let id = world.fresh()
        phone.say(.redeem(id, code: Self.codes[0].text))
        world.turn()
        world.refuse(.full)
        #expect(refusal(phone.answers(to: id).last)?.code == .storageFailed && world.hub.state.codes.usedCount == 0)
        world.commitsAtOnce = true
        world.pass(6_000)
        #expect(isAccepted(give(Self.codes[0].text, world.join(.audience))))
    }

    // MARK: A venue's relay

    @Test func `row 31 a code that another room used meanwhile takes the room's votes with it, and moderators see why`()
        throws
    {
        var day = Day(Self.setup())
        try day.send(
            .addToken(Credentials.accessToken("chief", role: .moderator, venue: nil, label: "chief")),
            by: Person.organiser)
        try day.send(Self.issue, by: Person.organiser)
        let question = try day.question(.approved, by: Person.phone(1))
        let world = TestHub(relayOf: Sample.cherbourg, day)
        let chief = world.join(.moderator, "chief")
        let phone = world.join(.audience, venue: Sample.cherbourg)
        #expect(isAccepted(give(Self.codes[0].text, phone)))
        phone.order(.vote(question, on: true, counter: 1))
        world.pass(1_000)
        #expect(phone.mines.last?.code == true && world.hub.state.question(question)?.votes == 1)
        let outbox = try #require(world.hub.relaying?.outbox.map(\.forwarded))
        try #require(outbox.map(\.command.kind) == [.redeem, .vote])
        #expect(outbox.allSatisfy { !String(decoding: $0.bytes, as: UTF8.self).contains(Self.codes[0].text) })
        // Another device of another room was faster; the hub decides what this relay sends, in order.
        try day.send(outbox[0].command, by: Person.phone(2))
        var results: [ForwardResult] = []
        for item in outbox {
            do throws(Rejection) {
                let sequence = try day.send(item.command, by: item.actor, id: item.id)
                results.append(ForwardResult(ordinal: item.ordinal, outcome: .success(sequence)))
            } catch {
                results.append(ForwardResult(ordinal: item.ordinal, outcome: .failure(error)))
            }
        }
        world.hub.confirmed(Array(day.entries.suffix(1)), world.now)
        world.hub.answered(results, world.now)
        world.pass(1_000)
        #expect(phone.mines.last { $0.code != nil }?.code == false)
        #expect(world.hub.state.question(question)?.votes == 0)
        let told = chief.frames.compactMap { frame -> [RefusalInfo]? in
            if case .refusals(let items) = frame { items } else { nil }
        }
        #expect(told.last?.map(\.what) == ["redeem", "vote"] && told.last?.map(\.code) == [.codeUsed, .codeNeeded])
    }

    // MARK: The command line

    private func control(_ request: ControlRequest, _ hub: Hub, _ perform: () -> Void) -> ControlAnswer? {
        var answer: ControlAnswer?
        let desk = ControlDesk(hub: hub) { _, _ in }
        desk.handle(request, Now(wall: Sample.morning, monotonic: 200_000)) { answer = $0 }
        perform()
        return answer
    }

    @Test func `codes are made, told once, counted and taken back`() throws {
        let world = TestHub(Self.setup())
        func ask(_ request: ControlRequest) throws -> ControlAnswer {
            try #require(control(request, world.hub) { world.perform() })
        }
        let made = try ask(.newCodes(count: 1_200, venue: Sample.agneaux))
        try #require(made.isGood && made.lines.count == 1_202)
        #expect(made.lines[1] == "Journée de la confiance – Agneaux")
        let codes = made.lines.dropFirst(2).compactMap { VoteCode(typed: $0) }
        try #require(Set(codes).count == 1_200)
        #expect(isAccepted(give(codes[3].text, world.join(.audience))))
        let tag = try #require(made.lines[0].split(separator: " ").first).description
        #expect(
            try ask(.listCodes).lines == [
                "\(tag)  agneaux  1200 issued  1 used", "All: 1200 good, 1 of them used.",
            ])
        #expect(try ask(.revokeCodes(batch: "nobody")).lines.first?.hasPrefix("batch_unknown: 0 batches") == true)
        #expect(
            try ask(.revokeCodes(batch: tag)).lines == [
                "1199 codes of \(tag) are no longer good; 1 are used and stay."
            ])
        #expect(try ask(.listCodes).lines.last == "All: 1 good, 1 of them used.")
        #expect(refusal(give(codes[4].text, world.join(.audience)))?.code == .codeUnknown)
    }

    @Test func `codes are made where votes count by them, at the hub, for a venue there is, and not too many`() throws {
        let world = world()
        let cases: [(Hub, ControlRequest, String)] = [
            (TestHub().hub, .newCodes(count: 1, venue: nil), "votes_open: "),
            (world.hub, .newCodes(count: 1, venue: VenueID("nowhere")), "unknown_venue: "),
            (world.hub, .newCodes(count: Limits.codesMaximum, venue: nil), "bad_value: "),
            (world.hub, .newCodes(count: 0, venue: nil), "bad_value: "),
            (
                TestHub(relayOf: Sample.cherbourg, Day(Self.setup())).hub, .newCodes(count: 1, venue: nil),
                "not_the_hub: "
            ),
        ]
        for (hub, request, start) in cases {
            let answer = try #require(control(request, hub) {})
            #expect(!answer.isGood && answer.lines.first?.hasPrefix(start) == true, "\(answer.lines)")
        }
    }

    @Test func `a sheet has a ticket a code, whose link keeps the code behind the fragment`() throws {
        let codes = Self.codes.prefix(3).map(\.text)
        var sheet = CodeSheet(
            title: "Journée <du> littoral", base: "https://questions.example/", venue: Sample.agneaux, codes: codes)
        #expect(sheet.link(codes[0]) == "https://questions.example/ask?venue=agneaux#c=\(codes[0])")
        #expect(sheet.text.split(separator: "\n").count == 3)
        #expect(sheet.html.ranges(of: "<section>").count == 3)
        #expect(sheet.html.ranges(of: "<svg").count == 3 && !sheet.html.contains("<du>"))
        sheet = CodeSheet(title: "x", base: nil, venue: nil, codes: codes)
        #expect(sheet.link(codes[0]) == nil && !sheet.html.contains("<svg") && sheet.html.contains(codes[2]))
    }
}
