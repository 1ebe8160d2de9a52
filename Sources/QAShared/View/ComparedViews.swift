// What changed in a view, found by comparing: for a state that is worked out anew, where no single entry says what it touched.

/// The views of a venue's own state, whose positions are revisions: counted up whenever the state may look different.
///
/// Gives the same answers as `Ledgers` without knowing the changes. A comparison costs what the view holds, so it is
/// made when a view is asked for, once a revision.
public struct ComparedViews: Sendable {
    /// The revision of the state as it is now; 0 before the first.
    public private(set) var head = 0
    private var byKind: [ComparedView]

    public init() { byKind = ViewKind.allCases.map { _ in ComparedView() } }

    /// The state may look different from now on.
    public mutating func advance() { head += 1 }

    /// What changed for a view since the position; from 0, or from a position it knows nothing of, the whole view.
    public mutating func delta(_ kind: ViewKind, from position: Int, _ state: State) -> Delta {
        byKind[kind.rawValue].look(state, kind, at: head)
        return byKind[kind.rawValue].delta(kind, from: position, to: head)
    }

    /// Whether a view's delta from the position would hold anything at all.
    public mutating func changed(_ kind: ViewKind, since position: Int, _ state: State) -> Bool {
        guard position < head else { return false }
        byKind[kind.rawValue].look(state, kind, at: head)
        return byKind[kind.rawValue].changedAt > position
    }
}

/// One view as it was last looked at, and when each part of it was first seen to be so.
private struct ComparedView: Sendable {
    private(set) var changedAt = 0
    private var view = RoleView()
    private var lookedAt = 0
    private var eventAt = 0
    private var countsAt = 0
    private var turnsAt = 0
    private var liveAt = 0
    private var queueAt = 0
    private var actionsAt = 0
    private var channelAt = 0
    private var stageAt = 0
    private var cardAt: [QuestionID: Int] = [:]
    private var tallyAt: [QuestionID: Int] = [:]
    /// In the order in which they left, each with the revision.
    private var removed: [(id: QuestionID, at: Int)] = []

    /// Takes note of how the view differs from the last look at it.
    mutating func look(_ state: State, _ kind: ViewKind, at revision: Int) {
        guard lookedAt < revision else { return }
        lookedAt = revision
        let now = RoleView(state, for: kind)
        if now.event != view.event { eventAt = revision }
        if now.counts != view.counts { countsAt = revision }
        if now.turns != view.turns { turnsAt = revision }
        if now.live != view.live { liveAt = revision }
        if now.queue != view.queue { queueAt = revision }
        if now.actions != view.actions { actionsAt = revision }
        if now.channel != view.channel { channelAt = revision }
        if now.stage != view.stage { stageAt = revision }
        var moved = false
        for (id, card) in now.cards {
            guard let before = view.cards[id] else {
                cardAt[id] = revision
                moved = true
                continue
            }
            guard before != card else { continue }
            moved = true
            var retallied = before
            retallied.votes = card.votes
            if retallied == card { tallyAt[id] = revision } else { cardAt[id] = revision }
        }
        for id in view.cards.keys where now.cards[id] == nil {
            cardAt[id] = nil
            tallyAt[id] = nil
            removed.append((id, revision))
            moved = true
        }
        view = now
        if moved || [eventAt, countsAt, turnsAt, liveAt, queueAt, actionsAt, channelAt, stageAt].contains(revision) {
            changedAt = revision
        }
    }

    func delta(_ kind: ViewKind, from position: Int, to head: Int) -> Delta {
        let isWhole = position <= 0 || position > head
        let since = isWhole ? 0 : position
        var delta = Delta(from: since, to: head)
        if isWhole || eventAt > since { delta.event = view.event }
        if isWhole || countsAt > since { delta.counts = view.counts }
        if isWhole || turnsAt > since { delta.turns = view.turns }
        if isWhole || liveAt > since { delta.live = .some(view.live) }
        if kind.seesQueue, isWhole || queueAt > since { delta.queue = view.queue }
        if kind.seesActions, isWhole || actionsAt > since { delta.actions = view.actions }
        if kind.seesChannel, isWhole || channelAt > since { delta.channel = view.channel }
        if kind.seesStage, isWhole || stageAt > since { delta.stage = .some(view.stage) }
        // In the order of arrival, whatever order the store has.
        let cards = view.cards.values.filter { isWhole || cardAt[$0.id].map { $0 > since } == true }
        delta.upserts = cards.sorted { ($0.number, $0.id) < ($1.number, $1.id) }
        guard !isWhole else { return delta }
        var left: Set<QuestionID> = []
        for item in removed.reversed() {
            guard item.at > since else { break }
            if view.cards[item.id] == nil, left.insert(item.id).inserted { delta.removes.append(item.id) }
        }
        let tallied = view.cards.values.filter { card in
            tallyAt[card.id].map { $0 > since } == true && cardAt[card.id].map { $0 > since } != true
        }
        delta.tallies = tallied.sorted { $0.id < $1.id }.map { Delta.Tally(id: $0.id, votes: $0.votes) }
        return delta
    }
}
