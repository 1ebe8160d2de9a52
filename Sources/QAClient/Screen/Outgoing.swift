import QAShared

/// A command on its way to the hub, as the screen shows it.
struct Outgoing: Equatable, Sendable {
    enum Stage: Equatable, Sendable {
        /// Never left this terminal: it can still be dropped.
        case waiting
        /// The hub may have it.
        case sent
        /// In the log as this entry; the view will show it with the next delta.
        case acked(sequence: Int)
    }
    var id: CommandID
    var command: Command
    var stage: Stage
    /// To be undone as soon as its sequence is known.
    var undoWanted = false
}

extension Command {
    /// The question that the command is about.
    var question: QuestionID? {
        switch self {
        case .withdraw(let id), .approve(let id), .edit(let id, _), .dismiss(let id, _),
            .restore(let id), .takeLive(let id, _), .answer(let id), .putBack(let id),
            .block(let id), .unblock(let id), .vote(let id, _, _), .unite(let id, _),
            .separate(let id), .distinguish(let id, _), .pin(let id), .unpin(let id), .place(let id, _),
            .ready(let id, _), .note(let id, _), .hand(let id, _),
            .label(let id, _), .move(let id, _):
            id
        default: nil
        }
    }

    /// All questions that look otherwise once it is done.
    var questions: [QuestionID] {
        switch self {
        case .unite(let id, let other), .distinguish(let id, let other): [id, other]
        case .bulk(let ids, _): ids
        default: question.map { [$0] } ?? []
        }
    }

    /// The talk that the command is about.
    var talk: TalkID? {
        switch self {
        case .startTalk(let id), .endTalk(let id): id
        default: nil
        }
    }
}

/// The view as it will be once the hub has taken what is on its way.
struct Expectation: Sendable {
    private(set) var cards: [QuestionID: Card]
    private(set) var live: QuestionID?
    private(set) var intake: Bool
    private(set) var order: QueueOrder
    private(set) var queue: [QuestionID]
    private(set) var phases: [TalkID: TalkPhase]
    /// Questions with an action that has no answer yet.
    private(set) var waiting: Set<QuestionID> = []

    /// `erased` stands where the words of a question were.
    init(_ view: RoleView, _ outgoing: [Outgoing], erased: String = "") {
        cards = view.cards
        for (id, card) in view.cards where card.erased { cards[id]?.text = erased }
        live = view.live
        intake = view.event?.intake ?? true
        order = view.event?.order ?? .byVotes
        queue = view.queue
        phases = [:]
        for talk in view.event?.talks ?? [] { phases[talk.id] = talk.phase }
        for item in outgoing {
            expect(item.command)
            if case .acked = item.stage { continue }
            waiting.formUnion(item.command.questions)
        }
    }

    private mutating func expect(_ command: Command) {
        switch command {
        case .approve(let id): move(id, "approved")
        case .dismiss(let id, let reason):
            move(id, "dismissed")
            cards[id]?.reason = reason.rawValue
        case .restore(let id): move(id, cards[id]?.status == "answered" ? "approved" : "pending")
        case .takeLive(let id, _):
            if let live, live != id { move(live, "answered") }
            move(id, "live")
            live = id
        case .answer(let id): move(id, "answered")
        case .putBack(let id): move(id, "approved")
        case .edit(let id, let text):
            guard let card = cards[id], card.text != text else { break }
            cards[id]?.original = card.original ?? card.text
            cards[id]?.edited = true
            cards[id]?.text = text
        case .block(let id): block(id, true)
        case .unblock(let id): block(id, false)
        case .unite(let id, let into): unite(id, into)
        case .distinguish(let id, let other):
            cards[id]?.flags.removeAll { $0.other == other }
            cards[other]?.flags.removeAll { $0.other == id }
        // What a separated question goes back to, the hub alone knows.
        case .startTalk(let talk):
            for (other, phase) in phases where phase == .running { phases[other] = .ended }
            phases[talk] = .running
        case .endTalk(let talk): phases[talk] = .ended
        case .pauseIntake: intake = false
        case .resumeIntake: intake = true
        case .setOrder(let order): self.order = order
        case .pin(let id): cards[id]?.pinned = true
        case .unpin(let id): cards[id]?.pinned = false
        case .place(let id, let before): place(id, before)
        case .move(let id, let talk): cards[id]?.talk = talk
        case .ready(let id, let on): cards[id]?.ready = on
        case .hand(let id, let venue):
            let own = cards[id]?.venue
            cards[id]?.desk = venue == own ? nil : venue
        case .label(let id, let labels): cards[id]?.labels = labels
        case .bulk(let ids, let what): for id in ids where fits(what, id) { expect(what.command(id)) }
        default: break
        }
    }

    /// Of many questions, those that others have dealt with meanwhile are passed over.
    private func fits(_ what: BulkAction, _ id: QuestionID) -> Bool {
        guard let card = cards[id] else { return false }
        return switch what {
        case .approve: card.status == "pending"
        case .dismiss: card.status != "merged" && card.reason != "withdrawn"
        case .restore: card.status == "answered" || card.status == "dismissed" && card.reason != "withdrawn"
        case .answer: ["pending", "approved", "live"].contains(card.status)
        }
    }

    private mutating func place(_ id: QuestionID, _ before: QuestionID?) {
        guard let index = queue.firstIndex(of: id), id != before else { return }
        queue.remove(at: index)
        queue.insert(id, at: before.flatMap { queue.firstIndex(of: $0) } ?? queue.count)
    }

    private mutating func move(_ id: QuestionID, _ status: String) {
        if live == id { live = nil }
        cards[id]?.status = status
        if status != "dismissed" { cards[id]?.reason = nil }
    }

    private mutating func block(_ id: QuestionID, _ on: Bool) {
        guard let by = cards[id]?.by else { return }
        for (other, card) in cards where card.by == by { cards[other]?.blocked = on }
    }

    /// The question and what was merged into it join the group; how many support it then, the hub alone knows.
    private mutating func unite(_ id: QuestionID, _ named: QuestionID) {
        guard let card = cards[id], let target = cards[named].map(founder), founder(of: card).id != target.id
        else { return }
        if let old = card.into {
            cards[old]?.variants.removeAll { $0 == id }
            let left = (cards[old]?.askers ?? 0) - 1
            cards[old]?.askers = left > 1 ? left : 0
        }
        for member in [id] + card.variants {
            cards[member]?.status = "merged"
            cards[member]?.into = target.id
            cards[member]?.automatic = false
        }
        let variants = Set(target.variants + [id] + card.variants).sorted {
            (cards[$0]?.number ?? 0) < (cards[$1]?.number ?? 0)
        }
        cards[target.id]?.variants = variants
        cards[target.id]?.askers = max(1, target.askers) + max(1, card.askers)
        var venues = target.askingVenues
        for venue in card.askingVenues where !venues.contains(venue) { venues.append(venue) }
        cards[target.id]?.venues = venues.count > 1 ? venues : target.venues
        cards[id]?.variants = []
        cards[id]?.askers = 0
        cards[id]?.venues = []
    }
}
