/// A typed refusal: a stable code and a fixed answer to "retry?". It is an answer, not a failure.
public struct Rejection: Error, Equatable, Sendable {
    public let code: Code
    /// Which field of the frame is meant.
    public var field: String?
    /// The number that was passed.
    public var limit: Int?
    /// Milliseconds after which the same command may be sent again; nil means never.
    public var retryAfter: Int?

    public init(_ code: Code, field: String? = nil, limit: Int? = nil, retryAfter: Int? = nil) {
        self.code = code
        self.field = field
        self.limit = limit
        self.retryAfter = retryAfter
    }

    public enum Code: String, CaseIterable, Sendable {
        case textEmpty = "text_empty"
        case textInvisible = "text_invisible"
        case textTooShort = "text_too_short"
        case textTooLong = "text_too_long"
        case textTooFewWords = "text_too_few_words"
        case wordTooLong = "word_too_long"
        case nameTooLong = "name_too_long"
        case nameReserved = "name_reserved"
        case wordsRefused = "words_refused"
        case notAllowed = "not_allowed"
        case wrongVenue = "wrong_venue"
        case notYours = "not_yours"
        case ownQuestion = "own_question"
        case blocked
        case unknownQuestion = "unknown_question"
        case unknownTalk = "unknown_talk"
        case unknownVenue = "unknown_venue"
        case unknownEntry = "unknown_entry"
        case wrongStatus = "wrong_status"
        case notOpen = "not_open"
        case staleLive = "stale_live"
        case wrongOrder = "wrong_order"
        case floorTaken = "floor_taken"
        case floorClosed = "floor_closed"
        case superseded
        case talkOver = "talk_over"
        case noTalk = "no_talk"
        case intakePaused = "intake_paused"
        case eventClosed = "event_closed"
        case tooManyQuestions = "too_many_questions"
        case tooManyNotes = "too_many_notes"
        case tooManyTokens = "too_many_tokens"
        case labelInvalid = "label_invalid"
        case unconfirmed
        /// It is done at the hub, not at a venue's relay.
        case notTheHub = "not_the_hub"
        /// It was done in a rehearsal, by a room that had not heard that it is over.
        case rehearsalOver = "rehearsal_over"
        /// Votes count for those who have redeemed a one-time code.
        case codeNeeded = "code_needed"
        case codeUnknown = "code_unknown"
        /// Somebody else redeemed it.
        case codeUsed = "code_used"
        case rateLimited = "rate_limited"
        case commandIDTaken = "command_id_taken"
        case storageFailed = "storage_failed"
        case busy
        case malformed
        case unknownType = "unknown_type"
        case unknownField = "unknown_field"
        case repeatedKey = "repeated_key"
        case missingField = "missing_field"
        case wrongType = "wrong_type"
        case badValue = "bad_value"
        case protocolBroken = "protocol"
        case tokenInvalid = "token_invalid"
        case tokenRevoked = "token_revoked"
        /// The certificate is good, and nobody of the event file's list.
        case certificateUnknown = "certificate_unknown"
        case roleRefused = "role_refused"
        case venueUnknown = "venue_unknown"
        case versionUnknown = "version"
        case deviceInvalid = "device_invalid"
    }
}
