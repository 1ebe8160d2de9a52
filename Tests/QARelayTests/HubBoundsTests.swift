import QAShared
import QATestKit
import Testing

@testable import QARelay

/// What strangers can make a hub keep is bounded.
@Suite struct HubBoundsTests {
    @Test func `positions that strangers make up do not pile up encoded deltas`() throws {
        let world = TestHub { day in
            for number in 1...300 { _ = try day.question(.approved, by: Person.phone(number)) }
        }
        let head = world.hub.durableHead
        for position in (head - 290)..<head {
            let stranger = world.join(.audience, position: position)
            #expect(stranger.frames.contains { if case .delta = $0 { true } else { false } })
            world.hub.disconnected(stranger.session)
        }
        let kept = world.hub.ticks.kinds[ViewKind.audience.rawValue].deltas.count
        #expect(kept <= Limits.deltasKept)
    }

    @Test func `a key that is revoked while its command waits opens nothing any more`() throws {
        let world = TestHub()
        let moderator = world.join(.moderator, "chief")
        world.commitsAtOnce = false
        let token = try #require(world.hub.state.tokens.first { $0.label == "chief" })
        world.hub.submit(HouseCommand.stamp(.revokeToken(token.id), world.now)) { _ in }
        world.turn()
        let id: CommandID = numbered(9_001)
        moderator.say(.command(id, .pauseIntake))
        world.turn()
        world.commit()
        world.turn()
        while !world.batches.isEmpty { world.commit() }
        #expect(world.hub.state.intake, "the command came after the revocation")
    }

    @Test func `a session that keeps asking while the disk hangs waits once`() {
        let world = TestHub()
        let phone = world.join(.audience)
        world.commitsAtOnce = false
        world.submit(.pauseIntake)
        world.turn()
        let late = world.join(.audience, position: 1)
        for _ in 0..<50 {
            late.say(.beat)
            phone.say(.beat)
        }
        #expect(world.hub.stalled.count <= 2)
        world.commit()
        #expect(world.hub.stalled.isEmpty)
    }
}
