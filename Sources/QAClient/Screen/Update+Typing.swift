import QAShared

extension Model {
    // MARK: Editing a question

    private static let deafFor = 1_000

    mutating func beginEdit(_ card: Card) {
        let draft = drafts[card.id]
        mode = .editing(
            Mode.Edit(id: card.id, base: card.text, line: LineEditor(draft ?? card.text)))
        if draft != nil { say(words.draftFound) }
    }

    /// Whoever asked for the editor types on without looking: until the keyboard is silent, keys are
    /// not for the list.
    mutating func pressDeaf(_ key: Key) {
        mode = key == .escape ? .normal : .deaf(since: clock.monotonic)
    }

    /// Listens again once no key came for a while.
    mutating func endDeafness() {
        guard case .deaf(let since) = mode, clock.monotonic - since >= Self.deafFor else { return }
        mode = .normal
    }

    mutating func pressEditing(_ key: Key, _ edit: Mode.Edit, _ effects: inout [Effect]) {
        var edit = edit
        switch key {
        case .escape:
            let isChanged = edit.line.text != edit.base
            drafts[edit.id] = isChanged ? edit.line.text : nil
            mode = .normal
            say(isChanged ? words.draftKept : words.nothingDone)
        case .enter:
            do {
                let limits = identity?.limits ?? EventLimits()
                let text = try QuestionText.checked(edit.line.text, limits: limits)
                drafts[edit.id] = nil
                mode = .normal
                guard text != expected.cards[edit.id]?.text else { return say(words.nothingDone) }
                send(.edit(edit.id, text: text), &effects)
            } catch {
                edit.refusal = error
                mode = .editing(edit)
            }
        default:
            guard edit.line.edit(key) else { return }
            edit.refusal = nil
            mode = .editing(edit)
        }
    }

    // MARK: Finding

    mutating func pressSearching(_ key: Key, _ line: LineEditor) {
        var line = line
        switch key {
        case .escape:
            mode = .normal
            leaveSearch()
        case .enter:
            mode = .normal
            if query?.isEmpty ?? true { leaveSearch() }
        case .up: move(by: -1)
        case .down: move(by: 1)
        case .pageUp: move(by: -listHeight)
        case .pageDown: move(by: listHeight)
        default:
            guard line.edit(key) else { return }
            mode = .searching(line)
            query = Folded.text(line.text)
            selectFirst(seen: false)
        }
    }

    mutating func pressGoTo(_ key: Key, _ digits: String) {
        switch key {
        case .character(let character) where character.isASCII && character.isNumber:
            if digits.count < 6 { mode = .goTo(digits + String(character)) }
        case .backspace: mode = digits.isEmpty ? .normal : .goTo(String(digits.dropLast()))
        case .enter:
            mode = .normal
            guard let number = Int(digits) else { return }
            guard let card = expected.cards.values.first(where: { $0.number == number }) else {
                return say(words.noSuchNumber(number))
            }
            reveal(card)
        default: mode = .normal
        }
    }

    // MARK: Reading

    mutating func pressDetail(_ key: Key, _ scroll: Int, _ effects: inout [Effect]) {
        switch key {
        case .escape, .enter, .character(" "), .character("q"): mode = .normal
        case .down, .character("j"): mode = .detail(scroll: scroll + 1)
        case .up, .character("k"): mode = .detail(scroll: max(0, scroll - 1))
        case .character("c"):
            chooseNext()
            mode = .detail(scroll: Painter(self, size).scrollToChoice)
        case .character(let character) where "aedrlvpbBmfsMPRNHTL".contains(character):
            mode = .normal
            actOn(character, &effects)
            // Asked whether it is meant: the page is still being read.
            if confirming != nil, mode == .normal { mode = .detail(scroll: scroll) }
        default: break
        }
    }

    mutating func pressHelp(_ key: Key, _ scroll: Int) {
        let page = max(1, size.rows - 4)
        switch key {
        case .down, .character("j"): mode = .help(scroll: scroll + 1)
        case .up, .character("k"): mode = .help(scroll: max(0, scroll - 1))
        case .pageDown, .character(" "): mode = .help(scroll: scroll + page)
        case .pageUp: mode = .help(scroll: max(0, scroll - page))
        default: mode = .normal
        }
    }
}
