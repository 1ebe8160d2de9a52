import QAShared

extension Painter {
    mutating func paintMenu(_ menu: Menu) {
        var area = page(words.menuTitle(menu.kind, subject(of: menu.kind)))
        let first = model.digitOfFirst(menu.kind)
        let lines = model.items(of: menu.kind).enumerated().map { index, item in
            let digit = index + first < 10 ? "\(index + first)  " : "   "
            return [Span(digit, .colour(.cyan, bold: true))] + spans(item, menu.kind)
        }
        if menu.kind == .order { paintRule(menu, &area) }
        paintChoices(lines, chosen: model.index(of: menu), area)
    }

    /// Below the orders, the rule of the chosen one as everybody's page has it.
    private mutating func paintRule(_ menu: Menu, _ area: inout Area) {
        let items = model.items(of: menu.kind).dropFirst(model.index(of: menu))
        guard case .order(let order)? = items.first else { return }
        let whole = TextLines.wrap(words.rule(order), width: area.columns - 2).map { [Span($0)] }
        // The choices first: a low window shows what there is room for.
        let rows = min(whole.count, area.rows - QueueOrder.allCases.count - 1)
        guard rows > 0 else { return }
        let below = Area(column: area.column, row: area.row + area.rows - rows, columns: area.columns, rows: rows)
        area.rows -= rows + 1
        rule(below.row - 1, below)
        paint(whole, below, scroll: 0)
    }

    private func subject(of kind: Menu.Kind) -> String {
        switch kind {
        case .hand(let id), .move(let id): model.expected.cards[id].map(model.name) ?? ""
        case .talkBefore(let id): model.talk(id)?.title ?? ""
        case .organiser: model.codesTold(words) ?? ""
        default: ""
        }
    }

    private func spans(_ item: Menu.Item, _ kind: Menu.Kind) -> [Span] {
        switch item {
        case .order(let order):
            return [Span(words.order(order), .bold)] + now(order == model.expected.order)
        case .venue(let venue):
            guard let venue else { return [Span(words.noVenue, .bold)] }
            var isNow = false
            if case .hand(let id) = kind, let card = model.expected.cards[id] {
                isNow = (card.desk ?? card.venue) == venue
            }
            return [Span(model.venueName(venue), .bold)] + now(isNow)
        case .talk(let id):
            guard let talk = model.talk(id) else { return [] }
            let phase = model.expected.phases[id] ?? talk.phase
            return [
                Span(talk.title, .bold), Span(talk.speaker.isEmpty ? "" : between + talk.speaker),
                Span(between + words.phase(phase)),
            ]
        case .lastTalk: return [Span(words.lastTalk, .bold)]
        case .talks(let action): return [Span(words.organise(action), .bold)]
        case .role(let role): return [Span(words.role(role), .bold)]
        case .limit(let limit): return [Span(words.limit(limit), .bold)]
        case .organiser(let action):
            let event = model.view.event
            let isOn = action == .moderated ? event?.moderated : event?.floor
            return [Span(words.organise(action, isOn: isOn ?? false), .bold)]
        }
    }

    private func now(_ isNow: Bool) -> [Span] { isNow ? [Span("  (\(words.current))", .faint)] : [] }
}
