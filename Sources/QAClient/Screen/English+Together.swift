import QAShared

/// The order, the floor, other moderators.
extension English {
    var turns: String { "Turns:" }
    func cutSince(_ time: String?) -> String { "cut off" + (time.map { " since \($0)" } ?? "") }
    func lineCut(_ trouble: LineTrouble, waiting: Int) -> String {
        "line cut: \(self.trouble(trouble)) – \(waiting) waiting"
    }
    private func trouble(_ trouble: LineTrouble) -> String {
        switch trouble {
        case .codeUnknown: "pairing code unknown"
        case .codeRevoked: "pairing code revoked"
        case .notARelay: "code of another role"
        case .otherVenue: "code of another venue"
        case .codeInUse: "code used by another relay"
        case .clockSkew: "clocks too far apart"
        case .version: "the hub is of another version"
        case .hubNotBelieved: "hub's certificate not believed"
        }
    }
    func lineCut(since time: String, waiting: Int) -> String { "line cut since \(time) – \(waiting) waiting" }
    var rehearsal: String { "REHEARSAL" }
    func unread(_ count: Int) -> String { "C " + plural(count, "message") }
    func refused(_ count: Int) -> String { "F \(count) refused" }
    var callTitle: String { "MICROPHONE" }
    func call(_ who: String, isNow: Bool, isReady: Bool) -> String {
        "\(who) – \(isNow ? "now" : "soon")\(isReady ? " (has it)" : "")"
    }
    func stageState(readAt time: String?) -> String {
        "S speaker: " + (time.map { "read at \($0)" } ?? "not read yet")
    }

    var noNumber: String { "no number" }
    var unconfirmed: String { "not confirmed" }
    var unconfirmedNote: String { "the hub has not confirmed it yet" }
    var pinned: String { "pinned" }
    func floor(isNear: Bool, isReady: Bool) -> String {
        isReady ? "to speak, has microphone" : isNear ? "to speak soon" : "to speak"
    }
    func isThere(_ who: String) -> String { "\(who) is at it" }
    func handedTo(_ venue: String) -> String { "handed to \(venue)" }
    func handedBy(_ venue: String) -> String { "handed on by \(venue)" }
    func notes(_ count: Int) -> String { plural(count, "note") }
    func olderNotes(_ count: Int) -> String { "and \(plural(count, "older note"))" }
    var heard: String { "heard in the room" }
    func held(_ word: String) -> String { "held for you: the organiser’s word “\(word)”" }
    var notAnnounced: String { "offline: the others do not see that you are at it" }

    func isTaken(_ question: String, by who: String, key: Character) -> String {
        "\(question): \(isThere(who)). \(key) again does it all the same."
    }
    func handed(_ number: Int?, to venue: String) -> String { "\(question(number)) handed to \(venue)" }
    func bulkDone(_ what: BulkAction, _ count: Int) -> String {
        let questions = plural(count, "question")
        return switch what {
        case .approve: "\(questions) approved"
        case .dismiss(let reason): "\(questions) dismissed (\(self.reason(reason.rawValue)))"
        case .restore: "\(questions) restored"
        case .answer: "\(questions) answered"
        }
    }
    func microphone(_ number: Int?, _ on: Bool) -> String {
        on ? "microphone brought for \(question(number))" : "microphone taken from \(question(number))"
    }
    private func question(_ number: Int?) -> String { number.map(self.number) ?? "question" }
    var notByHand: String { "the order is not made by hand; o changes it." }
    var notInQueue: String { "it is not among the first of the queue; P pins it in front." }
    var pinnedFirst: String { "pinned questions come first; P pins and unpins." }
    var nobodyCalled: String { "nobody waits for the microphone here." }
    var noOtherTalk: String { "There is no other talk to come." }
    func tooManyMarked(_ limit: Int) -> String { "\(limit) marked questions at most." }
    var noneFits: String { "impossible for all that are marked; Esc unmarks." }
    var textKept: String { "The text is kept: the same key takes it up again." }
    var onlyOnline: String { "offline: this is done online only; try again then." }
    var onlyAtHub: String { "tokens are made at the hub, not at the relay." }
    var nothingRefused: String { "Nothing was refused." }
    var wishedAgain: String { "Asked for again." }
    var letGo: String { "Let go: nothing is sent again." }
    var onlyLetGo: String { "This cannot be asked for again from here: l lets it go." }
    func wish(_ refusal: RefusalInfo) -> String {
        let about = refusal.number.map { "for \(number($0))" }
        switch refusal.what {
        case "ask": return "question asked in the room"
        case "vote": return [plural(refusal.count, "vote"), about].compactMap { $0 }.joined(separator: " ")
        case "withdraw": return "question withdrawn by its author"
        case "redeem": return "voting code given in the room"
        default: return done(refusal.what, number: refusal.number, talk: nil, reason: nil)
        }
    }

    func order(_ order: QueueOrder) -> String {
        switch order {
        case .byTurns: "by turns between the venues"
        case .byVotes: "by votes"
        case .byTime: "by arrival"
        case .byHand: "by hand (J and K move)"
        }
    }
    func rule(_ order: QueueOrder) -> String {
        let pins = " A question that the moderators pinned comes before the others."
        return switch order {
        case .byTurns:
            "Rooms take turns: the next question comes from the room that had the fewest; within a room, the most "
                + "supported first. A room whose line is cut waits until it is back." + pins
        case .byVotes: "The most supported question comes first." + pins
        case .byTime: "Questions come in the order in which they were asked." + pins
        case .byHand: "The moderators choose the order of the questions." + pins
        }
    }
    func role(_ role: Role) -> String {
        switch role {
        case .audience: "audience"
        case .moderator: "moderator"
        case .speaker: "speaker"
        case .display: "wall"
        case .organiser: "organiser"
        case .relay: "relay"
        }
    }
    var noVenue: String { "no venue (all)" }
    var current: String { "at present" }
    var peopleTitle: String { "Who is here" }
    var nobodyThere: String { "nobody but the audience" }
    var you: String { "you" }
    var byRelay: String { "by the relay" }
    var refusalsTitle: String { "Refused by the hub" }
    var refusedBecause: String { "Refused" }
    func now(_ card: Card, founder: Int?) -> String {
        "now \(status(card))" + (founder.map { " into \(number($0))" } ?? "")
    }
    func refusal(_ wish: String, _ why: String) -> String { "\(wish) – REFUSED: \(why)" }
    var noNotes: String { "No notes." }
    var noMessages: String { "No messages yet." }
    func stageNow(_ text: String, at time: String, readAt: String?) -> String {
        "“\(text)” sent at \(time) – " + (readAt.map { "read at \($0)" } ?? "not read yet")
    }
    var noStage: String { "No message covers the speaker's screen." }
    func proposals(_ labels: [String]) -> String { "Proposed: " + labels.map { "#" + $0 }.joined(separator: " ") }
}
