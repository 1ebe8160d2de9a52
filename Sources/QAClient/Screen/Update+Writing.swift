// Texts that are written for somebody: notes, the channel, the stage, labels, questions from the room, and an
// organiser's titles. All keys are text until Enter or Escape.

import QAShared

extension Model {
    /// Opens the editor for that purpose, with what was left in it or what is there already.
    mutating func write(_ purpose: Writing.Purpose, _ text: String = "") {
        let draft = unsent[purpose.draft]
        mode = .writing(Writing(purpose: purpose, line: LineEditor(draft ?? text)))
        if draft != nil { say(words.draftFound) }
    }

    mutating func pressWriting(_ key: Key, _ writing: Writing, _ effects: inout [Effect]) {
        var next = writing
        next.refusal = nil
        switch key {
        case .escape: leave(writing)
        case .enter:
            do {
                try finish(writing, &effects)
            } catch {
                next.refusal = error
                mode = .writing(next)
            }
        case .tab:
            switch writing.purpose {
            case .channel(let about): next.purpose = .channel(about: about == nil ? selected?.id : nil)
            case .entering(let venue, let spoken) where view.event?.floor == true:
                next.purpose = .entering(venue, spoken: !spoken)
            default: return
            }
            mode = .writing(next)
        case .control("r"):
            guard case .stage = writing.purpose, stage != nil else { return }
            leave(writing)
            send(.clearStage, &effects)
        case .pageUp, .up:
            next.scroll = writing.scroll + (key == .up ? 1 : 5)
            mode = .writing(next)
        case .pageDown, .down:
            next.scroll = max(0, writing.scroll - (key == .down ? 1 : 5))
            mode = .writing(next)
        default:
            guard next.line.edit(key) else { return }
            mode = .writing(next)
        }
    }

    private mutating func leave(_ writing: Writing) {
        mode = .normal
        let text = writing.line.text
        unsent[writing.purpose.draft] = writing.purpose.isKept && !text.isEmpty ? text : nil
        if writing.purpose.isKept, !text.isEmpty { say(words.textKept) }
    }

    private mutating func finish(_ writing: Writing, _ effects: inout [Effect]) throws(Rejection) {
        let raw = writing.line.text
        switch writing.purpose {
        case .note(let id):
            let text = try QuestionText.checkedRemark(raw, maximum: Limits.remarkMaximum)
            sent(writing)
            send(.note(id, text: text), &effects)
        case .channel(let about):
            // Whoever has nothing to say has read.
            if QuestionText.clean(raw).isEmpty { return leave(writing) }
            let text = try QuestionText.checkedRemark(raw, maximum: Limits.remarkMaximum)
            sent(writing)
            send(.say(text: text, about: about), &effects)
            mode = .writing(Writing(purpose: .channel(about: nil)))
        case .stage:
            let text = try QuestionText.checkedRemark(raw, maximum: Limits.stageMaximum)
            sent(writing)
            send(.stage(text: text), &effects)
        case .entering(let venue, let spoken):
            let limits = identity?.limits ?? EventLimits()
            let text = try QuestionText.checked(raw, limits: spoken ? limits.ofSubject : limits)
            sent(writing)
            write(.entrant(venue, text: text, spoken: spoken))
        case .entrant(let venue, let text, let spoken):
            let name = try QuestionText.checkedName(raw.isEmpty ? nil : raw)
            sent(writing)
            // Heard during this talk, however long the line is cut.
            let talk = view.event?.talk
            send(.enter(text: text, name: name, venue: venue, talk: talk, spoken: spoken), &effects)
        case .labels(let id):
            let labels = try Labels.checked(Self.labels(raw))
            sent(writing)
            guard labels != expected.cards[id]?.labels else { return say(words.nothingDone) }
            send(.label(id, labels: labels), &effects)
        case .endRehearsal, .title, .newTalk, .renameTalk, .limit, .tokenName: try finishOrganising(writing, &effects)
        }
    }

    /// The text that a command carries, and what it was written for.
    private func text(of command: Command?) -> (purpose: Writing.Purpose, text: String)? {
        switch command {
        case .note(let id, let text): (.note(id), text)
        case .say(let text, let about): (.channel(about: about), text)
        case .stage(let text): (.stage, text)
        case .enter(let text, _, let venue, _, let spoken): (.entering(venue, spoken: spoken), text)
        default: nil
        }
    }

    /// What the hub refused need not be typed anew; true when there is something to take up again.
    mutating func keepText(of command: Command?) -> Bool {
        guard let (purpose, text) = text(of: command), unsent[purpose.draft] == nil else { return false }
        unsent[purpose.draft] = text
        return true
    }

    /// Nothing of the text is left to keep.
    mutating func sent(_ writing: Writing) {
        unsent[writing.purpose.draft] = nil
        mode = .normal
    }

    /// Labels as people type them: in small letters, with or without the sign, parted by blanks or commas.
    static func labels(_ text: String) -> [String] {
        QuestionText.clean(text).lowercased().split { $0 == " " || $0 == "," || $0 == ";" }
            .map { String($0.drop { $0 == "#" }) }.filter { !$0.isEmpty }
    }
}

extension Writing.Purpose {
    /// Under which a text that was left is found again.
    var draft: Self {
        switch self {
        case .channel: .channel(about: nil)
        case .entering(let venue, _): .entering(venue)
        default: self
        }
    }

    /// Whether a text that is left is worth keeping.
    var isKept: Bool {
        switch self {
        case .note, .channel, .stage, .entering: true
        case .entrant, .labels, .endRehearsal, .title, .newTalk, .renameTalk, .limit, .tokenName: false
        }
    }

    /// How long the text may be; nil where the hub alone knows.
    var maximum: Int? {
        switch self {
        case .note, .channel: Limits.remarkMaximum
        case .stage: Limits.stageMaximum
        case .entrant: Limits.nameMaximum
        case .tokenName: Limits.labelMaximum
        case .title: Limits.titleMaximum
        case .entering, .labels, .endRehearsal, .newTalk, .renameTalk, .limit: nil
        }
    }
}
