import QAShared
import QATestKit

@testable import QARelay

// Who takes part, and what people do: mostly what their screen offers, sometimes what it does not.
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
            if let command = world.idea(of: client) {
                client.request(command)
                world.flush(client)
            } else if client.isOnline, let line = client.line {
                world.send(ClientFrame.beat.encode(), on: line)
            }
            world.act(client)
        }
    }

    // MARK: Ideas

    private func idea(of client: Client) -> Command? {
        let cards = client.replica.view.cards.values.sorted { $0.number < $1.number }
        switch client.role {
        case .audience: return phone(client, cards)
        case .moderator: return moderator(client, cards)
        case .speaker: return speaker(client)
        case .organiser:
            return organiser(client, cards)
        case .display, .relay: return nil
        }
    }

    func text(_ client: Client) -> String {
        let known = client.replica.view.cards.values.map(\.text) + client.replica.ownQuestions.values.map(\.text)
        // Word for word what was asked already, if only by oneself.
        if client.role == .audience, !known.isEmpty, client.generator.percent(22) {
            return client.generator.pick(known.sorted())
        }
        nextMark += 1
        let words = RandomText.question(&client.generator)
        return client.generator.percent(8) ? "\(nextMark)" : "\(words) \(Mark.text(nextMark))"
    }

    /// One of the questions that fit, or now and then any at all.
    func pick(_ client: Client, _ cards: [Card], _ fits: (Card) -> Bool) -> QuestionID? {
        if client.generator.percent(3) { return numbered(client.generator.below(5)) }
        let fitting = client.generator.percent(6) ? cards : cards.filter(fits)
        return fitting.isEmpty ? nil : client.generator.pick(fitting).id
    }

    private func phone(_ client: Client, _ cards: [Card]) -> Command? {
        let draw = client.generator.below(100)
        if draw < 42 {
            let talk = client.generator.percent(15) ? client.generator.pick(Sample.talks) : nil
            return .ask(
                text: text(client), name: client.generator.percent(20) ? "Zoé" : nil, talk: talk,
                spoken: client.generator.percent(20))
        }
        if draw < 86 {
            guard let id = pick(client, cards, { $0.status != "answered" }) else { return nil }
            let known = max(client.counters[id] ?? 0, client.replica.ownVotes[id]?.counter ?? 0)
            client.counters[id] = known + 1
            return .vote(id, on: client.generator.percent(70), counter: known + 1)
        }
        let own = client.replica.ownQuestions.values.sorted { $0.number < $1.number }
        if draw < 93, !own.isEmpty { return .withdraw(client.generator.pick(own).id) }
        return nil
    }

    private func moderator(_ client: Client, _ cards: [Card]) -> Command? {
        let view = client.replica.view
        let own = { (card: Card) in client.venue == nil || card.venue == client.venue }
        let weights = [30, 6, 8, 6, 9, 7, 3, 2, 3, 4, 1, 1, 5, 2, 9, 12, 5, 3, 3, 2, 4, 5, 26]
        switch client.generator.pick(weights: weights) {
        case 0: return pick(client, cards) { own($0) && $0.status == "pending" }.map(Command.approve)
        case 1: return pick(client, cards, own).map { .edit($0, text: text(client)) }
        case 2:
            let reason = client.generator.pick(DismissReason.allCases)
            return pick(client, cards) { own($0) && $0.status != "dismissed" }
                .map { .dismiss($0, reason) }
        case 3:
            return pick(client, cards) { own($0) && ["dismissed", "answered"].contains($0.status) }
                .map(Command.restore)
        case 4: return pick(client, cards) { $0.status == "approved" }.map { takeLive($0, client) }
        case 5: return pick(client, cards) { $0.status == "live" }.map(Command.answer)
        case 6: return pick(client, cards) { $0.status == "live" }.map(Command.putBack)
        case 7: return pick(client, cards, own).map(Command.block)
        case 8: return pick(client, cards) { $0.blocked }.map(Command.unblock)
        case 9: return .startTalk(client.generator.pick(Sample.talks))
        case 10: return .endTalk(client.generator.pick(Sample.talks))
        case 11: return .pauseIntake
        case 12: return view.event?.intake == false ? .resumeIntake : nil
        case 13: return .setOrder(client.generator.pick(QueueOrder.allCases))
        case 15: return pair(client, cards).map { .unite($0, into: $1) }
        case 16: return pick(client, cards) { $0.into != nil }.map(Command.separate)
        case 17: return pair(client, cards).map { .distinguish($0, from: $1) }
        case 18: return pick(client, cards) { ["pending", "approved"].contains($0.status) }.map(Command.pin)
        case 19: return pick(client, cards) { $0.pinned }.map(Command.unpin)
        case 20: return placed(client, cards)
        case 21:
            let on = client.generator.percent(70)
            return pick(client, cards) { $0.spoken && $0.status == "approved" }.map { .ready($0, on: on) }
        case 22: return together(client, cards)
        default:
            guard !view.actions.isEmpty else { return nil }
            let back = client.generator.below(min(6, view.actions.count))
            return .undo(sequence: view.actions[view.actions.count - 1 - back].sequence)
        }
    }

    /// Two questions, mostly such as the screen shows side by side.
    private func pair(_ client: Client, _ cards: [Card]) -> (QuestionID, QuestionID)? {
        let flagged = cards.filter { !$0.flags.isEmpty }
        if !flagged.isEmpty, client.generator.percent(50) {
            let card = client.generator.pick(flagged)
            return (card.id, client.generator.pick(card.flags).other)
        }
        guard let one = pick(client, cards, { ["pending", "approved", "merged"].contains($0.status) }),
            let other = pick(client, cards, { $0.status != "dismissed" })
        else { return nil }
        return (one, other)
    }

    /// Only while the order is by hand; now and then, also when it is not.
    private func placed(_ client: Client, _ cards: [Card]) -> Command? {
        guard client.replica.view.event?.order == .byHand || client.generator.percent(10) else {
            return .setOrder(.byHand)
        }
        let before = client.generator.percent(75) ? pick(client, cards) { $0.status == "approved" } : nil
        return pick(client, cards) { $0.status == "approved" }.map { .place($0, before: before) }
    }

    private func takeLive(_ id: QuestionID, _ client: Client) -> Command {
        let live = client.replica.view.live
        return .takeLive(id, replacing: client.generator.percent(90) ? live : nil)
    }

    private func speaker(_ client: Client) -> Command? {
        let view = client.replica.view
        switch client.generator.below(100) {
        case 0..<35: return view.queue.first.map { takeLive($0, client) }
        case 35..<60: return view.live.map(Command.answer)
        case 60..<70: return view.live.map(Command.putBack)
        case 76..<88:
            guard let stage = view.stage, stage.read == nil else { return nil }
            return .stageRead(stage.id)
        case 70..<76: return .undo(sequence: 1 + client.generator.below(history.head))
        default: return nil
        }
    }
}
