// Words that must be gone for good, and where in the log they stand.

/// What of a question is erased.
public enum ErasedPart: String, CaseIterable, Sendable {
    /// Its text, all that it ever was edited from, and what moderators wrote about it.
    case text
    /// The name that its asker gave.
    case name
}

extension Entry {
    /// Those of this entry's texts that go when a part of a question is erased.
    public func texts(of question: QuestionID, _ part: ErasedPart) -> [String] {
        changes.flatMap { change -> [String] in
            switch (change, part) {
            case (.questionAsked(let asked), .text) where commandID?.of() == question:
                [asked.text, asked.held].compactMap(\.self)
            case (.questionAsked(let asked), .name) where commandID?.of() == question:
                [asked.name, asked.held].compactMap(\.self)
            case (.textEdited(question, let from, let to), .text): [from, to]
            case (.noteAdded(question, let note), .text), (.noteRemoved(question, let note), .text): [note.text]
            case (.said(let message), .text), (.unsaid(let message), .text):
                message.about == question ? [message.text] : []
            default: []
            }
        }
    }

    /// What this entry erases.
    public var erasures: [(question: QuestionID, part: ErasedPart)] {
        changes.compactMap { change in
            if case .erased(let question, let part) = change { (question, part) } else { nil }
        }
    }
}

extension Command {
    /// The same with nothing in place of the words that go when a part of a question is erased; nil when it has none
    /// of them.
    public func erased(_ question: QuestionID, _ part: ErasedPart, id: CommandID) -> Command? {
        switch (self, part) {
        case (.ask(_, let name, let talk, let spoken), .text) where id.of() == question:
            .ask(text: "", name: name, talk: talk, spoken: spoken)
        case (.ask(let text, .some, let talk, let spoken), .name) where id.of() == question:
            .ask(text: text, name: nil, talk: talk, spoken: spoken)
        case (.enter(_, let name, let venue, let talk, let spoken), .text) where id.of() == question:
            .enter(text: "", name: name, venue: venue, talk: talk, spoken: spoken)
        case (.enter(let text, .some, let venue, let talk, let spoken), .name) where id.of() == question:
            .enter(text: text, name: nil, venue: venue, talk: talk, spoken: spoken)
        case (.edit(question, _), .text): .edit(question, text: "")
        case (.note(question, _), .text): .note(question, text: "")
        case (.say(_, .some(question)), .text): .say(text: "", about: question)
        default: nil
        }
    }
}
