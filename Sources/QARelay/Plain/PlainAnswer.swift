import QAShared

/// A refusal as a plain page tells it: a stable code, a sentence, and the status of the answer.
struct PlainAnswer {
    var code: String
    var field: String?
    var limit: Int?
    /// Seconds after which it may be tried again.
    var retryAfter: Int?

    init(code: String, field: String? = nil) {
        self.code = code
        self.field = field
    }

    init(_ rejection: Rejection) {
        code = rejection.code.rawValue
        field = rejection.field
        limit = rejection.limit
        retryAfter = rejection.retryAfter.map { ($0 + 999) / 1_000 }
    }

    /// The browser did not say, by its cookie, who it is.
    static let deviceInvalid = PlainAnswer(code: Rejection.Code.deviceInvalid.rawValue)
    /// The form was made for somebody else, or by nobody here.
    static let formInvalid = PlainAnswer(code: "form_invalid")

    func sentence(_ words: PlainWords) -> String {
        for key in ["plain_\(code)", "code_\(code)", Self.sameAs[code] ?? ""] where PlainWords.has(key) {
            return words(key, retryAfter ?? limit ?? 0)
        }
        return words("plain_refused")
    }

    var status: Int {
        switch Rejection.Code(rawValue: code) {
        case .textEmpty, .textInvisible, .textTooShort, .textTooLong, .textTooFewWords, .wordTooLong, .nameTooLong,
            .codeUnknown:
            422
        case .rateLimited: 429
        case .busy, .storageFailed: 503
        case .blocked, .notAllowed, .notYours, .deviceInvalid, .codeNeeded: 403
        case .malformed, .missingField, .badValue, .unknownField, .repeatedKey: 400
        case nil: 403
        default: 409
        }
    }

    private static let sameAs = [
        "text_invisible": "code_text_empty", "storage_failed": "plain_busy", "unknown_question": "code_wrong_status",
        "not_open": "code_wrong_status", "superseded": "code_wrong_status", "no_talk": "code_event_closed",
        "too_many_questions": "code_event_closed", "unknown_field": "plain_malformed",
        "missing_field": "plain_malformed", "bad_value": "plain_malformed", "repeated_key": "plain_malformed",
        "unknown_talk": "plain_talk_over", "command_id_taken": "plain_form_invalid", "venue_unknown": "venueUnknown",
    ]
}
