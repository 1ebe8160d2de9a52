import QAShared

// Words of a question taken away for good, and what is to be said about where else they may be.
extension ControlDesk {
    func erase(_ name: String, _ part: ErasedPart, _ now: Now, _ answer: @escaping (ControlAnswer) -> Void) {
        guard hub.relaying == nil else {
            return answer(.bad("not_the_hub: Erase at the hub: its relays erase what it erases, once they hear of it."))
        }
        let questions = hub.state.questions
        let numbered = Int(name).flatMap { questions.indices.contains($0 - 1) ? questions[$0 - 1] : nil }
        guard let question = numbered ?? QuestionID(text: name).flatMap(hub.state.question) else {
            return answer(
                .bad("unknown_question: There is no question “\(QuestionText.clean(name))”. Name its number or its id.")
            )
        }
        let lines = Self.said(of: question, part) + quotes(of: question, part)
        submit(.erase(question.id, part), now) { result in
            switch result {
            case .failure(let rejection): answer(.bad(Self.sentence(rejection)))
            case .success:
                // What could not be overwritten with the batch is tried once more, and said if it fails.
                work(answer) { log throws(LogError) in
                    do throws(LogError) {
                        try log.tidy()
                    } catch {
                        throw .untidy(error.sentence)
                    }
                    return lines
                }
            }
        }
    }

    private static func said(of question: Question, _ part: ErasedPart) -> [String] {
        switch part {
        case .name where question.name == nil && !question.isNameErased:
            ["Question \(question.number) was asked without a name: there was nothing to erase."]
        case .name: ["The name of who asked question \(question.number) is erased."]
        case .text:
            [
                "The text of question \(question.number) is erased, with what it was edited from and what moderators wrote about it."
            ]
        }
    }

    /// Where the same words stand elsewhere: they are other people's, and stay until they are erased too.
    private func quotes(of question: Question, _ part: ErasedPart) -> [String] {
        let words: String?
        switch part {
        case .text: words = question.isTextErased ? nil : question.text
        case .name: words = question.name
        }
        guard let words, !words.isEmpty else { return [] }
        func holds(_ text: String?) -> Bool { text?.lowercased().contains(words.lowercased()) == true }
        let others = hub.state.questions.filter { other in
            other.id != question.id
                && (holds(other.text) || holds(other.original) || holds(other.name)
                    || other.notes.contains { holds($0.text) })
        }
        var lines: [String] = []
        if !others.isEmpty {
            let numbers = others.prefix(20).map { String($0.number) }.joined(separator: ", ")
            lines.append("The same words stand with other questions, which keep them: \(numbers).")
        }
        let isSaid = hub.state.channel.contains { $0.about != question.id && holds($0.text) }
        if isSaid || holds(hub.state.stage?.text) {
            lines.append("The same words stand in a message of the moderators, which keeps them.")
        }
        return lines
    }
}
