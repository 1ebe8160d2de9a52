// The terminal's side of the protocol as a value: replica, outbox, and what is owed to the person
// at the keys.

import QAShared

/// Keeps the view up to date and gets every command through, whatever happens to the line.
struct Courier: Sendable {
    /// What a frame from the hub came to.
    struct Reaction: Sendable {
        var messages: [Message] = []
        /// The outbox is another than before: to be written to disk.
        var outboxChanged = false
        var welcomed = false
        /// Close and say hello again.
        var isGap = false
    }

    private(set) var replica: Replica
    /// nil when an electronic certificate says who this is.
    private let token: String?
    private(set) var outbox = Outbox()
    /// Commands that the hub may have; the others can be dropped.
    private var everSent: Set<CommandID> = []
    /// Commands to be undone as soon as their sequence is known.
    private var undoWishes: Set<CommandID> = []
    /// Acknowledged, but not in the view yet.
    private var settled: [Outgoing] = []
    /// What an organiser asked about tokens and has no answer; in memory alone, as the secrets are.
    private var errands: [(id: CommandID, frame: ClientFrame)] = []
    private var triedOrganiser = false

    init(token: String?) {
        self.token = token
        replica = Replica(Hello(role: .moderator, token: token, client: "qaclient/1"))
    }

    /// A token that is no moderator's may be an organiser's; true when that is to be tried.
    mutating func triesOrganiser() -> Bool {
        guard !triedOrganiser, replica.welcome == nil else { return false }
        triedOrganiser = true
        replica = Replica(Hello(role: .organiser, token: token, client: "qaclient/1"))
        return true
    }

    /// Asks for something about tokens; to be sent again with the same id until it is answered.
    mutating func run(_ id: CommandID, _ frame: ClientFrame) { errands.append((id, frame)) }

    /// All that was asked about tokens and has no answer.
    var errandFrames: [ClientFrame] { errands.map(\.frame) }

    private mutating func settleErrand(_ id: CommandID) -> Bool {
        guard let index = errands.firstIndex(where: { $0.id == id }) else { return false }
        errands.remove(at: index)
        return true
    }

    /// What the screen is to know of the commands under way, oldest first.
    var outgoing: [Outgoing] {
        settled
            + outbox.items.compactMap { item in
                guard case .command(let id, let command) = item.frame else { return nil }
                return Outgoing(
                    id: id, command: command, stage: everSent.contains(id) ? .sent : .waiting,
                    undoWanted: undoWishes.contains(id))
            }
    }

    mutating func add(_ id: CommandID, _ command: Command) { outbox.add(id, command) }

    /// Takes back a command that never left; false when it did.
    mutating func drop(_ id: CommandID) -> Bool {
        guard !everSent.contains(id) else { return false }
        return outbox.settle(.command(id)) != nil
    }

    /// Undoes a command once it is known which entry it became.
    mutating func undoOnceAcked(_ id: CommandID) { undoWishes.insert(id) }

    /// Takes up what an earlier run left; the hub may have all of it.
    mutating func restore(_ saved: SavedOutbox) {
        for (id, command) in saved.commands {
            outbox.add(id, command)
            everSent.insert(id)
        }
        undoWishes.formUnion(saved.undoWishes)
    }

    /// What a later run must know.
    var saved: SavedOutbox {
        var saved = SavedOutbox()
        for item in outbox.items {
            guard case .command(let id, let command) = item.frame else { continue }
            saved.commands.append((id, command))
            if undoWishes.contains(id) { saved.undoWishes.append(id) }
        }
        return saved
    }

    /// The first frame of a new connection; whatever has no answer will be sent again.
    mutating func hello() -> ClientFrame {
        outbox.lineLost()
        return .hello(replica.hello())
    }

    /// The commands to be sent now.
    mutating func due(_ now: Int) -> [ClientFrame] {
        let frames = outbox.due(now)
        for case .command(let id, _) in frames { everSent.insert(id) }
        return frames
    }

    mutating func receive(
        _ frame: ServerFrame, now: Int, using generator: inout some RandomNumberGenerator
    ) -> Reaction {
        var reaction = Reaction()
        switch replica.receive(frame) {
        case .welcomed:
            guard let welcome = replica.welcome else { break }
            reaction.welcomed = true
            reaction.messages.append(
                .welcome(Identity(by: welcome.by, venue: welcome.venue, limits: welcome.limits, role: welcome.role)))
        case .viewChanged: viewChanged(&reaction)
        case .presenceChanged: reaction.messages.append(.presence(replica.presence))
        case .acked(.command(let id), let sequence):
            acked(id, sequence, &reaction, using: &generator)
        case .rejected(let rejection, .command(let id)?): rejected(rejection, id, now, &reaction)
        // Tried with another role at once: nobody needs to know.
        case .rejected(let rejection, nil) where rejection.code == .roleRefused && !triedOrganiser: break
        case .rejected(let rejection, _): reaction.messages.append(.rejected(rejection, nil))
        case .gap: reaction.isGap = true
        case .lineChanged: if let line = replica.line { reaction.messages.append(.line(line)) }
        case .refusalsChanged: reaction.messages.append(.refusals(replica.refusals))
        case .acked(.vote, _), .partly, .mineChanged, .suggested, .beat, .nothing: break
        case .tokens(let tokens): reaction.messages.append(.tokens(tokens))
        case .minted(let minted):
            guard settleErrand(minted.id) else { break }
            reaction.messages += [.minted(minted), .tokensChanged]
        }
        return reaction
    }

    /// How far the view goes that may be shown.
    ///
    /// The first whole delta may end before the head that the welcome names, and another follows at
    /// once: until then the view is an old one, and what the rest brings would pass for news.
    private var shown: Int? {
        guard let position = replica.position, let welcome = replica.welcome,
            position.sequence >= welcome.head
        else { return nil }
        return position.sequence
    }

    private mutating func viewChanged(_ reaction: inout Reaction) {
        guard let position = shown else { return }
        let before = settled.count
        settled.removeAll { item in
            if case .acked(let sequence) = item.stage { sequence <= position } else { true }
        }
        // The view first: the screen then never shows less than the hub took.
        reaction.messages.append(.view(replica.view))
        if settled.count != before { reaction.messages.append(.outgoing(outgoing)) }
    }

    private mutating func acked(
        _ id: CommandID, _ sequence: Int, _ reaction: inout Reaction,
        using generator: inout some RandomNumberGenerator
    ) {
        if settleErrand(id) { return reaction.messages.append(.tokensChanged) }
        guard let item = outbox.settle(.command(id)), case .command(_, let command) = item.frame
        else { return }
        everSent.remove(id)
        if sequence > shown ?? 0 {
            settled.append(Outgoing(id: id, command: command, stage: .acked(sequence: sequence)))
        }
        if undoWishes.remove(id) != nil {
            outbox.add(CommandID(using: &generator), .undo(sequence: sequence))
        }
        reaction.outboxChanged = true
        reaction.messages.append(.acked(command, sequence: sequence))
        reaction.messages.append(.outgoing(outgoing))
    }

    private mutating func rejected(
        _ rejection: Rejection, _ id: CommandID, _ now: Int, _ reaction: inout Reaction
    ) {
        if settleErrand(id) { return reaction.messages.append(.rejected(rejection, nil)) }
        let waiting = outbox.items.first { $0.request == .command(id) }
        guard case .command(_, let command)? = waiting?.frame else { return }
        if let after = rejection.retryAfter {
            outbox.postpone(.command(id), until: now + after)
        } else {
            outbox.settle(.command(id))
            everSent.remove(id)
            undoWishes.remove(id)
            reaction.outboxChanged = true
        }
        reaction.messages.append(.outgoing(outgoing))
        reaction.messages.append(.rejected(rejection, command))
    }
}
