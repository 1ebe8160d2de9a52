import QAShared

extension Model {
    mutating func press(_ key: Key, _ effects: inout [Effect]) {
        // A warning is read before it goes, even by someone who types fast.
        if let warning, clock.monotonic - warning.since > Self.warningStays { self.warning = nil }
        if !isDeaf { info = nil }
        if key != confirming.map({ .character($0.key) }), !isDeaf { forgetConfirmation() }
        switch key {
        case .control("l"): return effects.append(.redraw)
        case .control("z"): return effects.append(.suspend)
        case .control("c"):
            if mode == .quitting || unanswered == 0 { return effects.append(.quit) }
            mode = .quitting
            return
        default: break
        }
        switch mode {
        case .normal: pressNormal(key, &effects)
        case .deaf: pressDeaf(key)
        case .editing(let edit): pressEditing(key, edit, &effects)
        case .dismissing(let id): pressDismissing(key, id, &effects)
        case .blocking(let id, let on): pressBlocking(key, id, on, &effects)
        case .talks(let talk): pressTalks(key, talk, &effects)
        case .history(let sequence): pressHistory(key, sequence, &effects)
        case .searching(let line): pressSearching(key, line)
        case .goTo(let digits): pressGoTo(key, digits)
        case .uniting(let uniting): pressUniting(key, uniting, &effects)
        case .detail(let scroll): pressDetail(key, scroll, &effects)
        case .help(let scroll): pressHelp(key, scroll)
        case .dismissingMarked: pressDismissingMarked(key, &effects)
        case .menu(let menu): pressMenu(key, menu, &effects)
        case .writing(let writing): pressWriting(key, writing, &effects)
        case .people(let scroll): pressPeople(key, scroll)
        case .refusals(let ordinal): pressRefusals(key, ordinal, &effects)
        case .tokens(let tag): pressTokens(key, tag, &effects)
        case .revoking(let tag): pressRevoking(key, tag, &effects)
        case .closing: pressClosing(key, &effects)
        case .secret: pressSecret(key)
        case .quitting:
            mode = .normal
            if key == .character("q") || key == .character("y") || key == .character("o") {
                effects.append(.quit)
            }
        }
    }

    private var isDeaf: Bool { if case .deaf = mode { true } else { false } }

    func pressedMove(_ key: Key) -> Int? {
        switch key {
        case .character("j"), .down: 1
        case .character("k"), .up: -1
        case .pageDown, .control("f"): listHeight
        case .pageUp, .control("b"): -listHeight
        default: nil
        }
    }

    private mutating func pressNormal(_ key: Key, _ effects: inout [Effect]) {
        if let step = pressedMove(key) { return move(by: step) }
        switch key {
        case .home: moveToEnd(last: false)
        case .end: moveToEnd(last: true)
        case .left: go(to: tab, Section(rawValue: section.rawValue - 1) ?? section)
        case .right: goRight()
        case .tab: turnTab(by: 1)
        case .backTab: turnTab(by: -1)
        case .escape: if marked.isEmpty { leaveSearch() } else { marked = [] }
        case .character(" "): toggleMark()
        case .enter: if selected != nil { mode = .detail(scroll: 0) }
        case .character(let character): pressLetter(character, &effects)
        default: break
        }
    }

    private mutating func pressLetter(_ character: Character, _ effects: inout [Effect]) {
        if let digit = character.wholeNumberValue, character.isASCII {
            if digit < tabs.count { go(to: tabs[digit], section) }
            return
        }
        switch character {
        case "q": if unanswered > 0 { mode = .quitting } else { effects.append(.quit) }
        case "?": mode = .help(scroll: 0)
        case "/": beginSearch()
        case "g", "#": mode = .goTo("")
        case "n": goToNew()
        case "t": beginTalks()
        case "i": toggleIntake(&effects)
        case "o": if hasView { mode = .menu(Menu(kind: .order, chosen: .order(expected.order))) }
        case "J": moveByHand(1, &effects)
        case "K": moveByHand(-1, &effects)
        case "*": markAll()
        case "u": undoLatest(&effects)
        case "V":
            guard let live = expected.live else { return say(words.nobodyLive) }
            // What is only expected to be live may never be, and then another one is.
            guard live == view.live else { return say(words.waitingForAnswer) }
            guard mayAct("V", on: [live]) else { return }
            send(.answer(live), &effects)
        case "U": mode = .history(sequence: history.first?.sequence ?? 0)
        case "D": goToDoubtful()
        case "C", "S", "E", "w", "F", "O": openPanel(character)
        default: actOn(character, &effects)
        }
    }

    /// To the next section; to the doubtful ones only if there are any.
    private mutating func goRight() {
        guard let next = Section(rawValue: section.rawValue + 1) else { return }
        if next == .doubtful, shelf[Place(tab: tab, section: next)].isEmpty { return }
        go(to: tab, next)
    }

    private mutating func turnTab(by step: Int) {
        let tabs = tabs
        let index = tabs.firstIndex(of: tab) ?? 0
        go(to: tabs[(index + step + tabs.count) % tabs.count], section)
    }

    /// The next question that nobody here has looked at: in this list, then in this tab, then in any
    /// venue that is triaged here.
    private mutating func goToNew() {
        let unseen = unseen.filter { id in expected.cards[id].map { triages($0) } ?? false }
        let list = rows
        let start = cursor.flatMap { list.firstIndex(of: $0.id) } ?? 0
        if query == nil,
            let id = list[start...].first(where: { unseen.contains($0) && $0 != cursor?.id })
                ?? list[..<start].first(where: unseen.contains)
        {
            move(by: (list.firstIndex(of: id) ?? start) - start)
            return
        }
        if let id = cursor?.id { self.unseen.remove(id) }
        let places = [tab] + tabs.dropFirst()
        for tab in places {
            for section in [Section.pending, .approved, .live] {
                let place = Place(tab: tab, section: section)
                guard
                    let id = shelf[place].first(where: { unseen.contains($0) && $0 != cursor?.id }),
                    let card = expected.cards[id]
                else { continue }
                go(to: tab == .all ? .all : .venue(card.venue), section)
                select(id, row: listHeight / 2)
                return
            }
        }
        say(words.nothingNew(identity?.venue.map(venueName)))
    }

    mutating func leaveSearch() {
        if query != nil { marked = [] }
        query = nil
        searchCursor = nil
        if cursor == nil { selectFirst() }
    }

    private mutating func beginSearch() {
        lookedAtScreen()
        held = nil
        marked = []
        query = ""
        searchCursor = nil
        mode = .searching(LineEditor())
        selectFirst(seen: false)
    }
}
