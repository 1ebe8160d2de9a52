// Erasing words: what it takes of a question, and why nothing of them is left in the state.

extension State {
    func erase(_ id: QuestionID, _ part: ErasedPart) throws(Rejection) -> [Change] {
        let question = try known(id)
        let isLeft =
            switch part {
            case .text:
                !question.isTextErased || !question.notes.isEmpty || channel.contains { $0.about == id }
            case .name: !question.isNameErased && question.name != nil
            }
        return isLeft ? [.erased(id, part)] : []
    }

    /// The same whether the words were there or had been erased from the log before it was read.
    mutating func erase(_ id: QuestionID, _ part: ErasedPart, _ touched: inout Touched) {
        guard let number = numbers[id] else { return }
        // The word it waited for may be of the text or of the name.
        questions[number - 1].held = nil
        switch part {
        case .name:
            questions[number - 1].name = nil
            questions[number - 1].isNameErased = true
        case .text:
            questions[number - 1].text = ""
            questions[number - 1].original = nil
            questions[number - 1].notes = []
            questions[number - 1].isTextErased = true
            forgetFlags(around: number, &touched)
            if channel.contains(where: { $0.about == id }) {
                channel.removeAll { $0.about == id }
                touched.channel = true
            }
        }
        for index in actions.indices {
            actions[index].changes = actions[index].changes.map { without($0, id, number, part) }
        }
        touched.cards.append(number)
        touched.participants.append(questions[number - 1].asker)
    }

    /// A change as it would read had its words been erased from the log before.
    private func without(_ change: Change, _ id: QuestionID, _ number: Int, _ part: ErasedPart) -> Change {
        switch (change, part) {
        case (.questionAsked(var asked), _) where asked.number == number:
            asked.held = asked.held.map { _ in "" }
            if part == .text { asked.text = "" } else { asked.name = nil }
            return .questionAsked(asked)
        case (.textEdited(id, _, _), .text): return .textEdited(id, from: "", to: "")
        case (.noteAdded(id, var note), .text):
            note.text = ""
            return .noteAdded(id, note)
        case (.noteRemoved(id, var note), .text):
            note.text = ""
            return .noteRemoved(id, note)
        case (.said(var message), .text) where message.about == id:
            message.text = ""
            return .said(message)
        case (.unsaid(var message), .text) where message.about == id:
            message.text = ""
            return .unsaid(message)
        default: return change
        }
    }
}
