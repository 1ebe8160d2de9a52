// The client's half of the protocol: a role's view kept up to date, as a value without clock or socket.

/// One participant's copy of its role's view, with what the hub said to it alone.
public struct Replica: Sendable {
    /// What the hub's frame meant for this replica.
    public enum Outcome: Equatable, Sendable {
        case welcomed
        case viewChanged
        /// Part of a delta: more is to come before the view is whole.
        case partly
        case mineChanged
        case presenceChanged
        case lineChanged
        case refusalsChanged
        /// Questions like the text that was sent with that request.
        case suggested(request: Int, [Card])
        case minted(MintedToken)
        case tokens([TokenInfo])
        case acked(RequestID, sequence: Int)
        case rejected(Rejection, RequestID?)
        case beat
        /// The delta does not start where this replica stands: close and say hello again.
        case gap
        case nothing
    }

    public private(set) var view = RoleView()
    public private(set) var position: Position?
    public private(set) var welcome: Welcome?
    public private(set) var presence = Presence()
    /// At a venue's own server: whether it reaches the hub.
    public private(set) var line: LineInfo?
    /// At a venue's own server, for moderators: what the hub refused.
    public private(set) var refusals: [RefusalInfo] = []
    /// Own questions by id, for the audience.
    public private(set) var ownQuestions: [QuestionID: Mine.Own] = [:]
    public private(set) var ownVotes: [QuestionID: Vote] = [:]
    /// Where own votes for merged questions count: the public founder.
    public private(set) var ownVotesInto: [QuestionID: QuestionID] = [:]
    private var greeting: Hello
    private var greeted = false

    /// A replica that will say hello like this; the position is filled in.
    public init(_ greeting: Hello) { self.greeting = greeting }

    /// The hello for a new connection.
    public mutating func hello() -> Hello {
        greeted = false
        var hello = greeting
        hello.position = position
        return hello
    }

    /// The device credential to keep, once the hub gave one.
    public var device: String? { greeting.device }

    /// Forgets the credential: the hub did not know it.
    public mutating func forgetDevice() { greeting.device = nil }

    public mutating func receive(_ frame: ServerFrame) -> Outcome {
        switch frame {
        case .welcome(let welcome):
            self.welcome = welcome
            greeted = true
            if let device = welcome.device { greeting.device = device }
            if !welcome.resumed { position = nil }
            return .welcomed
        case .delta(let delta): return receive(delta)
        case .mine(let mine):
            if mine.whole {
                ownQuestions = [:]
                ownVotes = [:]
                ownVotesInto = [:]
            }
            for own in mine.questions { ownQuestions[own.id] = own }
            for vote in mine.votes {
                ownVotes[vote.question] = Vote(counter: vote.counter, on: vote.on)
                ownVotesInto[vote.question] = vote.into
            }
            return .mineChanged
        case .ack(let request, let sequence): return .acked(request, sequence: sequence)
        case .rejection(let rejection, let request): return .rejected(rejection, request)
        case .presence(let presence):
            self.presence = presence
            return .presenceChanged
        case .suggestions(let request, let cards): return .suggested(request: request, cards)
        case .line(let line):
            self.line = line
            return .lineChanged
        case .refusals(let refusals):
            self.refusals = refusals
            return .refusalsChanged
        case .minted(let minted): return .minted(minted)
        case .tokens(let tokens): return .tokens(tokens)
        case .beat: return .beat
        case .results, .day, .unknown: return .nothing
        }
    }

    private mutating func receive(_ delta: Delta) -> Outcome {
        guard let epoch = welcome?.epoch, greeted else { return .gap }
        guard delta.from == 0 || position == Position(epoch: epoch, sequence: delta.from) else {
            return .gap
        }
        // A whole view replaces what stands: until it is complete there is no position to resume from.
        if delta.from == 0 { position = nil }
        view.apply(delta)
        if delta.more { return .partly }
        position = Position(epoch: epoch, sequence: delta.to)
        return .viewChanged
    }
}
