import QAShared

extension Painter {
    /// What is asked or typed, over the list or the detail.
    mutating func paintMode() {
        switch model.mode {
        case .normal, .deaf, .searching, .goTo, .quitting, .dismissing, .blocking, .dismissingMarked, .closing: break
        case .menu(let menu): paintMenu(menu)
        case .writing(let writing): paintWriting(writing)
        case .people(let scroll): paintPeople(scroll)
        case .refusals(let ordinal): paintRefusals(ordinal)
        case .tokens(let tag): paintTokens(tag)
        case .revoking(let tag): paintTokens(tag)
        case .secret: break
        case .editing(let edit): paintEditor(edit)
        case .detail(let scroll):
            guard let card = model.selected else { return }
            let area = page(model.name(card))
            let lines = detail(card, width: area.columns - 2, isWhole: true)
            paint(lines.map(\.spans), area, scroll: scroll)
        case .talks(let chosen): paintTalks(chosen)
        case .history(let sequence): paintHistory(sequence)
        case .help(let scroll): paintHelp(scroll)
        case .uniting(let uniting): paintHits(uniting)
        }
    }

    /// Blanks the body and gives it a title; what is below the title is returned.
    mutating func page(_ title: String) -> Area {
        let body = layout.body
        frame.clear(body)
        rule(body.row, body, title)
        return Area(
            column: body.column, row: body.row + 1, columns: body.columns, rows: body.rows - 1)
    }

    // MARK: The editor

    private mutating func paintEditor(_ edit: Mode.Edit) {
        var area = layout.detail
        let rows = max(area.rows, min(9, layout.body.rows - 4))
        area.row -= rows - area.rows
        area.rows = rows
        frame.clear(area)
        let card = model.expected.cards[edit.id]
        let count = QuestionText.clean(edit.line.text).unicodeScalars.count
        let limit = (model.identity?.limits ?? EventLimits()).textMaximum
        rule(area.row - 1, area, words.editing(card?.number ?? 0))
        let counter = " \(count)/\(limit) "
        let width = TextWidth.of(counter)
        frame.put(
            counter, area.column + area.columns - width - 1, area.row - 1, limit: width,
            count > limit ? .colour(.red, bold: true) : .bold)
        let original = TextLines.wrap(
            words.original + words.colon + " " + (card?.original ?? edit.base),
            width: area.columns - 2, count: max(1, area.rows / 3), ellipsis: glyphs.ellipsis)
        let room = area.rows - original.count
        paintEditedText(
            edit.line,
            Area(column: area.column + 1, row: area.row, columns: area.columns - 2, rows: room))
        for (row, text) in original.enumerated() {
            line(room + row, of: area, [Span(text, .faint)], indent: 1)
        }
    }

    /// The text in rows, scrolled so that the cursor's row is seen.
    mutating func paintEditedText(_ text: LineEditor, _ area: Area) {
        let rows = text.rows(width: area.columns)
        let cursorRow = rows.lastIndex { $0.lowerBound <= text.cursor } ?? 0
        let first = max(0, cursorRow - area.rows + 1)
        for (index, row) in rows.enumerated().dropFirst(first).prefix(area.rows) {
            frame.put(
                String(text.characters[row]), area.column, area.row + index - first,
                limit: area.columns, ellipsis: nil)
        }
        let before = String(text.characters[rows[cursorRow].lowerBound..<text.cursor])
        frame.cursor = Point(
            column: area.column + min(TextWidth.of(before), area.columns),
            row: area.row + cursorRow - first)
    }

    // MARK: Lists to choose from

    private mutating func paintTalks(_ chosen: TalkID) {
        let area = page(words.talksTitle)
        let talks = model.view.event?.talks ?? []
        let lines = talks.map { talk in
            let phase = model.expected.phases[talk.id] ?? talk.phase
            return [
                Span(
                    words.phase(phase).padded(9),
                    phase == .running ? .colour(.green, bold: true) : .plain),
                Span(talk.title, .bold),
                Span(talk.speaker.isEmpty ? "" : between + talk.speaker),
            ]
        }
        paintChoices(lines, chosen: talks.firstIndex { $0.id == chosen } ?? 0, area)
    }

    private mutating func paintHistory(_ sequence: Int) {
        let area = page(words.historyTitle)
        let actions = model.history
        guard !actions.isEmpty else {
            line(1, of: area, [Span(words.historyEmpty, .faint)], indent: 2)
            return
        }
        let lines = actions.map { action in
            let isOwn = action.by == model.identity?.by
            let venue = action.venue.map(model.venueName)
            var spans = [
                Span(time(action.time) + "  "),
                Span(
                    words.who(action, venue: venue, isOwn: isOwn).padded(18) + " ",
                    isOwn ? .bold : .plain),
                Span(model.describe(action), action.undone ? .faint : .plain),
            ]
            if action.undone { spans.append(Span("  (\(words.undoneMark))", .colour(.yellow))) }
            return spans
        }
        paintChoices(lines, chosen: model.historyIndex(sequence), area)
    }

    mutating func paintChoices(_ lines: [[Span]], chosen: Int, _ area: Area) {
        let first = max(0, min(chosen - area.rows / 2, lines.count - area.rows))
        for (index, spans) in lines.enumerated().dropFirst(first).prefix(area.rows) {
            let mark = Span(index == chosen ? glyphs.cursor + " " : "  ", .bold)
            line(index - first, of: area, [mark] + spans)
            guard index == chosen else { continue }
            frame.restyle(area.column, area.row + index - first, count: area.columns) {
                $0.reverse = true
            }
        }
    }

    private mutating func paintHelp(_ scroll: Int) {
        let area = page(words.helpTitle)
        let lines =
            words.help.map { entry -> [Span] in
                entry.key.isEmpty
                    ? [Span(entry.word, .bold)]
                    : [
                        Span("  " + entry.key.padded(9), .colour(.cyan, bold: true)),
                        Span(entry.word),
                    ]
            }
            + [words.signs(glyphs) + ", " + words.signsTogether(glyphs), words.signsOfDuplicates(glyphs)].flatMap {
                signs in
                TextLines.wrap(signs, width: area.columns - 2).map { [Span($0)] }
            }
        paint(lines, area, scroll: scroll)
    }
}
