import QAShared
import QATestKit
import Testing

@testable import QARelay

@Suite struct HubTickTests {
    private func world(questions: Int = 1) -> TestHub {
        let world = TestHub { day in
            for number in 0..<questions { _ = try day.question(.approved, by: Person.phone(number)) }
        }
        world.hub.rates.areOn = false
        return world
    }

    private func vote(_ screen: Screen, _ counter: Int) {
        screen.order(.vote(screen.world.hub.state.question(number: 1).id, on: counter % 2 == 1, counter: counter))
    }

    // MARK: When

    @Test func `a speaker is told within one prompt tick, the audience within one crowd tick`() {
        let world = world()
        let voter = world.join(.audience)
        let phone = world.join(.audience, venue: Sample.cherbourg)
        let speaker = world.join(.speaker, "speaker")
        let wall = world.join(.display, "wall")
        world.pass(1_000)
        vote(voter, 1)
        #expect(speaker.view.cards.values.first?.votes == 1)
        #expect(phone.view.cards.values.first?.votes == 1)
        [speaker, phone, wall].forEach { $0.forget() }
        vote(voter, 2)
        #expect(speaker.deltas.isEmpty && phone.deltas.isEmpty)
        world.pass(Limits.promptTick)
        #expect(speaker.deltas.count == 1)
        #expect(phone.deltas.isEmpty)
        world.pass(Limits.crowdTick - Limits.promptTick)
        #expect(phone.deltas.count == 1)
        // Nothing the wall shows has changed.
        #expect(wall.deltas.isEmpty)
    }

    @Test func `however many vote, a phone gets four deltas a second and a moderator fifty`() {
        let world = world()
        let voters = (0..<10).map { _ in world.join(.audience) }
        let phone = world.join(.audience, venue: Sample.cherbourg)
        let chief = world.join(.moderator, "chief")
        world.pass(1_000)
        phone.forget()
        chief.forget()
        for counter in 1...100 {
            for voter in voters { vote(voter, counter) }
            world.pass(10)
        }
        #expect((4...5).contains(phone.deltas.count))
        #expect((45...51).contains(chief.deltas.count))
        world.pass(Limits.crowdTick)
        #expect(phone.deltas.last?.to == world.log.head)
    }

    @Test func `the hub sleeps while nothing happens`() {
        let world = world()
        _ = world.join(.audience)
        world.pass(5_000)
        #expect(world.hub.wakeAt > world.now.monotonic)
        #expect(world.hub.wakeAt <= world.now.monotonic + Limits.sweepEvery)
    }

    @Test func `while a batch is on its way the hub does not ask to be woken for a tick`() {
        let world = world()
        let voter = world.join(.audience)
        world.pass(1_000)
        vote(voter, 1)
        vote(voter, 2)
        world.commitsAtOnce = false
        vote(voter, 3)
        world.pass(300)
        #expect(world.hub.wakeAt > world.now.monotonic)
        world.commit()
        world.pass(Limits.crowdTick)
        #expect(voter.deltas.last?.to == world.log.head)
    }

    // MARK: Encoded once

    @Test func `all who stand at the same position are given the very same frame`() {
        let world = world()
        let voter = world.join(.audience)
        let phones = (0..<20).map { world.join(.audience, venue: Sample.venues[$0 % 3]) }
        world.pass(1_000)
        phones.forEach { $0.forget() }
        vote(voter, 1)
        world.pass(Limits.crowdTick)
        let frames = phones.compactMap(\.shared.first)
        #expect(frames.count == 20)
        #expect(Set(frames.map(ObjectIdentifier.init)).count == 1)
    }

    @Test func `all who join within moments are given the very same whole view`() {
        let world = world(questions: 5)
        let phones = (0..<20).map { _ in world.join(.audience) }
        #expect(Set(phones.map { ObjectIdentifier($0.shared[1]) }).count == 1)
        // Even after something changed: the difference follows right behind.
        vote(phones[0], 1)
        world.pass(Limits.crowdTick)
        let late = world.join(.audience)
        #expect(late.shared[1] === phones[0].shared[1])
        #expect(late.view == RoleView(world.hub.state, for: .audience))
        world.pass(2_100)
        #expect(world.join(.audience).shared[1] !== phones[0].shared[1])
    }

    @Test func `who could not be written to gets one larger delta`() {
        let world = world()
        let voter = world.join(.audience)
        let slow = world.join(.audience)
        world.pass(1_000)
        slow.forget()
        slow.reads = false
        let from = world.log.head
        for counter in 1...8 {
            vote(voter, counter)
            world.pass(Limits.crowdTick)
        }
        slow.readsAgain()
        #expect(slow.deltas.map(\.from) == [from])
        #expect(slow.deltas.map(\.to) == [world.log.head])
    }

    @Test func `who cannot be written to for long is closed, who merely has nothing to read is not`() {
        let world = world()
        let voter = world.join(.audience)
        let slow = world.join(.audience)
        let idle = world.join(.display, "wall")
        slow.reads = false
        world.pass(60_000)
        #expect(slow.closeCode == nil)
        vote(voter, 1)
        world.pass(Limits.unwritableWithin)
        #expect(slow.closeCode == nil)
        world.pass(Limits.sweepEvery + Limits.crowdTick)
        #expect(slow.closeCode == .tooSlow)
        #expect(idle.closeCode == nil && voter.closeCode == nil)
    }

    // MARK: The crowd

    /// Turns of one loop, a slice each, without the screens being served in between.
    private func slice(_ world: TestHub) {
        world.hub.offerSlice(world.now)
        world.perform()
    }

    @Test func `the crowd is told in slices, and nobody waits for all of them`() {
        let world = world()
        let chief = world.join(.moderator, "chief")
        let phones = (0..<(2 * Limits.sliceSockets + 50)).map { _ in world.join(.audience) }
        world.pass(1_000)
        (phones + [chief]).forEach { $0.forget() }
        world.hub.submit(
            StampedCommand(id: world.fresh(), actor: Person.chief, time: world.now.wall, command: .pauseIntake)
        ) { _ in }
        world.hub.turnEnded(world.now)
        world.perform()
        #expect(world.hub.isOffering && phones.allSatisfy { $0.deltas.isEmpty })
        #expect(chief.deltas.count == 1)
        var told: [Int] = []
        while world.hub.isOffering {
            slice(world)
            told.append(phones.count { !$0.deltas.isEmpty })
        }
        #expect(told == [Limits.sliceSockets, 2 * Limits.sliceSockets, phones.count])
        #expect(phones.allSatisfy { $0.deltas.count == 1 })
    }

    @Test(arguments: Seeds.first(12))
    func `everybody is reached although sessions come and go between the slices`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let world = world()
        var phones = (0..<900).map { _ in world.join(.audience) }
        world.pass(1_000)
        world.hub.submit(
            StampedCommand(id: world.fresh(), actor: Person.chief, time: world.now.wall, command: .pauseIntake)
        ) { _ in }
        world.hub.turnEnded(world.now)
        world.perform()
        while world.hub.isOffering {
            for _ in 0..<generator.below(200) where phones.count > 1 {
                phones.remove(at: generator.below(phones.count)).hangUp()
            }
            world.perform()
            if generator.percent(50) {
                let phone = world.connect()
                phone.say(.hello(Hello(role: .audience, venue: Sample.granville)))
                world.perform()
                phones.append(phone)
            }
            slice(world)
        }
        world.perform()
        let view = RoleView(world.hub.state, for: .audience)
        let missed = phones.count { $0.view != view }
        #expect(missed == 0, "\(missed) of \(phones.count) were passed over, \(Seeds.hint(seed))")
        #expect(phones.allSatisfy { $0.session.position == world.log.head })
    }

    @Test func `the crowd is told to the end before it is told anew`() {
        let world = world()
        let voter = world.join(.moderator, "chief")
        let phones = (0..<600).map { _ in world.join(.audience) }
        world.pass(1_000)
        phones.forEach { $0.forget() }
        for turn in 0..<3 {
            voter.say(.command(world.fresh(), turn % 2 == 0 ? .pauseIntake : .resumeIntake))
            world.hub.turnEnded(world.now)
            world.perform()
            slice(world)
        }
        #expect(!world.hub.isOffering)
        #expect(phones.allSatisfy { $0.deltas.count == 1 })
        world.pass(Limits.crowdTick)
        #expect(phones.allSatisfy { $0.view.event?.intake == false && $0.session.position == world.log.head })
    }
}
