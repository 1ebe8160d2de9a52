import QAShared
import QATestKit

@testable import QARelay

// Who takes part, where they go, and when they act.
extension Region {
    private static let screens: [(name: String, role: Role, venue: VenueID?)] = [
        ("granville", .moderator, Sample.granville), ("cherbourg", .moderator, Sample.cherbourg),
        ("chief", .moderator, nil), ("speaker", .speaker, nil), ("wall", .display, Sample.agneaux),
        ("organiser", .organiser, nil),
    ]

    /// The event and its keys, in the log before anybody comes.
    func prepareEvent() {
        var setup = Sample.setup(moderated: !generator.percent(25))
        setup.limits.askBurst = 4
        setup.limits.askEverySeconds = 3
        if asksForCodes { setup.votes = .codes }
        var commands: [Command] = [.configure(setup)]
        if generator.percent(30) { commands.append(.startRehearsal) }
        if asksForCodes { commands.append(.issueCodes(numbered(1), venue: nil, codes.dropLast().map(secrets.codeID))) }
        for (name, role, venue) in Self.screens {
            commands.append(.addToken(Credentials.accessToken(name, role: role, venue: venue, label: name)))
        }
        for venue in Sample.venues {
            let name = "relay \(venue.text)"
            commands.append(.addToken(Credentials.accessToken(name, role: .relay, venue: venue, label: name)))
        }
        var state = State()
        var entries: [Entry] = []
        for command in commands {
            let stamped = StampedCommand(
                id: CommandID(using: &generator), actor: Person.organiser, time: moment(hubStation).wall,
                command: command)
            guard case .entry(let entry) = try? state.decide(stamped) else { continue }
            state.apply(entry)
            entries.append(entry)
        }
        do throws(LogError) {
            try log.append(entries, expecting: 0)
            history.append(entries)
            backups = [log.head]
        } catch {
            fail("the event could not be written: \(error)")
        }
    }

    func addPeople() {
        for (name, role, venue) in Self.screens { add(role, venue, token: name) }
        for number in 0..<7 { add(.audience, Sample.venues[number % 3], token: nil) }
        for visitor in visitors {
            after(generator.below(2_000)) { region in
                visitor.connect()
                region.act(visitor)
            }
        }
    }

    private func add(_ role: Role, _ venue: VenueID?, token: String?) {
        let client = Client(
            index: visitors.count, role: role, venue: venue, token: token,
            generator: SeededGenerator(seed: generator.next()))
        visitors.append(Visitor(client, generator.pick(homes(client))))
    }

    /// Where a screen can go: a phone to the hub or its room's relay, a key opens every door.
    func homes(_ client: Client) -> [Station] {
        guard client.role == .audience else { return stations }
        // Most are in their room.
        let room = relays.filter { $0.venue == client.venue }
        return [hubStation] + room + room
    }

    private func act(_ visitor: Visitor) {
        let client = visitor.client
        after(character.pause / 4 + client.generator.below(2 * character.pause)) { region in
            guard !region.isHealed else { return }
            let isVoter = client.role == .audience && region.asksForCodes
            if isVoter, client.codesTried < 4, client.generator.percent(25) {
                visitor.redeem(client.generator.pick(region.codes))
            } else if let command = client.idea(region.marks, head: region.history.head) {
                visitor.request(command)
            } else {
                visitor.say(.beat)
            }
            if let refusal = client.replica.refusals.first, client.generator.percent(30), client.isOnline {
                visitor.home.dealtWith.insert(refusal.ordinal)
                visitor.say(.settle(ordinal: refusal.ordinal, again: client.generator.percent(60)))
            }
            region.act(visitor)
        }
    }
}

extension Client {
    /// Loses what a page loses that is loaded anew.
    func renew() {
        replica = Replica(
            Hello(
                role: role, venue: role == .audience ? venue : nil, device: replica.device, token: token,
                client: "sim/1"))
    }
}
