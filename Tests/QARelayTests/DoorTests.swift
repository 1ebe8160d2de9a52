// Who gets in when a crowd comes: rates, the shares of addresses, kept places, believed proxies, and bursts of newcomers.

import QAShared
import QATestKit
import Testing

@testable import QARelay

@Suite struct DoorTests {
    private func door(_ perSecond: Int = 400, trusting proxies: [String] = []) -> Door {
        var options = Door.Options()
        options.joinsPerSecond = perSecond
        options.trustedProxies = proxies.compactMap(AddressRange.init)
        return Door(options, key: 7)
    }

    private func at(_ milliseconds: Int) -> Now {
        Now(wall: Timestamp(milliseconds: 1_259_053_200_000 + milliseconds), monotonic: 1_000_000 + milliseconds)
    }

    @Test func `row 28 a room of 5000 behind one address is let in within a minute`() {
        var door = door()
        let refused = (0..<5_000).count { !door.admits("192.0.2.1", isStaff: false, free: 20_000, at($0 * 12)) }
        #expect(refused == 0)
    }

    @Test func `row 29 above the rate newcomers wait, and a flood from one address leaves the others their share`() {
        var door = door(20)
        let flooded = (0..<1_000).count { _ in door.admits("203.0.113.9", isStaff: false, free: 20_000, at(0)) }
        #expect(flooded == 100)
        let others = (0..<80).count { door.admits("198.51.100.\($0)", isStaff: false, free: 20_000, at(0)) }
        #expect(others == 80)
        let again = door.admits("203.0.113.9", isStaff: false, free: 20_000, at(0))
        #expect(!again)
        // Half the rate is an address's own.
        let later = (0..<100).count { _ in door.admits("203.0.113.9", isStaff: false, free: 20_000, at(1_000)) }
        #expect(later == 10)
    }

    @Test func `row 29 moderators get in while a crowd is turned away, and have places that phones do not get`() {
        var door = door(1)
        while door.admits("203.0.113.9", isStaff: false, free: 20_000, at(0)) {}
        let moderator = door.admits("203.0.113.9", isStaff: true, free: 20_000, at(0))
        let phone = door.admits("192.0.2.44", isStaff: false, free: Limits.placesKept, at(60_000))
        let another = door.admits("192.0.2.44", isStaff: true, free: Limits.placesKept, at(60_000))
        #expect(moderator && !phone && another)
        // However many only say that they are one of them: who is is not refused, and few of them stay.
        let staff = (0..<1_000).count { _ in door.admits("192.0.2.66", isStaff: true, free: 64, at(60_000)) }
        #expect(staff == 1_000)
    }

    @Test func `a door that is switched off lets everybody in`() {
        var options = Door.Options()
        options.isOn = false
        var door = Door(options, key: 1)
        let admitted = (0..<50_000).count { _ in door.admits("192.0.2.1", isStaff: false, free: 1, at(0)) }
        #expect(admitted == 50_000)
    }

    @Test(arguments: [
        ("198.51.100.7", "192.0.2.1", "192.0.2.1", [String]()),
        ("127.0.0.1", "192.0.2.1", "127.0.0.1", []),
        ("127.0.0.1", "192.0.2.1", "192.0.2.1", ["127.0.0.1"]),
        ("198.51.100.7", "192.0.2.1", "198.51.100.7", ["127.0.0.1"]),
        ("127.0.0.1", "6.6.6.6, 192.0.2.1", "192.0.2.1", ["127.0.0.1"]),
        ("127.0.0.1", "6.6.6.6, 192.0.2.1, 10.0.0.3", "192.0.2.1", ["127.0.0.1", "10.0.0.0/8"]),
        ("127.0.0.1", "nonsense", "127.0.0.1", ["127.0.0.1"]), ("127.0.0.1", "", "127.0.0.1", ["127.0.0.1"]),
        ("::ffff:127.0.0.1", "2001:db8::1", "2001:db8::1", ["127.0.0.1"]),
    ])
    func `row 48 only a believed proxy says who calls, and only the last address that it wrote counts`(
        peer: String, header: String, caller: String, proxies: [String]
    ) {
        let got = door(trusting: proxies).caller(peer, forwardedFor: header)
        #expect(proxies.isEmpty ? got == peer : got == caller)
    }

    @Test func `a range holds its addresses and no others`() throws {
        let range = try #require(AddressRange("192.0.2.128/25"))
        #expect(range.contains("192.0.2.200") && !range.contains("192.0.2.100") && !range.contains("2001:db8::1"))
        #expect(try #require(AddressRange("2001:db8::/33")).contains("2001:db8:7fff::1"))
        #expect(try !#require(AddressRange("2001:db8::/33")).contains("2001:db8:8000::1"))
        #expect(try #require(AddressRange("0.0.0.0/0")).contains("203.0.113.1"))
        for wrong in ["", "192.0.2", "192.0.2.0/33", "192.0.2.0/", "192.0.2.0/-1", "host", "1.2.3.4/8/8"] {
            #expect(AddressRange(wrong) == nil, "\(wrong)")
        }
    }
}

extension DoorTests {
    @Test func `whoever counts by address is told which are the same, and nothing behind a proxy that does not say`()
        throws
    {
        let proxy = try #require(AddressRange("198.51.100.7"))
        let door = Door(Door.Options(trustedProxies: [proxy]), key: 5)
        let one = try #require(door.key(of: "192.0.2.1", forwardedFor: nil))
        #expect(door.key(of: "198.51.100.7", forwardedFor: "192.0.2.1") == one)
        #expect(door.key(of: "192.0.2.1", forwardedFor: "192.0.2.9") == one)
        #expect(door.key(of: "192.0.2.2", forwardedFor: nil) != one)
        #expect(door.key(of: "198.51.100.7", forwardedFor: nil) == nil)
        #expect(Door(Door.Options(), key: 6).key(of: "192.0.2.1", forwardedFor: nil) != one)
    }

    @Test func `row 29 all addresses of one IPv6 network have one share between them`() throws {
        var door = door(10)
        let admitted = (0..<200).count { number in
            door.admits("2001:db8:1:2::\(String(number, radix: 16))", isStaff: false, free: 1_000, at(0))
        }
        #expect(admitted == 50, "as many as of one IPv4 address")
        let isOther = door.admits("2001:db8:1:3::1", isStaff: false, free: 1_000, at(0))
        #expect(isOther, "the network beside it has its own")
    }
}

@Suite struct PorchTests {
    @Test func `row 29 few wait on the porch, and whoever has just come is not the one that goes`() {
        var porch = Porch()
        for id in 1...UInt64(Limits.unprovenMaximum) { #expect(porch.came(id, from: id) == nil) }
        // One each: the one that came first goes.
        #expect(porch.came(100, from: 100) == 1)
        porch.left(2)
        #expect(porch.came(101, from: 101) == nil && porch.came(102, from: 102) == 3)
        #expect(porch.count == Limits.unprovenMaximum)
    }

    @Test func `row 29 a caller with many there loses its own before others lose theirs`() {
        var porch = Porch()
        _ = porch.came(1, from: 7)
        var gone: [UInt64] = []
        for id in 2...1_000 as ClosedRange<UInt64> { if let id = porch.came(id, from: 666) { gone.append(id) } }
        #expect(gone.first == 2 && !gone.contains(1) && gone == gone.sorted())
        _ = porch.came(2_000, from: 8)
        #expect(porch.came(2_001, from: 666) != 2_000)
    }

    @Test func `whoever was refused goes before those who have not spoken yet`() {
        var porch = Porch()
        for id in 1...UInt64(Limits.unprovenMaximum) { _ = porch.came(id, from: 7) }
        porch.refused(9)
        #expect(porch.came(100, from: 7) == 9 && porch.came(101, from: 7) == 1)
        porch.refused(1)
        porch.left(55)
        #expect(porch.count == Limits.unprovenMaximum)
    }
}

@Suite struct GuessesTests {
    private func session(_ caller: UInt64) -> Session {
        let session = Session(id: caller, hasOrigin: false, greetingUntil: 0)
        session.caller = caller
        return session
    }

    private func at(_ milliseconds: Int) -> Now {
        Now(wall: Timestamp(milliseconds: milliseconds), monotonic: milliseconds)
    }

    @Test func `row 27 the refusal of a wrong token is held the longer the more there were, up to a bound`() {
        var guesses = Guesses()
        let waits = (0..<12).map { _ in guesses.hold(session(1), at(1_000), isOn: true).map { $0 - 1_000 } ?? 0 }
        #expect(waits == [0, 0, 0, 250, 500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000])
        // Another caller has its own count, and a quiet minute forgets it.
        #expect(guesses.hold(session(2), at(1_000), isOn: true) == nil)
        #expect(guesses.hold(session(1), at(1_000 + Limits.guessForgotten), isOn: true) == nil)
        #expect(guesses.hold(session(1), at(1_000), isOn: false) == nil)
    }

    @Test func `refusals come due in the order of their time`() {
        var guesses = Guesses()
        for caller in [1, 1, 1, 1, 1, 1, 2, 2, 2, 2] as [UInt64] {
            _ = guesses.hold(session(caller), at(0), isOn: true)
        }
        #expect(guesses.nextAt == 250)
        #expect(guesses.due(at(249)).isEmpty)
        #expect(guesses.due(at(600)).map(\.caller) == [1, 2, 1])
        #expect(guesses.nextAt == 1_000)
    }
}

@Suite struct BurstTests {
    private func at(_ milliseconds: Int) -> Now {
        Now(wall: Timestamp(milliseconds: milliseconds), monotonic: milliseconds)
    }

    private func someone(_ number: Int) -> ParticipantID { ParticipantID(high: 9, low: UInt64(number)) }

    @Test func `row 31 a thousand fresh identities that vote within ten seconds are shown`() {
        var bursts = Bursts()
        for number in 0..<1_000 {
            bursts.came(someone(number), at(number * 10))
            _ = bursts.voted(someone(number), at(number * 10 + 5))
        }
        #expect((bursts.shown?.count ?? 0) >= 999)
        let early = bursts.lapse(at(10_000 + Limits.burstShown - 1_000))
        let late = bursts.lapse(at(10_000 + Limits.burstShown))
        #expect(!early && late && bursts.shown == nil)
    }

    @Test func `row 31 a full room that comes and votes as people do is no burst`() {
        var bursts = Bursts()
        // 5,000 come within a minute; one in ten votes within the first minute, at any moment of it.
        for number in 0..<5_000 { bursts.came(someone(number), at(number * 12)) }
        for number in 0..<500 { _ = bursts.voted(someone(number * 10), at(60_000 + number * 60)) }
        #expect(bursts.shown == nil)
        // Those who have been here for long may all vote at once.
        for number in 0..<5_000 { _ = bursts.voted(someone(number), at(200_000)) }
        #expect(bursts.shown == nil)
    }

    @Test func `row 31 identities that waited before they vote are shown when no room explains so many`() {
        var bursts = Bursts()
        let aim = Bursts.Aim(question: numbered(7), venue: Sample.granville)
        for number in 0..<1_000 {
            _ = bursts.votedFirst(someone(number), for: aim, people: 180, at(300_000 + number * 9))
        }
        #expect(bursts.shown?.count == 1_000)
    }

    @Test func `row 28 a whole room that votes for one question at once is explained by its people`() {
        var bursts = Bursts()
        let aim = Bursts.Aim(question: numbered(7), venue: Sample.granville)
        for number in 0..<5_000 { _ = bursts.votedFirst(someone(number), for: aim, people: 5_000, at(300_000)) }
        #expect(bursts.shown == nil)
        // However few are said to be there: some dozens are nothing to be shown.
        for number in 0..<Limits.burstVotes - 1 {
            _ = bursts.votedFirst(someone(number), for: aim, people: 0, at(600_000))
        }
        #expect(bursts.shown == nil)
    }

    @Test func `row 31 as many votes for several questions, or over some minutes, are no burst`() {
        var bursts = Bursts()
        for number in 0..<1_000 {
            let aim = Bursts.Aim(question: numbered(number % 4), venue: Sample.granville)
            _ = bursts.votedFirst(someone(number), for: aim, people: 180, at(300_000 + number))
        }
        for number in 0..<1_000 {
            let aim = Bursts.Aim(question: numbered(9), venue: Sample.granville)
            _ = bursts.votedFirst(someone(number), for: aim, people: 180, at(600_000 + number * 100))
        }
        #expect(bursts.shown == nil)
    }

    @Test(arguments: [(Sample.granville, 320, true), (Sample.agneaux, 400, false), (Sample.cherbourg, 320, false)])
    func `row 31 phones that waited and are more than their room expects are shown when they vote`(
        venue: VenueID, phones: Int, isShown: Bool
    ) throws {
        // Granville expects 120, Agneaux 300; how many come to Cherbourg nobody said.
        var question: QuestionID = numbered(1)
        let world = TestHub { day in question = try day.question(.approved, by: Person.phone(1)) }
        let chief = world.join(.moderator, "chief")
        let crowd = (0..<phones).map { _ in world.join(.audience, venue: venue) }
        world.pass(Limits.burstFresh + 1_000)
        for phone in crowd { phone.say(.vote(question, on: true, counter: 1)) }
        world.pass(2_000)
        #expect(world.hub.state.question(question)?.votes == phones)
        #expect((chief.presences.last?.burst != nil) == isShown)
    }

    @Test func `nobody counts twice`() {
        var bursts = Bursts()
        bursts.came(someone(1), at(0))
        for moment in 0..<1_000 { _ = bursts.voted(someone(1), at(moment)) }
        #expect(bursts.shown == nil)
    }
}
