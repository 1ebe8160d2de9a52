import QAShared
import QATestKit
import Testing

@testable import QARelay

/// The hub's end of an uplink.
@Suite struct RelayPortTests {
    private func world() -> TestHub {
        TestHub { day in
            let access = Credentials.accessToken("relay", role: .relay, venue: Sample.cherbourg, label: "relay")
            try day.send(.addToken(access), by: Person.organiser)
            _ = try day.question(.approved)
        }
    }

    private func relay(_ world: TestHub, at position: Int? = nil) -> Screen {
        world.join(.relay, "relay", position: position)
    }

    /// Reads the log for relays, as often as the hub wants it read.
    private func read(_ world: TestHub) {
        for case .read(let after) in world.asides() {
            let records = world.log.records(after: after, limit: 500)
            let frame = RecordsCoding.encode(records, after: after, before: world.log.checksum(at: after))
            world.hub.read(frame, after: after, world.now)
        }
        world.turn()
    }

    private func records(_ screen: Screen) throws -> [RecordsCoding.Contents] {
        try screen.shared.map(\.bytes).filter { $0.starts(with: RecordsCoding.start) }.map(RecordsCoding.decode)
    }

    @Test func `a relay that has nothing is told the log from its beginning`() throws {
        let world = world()
        let relay = relay(world)
        read(world)
        #expect(relay.welcome?.resumed == false)
        #expect(try records(relay).flatMap(\.records) == world.log.records(after: 0, limit: 500))
    }

    @Test func `a relay that stands at the head is told where the chain stands there, for its may be another one`()
        throws
    {
        let world = world()
        let relay = relay(world, at: world.log.head)
        read(world)
        let told = try records(relay)
        #expect(relay.welcome?.resumed == true && told.count == 1)
        #expect(told.first?.records.isEmpty == true && told.first?.before == world.log.checksum)
        world.pass(5_000)
        read(world)
        #expect(try records(relay).count == 1)
        world.submit(.pauseIntake)
        read(world)
        #expect(try records(relay).last?.records.map(\.sequence) == [world.log.head])
    }

    @Test func `a reading of the log that failed is tried again although nothing happens`() throws {
        let world = world()
        let relay = relay(world)
        for case .read(let after) in world.asides() { world.hub.read(nil, after: after, world.now) }
        world.turn()
        #expect(try records(relay).isEmpty)
        world.pass(Limits.sweepEvery)
        read(world)
        #expect(try records(relay).isEmpty == false)
    }

    @Test func `a relay whose code is revoked is sent away`() throws {
        let world = world()
        let relay = relay(world)
        world.submit(.revokeToken(Credentials.hash("relay").id))
        #expect(relay.closeCode == .tokenRevoked)
    }

    @Test func `a relay that is gone does not keep what it sent from being decided`() {
        let world = world()
        world.commitsAtOnce = false
        let relay = relay(world)
        let item = Forwarded(
            ordinal: 1, id: numbered(5), actor: Person.phone(2, Sample.cherbourg), time: Sample.morning,
            command: .ask(text: Sample.text, name: nil, talk: nil))
        relay.say(.forward([item]))
        world.turn()
        relay.hangUp()
        world.commit()
        world.pass(1_000)
        #expect(world.hub.state.receipts[numbered(5)] != nil)
        #expect(relay.frames.allSatisfy { frame in if case .results = frame { false } else { true } })
    }

    private func results(_ screen: Screen) -> [ForwardResult] {
        screen.frames.flatMap { frame in if case .results(let all) = frame { all } else { [ForwardResult]() } }
    }

    @Test func `what a relay forwards of a rehearsal that has ended is refused, votes too, in one batch with the end`()
    {
        let world = TestHub { day in
            let access = Credentials.accessToken("relay", role: .relay, venue: Sample.cherbourg, label: "relay")
            try day.send(.addToken(access), by: Person.organiser)
            try day.send(.startRehearsal, by: Person.organiser)
        }
        let relay = relay(world)
        let phone = Person.phone(2, Sample.cherbourg)
        func item(_ ordinal: Int, _ time: Timestamp, _ command: Command) -> Forwarded {
            let id: CommandID = command.kind == .vote ? CommandID(high: 0, low: 0) : numbered(400 + ordinal)
            return Forwarded(ordinal: ordinal, id: id, actor: phone, time: time, command: command)
        }
        let ask = Command.ask(text: Sample.text, name: nil, talk: nil)
        world.hub.submit(HouseCommand.stamp(.endRehearsal, world.now)) { _ in }
        relay.say(
            .forward([
                item(1, Sample.morning, ask), item(2, Sample.morning, .vote(numbered(401), on: true, counter: 1)),
            ]))
        world.pass(1_000)
        #expect(results(relay).map(\.ordinal) == [1, 2])
        #expect(
            results(relay).allSatisfy { result in
                if case .failure(let rejection) = result.outcome { rejection.code == .rehearsalOver } else { false }
            })
        #expect(world.hub.state.questions.isEmpty)
        // In earnest, by a room that has yet to hear of the end.
        relay.say(.forward([item(3, world.now.wall, ask)]))
        world.pass(1_000)
        #expect(world.hub.state.questions.count == 1)
    }

    @Test func `an item that nobody can read is answered, and the line goes on`() throws {
        let world = world()
        let relay = relay(world)
        relay.say(#"{"type":"forward","items":[{"n":7,"do":"levitate"}]}"#)
        world.pass(1_000)
        #expect(results(relay).map(\.ordinal) == [7] && relay.closeCode == nil)
    }

    @Test func `of two relays of one venue the one that stays tells who is in its room`() throws {
        let world = TestHub { day in
            for key in ["relay", "second"] {
                let access = Credentials.accessToken(key, role: .relay, venue: Sample.cherbourg, label: key)
                try day.send(.addToken(access), by: Person.organiser)
            }
        }
        let first = relay(world)
        let second = world.join(.relay, "second")
        for (screen, phones) in [(first, 7), (second, 40)] {
            var count = Presence.Count()
            count.phones = phones
            screen.say(.room(RoomReport(count: count)))
        }
        #expect(world.hub.presence.count(of: Sample.cherbourg).phones == 40)
        second.hangUp()
        #expect(world.hub.presence.count(of: Sample.cherbourg).phones == 7)
    }

    @Test func `a venue whose relay came back while its cut was written down is not cut off for long`() throws {
        let world = world()
        let relay = relay(world)
        relay.hangUp()
        world.pass(Limits.lineGrace - 100)
        world.commitsAtOnce = false
        world.pass(300)
        #expect(world.hub.state.lines[Sample.cherbourg] != nil)
        _ = self.relay(world)
        world.commitsAtOnce = true
        while !world.batches.isEmpty { world.commit() }
        world.pass(Limits.sweepEvery + 500)
        #expect(world.hub.state.lines.isEmpty)
    }
}
