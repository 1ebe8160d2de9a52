import QAShared

// Votes that the hub refuses because it lacks the question, or the question is not open: another room may have that
// question and send it later, as all do after the hub was put back to an earlier day. Votes alone, whose counters keep
// them from undoing anything that came after them.
extension Hub {
    /// Whether a refusal is not the last word. The vote stays among those that wait, or is sent once more.
    func isForWant(_ rejection: Rejection, _ item: inout Relaying.Item, _ now: Now) -> Bool {
        guard let relay = relaying, relay.mayPass(rejection, item.forwarded) else { return false }
        if relay.restartsAt == nil, !item.isRepeated, isDecidable(item.forwarded, in: relay.confirmed ?? state) {
            // The question came before the answer did.
            item.askAnew()
            item.isRepeated = true
            return true
        }
        guard relay.patientUntil != nil else { return false }
        item.rejection = rejection
        return true
    }

    private func isDecidable(_ forwarded: Forwarded, in confirmed: State) -> Bool {
        (try? confirmed.decide(forwarded.stamped)) != nil
    }

    /// Sends once more the votes that were refused for want of the questions that these entries brought, or opened; the
    /// state holds them, and no guess. Gives whom it concerns.
    func takeUp(after entries: [Entry], _ now: Now) -> [ParticipantID] {
        guard let relay = relaying, !relay.refusals.isEmpty || relay.outbox.contains(where: { $0.rejection != nil })
        else { return [] }
        let brought = brought(by: entries)
        guard !brought.isEmpty else { return [] }
        let confirmed = state
        let taken = relaying?.takeUp { item in
            guard case .vote(let question, _, _) = item.command else { return false }
            return brought.contains(question) && isDecidable(item, in: confirmed)
        }
        guard let taken, !taken.isEmpty else { return [] }
        let refused = Set(relay.refusals.flatMap(\.ordinals))
        let reopened = taken.map(\.ordinal).filter(refused.contains)
        if !reopened.isEmpty { effects.append(.reopen(reopened)) }
        effects.append(.forward)
        for session in attached[ViewKind.moderator.rawValue] { want(session, now) }
        return taken.map(\.actor.participant)
    }

    private func brought(by entries: [Entry]) -> Set<QuestionID> {
        var brought: Set<QuestionID> = []
        for entry in entries {
            for change in entry.changes {
                switch change {
                case .questionAsked:
                    if let id = entry.commandID { brought.insert(id.of()) }
                case .statusChanged(let id, _, let status) where status.isPublic:
                    brought.insert(id)
                    // Votes for what was merged count while its founder is open.
                    for number in state.question(id)?.variants ?? [] {
                        brought.insert(state.question(number: number).id)
                    }
                case .unionChanged(let id, _, _): brought.insert(id)
                default: break
                }
            }
        }
        return brought
    }

    /// What is still missing is told now.
    func endPatienceIfDue(_ now: Now) {
        guard var relay = relaying, let until = relay.patientUntil, until <= now.monotonic else { return }
        relay.patientUntil = nil
        let missing = relay.outbox.filter { $0.rejection != nil }
        relay.outbox.removeAll { $0.rejection != nil }
        var results: [ForwardResult] = []
        for item in missing {
            guard let rejection = item.rejection else { continue }
            relay.refuse(item.forwarded, rejection)
            results.append(ForwardResult(ordinal: item.forwarded.ordinal, outcome: .failure(rejection)))
        }
        relaying = relay
        guard !missing.isEmpty else { return }
        noteWaiting(now)
        effects.append(.settle(results))
        tellRefused(Set(missing.map(\.forwarded.actor.participant)), now)
    }

    /// Moderators are told what was refused, and its people that it is not theirs any more.
    func tellRefused(_ people: Set<ParticipantID>, _ now: Now) {
        replay(now)
        tellAll(people.sorted(), now)
        for session in attached[ViewKind.moderator.rawValue] { want(session, now) }
    }
}

extension Relaying {
    /// Whether a refusal may turn out otherwise once a question comes or is opened.
    func mayPass(_ rejection: Rejection, _ forwarded: Forwarded) -> Bool {
        forwarded.command.kind == .vote && [.unknownQuestion, .notOpen].contains(rejection.code)
    }

    /// Puts back among what is to be sent what is refused and due.
    mutating func takeUp(where isDue: (Forwarded) -> Bool) -> [Forwarded] {
        var taken: [Forwarded] = []
        for index in outbox.indices where outbox[index].rejection != nil && isDue(outbox[index].forwarded) {
            outbox[index].askAnew()
            outbox[index].isRepeated = true
            taken.append(outbox[index].forwarded)
        }
        let refused = refusals.filter { !$0.isPart }.flatMap { refusal in
            refusal.all.filter { mayPass(refusal.rejection, $0) && isDue($0) }
        }
        guard !refused.isEmpty else { return taken }
        forgetRefusals(of: Set(refused.map(\.ordinal)))
        outbox += refused.map { Item(forwarded: $0, isStored: true, isRepeated: true) }
        outbox.sort { $0.forwarded.ordinal < $1.forwarded.ordinal }
        return taken + refused
    }

    /// When something is to be done or told without anything having come.
    var dueAt: Int? { [replayAt, lineDueAt, patientUntil].compactMap(\.self).min() }
}
