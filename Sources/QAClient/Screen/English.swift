import QAShared

/// English.
struct English: Words {
    let code = "en"
    let colon = ":"
    let yesKeys: Set<Key> = [.character("y"), .character("Y")]

    let noEvent = "Questions from the audience"
    let connecting = "connecting…"
    let online = "online"
    func offline(seconds: Int) -> String { "offline for \(duration(seconds))" }
    func failure(_ reason: String) -> String {
        switch reason {
        case "Unable to connect": "server not reachable"
        case "Timed out waiting SSL": "no answer (TLS)"
        case _ where reason.hasPrefix("HS: "): "unexpected answer at this address"
        default: reason
        }
    }
    func unanswered(_ count: Int) -> String { "\(count) waiting to be sent" }
    func intake(_ open: Bool) -> String { open ? "taking questions" : "PAUSED: no questions taken" }
    let eventClosed = "EVENT CLOSED"
    func orderIs(_ order: QueueOrder) -> String { "order: \(orderWord(order))" }
    func orderWord(_ order: QueueOrder) -> String {
        switch order {
        case .byTurns: "by turns"
        case .byVotes: "votes"
        case .byTime: "arrival"
        case .byHand: "by hand"
        }
    }
    func phase(_ phase: TalkPhase) -> String {
        switch phase {
        case .planned: "planned"
        case .running: "running"
        case .ended: "ended"
        }
    }
    func burst(_ count: Int) -> String { "\(count) first votes at once" }
    func burstTold(_ count: Int, _ time: String) -> String {
        "\(count) first votes within 10 s (\(time)), more than the room explains: it may be one person."
    }
    func codes(_ codes: Presence.Codes) -> String { "votes by code, \(codes.used) of \(codes.issued) used" }
    func presence(_ count: Presence.Count) -> String {
        var parts = ["\(plural(count.phones, "phone"))", "\(count.moderators) mod."]
        if count.speakers > 0 { parts.append(plural(count.speakers, "speaker")) }
        if count.displays > 0 { parts.append(plural(count.displays, "wall")) }
        return parts.joined(separator: ", ")
    }
    func presenceInBrief(_ count: Presence.Count) -> String {
        var parts = ["\(count.phones) ph.", "\(count.moderators) mod."]
        if count.speakers > 0 { parts.append("\(count.speakers) spk.") }
        if count.displays > 0 { parts.append("\(count.displays) wall") }
        return parts.joined(separator: " ")
    }
    let all = "All"
    func section(_ section: Section) -> String {
        switch section {
        case .pending: "To read"
        case .approved: "Approved"
        case .live: "Live"
        case .done: "Done"
        case .doubtful: "Duplicates"
        }
    }
    func newOnes(_ count: Int) -> String { "\(count) new" }
    func ownVenue(_ name: String) -> String { "you: \(name)" }

    func number(_ number: Int) -> String { "no. \(number)" }
    func status(_ card: Card) -> String {
        switch card.status {
        case "pending": "to read"
        case "dismissed": card.reason == "withdrawn" ? "withdrawn" : "dismissed"
        default: card.status
        }
    }
    func reason(_ word: String) -> String {
        switch word {
        case "off_topic": "off topic"
        case "already_answered": "already answered"
        case "no_time": "no time left"
        case "other": "other reason"
        case "withdrawn": "withdrawn by its asker"
        default: word
        }
    }
    func votes(_ count: Int) -> String { plural(count, "vote") }
    let original = "Original text"
    let waitingForAnswer = "waiting for the hub"
    let blockedDevice = "device blocked"
    let erasedText = "[text erased]"
    func sameDevice(_ count: Int) -> String { "\(count) questions from this device" }
    func otherVenue(_ name: String) -> String { "triaged by \(name)" }
    func empty(_ section: Section) -> String {
        switch section {
        case .pending: "Nothing to read: all is triaged."
        case .approved: "No approved question is waiting."
        case .live: "No question is live."
        case .done: "No question is done."
        case .doubtful: nothingDoubtful
        }
    }
    let nobodyLive = "No question is live."
    let queue = "Queue"
    func more(_ count: Int) -> String { "and \(count) more" }

    func done(_ what: String, number: Int?, talk: String?, reason: String?) -> String {
        let question = number.map(self.number) ?? "question"
        let why = reason.map { " (\($0))" } ?? ""
        switch what {
        case "approve": return "\(question) approved"
        case "edit": return "\(question) edited"
        case "dismiss": return "\(question) dismissed\(why)"
        case "restore": return "\(question) restored"
        case "takeLive": return "\(question) taken live"
        case "answer": return "\(question) answered"
        case "putBack": return "\(question) put back into the queue"
        case "unite": return united(number, into: nil)
        case "separate": return separated(number, from: nil)
        case "distinguish": return distinguished(number, from: nil)
        case "block": return "device of \(question) blocked"
        case "unblock": return "device of \(question) unblocked"
        case "startTalk": return "talk started: \(talk ?? "")"
        case "endTalk": return "talk ended: \(talk ?? "")"
        case "pauseIntake": return "intake paused"
        case "resumeIntake": return "intake resumed"
        case "setOrder": return "order of the queue changed"
        case "pin": return "\(question) pinned"
        case "unpin": return "\(question) not pinned any more"
        case "place": return "\(question) moved in the queue"
        case "ready": return "microphone for \(question)"
        case "closeEvent": return "event closed"
        case "openEvent": return "event opened again"
        case "note": return "note on \(question)"
        case "say": return number.map { "said to the moderators about \(self.number($0))" } ?? "said to the moderators"
        case "hand": return "\(question) handed to another venue"
        case "stage": return "message to the speaker"
        case "stageRead": return "message read by the speaker"
        case "clearStage": return "message to the speaker taken away"
        case "enter": return "\(question) entered from the room"
        case "label": return "\(question) labelled"
        case "bulk": return "several questions triaged at once"
        case "move": return "\(question) moved to another talk\(talk.map { ": \($0)" } ?? "")"
        case "startRehearsal": return "rehearsal started"
        case "endRehearsal": return "rehearsal ended"
        case "amend": return "event changed"
        case "erase": return "words of \(question) erased for good"
        case "undo": return number.map { "undo on \(self.number($0))" } ?? "undo"
        default: return what
        }
    }
    func orderSet(_ order: QueueOrder) -> String {
        switch order {
        case .byTurns: "the venues take turns in the queue"
        case .byVotes: "queue ordered by votes"
        case .byTime: "queue ordered by arrival"
        case .byHand: "queue ordered by hand"
        }
    }
    func doesNotFit(_ card: Card) -> String {
        "not possible, the question is \(status(card))\(card.blocked ? " and its device blocked" : "")."
    }
    func later(_ what: String) -> String { "\(what), sent when the line is back" }
    func undoing(_ what: String) -> String { "Undo asked for: \(what)" }
    func undone(_ what: String) -> String { what.isEmpty ? "Undone." : "Undone: \(what)" }
    func droppedUnsent(_ what: String) -> String { "Undone before it was sent: \(what)" }
    let nothingToUndo = "You have nothing to undo."
    let alreadyUndone = "It is undone already."
    let nothingDone = "Nothing was changed."
    let nothingSelected = "No question is selected."
    func nothingNew(_ venue: String?) -> String {
        "Nothing new\(venue.map { " for \($0)" } ?? "")."
    }
    func noSuchNumber(_ number: Int) -> String { "There is no no. \(number) here." }
    let keysIgnored = "Keys ignored (pause 1 s or Esc)"
    let draftKept = "Draft kept: e takes it up again."
    let draftFound = "Here is your draft."
    let notSavedOnDisk =
        "Waiting actions cannot be written to the disk: do not quit before they are sent."
    let noShellAbove = "No shell is above to come back from: the program stays; q quits it."
    func who(_ action: ActionInfo, venue: String?, isOwn: Bool) -> String {
        if isOwn { return "you" }
        let role =
            action.role == .speaker ? "speaker" : action.role == .organiser ? "organiser" : nil
        return [venue, role].compactMap { $0 }.joined(separator: ", ").ifEmpty("moderator")
    }
    let undoneMark = "undone"

    let chooseReason = "Dismiss: type the digit of the reason, Esc leaves."
    func mayBlock(_ number: Int, on: Bool) -> String {
        on
            ? "Block the device of no. \(number) (no asking, no voting)?"
            : "Unblock the device of no. \(number)?"
    }
    func mayQuit(_ count: Int) -> String {
        "\(plural(count, "action")) not sent, kept on disk. Quit?"
    }
    func editing(_ number: Int) -> String { "Edit no. \(number)" }
    let changedMeanwhile = "The text was changed elsewhere meanwhile."
    let talksTitle = "Talks"
    let historyTitle = "Latest actions"
    let historyEmpty = "No actions yet."
    let search = "Search"
    func found(_ count: Int, _ query: String) -> String {
        "Search “\(query)”: \(plural(count, "question"))"
    }
    let goTo = "Go to no."
    let helpTitle = "Help"
    func tooSmall(_ needed: Size, _ size: Size) -> String {
        "The window is too small (\(size.columns)×\(size.rows)): make it at least \(needed.columns)×\(needed.rows)."
    }

    func closed(_ code: UInt16) -> String {
        switch CloseCode(rawValue: code) {
        case .tokenInvalid: "The hub does not know this token. Ask the organisers for one."
        case .tokenRevoked: "This token was revoked. Ask the organisers for another."
        case .certificateUnknown:
            "This certificate is nobody's at this event, or its authority took it back. The organisers add it to the event file."
        case .roleRefused: "This is not a moderator's token."
        case .venueUnknown: "The venue of this token does not exist in this event."
        case .versionUnknown: "The hub speaks another version of the protocol: update qaclient."
        case .normal: "The hub ended the connection."
        default: "The hub refused what this program sent (code \(code))."
        }
    }
    func leftBehind(_ count: Int) -> String {
        "\(plural(count, "action")) left on the disk, to be sent the next time."
    }
    let notATerminal = "qaclient is used in an interactive terminal."
    let tokenAsArgument =
        "A token given as an argument is seen by everybody on this machine: use QARELAY_TOKEN or --token-file FILE."
    let noToken = "A moderator's token is needed: in QARELAY_TOKEN or with --token-file FILE."
    func tokenFileUnreadable(_ path: String, _ why: String) -> String {
        "The token file \(path) cannot be read: \(why)."
    }
    func tokenFileOpenToOthers(_ path: String) -> String {
        "Others can read the token in \(path), so it is not used. Do: chmod 600 \(path)"
    }
    func tokenFileEmpty(_ path: String) -> String { "The first line of \(path) is not a token." }
    func badHub(_ text: String) -> String {
        "“\(text)” is not the address of a hub; it should look like ws://127.0.0.1:8080 or wss://HOST."
    }

    func plural(_ count: Int, _ one: String) -> String {
        "\(count) \(one)\(count == 1 ? "" : "s")"
    }

    private func duration(_ seconds: Int) -> String {
        seconds < 60 ? "\(seconds) s" : "\(seconds / 60) min \(seconds % 60) s"
    }
}
