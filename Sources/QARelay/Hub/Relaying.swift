import QAShared

/// What a venue's relay holds beside the state that its room sees: what the hub confirmed of it, and what it has not.
///
/// The state of such a hub is the confirmed one with the room's own commands decided on top, in order, worked out anew
/// when the hub said something new. Positions of its views are counted by itself, so its epoch is its own too.
struct Relaying {
    /// A command that the confirmed state may not hold yet.
    struct Item {
        var forwarded: Forwarded
        /// Whether it is on the relay's disk.
        var isStored = false
        /// The entry that the hub made of it, once it said so.
        var sequence: Int?
        /// Whether it went out on the present connection.
        var isSent = false
        /// What the hub said for want of a question that another room may still have to send.
        var rejection: Rejection?
        /// Whether it was sent once more since it was refused.
        var isRepeated = false

        /// What was said on an earlier connection does not count any more.
        mutating func askAnew() {
            sequence = nil
            isSent = false
            rejection = nil
        }
    }

    /// A command that the hub refused, until a moderator has dealt with it.
    struct Refusal {
        var forwarded: Forwarded
        var rejection: Rejection
        /// Votes for one question are told together: all the commands it stands for, the first of them included.
        var all: [Forwarded]
        var ordinals: [Int] { all.map(\.ordinal) }
        /// Whether no command of the room stands behind it, but a part of one that the hub accepted.
        var isPart = false
    }

    let venue: VenueID
    /// The hub's part; nil while the state that the room sees is exactly that.
    var confirmed: State?
    var views = ComparedViews()
    /// In the order in which they were given.
    var outbox: [Item]
    /// Commands of this room by the ordinal under which they were forwarded, for good: an undo may name them.
    var commandIDs: [Int: CommandID] = [:]
    var nextOrdinal: Int
    /// Another log began not long ago: until this time no question of it is believed to be missing for good.
    var patientUntil: Int?
    private(set) var refusals: [Refusal]
    /// The ordinals of all refusals.
    private(set) var refused: Set<Int> = []
    /// Grows with each change of `line` and of `refusals`, so that sessions know what they were told.
    var lineVersion = 1
    var refusalsVersion = 1
    /// What `line` last said of the commands that wait, when, and when it may say so anew.
    var waitingTold = 0
    var lineToldAt = 0
    var lineDueAt: Int?
    /// The hub's head when it last greeted this relay.
    var headGreeted = 0
    var isUp = false
    /// Whether somebody let the line go on purpose.
    var isHeld = false
    /// Why there is no line although the hub can be reached.
    var trouble: LineTrouble?
    /// The version of the hub's program, once it said so.
    var hubVersion: String?
    var since: Timestamp
    /// Milliseconds by which the hub's clock is ahead of this one.
    var skew = 0
    /// Where the room's phones find the hub.
    var hubURL: String?

    // What the guesses add to the books of who owns what
    var guessedQuestions: [ParticipantID: [Int]] = [:]
    var guessedVotes: [ParticipantID: [Int]] = [:]
    /// Who was told something of guesses, and is told anew when they turn out otherwise.
    var guessTouched: Set<ParticipantID> = []
    /// Numbers of confirmed questions whose text a guess changed.
    var reworded: Set<Int> = []
    /// Who must be told once the batch on its way is stored.
    private var concerned: Set<ParticipantID> = []

    /// Confirmed entries that wait for the next replay.
    var arrived: [Entry] = []
    /// Another log takes the place of the one before once it has arrived up to here; until then the room keeps what it sees.
    var restartsAt: Int?
    var replayAt: Int?

    init(
        venue: VenueID, since: Timestamp, outbox: [Forwarded] = [], refusals: [(Forwarded, Rejection)] = [],
        commandIDs: [Int: CommandID] = [:], nextOrdinal: Int = 1
    ) {
        self.venue = venue
        self.since = since
        self.outbox = outbox.map { Item(forwarded: $0, isStored: true) }
        self.nextOrdinal = nextOrdinal
        self.commandIDs = commandIDs
        self.refusals = []
        for (forwarded, rejection) in refusals { refuse(forwarded, rejection) }
    }

    /// Commands that are on their way to the disk.
    var unstored: [Forwarded] { outbox.filter { !$0.isStored }.map(\.forwarded) }

    /// Whether another log is on its way that has not arrived yet.
    var awaitsLog: Bool { restartsAt.map { $0 > arrived.last?.sequence ?? 0 } ?? false }

    /// Whether this relay has seen all that the hub had when it greeted, and still hears it.
    func isUpToDate(_ state: State) -> Bool {
        isUp && restartsAt == nil && (confirmed ?? state).head >= headGreeted
    }

    /// Commands that the hub has not answered.
    var waiting: Int { outbox.count { $0.isStored && $0.sequence == nil } }

    /// The batch on its way is on the disk; gives whom it concerns.
    mutating func stored() -> [ParticipantID] {
        for index in outbox.indices where !outbox[index].isStored { outbox[index].isStored = true }
        defer { concerned = [] }
        return concerned.sorted()
    }

    mutating func dropUnstored() {
        outbox.removeAll { !$0.isStored }
        concerned = []
    }

    /// Whether the hub can take a command in: it travels in one frame with whose it is around it, and a frame that is
    /// too long would end the line again and again.
    func fits(_ stamped: StampedCommand) -> Bool { forwarded(stamped, 0).bytes.count + 80 <= Limits.frameBytes }

    private func forwarded(_ stamped: StampedCommand, _ rehearsals: Int) -> Forwarded {
        let time = Timestamp(milliseconds: stamped.time.milliseconds + skew)
        return Forwarded(
            ordinal: nextOrdinal, id: stamped.id, actor: stamped.actor, time: time, command: stamped.command,
            rehearsals: rehearsals)
    }

    /// Takes a command of the room in, which had heard of the ends of so many rehearsals, and says under which sequence
    /// it is known here.
    mutating func add(_ stamped: StampedCommand, rehearsals: Int) -> Int {
        let item = forwarded(stamped, rehearsals)
        nextOrdinal += 1
        outbox.append(Item(forwarded: item))
        if stamped.command.kind != .vote { commandIDs[item.ordinal] = stamped.id }
        return Limits.guesses + item.ordinal
    }

    /// A part of a command that the hub took in without it: a command of its own, which is refused. Nil when it was told
    /// before, by another copy of the log: a moderator may have dealt with it.
    mutating func refusePart(of whole: Forwarded, in state: State) -> Forwarded? {
        guard !commandIDs.values.contains(whole.id.next), let part = whole.part(passedOver: state, at: nextOrdinal)
        else { return nil }
        nextOrdinal += 1
        commandIDs[part.ordinal] = part.id
        refuse(part, Forwarded.passedOver)
        refusals[refusals.count - 1].isPart = true
        return part
    }

    mutating func concern(_ participants: [ParticipantID]) { concerned.formUnion(participants) }

    /// Notes a refusal; votes for the same question are counted on one, and so is all that was of a rehearsal.
    mutating func refuse(_ forwarded: Forwarded, _ rejection: Rejection) {
        refusalsVersion += 1
        if refused.contains(forwarded.ordinal) { forgetRefusals(of: [forwarded.ordinal]) }
        refused.insert(forwarded.ordinal)
        if rejection.code == .rehearsalOver,
            let same = refusals.firstIndex(where: { $0.rejection.code == .rehearsalOver })
        {
            return refusals[same].all.append(forwarded)
        }
        if case .vote(let question, _, _) = forwarded.command {
            let same = refusals.firstIndex { refusal in
                guard case .vote(question, _, _) = refusal.forwarded.command else { return false }
                return refusal.rejection.code == rejection.code
            }
            if let same { return refusals[same].all.append(forwarded) }
        }
        refusals.append(Refusal(forwarded: forwarded, rejection: rejection, all: [forwarded]))
    }

    /// What is decided anew is not refused any more.
    mutating func forgetRefusals(of ordinals: Set<Int>) {
        guard !refused.isDisjoint(with: ordinals) else { return }
        refused.subtract(ordinals)
        for index in refusals.indices {
            refusals[index].all.removeAll { ordinals.contains($0.ordinal) }
            if let first = refusals[index].all.first { refusals[index].forwarded = first }
        }
        refusals.removeAll(where: \.all.isEmpty)
        refusalsVersion += 1
    }

    /// What was refused in a rehearsal goes with it; what was refused since stays, also when the log is heard anew. Gives
    /// the ordinals that need no more attention.
    mutating func forgetRehearsal(_ ended: Int) -> [Int] {
        let gone = refusals.filter { $0.forwarded.rehearsals < ended && $0.rejection.code != .rehearsalOver }
            .flatMap(\.ordinals)
        forgetRefusals(of: Set(gone))
        let held = outbox.filter { $0.rejection != nil && $0.forwarded.rehearsals < ended }
        outbox.removeAll { $0.rejection != nil && $0.forwarded.rehearsals < ended }
        return gone + held.map(\.forwarded.ordinal)
    }

    /// Lets go of the first commands of a refusal, as many as were told; what has joined since stays, under a number of
    /// its own. Gives the ordinals.
    mutating func letGo(_ ordinal: Int, told: Int?) -> [Int] {
        guard let refusal = refusals.first(where: { $0.forwarded.ordinal == ordinal }) else { return [] }
        let gone = Array(refusal.ordinals.prefix(told ?? refusal.all.count))
        forgetRefusals(of: Set(gone))
        return gone
    }

    /// Whether a guess is in the confirmed state by now.
    func isSettled(_ item: Item, in confirmed: State) -> Bool {
        if let sequence = item.sequence { return sequence <= confirmed.head }
        guard item.forwarded.command.kind != .vote else { return false }
        return confirmed.receipts[item.forwarded.id] != nil
    }
}

/// What a relay remembers of its line when it starts while that is cut.
struct LineMemory: Equatable, Sendable {
    /// Nil for a line that holds.
    var cutSince: Timestamp?
    /// Milliseconds by which the hub's clock was ahead.
    var skew = 0
}

extension Forwarded {
    /// Why a part of a command was passed over.
    static let passedOver = Rejection(.wrongStatus)

    /// What the hub passes over of a command for many questions, deciding it on this state: a command of its own, always
    /// under the same id. Nil when it passes over nothing.
    func part(passedOver state: State, at ordinal: Int) -> Forwarded? {
        guard case .bulk(_, let what) = command else { return nil }
        let passed = state.passedOver(by: stamped)
        guard !passed.isEmpty else { return nil }
        var part = self
        part.ordinal = ordinal
        part.id = id.next
        part.command = .bulk(passed, what)
        return part
    }
}
