import QAShared
import QATestKit

@testable import QARelay

// Who takes part, and when they act.
extension World {
    /// The event and its keys, in the log before anybody comes.
    func prepareEvent() {
        var setup = Sample.setup(
            moderated: !generator.percent(25),
            order: generator.percent(50) ? .byTurns : generator.pick(QueueOrder.allCases))
        setup.limits.askBurst = 4
        setup.limits.askEverySeconds = 3
        setup.labels = ["prix", "technique"]
        var commands: [Command] = [.configure(setup)]
        if generator.percent(35) { commands.append(.startRehearsal) }
        for (name, role, venue) in Self.screens {
            commands.append(.addToken(Credentials.accessToken(name, role: role, venue: venue, label: name)))
        }
        var state = State()
        var entries: [Entry] = []
        for command in commands {
            let stamped = StampedCommand(
                id: CommandID(using: &generator), actor: Person.organiser, time: moment.wall,
                command: command)
            guard case .entry(let entry) = try? state.decide(stamped) else { continue }
            state.apply(entry)
            entries.append(entry)
        }
        do throws(LogError) {
            try log.append(entries, expecting: 0)
            history.append(entries)
        } catch {
            fail("the event could not be written: \(error)")
        }
    }

    private static let screens: [(name: String, role: Role, venue: VenueID?)] = [
        ("granville", .moderator, Sample.granville), ("agneaux", .moderator, Sample.agneaux),
        ("cherbourg", .moderator, Sample.cherbourg), ("chief", .moderator, nil),
        ("speaker", .speaker, nil), ("guest", .speaker, Sample.cherbourg), ("wall", .display, nil),
        ("foyer", .display, Sample.agneaux), ("organiser", .organiser, nil),
    ]

    func addPeople() {
        for (name, role, venue) in Self.screens { add(role, venue, token: name) }
        for number in 0..<9 { add(.audience, Sample.venues[number % 3], token: nil) }
        // Another tab of the first two phones, once these have their credential.
        for number in 0..<2 {
            let first = clients[Self.screens.count + number]
            add(.audience, first.venue, token: nil).twin = first
        }
        for client in clients { after(generator.below(2_000)) { $0.arrive(client) } }
    }

    @discardableResult
    private func add(_ role: Role, _ venue: VenueID?, token: String?) -> Client {
        let client = Client(
            index: clients.count, role: role, venue: venue, token: token,
            generator: SeededGenerator(seed: generator.next()))
        clients.append(client)
        return client
    }

    private func arrive(_ client: Client) {
        if let twin = client.twin {
            guard let device = twin.replica.device else { return after(700) { $0.arrive(client) } }
            client.share(device)
        }
        connect(client)
        act(client)
    }

    private func act(_ client: Client) {
        let pause = client.role == .audience ? 500 : 300
        after(pause + client.generator.below(2_200)) { world in
            guard !world.isHealed else { return }
            if client.role == .audience, client.generator.percent(25) {
                let part = RandomText.question(&client.generator).dropLast(client.generator.below(6))
                for _ in 0...client.generator.below(3) { world.type(String(part), client) }
            }
            if client.kind == .moderator, client.isOnline, let line = client.line, client.generator.percent(30) {
                let ids = client.replica.view.cards.keys.sorted()
                let claimed = ids.isEmpty || client.generator.percent(20) ? nil : client.generator.pick(ids)
                world.send(ClientFrame.claim(claimed).encode(), on: line)
            }
            if let command = client.idea(world.marks, head: world.history.head) {
                client.request(command)
                world.flush(client)
            } else if client.isOnline, let line = client.line {
                world.send(ClientFrame.beat.encode(), on: line)
            }
            world.act(client)
        }
    }
}
