// Questions that ask the same: joined by a union, told apart for good, or flagged for a moderator to judge.

/// A question's place in the group of a founder; present exactly when the question is merged.
public struct Union: Hashable, Sendable {
    /// The root of the group: never itself merged.
    public var founder: QuestionID
    /// The question that the decision named: the founder or a fellow variant.
    public var with: QuestionID
    /// The status that the question goes back to when it leaves.
    public var before: Status
    /// Whether it was decided by the strict rule, as the question came, and not by a person.
    public var automatic: Bool

    public init(founder: QuestionID, with: QuestionID, before: Status, automatic: Bool = false) {
        self.founder = founder
        self.with = with
        self.before = before
        self.automatic = automatic
    }
}

extension Question {
    /// The root of its group: the founder of a merged question, itself otherwise.
    public var founderID: QuestionID { union?.founder ?? id }
}

/// Two questions in whichever order; what is said of them is said of both.
public struct QuestionPair: Hashable, Comparable, Sendable {
    /// The smaller id of the two.
    public let first: QuestionID
    public let second: QuestionID

    public init(_ one: QuestionID, _ other: QuestionID) {
        first = min(one, other)
        second = max(one, other)
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.first, left.second) < (right.first, right.second)
    }
}

/// How sure it is that two questions ask the same.
public enum FlagLevel: String, CaseIterable, Sendable {
    case probable
    case strong
}

/// What speaks for two questions asking the same, or against it.
public enum FlagReason: String, CaseIterable, Sendable {
    case sameWording = "same_wording"
    case sameType = "same_type"
    case sameNumbers = "same_numbers"
    case sameNames = "same_names"
    case sameWords = "same_words"
    /// Other words that mean the same.
    case likeWords = "like_words"
    case otherLanguage = "other_language"
    /// One of the two is in a language that is not read: compared letter by letter alone.
    case unreadLanguage = "unread_language"
    case otherType = "other_type"
    case otherNumbers = "other_numbers"
    case otherNames = "other_names"
    case negation
    case tense
    case order
    /// It says "here", in another venue.
    case otherRoom = "other_room"
    /// One of the two asks about a part of what the other asks.
    case narrower
    /// The other was dismissed.
    case dismissed
    /// The other was answered.
    case answered
}

/// What a moderator is shown of another question that may ask the same.
///
/// Words are named by their index in the text split at white space, so that no text of a person stands beside the text.
public struct DuplicateFlag: Hashable, Sendable {
    public var other: QuestionID
    public var level: FlagLevel
    public var reasons: [FlagReason]
    /// Indexes of the words that only the flagged question has.
    public var mine: [Int]
    /// Indexes of the words that only the other question has.
    public var theirs: [Int]

    public init(
        other: QuestionID, level: FlagLevel, reasons: [FlagReason] = [], mine: [Int] = [], theirs: [Int] = []
    ) {
        self.other = other
        self.level = level
        self.reasons = reasons
        self.mine = mine
        self.theirs = theirs
    }

    /// The same flag as the other question's card shows it.
    public func turned(to question: QuestionID) -> DuplicateFlag {
        DuplicateFlag(other: question, level: level, reasons: reasons, mine: theirs, theirs: mine)
    }
}
