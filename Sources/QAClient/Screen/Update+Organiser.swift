// What an organiser can do from here: rehearsals, the event's setup, tokens.

import QAShared

extension Model {
    var isRehearsing: Bool { view.event?.phase == .rehearsal }

    /// What makes sense as things stand.
    var organiserActions: [OrganiserAction] {
        OrganiserAction.allCases.filter { action in
            switch action {
            case .startRehearsal: view.event?.phase == .open
            case .endRehearsal: isRehearsing
            case .close: view.event?.phase != .closed
            case .open: view.event?.phase == .closed
            default: true
            }
        }
    }

    mutating func organise(_ action: OrganiserAction, _ effects: inout [Effect]) {
        guard let event = view.event else { return }
        // What takes everything away is never kept for later.
        if [.startRehearsal, .endRehearsal, .close, .tokens].contains(action), link != .online {
            return warn(words.onlyOnline)
        }
        switch action {
        case .startRehearsal:
            guard view.cards.isEmpty else { return warn(words.rehearsalNeedsNoQuestions) }
            send(.startRehearsal, &effects)
        case .endRehearsal: write(.endRehearsal)
        case .moderated: send(.amend(SetupAmendment(moderated: !event.moderated)), &effects)
        case .floor: send(.amend(SetupAmendment(floor: !event.floor)), &effects)
        case .talks: mode = .menu(Menu(kind: .talks))
        case .limits: mode = .menu(Menu(kind: .limit))
        case .title: write(.title, event.title)
        case .close: mode = .closing
        case .open: send(.openEvent, &effects)
        case .tokens:
            guard line == nil else { return warn(words.onlyAtHub) }
            mode = .tokens(tag: nil)
            effects.append(.listTokens)
        }
    }

    mutating func finishOrganising(_ writing: Writing, _ effects: inout [Effect]) throws(Rejection) {
        let text = QuestionText.clean(writing.line.text)
        switch writing.purpose {
        case .endRehearsal:
            guard Folded.text(text) == Folded.text(words.rehearsalWord) else { throw Rejection(.unconfirmed) }
            guard link == .online else { return warn(words.onlyOnline) }
            sent(writing)
            send(.endRehearsal, &effects)
        case .title:
            guard !text.isEmpty else { throw Rejection(.textEmpty) }
            guard text.unicodeScalars.count <= Limits.titleMaximum else {
                throw Rejection(.textTooLong, limit: Limits.titleMaximum)
            }
            sent(writing)
            guard text != view.event?.title else { return say(words.nothingDone) }
            send(.amend(SetupAmendment(title: text)), &effects)
        case .newTalk:
            let (title, speaker) = try Self.titleAndSpeaker(text)
            try amend(talks + [Talk(id: newTalkID(title), title: title, speaker: speaker)], writing, &effects)
        case .renameTalk(let id):
            let (title, speaker) = try Self.titleAndSpeaker(text)
            let changed = talks.map { $0.id == id ? Talk(id: id, title: title, speaker: speaker) : $0 }
            guard changed != talks else {
                sent(writing)
                return say(words.nothingDone)
            }
            try amend(changed, writing, &effects)
        case .limit(let limit):
            guard let value = Int(text), limit.range.contains(value) else {
                throw Rejection(.badValue, field: limit.rawValue)
            }
            sent(writing)
            send(.amend(SetupAmendment(limits: [limit: value])), &effects)
        case .tokenName(let role, let venue):
            guard !text.isEmpty else { throw Rejection(.textEmpty) }
            guard text.unicodeScalars.count <= Limits.labelMaximum else {
                throw Rejection(.nameTooLong, limit: Limits.labelMaximum)
            }
            guard link == .online else { return warn(words.onlyOnline) }
            sent(writing)
            mode = .tokens(tag: nil)
            effects.append(.mint(role, venue, label: text))
        default: break
        }
    }

    private mutating func amend(
        _ talks: [Talk], _ writing: Writing, _ effects: inout [Effect]
    ) throws(Rejection) {
        for talk in talks {
            for part in [talk.title, talk.speaker] where part.unicodeScalars.count > Limits.titleMaximum {
                throw Rejection(.textTooLong, limit: Limits.titleMaximum)
            }
        }
        sent(writing)
        send(.amend(SetupAmendment(talks: talks)), &effects)
    }

    // MARK: Talks

    mutating func organise(_ action: TalkAction) {
        switch action {
        case .add: write(.newTalk)
        case .rename: mode = .menu(Menu(kind: .renameTalk))
        case .move:
            guard talks.count > 1 else { return say(words.nothingDone) }
            mode = .menu(Menu(kind: .moveTalk))
        case .remove:
            guard !removableTalks.isEmpty else { return warn(words.talksHaveQuestions) }
            mode = .menu(Menu(kind: .removeTalk))
        }
    }

    /// Those without questions, as long as one talk is left.
    var removableTalks: [TalkID] {
        let asked = Set(view.cards.values.map(\.talk))
        return talks.count > 1 ? talks.map(\.id).filter { !asked.contains($0) } : []
    }

    mutating func removeTalk(_ id: TalkID, _ effects: inout [Effect]) {
        send(.amend(SetupAmendment(talks: talks.filter { $0.id != id })), &effects)
    }

    /// Puts a talk before another one, or behind all.
    mutating func moveTalk(_ id: TalkID, before other: TalkID?, _ effects: inout [Effect]) {
        guard let talk = talks.first(where: { $0.id == id }) else { return }
        var moved = talks.filter { $0.id != id }
        moved.insert(talk, at: moved.firstIndex { $0.id == other } ?? moved.count)
        guard moved != talks else { return say(words.nothingDone) }
        send(.amend(SetupAmendment(talks: moved)), &effects)
    }

    mutating func pressClosing(_ key: Key, _ effects: inout [Effect]) {
        mode = .normal
        guard words.yesKeys.contains(key) else { return say(words.nothingDone) }
        guard link == .online else { return warn(words.onlyOnline) }
        send(.closeEvent, &effects)
    }

    var talks: [Talk] {
        (view.event?.talks ?? []).map { Talk(id: $0.id, title: $0.title, speaker: $0.speaker) }
    }

    /// A talk as it is typed: what comes behind the last ` / ` is who speaks.
    func title(of id: TalkID) -> String {
        guard let talk = talk(id) else { return "" }
        return talk.speaker.isEmpty ? talk.title : talk.title + " / " + talk.speaker
    }

    private static func titleAndSpeaker(_ text: String) throws(Rejection) -> (title: String, speaker: String) {
        guard !text.isEmpty else { throw Rejection(.textEmpty) }
        let parts = text.split(separator: " / ")
        guard parts.count > 1, let last = parts.last else { throw Rejection(.textEmpty, field: "speaker") }
        return (parts.dropLast().joined(separator: " / "), String(last))
    }

    /// An id made of the title that no talk has yet.
    private func newTalkID(_ title: String) -> TalkID {
        let letters = Folded.text(title).unicodeScalars.map { scalar -> Character in
            scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
                ? Character(scalar) : "-"
        }
        let stem = String(letters).split(separator: "-").joined(separator: "-").prefix(30)
        var number = 1
        while true {
            let text = stem.isEmpty ? "t\(number)" : number == 1 ? String(stem) : "\(stem)-\(number)"
            if let id = TalkID(text), !talks.contains(where: { $0.id == id }) { return id }
            number += 1
        }
    }

    // MARK: Tokens

    /// Where the chosen token stands in the list.
    func tokenIndex(_ tag: String?) -> Int {
        tag.flatMap { tag in tokens?.firstIndex { $0.tag == tag } } ?? 0
    }

    mutating func pressTokens(_ key: Key, _ tag: String?, _ effects: inout [Effect]) {
        if key == .escape || key == .character("q") { return mode = .normal }
        if key == .character("n") {
            guard link == .online else { return warn(words.onlyOnline) }
            return mode = .menu(Menu(kind: .tokenRole))
        }
        guard let tokens, !tokens.isEmpty else { return }
        let index = tokenIndex(tag)
        if let step = pressedMove(key) {
            return mode = .tokens(tag: tokens[max(0, min(tokens.count - 1, index + step))].tag)
        }
        guard key == .character("x") else { return }
        guard !tokens[index].revoked else { return say(words.alreadyRevoked) }
        guard link == .online else { return warn(words.onlyOnline) }
        mode = .revoking(tag: tokens[index].tag)
    }

    mutating func pressRevoking(_ key: Key, _ tag: String, _ effects: inout [Effect]) {
        mode = .tokens(tag: tag)
        guard words.yesKeys.contains(key) else { return say(words.nothingDone) }
        effects.append(.revoke(tag: tag))
    }

    /// Shows a new token, unless that would take away what is being typed or asked.
    mutating func showSecret() {
        switch mode {
        case .normal, .tokens, .menu: if !secrets.isEmpty { mode = .secret(secrets.removeFirst()) }
        default: break
        }
    }

    /// A secret is left on purpose only: it is never shown again.
    mutating func pressSecret(_ key: Key) {
        if key == .enter || key == .escape { mode = .tokens(tag: nil) }
    }
}
