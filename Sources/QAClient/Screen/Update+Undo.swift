import QAShared

extension Model {
    /// Takes back the newest own action that still stands; one that never left is simply dropped.
    mutating func undoLatest(_ effects: inout [Effect]) {
        let undoing = Set(
            outgoing.compactMap { item in
                if case .undo(let sequence) = item.command { sequence } else { nil }
            })
        for item in outgoing.reversed() where item.command.kind != .undo && !item.undoWanted {
            if case .waiting = item.stage {} else if item.command.kind == .endRehearsal { continue }
            switch item.stage {
            case .waiting:
                effects.append(.drop(item.id))
                return say(words.droppedUnsent(describe(item.command)))
            case .sent:
                effects.append(.undoOnceAcked(item.id))
                return say(words.undoing(describe(item.command)))
            case .acked(let sequence):
                guard !undoing.contains(sequence) else { continue }
                effects.append(.send(.undo(sequence: sequence)))
                return say(words.undoing(describe(item.command)))
            }
        }
        let own = view.actions.last { action in
            action.by == identity?.by && !action.undone && action.what != "undo"
                && !undoing.contains(action.sequence)
        }
        guard let own else { return say(words.nothingToUndo) }
        effects.append(.send(.undo(sequence: own.sequence)))
        say(words.undoing(describe(own)))
    }

    /// A command in words, as if it were done.
    func describe(_ command: Command) -> String {
        var reason: String?
        if case .dismiss(_, let why) = command { reason = words.reason(why.rawValue) }
        if case .setOrder(let order) = command { return words.orderSet(order) }
        if let text = describeDuplicates(command) { return text }
        if let text = describeTogether(command) { return text }
        let number = command.question.flatMap(shownNumber)
        return words.done(
            command.kind.rawValue, number: number, talk: talk(command.talk)?.title, reason: reason)
    }

    /// The latest actions, newest first, as the history shows them.
    var history: [ActionInfo] { view.actions.reversed() }

    /// Where the chosen action stands now; new ones push it down, and the choice goes with it.
    func historyIndex(_ sequence: Int) -> Int {
        history.firstIndex { $0.sequence <= sequence } ?? 0
    }

    mutating func pressHistory(_ key: Key, _ sequence: Int, _ effects: inout [Effect]) {
        let actions = history
        guard key != .escape, key != .character("U"), key != .character("q"), !actions.isEmpty
        else { return mode = .normal }
        let index = historyIndex(sequence)
        if let step = pressedMove(key) {
            let target = max(0, min(actions.count - 1, index + step))
            return mode = .history(sequence: actions[target].sequence)
        }
        guard key == .enter || key == .character("u") else { return }
        let action = actions[index]
        guard !action.undone else { return say(words.alreadyUndone) }
        mode = .normal
        effects.append(.send(.undo(sequence: action.sequence)))
        say(words.undoing(describe(action)))
    }
}
