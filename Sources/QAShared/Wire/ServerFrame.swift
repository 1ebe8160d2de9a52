// Frames from the hub: written by the hub, read leniently by terminals and simulated phones.

public struct Welcome: Equatable, Sendable {
    public var epoch: Epoch
    public var head: Int
    public var role: Role
    public var venue: VenueID?
    public var device: String?
    /// The tag under which the participant's own actions appear.
    public var by: String
    public var resumed: Bool
    public var time: Timestamp
    public var limits: EventLimits
    /// Where the same event can be reached when this server cannot: `scheme://host[:port]`.
    public var elsewhere: String?
    /// For a relay: what it needs to know its room's devices.
    public var keys: RelayKeys?
    /// For a relay: the version of the hub's program.
    public var software: String?
    /// Whether votes count for those alone who have redeemed a code.
    public var votes = VoteRule.open

    public init(
        epoch: Epoch, head: Int, role: Role, venue: VenueID?, device: String?, by: String,
        resumed: Bool, time: Timestamp, limits: EventLimits
    ) {
        self.epoch = epoch
        self.head = head
        self.role = role
        self.venue = venue
        self.device = device
        self.by = by
        self.resumed = resumed
        self.time = time
        self.limits = limits
    }
}

/// One device's own questions with their fate, and its own votes.
public struct Mine: Equatable, Sendable {
    public struct Own: Equatable, Sendable {
        public var id: QuestionID
        public var number: Int
        public var talk: TalkID
        public var status: String
        public var text: String
        public var votes: Int
        public var reason: String?
        public var asked: Timestamp
        // Of a merged question
        /// The word of the founder's status.
        public var fate: String?
        /// The founder, while it is public.
        public var into: QuestionID?
        public var intoText: String?
        /// At a venue's own server: the hub has not decided on it yet.
        public var unconfirmed = false
        /// It waits because of a word that a moderator is to see first.
        public var held = false
        /// Its words were erased; the text is empty then.
        public var erased = false
        // Of a floor request
        public var spoken = false
        /// Among the first of the queue: soon.
        public var near = false
        /// The microphone is there.
        public var ready = false

        public init(
            id: QuestionID, number: Int, talk: TalkID, status: String, text: String, votes: Int,
            reason: String?, asked: Timestamp
        ) {
            self.id = id
            self.number = number
            self.talk = talk
            self.status = status
            self.text = text
            self.votes = votes
            self.reason = reason
            self.asked = asked
        }
    }
    public struct OwnVote: Equatable, Sendable {
        public var question: QuestionID
        public var counter: Int
        public var on: Bool
        /// The public founder of a merged question.
        public var into: QuestionID?
        /// Given while the venue's line is cut: the hub has yet to count it.
        public var unconfirmed: Bool

        public init(
            question: QuestionID, counter: Int, on: Bool, into: QuestionID? = nil, unconfirmed: Bool = false
        ) {
            self.question = question
            self.counter = counter
            self.on = on
            self.into = into
            self.unconfirmed = unconfirmed
        }
    }
    public var whole: Bool
    /// Where votes count by one-time codes: whether this person has redeemed one; nil elsewhere.
    public var code: Bool?
    public var questions: [Own]
    public var votes: [OwnVote]

    public init(whole: Bool, questions: [Own] = [], votes: [OwnVote] = [], code: Bool? = nil) {
        self.whole = whole
        self.questions = questions
        self.votes = votes
        self.code = code
    }
}

/// Who is connected, a venue at a time; nil is "elsewhere".
public struct Presence: Equatable, Sendable {
    public struct Count: Equatable, Sendable {
        public var phones = 0
        public var moderators = 0
        public var speakers = 0
        public var displays = 0

        public init() {}
    }
    /// Many more gave their first vote at once than a room explains.
    public struct Burst: Equatable, Sendable {
        /// First votes within ten seconds, at most.
        public var count: Int
        /// When it was seen last.
        public var time: Timestamp

        public init(count: Int, time: Timestamp) {
            self.count = count
            self.time = time
        }
    }

    /// Of the one-time codes, in an event whose votes count by them.
    public struct Codes: Equatable, Sendable {
        public var issued: Int
        public var used: Int

        public init(issued: Int, used: Int) {
            self.issued = issued
            self.used = used
        }
    }

    public var venues: [(venue: VenueID, count: Count)]
    public var elsewhere: Count
    /// Moderators, organisers, speakers and displays, each once.
    public var people: [Person]
    public var burst: Burst?
    public var codes: Codes?

    public init(
        venues: [(venue: VenueID, count: Count)] = [], elsewhere: Count = Count(), people: [Person] = []
    ) {
        self.venues = venues
        self.elsewhere = elsewhere
        self.people = people
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.elsewhere == right.elsewhere && left.people == right.people && left.burst == right.burst
            && left.codes == right.codes
            && left.venues.elementsEqual(right.venues) { $0 == $1 }
    }
}

public enum ServerFrame: Equatable, Sendable {
    case welcome(Welcome)
    case delta(Delta)
    case mine(Mine)
    case ack(RequestID, sequence: Int)
    case rejection(Rejection, RequestID?)
    case presence(Presence)
    /// To organisers: the map of the day.
    case day(DayFrame)
    /// To a relay: what became of the commands it forwarded.
    case results([ForwardResult])
    /// At a relay: whether the hub is reached.
    case line(LineInfo)
    /// At a relay, for moderators: commands that the hub refused, oldest first.
    case refusals([RefusalInfo])
    /// Questions like the text that was being typed, best first.
    case suggestions(request: Int, cards: [Card])
    /// The token that was asked for; told once, and kept as its hash alone.
    case minted(MintedToken)
    case tokens([TokenInfo])
    case beat
    /// A type that this version does not know.
    case unknown(String)

    public func encode() -> [UInt8] {
        var writer = JSONWriter(reserving: 512)
        writer.object { writer in
            switch self {
            case .welcome(let welcome): writer.members(of: welcome)
            case .delta(let delta): writer.members(of: delta)
            case .mine(let mine): writer.members(of: mine)
            case .ack(let request, let sequence):
                writer.member("type", "ack")
                writer.members(of: request)
                writer.member("sequence", sequence)
            case .rejection(let rejection, let request):
                writer.member("type", "rejection")
                if let request { writer.members(of: request) }
                writer.members(of: rejection)
            case .presence(let presence): writer.members(of: presence)
            case .day(let day): writer.members(of: day)
            case .suggestions(let request, let cards):
                writer.member("type", "suggestions")
                writer.member("r", request)
                writer.array("cards") { writer in
                    for card in cards { writer.object { $0.members(of: card) } }
                }
            case .results, .line, .refusals: writeUplink(&writer)
            case .minted(let minted): writer.members(of: minted)
            case .tokens(let tokens): writer.members(of: tokens)
            case .beat: writer.member("type", "beat")
            case .unknown(let type): writer.member("type", type)
            }
        }
        return writer.bytes
    }

    /// Reads a frame leniently: fields it does not know are passed over.
    public static func decode(_ bytes: [UInt8]) throws(Rejection) -> ServerFrame {
        let json: JSON
        do {
            json = try JSON.parse(bytes)
        } catch {
            throw Rejection(.malformed)
        }
        var reader = try ObjectReader(json)
        switch try reader.string("type") {
        case "welcome": return .welcome(try reader.welcome())
        case "delta": return .delta(try reader.delta())
        case "mine": return .mine(try reader.mine())
        case "ack":
            guard let request = try reader.request() else {
                throw Rejection(.missingField, field: "id")
            }
            return .ack(request, sequence: try reader.int("sequence"))
        case "rejection":
            let request = try reader.request()
            return .rejection(try reader.rejection(), request)
        case "presence": return .presence(try reader.presence())
        case "day": return .day(try reader.dayFrame())
        case "suggestions":
            let request = try reader.int("r")
            let cards = try reader.array("cards").each { reader throws(Rejection) in try reader.card() }
            return .suggestions(request: request, cards: cards)
        case "results": return .results(try reader.array("results").map(ObjectReader.forwardResult))
        case "line": return .line(try reader.lineInfo())
        case "refusals":
            let items = try reader.array("refusals").each { reader throws(Rejection) in try reader.refusal() }
            return .refusals(items)
        case "minted": return .minted(try reader.minted())
        case "tokens": return .tokens(try reader.tokens())
        case "beat": return .beat
        case let type: return .unknown(type)
        }
    }
}
