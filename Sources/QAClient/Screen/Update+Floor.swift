// The order of the queue and the floor: pins, places by hand, microphones.

import QAShared

extension Model {
    // MARK: The order

    mutating func pin(_ card: Card, _ effects: inout [Effect]) {
        guard card.status == "pending" || card.status == "approved" else {
            return warn(name(card) + words.colon + " " + words.doesNotFit(card))
        }
        guard mayAct("P", on: [card.id]) else { return }
        send(card.pinned ? .unpin(card.id) : .pin(card.id), &effects)
    }

    /// Whether the selected question can be moved in the queue by hand.
    var isMovable: Bool {
        expected.order == .byHand && query == nil && section == .approved
            && selected.map { expected.queue.contains($0.id) } == true
    }

    /// Puts the selected question before the one above it in the list, or behind the one below it.
    mutating func moveByHand(_ step: Int, _ effects: inout [Effect]) {
        guard let card = selected else { return say(words.nothingSelected) }
        guard expected.order == .byHand else { return warn(words.notByHand) }
        let queue = expected.queue.filter { expected.cards[$0]?.status == "approved" }
        guard isMovable, let index = rows.firstIndex(of: card.id), queue.contains(card.id) else {
            return warn(name(card) + words.colon + " " + words.notInQueue)
        }
        guard rows.indices.contains(index + step), queue.contains(rows[index + step]) else {
            return say(words.nothingDone)
        }
        let neighbour = rows[index + step]
        guard expected.cards[neighbour]?.pinned == card.pinned else { return warn(words.pinnedFirst) }
        guard mayAct(step > 0 ? "J" : "K", on: [card.id]) else { return }
        if step < 0 { return send(.place(card.id, before: neighbour), &effects) }
        // Only so much of the queue is known: what comes behind its end is not.
        guard let place = queue.firstIndex(of: neighbour),
            place + 1 < queue.count || queue.count < Limits.queueShown
        else { return warn(name(card) + words.colon + " " + words.notInQueue) }
        let next = place + 1 < queue.count ? queue[place + 1] : nil
        send(.place(card.id, before: next), &effects)
    }

    // MARK: The floor

    /// People of this terminal's room who speak now or soon, the first to speak first.
    var calls: [Card] {
        let own = expected.cards.values.filter { card in
            card.spoken && (card.status == "live" || card.near && card.status == "approved")
                && (identity?.venue == nil || identity?.venue == card.venue)
        }
        func rank(_ card: Card) -> (Int, Int) {
            if card.status == "live" { return (-1, card.number) }
            return (expected.queue.firstIndex(of: card.id) ?? .max, card.number)
        }
        return own.sorted { rank($0) < rank($1) }
    }

    /// The floor request that a microphone is brought for: the chosen one, else the first that is called without one.
    var wantsMicrophone: Card? {
        if let card = selected, card.spoken, card.status == "approved" || card.status == "live" { return card }
        return calls.first { !$0.ready } ?? calls.first
    }

    mutating func bringMicrophone(_ effects: inout [Effect]) {
        guard let card = wantsMicrophone else { return warn(words.nobodyCalled) }
        send(.ready(card.id, on: !card.ready), &effects)
    }

    /// Rings once for everybody of this room whose turn comes near; who was near at the start is seen anyway.
    mutating func ring(_ isFirst: Bool, _ effects: inout [Effect]) {
        var isNew = false
        for card in calls where called.insert(card.id).inserted { isNew = true }
        if isNew, !isFirst { effects.append(.bell) }
    }
}
