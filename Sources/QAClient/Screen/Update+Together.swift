// What moderators tell each other by what they do: who is at which question, notes, labels, handing on.

import QAShared

extension Model {
    // MARK: Who is at what

    /// What moderators said to each other, oldest first.
    var channel: [ChannelInfo] { view.channel }

    /// What covers the speaker's console, or did before it was read.
    var stage: StageInfo? { view.stage }

    /// Who else is at that question now.
    func others(at question: QuestionID) -> [Presence.Person] {
        presence.people.filter { $0.claims == question && $0.by != identity?.by }
    }

    /// A person as the others call them: by the venue, or by the token where that tells more.
    func name(_ person: Presence.Person) -> String {
        let venue = person.venue.map(venueName)
        if let venue, person.venue != identity?.venue { return venue }
        return person.name ?? venue ?? words.role(person.role)
    }

    /// A question as it is called; without its number while that may change.
    func name(_ card: Card) -> String {
        isNumbered(card) ? words.number(card.number) : words.noNumber
    }

    /// Whether the hub has decided on the question, so that its number stays.
    func isNumbered(_ card: Card) -> Bool { !card.unconfirmed || numbered.contains(card.id) }

    /// The number of a question by which people may call it.
    func shownNumber(_ id: QuestionID) -> Int? {
        view.cards[id].flatMap { isNumbered($0) ? $0.number : nil }
    }

    /// Whether a key may act on these questions; asks once when somebody else is at one of them.
    mutating func mayAct(_ key: Character, on questions: [QuestionID]) -> Bool {
        let asked = Confirmation(key: key, questions: questions)
        guard let id = questions.first(where: { !others(at: $0).isEmpty }), confirming != asked else {
            forgetConfirmation()
            return true
        }
        confirming = asked
        let who = others(at: id).map(name).joined(separator: ", ")
        warn(words.isTaken(expected.cards[id].map(name) ?? "", by: who, key: key))
        askedWith = warning
        return false
    }

    /// Nothing is asked any more; nor may the question stand there, lest the key be pressed on another one.
    mutating func forgetConfirmation() {
        if confirming != nil, warning == askedWith { warning = nil }
        confirming = nil
        askedWith = nil
    }

    /// The question that is open here, so that the others see who is at it.
    private var attended: QuestionID? {
        switch mode {
        case .detail: selected?.id
        case .editing(let edit): edit.id
        case .writing(let writing):
            switch writing.purpose {
            case .note(let id), .labels(let id): id
            default: nil
            }
        default: nil
        }
    }

    private static let claimEvery = 30_000

    /// Tells the others which question is open here, and again before that lapses.
    mutating func settleClaim(_ effects: inout [Effect]) {
        guard link == .online else { return claimed = nil }
        let attended = attended
        let isDue = attended != nil && clock.monotonic - claimedAt >= Self.claimEvery
        guard attended != claimed || isDue else { return }
        claimed = attended
        claimedAt = clock.monotonic
        effects.append(.claim(attended))
    }

    // MARK: Keys on the selected question

    mutating func actTogether(_ character: Character, _ effects: inout [Effect]) {
        if character == "R" { return bringMicrophone(&effects) }
        // Whoever asked for an editor types on without looking.
        let refused = "NL".contains(character) ? Mode.deaf(since: clock.monotonic) : .normal
        guard let card = selected else {
            mode = refused
            return say(words.nothingSelected)
        }
        if view.event?.phase == .closed {
            mode = refused
            return warn(words.rejection(Rejection(.eventClosed)))
        }
        switch character {
        case "P": pin(card, &effects)
        case "N": write(.note(card.id))
        case "L":
            guard mayAct(character, on: [card.id]) else { return mode = refused }
            write(.labels(card.id), card.labels.joined(separator: " "))
        case "H":
            guard identity?.venue == nil || identity?.venue == card.venue || identity?.venue == card.desk else {
                return warn(name(card) + words.colon + " " + words.rejection(Rejection(.wrongVenue)))
            }
            guard mayAct(character, on: [card.id]) else { return }
            mode = .menu(Menu(kind: .hand(card.id)))
        case "T":
            guard card.status != "live" else {
                return warn(name(card) + words.colon + " " + words.doesNotFit(card))
            }
            guard mayAct(character, on: [card.id]) else { return }
            guard !items(of: .move(card.id)).isEmpty else { return say(words.noOtherTalk) }
            mode = .menu(Menu(kind: .move(card.id)))
        default: break
        }
    }

    /// Questions that were handed to this venue: nobody here has read them.
    func handedHere(_ view: RoleView) -> [QuestionID] {
        guard hasView, let own = identity?.venue else { return [] }
        return view.cards.values.compactMap { card in
            card.desk == own && card.isOpen && self.view.cards[card.id]?.desk != own ? card.id : nil
        }
    }

    // MARK: The channel

    /// Takes note of what was said, and gives what was not known; what was there at the start is not news.
    mutating func listen(to view: RoleView) -> [ChannelInfo] {
        var news: [ChannelInfo] = []
        for message in view.channel where knownMessages.insert(message.id).inserted {
            news.append(message)
            if hasView, message.by != identity?.by { unread.append(message.id) }
        }
        let there = Set(view.channel.map(\.id))
        unread.removeAll { !there.contains($0) }
        if case .writing(let writing) = mode, case .channel = writing.purpose { unread = [] }
        return news
    }

    /// Who reads what was said earlier goes on reading it when more is said.
    mutating func holdChannel(_ news: [ChannelInfo]) {
        guard case .writing(var writing) = mode, case .channel = writing.purpose, writing.scroll > 0 else { return }
        let painter = Painter(self, size)
        writing.scroll += painter.channel(news, width: painter.layout.body.columns - 2).count
        mode = .writing(writing)
    }

    // MARK: In words

    /// A command whose words need more than a number; nil for any other.
    func describeTogether(_ command: Command) -> String? {
        switch command {
        case .hand(let id, let venue): words.handed(shownNumber(id), to: venueName(venue))
        case .bulk(let ids, let what): words.bulkDone(what, ids.count)
        case .ready(let id, let on): words.microphone(shownNumber(id), on)
        case .move(let id, let talk):
            words.done(command.kind.rawValue, number: shownNumber(id), talk: self.talk(talk)?.title, reason: nil)
        case .say(_, let about):
            words.done(command.kind.rawValue, number: about.flatMap(shownNumber), talk: nil, reason: nil)
        default: nil
        }
    }
}

extension Labels {
    /// The labels that a search asks for, and what is left of it: `#prix surface`.
    static func wanted(_ query: String) -> (labels: [String], rest: String) {
        var labels: [String] = []
        var rest: [Substring] = []
        for word in query.split(separator: " ") {
            if word.hasPrefix("#"), word.count > 1, Int(word.dropFirst()) == nil {
                labels.append(String(word.dropFirst()))
            } else {
                rest.append(word)
            }
        }
        return labels.isEmpty ? ([], query) : (labels, rest.joined(separator: " "))
    }
}

extension Card {
    /// Whether one of its labels begins so, accents aside.
    func has(_ label: String) -> Bool { labels.contains { Folded.text($0).hasPrefix(label) } }
}
