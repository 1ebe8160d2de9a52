// A day in three venues to test with: the event, the people, and short ways to make identifiers.

public import QAShared

/// The event that most tests use.
public enum Sample {
    public static let granville = VenueID("granville")!
    public static let agneaux = VenueID("agneaux")!
    public static let cherbourg = VenueID("cherbourg")!
    public static let venues = [granville, agneaux, cherbourg]

    public static let opening = TalkID("opening")!
    public static let certificate = TalkID("certificat")!
    public static let closing = TalkID("closing")!
    public static let talks = [opening, certificate, closing]

    /// Three venues, three talks, questions wait for a moderator.
    public static func setup(moderated: Bool = true, order: QueueOrder = .byVotes) -> EventSetup {
        EventSetup(
            id: "journee", title: "Journée de la confiance", languages: ["fr", "en"],
            date: "2009-11-24",
            venues: [
                Venue(
                    id: granville, name: "Granville", place: "Salle des marées",
                    latitude: 48.8379, longitude: -1.5971, expected: 120),
                Venue(id: agneaux, name: "Agneaux", place: "Amphithéâtre", expected: 300),
                Venue(id: cherbourg, name: "Cherbourg", place: "Grande salle"),
            ],
            talks: [
                Talk(id: opening, title: "Ouverture", speaker: "Jeanne Lepic"),
                Talk(id: certificate, title: "Le certificat", speaker: "Paul Hamel"),
                Talk(id: closing, title: "Clôture", speaker: "Ada Marie"),
            ], moderated: moderated, order: order, contact: "numerique@manche.example",
            certificates: [
                CertificateHolder(
                    subject: "CN=Anne Hamel", issuer: "CN=IGC", role: .moderator, venue: granville, name: "Anne")
            ],
            signIn: SignInSetup(
                issuer: "https://idp.example", clientID: "questions", secretFile: "/etc/qarelay/sign-in.secret",
                people: [
                    SignInSetup.Member(value: "anne@manche.example", role: .moderator, venue: granville, name: "Anne"),
                    SignInSetup.Member(value: "paul@manche.example", role: .speaker, name: "Paul"),
                ]))
    }

    /// A text that every check accepts.
    public static let text = "Quel est le prix du certificat ?"
    /// 2009-11-24 09:00 UTC.
    public static let morning = Timestamp(milliseconds: 1_259_053_200_000)
}

/// An identifier that is easy to recognise: the number in its low half.
public func numbered<Kind>(_ number: Int, _: Kind.Type = Kind.self) -> Identifier<Kind> {
    Identifier(high: 0x5EED, low: UInt64(number))
}

/// The people and screens of the sample event.
public enum Person {
    public static func phone(_ number: Int, _ venue: VenueID? = nil) -> Actor {
        Actor(
            role: .audience, venue: venue ?? Sample.venues[number % 3],
            participant: numbered(10_000 + number))
    }

    public static func moderator(_ venue: VenueID?) -> Actor {
        let index = venue.flatMap { Sample.venues.firstIndex(of: $0) } ?? 3
        return Actor(role: .moderator, venue: venue, participant: numbered(20_000 + index))
    }

    /// A moderator of the whole event.
    public static let chief = moderator(nil)
    public static let speaker = Actor(
        role: .speaker, venue: Sample.agneaux, participant: numbered(30_000))
    public static let otherSpeaker = Actor(
        role: .speaker, venue: Sample.cherbourg, participant: numbered(30_001))
    public static let organiser = Actor(role: .organiser, venue: nil, participant: numbered(40_000))
    public static let display = Actor(
        role: .display, venue: Sample.granville, participant: numbered(50_000))
    public static let relay = Actor(
        role: .relay, venue: Sample.granville, participant: numbered(60_000))

    /// One who has this role.
    public static func of(_ role: Role) -> Actor {
        switch role {
        case .audience: phone(1)
        case .moderator: chief
        case .speaker: speaker
        case .display: display
        case .organiser: organiser
        case .relay: relay
        }
    }
}

/// A log in the making: decides commands, applies what was decided, and keeps the entries.
public struct Day: Sendable {
    public private(set) var state = State()
    public private(set) var entries: [Entry] = []
    public private(set) var touched: [Touched] = []
    public var time = Sample.morning
    private var commands = 0

    /// A day whose event has been set up.
    public init(_ setup: EventSetup = Sample.setup()) {
        self.init(empty: ())
        _ = try? send(.configure(setup), by: Person.organiser)
    }

    /// A day without an event.
    public init(empty: Void) {}

    /// Decides without applying.
    public func decide(
        _ command: Command, by actor: Actor, id commandID: CommandID, sameAs: [QuestionID] = []
    ) throws(Rejection) -> Decision {
        try state.decide(
            StampedCommand(id: commandID, actor: actor, time: time, command: command, sameAs: sameAs))
    }

    /// Decides and applies; the sequence the command has in the log.
    @discardableResult
    public mutating func send(
        _ command: Command, by actor: Actor, id chosen: CommandID? = nil, sameAs: [QuestionID] = []
    ) throws(Rejection) -> Int {
        commands += 1
        let id = chosen ?? numbered(1_000_000 + commands)
        let decision = try decide(command, by: actor, id: id, sameAs: sameAs)
        time.milliseconds += 1_000
        switch decision {
        case .known(let sequence): return sequence
        case .entry(let entry):
            apply(entry)
            return entry.sequence
        }
    }

    /// A new question; its id.
    public mutating func ask(
        _ text: String = Sample.text, by actor: Actor = Person.phone(1), talk: TalkID? = nil,
        sameAs: [QuestionID] = []
    ) throws(Rejection) -> QuestionID {
        let sequence = try send(.ask(text: text, name: nil, talk: talk), by: actor, sameAs: sameAs)
        return entries[sequence - 1].commandID!.of()
    }

    /// A new question brought to a status by the moderators.
    public mutating func question(
        _ status: Status, by actor: Actor = Person.phone(1), talk: TalkID? = nil
    ) throws(Rejection) -> QuestionID {
        let id = try ask(by: actor, talk: talk)
        switch status {
        case .pending: break
        case .approved: try send(.approve(id), by: Person.chief)
        case .live:
            try send(.takeLive(id, replacing: state.liveQuestion?.id), by: Person.chief)
        case .answered: try send(.answer(id), by: Person.chief)
        case .dismissed(.withdrawn): try send(.withdraw(id), by: actor)
        case .dismissed(let reason): try send(.dismiss(id, reason), by: Person.chief)
        case .merged(let founder):
            if state.question(founder) == nil {
                try send(.ask(text: Sample.text, name: nil, talk: talk), by: Person.phone(77), id: founder.of())
                try send(.approve(founder), by: Person.chief)
            }
            try send(.unite(id, into: founder), by: Person.chief)
        }
        return id
    }

    /// Applies changes that no command would decide (today).
    public mutating func append(_ changes: [Change], by actor: Actor, id: CommandID? = nil) {
        apply(
            Entry(
                sequence: state.head + 1, time: max(time, state.time), actor: actor,
                commandID: id, changes: changes))
    }

    private mutating func apply(_ entry: Entry) {
        touched.append(state.apply(entry))
        entries.append(entry)
    }
}
