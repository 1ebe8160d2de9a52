import QAShared

extension English {
    func rejection(_ rejection: Rejection) -> String {
        let limit = rejection.limit.map(String.init) ?? "?"
        return switch rejection.code {
        case .textEmpty: "the text is empty."
        case .textInvisible: "the text has invisible characters only."
        case .textTooShort: "the text is too short: at least \(limit) characters."
        case .textTooLong: "the text is too long: at most \(limit) characters."
        case .textTooFewWords: "the text has too few words: at least \(limit)."
        case .wordTooLong: "a word is too long: at most \(limit) characters."
        case .nameTooLong: "the name is too long: at most \(limit) characters."
        case .nameReserved: "the name is a moderator’s, a speaker’s or a venue’s."
        case .wordsRefused: "the text holds a word that the organiser does not accept."
        case .notAllowed: "this role may not do that."
        case .wrongVenue: "the other venue's moderator triages this question."
        case .notYours: "this question is someone else's."
        case .ownQuestion: "one's own question cannot be supported."
        case .blocked: "this device is blocked."
        case .unknownQuestion: "there is no such question (any more)."
        case .unknownTalk: "there is no such talk."
        case .unknownVenue: "there is no such venue."
        case .unknownEntry: "this action is too old to be undone."
        case .wrongStatus: "its status does not allow it; look and try again."
        case .notOpen: "this question cannot be supported."
        case .staleLive: "another question is on screen by now; look and press again."
        case .wrongOrder: "the order is not made by hand any more; look and try again."
        case .floorTaken: "a floor request is waiting for this talk already."
        case .floorClosed: "the floor cannot be asked for at this event."
        case .superseded: "someone changed it since; it cannot be undone any more."
        case .talkOver: "the talk has ended."
        case .noTalk: "the event has no talk."
        case .intakePaused: "no questions are taken at the moment."
        case .eventClosed: "the event is closed."
        case .tooManyQuestions: "the event is full (\(limit) questions)."
        case .tooManyNotes: "this question has \(limit) notes already."
        case .tooManyTokens: "\(limit) tokens are in use already; revoke some first."
        case .labelInvalid: "labels are short words in small letters, digits and hyphens: at most \(limit)."
        case .codeNeeded: "support counts with a voting code, and this device has none."
        case .codeUnknown: "there is no such voting code."
        case .codeUsed: "this voting code was used on another device."
        case .unconfirmed: "it was not confirmed."
        case .notTheHub: "that is done at the hub, not at the venue's relay."
        case .rehearsalOver: "that was in the rehearsal, which is over."
        case .rateLimited: "too fast; it will be sent again in a moment."
        case .commandIDTaken: "the identifier is taken; try again."
        case .storageFailed: "the hub could not store it; it will be sent again."
        case .busy: "the hub is busy; it will be sent again."
        case .tokenInvalid: "the token is unknown."
        case .tokenRevoked: "the token was revoked."
        case .certificateUnknown: "the certificate is nobody's here."
        case .roleRefused: "this role is refused."
        case .venueUnknown: "there is no such venue."
        case .versionUnknown: "the hub speaks another version."
        case .deviceInvalid: "the device is unknown."
        case .badValue where self.limit(in: rejection) != nil: self.limit(in: rejection) ?? ""
        case .malformed, .unknownType, .unknownField, .repeatedKey, .missingField, .wrongType,
            .badValue, .protocolBroken:
            "the hub did not understand (\(rejection.code.rawValue) \(rejection.field ?? ""))."
        }
    }

    /// What a limit of the event may be, when that is what was refused.
    private func limit(in rejection: Rejection) -> String? {
        rejection.field.flatMap(EventLimit.init).map {
            "\(limit($0))\(colon) a number from \($0.range.lowerBound) to \($0.range.upperBound)."
        }
    }
}
