import QAShared

extension Painter {
    /// A line a refusal, and below them the chosen one in full.
    mutating func paintRefusals(_ ordinal: Int) {
        var area = page(words.refusalsTitle)
        guard !model.refusals.isEmpty else {
            line(1, of: area, [Span(words.nothingRefused, .faint)], indent: 2)
            return
        }
        let chosen = model.refusalIndex(ordinal)
        let whole = inFull(model.refusals[chosen], width: area.columns - 2)
        let rows = min(whole.count, max(2, area.rows / 2))
        let below = Area(column: area.column, row: area.row + area.rows - rows, columns: area.columns, rows: rows)
        area.rows -= rows + 1
        let lines = model.refusals.map { refusal in
            [
                Span(time(refusal.time) + "  "),
                Span(words.refusal(wish(refusal), words.rejection(Rejection(refusal.code)))),
                Span(now(refusal).map { between + $0 } ?? "", .colour(.red, bold: true)),
            ]
        }
        paintChoices(lines, chosen: chosen, area)
        rule(below.row - 1, below)
        paint(whole, below, scroll: 0)
    }

    /// A number that may still change is not told.
    private func wish(_ refusal: RefusalInfo) -> String {
        var refusal = refusal
        if let id = refusal.question, model.view.cards[id] != nil { refusal.number = model.shownNumber(id) }
        return words.wish(refusal)
    }

    /// What the question is by now: why the wish came too late.
    private func now(_ refusal: RefusalInfo) -> String? {
        guard let id = refusal.question, let card = model.view.cards[id] else { return nil }
        return words.now(card, founder: card.into.flatMap(model.shownNumber))
    }

    private func inFull(_ refusal: RefusalInfo, width: Int) -> [[Span]] {
        let who = refusal.by == model.identity?.by ? words.you : words.role(refusal.role)
        let head = [time(refusal.time), who, wish(refusal)].joined(separator: between)
        let why = words.refusedBecause + words.colon + " " + words.rejection(Rejection(refusal.code))
        let text = refusal.text ?? refusal.question.flatMap { model.expected.cards[$0]?.text } ?? ""
        return TextLines.wrap(head, width: width).map { [Span($0)] }
            + TextLines.wrap(why, width: width).map { [Span($0, .colour(.red, bold: true))] }
            + (now(refusal).map { TextLines.wrap($0, width: width) } ?? []).map {
                [Span($0, .colour(.red, bold: true))]
            }
            + TextLines.wrap(text, width: width).map { [Span($0, .bold)] }
    }
}
