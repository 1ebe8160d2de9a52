import QAShared

extension Painter {
    /// The selected question in full, as far as there is room.
    mutating func paintDetail() {
        let area = layout.detail
        if layout.side != nil {
            rule(area.row - 1, area, model.selected.map(model.name) ?? "")
        }
        guard let card = model.selected else { return }
        if case .uniting(let uniting) = model.mode { return paintTarget(uniting, card) }
        let lines = detail(card, width: area.columns - 2)
        paint(lines.map(\.spans), area, scroll: scroll(toChoiceOf: card, lines, area.rows))
    }

    /// Lines from a scroll position on, as many as fit.
    mutating func paint(_ lines: [[Span]], _ area: Area, scroll: Int) {
        let first = max(0, min(scroll, lines.count - area.rows))
        for (row, spans) in lines[first...].prefix(area.rows).enumerated() {
            line(row, of: area, spans, indent: 1)
        }
        let below = lines.count - first - area.rows
        guard below > 0 else { return }
        let text = " \(glyphs.more)"
        frame.put(
            text, area.column + area.columns - 2, area.row + area.rows - 1, limit: 2, .bold)
    }

    /// All there is to say of a question, in lines.
    func detail(_ card: Card, width: Int, isWhole: Bool = false) -> [DetailLine] {
        var lines = [DetailLine(head(card))]
        let differing = model.candidate(of: card).map { Set($0.flag.mine) } ?? []
        lines += marked(card, differing, .bold, width: width).map { DetailLine($0) }
        lines += founder(of: card, width: width)
        // A word that explains a refusal is never pushed out by what is proposed.
        let notes = notes(card)
        if !notes.isEmpty {
            let text = notes.joined(separator: between)
            lines += TextLines.wrap(text, width: width).map { DetailLine([Span($0, .colour(.yellow))]) }
        }
        if let asking = asking(card) { lines.append(DetailLine(asking)) }
        lines += candidates(of: card, width: width, isWhole: isWhole)
        // Where there is little room, the newest one is told, and that there are others.
        let remarks = self.notes(of: card, width: width, newest: isWhole ? .max : 1)
        lines += remarks.map { DetailLine($0) }
        if let original = card.original {
            let text = words.original + words.colon + " " + original
            lines += TextLines.wrap(text, width: width).map { DetailLine([Span($0, .faint)]) }
        }
        return lines + variants(of: card, width: width)
    }

    private func notes(_ card: Card) -> [String] {
        var notes: [String] = []
        if model.expected.waiting.contains(card.id) { notes.append(words.waitingForAnswer) }
        if let reason = card.reason { notes.append(words.reason(reason)) }
        if card.talk != model.view.event?.talk, let talk = model.talk(card.talk) {
            notes.append(talk.title)
        }
        if !model.triages(card) {
            notes.append(words.otherVenue(model.venueName(card.desk ?? card.venue)))
        }
        if card.unconfirmed { notes.append(words.unconfirmedNote) }
        if let word = card.held { notes.append(words.held(word)) }
        if card.heard { notes.append(words.heard) }
        if case .detail = model.mode, model.link != .online { notes.append(words.notAnnounced) }
        if card.blocked { notes.append(words.blockedDevice) }
        let same = model.view.cards.values.count { $0.by == card.by && card.by != nil }
        if same > 1 { notes.append(words.sameDevice(same)) }
        return notes
    }

    func head(_ card: Card) -> [Span] {
        var parts = [model.name(card), model.venueName(card.venue)]
        if let name = card.name { parts.append(name) }
        parts.append(time(card.asked))
        parts.append(words.votes(card.votes))
        return [
            Span(parts.joined(separator: between) + between), Span(words.status(card) + " ", style(card)),
        ] + marksInWords(card)
    }

    // MARK: The stage, on wide screens

    mutating func paintSide() {
        guard let side = layout.side else { return }
        for row in side.row..<layout.statusRow {
            frame.put(glyphs.column, side.column - 1, row, limit: 1, .faint)
        }
        rule(side.row, side, words.section(.live))
        var row = 1
        if let card = model.expected.live.flatMap({ model.expected.cards[$0] }) {
            line(row, of: side, head(card), indent: 1)
            row += 1
            let lines = TextLines.wrap(
                card.text, width: side.columns - 2, count: 5, ellipsis: glyphs.ellipsis)
            for text in lines {
                line(row, of: side, [Span(text, .bold)], indent: 1)
                row += 1
            }
        } else {
            line(row, of: side, [Span(words.nobodyLive, .faint)], indent: 1)
            row += 1
        }
        paintQueue(side, from: row)
    }

    private mutating func paintQueue(_ side: Area, from start: Int) {
        let queue = model.shelf[Place(tab: .all, section: .approved)].filter { id in
            model.expected.cards[id]?.talk == model.view.event?.talk
        }
        rule(side.row + start, side, "\(words.queue) \(queue.count)")
        var row = start + 1
        for (index, id) in queue.enumerated() {
            guard let card = model.expected.cards[id] else { continue }
            if row == side.rows - 1, index < queue.count - 1 {
                line(row, of: side, [Span(words.more(queue.count - index), .faint)], indent: 1)
                return
            }
            let spans: [Span] =
                [
                    Span((model.isNumbered(card) ? String(card.number) : "-").padded(4, right: true) + " ", .bold),
                    Span("\(glyphs.votes)\(card.votes)".padded(5) + " "),
                    Span(model.venueName(card.venue).padded(10) + " ", .colour(.blue)),
                    Span(card.askers > 1 ? "\(glyphs.times)\(card.askers) " : ""),
                ] + marksInWords(card, isShort: true) + [
                    Span(card.spoken ? (card.name.map { $0 + words.colon + " " } ?? "") : "", .bold),
                    Span(card.text),
                ]
            guard line(row, of: side, spans, indent: 1) else { return }
            row += 1
        }
    }
}
