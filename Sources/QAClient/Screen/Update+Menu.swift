// Short lists to choose from, and the panels that one key opens.

import QAShared

extension Model {
    /// Opens what a capital letter stands for.
    mutating func openPanel(_ character: Character) {
        guard hasView else { return mode = .deaf(since: clock.monotonic) }
        switch character {
        case "w": mode = .people(scroll: 0)
        case "F":
            guard let first = refusals.first else { return say(words.nothingRefused) }
            mode = .refusals(ordinal: first.ordinal)
        case "O":
            guard identity?.role == .organiser else { return warn(words.organisersOnly) }
            mode = .menu(Menu(kind: .organiser))
        case "C":
            unread = []
            write(.channel(about: nil))
        case "S": write(.stage)
        default:
            // What was heard was heard in one's own room.
            if let venue = identity?.venue { return write(.entering(venue)) }
            mode = .menu(Menu(kind: .enterVenue))
        }
    }

    // MARK: Lists

    /// What a list offers, in the order of its digits.
    func items(of kind: Menu.Kind) -> [Menu.Item] {
        let event = view.event
        switch kind {
        case .order: return QueueOrder.allCases.map { .order($0) }
        case .hand, .enterVenue: return (event?.venues ?? []).map { .venue($0.id) }
        case .move(let id):
            let own = expected.cards[id]?.talk
            return (event?.talks ?? []).filter { $0.id != own && expected.phases[$0.id] != .ended }.map { .talk($0.id) }
        case .talks: return TalkAction.allCases.map { .talks($0) }
        case .renameTalk, .moveTalk: return talks.map { .talk($0.id) }
        case .removeTalk: return removableTalks.map { .talk($0) }
        case .talkBefore(let id): return talks.filter { $0.id != id }.map { .talk($0.id) } + [.lastTalk]
        case .limit: return EventLimit.allCases.map { .limit($0) }
        case .organiser: return organiserActions.map { .organiser($0) }
        case .tokenRole: return [.role(.moderator), .role(.speaker), .role(.display), .role(.organiser)]
        case .tokenVenue: return [.venue(nil)] + (event?.venues ?? []).map { .venue($0.id) }
        }
    }

    /// Where the cursor of a list stands.
    func index(of menu: Menu) -> Int {
        menu.chosen.flatMap { items(of: menu.kind).firstIndex(of: $0) } ?? 0
    }

    mutating func pressMenu(_ key: Key, _ menu: Menu, _ effects: inout [Effect]) {
        let items = items(of: menu.kind)
        // No letter leaves it: whoever types on without looking must not reach the list behind.
        guard key != .escape, !items.isEmpty else {
            mode = .normal
            return say(words.nothingDone)
        }
        if let step = pressedMove(key) {
            let target = max(0, min(items.count - 1, index(of: menu) + step))
            return mode = .menu(Menu(kind: menu.kind, chosen: items[target]))
        }
        var index = self.index(of: menu)
        switch key {
        case .enter: break
        case .character(let character):
            guard character.isASCII, let digit = character.wholeNumberValue,
                items.indices.contains(digit - digitOfFirst(menu.kind))
            else { return }
            index = digit - digitOfFirst(menu.kind)
        default: return
        }
        mode = .normal
        choose(items[index], menu.kind, &effects)
    }

    /// Venues have the digits of their tabs, and none of them is 0.
    func digitOfFirst(_ kind: Menu.Kind) -> Int {
        if case .tokenVenue = kind { return 0 }
        return 1
    }

    private mutating func choose(_ item: Menu.Item, _ kind: Menu.Kind, _ effects: inout [Effect]) {
        switch (kind, item) {
        case (.order, .order(let order)):
            guard order != expected.order else { return say(words.nothingDone) }
            send(.setOrder(order), &effects)
        case (.hand(let id), .venue(let venue?)):
            guard let card = expected.cards[id], (card.desk ?? card.venue) != venue else {
                return say(words.nothingDone)
            }
            send(.hand(id, to: venue), &effects)
        case (.move(let id), .talk(let talk)): send(.move(id, to: talk), &effects)
        case (.enterVenue, .venue(let venue?)): write(.entering(venue))
        case (.renameTalk, .talk(let talk)): write(.renameTalk(talk), title(of: talk))
        case (.removeTalk, .talk(let talk)): removeTalk(talk, &effects)
        case (.moveTalk, .talk(let talk)): mode = .menu(Menu(kind: .talkBefore(talk)))
        case (.talkBefore(let id), .talk(let other)): moveTalk(id, before: other, &effects)
        case (.talkBefore(let id), .lastTalk): moveTalk(id, before: nil, &effects)
        case (.limit, .limit(let limit)): write(.limit(limit))
        case (.tokenRole, .role(let role)): mode = .menu(Menu(kind: .tokenVenue(role)))
        case (.tokenVenue(let role), .venue(let venue)): write(.tokenName(role, venue))
        case (_, .organiser(let action)): organise(action, &effects)
        case (_, .talks(let action)): organise(action)
        default: break
        }
    }

    // MARK: Who is there

    mutating func pressPeople(_ key: Key, _ scroll: Int) {
        switch key {
        case .down, .character("j"): mode = .people(scroll: scroll + 1)
        case .up, .character("k"): mode = .people(scroll: max(0, scroll - 1))
        case .pageDown: mode = .people(scroll: scroll + listHeight)
        case .pageUp: mode = .people(scroll: max(0, scroll - listHeight))
        default: mode = .normal
        }
    }

    // MARK: What the hub refused

    /// Where the chosen refusal stands now.
    func refusalIndex(_ ordinal: Int) -> Int {
        refusals.firstIndex { $0.ordinal >= ordinal } ?? max(0, refusals.count - 1)
    }

    mutating func pressRefusals(_ key: Key, _ ordinal: Int, _ effects: inout [Effect]) {
        guard key != .escape, key != .character("q"), key != .character("F"), !refusals.isEmpty else {
            return mode = .normal
        }
        let index = refusalIndex(ordinal)
        if let step = pressedMove(key) {
            return mode = .refusals(ordinal: refusals[max(0, min(refusals.count - 1, index + step))].ordinal)
        }
        guard key == .character("a") || key == .character("l") else { return }
        guard link == .online else { return warn(words.onlyOnline) }
        // It is gone once the server says so; until then the next one must not take its place.
        guard refusals[index].ordinal == ordinal else {
            return mode = .refusals(ordinal: refusals[index].ordinal)
        }
        // People give their votes anew themselves, and what went with a rehearsal is over: only to be let go.
        let isOver = refusals[index].what == "vote" || refusals[index].code == .rehearsalOver
        let isAgain = key == .character("a")
        guard !isAgain || !isOver else { return warn(words.onlyLetGo) }
        effects.append(.settle(ordinal: ordinal, again: isAgain))
        say(isAgain ? words.wishedAgain : words.letGo)
    }
}
