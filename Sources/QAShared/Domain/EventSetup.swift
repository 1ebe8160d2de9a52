// What an organiser writes down before the day: venues, talks, rules. It enters the log as a change.

/// One conference occasion as its organiser describes it.
public struct EventSetup: Equatable, Sendable {
    public var id: String
    public var title: String
    /// The first is the default; `fr` and `en` have catalogues.
    public var languages: [String]
    /// Day of the event as ISO 8601; its data is kept for `retentionDays` after it.
    public var date: String?
    public var venues: [Venue]
    public var talks: [Talk]
    /// Whether a question waits for a moderator before the audience sees it.
    public var moderated: Bool
    public var order: QueueOrder
    public var limits: EventLimits
    /// Days after the event until its data is purged; see `State.purgeDue`.
    public var retentionDays: Int
    /// Whether people may ask to speak.
    public var floor: Bool
    /// Labels that moderators are offered; they may use others.
    public var labels: [String]
    /// Words that a moderator is to see first, or that are refused.
    public var words: WordList
    /// Whom people ask about their data and about the event: a name, an address or a telephone number.
    public var contact: String?
    /// Who may come by an electronic certificate, and as what.
    public var certificates: [CertificateHolder]
    /// Where moderators and others sign in; nil when there is no such place.
    public var signIn: SignInSetup?
    public var votes: VoteRule

    public init(
        id: String, title: String, languages: [String], date: String? = nil, venues: [Venue],
        talks: [Talk], moderated: Bool = true, order: QueueOrder = .byTurns,
        limits: EventLimits = EventLimits(), retentionDays: Int = 30, floor: Bool = true, labels: [String] = [],
        words: WordList = WordList(), contact: String? = nil,
        certificates: [CertificateHolder] = [], signIn: SignInSetup? = nil, votes: VoteRule = .open
    ) {
        self.id = id
        self.title = title
        self.languages = languages
        self.date = date
        self.venues = venues
        self.talks = talks
        self.moderated = moderated
        self.order = order
        self.limits = limits
        self.retentionDays = retentionDays
        self.floor = floor
        self.labels = labels
        self.words = words
        self.contact = contact
        self.certificates = certificates
        self.signIn = signIn
        self.votes = votes
    }

    /// The venue with this id, if the event has it.
    public func venue(_ id: VenueID) -> Venue? { venues.first { $0.id == id } }
}

/// A room taking part.
public struct Venue: Equatable, Sendable {
    public var id: VenueID
    public var name: String
    public var place: String
    /// WGS 84, degrees.
    public var latitude: Double?
    public var longitude: Double?
    public var expected: Int

    public init(
        id: VenueID, name: String, place: String, latitude: Double? = nil,
        longitude: Double? = nil, expected: Int = 0
    ) {
        self.id = id
        self.name = name
        self.place = place
        self.latitude = latitude
        self.longitude = longitude
        self.expected = expected
    }
}

/// A part of the programme that questions are addressed to.
public struct Talk: Equatable, Sendable {
    public var id: TalkID
    public var title: String
    public var speaker: String

    public init(id: TalkID, title: String, speaker: String) {
        self.id = id
        self.title = title
        self.speaker = speaker
    }
}

/// In which order questions are taken.
public enum QueueOrder: String, CaseIterable, Sendable {
    /// The venue that has had the fewest turns is next.
    case byTurns = "by_turns"
    case byVotes = "by_votes"
    case byTime = "by_time"
    /// As moderators place them.
    case byHand = "by_hand"
}

/// The limits an organiser may set for one event; the bounds of each are in `Limits`.
public struct EventLimits: Equatable, Sendable {
    /// Unicode scalar values after cleaning.
    public var textMinimum: Int
    public var textMaximum: Int
    public var wordsMinimum: Int
    public var wordMaximum: Int
    /// Questions that one device may send at once, and then one each `askEverySeconds`.
    public var askBurst: Int
    public var askEverySeconds: Int
    public var questionsMaximum: Int

    public init(
        textMinimum: Int = 10, textMaximum: Int = 200, wordsMinimum: Int = 3,
        wordMaximum: Int = 30, askBurst: Int = 3, askEverySeconds: Int = 20,
        questionsMaximum: Int = 20_000
    ) {
        self.textMinimum = textMinimum
        self.textMaximum = textMaximum
        self.wordsMinimum = wordsMinimum
        self.wordMaximum = wordMaximum
        self.askBurst = askBurst
        self.askEverySeconds = askEverySeconds
        self.questionsMaximum = questionsMaximum
    }
}

extension EventLimits {
    /// Those of a floor request's subject: a word is enough.
    public var ofSubject: EventLimits {
        var limits = self
        limits.textMinimum = Limits.subjectMinimum
        limits.wordsMinimum = 1
        return limits
    }
}
