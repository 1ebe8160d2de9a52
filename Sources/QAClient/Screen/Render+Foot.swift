import QAShared

extension Painter {
    /// The status line and the keys.
    mutating func paintFoot() {
        let width = frame.size.columns
        switch model.mode {
        case .searching(let line): prompt(words.search + words.colon + " ", line.text, line.cursor)
        case .goTo(let digits): prompt(words.goTo + " ", digits, digits.count)
        default:
            let (text, style) = status
            frame.put(text, 1, layout.statusRow, limit: width - 2, style, ellipsis: glyphs.ellipsis)
        }
        let rows = keyLines
        for (index, row) in rows.prefix(layout.keyRows).enumerated() {
            var column = 1
            for entry in row {
                let size = TextWidth.of(entry.key) + TextWidth.of(entry.word) + 1
                guard column + size <= width else { break }
                column += frame.put(
                    entry.key, column, layout.statusRow + 1 + index, limit: width - column,
                    .colour(.cyan, bold: true))
                if !entry.key.isEmpty { column += 1 }
                column += frame.put(
                    entry.word, column, layout.statusRow + 1 + index, limit: width - column)
                column += 2
            }
        }
    }

    private mutating func prompt(_ label: String, _ text: String, _ cursor: Int) {
        let row = layout.statusRow
        let used = frame.put(label, 1, row, limit: frame.size.columns - 2, .bold)
        frame.put(
            text, 1 + used, row, limit: frame.size.columns - used - 2, ellipsis: glyphs.ellipsis)
        let before = TextWidth.of(String(text.prefix(cursor)))
        frame.cursor = Point(column: min(frame.size.columns - 1, 1 + used + before), row: row)
    }

    private var status: (String, Style) {
        let question = Style(bold: true, reverse: true)
        switch model.mode {
        case .dismissing(let id):
            let number = model.expected.cards[id].map { words.number($0.number) + " · " } ?? ""
            return (" " + number + words.chooseReason + " ", question)
        case .blocking(let id, let on):
            return (
                " " + words.mayBlock(model.expected.cards[id]?.number ?? 0, on: on) + " ", question
            )
        case .quitting: return (" " + words.mayQuit(model.unanswered) + " ", question)
        case .editing(let edit):
            if let refusal = edit.refusal {
                return ("! " + words.rejection(refusal), .colour(.red, bold: true))
            }
            if model.view.cards[edit.id]?.text != edit.base {
                return ("! " + words.changedMeanwhile, .colour(.yellow, bold: true))
            }
        default: break
        }
        if let warning = model.warning { return ("! " + warning.text, .colour(.red, bold: true)) }
        if let info = model.info { return (info.text, .colour(.green)) }
        return ("", .plain)
    }

    private var keyLines: [[KeyWord]] {
        switch model.mode {
        case .dismissing: return reasonKeys
        case .editing: return [words.editKeys]
        case .talks: return [words.talksKeys]
        case .history: return [words.historyKeys]
        case .detail: return [words.detailKeys, words.keys[0]]
        case .help: return [words.helpKeys]
        case .blocking: return [words.yesNoKeys]
        case .quitting: return [words.quitKeys]
        case .searching: return [words.searchKeys]
        case .goTo: return [words.goToKeys]
        case .normal: break
        }
        // On a wide screen one line holds them all.
        let all = words.keys.flatMap { $0 }
        let width = all.reduce(0) { $0 + TextWidth.of($1.key) + TextWidth.of($1.word) + 3 }
        if width < frame.size.columns { return [all] }
        return words.keys
    }

    private var reasonKeys: [[KeyWord]] {
        let reasons = Model.reasons.enumerated().map { index, reason in
            KeyWord(String(index + 1), words.reason(reason.rawValue))
        }
        let width = reasons.reduce(0) { $0 + TextWidth.of($1.word) + 4 }
        if width < frame.size.columns { return [reasons] }
        return [Array(reasons.prefix(4)), Array(reasons.dropFirst(4))]
    }
}
