import QAShared

/// Panels, and the keys and help that belong to them.
extension English {
    func menuTitle(_ kind: Menu.Kind, _ question: String) -> String {
        switch kind {
        case .order: "Order of the queue"
        case .hand: "Hand \(question) to the moderator of"
        case .move: "Move \(question) to the talk"
        case .enterVenue: "In which venue was the question heard?"
        case .organiser: ["Organisation", question].filter { !$0.isEmpty }.joined(separator: ": ")
        case .talks: "Talks"
        case .removeTalk: "Talk to remove (without questions)"
        case .moveTalk: "Talk to move"
        case .talkBefore: "Put “\(question)” before"
        case .renameTalk: "Talk to rename"
        case .limit: "Limit to change"
        case .tokenRole: "New token: for whom?"
        case .tokenVenue(let role): "New token, \(self.role(role)): for which venue?"
        }
    }
    func organise(_ action: OrganiserAction, isOn: Bool) -> String {
        switch action {
        case .startRehearsal: "start a rehearsal (all of it goes at its end)"
        case .endRehearsal: "end the rehearsal: all that was done in it goes"
        case .moderated: isOn ? "stop reading questions before they are shown" : "read questions before they are shown"
        case .floor: isOn ? "stop people from asking to speak" : "let people ask to speak"
        case .talks: "talks: add, rename, move, remove"
        case .limits: "change a limit"
        case .title: "change the event's title"
        case .close: "close the event (it can be opened again)"
        case .open: "open the event again"
        case .tokens: "tokens: see, make, revoke"
        }
    }
    func organise(_ action: TalkAction) -> String {
        switch action {
        case .add: "add a talk"
        case .rename: "rename a talk, or change its speaker"
        case .move: "move a talk"
        case .remove: "remove a talk without questions"
        }
    }
    var lastTalk: String { "at the end" }
    var talksHaveQuestions: String { "all talks have questions, or there is one alone: T moves them to another." }
    var mayClose: String { "Close the event? Nothing is taken until it is opened again." }
    func limit(_ limit: EventLimit) -> String {
        switch limit {
        case .textMinimum: "characters of a question, at least"
        case .textMaximum: "characters of a question, at most"
        case .wordsMinimum: "words of a question, at least"
        case .wordMaximum: "characters of a word, at most"
        case .askBurst: "questions in a row, a person"
        case .askEverySeconds: "seconds between two questions after that"
        case .questionsMaximum: "questions in all, at most"
        }
    }
    func writingTitle(_ purpose: Writing.Purpose, _ subject: String) -> String {
        switch purpose {
        case .note: "Notes on \(subject), for moderators alone"
        case .channel: "The moderators' channel"
        case .stage: "Message to the speaker"
        case .entering(_, spoken: true): "Floor request in \(subject)"
        case .entering: "Question heard in \(subject)"
        case .entrant(_, _, spoken: true): "Who asks for the floor? (Enter alone: no name)"
        case .entrant: "Who asked it? (Enter alone: no name)"
        case .labels: "Labels of \(subject)"
        case .endRehearsal: "End the rehearsal"
        case .title: "Title of the event"
        case .newTalk: "New talk"
        case .renameTalk: "Rename the talk"
        case .limit(let limit): "Limit: \(self.limit(limit))"
        case .tokenName(let role, _): "New token, \(self.role(role)): its name"
        }
    }
    func hint(_ purpose: Writing.Purpose) -> String? {
        switch purpose {
        case .entering(_, spoken: true): "On what? Approved at once; the name comes next."
        case .entering: "Approved at once; the person's name comes next."
        case .stage: "It covers the speaker's screen until it is read."
        case .labels: "In small letters, parted by blanks; nothing to take all away. /#word searches them."
        case .endRehearsal:
            "Questions, votes, notes and messages of the rehearsal will be gone for good. \(typeTheWord)"
        case .newTalk, .renameTalk: "Title / who speaks"
        case .limit(let limit): "A number from \(limit.range.lowerBound) to \(limit.range.upperBound)."
        case .tokenName: "For example: Room helper. The token will be shown once."
        default: nil
        }
    }
    var rehearsalWord: String { "erase" }
    var typeTheWord: String { "To do it, type: \(rehearsalWord)" }
    var speakerMissing: String { "who speaks is missing: Title / who speaks." }
    var tokensTitle: String { "Tokens" }
    var revoked: String { "revoked" }
    var listOnItsWay: String { "The list is on its way." }
    var alreadyRevoked: String { "It is revoked already." }
    func mayRevoke(_ name: String) -> String { "Revoke “\(name)”? Whoever uses it is disconnected at once." }
    var organisersOnly: String { "that is for organisers." }
    var rehearsalNeedsNoQuestions: String { "a rehearsal starts only while there are no questions." }
    var secretTitle: String { "New token" }
    var secretOnce: String { "It is shown here and now only: write it down before you close." }
    var secretUse: String {
        "Moderators: in a file (chmod 600), qaclient --token-file. Pages: /speaker#TOKEN, /wall#TOKEN."
    }

    // MARK: Keys

    var moreKeys: [[KeyWord]] {
        [
            [
                KeyWord("N", "note"), KeyWord("H", "hand over"), KeyWord("L", "labels"),
                KeyWord("T", "other talk"), KeyWord("Space", "mark"),
            ],
            [
                KeyWord("C", "channel"), KeyWord("S", "speaker"), KeyWord("E", "enter heard"),
                KeyWord("w", "who is here"),
            ],
        ]
    }
    var moveKeys: KeyWord { KeyWord("J K", "move down, up") }
    func microphoneKey(_ number: Int?, _ on: Bool) -> String {
        (on ? "microphone brought" : "take the microphone back") + (number.map { " no. \($0)" } ?? "")
    }
    func pinKey(_ isPinned: Bool) -> String { isPinned ? "unpin" : "pin" }
    var refusalsKey: String { "refused" }
    func markedKeys(_ count: Int) -> [KeyWord] {
        [
            KeyWord("", "\(count) marked:"), KeyWord("a", "approve"), KeyWord("d", "dismiss"),
            KeyWord("r", "restore"), KeyWord("v", "answered"), KeyWord("Esc", "unmark"),
        ]
    }
    var menuKeys: [KeyWord] {
        [KeyWord("j k", "choose"), KeyWord("Enter", "take"), KeyWord("0-9", "at once"), KeyWord("Esc", "leave")]
    }
    func writingKeys(_ purpose: Writing.Purpose, about: String?, hasStage: Bool) -> [KeyWord] {
        let leave = KeyWord("Esc", purpose.isKept ? "leave (kept)" : "leave")
        switch purpose {
        case .channel:
            let tab = about.map { KeyWord("Tab", "about \($0)") }
            return [KeyWord("Enter", "say to all"), tab, KeyWord("↑ ↓", "older"), leave].compactMap { $0 }
        case .stage:
            let clear = hasStage ? [KeyWord("Ctrl-R", "take the message away")] : []
            return [KeyWord("Enter", "send to the speaker")] + clear + [leave]
        case .entering(_, let spoken):
            return [KeyWord("Enter", "then the name"), KeyWord("Tab", spoken ? "written" : "spoken"), leave]
        case .endRehearsal: return [KeyWord("Enter", "erase all"), leave]
        default: return [KeyWord("Enter", "save"), leave]
        }
    }
    var peopleKeys: [KeyWord] { helpKeys }
    var refusalKeys: [KeyWord] {
        [KeyWord("j k", "choose"), KeyWord("a", "again"), KeyWord("l", "let go"), KeyWord("Esc", "close")]
    }
    var tokenKeys: [KeyWord] {
        [KeyWord("j k", "choose"), KeyWord("n", "new"), KeyWord("x", "revoke"), KeyWord("Esc", "close")]
    }
    var secretKeys: [KeyWord] { [KeyWord("Enter", "written down: take it off the screen")] }

    var helpOnOrder: [KeyWord] {
        [
            KeyWord("", "The queue and the floor"),
            KeyWord("o", "order of the queue: turns, votes, arrival, by hand"),
            KeyWord("P", "pin before all others, unpin"),
            KeyWord("J K", "move down, up in the order by hand"),
            KeyWord("R", "microphone brought to (or taken from) who asks to speak"),
        ]
    }
    var helpTogether: [KeyWord] {
        [
            KeyWord("", "With the others"),
            KeyWord("N", "notes on the question: read, write"),
            KeyWord("C", "the moderators' channel; Tab is about the chosen question"),
            KeyWord("H", "hand the question to another venue, or take it back"),
            KeyWord("L", "labels; /#word searches a label"),
            KeyWord("T", "move the question to another talk"),
            KeyWord("E", "enter a question heard in the room"),
            KeyWord("S", "message to the speaker, read or not; Ctrl-R takes it away"),
            KeyWord("w", "who is here, and at which question"),
            KeyWord("F", "what the hub refused the venue's relay"),
            KeyWord("O", "organisation: rehearsal, reading, floor, talks, limits, title, closing, tokens"),
        ]
    }
    var helpOnMarks: [KeyWord] {
        [
            KeyWord("", "Several at once"),
            KeyWord("Space *", "mark the question, the whole list; Esc unmarks"),
            KeyWord("a d r v", "for all that are marked; u undoes all of it"),
        ]
    }
    func signsTogether(_ glyphs: Glyphs) -> String { "\(glyphs.marked) marked" }
}
