import QAShared

/// Something that is being asked of or typed by the moderator; plain keys are for it alone.
enum Mode: Equatable, Sendable {
    case normal
    /// Text may be on its way from the keyboard that was meant for an editor which did not open;
    /// the last key came at that monotonic time.
    case deaf(since: Int)
    case editing(Edit)
    case dismissing(QuestionID)
    case blocking(QuestionID, on: Bool)
    case talks(TalkID)
    /// The action of that entry is chosen.
    case history(sequence: Int)
    case searching(LineEditor)
    case goTo(String)
    case uniting(Uniting)
    case detail(scroll: Int)
    case help(scroll: Int)
    case quitting
    /// The reason for all that are marked is asked.
    case dismissingMarked
    case menu(Menu)
    case writing(Writing)
    case people(scroll: Int)
    /// What the hub refused at a venue's own server; the one with that ordinal is chosen.
    case refusals(ordinal: Int)
    /// The organiser's list of tokens; nil stands for the first.
    case tokens(tag: String?)
    case revoking(tag: String)
    /// Whether the event is to be closed.
    case closing
    /// A new token, told once.
    case secret(MintedToken)

    /// A text being changed, and what it was when that began.
    struct Edit: Equatable, Sendable {
        var id: QuestionID
        var base: String
        var line: LineEditor
        var refusal: Rejection?
    }

    /// A question that is to be united with another one, and what was typed to find that.
    struct Uniting: Equatable, Sendable {
        var id: QuestionID
        var line = LineEditor()
        var hits: [QuestionID] = []
        /// The hit that the moderator went to; nil means the first.
        var chosen: QuestionID?
    }
}

/// A short list to choose from, by a digit or with the cursor.
struct Menu: Equatable, Sendable {
    enum Kind: Equatable, Sendable {
        case order
        case hand(QuestionID)
        case move(QuestionID)
        /// In which venue something was heard.
        case enterVenue
        case organiser
        /// What is to be done with the talks.
        case talks
        case renameTalk
        case removeTalk
        case moveTalk
        /// Before which other one it goes.
        case talkBefore(TalkID)
        case limit
        case tokenRole
        case tokenVenue(Role)
    }
    enum Item: Equatable, Sendable {
        case order(QueueOrder)
        /// Nil is none.
        case venue(VenueID?)
        case talk(TalkID)
        /// Behind all talks.
        case lastTalk
        case talks(TalkAction)
        case role(Role)
        case limit(EventLimit)
        case organiser(OrganiserAction)
    }
    var kind: Kind
    /// Stays when others come before it; nil stands for the first.
    var chosen: Item?
}

/// What an organiser can do that moderators cannot.
enum OrganiserAction: CaseIterable, Sendable {
    case startRehearsal, endRehearsal, moderated, floor, talks, limits, title, close, open, tokens
}

/// What an organiser can do with the talks.
enum TalkAction: CaseIterable, Sendable {
    case add, rename, move, remove
}

/// A text being written, and what it is for.
struct Writing: Equatable, Sendable {
    enum Purpose: Hashable, Sendable {
        case note(QuestionID)
        case channel(about: QuestionID?)
        case stage
        /// A question heard in that venue, then the name of whoever asked it.
        /// Or, if `spoken`, what somebody there who raised a hand will speak about.
        case entering(VenueID, spoken: Bool = false)
        case entrant(VenueID, text: String, spoken: Bool)
        case labels(QuestionID)
        case endRehearsal
        case title
        case newTalk
        case renameTalk(TalkID)
        case limit(EventLimit)
        case tokenName(Role, VenueID?)
    }
    var purpose: Purpose
    var line = LineEditor()
    var refusal: Rejection?
    /// Lines between what is shown of the channel and its end.
    var scroll = 0
}

/// A key that was pressed on questions that somebody else is at: the same key again does it.
struct Confirmation: Equatable, Sendable {
    var key: Character
    var questions: [QuestionID]
}
