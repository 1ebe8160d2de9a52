// Deciding what moderators do together: notes, channel, stage, labels, handing on, and many questions at once.

extension State {
    func together(_ stamped: StampedCommand) throws(Rejection) -> [Change] {
        let actor = stamped.actor
        switch stamped.command {
        case .note(let id, let text): return try note(id, text, stamped)
        case .say(let text, let about): return try say(text, about, stamped)
        case .hand(let id, let venue): return try hand(id, to: venue, actor)
        case .stage(let text): return try stage(text, stamped)
        case .stageRead(let id): return try stageRead(id, stamped)
        case .clearStage: return stage == nil ? [] : [.stageChanged(from: stage, to: nil)]
        case .enter(let text, let name, let venue, let talk, let spoken):
            return try enter(text, name, venue, talk, spoken, stamped)
        case .label(let id, let labels): return try label(id, labels)
        case .bulk(let ids, let what): return try bulk(ids, what, actor)
        case .move(let id, let talk): return try move(id, to: talk)
        case .startRehearsal: return try startRehearsal()
        case .endRehearsal: return isRehearsing ? [.rehearsalWiped] : []
        case .amend(let amendment): return try amend(amendment)
        default: preconditionFailure("not something that moderators do together")
        }
    }

    // MARK: Words

    private func note(_ id: QuestionID, _ raw: String, _ stamped: StampedCommand) throws(Rejection) -> [Change] {
        let question = try known(id)
        let text = try QuestionText.checkedRemark(raw, maximum: Limits.remarkMaximum)
        guard question.notes.count < Limits.notesMaximum else {
            throw Rejection(.tooManyNotes, limit: Limits.notesMaximum)
        }
        let actor = stamped.actor
        return [
            .noteAdded(
                id,
                Note(
                    id: stamped.id.of(), by: actor.participant, venue: actor.venue, time: max(stamped.time, time),
                    text: text))
        ]
    }

    private func say(
        _ raw: String, _ about: QuestionID?, _ stamped: StampedCommand
    ) throws(Rejection) -> [Change] {
        if let about { _ = try known(about, field: "about") }
        let text = try QuestionText.checkedRemark(raw, maximum: Limits.remarkMaximum)
        let actor = stamped.actor
        return [
            .said(
                ChannelMessage(
                    id: stamped.id.of(), by: actor.participant, role: actor.role, venue: actor.venue,
                    time: max(stamped.time, time), text: text, about: about))
        ]
    }

    private func stage(_ raw: String, _ stamped: StampedCommand) throws(Rejection) -> [Change] {
        let text = try QuestionText.checkedRemark(raw, maximum: Limits.stageMaximum)
        let actor = stamped.actor
        let message = StageMessage(
            id: stamped.id.of(), by: actor.participant, role: actor.role, venue: actor.venue, text: text,
            sent: max(stamped.time, time))
        return [.stageChanged(from: stage, to: message)]
    }

    private func stageRead(_ id: StageID, _ stamped: StampedCommand) throws(Rejection) -> [Change] {
        // Another one covers the console by now, or none: that one was not read.
        guard var message = stage, message.id == id else { throw Rejection(.superseded, field: "message") }
        guard message.read == nil else { return [] }
        message.read = max(stamped.time, time)
        return [.stageChanged(from: stage, to: message)]
    }

    // MARK: Questions

    private func hand(_ id: QuestionID, to venue: VenueID, _ actor: Actor) throws(Rejection) -> [Change] {
        let question = try known(id)
        guard setup?.venue(venue) != nil else { throw Rejection(.unknownVenue, field: "to") }
        // The venue that it comes from may take it back.
        if let own = actor.venue, own != question.venue, own != question.desk { throw Rejection(.wrongVenue) }
        let desk = venue == question.venue ? nil : venue
        return desk == question.desk ? [] : [.handed(id, from: question.desk, to: desk)]
    }

    private func label(_ id: QuestionID, _ raw: [String]) throws(Rejection) -> [Change] {
        let before = try known(id).labels
        let labels = try Labels.checked(raw)
        return labels == before ? [] : [.labelled(id, from: before, to: labels)]
    }

    private func bulk(_ ids: [QuestionID], _ what: BulkAction, _ actor: Actor) throws(Rejection) -> [Change] {
        guard (1...Limits.bulkMaximum).contains(ids.count) else {
            throw Rejection(.badValue, field: "questions", limit: Limits.bulkMaximum)
        }
        var seen: Set<QuestionID> = []
        var changes: [Change] = []
        var isAnyFit = false
        for id in ids where seen.insert(id).inserted {
            do throws(Rejection) {
                changes += try one(id, what, actor)
                isAnyFit = true
            } catch {
                // Somebody else was faster with this one; the others are still meant.
                guard error.code == .wrongStatus else { throw error }
            }
        }
        guard isAnyFit else { throw Rejection(.wrongStatus) }
        return changes
    }

    /// The questions that a command for many at once would pass over, because somebody else was faster with them.
    public func passedOver(by stamped: StampedCommand) -> [QuestionID] {
        guard case .bulk(let ids, let what) = stamped.command else { return [] }
        return ids.filter { id in (try? one(id, what, stamped.actor)) == nil }
    }

    private func one(_ id: QuestionID, _ what: BulkAction, _ actor: Actor) throws(Rejection) -> [Change] {
        switch what {
        case .approve: try approve(id, actor)
        case .dismiss(let reason): try dismiss(id, reason, actor)
        case .restore: try restore(id, actor)
        case .answer: try answer(id)
        }
    }

    private func move(_ id: QuestionID, to talk: TalkID) throws(Rejection) -> [Change] {
        let question = try known(id)
        try check(talk)
        guard talkPhase(talk) != .ended else { throw Rejection(.talkOver, field: "talk") }
        let founder = try known(question.founderID)
        guard founder.status != .live else { throw Rejection(.wrongStatus) }
        return ([founder] + variants(of: founder.id)).filter { $0.talk != talk }
            .map { .talkMoved($0.id, from: $0.talk, to: talk) }
    }

    // MARK: What was heard in the room

    private func enter(
        _ raw: String, _ rawName: String?, _ venue: VenueID, _ wanted: TalkID?, _ spoken: Bool,
        _ stamped: StampedCommand
    ) throws(Rejection) -> [Change] {
        guard let setup, let talk = wanted ?? currentTalk else { throw Rejection(.noTalk) }
        guard setup.venue(venue) != nil else { throw Rejection(.unknownVenue, field: "venue") }
        if let own = stamped.actor.venue, own != venue { throw Rejection(.wrongVenue) }
        try check(talk)
        guard talkPhase(talk) != .ended else { throw Rejection(.talkOver, field: "talk") }
        guard questions.count < setup.limits.questionsMaximum else {
            throw Rejection(.tooManyQuestions, limit: setup.limits.questionsMaximum)
        }
        // Several people of one room may wait for the floor by the hand of one moderator.
        guard !spoken || setup.floor else { throw Rejection(.floorClosed) }
        let text = try QuestionText.checked(raw, limits: spoken ? setup.limits.ofSubject : setup.limits)
        let asked = AskedQuestion(
            number: questions.count + 1, talk: talk, text: text, name: try QuestionText.checkedName(rawName),
            approved: true, spoken: spoken, venue: venue == stamped.actor.venue ? nil : venue, heard: true)
        guard !spoken, let union = union(sameAs: stamped.sameAs, in: talk, before: .approved) else {
            return [.questionAsked(asked)]
        }
        return [.questionAsked(asked), .unionChanged(stamped.id.of(), from: nil, to: union)]
    }

    /// Taking back what was entered: as if its asker had withdrawn it, unless others have built on it.
    func withdrawEntered(_ action: Action, _ asked: AskedQuestion) throws(Rejection) -> [Change] {
        let question = self.question(number: asked.number)
        var union: Union?
        for case .unionChanged(question.id, _, let to) in action.changes { union = to }
        guard question.union == union, question.variants.isEmpty else { throw Rejection(.superseded) }
        if let union { return withdrawVariant(question, union) }
        guard question.status == .approved else { throw Rejection(.superseded) }
        return [.statusChanged(question.id, from: .approved, to: .dismissed(.withdrawn))]
    }

    // MARK: The event

    private func startRehearsal() throws(Rejection) -> [Change] {
        if isRehearsing { return [] }
        // What was asked in earnest must not go with the rehearsal.
        guard questions.isEmpty else { throw Rejection(.wrongStatus) }
        return [.phaseChanged(from: phase, to: .rehearsal)]
    }

    private func amend(_ amendment: SetupAmendment) throws(Rejection) -> [Change] {
        guard let setup else { throw Rejection(.noTalk) }
        let amended = try amendment.applied(to: setup)
        try check(amended)
        return amended == setup ? [] : [.setupAmended(from: setup, to: amended)]
    }
}
