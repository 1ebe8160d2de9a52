// Days that nobody planned: seeded sequences of commands by all roles, right and wrong ones.

public import QAShared

/// A log that grows by random commands; the same seed gives the same day.
public struct RandomDay: Sendable {
    /// How often each kind of command is tried.
    public struct Habits: Sendable {
        public var weights: [Command.Kind: Int] = [:]
        /// In a hundred: a role that may not, a question that is not there, an id used before.
        public var mistakes = 6
        /// In a hundred questions asked: those for which the hub names earlier ones that ask the same.
        public var proved = 12
        /// In a hundred questions asked: those that ask for the floor.
        public var spoken = 15
        /// Which talk questions go to; nil lets people choose.
        public var talk: TalkID?
        /// Whether the day begins with a rehearsal, and so does what follows on it.
        public var rehearses = false

        public init() {
            for kind in Command.Kind.allCases { weights[kind] = 2 }
            weights[.ask] = 22
            weights[.vote] = 40
            weights[.approve] = 18
            weights[.takeLive] = 6
            weights[.undo] = 6
            weights[.dismiss] = 5
            weights[.edit] = 3
            weights[.unite] = 9
            weights[.separate] = 4
            weights[.distinguish] = 3
            weights[.flag] = 5
            weights[.place] = 4
            weights[.ready] = 4
            weights[.setLine] = 3
            weights[.closeEvent] = 1
            weights[.openEvent] = 4
            weights[.resumeIntake] = 5
            weights[.startRehearsal] = 0
            weights[.endRehearsal] = 0
            weights[.amend] = 1
            weights[.addToken] = 1
            weights[.revokeToken] = 1
            weights[.erase] = 0
            for kind in [Command.Kind.redeem, .issueCodes, .revokeCodes] { weights[kind] = 0 }
        }

        /// Votes count by one-time codes; give it a setup that asks for them. As alike as `alike`.
        public static var codes: Habits {
            var habits = Habits.alike
            habits.weights[.redeem] = 30
            habits.weights[.issueCodes] = 3
            habits.weights[.revokeCodes] = 1
            habits.weights[.configure] = 0
            return habits
        }

        /// A crowd in one talk: many questions, many closed, so that the windows of the views move.
        public static var crowd: Habits {
            var habits = Habits()
            habits.weights[.ask] = 90
            habits.weights[.approve] = 10
            habits.weights[.dismiss] = 64
            habits.weights[.answer] = 6
            habits.weights[.closeEvent] = 0
            habits.weights[.pauseIntake] = 0
            habits.weights[.startTalk] = 0
            habits.weights[.endTalk] = 0
            habits.weights[.amend] = 0
            habits.weights[.unite] = 3
            habits.talk = Sample.opening
            return habits
        }

        /// Words are erased now and then: a log read again lacks them from the beginning.
        public static var erasing: Habits {
            var habits = Habits()
            habits.weights[.erase] = 8
            habits.weights[.edit] = 8
            habits.weights[.note] = 8
            habits.weights[.say] = 6
            habits.weights[.enter] = 6
            habits.weights[.undo] = 14
            return habits
        }

        /// Much that is alike: groups come about, change and fall apart while people vote.
        public static var alike: Habits {
            var habits = Habits()
            for kind in kindsTogether + [.amend] { habits.weights[kind] = 0 }
            habits.weights[.unite] = 40
            habits.weights[.separate] = 12
            habits.weights[.distinguish] = 6
            habits.weights[.flag] = 14
            habits.weights[.withdraw] = 8
            habits.weights[.undo] = 24
            habits.weights[.closeEvent] = 0
            habits.weights[.pauseIntake] = 0
            for kind in [Command.Kind.pin, .unpin, .place, .ready, .setLine] { habits.weights[kind] = 1 }
            habits.proved = 40
            habits.spoken = 3
            return habits
        }
    }

    public private(set) var state = State()
    public private(set) var entries: [Entry] = []
    /// The accepted commands with the sequence each has in the log, votes left out.
    public private(set) var accepted: [(command: StampedCommand, sequence: Int)] = []
    public private(set) var rejections: [Rejection.Code: Int] = [:]
    public var habits: Habits
    var generator: SeededGenerator
    private var time = Sample.morning
    private var counters: [String: Int] = [:]
    private let moderated: Bool

    public init(
        seed: UInt64, moderated: Bool = true, habits: Habits = Habits(), setup: EventSetup? = nil
    ) {
        generator = SeededGenerator(seed: seed)
        self.habits = habits
        self.moderated = moderated
        let setup = setup ?? Sample.setup(moderated: moderated)
        _ = try? decide(stamped(.configure(setup), Person.organiser))
    }

    /// Tries random commands until one makes an entry; what it touched.
    public mutating func step() -> Touched {
        while true {
            if let touched = try? decide(next()) { return touched }
        }
    }

    /// Entries `count` times over.
    public mutating func run(_ count: Int) {
        for _ in 0..<count { _ = step() }
    }

    /// Decides one random command and applies what came of it; with the state before it.
    public mutating func attempt() -> (StampedCommand, Result<Decision, Rejection>, State) {
        let command = next()
        let before = state
        let result: Result<Decision, Rejection>
        do throws(Rejection) {
            let decision = try state.decide(command)
            if case .entry(let entry) = decision { _ = apply(entry, command) }
            result = .success(decision)
        } catch {
            result = .failure(error)
        }
        return (command, result, before)
    }

    private mutating func decide(_ command: StampedCommand) throws(Rejection) -> Touched? {
        do {
            guard case .entry(let entry) = try state.decide(command) else { return nil }
            return apply(entry, command)
        } catch {
            rejections[error.code, default: 0] += 1
            throw error
        }
    }

    private mutating func apply(_ entry: Entry, _ command: StampedCommand) -> Touched {
        entries.append(entry)
        if entry.commandID != nil { accepted.append((command, entry.sequence)) }
        return state.apply(entry)
    }

    // MARK: What comes next

    private mutating func stamped(_ command: Command, _ actor: Actor) -> StampedCommand {
        // The door's clock may go back a little.
        time.milliseconds += generator.below(900) - 100
        return StampedCommand(
            id: CommandID(using: &generator), actor: actor, time: time, command: command)
    }

    private mutating func next() -> StampedCommand {
        if generator.percent(habits.mistakes), let old = accepted.last {
            var again = generator.percent(50) ? old.command : generator.pick(accepted).command
            if generator.percent(30) { again.actor = Person.phone(generator.below(12)) }
            return again
        }
        let kinds = Command.Kind.allCases
        var kind = kinds[generator.pick(weights: kinds.map { habits.weights[$0] ?? 0 })]
        if habits.rehearses, state.questions.isEmpty, !state.isRehearsing, generator.percent(97) {
            kind = .startRehearsal
        }
        let command = command(kind)
        var stamped = stamped(command, actor(for: kind, command))
        if kind == .ask || kind == .enter, generator.percent(habits.proved) {
            stamped.sameAs = (0..<(1 + generator.below(3))).map { _ in question() }
        }
        return stamped
    }

    private mutating func actor(for kind: Command.Kind, _ command: Command) -> Actor {
        if generator.percent(habits.mistakes) {
            return Person.of(generator.pick(Role.allCases))
        }
        switch kind {
        case .withdraw:
            if case .withdraw(let id) = command, let question = state.question(id) {
                return Actor(role: .audience, venue: question.venue, participant: question.asker)
            }
            return phone()
        case .ask, .vote, .redeem: return phone()
        case .closeEvent, .openEvent, .configure, .addToken, .revokeToken, .flag, .setLine, .issueCodes, .revokeCodes:
            return Person.organiser
        case .startRehearsal, .endRehearsal, .amend, .erase: return Person.organiser
        case .stageRead: return Person.speaker
        case .takeLive, .answer, .putBack, .undo:
            if generator.percent(40) {
                return generator.percent(70) ? Person.speaker : Person.otherSpeaker
            }
            return moderator()
        default: return moderator()
        }
    }

    private mutating func phone() -> Actor { Person.phone(generator.below(40)) }

    private mutating func moderator() -> Actor {
        generator.percent(60) ? Person.chief : Person.moderator(generator.pick(Sample.venues))
    }

    mutating func question() -> QuestionID {
        guard !state.questions.isEmpty, !generator.percent(habits.mistakes / 2) else {
            return numbered(generator.below(1_000))
        }
        let count = state.questions.count
        // The newest are dealt with most.
        let back = generator.percent(60) ? generator.below(min(count, 12)) : generator.below(count)
        return state.question(number: count - back).id
    }

    mutating func talk() -> TalkID {
        generator.percent(habits.mistakes / 2) ? TalkID("nowhere")! : generator.pick(Sample.talks)
    }

    mutating func text() -> String {
        generator.percent(habits.mistakes)
            ? RandomText.any(&generator) : RandomText.question(&generator)
    }

    private mutating func command(_ kind: Command.Kind) -> Command {
        switch kind {
        case .ask:
            let name = generator.percent(30) ? "M. " + generator.pick(RandomText.words) : nil
            return .ask(
                text: text(), name: name,
                talk: habits.talk ?? (generator.percent(25) ? talk() : nil), spoken: generator.percent(habits.spoken))
        case .vote: return vote()
        case .withdraw: return .withdraw(question())
        case .approve: return .approve(question())
        case .edit: return .edit(question(), text: text())
        case .dismiss: return .dismiss(question(), generator.pick(DismissReason.allCases))
        case .restore: return .restore(question())
        case .block: return .block(question())
        case .unblock: return .unblock(question())
        case .note, .say, .hand, .stage, .stageRead, .clearStage, .enter, .label, .bulk, .move, .startRehearsal,
            .endRehearsal, .amend:
            return together(kind)
        case .unite: return .unite(question(), into: question())
        case .separate: return .separate(variant() ?? question())
        case .distinguish: return .distinguish(question(), from: question())
        case .flag: return .flag(question(), flags())
        case .takeLive:
            let live = state.liveQuestion?.id
            return .takeLive(question(), replacing: generator.percent(85) ? live : question())
        case .answer: return .answer(live() ?? question())
        case .putBack: return .putBack(live() ?? question())
        case .startTalk: return .startTalk(talk())
        case .endTalk: return .endTalk(talk())
        case .pauseIntake: return .pauseIntake
        case .resumeIntake: return .resumeIntake
        case .closeEvent: return .closeEvent
        case .openEvent: return .openEvent
        case .setOrder: return .setOrder(generator.pick(QueueOrder.allCases))
        case .pin: return .pin(question())
        case .unpin: return .unpin(pinned() ?? question())
        case .place: return .place(waiting() ?? question(), before: generator.percent(80) ? waiting() : nil)
        case .ready: return .ready(request() ?? question(), on: generator.percent(70))
        case .setLine:
            let venue = generator.percent(habits.mistakes / 2) ? VenueID("nowhere")! : generator.pick(Sample.venues)
            return .setLine(venue, cutSince: generator.percent(45) ? time : nil)
        case .undo: return .undo(sequence: action())
        case .erase: return .erase(question(), generator.pick(ErasedPart.allCases))
        case .redeem: return .redeem(code())
        case .issueCodes:
            let batch: CodeBatchID = numbered(state.codes.batches.count + generator.below(2))
            let codes = (0..<(1 + generator.below(5))).map { _ in CodeID(using: &generator) }
            return .issueCodes(batch, venue: generator.percent(50) ? Sample.agneaux : nil, codes)
        case .revokeCodes: return .revokeCodes(numbered(generator.below(state.codes.batches.count + 1)))
        case .configure: return .configure(setup())
        case .addToken:
            return .addToken(
                AccessToken(
                    id: TokenID(using: &generator), check: TokenID(using: &generator),
                    role: generator.pick([.moderator, .speaker, .display]),
                    venue: generator.percent(50) ? Sample.agneaux : nil, label: "régie"))
        case .revokeToken:
            return .revokeToken(
                state.tokens.isEmpty ? numbered(1) : generator.pick(state.tokens).id)
        }
    }

    /// One that was handed out, most of the time: free, used or taken back by now.
    private mutating func code() -> CodeID {
        let issued = entries.flatMap(\.changes).flatMap { change -> [CodeID] in
            if case .codesIssued(_, _, let codes) = change { codes } else { [] }
        }
        return issued.isEmpty || generator.percent(habits.mistakes) ? CodeID(using: &generator) : generator.pick(issued)
    }

    private mutating func variant() -> QuestionID? {
        let merged = state.questions.filter { $0.union != nil }
        return merged.isEmpty || generator.percent(20) ? nil : generator.pick(merged).id
    }

    private mutating func flags() -> [DuplicateFlag] {
        (0..<generator.below(Limits.flagsMaximum + 1)).map { _ in
            DuplicateFlag(
                other: question(), level: generator.pick(FlagLevel.allCases),
                reasons: [generator.pick(FlagReason.allCases)],
                mine: (0..<generator.below(3)).map { $0 }, theirs: [generator.below(9)])
        }
    }

    private mutating func live() -> QuestionID? {
        generator.percent(50) ? state.liveQuestion?.id : nil
    }

    private mutating func pinned() -> QuestionID? {
        let pinned = state.questions.filter { $0.pinned != nil }
        return pinned.isEmpty || generator.percent(20) ? nil : generator.pick(pinned).id
    }

    private mutating func waiting() -> QuestionID? {
        let shown = state.queueShown
        return shown.isEmpty || generator.percent(10) ? nil : state.question(number: generator.pick(shown)).id
    }

    private mutating func request() -> QuestionID? {
        let open = state.floor.filter { state.question(number: $0).status.isOpen }
        return open.isEmpty || generator.percent(15) ? nil : state.question(number: generator.pick(open)).id
    }

    private mutating func vote() -> Command {
        let id = question()
        // Now and then an old counter, or one that was skipped.
        let latest = counters[id.text] ?? 0
        let counter = generator.percent(80) ? latest + 1 : generator.below(latest + 3)
        counters[id.text] = max(latest, counter)
        return .vote(id, on: generator.percent(75), counter: counter)
    }

    private mutating func action() -> Int {
        guard !state.actions.isEmpty, !generator.percent(habits.mistakes) else {
            return generator.below(state.head + 5)
        }
        let back = min(state.actions.count, generator.percent(60) ? 4 : 60)
        return state.actions[state.actions.count - 1 - generator.below(back)].sequence
    }

    /// Another file of the organiser: venues and talks come, go and come back.
    private mutating func setup() -> EventSetup {
        var setup = Sample.setup(
            moderated: generator.percent(80) == moderated,
            order: generator.pick(QueueOrder.allCases))
        if generator.percent(40) { setup.title = generator.pick(RandomText.words) }
        if generator.percent(30) { setup.venues.remove(at: generator.below(3)) }
        if generator.percent(30) { setup.talks.remove(at: generator.below(3)) }
        if generator.percent(20) { setup.talks.shuffle(using: &generator) }
        setup.floor = !generator.percent(20)
        return setup
    }
}
