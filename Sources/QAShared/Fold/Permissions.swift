// Who may send which command: one table, walked cell by cell in a test.

extension Command {
    /// The word of the command in frames (`do`) and in the table below.
    public enum Kind: String, CaseIterable, Sendable {
        case ask, withdraw, vote
        case approve, edit, dismiss, restore, block, unblock
        case unite, separate, distinguish
        case takeLive, answer, putBack
        case startTalk, endTalk, pauseIntake, resumeIntake, setOrder, undo
        case closeEvent, openEvent, configure, addToken, revokeToken
        case flag
        case pin, unpin, place, setLine, ready
        case note, say, hand, stage, stageRead, clearStage, enter, label, bulk, move
        case startRehearsal, endRehearsal, amend
        case erase
        case redeem, issueCodes, revokeCodes
    }

    public var kind: Kind {
        switch self {
        case .ask: .ask
        case .withdraw: .withdraw
        case .vote: .vote
        case .approve: .approve
        case .edit: .edit
        case .dismiss: .dismiss
        case .restore: .restore
        case .takeLive: .takeLive
        case .answer: .answer
        case .putBack: .putBack
        case .block: .block
        case .unblock: .unblock
        case .unite: .unite
        case .separate: .separate
        case .distinguish: .distinguish
        case .flag: .flag
        case .pin: .pin
        case .unpin: .unpin
        case .place: .place
        case .setLine: .setLine
        case .ready: .ready
        case .note: .note
        case .say: .say
        case .hand: .hand
        case .stage: .stage
        case .stageRead: .stageRead
        case .clearStage: .clearStage
        case .enter: .enter
        case .label: .label
        case .bulk: .bulk
        case .move: .move
        case .startRehearsal: .startRehearsal
        case .endRehearsal: .endRehearsal
        case .amend: .amend
        case .startTalk: .startTalk
        case .endTalk: .endTalk
        case .pauseIntake: .pauseIntake
        case .resumeIntake: .resumeIntake
        case .closeEvent: .closeEvent
        case .openEvent: .openEvent
        case .setOrder: .setOrder
        case .undo, .undoCommand: .undo
        case .configure: .configure
        case .addToken: .addToken
        case .revokeToken: .revokeToken
        case .erase: .erase
        case .redeem: .redeem
        case .issueCodes: .issueCodes
        case .revokeCodes: .revokeCodes
        }
    }
}

extension Role {
    /// Whether this role may send commands of this kind at all; venue and ownership are checked on top.
    public func may(_ kind: Command.Kind) -> Bool {
        switch kind {
        case .ask, .withdraw, .vote, .redeem:
            self == .audience
        case .approve, .edit, .dismiss, .restore, .block, .unblock, .unite, .separate,
            .distinguish, .startTalk, .endTalk, .pauseIntake, .resumeIntake, .setOrder,
            .pin, .unpin, .place, .ready:
            self == .moderator || self == .organiser
        case .note, .say, .hand, .stage, .clearStage, .enter, .label, .bulk, .move:
            self == .moderator || self == .organiser
        case .stageRead: self == .speaker
        case .startRehearsal, .endRehearsal, .amend, .erase: self == .organiser
        case .takeLive, .answer, .putBack, .undo:
            self == .moderator || self == .organiser || self == .speaker
        case .closeEvent, .openEvent, .configure, .addToken, .revokeToken, .flag, .setLine, .issueCodes, .revokeCodes:
            self == .organiser
        }
    }
}

extension Command.Kind {
    /// Whether a retry is known by the command's id; the others may come again as often as they like.
    var isKeyed: Bool { self != .vote && self != .flag && self != .setLine }

    /// Whether others than the house itself give it: only such a command has a frame, and can be forwarded.
    public var hasFrame: Bool {
        switch self {
        case .configure, .addToken, .revokeToken, .flag, .setLine: false
        default: true
        }
    }

    /// Whether the hub takes it in a closed event.
    var isTakenWhenClosed: Bool {
        switch self {
        case .openEvent, .configure, .addToken, .revokeToken, .setLine, .erase, .issueCodes, .revokeCodes: true
        default: false
        }
    }

    /// Whether a moderator of one venue may do this to that venue's questions only.
    public var isTriage: Bool {
        switch self {
        case .approve, .edit, .dismiss, .restore, .block, .unblock: true
        default: false
        }
    }
}
