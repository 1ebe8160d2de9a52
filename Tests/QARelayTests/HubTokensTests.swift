// An organiser makes, lists and revokes tokens from the screen.

import QAShared
import QATestKit
import Testing

@testable import QARelay

@Suite struct HubTokensTests {
    private func minted(_ screen: Screen) -> [MintedToken] {
        screen.frames.compactMap { if case .minted(let minted) = $0 { minted } else { nil } }
    }

    private func lists(_ screen: Screen) -> [[TokenInfo]] {
        screen.frames.compactMap { if case .tokens(let tokens) = $0 { tokens } else { nil } }
    }

    private func mint(_ id: CommandID, _ role: Role = .moderator, _ venue: VenueID? = Sample.agneaux) -> ClientFrame {
        .mint(id, role: role, venue: venue, label: "Aide de salle")
    }

    @Test func `a token is told once it is durable, and opens its role`() throws {
        let world = TestHub()
        let organiser = world.join(.organiser, "organiser")
        world.commitsAtOnce = false
        organiser.say(mint(numbered(5)))
        world.turn()
        #expect(minted(organiser).isEmpty)
        world.commitsAtOnce = true
        world.commit()
        let made = try #require(minted(organiser).first)
        #expect(made.id == numbered(5) && made.role == .moderator && made.venue == Sample.agneaux)
        #expect(world.join(.moderator, made.token).welcome?.venue == Sample.agneaux)
        organiser.say(.tokens)
        world.turn()
        let listed = try #require(lists(organiser).last?.last)
        #expect(
            listed
                == TokenInfo(
                    tag: made.tag, role: .moderator, venue: Sample.agneaux, label: "Aide de salle", revoked: false))
    }

    @Test func `asked for again it is the same one`() {
        let world = TestHub()
        let organiser = world.join(.organiser, "organiser")
        for _ in 0..<2 { organiser.say(mint(numbered(5))) }
        world.turn()
        organiser.say(mint(numbered(5)))
        world.turn()
        #expect(minted(organiser).count == 3 && Set(minted(organiser).map(\.token)).count == 1)
        #expect(world.hub.state.tokens.count { $0.label == "Aide de salle" } == 1)
    }

    @Test func `a hub that was started anew does not know the secret any more, and says so`() {
        let world = TestHub { day in
            let token = Credentials.accessToken("x", role: .moderator, venue: nil, label: "x")
            try day.send(.addToken(token), by: Person.organiser, id: numbered(5))
        }
        let organiser = world.join(.organiser, "organiser")
        organiser.say(mint(numbered(5)))
        world.turn()
        #expect(organiser.rejections == [Rejection(.commandIDTaken, field: "id")])
        // Nor does another command's id make a token.
        let other = organiser.order(.pauseIntake)
        organiser.say(mint(other))
        world.turn()
        #expect(organiser.rejections.count == 2 && minted(organiser).isEmpty)
    }

    @Test func `an id that is on its way with another command makes no token`() {
        let world = TestHub()
        let organiser = world.join(.organiser, "organiser")
        organiser.say(.command(numbered(5), .pauseIntake))
        organiser.say(mint(numbered(5)))
        world.turn()
        #expect(minted(organiser).isEmpty && organiser.rejections == [Rejection(.commandIDTaken, field: "id")])
    }

    @Test func `a token that could not be written is told to nobody, and the next try makes it`() {
        let world = TestHub()
        let organiser = world.join(.organiser, "organiser")
        world.commitsAtOnce = false
        organiser.say(mint(numbered(5)))
        world.turn()
        organiser.say(.tokens)
        #expect(lists(organiser).isEmpty)
        world.refuse(.full)
        #expect(minted(organiser).isEmpty && organiser.rejections.map(\.code) == [.storageFailed])
        #expect(lists(organiser).last?.contains { $0.label == "Aide de salle" } == false)
        world.commitsAtOnce = true
        organiser.say(mint(numbered(5)))
        world.turn()
        #expect(minted(organiser).count == 1)
    }

    @Test(arguments: [(Role.audience, VenueID?.none), (.relay, nil), (.moderator, VenueID("paris"))])
    func `what no token can be is refused`(role: Role, venue: VenueID?) {
        let world = TestHub()
        let organiser = world.join(.organiser, "organiser")
        organiser.say(mint(numbered(5), role, venue))
        world.turn()
        #expect(organiser.answers(to: numbered(5)).count == 1 && organiser.rejections.count == 1)
        #expect(world.hub.state.tokens.count == TestHub.keys.count)
    }

    @Test func `a revoked token closes its screens, and the list says so`() throws {
        let world = TestHub()
        let organiser = world.join(.organiser, "organiser")
        let wall = world.join(.display, "wall")
        let tag = try #require(wall.welcome?.by)
        organiser.say(.revoke(numbered(5), tag: tag))
        world.turn()
        #expect(wall.closeCode == .tokenRevoked && organiser.answers(to: numbered(5)).count == 1)
        organiser.say(.tokens)
        world.turn()
        #expect(lists(organiser).last?.filter(\.revoked).map(\.tag) == [tag])
        for name in ["", "wall", String(tag.prefix(7)), tag + "A"] {
            organiser.say(.revoke(world.fresh(), tag: name))
            world.turn()
            #expect(organiser.rejections.last == Rejection(.tokenInvalid, field: "tag"))
        }
    }

    @Test func `nobody but an organiser may`() {
        let world = TestHub()
        let screens = [
            world.join(.audience), world.join(.moderator, "chief"), world.join(.speaker, "speaker"),
            world.join(.display, "wall"),
        ]
        for screen in screens {
            for frame in [mint(numbered(5)), .tokens, .revoke(numbered(6), tag: "AAAAAAAA")] {
                screen.say(frame)
                world.turn()
                #expect(screen.rejections.last == Rejection(.notAllowed))
            }
            #expect(screen.rejections.count == 3)
        }
        #expect(world.hub.state.tokens.count == TestHub.keys.count)
    }
}
