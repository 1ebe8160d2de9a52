// What moderators, and in part the speaker, see of what is said behind the scenes.

/// A note as a card shows it.
public struct NoteInfo: Equatable, Sendable {
    /// The tag of whoever wrote it.
    public var by: String
    public var venue: VenueID?
    public var time: Timestamp
    public var text: String

    public init(by: String, venue: VenueID?, time: Timestamp, text: String) {
        self.by = by
        self.venue = venue
        self.time = time
        self.text = text
    }

    init(_ note: Note) {
        self.init(by: note.by.tag, venue: note.venue, time: note.time, text: note.text)
    }
}

/// A message of the moderators' channel.
public struct ChannelInfo: Equatable, Sendable {
    public var id: MessageID
    /// The tag of whoever said it.
    public var by: String
    public var role: Role
    public var venue: VenueID?
    /// What the administrator calls the token of whoever said it.
    public var name: String?
    public var time: Timestamp
    public var text: String
    /// Of the question that it is about.
    public var number: Int?

    public init(
        id: MessageID, by: String, role: Role, venue: VenueID?, name: String?, time: Timestamp, text: String,
        number: Int?
    ) {
        self.id = id
        self.by = by
        self.role = role
        self.venue = venue
        self.name = name
        self.time = time
        self.text = text
        self.number = number
    }
}

/// What covers the speaker's console until it is read.
public struct StageInfo: Equatable, Sendable {
    public var id: StageID
    public var text: String
    /// The tag of whoever sent it.
    public var by: String
    public var venue: VenueID?
    public var sent: Timestamp
    public var read: Timestamp?

    public init(id: StageID, text: String, by: String, venue: VenueID?, sent: Timestamp, read: Timestamp?) {
        self.id = id
        self.text = text
        self.by = by
        self.venue = venue
        self.sent = sent
        self.read = read
    }

    init(_ message: StageMessage) {
        self.init(
            id: message.id, text: message.text, by: message.by.tag, venue: message.venue, sent: message.sent,
            read: message.read)
    }
}

extension State {
    /// The newest messages of the channel, oldest first: as many as a frame has room for, one at least.
    public var channelShown: [ChannelInfo] {
        var room = Limits.channelBytes
        var shown: [ChannelInfo] = []
        for message in channel.suffix(Limits.channelShown).reversed() {
            room -= message.text.utf8.count
            if room < 0, !shown.isEmpty { break }
            shown.append(
                ChannelInfo(
                    id: message.id, by: message.by.tag, role: message.role, venue: message.venue,
                    name: tokens.first { $0.participant == message.by }?.label, time: message.time,
                    text: message.text, number: message.about.flatMap { numbers[$0] }))
        }
        return shown.reversed()
    }
}

extension ActionInfo {
    /// Which of the commands that moderators give together made these changes; nil when none of them did.
    static func togetherKind(of changes: [Change]) -> Command.Kind? {
        if changes.contains(where: { if case .actionUndone = $0 { true } else { false } }) { return nil }
        switch changes.first {
        case .questionAsked: return .enter
        case .noteAdded: return .note
        case .said: return .say
        case .handed: return .hand
        case .labelled: return .label
        case .talkMoved: return .move
        case .setupAmended: return .amend
        case .stageChanged(let from, let to):
            guard let to else { return .clearStage }
            return from?.id == to.id ? .stageRead : .stage
        case .phaseChanged(.open, .rehearsal): return .startRehearsal
        case .statusChanged: return isBulk(changes) ? .bulk : nil
        default: return nil
        }
    }

    /// Taking a question live changes two as well, and one of them goes live.
    private static func isBulk(_ changes: [Change]) -> Bool {
        let statuses = changes.compactMap { change in
            if case .statusChanged(_, _, let to) = change { to } else { nil }
        }
        return statuses.count > 1 && statuses.count == changes.count && !statuses.contains(.live)
    }
}
