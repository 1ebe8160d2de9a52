// update(model, message) → model and effects: the whole behaviour of the screen, without clock,
// socket or terminal.

import QAShared

/// What a message makes of the screen, and what is to be done outside because of it.
func update(_ model: Model, _ message: Message) -> (Model, [Effect]) {
    var next = model
    var effects: [Effect] = []
    next.receive(message, &effects)
    return (next, effects)
}

extension Model {
    /// How long a warning stands at least, whatever is typed meanwhile.
    static let warningStays = 6_000
    private static let infoStays = 8_000

    fileprivate mutating func receive(_ message: Message, _ effects: inout [Effect]) {
        switch message {
        case .key(let key): press(key, &effects)
        case .resize(let size):
            self.size = size
            refresh()
        case .tick(let clock): tick(clock)
        case .link(let state): link = state
        case .welcome(let identity): welcome(identity)
        case .view(let view): show(view, &effects)
        case .presence(let presence): self.presence = presence
        case .line(let line): self.line = line
        case .refusals(let refusals): self.refusals = refusals
        case .tokens(let tokens): self.tokens = tokens
        case .minted(let minted): secrets.append(minted)
        case .tokensChanged: effects.append(.listTokens)
        case .outgoing(let items):
            outgoing = items
            refresh()
            // Whoever wished to leave was only kept for what is answered now.
            if mode == .quitting, unanswered == 0 { effects.append(.quit) }
        case .acked(let command, _):
            if case .undo(let sequence) = command { say(words.undone(action(sequence))) }
        case .rejected(let rejection, let command):
            let isKept = rejection.retryAfter == nil && keepText(of: command)
            warn(sentence(rejection, command) + (isKept ? " " + words.textKept : ""))
        case .storageFailed: warn(words.notSavedOnDisk)
        case .notSuspended: say(words.noShellAbove)
        }
        settleChoice()
        showSecret()
        settleClaim(&effects)
    }

    private mutating func tick(_ clock: Clock) {
        self.clock = clock
        endDeafness()
        if let info, clock.monotonic - info.since > Self.infoStays { self.info = nil }
        if let warning, clock.monotonic - warning.since > 2 * Self.infoStays { self.warning = nil }
    }

    private mutating func welcome(_ identity: Identity) {
        let isFirst = self.identity == nil
        self.identity = identity
        // One's own venue is where a moderator begins.
        if isFirst, let venue = identity.venue { tab = .venue(venue) }
    }

    private mutating func show(_ view: RoleView, _ effects: inout [Effect]) {
        for (id, card) in view.cards where known.insert(id).inserted {
            // What was there when the terminal was started is not news.
            if hasView, card.section != .done { unseen.insert(id) }
        }
        // Somebody looked at what was moved to another section.
        unseen = unseen.filter { id in
            guard let old = self.view.cards[id] else { return true }
            return view.cards[id]?.section == old.section
        }
        unseen.formUnion(released(view))
        unseen.formUnion(handedHere(view))
        for card in view.cards.values where !card.unconfirmed { numbered.insert(card.id) }
        let news = listen(to: view)
        let isFirst = !hasView
        hasView = true
        self.view = view
        holdChannel(news)
        if !languageIsChosen, let event = view.event {
            words = Catalogue.words(event.languages.first)
            languageIsChosen = true
        }
        if !tabs.contains(tab) { tab = .all }
        refresh()
        ring(isFirst, &effects)
    }

    /// Questions that others took out of a group: they wait to be read, and nobody here has read them.
    private func released(_ view: RoleView) -> [QuestionID] {
        self.view.cards.values.compactMap { old in
            guard old.status == "merged", view.cards[old.id]?.section == arrivals,
                !outgoing.contains(where: { $0.command.kind == .undo || $0.command.questions.contains(old.id) })
            else { return nil }
            return old.id
        }
    }

    /// A sentence that may pass.
    mutating func say(_ text: String) {
        info = Notice(text: text, isWarning: false, since: clock.monotonic)
    }

    /// A sentence that stands for a while, whatever is typed.
    mutating func warn(_ text: String) {
        warning = Notice(text: text, isWarning: true, since: clock.monotonic)
    }

    /// What the hub refused and why, with the question's number.
    private func sentence(_ rejection: Rejection, _ command: Command?) -> String {
        let why = words.rejection(rejection)
        guard let id = command?.question, let card = view.cards[id] else { return why }
        return name(card) + words.colon + " " + why
    }

    /// An action of the list of latest ones, in words.
    func action(_ sequence: Int) -> String {
        guard let action = view.actions.first(where: { $0.sequence == sequence }) else { return "" }
        return describe(action)
    }

    /// What was done, without who and when.
    func describe(_ action: ActionInfo) -> String {
        var reason: String?
        if action.what == "dismiss",
            let card = view.cards.values.first(where: { $0.number == action.number }),
            card.status == "dismissed"
        {
            reason = card.reason.map(words.reason)
        }
        if let text = describeDuplicates(action) { return text }
        return words.done(
            action.what, number: action.number, talk: talk(action.talk)?.title, reason: reason)
    }
}
