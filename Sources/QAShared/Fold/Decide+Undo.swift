// Taking an action back: a compensating entry, refused if someone changed the same thing since.

extension State {
    func undo(_ sequence: Int, _ actor: Actor) throws(Rejection) -> [Change] {
        guard let action = actions.last(where: { $0.sequence == sequence }) else {
            throw Rejection(.unknownEntry, field: "sequence")
        }
        if actor.role == .speaker, action.actor.participant != actor.participant {
            throw Rejection(.notAllowed)
        }
        // An organiser's decisions, such as the opening of the event, are no moderator's to take back.
        if actor.role == .moderator, action.actor.role == .organiser {
            throw Rejection(.notAllowed)
        }
        guard !action.undone else { throw Rejection(.superseded) }
        for change in action.changes { try checkVenue(of: change, actor) }
        if case .questionAsked(let asked)? = action.changes.first {
            return try withdrawEntered(action, asked) + [.actionUndone(sequence: sequence)]
        }
        let inverses = action.changes.reversed().compactMap(\.inverse)
        guard stand(inverses) else { throw Rejection(.superseded) }
        let changes = try handKept(regroupedAfter(inverses)) + [.actionUndone(sequence: sequence)]
        guard liveAfter(changes).count <= 1, runningAfter(changes) <= 1 else {
            throw Rejection(.superseded)
        }
        return changes
    }

    /// The inverses, and with one that leaves the order by hand what was made of it meanwhile.
    private func handKept(_ inverses: [Change]) -> [Change] {
        for case .orderChanged(_, let to) in inverses { return handLeft(by: to) + inverses }
        return inverses
    }

    /// Triage is taken back by whoever may triage that question; what concerns the stage and the day by anybody.
    private func checkVenue(of change: Change, _ actor: Actor) throws(Rejection) {
        guard let venue = actor.venue else { return }
        switch change {
        case .textEdited(let id, _, _): _ = try triaged(id, actor)
        case .questionAsked(let asked): _ = try triaged(question(number: asked.number).id, actor)
        case .handed(let id, let from, let to):
            let own = try known(id).venue
            guard [own, from ?? own, to ?? own].contains(venue) else { throw Rejection(.wrongVenue) }
        case .statusChanged(let id, let from, let to):
            let isStage = [from, to].contains(.live) || [from, to].contains(.answered)
            if !isStage { _ = try triaged(id, actor) }
        case .participantBlocked(let participant, _, _):
            guard questions.contains(where: { $0.asker == participant && $0.venue == venue }) else {
                throw Rejection(.wrongVenue)
            }
        default: break
        }
    }

    /// Whether the value that each change starts from is the one there is once those before it are done.
    private func stand(_ changes: [Change]) -> Bool {
        var statuses: [QuestionID: Status] = [:]
        var unions: [QuestionID: Union?] = [:]
        for change in changes {
            switch change {
            case .statusChanged(let id, let from, let to):
                guard statuses[id] ?? question(id)?.status == from else { return false }
                statuses[id] = to
            case .unionChanged(let id, let from, let to):
                guard let question = question(id), unions[id] ?? question.union == from,
                    from != nil || statuses[id] ?? question.status == to?.before
                else { return false }
                unions.updateValue(to, forKey: id)
                statuses[id] = to.map { .merged(into: $0.founder) } ?? from?.before
            default: guard stands(change) else { return false }
            }
        }
        return true
    }

    /// The same of a change that no other one of its entry bears on.
    private func stands(_ change: Change) -> Bool {
        switch change {
        case .textEdited(let id, let from, _):
            question(id).map { $0.text == from && !$0.isTextErased } == true
        case .pairDistinguished(let one, let other, let from, _): areDistinguished(one, other) == from
        case .participantBlocked(let id, let from, _): blocked.contains(id) == from
        case .talkChanged(let id, let from, _): talkPhase(id) == from
        case .intakeChanged(let from, _): intake == from
        case .phaseChanged(let from, let to): phase == from && isRehearsalKept(by: to)
        case .orderChanged(let from, _): order == from
        case .placed(let id, let from, let to): stands(id, placed: from, to)
        case .pinChanged(let id, let from, _): question(id)?.pinned == from
        case .floorReady(let id, let from, _): question(id)?.ready == from
        // They come with a change that is looked at.
        case .handChanged, .turnChanged: true
        case .noteAdded(let id, let note):
            // One whose words were erased does not come back.
            !note.text.isEmpty
                && question(id).map { $0.notes.count < Limits.notesMaximum && !$0.notes.contains(note) } == true
        case .noteRemoved(let id, let note): question(id)?.notes.contains(note) == true
        case .said(let message): !message.text.isEmpty && !channel.contains(message)
        case .unsaid(let message): channel.contains(message)
        case .handed(let id, let from, _): question(id).map { $0.desk == from } == true
        case .stageChanged(let from, _): stage == from
        case .labelled(let id, let from, _): question(id)?.labels == from
        case .talkMoved(let id, let from, let to):
            question(id).map { $0.talk == from && $0.status != .live } == true
                && setup?.talks.contains { $0.id == to } == true
        case .setupAmended(let from, let to): setup == from && (try? check(to)) != nil
        default: false
        }
    }

    /// Whether a question stands by hand where it was put, and whoever it stood before is still there.
    private func stands(_ id: QuestionID, placed from: QuestionID?, _ to: QuestionID?) -> Bool {
        guard order == .byHand, let question = question(id), question.status == .approved,
            placeByHand(of: question) == from
        else { return false }
        guard let to else { return true }
        return self.question(to).map { $0.status == .approved && $0.talk == question.talk } == true
    }

    /// A rehearsal with questions ends by being wiped, and begins without any.
    private func isRehearsalKept(by phase: EventPhase) -> Bool {
        phase == .closed || (phase == .rehearsal) == isRehearsing || questions.isEmpty
    }

    private func liveAfter(_ changes: [Change]) -> [QuestionID] {
        var live = liveQuestion.map { [$0.id] } ?? []
        for case .statusChanged(let id, _, let to) in changes {
            live.removeAll { $0 == id }
            if to == .live { live.append(id) }
        }
        return live
    }

    private func runningAfter(_ changes: [Change]) -> Int {
        var phases = talkPhases
        for case .talkChanged(let talk, _, let to) in changes { phases[talk] = to }
        return phases.values.count { $0 == .running }
    }

    // MARK: Groups

    /// The inverses with what they bring about: whoever joined meanwhile goes along, and what is parted was not the same.
    private func regroupedAfter(_ inverses: [Change]) throws(Rejection) -> [Change] {
        var moves: [(id: QuestionID, to: Union?)] = []
        for case .unionChanged(let id, _, let to) in inverses { moves.append((id, to)) }
        guard !moves.isEmpty else { return inverses }
        let places = Dictionary(moves.map { ($0.id, $0.to) }, uniquingKeysWith: { $1 })
        guard moves.allSatisfy({ holds($0.to, after: places) }) else { throw Rejection(.superseded) }
        let followers = regrouped(moves).dropFirst(moves.count)
        return inverses + followers + distinguishing(inverses)
    }

    /// Whether a question can be where it was: its founder leads a group, and whom it was joined with is there.
    private func holds(_ union: Union?, after places: [QuestionID: Union?]) -> Bool {
        guard let union else { return true }
        func place(of id: QuestionID) -> Union? { places[id] ?? question(id)?.union }
        // What its asker took back leads no group; one that moderators dismissed keeps its own.
        guard let founder = question(union.founder), place(of: founder.id) == nil,
            founder.status != .dismissed(.withdrawn)
        else { return false }
        return union.with == founder.id || place(of: union.with)?.founder == founder.id
    }
}
