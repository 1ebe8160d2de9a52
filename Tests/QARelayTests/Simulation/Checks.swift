import QAShared
import QATestKit

@testable import QARelay

// While it runs: nothing is shown before it is durable, nothing is shown to those who may not see it.
extension World {
    func check(_ parcel: Parcel, _ bytes: [UInt8], to session: Session) {
        let head = log.head
        switch parcel.frame {
        case .welcome(let welcome):
            if welcome.head > head { fail("welcome at \(welcome.head), the log is at \(head)") }
            count(welcome.resumed ? "resumed" : "began anew")
        case .delta(let delta):
            if delta.to > head { fail("a delta to \(delta.to), the log is at \(head)") }
            if delta.more { count("part") }
            if delta.from > delta.to { fail("a delta from \(delta.from) to \(delta.to)") }
            guard delta.to <= head, parcel.checkedFor.insert(session.kind).inserted else { return }
            check(delta, session.kind)
            if session.kind != .moderator { checkMarks(bytes, session.kind) }
        case .ack(_, let sequence):
            if sequence > head { fail("an ack of \(sequence), the log is at \(head)") }
        case .mine(let mine): check(mine, session)
        case .suggestions(_, let cards): check(cards, session)
        case .day(let day): check(day, session)
        case .results, .line, .refusals: fail("a frame of relays")
        case .presence(let presence): check(presence, session)
        case .rejection, .minted, .tokens, .beat: break
        case .unknown(let type): fail("a frame of type \(type)")
        }
        if bytes.count > 2 * Limits.frameBytes { fail("a frame of \(bytes.count) bytes") }
    }

    /// Each card is the one of that role at that position.
    private func check(_ delta: Delta, _ kind: ViewKind) {
        let state = history.states[delta.to]
        for card in delta.upserts {
            guard let question = state.question(card.id) else {
                return fail("\(kind): a card of no question at \(delta.to)")
            }
            if card != Card(question, in: state, for: kind) { fail("\(kind): a wrong card at \(delta.to): \(card)") }
            if kind != .moderator, !question.status.isPublic {
                fail("\(kind) is shown a question that is \(question.status.word)")
            }
        }
    }

    /// Moderators alone are told who is where, and each person stands there once.
    private func check(_ presence: Presence, _ session: Session) {
        if session.kind != .moderator { fail("\(session.role) is told who is there") }
        let people = presence.people
        if Set(people.map(\.by)).count != people.count { fail("somebody is there twice: \(people)") }
        if people.contains(where: { $0.claims != nil }) { count("claims told") }
        for question in people.compactMap(\.claims) where history.question(question) == nil {
            fail("a claim of a question that never was")
        }
    }

    /// The map of the day is for organisers, and counts exactly the log up to its head.
    private func check(_ day: DayFrame, _ session: Session) {
        if session.role != .organiser { fail("\(session.role) is shown the map of the day") }
        if day.head > history.head { return fail("a map at \(day.head), the log is at \(history.head)") }
        if day.venues.map(\.talks) != history.states[day.head].dayCounts { fail("a wrong map at \(day.head)") }
        count("map of the day")
    }

    /// Each suggestion is the card of a public question as it durably was, and of nobody's own.
    private func check(_ cards: [Card], _ session: Session) {
        if cards.count > Limits.suggestionsShown { fail("\(cards.count) suggestions") }
        for card in cards {
            let was = history.states.last { state in
                state.question(card.id).map { Card($0, in: state, for: .audience) == card } == true
            }
            guard let question = was?.question(card.id) else { return fail("a suggestion that never was: \(card)") }
            if !question.status.isPublic { fail("a suggestion that is \(question.status.word)") }
            if question.asker == session.participant { fail("one's own question is suggested") }
        }
        count(cards.isEmpty ? "no suggestion" : "suggestions")
    }

    private func checkMarks(_ bytes: [UInt8], _ kind: ViewKind) {
        for mark in Mark.found(in: bytes) where !history.publicMarks.contains(mark) {
            if kind == .speaker, history.stageMarks.contains(mark) { continue }
            fail("\(kind) is shown text \(mark), which was never public")
        }
    }

    private func check(_ mine: Mine, _ session: Session) {
        for own in mine.questions {
            guard let question = history.question(own.id) else {
                return fail("mine of a question that is not durable")
            }
            if question.asker != session.participant { fail("mine of somebody else's question") }
        }
        for vote in mine.votes {
            if history.question(vote.question)?.voters[session.participant] == nil {
                fail("mine of a vote that is not durable")
            }
        }
    }

    /// A replica that has taken a whole delta shows exactly the view at its position.
    func checkView(_ client: Client) {
        guard let position = client.replica.position else { return fail("\(client) has no position") }
        guard position.sequence <= history.head else {
            return fail("\(client) stands at \(position.sequence), the log at \(history.head)")
        }
        if client.replica.view != history.view(client.kind, at: position.sequence) {
            fail("\(client)'s view at \(position.sequence) is not the role's view")
        }
    }
}

// At rest: everybody agrees, and every answer was true.
extension World {
    func checkAtRest() {
        for problem in history.problems { fail(problem) }
        countDuplicates()
        checkLog()
        for client in clients {
            checkAtRest(client)
            for request in client.requests { check(request, of: client) }
        }
    }

    private func countDuplicates() {
        for change in history.entries.flatMap(\.changes) {
            switch change {
            case .unionChanged(_, nil, let to?): count(to.automatic ? "merged as asked" : "united")
            case .unionChanged(_, _?, nil): count("left a group")
            case .unionChanged: count("moved between groups")
            case .duplicatesFlagged: count("flagged")
            case .pairDistinguished(_, _, _, true): count("told apart")
            case .rehearsalWiped: count("rehearsals wiped")
            case .questionAsked(let asked) where asked.heard: count("entered")
            case .talkMoved: count("moved to another talk")
            case .noteAdded: count("notes")
            case .said: count("said")
            case .stageChanged(_, let to): count(to?.read == nil ? "stage" : "stage read")
            default: break
            }
        }
    }

    private func checkLog() {
        guard let hub else { return fail("no hub") }
        guard let folded = try? log.fold() else { return fail("the log cannot be folded") }
        let state = history.state
        if hub.state != state { fail("the hub's state is not the log's") }
        if folded.state.canonicalBytes != state.canonicalBytes { fail("the fold is not the state") }
        if hub.durableHead != log.head { fail("the hub stands at \(hub.durableHead), its log at \(log.head)") }
        for kind in ViewKind.allCases {
            for position in stride(from: 0, through: state.head, by: 7) {
                let delta = hub.ledgers.delta(kind, from: position, state)
                if delta != folded.ledgers.delta(kind, from: position, state) {
                    fail("\(kind): another delta from \(position) after a restart")
                }
            }
        }
        for (index, entry) in history.entries.enumerated() where entry.sequence != index + 1 {
            fail("entry \(entry.sequence) is the \(index + 1)th")
        }
    }

    private func checkAtRest(_ client: Client) {
        let state = history.state
        if client.replica.view != history.view(client.kind, at: state.head) {
            fail("at rest \(client)'s view (\(client.replica.position?.sequence ?? 0)) is not that of \(state.head)")
        }
        guard client.role == .audience else { return }
        guard let participant = client.replica.device.flatMap(secrets.participant) else {
            return fail("\(client) has no device")
        }
        for problem in client.ownProblems(participant, in: state) { fail("\(client) \(problem)") }
        for question in state.questions where question.asker == participant {
            if question.union != nil { count("fates") }
            if state.near.contains(question.number) { count("near the floor") }
        }
    }

    private func check(_ request: Client.Request, of client: Client) {
        guard !request.isReplaced else { return }
        guard request.settled == 1 else {
            return fail("\(client): \(request.settled) final answers to \(request.id)")
        }
        switch request.id {
        case .command(let id): checkCommand(id, request, client)
        case .vote(let question, let counter): checkVote(question, counter, request, client)
        }
    }

    private func checkCommand(_ id: CommandID, _ request: Client.Request, _ client: Client) {
        let entries = history.entries.filter { $0.commandID == id }
        if entries.count > 1 { fail("\(client): \(id.text) is in the log \(entries.count) times") }
        for sequence in request.acks where entries.first?.sequence != sequence {
            fail("\(client): \(id.text) was acknowledged as \(sequence)")
        }
        // What was refused may be accepted when another copy of it arrives later; one copy has one answer.
        if !request.rejections.isEmpty, !entries.isEmpty {
            count("refused, and a later copy accepted")
            if request.arrivals < 2 { fail("\(client): \(id.text) was refused and is in the log") }
        }
    }

    private func checkVote(
        _ question: QuestionID, _ counter: Int, _ request: Client.Request, _ client: Client
    ) {
        guard let participant = client.replica.device.flatMap(secrets.participant) else { return }
        for sequence in request.acks {
            let isThere = history.entries.prefix(sequence).contains { entry in
                entry.actor.participant == participant
                    && entry.changes.contains {
                        if case .voted(question, _, let known) = $0 { known >= counter } else { false }
                    }
            }
            if !isThere { fail("\(client): a vote acknowledged as \(sequence) is not in the log") }
        }
    }
}
