// decide(command, state) → changes, or a typed refusal. Pure: time and ids come in with the command.

/// What deciding a command came to.
public enum Decision: Equatable, Sendable {
    /// An entry to append; its sequence follows on the state's head.
    case entry(Entry)
    /// The command is in the log already, as this sequence.
    case known(sequence: Int)
}

extension State {
    /// Decides a command against this state.
    public func decide(_ stamped: StampedCommand) throws(Rejection) -> Decision {
        let command = stamped.command
        let actor = stamped.actor
        let isKeyed = command.kind.isKeyed
        if isKeyed, let receipt = receipts[stamped.id] {
            guard receipt.participant == actor.participant else {
                throw Rejection(.commandIDTaken, field: "id")
            }
            return .known(sequence: receipt.sequence)
        }
        guard actor.role.may(command.kind) else { throw Rejection(.notAllowed) }
        // A vote that was counted stays acknowledged, whatever happened since.
        if case .vote(let id, _, let counter) = command,
            let known = question(id)?.voters[actor.participant], counter <= known.counter
        {
            return .known(sequence: head)
        }
        let isEndOfRehearsal = command.kind == .endRehearsal && isRehearsing
        if phase == .closed, !isEndOfRehearsal, !command.kind.isTakenWhenClosed {
            throw Rejection(.eventClosed)
        }
        let changes = try changes(of: stamped)
        return .entry(
            Entry(
                sequence: head + 1, time: max(stamped.time, time), actor: actor,
                commandID: isKeyed ? stamped.id : nil, changes: changes))
    }

    private func changes(of stamped: StampedCommand) throws(Rejection) -> [Change] {
        let actor = stamped.actor
        switch stamped.command {
        case .ask(let text, let name, let talk, let spoken): return try ask(text, name, talk, spoken, stamped)
        case .withdraw(let id): return try withdraw(id, actor)
        case .vote(let id, let on, let counter): return try vote(id, on, counter, actor)
        case .approve(let id): return try approve(id, actor)
        case .edit(let id, let text): return try edit(id, text, actor)
        case .dismiss(let id, let reason): return try dismiss(id, reason, actor)
        case .restore(let id): return try restore(id, actor)
        case .block(let id): return try block(id, true, actor)
        case .unblock(let id): return try block(id, false, actor)
        case .unite(let id, let into): return try unite(id, into: into)
        case .separate(let id): return try separate(id)
        case .distinguish(let id, let other): return try distinguish(id, from: other)
        case .flag(let id, let flags): return try flag(id, flags)
        case .takeLive(let id, let replacing): return try takeLive(id, replacing, actor)
        case .answer(let id): return try answer(id)
        case .putBack(let id): return try putBack(id)
        case .note, .say, .hand, .stage, .stageRead, .clearStage, .enter, .label, .bulk, .move, .startRehearsal,
            .endRehearsal, .amend:
            return try together(stamped)
        case .startTalk(let talk): return try startTalk(talk)
        case .endTalk(let talk): return try endTalk(talk)
        case .pauseIntake: return intake ? [.intakeChanged(from: true, to: false)] : []
        case .resumeIntake: return intake ? [] : [.intakeChanged(from: false, to: true)]
        case .setOrder(let to): return setOrder(to)
        case .pin(let id): return try pin(id, true)
        case .unpin(let id): return try pin(id, false)
        case .place(let id, let before): return try place(id, before: before)
        case .setLine(let venue, let since): return try setLine(venue, since)
        case .ready(let id, let on): return try ready(id, on)
        case .closeEvent: return phase == .closed ? [] : [.phaseChanged(from: phase, to: .closed)]
        case .openEvent:
            return phase == .closed ? [.phaseChanged(from: .closed, to: isRehearsing ? .rehearsal : .open)] : []
        case .undo(let sequence): return try undo(sequence, actor)
        case .undoCommand(let id):
            guard let receipt = receipts[id] else { throw Rejection(.unknownEntry, field: "command") }
            return try undo(receipt.sequence, actor)
        case .configure(let setup): return try configure(setup)
        case .addToken(let token): return try addToken(token)
        case .revokeToken(let id): return try revokeToken(id)
        case .erase(let id, let part): return try erase(id, part)
        case .redeem(let code): return try redeem(code, actor)
        case .issueCodes(let batch, let venue, let new): return try issueCodes(batch, venue, new)
        case .revokeCodes(let batch): return try revokeCodes(batch)
        }
    }

    // MARK: The audience

    private func ask(
        _ raw: String, _ rawName: String?, _ wanted: TalkID?, _ spoken: Bool, _ stamped: StampedCommand
    ) throws(Rejection) -> [Change] {
        let actor = stamped.actor
        guard let setup else { throw Rejection(.noTalk) }
        guard let venue = actor.venue, setup.venue(venue) != nil else {
            throw Rejection(.unknownVenue, field: "venue")
        }
        guard !blocked.contains(actor.participant) else { throw Rejection(.blocked) }
        guard intake else { throw Rejection(.intakePaused) }
        guard let talk = wanted ?? currentTalk else { throw Rejection(.noTalk) }
        guard setup.talks.contains(where: { $0.id == talk }) else {
            throw Rejection(.unknownTalk, field: "talk")
        }
        guard talkPhase(talk) != .ended else { throw Rejection(.talkOver, field: "talk") }
        guard questions.count < setup.limits.questionsMaximum else {
            throw Rejection(.tooManyQuestions, limit: setup.limits.questionsMaximum)
        }
        if spoken { try checkFloor(setup, talk, actor) }
        let text = try QuestionText.checked(raw, limits: spoken ? setup.limits.ofSubject : setup.limits)
        let name = try QuestionText.checkedName(rawName)
        if let name, screening.isReserved(name) { throw Rejection(.nameReserved, field: "name") }
        let word = screening.found(in: text) ?? name.flatMap(screening.found)
        if word != nil, setup.words.refuses { throw Rejection(.wordsRefused, field: "text") }
        let asked = AskedQuestion(
            number: questions.count + 1, talk: talk, text: text, name: name,
            approved: !setup.moderated && word == nil, spoken: spoken, held: word)
        let status = asked.approved ? Status.approved : .pending
        // A moderator sees it as it is, whatever it repeats.
        guard !spoken, word == nil, let union = union(sameAs: stamped.sameAs, in: talk, before: status) else {
            return [.questionAsked(asked)]
        }
        return [.questionAsked(asked), .unionChanged(stamped.id.of(), from: nil, to: union)]
    }

    private func withdraw(_ id: QuestionID, _ actor: Actor) throws(Rejection) -> [Change] {
        let question = try known(id)
        guard question.asker == actor.participant else { throw Rejection(.notYours) }
        switch question.status {
        case .pending, .approved:
            guard question.variants.isEmpty else { return withdrawFounder(question) }
            return [.statusChanged(id, from: question.status, to: .dismissed(.withdrawn))]
        case .dismissed: return []
        // Who has the floor may decline it.
        case .live where question.spoken: return [.statusChanged(id, from: .live, to: .dismissed(.withdrawn))]
        case .live, .answered: throw Rejection(.wrongStatus)
        case .merged:
            guard let union = question.union else { throw Rejection(.wrongStatus) }
            return withdrawVariant(question, union)
        }
    }

    private func vote(
        _ id: QuestionID, _ on: Bool, _ counter: Int, _ actor: Actor
    ) throws(Rejection) -> [Change] {
        let question = try known(id)
        guard question.asker != actor.participant else { throw Rejection(.ownQuestion) }
        guard !blocked.contains(actor.participant) else { throw Rejection(.blocked) }
        // A phone with an old view votes for what has been merged meanwhile: that counts for the group.
        let shown = self.question(question.founderID)?.status
        guard shown == .approved || shown == .live else {
            throw Rejection(.notOpen)
        }
        guard countsSupport(of: actor.participant) else { throw Rejection(.codeNeeded) }
        return [.voted(id, on: on, counter: counter)]
    }

    // MARK: Triage

    func approve(_ id: QuestionID, _ actor: Actor) throws(Rejection) -> [Change] {
        let question = try triaged(id, actor)
        switch question.status {
        case .pending: return [.statusChanged(id, from: .pending, to: .approved)]
        case .approved, .live: return []
        case .answered, .dismissed, .merged: throw Rejection(.wrongStatus)
        }
    }

    private func edit(
        _ id: QuestionID, _ raw: String, _ actor: Actor
    ) throws(Rejection) -> [Change] {
        let question = try triaged(id, actor)
        guard !question.isTextErased else { throw Rejection(.wrongStatus) }
        let limits = setup?.limits ?? EventLimits()
        let text = try QuestionText.checked(raw, limits: question.spoken ? limits.ofSubject : limits)
        return question.text == text ? [] : [.textEdited(id, from: question.text, to: text)]
    }

    func dismiss(
        _ id: QuestionID, _ reason: DismissReason, _ actor: Actor
    ) throws(Rejection) -> [Change] {
        let question = try triaged(id, actor)
        guard reason != .withdrawn else { throw Rejection(.badValue, field: "reason") }
        switch question.status {
        case .dismissed(.withdrawn), .merged: throw Rejection(.wrongStatus)
        case .dismissed(reason): return []
        case .pending, .approved, .live, .answered, .dismissed:
            return [.statusChanged(id, from: question.status, to: .dismissed(reason))]
        }
    }

    func restore(_ id: QuestionID, _ actor: Actor) throws(Rejection) -> [Change] {
        let question = try triaged(id, actor)
        switch question.status {
        // What its asker took back stays taken back.
        case .dismissed(.withdrawn), .merged: throw Rejection(.wrongStatus)
        case .dismissed: return [.statusChanged(id, from: question.status, to: .pending)] + takenBack(question)
        case .answered: return [.statusChanged(id, from: .answered, to: .approved)] + takenBack(question)
        case .pending, .approved, .live: return []
        }
    }

    /// Whoever waits for the floor anew has no microphone in the hand any more.
    private func takenBack(_ question: Question) -> [Change] {
        question.ready ? [.floorReady(question.id, from: true, to: false)] : []
    }

    private func block(
        _ id: QuestionID, _ on: Bool, _ actor: Actor
    ) throws(Rejection) -> [Change] {
        let question = try triaged(id, actor)
        // Its asker is the moderator who heard it.
        guard !question.heard else { throw Rejection(.wrongStatus) }
        let participant = question.asker
        let before = blocked.contains(participant)
        return before == on ? [] : [.participantBlocked(participant, from: before, to: on)]
    }

    // MARK: The stage

    private func takeLive(
        _ id: QuestionID, _ replacing: QuestionID?, _ actor: Actor
    ) throws(Rejection) -> [Change] {
        let question = try known(id)
        if question.status == .live { return [] }
        guard liveQuestion?.id == replacing else { throw Rejection(.staleLive) }
        switch question.status {
        case .approved: break
        case .pending:
            // To take a question nobody has read yet is to approve it.
            guard actor.role != .speaker else { throw Rejection(.wrongStatus) }
            _ = try triaged(id, actor)
        case .answered where actor.role != .speaker: break
        case .live, .answered, .dismissed, .merged: throw Rejection(.wrongStatus)
        }
        var changes: [Change] = []
        if let replaced = liveQuestion {
            changes.append(.statusChanged(replaced.id, from: .live, to: .answered))
        }
        return changes + turnKept(by: question) + [.statusChanged(id, from: question.status, to: .live)]
    }

    func answer(_ id: QuestionID) throws(Rejection) -> [Change] {
        let question = try known(id)
        switch question.status {
        case .pending, .approved, .live:
            return [.statusChanged(id, from: question.status, to: .answered)]
        case .answered: return []
        case .dismissed, .merged: throw Rejection(.wrongStatus)
        }
    }

    private func putBack(_ id: QuestionID) throws(Rejection) -> [Change] {
        let question = try known(id)
        switch question.status {
        case .live: return [.statusChanged(id, from: .live, to: .approved)]
        case .approved: return []
        case .pending, .answered, .dismissed, .merged: throw Rejection(.wrongStatus)
        }
    }

    // MARK: The day

    private func startTalk(_ talk: TalkID) throws(Rejection) -> [Change] {
        try check(talk)
        if talkPhase(talk) == .running { return [] }
        var changes: [Change] = []
        // Of all talks that ever were: one that was taken out while it ran may come back.
        for other in talkPhases.keys.sorted() where talkPhase(other) == .running {
            changes += ending(other)
        }
        changes.append(.talkChanged(talk, from: talkPhase(talk), to: .running))
        return changes
    }

    private func endTalk(_ talk: TalkID) throws(Rejection) -> [Change] {
        try check(talk)
        return talkPhase(talk) == .running ? ending(talk) : []
    }

    private func ending(_ talk: TalkID) -> [Change] {
        var changes: [Change] = []
        if let question = liveQuestion, question.talk == talk {
            changes.append(.statusChanged(question.id, from: .live, to: .answered))
        }
        changes.append(.talkChanged(talk, from: .running, to: .ended))
        return changes
    }

    private func configure(_ setup: EventSetup) throws(Rejection) -> [Change] {
        // The file has not changed: what was amended since stays.
        if fileSetup == setup { return [] }
        try check(setup)
        return [.eventConfigured(setup)]
    }

    /// Questions must not be left without their talk or venue, nor votes counted by another rule than they were given under.
    func check(_ setup: EventSetup) throws(Rejection) {
        if let before = self.setup, before.votes != setup.votes, !questions.isEmpty {
            throw Rejection(.badValue, field: "votes")
        }
        let talks = Set(setup.talks.map(\.id))
        let venues = Set(setup.venues.map(\.id))
        for question in questions {
            guard talks.contains(question.talk) else { throw Rejection(.badValue, field: "talks") }
            guard venues.contains(question.venue), question.desk.map(venues.contains) != false else {
                throw Rejection(.badValue, field: "venues")
            }
        }
    }

    private func addToken(_ token: AccessToken) throws(Rejection) -> [Change] {
        guard self.token(token.id) == nil else { throw Rejection(.badValue, field: "token") }
        // It is shown in terminals: what it holds must be what it looks like.
        guard token.label == QuestionText.clean(token.label), !token.label.isEmpty,
            token.label.unicodeScalars.count <= Limits.labelMaximum
        else { throw Rejection(.badValue, field: "label", limit: Limits.labelMaximum) }
        // Those that were revoked open nothing: signing in again and again uses nothing up.
        guard tokens.count(where: { !$0.revoked }) < Limits.tokensMaximum else {
            throw Rejection(.tooManyTokens, field: "token", limit: Limits.tokensMaximum)
        }
        if let venue = token.venue, setup?.venue(venue) == nil {
            throw Rejection(.unknownVenue, field: "venue")
        }
        return [.tokenAdded(token)]
    }

    private func revokeToken(_ id: TokenID) throws(Rejection) -> [Change] {
        guard let token = token(id) else { throw Rejection(.tokenInvalid, field: "token") }
        return token.revoked ? [] : [.tokenRevoked(id)]
    }

    // MARK: What is asked for must be there

    func known(_ id: QuestionID, field: String = "question") throws(Rejection) -> Question {
        guard let question = question(id) else {
            throw Rejection(.unknownQuestion, field: field)
        }
        return question
    }

    func triaged(_ id: QuestionID, _ actor: Actor) throws(Rejection) -> Question {
        let question = try known(id)
        if let venue = actor.venue, venue != question.desk ?? question.venue { throw Rejection(.wrongVenue) }
        return question
    }

    func check(_ talk: TalkID) throws(Rejection) {
        guard setup?.talks.contains(where: { $0.id == talk }) == true else {
            throw Rejection(.unknownTalk, field: "talk")
        }
    }
}
