import QAShared

extension Painter {
    mutating func paintMenu(_ menu: Menu) {
        let area = page(words.menuTitle(menu.kind, subject(of: menu.kind)))
        let first = model.digitOfFirst(menu.kind)
        let lines = model.items(of: menu.kind).enumerated().map { index, item in
            let digit = index + first < 10 ? "\(index + first)  " : "   "
            return [Span(digit, .colour(.cyan, bold: true))] + spans(item, menu.kind)
        }
        paintChoices(lines, chosen: model.index(of: menu), area)
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
