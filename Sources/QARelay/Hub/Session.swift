import QAShared

/// A moment as the hub is told it: it never looks at a clock itself.
struct Now: Equatable, Sendable {
    /// For entries.
    var wall: Timestamp
    /// Milliseconds that never jump, for ticks and rates.
    var monotonic: Int
}

/// Encoded bytes that may go to many sessions; the transport keeps its own form of them in `prepared`.
final class SharedFrame {
    let bytes: [UInt8]
    /// Set by the transport the first time the frame is written.
    var prepared: AnyObject?

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    convenience init(_ frame: ServerFrame) { self.init(frame.encode()) }
}

/// A delta encoded as one or more frames, shared by all sessions that stand at its start.
final class EncodedDelta {
    let to: Int
    let frames: [SharedFrame]

    init(_ delta: Delta) {
        to = delta.to
        // 240 covers a card's fixed members with ids, numbers and a name of the usual length.
        let parts = delta.parts(bytes: Limits.chunkBytes) { card in
            let flags = card.flags.reduce(0) {
                $0 + 90 + 16 * $1.reasons.count + 4 * ($1.mine.count + $1.theirs.count)
            }
            let group = 25 * card.variants.count + card.venues.reduce(0) { $0 + $1.text.utf8.count + 3 }
            let notes = card.notes.reduce(0) { $0 + 110 + $1.text.utf8.count * 5 / 4 }
            let labels = card.labels.reduce(0) { $0 + $1.utf8.count + 3 }
            return 240 + notes + labels + (card.text.utf8.count + (card.original?.utf8.count ?? 0)) * 5 / 4 + group
                + flags
        }
        frames = parts.map { SharedFrame(.delta($0)) }
    }
}

/// The protocol state of one attached replica: a position, never a queue of the view's frames.
///
/// Owned by the hub and touched on its thread alone.
final class Session {
    enum Phase {
        /// Hello is due before this monotonic time.
        case greeting(until: Int)
        case attached
        /// Its token was wrong, which it is told after this monotonic time; nothing is taken until then.
        case held(until: Int, Rejection)
        /// Nothing more is taken; closed once the answers have left.
        case closing(CloseCode)
        case gone
    }

    let id: UInt64
    /// Whether the connection named an origin, as browsers do; without one it must be a moderator's terminal or a relay.
    let hasOrigin: Bool
    /// Whether it came by a place that is kept for those who run the event; then it must bring a token.
    var hasKeptPlace = false
    /// Who calls, as the door counts it.
    var caller: UInt64 = 0
    /// The same for whoever counts wrong codes; nil behind a proxy that does not say who calls.
    var codeCaller: UInt64?
    /// What the connection showed of itself and was verified; nil without an electronic certificate.
    var certificate: CertificateName?
    /// What the event file calls whoever came by it.
    var certifiedName: String?
    /// The transport's own object for this session; the hub does not look at it.
    var transport: AnyObject?
    var phase: Phase
    var role = Role.audience
    var kind = ViewKind.audience
    var venue: VenueID?
    var participant = ParticipantID(high: 0, low: 0)
    var token: TokenID?

    /// The view's position that the replica has been sent; 0 for none.
    var position = 0
    /// Whether the replica is owed a delta to the head whatever the ticks say: it has just come.
    var catchesUp = false
    /// A delta on its way out, and the next of its frames.
    var sending: EncodedDelta?
    var sendingNext = 0

    /// Welcome, acks, rejections, beats, in order.
    var answers = AnswerLine()
    var mineWhole = false
    /// Numbers of own questions and votes that changed since the last `mine`.
    var mineQuestions: [Int] = []
    var mineVotes: [Int] = []
    /// Whether it is owed word that its person redeemed a one-time code.
    var mineCode = false
    /// A `mine` that was prepared while nothing was on its way to the log.
    var own: SharedFrame?
    var presenceSeen = 0
    var daySeen = 0
    /// Versions of what a venue's relay tells its room beside the view.
    var lineSeen = 0
    var refusalsSeen = 0
    /// For how many commands each refusal stood that it was told of, by ordinal.
    var refusalsTold: [Int: Int] = [:]
    /// Present when the session is a relay's.
    var relay: RelayPort?
    /// The newest request for suggestions that has no answer yet.
    var suggesting: Int?

    /// Whether it waits for the batch on its way.
    var isStalled = false
    /// Since when it has been asked to write without doing so.
    var dueSince: Int?
    /// Index in the hub's list of its kind.
    var index = -1

    init(id: UInt64, hasOrigin: Bool, greetingUntil: Int) {
        self.id = id
        self.hasOrigin = hasOrigin
        phase = .greeting(until: greetingUntil)
    }

    var isAttached: Bool {
        if case .attached = phase { true } else { false }
    }

    /// Notes what the device is to be told of its own; however often it changes, once.
    func owe(question number: Int) {
        if !mineQuestions.contains(number) { mineQuestions.append(number) }
    }

    func owe(vote number: Int) {
        if !mineVotes.contains(number) { mineVotes.append(number) }
    }

    /// Whatever it was told of its own is to be told anew.
    func oweWhole() {
        mineWhole = true
        mineQuestions = []
        mineVotes = []
        own = nil
    }

    var actor: Actor { Actor(role: role, venue: venue, participant: participant) }
}

/// Answers in order, taken from the front without moving the rest.
struct AnswerLine {
    private var frames: [SharedFrame] = []
    private var taken = 0

    var count: Int { frames.count - taken }
    var isEmpty: Bool { taken == frames.count }

    mutating func append(_ frame: SharedFrame) { frames.append(frame) }

    /// Nil when none waits.
    mutating func take() -> SharedFrame? {
        guard taken < frames.count else { return nil }
        let frame = frames[taken]
        taken += 1
        if taken == frames.count {
            frames.removeAll(keepingCapacity: false)
            taken = 0
        }
        return frame
    }
}

/// What the hub wants done by the world around it.
enum Effect {
    /// Append the entries to the log behind that head, and report with `committed`.
    case append([Entry], expecting: Int)
    /// Put a room's commands on the relay's disk, and report with `stored`.
    case store([Forwarded])
    /// The relay has something to send to the hub.
    case forward
    /// Keep what the hub answered; nothing waits for it.
    case settle([ForwardResult])
    /// Keep the part of a command that the hub took in without it, as refused.
    case keepRefused(Forwarded, Rejection)
    /// Keep how the line stands, for the next start; nothing waits for it.
    case keepLine(LineMemory)
    /// Commands are not refused any more.
    case reopen([Int])
    /// A refused command needs no more attention.
    case forget(ordinal: Int)
    /// Read the log behind that sequence for relays, and hand it in with `read`.
    case read(after: Int)
    /// The session has something to send.
    case wants(Session)
    case close(Session, CloseCode)
    /// Tell and ask the engine, in order; what it answers comes back with `advised`.
    case advise([AdviceRequest])
}

/// What a writable session sends next.
enum Next {
    case frame(SharedFrame)
    case close(CloseCode)
    case nothing
}

/// Keys and hashes, handed in so that the hub stays free of them.
struct Secrets {
    /// A fresh device credential and whom it stands for.
    var issueDevice: () -> (credential: String, participant: ParticipantID)
    /// Whom a credential stands for; nil when this event did not issue it.
    var participant: (_ credential: String) -> ParticipantID?
    /// Whether a credential was checked here, and is not only believed until its issuer sees it.
    var isProved: (_ credential: String) -> Bool = { _ in true }
    /// The keys of the relay with that tag.
    var relayKeys: (_ tag: String) -> RelayKeys = { RelayKeys(issuer: $0, device: [], participant: []) }
    /// A fresh token; the log keeps its hash alone.
    var newToken: () -> String
    /// The two halves of a token's hash.
    var hashToken: (_ token: String) -> (id: TokenID, check: TokenID)
    /// How the log knows a one-time code.
    var codeID: (VoteCode) -> CodeID
}
