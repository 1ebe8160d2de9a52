import QAShared

extension Painter {
    /// What is written below, and above it what it answers to.
    mutating func paintWriting(_ writing: Writing) {
        let area = page(words.writingTitle(writing.purpose, subject(of: writing.purpose)))
        let rows = min(4, max(2, area.rows / 3))
        let box = Area(column: area.column, row: area.row + area.rows - rows, columns: area.columns, rows: rows)
        rule(box.row - 1, area)
        paintCount(writing, Area(column: box.column, row: box.row - 1, columns: box.columns, rows: 1))
        paintEditedText(
            writing.line, Area(column: box.column + 1, row: box.row, columns: box.columns - 2, rows: rows))
        let shown = Area(column: area.column, row: area.row, columns: area.columns, rows: area.rows - rows - 1)
        let lines = context(of: writing.purpose, width: shown.columns - 2)
        // The newest is nearest to what is written.
        let isTalk = { if case .channel = writing.purpose { true } else { false } }()
        let first = isTalk ? max(0, lines.count - shown.rows - writing.scroll) : writing.scroll
        paint(lines, shown, scroll: first)
    }

    private mutating func paintCount(_ writing: Writing, _ area: Area) {
        guard let limit = writing.purpose.maximum ?? textMaximum(writing.purpose) else { return }
        let count = QuestionText.clean(writing.line.text).unicodeScalars.count
        let text = " \(count)/\(limit) "
        let width = TextWidth.of(text)
        frame.put(
            text, area.column + area.columns - width - 1, area.row, limit: width,
            count > limit ? .colour(.red, bold: true) : .bold)
    }

    private func textMaximum(_ purpose: Writing.Purpose) -> Int? {
        guard case .entering = purpose else { return nil }
        return (model.identity?.limits ?? EventLimits()).textMaximum
    }

    private func subject(of purpose: Writing.Purpose) -> String {
        switch purpose {
        case .note(let id), .labels(let id): model.expected.cards[id].map(model.name) ?? ""
        case .entering(let venue, _): model.venueName(venue)
        default: ""
        }
    }

    private func context(of purpose: Writing.Purpose, width: Int) -> [[Span]] {
        var lines: [[Span]] = []
        func add(_ text: String, _ style: Style = .plain) {
            lines += TextLines.wrap(text, width: width).map { [Span($0, style)] }
        }
        switch purpose {
        case .note(let id):
            guard let card = model.expected.cards[id] else { break }
            add(card.text, .bold)
            lines += notes(of: card, width: width)
            if card.noted == 0 { add(words.noNotes, .faint) }
        case .labels(let id):
            guard let card = model.expected.cards[id] else { break }
            add(card.text, .bold)
            if let labels = model.view.event?.labels, !labels.isEmpty { add(words.proposals(labels), .colour(.blue)) }
        case .channel(let about):
            lines = channel(model.channel, width: width)
            if lines.isEmpty { add(words.noMessages, .faint) }
            if let card = about.flatMap({ model.expected.cards[$0] }) {
                lines.append([Span(model.name(card) + words.colon + " ", .bold), Span(card.text)])
            }
        case .stage:
            if let stage = model.stage {
                add(words.stageNow(stage.text, at: time(stage.sent), readAt: stage.read.map(time)), .bold)
            } else {
                add(words.noStage, .faint)
            }
        case .entrant(_, let text, _): add(text, .bold)
        default: break
        }
        if let hint = words.hint(purpose) { add(hint, .faint) }
        return lines
    }

    /// The newest notes, oldest first.
    func notes(of card: Card, width: Int, newest: Int = .max) -> [[Span]] {
        var lines: [[Span]] = []
        if card.noted > card.notes.count, newest == .max {
            lines.append([Span(words.olderNotes(card.noted - card.notes.count), .faint)])
        }
        for note in card.notes.suffix(min(newest, card.notes.count)) {
            let who = note.by == model.identity?.by ? words.you : note.venue.map(model.venueName)
            let head = ([time(note.time), who].compactMap { $0 }).joined(separator: " ") + words.colon + " "
            lines += hanging(head, note.text, .colour(.yellow), width: width)
        }
        return lines
    }

    /// Messages in lines.
    func channel(_ messages: [ChannelInfo], width: Int) -> [[Span]] {
        messages.flatMap { message -> [[Span]] in
            let about = message.number.map { " " + words.number($0) } ?? ""
            let head = "\(time(message.time)) \(author(message))\(about)\(words.colon) "
            let isOwn = message.by == model.identity?.by
            return hanging(head, message.text, isOwn ? .plain : .colour(.cyan, bold: true), width: width)
        }
    }

    /// A text behind its head, its further lines set in.
    private func hanging(_ head: String, _ text: String, _ style: Style, width: Int) -> [[Span]] {
        let indent = min(TextWidth.of(head), width / 2)
        return TextLines.wrap(text, width: width - indent).enumerated().map { index, line in
            [Span((index == 0 ? head : "").padded(indent), style), Span(line)]
        }
    }
}
