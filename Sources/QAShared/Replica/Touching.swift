// What a command touches: of two that touch the same, the later one must not arrive first.

/// Something that commands change, of which the last word counts.
enum Matter: Hashable, Sendable {
    case question(QuestionID)
    /// Which question is live; talks end with it.
    case live
    case talks
    case intake
    /// The order of the queue, pins and places in it.
    case order
    /// Which devices are blocked: two questions may be of one device.
    case devices
    case stage
    case channel
}

/// What one command touches.
enum Touching: Equatable, Sendable {
    case some(Set<Matter>)
    /// What changes the event itself, and an action taken back: nothing passes it, and it passes nothing.
    case everything

    func overlaps(_ other: Touching) -> Bool {
        switch (self, other) {
        case (.some(let mine), .some(let others)): !mine.isDisjoint(with: others)
        case (.some(let matters), .everything), (.everything, .some(let matters)): !matters.isEmpty
        case (.everything, .everything): true
        }
    }

    mutating func add(_ other: Touching) {
        guard case .some(let mine) = self, case .some(let others) = other else { return self = .everything }
        self = .some(mine.union(others))
    }
}

extension Command {
    /// What it touches, under this id.
    func touching(_ id: CommandID) -> Touching {
        switch self {
        case .ask, .enter: .some([.question(id.of())])
        case .withdraw(let id), .vote(let id, _, _), .approve(let id), .edit(let id, _), .dismiss(let id, _),
            .restore(let id), .separate(let id), .flag(let id, _), .note(let id, _), .hand(let id, _),
            .label(let id, _), .ready(let id, _), .erase(let id, _):
            .some([.question(id)])
        case .unite(let id, let other), .distinguish(let id, let other): .some([.question(id), .question(other)])
        case .bulk(let ids, _): .some(Set(ids.map(Matter.question)))
        case .takeLive(let id, let replaced):
            .some(Set([.live, .question(id)] + (replaced.map { [.question($0)] } ?? [])))
        case .answer(let id), .putBack(let id): .some([.live, .question(id)])
        case .block(let id), .unblock(let id): .some([.devices, .question(id)])
        case .pin(let id), .unpin(let id): .some([.order, .question(id)])
        case .place(let id, let other): .some(Set([.order, .question(id)] + (other.map { [.question($0)] } ?? [])))
        case .setOrder: .some([.order])
        case .move(let id, _): .some([.talks, .question(id)])
        case .startTalk, .endTalk: .some([.talks, .live])
        case .pauseIntake, .resumeIntake: .some([.intake])
        case .stage, .stageRead, .clearStage: .some([.stage])
        case .say: .some([.channel])
        case .startRehearsal, .endRehearsal, .amend, .closeEvent, .openEvent, .undo, .undoCommand, .configure,
            .addToken, .revokeToken, .setLine, .redeem, .issueCodes, .revokeCodes:
            .everything
        }
    }
}
