import QAShared
import QATestKit
import Testing

@testable import QARelay

// The map of the day: who is told, when, and what of the lines.
@Suite struct HubDayTests {
    private func relayToken(_ world: TestHub, _ venue: VenueID = Sample.cherbourg) {
        world.submit(.addToken(Credentials.accessToken("relay", role: .relay, venue: venue, label: "relay")))
    }

    private func relay(_ world: TestHub) -> Screen {
        let screen = world.connect(hasOrigin: false)
        screen.say(.hello(Hello(role: .relay, token: "relay")))
        world.turn()
        return screen
    }

    private func venue(_ screen: Screen, _ venue: VenueID) -> DayFrame.VenueDay? {
        screen.days.last?.venues.first { $0.venue == venue }
    }

    @Test func `an organiser is shown the day at once, and nobody else ever is`() throws {
        let world = TestHub { day in
            for number in 1...6 { _ = try day.question(.approved, by: Person.phone(number)) }
        }
        let others = [
            world.join(.moderator, "chief"), world.join(.speaker, "speaker"), world.join(.display, "wall"),
            world.join(.audience),
        ]
        world.pass(3_000)
        let organiser = world.join(.organiser, "organiser")
        let day = try #require(organiser.days.first)
        #expect(day.venues.map(\.venue) == Sample.venues)
        #expect(day.totals.received == 6 && day.totals.shown == 6 && day.head == world.hub.durableHead)
        #expect(day.venues[0].at == .init(latitude: 48.8379, longitude: -1.5971) && day.venues[1].at == nil)
        #expect(day.venues.allSatisfy { $0.line == .direct && $0.talks.map(\.counts.received) == [2] })
        #expect(day.venues[0].people.phones == 1 && day.elsewhere.moderators >= 1)
        others[0].order(.pauseIntake)
        world.pass(5_000)
        #expect(organiser.days.count > 1)
        #expect(others.allSatisfy { $0.days.isEmpty })
    }

    @Test func `the day is told once a second at most, and not at all while nothing moves`() throws {
        let world = TestHub(Sample.setup(moderated: false))
        let organiser = world.join(.organiser, "organiser")
        world.pass(4_000)
        organiser.forget()
        let start = world.time
        let phone = world.join(.audience)
        world.hub.rates.areOn = false
        for number in 0..<40 {
            phone.order(.ask(text: "Question numéro \(number), je vous prie ?", name: nil, talk: nil))
            world.pass(100)
        }
        world.pass(2_000)
        let days = organiser.days
        #expect((4...6).contains(days.count))
        for (before, after) in zip(days, days.dropFirst()) {
            #expect(after.time.milliseconds - before.time.milliseconds >= Limits.dayEvery)
            #expect(after.totals.received >= before.totals.received)
        }
        #expect(days.last?.totals.received == 40 && world.time - start >= 6_000)
        organiser.forget()
        world.pass(60_000)
        #expect(organiser.days.isEmpty)
    }

    @Test func `while no organiser looks nothing is counted, and the next one is shown the day as it is`() throws {
        let world = TestHub()
        let first = world.join(.organiser, "organiser")
        first.hangUp()
        #expect(world.hub.dayAt == nil && world.hub.day.frame == nil)
        world.submit(.pauseIntake)
        world.pass(5_000)
        #expect(world.hub.dayAt == nil && world.hub.day.frame == nil)
        let second = world.join(.organiser, "organiser")
        #expect(second.days.map(\.head) == [world.hub.durableHead])
        let third = world.join(.organiser, "organiser")
        #expect(third.days.first == second.days.first)
    }

    @Test func `what is not durable yet is not on the map`() throws {
        let world = TestHub(Sample.setup(moderated: false))
        let organiser = world.join(.organiser, "organiser")
        world.pass(3_000)
        organiser.forget()
        world.commitsAtOnce = false
        world.join(.audience).order(.ask(text: Sample.text, name: nil, talk: nil))
        world.pass(3_000)
        #expect(organiser.days.allSatisfy { $0.totals.received == 0 })
        world.refuse(.full)
        world.pass(3_000)
        #expect(organiser.days.allSatisfy { $0.totals.received == 0 })
    }

    @Test func `a venue is direct, by its relay with its lag, missed for a while, then cut since, and back`() throws {
        let world = TestHub()
        relayToken(world)
        let organiser = world.join(.organiser, "organiser")
        #expect(venue(organiser, Sample.cherbourg)?.line == .direct)
        let screen = relay(world)
        world.pass(2_000)
        // Nobody reads the log for it in this test: it stays where it began.
        #expect(venue(organiser, Sample.cherbourg)?.line == .up(lag: world.hub.durableHead))
        let head = world.hub.durableHead
        screen.say(.room(RoomReport(count: count(phones: 7))))
        world.hub.read(RecordsFrame(after: 0, to: head, bytes: Array(#"{"type":"records"}"#.utf8)), after: 0, world.now)
        world.pass(2_000)
        #expect(venue(organiser, Sample.cherbourg)?.line == .up(lag: 0))
        #expect(venue(organiser, Sample.cherbourg)?.people.phones == 7)
        let left = world.now.wall
        screen.hangUp()
        world.pass(2_000)
        #expect(venue(organiser, Sample.cherbourg)?.line == .up(lag: nil))
        world.pass(Limits.lineGrace)
        guard case .cut(let since) = venue(organiser, Sample.cherbourg)?.line else {
            Issue.record("the line counts as cut by now")
            return
        }
        #expect(abs(since.milliseconds - left.milliseconds) < 2_000)
        #expect(venue(organiser, Sample.granville)?.line == .direct)
        _ = relay(world)
        world.pass(2_000)
        guard case .up = venue(organiser, Sample.cherbourg)?.line else {
            Issue.record("the relay is back")
            return
        }
    }

    @Test func `a venue whose relay is retired is direct again`() throws {
        let world = TestHub()
        relayToken(world)
        let organiser = world.join(.organiser, "organiser")
        relay(world).hangUp()
        world.pass(Limits.lineGrace + 2_000)
        #expect(world.hub.state.lines[Sample.cherbourg] != nil)
        let token = try #require(world.hub.state.tokens.first { $0.role == .relay })
        world.submit(.revokeToken(token.id))
        world.pass(2 * Limits.sweepEvery + 2_000)
        #expect(world.hub.state.lines[Sample.cherbourg] == nil)
        #expect(venue(organiser, Sample.cherbourg)?.line == .direct)
    }

    private func count(phones: Int) -> Presence.Count {
        var count = Presence.Count()
        count.phones = phones
        return count
    }
}
