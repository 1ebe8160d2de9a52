import QAShared
import QATestKit

@testable import QARelay

/// What tests of a relay's hub have in common: its day, its line, and what comes over it.
protocol RelayFixture {}

extension RelayFixture {
    /// A day of the hub, with the keys of the screens.
    func day(_ prepare: (inout Day) throws -> Void = { _ in }) throws -> Day {
        var day = Day()
        for key in TestHub.keys {
            let access = Credentials.accessToken(key.name, role: key.role, venue: key.venue, label: key.name)
            try day.send(.addToken(access), by: Person.organiser)
        }
        try prepare(&day)
        return day
    }

    func welcome(_ world: TestHub, head: Int, resumed: Bool = true) -> Welcome {
        Welcome(
            epoch: numbered(7), head: head, role: .relay, venue: Sample.cherbourg, device: nil, by: "",
            resumed: resumed, time: world.now.wall, limits: EventLimits())
    }

    func open(_ world: TestHub, head: Int) {
        world.hub.lineOpened(welcome(world, head: head), world.now)
        world.turn()
    }

    func forwarded(_ world: TestHub) throws -> [Forwarded] {
        guard let bytes = world.hub.nextForward(), case .forward(let items, _) = try ClientFrame.decode(bytes) else {
            return []
        }
        return items
    }

    func refuse(_ ordinals: [Int], _ code: Rejection.Code = .wrongStatus, _ world: TestHub) {
        world.hub.answered(
            ordinals.map { ForwardResult(ordinal: $0, outcome: .failure(Rejection(code))) }, world.now)
        world.turn()
        world.pass(1_000)
    }

    func ask(_ phone: Screen, _ text: String = Sample.text) {
        phone.order(.ask(text: text, name: nil, talk: nil))
        phone.world.pass(1_000)
    }
}

extension Screen {
    var refusals: [RefusalInfo] {
        frames.reversed().lazy.compactMap { frame in if case .refusals(let all) = frame { all } else { nil } }.first
            ?? []
    }

    var lines: [LineInfo] {
        frames.compactMap { frame in if case .line(let line) = frame { line } else { nil } }
    }
}
