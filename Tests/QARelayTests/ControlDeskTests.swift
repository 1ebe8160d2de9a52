import QAShared
import QATestKit
import Testing

@testable import QARelay

@Suite struct ControlDeskTests {
    private func desk(_ world: TestHub) -> ControlDesk {
        ControlDesk(hub: world.hub) { work, done in
            do throws(LogError) {
                done(.success(try work(world.log)))
            } catch {
                done(.failure(error))
            }
        }
    }

    private func ask(_ request: ControlRequest, _ world: TestHub) -> ControlAnswer? {
        var answer: ControlAnswer?
        desk(world).handle(request, world.now) { answer = $0 }
        world.perform()
        return answer
    }

    // MARK: Coding

    @Test(arguments: [
        ControlRequest.newToken(role: .speaker, venue: Sample.agneaux, label: "pupitre \"é\""),
        .newToken(role: .organiser, venue: nil, label: ""), .revokeToken(tag: "k3J9x_aQ"), .listTokens,
        .verify, .backup(path: "/var/backups/\"é\".sqlite"), .line(.toggle),
        .labels, .startRehearsal, .endRehearsal(confirmed: true), .endRehearsal(confirmed: false), .closeEvent,
        .openEvent,
        .export(Export.Choice(format: .csv)), .export(Export.Choice(format: .json, what: .counts)),
        .export(Export.Choice(format: .geojson, what: .counts)),
        .newCodes(count: 40, venue: Sample.agneaux), .newCodes(count: 1, venue: nil), .listCodes,
        .revokeCodes(batch: "k3J9x_aQ"),
    ])
    func `a request is read as it was written`(request: ControlRequest) throws {
        #expect(try ControlRequest.decode(request.encode()) == request)
    }

    @Test(arguments: [
        ("", Rejection.Code.malformed), ("[]", .malformed), ("{}", .missingField),
        (#"{"do":"dance"}"#, .unknownType), (#"{"do":"verify","fast":true}"#, .unknownField),
        (#"{"do":"revoke_token"}"#, .missingField),
        (#"{"do":"new_token","role":"king","label":"x"}"#, .badValue),
        (#"{"do":"end_rehearsal"}"#, .missingField), (#"{"do":"start_rehearsal","confirmed":true}"#, .unknownField),
        (#"{"do":"new_token","role":"speaker","venue":"A B","label":"x"}"#, .badValue),
    ])
    func `a request that is none is refused`(text: String, code: Rejection.Code) {
        let error = #expect(throws: Rejection.self) { try ControlRequest.decode(Array(text.utf8)) }
        #expect(error?.code == code)
    }

    @Test func `an answer is read as it was written`() throws {
        for answer in [ControlAnswer.good([]), .good(["a", "“é”\n"]), .bad("no: because")] {
            #expect(try ControlAnswer.decode(answer.encode()) == answer)
        }
        #expect(throws: Rejection.self) { try ControlAnswer.decode([]) }
    }

    // MARK: At a relay

    @Test(arguments: [
        ControlRequest.newToken(role: .display, venue: nil, label: "mur"), .revokeToken(tag: "wall"), .startRehearsal,
        .endRehearsal(confirmed: true),
    ])
    func `what all venues share is not changed at a relay`(request: ControlRequest) {
        var day = Day()
        _ = try? day.send(
            .addToken(Credentials.accessToken("wall", role: .display, venue: nil, label: "wall")), by: Person.organiser)
        let world = TestHub(relayOf: Sample.cherbourg, day)
        let answer = ask(request, world)
        #expect(answer?.isGood == false && answer?.lines.first?.hasPrefix("not_the_hub: ") == true)
        #expect(world.hub.relaying?.outbox.isEmpty == true)
    }

    // MARK: Tokens

    @Test func `the event is closed and opened again from the command line`() throws {
        let world = TestHub()
        #expect(ask(.openEvent, world)?.lines == ["The event is open already."])
        #expect(ask(.closeEvent, world)?.isGood == true)
        #expect(world.hub.state.phase == .closed)
        #expect(ask(.closeEvent, world)?.lines == ["The event is closed already."])
        let refused = try #require(ask(.startRehearsal, world))
        #expect(!refused.isGood && refused.lines[0].hasPrefix("event_closed"))
        #expect(ask(.openEvent, world)?.isGood == true)
        #expect(world.hub.state.phase == .open)
    }

    @Test func `a new token opens the door, and is told only once it is durable`() throws {
        let world = TestHub()
        world.commitsAtOnce = false
        var answer: ControlAnswer?
        desk(world).handle(.newToken(role: .moderator, venue: Sample.agneaux, label: "régie"), world.now) {
            answer = $0
        }
        world.perform()
        #expect(answer == nil)
        world.commitsAtOnce = true
        world.commit()
        let token = try #require(answer?.lines.first)
        #expect(answer?.isGood == true && answer?.lines.count == 1)
        let screen = world.join(.moderator, token)
        #expect(screen.welcome?.venue == Sample.agneaux)
        let list = try #require(ask(.listTokens, world))
        #expect(list.lines.last?.contains("régie") == true)
        #expect(!list.lines.contains { $0.contains(token) })
    }

    @Test(arguments: [(Role.audience, "not_allowed"), (.relay, "unknown_venue")])
    func `the audience is given no token, and a relay none without its venue`(role: Role, code: String) {
        let world = TestHub()
        let answer = ask(.newToken(role: role, venue: nil, label: "x"), world)
        #expect(answer?.isGood == false && answer?.lines.first?.hasPrefix(code) == true)
        #expect(world.batches.isEmpty)
    }

    @Test func `a token for a venue that the event has not is refused`() {
        let answer = ask(.newToken(role: .moderator, venue: VenueID("paris"), label: "x"), TestHub())
        #expect(answer?.isGood == false && answer?.lines.first?.hasPrefix("unknown_venue") == true)
    }

    @Test func `a token is revoked by its label or the beginning of its name, if only one goes by it`() {
        let world = TestHub()
        let speaker = world.join(.speaker, "speaker")
        let tag = Credentials.hash("wall").id.tag
        #expect(ask(.revokeToken(tag: "speaker"), world)?.isGood == true)
        #expect(speaker.closeCode == .tokenRevoked)
        #expect(ask(.revokeToken(tag: tag), world)?.isGood == true)
        #expect(world.join(.display, "wall").closeCode == .tokenRevoked)
        for tag in ["", "nobody"] { #expect(ask(.revokeToken(tag: tag), world)?.isGood == false) }
        #expect(ask(.listTokens, world)?.lines.count { $0.hasSuffix("revoked") } == 2)
    }

    @Test func `a label that two tokens bear revokes neither`() {
        let world = TestHub()
        for _ in 0..<2 { _ = ask(.newToken(role: .display, venue: nil, label: "foyer"), world) }
        let answer = ask(.revokeToken(tag: "foyer"), world)
        #expect(answer?.isGood == false)
        #expect(world.hub.state.tokens.allSatisfy { !$0.revoked })
    }

    @Test func `a hub that cannot write says so`() {
        let world = TestHub()
        world.commitsAtOnce = false
        var answer: ControlAnswer?
        desk(world).handle(.newToken(role: .display, venue: nil, label: "x"), world.now) { answer = $0 }
        world.perform()
        world.refuse(.full)
        #expect(answer?.isGood == false && answer?.lines.first?.hasPrefix("storage_failed") == true)
    }

    // MARK: Rehearsal

    @Test func `a rehearsal begins before the first question, and ends when that is confirmed`() throws {
        let world = TestHub()
        #expect(ask(.endRehearsal(confirmed: true), world)?.isGood == true)
        #expect(ask(.startRehearsal, world)?.isGood == true)
        #expect(ask(.startRehearsal, world)?.isGood == true && world.hub.state.phase == .rehearsal)
        world.join(.audience).order(.ask(text: Sample.text, name: nil, talk: nil))
        let unconfirmed = ask(.endRehearsal(confirmed: false), world)
        #expect(unconfirmed?.isGood == false && unconfirmed?.lines.first?.hasPrefix("unconfirmed: ") == true)
        #expect(world.hub.state.questions.count == 1)
        #expect(ask(.endRehearsal(confirmed: true), world)?.isGood == true)
        #expect(world.hub.state.questions.isEmpty && world.hub.state.phase == .open)
        world.join(.audience).order(.ask(text: Sample.text, name: nil, talk: nil))
        #expect(ask(.startRehearsal, world)?.lines.first?.hasPrefix("wrong_status: ") == true)
        #expect(ask(.endRehearsal(confirmed: true), world)?.isGood == true)
        #expect(world.hub.state.questions.count == 1)
    }

    @Test func `verify tells what the log comes to`() {
        let world = TestHub()
        let answer = ask(.verify, world)
        #expect(answer?.isGood == true)
        #expect(answer?.lines.contains { $0.hasSuffix("\(world.log.head)") } == true)
    }
}
