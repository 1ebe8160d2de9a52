// Several questions at once: marked with the space bar, dealt with by one key, taken back by one undo.

import QAShared

extension Model {
    mutating func toggleMark() {
        guard let id = cursor?.id, expected.cards[id] != nil else { return say(words.nothingSelected) }
        if marked.remove(id) == nil {
            guard marked.count < Limits.bulkMaximum else { return warn(words.tooManyMarked(Limits.bulkMaximum)) }
            marked.insert(id)
        }
        move(by: 1)
    }

    /// Marks what the list shows, or nothing when all of it is marked.
    mutating func markAll() {
        let all = Set(rows.prefix(Limits.bulkMaximum))
        marked = marked == all ? [] : all
    }

    /// The marked ones in the order of the list.
    var markedRows: [Card] { rows.filter(marked.contains).compactMap { expected.cards[$0] } }

    /// Does what a key says to all that are marked; false for a key that is for the chosen one.
    mutating func actOnMarked(_ character: Character, _ effects: inout [Effect]) -> Bool {
        guard !marked.isEmpty, "adrv".contains(character) else { return false }
        let fitting = fittingMarked(character)
        guard !fitting.isEmpty else {
            warn(words.noneFits)
            return true
        }
        guard mayAct(character, on: fitting) else { return true }
        switch character {
        case "a": sendMarked(.approve, fitting, &effects)
        case "r": sendMarked(.restore, fitting, &effects)
        case "v": sendMarked(.answer, fitting, &effects)
        default: mode = .dismissingMarked
        }
        return true
    }

    /// The marked ones that the key may be used for: the hub refuses all of them for one that is another venue's.
    func fittingMarked(_ character: Character) -> [QuestionID] {
        markedRows.filter { refusal(character, $0) == nil }.map(\.id)
    }

    private mutating func sendMarked(_ what: BulkAction, _ questions: [QuestionID], _ effects: inout [Effect]) {
        marked = []
        send(.bulk(questions, what), &effects)
    }

    mutating func pressDismissingMarked(_ key: Key, _ effects: inout [Effect]) {
        guard key != .escape else { return mode = .normal }
        guard let reason = Self.reason(key) else { return say(words.chooseReason) }
        mode = .normal
        let fitting = fittingMarked("d")
        guard !fitting.isEmpty else { return warn(words.noneFits) }
        sendMarked(.dismiss(reason), fitting, &effects)
    }
}
