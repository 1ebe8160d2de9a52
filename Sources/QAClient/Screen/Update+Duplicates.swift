// Keys for questions that ask the same: unite, tell apart, separate. Venues do not matter here.

import QAShared

extension Model {
    /// An action key on the selected question, whichever it is.
    mutating func actOn(_ character: Character, _ effects: inout [Effect]) {
        if actOnMarked(character, &effects) { return }
        if "PRNHTL".contains(character) { return actTogether(character, &effects) }
        guard "mfscM".contains(character) else { return act(character, &effects) }
        guard let card = selected else { return say(words.nothingSelected) }
        if character == "c" { return chooseNext() }
        if view.event?.phase == .closed { return warn(words.rejection(Rejection(.eventClosed))) }
        guard mayAct(character, on: [card.id]) else { return }
        switch character {
        case "m": uniteWithCandidate(card, &effects)
        case "f": distinguish(card, &effects)
        case "s": separate(card, &effects)
        default: mode = .uniting(found(Mode.Uniting(id: card.id)))
        }
    }

    // MARK: Which of those beside it is meant

    /// The questions beside a question: those that may ask the same, then those merged into it.
    func partners(of card: Card) -> [QuestionID] {
        expected.candidates(of: card).map(\.card.id) + expected.variants(of: card).map(\.id)
    }

    /// The candidate that the keys are for.
    func candidate(of card: Card) -> Candidate? {
        let candidates = expected.candidates(of: card)
        guard let choice, choice.question == card.id else { return candidates.first }
        return choice.isGone ? nil : candidates.first { $0.card.id == choice.partner }
    }

    /// The variant that would leave; the only one need not be chosen.
    func leavingVariant(of card: Card) -> Card? {
        let variants = expected.variants(of: card)
        if let choice, choice.question == card.id, choice.isVariant {
            return variants.first { $0.id == choice.partner }
        }
        return variants.count == 1 && card.askers <= 2 ? variants.first : nil
    }

    private mutating func chooseNext(_ card: Card) {
        let candidates = expected.candidates(of: card).map(\.card.id)
        let partners = partners(of: card)
        guard !partners.isEmpty else { return warn(words.nothingAlike(card.number)) }
        let index = choice.flatMap { partners.firstIndex(of: $0.partner) }.map { $0 + 1 } ?? 0
        let partner = partners[index % partners.count]
        choice = Choice(question: card.id, partner: partner, isVariant: !candidates.contains(partner))
    }

    mutating func chooseNext() {
        if let card = selected { chooseNext(card) }
    }

    /// Keeps the choice on its question. When others judged that one, the next key must not hit its neighbour.
    mutating func settleChoice() {
        guard let card = selected else { return choice = nil }
        let candidates = expected.candidates(of: card).map(\.card.id)
        if let choice, choice.question == card.id {
            let there = choice.isVariant ? expected.variants(of: card).map(\.id) : candidates
            if there.contains(choice.partner) {
                self.choice?.isGone = false
                return
            }
            let isOwnDoing = outgoing.contains { item in
                [.unite, .distinguish].contains(item.command.kind) && item.command.questions.contains(card.id)
            }
            if !choice.isVariant, !isOwnDoing {
                self.choice?.isGone = true
                return
            }
        }
        choice = candidates.first.map { Choice(question: card.id, partner: $0) }
    }

    // MARK: Judging

    private mutating func uniteWithCandidate(_ card: Card, _ effects: inout [Effect]) {
        if let candidate = candidate(of: card) { return unite(card, candidate.card, &effects) }
        refuseCandidate(card)
    }

    private mutating func distinguish(_ card: Card, _ effects: inout [Effect]) {
        if let candidate = candidate(of: card) {
            return send(.distinguish(card.id, from: candidate.card.id), &effects)
        }
        refuseCandidate(card)
    }

    private mutating func refuseCandidate(_ card: Card) {
        guard let choice, choice.question == card.id, let partner = expected.cards[choice.partner] else {
            self.choice = nil
            return warn(words.nothingAlike(card.number))
        }
        if choice.isVariant { return warn(words.together(card.number, with: partner.number)) }
        self.choice = nil
        warn(words.noLongerAlike(partner.number))
    }

    /// Unites two questions; which of them stays is seen from both.
    mutating func unite(_ card: Card, _ other: Card, _ effects: inout [Effect]) {
        switch expected.pairing(card, other) {
        case .joins(let id, let into, _): send(.unite(id, into: into), &effects)
        case .together: warn(words.together(card.number, with: other.number))
        case .impossible: warn(words.cannotUnite(card, expected.founder(of: other)))
        }
    }

    private mutating func separate(_ card: Card, _ effects: inout [Effect]) {
        if card.status == "merged" { return send(.separate(card.id), &effects) }
        if let variant = leavingVariant(of: card) { return send(.separate(variant.id), &effects) }
        // Which one of several is not to be guessed.
        guard let last = expected.variants(of: card).last else { return warn(words.notUnited(card.number)) }
        choice = Choice(question: card.id, partner: last.id, isVariant: true)
        say(words.chooseVariant(last.number))
    }

    // MARK: The list of them

    /// To the questions to judge, and back to where one was.
    mutating func goToDoubtful() {
        if section == .doubtful, query == nil {
            go(to: tab, returning ?? .pending)
            return
        }
        // A venue without any leads to those of all.
        let isElsewhere = shelf[Place(tab: tab, section: .doubtful)].isEmpty
        let place = Place(tab: isElsewhere ? .all : tab, section: .doubtful)
        guard !shelf[place].isEmpty else { return say(words.nothingDoubtful) }
        if section != .doubtful { returning = section }
        go(to: place.tab, .doubtful)
    }

    // MARK: In words

    /// A command about duplicates as if it were done; nil for any other.
    func describeDuplicates(_ command: Command) -> String? {
        func number(_ id: QuestionID?) -> Int? { id.flatMap(shownNumber) }
        switch command {
        case .unite(let id, let into): return words.united(number(id), into: number(view.cards[into]?.into ?? into))
        case .separate(let id): return words.separated(number(id), from: number(view.cards[id]?.into))
        case .distinguish(let id, let other): return words.distinguished(number(id), from: number(other))
        default: return nil
        }
    }

    /// A union that still stands is told with the founder's number.
    func describeDuplicates(_ action: ActionInfo) -> String? {
        guard action.what == "unite", !action.undone,
            let card = view.cards.values.first(where: { $0.number == action.number }),
            let founder = card.into.flatMap({ view.cards[$0] })
        else { return nil }
        return words.united(card.number, into: founder.number)
    }
}
