import QAShared

/// What the engine is told of one question, whole, each time something about it changes.
struct QuestionNote: Sendable {
    var number: Int
    var id: QuestionID
    var talk: TalkID
    var venue: VenueID
    var text: String
    /// Number of the question it was merged into.
    var founder: Int?
    /// Whether the audience may read it.
    var isPublic: Bool
    /// Whether its asker took it back: it is never proposed.
    var isGone: Bool
    /// What became of it, for the reasons of a flag.
    var status: Status
}

/// What the hub asks of the engine, in order.
enum AdviceRequest: Sendable {
    /// Forget everything and start from these.
    case rebuild([QuestionNote])
    case note(QuestionNote)
    /// Look for earlier questions that this one may repeat; the text is the one judged.
    case flag(QuestionID, number: Int, text: String)
    /// Look for public questions that mean what somebody is typing.
    case suggest(ticket: UInt64, text: String, talk: TalkID)
}

/// What the engine answers.
enum Advice: Sendable {
    /// The flags of a question whose text was this one.
    case flags(QuestionID, text: String, [DuplicateFlag])
    /// Numbers of the questions proposed, best first; at most `Limits.suggestionsAsked`.
    case suggestions(ticket: UInt64, [Int])
}
