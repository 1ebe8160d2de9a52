import QAShared

extension Painter {
    /// One list over the whole width, a row a question.
    mutating func paintList() {
        let area = layout.list
        let rows = model.rows
        guard !rows.isEmpty else {
            if model.hasView, model.query == nil {
                line(1, of: area, [Span(words.empty(model.section), .faint)], indent: 2)
            }
            return
        }
        let first = model.firstShown(rows, model.cursor, height: layout.itemsShown)
        for (index, id) in rows[first...].prefix(layout.itemsShown).enumerated() {
            guard let card = model.expected.cards[id] else { continue }
            paintRow(card, area.row + index, area)
        }
        paintOverflow(rows.count - first - layout.itemsShown, area)
    }

    /// Between list and detail: what is live, whichever list is looked at.
    mutating func paintLiveRule() {
        guard layout.side == nil else { return }
        var title = ""
        if let card = model.expected.live.flatMap({ model.expected.cards[$0] }) {
            title =
                words.section(.live) + words.colon + " " + model.name(card)
                + between + card.text
        }
        rule(layout.detail.row - 1, layout.detail, title)
    }

    /// Whether a question is under the cursor of the list that has the keys.
    private func isChosen(_ card: Card) -> Bool { model.cursor?.id == card.id }

    /// Whether a question belongs to the list that is shown, and is not only held in it.
    private func isAtHome(_ card: Card) -> Bool {
        model.section == .doubtful ? model.shelf[model.place].contains(card.id) : card.section == model.section
    }

    private func marks(_ card: Card) -> String {
        let chosen = isChosen(card) ? glyphs.cursor : " "
        if model.marked.contains(card.id) { return chosen + glyphs.marked }
        if model.expected.waiting.contains(card.id) { return chosen + glyphs.waiting }
        return chosen + (model.unseen.contains(card.id) ? glyphs.new : " ")
    }

    private func flags(_ card: Card) -> String {
        let flags = (card.edited ? glyphs.edited : "") + (card.blocked ? glyphs.blocked : "")
        return flags.isEmpty ? "" : flags + " "
    }

    mutating func paintRow(_ card: Card, _ row: Int, _ area: Area) {
        var spans = [
            Span(marks(card), .colour(.cyan, bold: true)),
            Span((model.isNumbered(card) ? String(card.number) : "-").padded(5, right: true) + " ", .bold),
        ]
        let isForeign = model.query != nil || !isAtHome(card)
        // Who judges likenesses needs the room for the text.
        if ![.pending, .doubtful].contains(model.section) || model.query != nil {
            spans.append(Span("\(glyphs.votes)\(card.votes)".padded(5) + " "))
        }
        if model.tab == .all || model.query != nil {
            spans.append(Span(model.venueName(card.venue).padded(10) + " ", .colour(.blue)))
        }
        if isForeign || card.section != model.section || card.section == .done {
            let status = rowStatus(card)
            spans.append(Span(status.padded(max(9, TextWidth.of(status))) + " ", style(card)))
        }
        spans.append(Span(flags(card), .colour(.yellow)))
        spans += duplicateMarks(card, fullNames: area.columns >= 120)
        spans += marksInWords(card)
        if card.spoken, let name = card.name { spans.append(Span(name + words.colon + " ", .bold)) }
        spans.append(Span(card.text, isForeign && model.query == nil ? .faint : .plain))
        frame.put(spans, area.column, row, limit: area.columns, ellipsis: glyphs.ellipsis)
        if isChosen(card) {
            frame.restyle(area.column, row, count: area.columns) { $0.reverse = true }
        }
    }

    func style(_ card: Card) -> Style {
        switch card.status {
        case "approved": .colour(.green)
        case "live": .colour(.green, bold: true)
        case "dismissed": .colour(.red)
        default: .plain
        }
    }

    /// Says at the foot of a list how many are below.
    private mutating func paintOverflow(_ below: Int, _ area: Area) {
        guard below > 0 else { return }
        let text = " \(glyphs.more) \(below) "
        let width = TextWidth.of(text)
        frame.put(
            text, area.column + area.columns - width, area.row + area.rows - 1, limit: width, .bold)
    }

    // MARK: Venues side by side

    mutating func paintColumns() {
        for column in layout.columns {
            let isFocused = model.tab == .venue(column.venue)
            paintColumnHead(column, isFocused)
            let place = Place(tab: .venue(column.venue), section: model.section)
            let rows = model.rows(of: place)
            let cursor = model.cursors[place]
            let first = model.firstShown(rows, cursor, height: layout.itemsShown)
            for (index, id) in rows[first...].prefix(layout.itemsShown).enumerated() {
                guard let card = model.expected.cards[id] else { continue }
                paintBlock(card, column.area, index * layout.itemRows, isFocused)
            }
            if rows.isEmpty, model.hasView {
                let lines = TextLines.wrap(
                    words.empty(model.section), width: column.area.columns - 2)
                for (row, text) in lines.enumerated() {
                    line(row + 1, of: column.area, [Span(text, .faint)], indent: 2)
                }
            }
            let below = rows.count - first - layout.itemsShown
            if below > 0 { paintOverflow(below, column.area) }
            // The last column ends where the stage's own line is.
            for row in layout.list.row..<layout.statusRow where column != layout.columns.last {
                frame.put(
                    glyphs.column, column.area.column + column.area.columns, row, limit: 1, .faint)
            }
        }
    }

    private mutating func paintColumnHead(_ column: Layout.Column, _ isFocused: Bool) {
        let tab = Tab.venue(column.venue)
        let count = model.shelf[Place(tab: tab, section: model.section)].count
        let new = model.unseenCount(tab)
        let name = "\(column.digit) \(model.venueName(column.venue))"
        var spans = [
            Span(
                isFocused ? "[\(name)]" : " \(name) ",
                isFocused ? Style(bold: true, reverse: true) : .bold),
            Span(" \(words.section(model.section)) \(count)"),
        ]
        let cut = cutMark(column.venue, isShort: false)
        if !cut.isEmpty { spans.append(Span(cut, .colour(.red, bold: true))) }
        if new > 0 { spans.append(Span("  \(glyphs.new)\(new)", .colour(.cyan, bold: true))) }
        let area = column.area
        frame.put(spans, area.column, area.row - 2, limit: area.columns, ellipsis: glyphs.ellipsis)
        if model.link == .online {
            frame.put(
                words.presence(presence(of: tab)), area.column + 1, area.row - 1,
                limit: area.columns - 1, .faint, ellipsis: glyphs.ellipsis)
        }
    }

    private mutating func paintBlock(_ card: Card, _ area: Area, _ row: Int, _ isFocused: Bool) {
        let chosen = isFocused && isChosen(card)
        var head = [
            Span(chosen ? marks(card) : " " + marks(card).dropFirst(), .colour(.cyan, bold: true)),
            Span(model.isNumbered(card) ? " \(card.number)" : " -", .bold),
        ]
        if card.section != .pending { head.append(Span("  \(glyphs.votes)\(card.votes)")) }
        if card.section == .done || card.section != model.section {
            head.append(Span("  " + rowStatus(card), style(card)))
        }
        let inWords = marksInWords(card, isShort: true)
        if !inWords.isEmpty { head += [Span(" ")] + inWords }
        head.append(Span((inWords.isEmpty ? "  " : " ") + time(card.asked) + " " + flags(card), .faint))
        head += duplicateMarks(card, fullNames: false)
        if let name = card.name { head.append(Span(" " + name, .faint)) }
        line(row, of: area, head)
        let lines = TextLines.wrap(
            card.text, width: area.columns - 3, count: layout.itemRows - 1,
            ellipsis: glyphs.ellipsis)
        for (index, text) in lines.enumerated() {
            line(row + 1 + index, of: area, [Span(text)], indent: 3)
        }
        guard chosen else { return }
        for index in 0..<layout.itemRows where row + index < area.rows {
            frame.restyle(area.column, area.row + row + index, count: area.columns) {
                $0.reverse = true
            }
        }
    }
}
