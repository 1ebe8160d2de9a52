// What moderators say to each other and to the speaker. None of it is for the audience.

/// A note's id is the commandID of the `note` that made it.
public typealias NoteID = Identifier<Note>
/// A message's id is the commandID of the `say` that made it.
public typealias MessageID = Identifier<ChannelMessage>
/// A stage message's id is the commandID of the `stage` that made it.
public typealias StageID = Identifier<StageMessage>

/// What a moderator wrote beside a question.
public struct Note: Equatable, Sendable {
    public let id: NoteID
    public var by: ParticipantID
    public var venue: VenueID?
    public var time: Timestamp
    public var text: String

    public init(id: NoteID, by: ParticipantID, venue: VenueID?, time: Timestamp, text: String) {
        self.id = id
        self.by = by
        self.venue = venue
        self.time = time
        self.text = text
    }
}

/// What a moderator said to all the others.
public struct ChannelMessage: Equatable, Sendable {
    public let id: MessageID
    public var by: ParticipantID
    public var role: Role
    public var venue: VenueID?
    public var time: Timestamp
    public var text: String
    /// The question that it is about.
    public var about: QuestionID?

    public init(
        id: MessageID, by: ParticipantID, role: Role, venue: VenueID?, time: Timestamp, text: String,
        about: QuestionID? = nil
    ) {
        self.id = id
        self.by = by
        self.role = role
        self.venue = venue
        self.time = time
        self.text = text
        self.about = about
    }
}

/// What covers the speaker's console until the speaker has read it.
public struct StageMessage: Equatable, Sendable {
    public let id: StageID
    public var by: ParticipantID
    public var role: Role
    public var venue: VenueID?
    public var text: String
    public var sent: Timestamp
    public var read: Timestamp?

    public init(
        id: StageID, by: ParticipantID, role: Role, venue: VenueID?, text: String, sent: Timestamp,
        read: Timestamp? = nil
    ) {
        self.id = id
        self.by = by
        self.role = role
        self.venue = venue
        self.text = text
        self.sent = sent
        self.read = read
    }
}

/// What is done to many questions at once.
public enum BulkAction: Equatable, Sendable {
    case approve
    case dismiss(DismissReason)
    case restore
    case answer

    /// The same for one question.
    public func command(_ question: QuestionID) -> Command {
        switch self {
        case .approve: .approve(question)
        case .dismiss(let reason): .dismiss(question, reason)
        case .restore: .restore(question)
        case .answer: .answer(question)
        }
    }

    /// The word used in frames.
    public var word: String {
        switch self {
        case .approve: "approve"
        case .dismiss: "dismiss"
        case .restore: "restore"
        case .answer: "answer"
        }
    }
}

/// Short words by which moderators sort questions.
public enum Labels {
    /// The labels as a set: sorted, each once; or why they are refused.
    public static func checked(_ labels: [String]) throws(Rejection) -> [String] {
        var set: [String] = []
        for label in labels.sorted() where set.last != label {
            guard isLabel(label) else {
                throw Rejection(.labelInvalid, field: "labels", limit: Limits.labelLetters)
            }
            set.append(label)
        }
        guard set.count <= Limits.labelsMaximum else {
            throw Rejection(.labelInvalid, field: "labels", limit: Limits.labelsMaximum)
        }
        return set
    }

    /// Whether a text is a label: lower-case letters of any script, digits and hyphens.
    public static func isLabel(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        guard (1...Limits.labelLetters).contains(scalars.count), let first = scalars.first else { return false }
        return !isMark(first) && scalars.allSatisfy { isMark($0) || isLetter($0) }
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .lowercaseLetter, .otherLetter, .modifierLetter, .decimalNumber:
            // Hangul fillers are letters by their category, yet nothing is seen of them.
            !scalar.properties.isDefaultIgnorableCodePoint
        default: scalar == "-"
        }
    }

    /// A part of the letter before it, as accents and the vowels of many scripts are.
    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark: !scalar.properties.isDefaultIgnorableCodePoint
        default: false
        }
    }
}
