// What an organiser changes of an event while it runs.

/// The parts of a setup that are to be others; those that are nil stay.
public struct SetupAmendment: Equatable, Sendable {
    public var title: String?
    public var moderated: Bool?
    /// Whether people may ask to speak.
    public var floor: Bool?
    public var limits: [EventLimit: Int]?
    /// All of them, in their order.
    public var talks: [Talk]?

    public init(
        title: String? = nil, moderated: Bool? = nil, floor: Bool? = nil, limits: [EventLimit: Int]? = nil,
        talks: [Talk]? = nil
    ) {
        self.title = title
        self.moderated = moderated
        self.floor = floor
        self.limits = limits
        self.talks = talks
    }

    /// The setup with these parts in it, held to the bounds of an event file.
    public func applied(to setup: EventSetup) throws(Rejection) -> EventSetup {
        var setup = setup
        if let title { setup.title = try Self.text(title, "title") }
        if let moderated { setup.moderated = moderated }
        if let floor { setup.floor = floor }
        if let limits { setup.limits = try Self.limits(limits, over: setup.limits) }
        if let talks { setup.talks = try Self.talks(talks) }
        return setup
    }

    private static func text(_ raw: String, _ field: String) throws(Rejection) -> String {
        let text = QuestionText.clean(raw)
        guard (1...Limits.titleMaximum).contains(text.unicodeScalars.count) else {
            throw Rejection(.badValue, field: field, limit: Limits.titleMaximum)
        }
        return text
    }

    private static func limits(
        _ amended: [EventLimit: Int], over before: EventLimits
    ) throws(Rejection) -> EventLimits {
        var limits = before
        for name in EventLimit.allCases {
            guard let value = amended[name] else { continue }
            guard name.range.contains(value) else {
                let bound = value < name.range.lowerBound ? name.range.lowerBound : name.range.upperBound
                throw Rejection(.badValue, field: name.rawValue, limit: bound)
            }
            limits[keyPath: name.path] = value
        }
        guard limits.textMinimum <= limits.textMaximum else {
            throw Rejection(.badValue, field: "text_minimum", limit: limits.textMaximum)
        }
        return limits
    }

    private static func talks(_ amended: [Talk]) throws(Rejection) -> [Talk] {
        guard (1...Limits.talksMaximum).contains(amended.count), Set(amended.map(\.id)).count == amended.count else {
            throw Rejection(.badValue, field: "talks", limit: Limits.talksMaximum)
        }
        var talks: [Talk] = []
        for talk in amended {
            talks.append(
                Talk(id: talk.id, title: try text(talk.title, "title"), speaker: try text(talk.speaker, "speaker")))
        }
        return talks
    }
}

/// The limits of an event by the names that they have in an event file.
public enum EventLimit: String, CaseIterable, Sendable {
    case textMinimum = "text_minimum"
    case textMaximum = "text_maximum"
    case wordsMinimum = "words_minimum"
    case wordMaximum = "word_maximum"
    case askBurst = "ask_burst"
    case askEverySeconds = "ask_every_seconds"
    case questionsMaximum = "questions_maximum"

    public var path: WritableKeyPath<EventLimits, Int> {
        switch self {
        case .textMinimum: \.textMinimum
        case .textMaximum: \.textMaximum
        case .wordsMinimum: \.wordsMinimum
        case .wordMaximum: \.wordMaximum
        case .askBurst: \.askBurst
        case .askEverySeconds: \.askEverySeconds
        case .questionsMaximum: \.questionsMaximum
        }
    }

    /// What an organiser may set.
    public var range: ClosedRange<Int> {
        switch self {
        case .textMinimum: Limits.textMinimumRange
        case .textMaximum: Limits.textMaximumRange
        case .wordsMinimum: Limits.wordsMinimumRange
        case .wordMaximum: Limits.wordMaximumRange
        case .askBurst: Limits.askBurstRange
        case .askEverySeconds: Limits.askEverySecondsRange
        case .questionsMaximum: Limits.questionsRange
        }
    }
}
