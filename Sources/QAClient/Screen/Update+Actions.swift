// One key, one command. What the hub would refuse anyway is refused here with the same sentence.

import QAShared

extension Model {
    /// An action key on the selected question.
    mutating func act(_ character: Character, _ effects: inout [Effect]) {
        guard "aedrlvpbB".contains(character) else { return }
        let deaf = Mode.deaf(since: clock.monotonic)
        guard let card = selected else {
            if character == "e" { mode = deaf }
            return say(words.nothingSelected)
        }
        if let refusal = refusal(character, card) {
            if character == "e" { mode = deaf }
            return warn(name(card) + words.colon + " " + refusal)
        }
        guard mayAct(character, on: [card.id]) else {
            if character == "e" { mode = deaf }
            return
        }
        switch character {
        case "a": send(.approve(card.id), &effects)
        case "e": beginEdit(card)
        case "d": mode = .dismissing(card.id)
        case "r": send(.restore(card.id), &effects)
        case "l": send(.takeLive(card.id, replacing: expected.live), &effects)
        case "v": send(.answer(card.id), &effects)
        case "p": send(.putBack(card.id), &effects)
        case "b": mode = .blocking(card.id, on: true)
        default: mode = .blocking(card.id, on: false)
        }
    }

    /// Why an action cannot be done; nil when it can.
    func refusal(_ character: Character, _ card: Card) -> String? {
        let isTriage = "aedrbB".contains(character) || character == "l" && card.status == "pending"
        if isTriage, !triages(card) { return words.rejection(Rejection(.wrongVenue)) }
        if view.event?.phase == .closed { return words.rejection(Rejection(.eventClosed)) }
        let status = card.status
        let fits =
            switch character {
            case "a": status == "pending"
            case "d": status != "dismissed" && status != "merged"
            case "r": status == "answered" || status == "dismissed" && card.reason != "withdrawn"
            case "l": ["pending", "approved", "answered"].contains(status)
            case "v": ["pending", "approved", "live"].contains(status)
            case "p": status == "live"
            case "b": !card.blocked
            case "B": card.blocked
            default: true
            }
        return fits ? nil : words.doesNotFit(card)
    }

    mutating func send(_ command: Command, _ effects: inout [Effect]) {
        effects.append(.send(command))
        let done = describe(command)
        say(link == .online ? done : words.later(done))
    }

    // MARK: Keys that ask for one more key

    mutating func pressDismissing(_ key: Key, _ id: QuestionID, _ effects: inout [Effect]) {
        guard key != .escape else { return mode = .normal }
        guard let reason = Self.reason(key) else { return say(words.chooseReason) }
        mode = .normal
        send(.dismiss(id, reason), &effects)
    }

    /// The reason that a digit stands for.
    static func reason(_ key: Key) -> DismissReason? {
        guard case .character(let character) = key, let digit = character.wholeNumberValue,
            character.isASCII, (1...reasons.count).contains(digit)
        else { return nil }
        return reasons[digit - 1]
    }

    /// The reasons a moderator may give, in the order of their keys.
    static let reasons = DismissReason.allCases.filter { $0 != .withdrawn }

    mutating func pressBlocking(
        _ key: Key, _ id: QuestionID, _ on: Bool, _ effects: inout [Effect]
    ) {
        mode = .normal
        guard words.yesKeys.contains(key) else { return say(words.nothingDone) }
        send(on ? .block(id) : .unblock(id), &effects)
    }

    // MARK: The day

    mutating func beginTalks() {
        let talks = view.event?.talks ?? []
        guard let first = talk(view.event?.talk) ?? talks.first else {
            return say(words.rejection(Rejection(.noTalk)))
        }
        mode = .talks(first.id)
    }

    mutating func pressTalks(_ key: Key, _ id: TalkID, _ effects: inout [Effect]) {
        let talks = view.event?.talks ?? []
        guard key != .escape, key != .character("t"), key != .character("q"),
            let index = talks.firstIndex(where: { $0.id == id })
        else { return mode = .normal }
        if let step = pressedMove(key) {
            return mode = .talks(talks[max(0, min(talks.count - 1, index + step))].id)
        }
        let talk = talks[index]
        let phase = expected.phases[talk.id] ?? talk.phase
        switch key {
        case .enter, .character("s"), .character("d"):
            guard phase != .running else { return say(words.phase(phase)) }
            mode = .normal
            send(.startTalk(talk.id), &effects)
        case .character("e"), .character("f"):
            guard phase == .running else { return say(words.phase(phase)) }
            mode = .normal
            send(.endTalk(talk.id), &effects)
        default: break
        }
    }

    mutating func toggleIntake(_ effects: inout [Effect]) {
        guard hasView else { return }
        send(expected.intake ? .pauseIntake : .resumeIntake, &effects)
    }
}
