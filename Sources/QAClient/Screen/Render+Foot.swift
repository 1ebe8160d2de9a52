import QAShared

extension Painter {
    /// The status line and the keys.
    mutating func paintFoot() {
        let width = frame.size.columns
        switch model.mode {
        case .searching(let line): prompt(words.search + words.colon + " ", line.text, line.cursor)
        case .goTo(let digits): prompt(words.goTo + " ", digits, digits.count)
        case .uniting(let uniting):
            let number = model.expected.cards[uniting.id]?.number ?? 0
            prompt(words.unite(number) + words.colon + " ", uniting.line.text, uniting.line.cursor)
        default:
            let (text, style) = status
            frame.put(text, 1, layout.statusRow, limit: width - 2, style, ellipsis: glyphs.ellipsis)
        }
        for (index, row) in keyLines.prefix(layout.keyRows).enumerated() {
            var column = 1
            for entry in fitting(row, width) {
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

    /// The keys of a row that there is room for; the way to help and the way out always are.
    private func fitting(_ row: [KeyWord], _ width: Int) -> [KeyWord] {
        func size(_ entry: KeyWord) -> Int {
            TextWidth.of(entry.key) + TextWidth.of(entry.word) + (entry.key.isEmpty ? 2 : 3)
        }
        func stays(_ entry: KeyWord) -> Bool { entry.key == "?" || entry.key == "q" }
        // One column is left of the first key; the two after the last one need not be there.
        var room = width + 1 - row.filter(stays).reduce(0) { $0 + size($1) }
        return row.filter { entry in
            if stays(entry) { return true }
            guard size(entry) <= room else { return false }
            room -= size(entry)
            return true
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
            let number = model.expected.cards[id].map { model.name($0) + between } ?? ""
            return (" " + number + words.chooseReason + " ", question)
        case .blocking(let id, let on):
            return (
                " " + words.mayBlock(model.expected.cards[id]?.number ?? 0, on: on) + " ", question
            )
        case .dismissingMarked:
            let count = model.fittingMarked("d").count
            return (" \(words.markedKeys(count)[0].word) \(words.chooseReason) ", question)
        case .revoking(let tag):
            let name = model.tokens?.first { $0.tag == tag }?.label ?? tag
            return (" " + words.mayRevoke(name) + " ", question)
        case .closing: return (" " + words.mayClose + " ", question)
        case .writing(let writing):
            if let refusal = writing.refusal {
                return ("! " + refusedText(refusal), .colour(.red, bold: true))
            }
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
        if case .deaf = model.mode {
            let why = model.warning?.text ?? model.info?.text
            let text = "! " + words.keysIgnored + (why.map { between + $0 } ?? "")
            return (text, .colour(.red, bold: true))
        }
        if let warning = model.warning { return ("! " + warning.text, .colour(.red, bold: true)) }
        if let info = model.info { return (info.text, .colour(.green)) }
        return ("", .plain)
    }

    /// Why what was written cannot be sent.
    private func refusedText(_ refusal: Rejection) -> String {
        switch refusal.code {
        case .unconfirmed: words.typeTheWord
        case .textEmpty where refusal.field == "speaker": words.speakerMissing
        default: words.rejection(refusal)
        }
    }

    private var keyLines: [[KeyWord]] {
        switch model.mode {
        case .dismissing, .dismissingMarked: return reasonKeys
        case .menu: return [words.menuKeys]
        case .writing(let writing): return [writingKeys(writing)]
        case .people: return [words.peopleKeys]
        case .refusals: return [words.refusalKeys]
        case .tokens: return [words.tokenKeys]
        case .revoking, .closing: return [words.yesNoKeys]
        case .secret: return [words.secretKeys]
        case .deaf: return [words.deafKeys]
        case .editing: return [words.editKeys]
        case .talks: return [words.talksKeys]
        case .history: return [words.historyKeys]
        case .detail: return [words.detailKeys, duplicateKeys + words.keys[0] + questionKeys]
        case .uniting(let uniting): return [words.unitingKeys(outcome(of: uniting))]
        case .help: return [words.helpKeys]
        case .blocking: return [words.yesNoKeys]
        case .quitting: return [words.quitKeys]
        case .searching: return [words.searchKeys]
        case .goTo: return [words.goToKeys]
        case .normal: break
        }
        // On a wide screen one line holds them all.
        var keys = words.keys
        keys[0] = urgentKeys + duplicateKeys + keys[0] + questionKeys
        keys[1] = (model.refusals.isEmpty ? [] : [KeyWord("F", words.refusalsKey)]) + keys[1] + words.moreKeys[1]
        if model.identity?.role == .organiser { keys[1].insert(KeyWord("O", organisationWord), at: 2) }
        if !model.marked.isEmpty { keys[0] = words.markedKeys(model.marked.count) }
        let all = keys.flatMap { $0 }
        let width = all.reduce(0) { $0 + TextWidth.of($1.key) + TextWidth.of($1.word) + 3 }
        if width < frame.size.columns { return [all] }
        return keys
    }

    /// What cannot wait, or what is done again and again just now.
    private var urgentKeys: [KeyWord] {
        var keys: [KeyWord] = []
        if let card = model.wantsMicrophone, !card.ready || card.id == model.selected?.id {
            keys.append(KeyWord("R", words.microphoneKey(model.shownNumber(card.id), !card.ready)))
        }
        if model.isMovable { keys.append(words.moveKeys) }
        return keys
    }

    /// What can be done to the chosen question besides.
    private var questionKeys: [KeyWord] {
        guard let card = model.selected else { return [] }
        let isWaiting = card.status == "pending" || card.status == "approved"
        return (isWaiting ? [KeyWord("P", words.pinKey(card.pinned))] : []) + words.moreKeys[0]
    }

    private var organisationWord: String { words.menuTitle(.organiser, "").lowercased() }

    private func writingKeys(_ writing: Writing) -> [KeyWord] {
        var about: String?
        if case .channel(nil) = writing.purpose { about = model.selected.map(model.name) }
        return words.writingKeys(writing.purpose, about: about, hasStage: model.stage != nil)
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
