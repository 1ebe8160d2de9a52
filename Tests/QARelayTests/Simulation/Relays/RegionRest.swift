import QAShared
import QATestKit

@testable import QARelay

// At rest: every copy is the hub's log, every room sees what the hub decided, and every promise was kept.
extension Region {
    /// Votes are known by their counter.
    private static let noID = CommandID(high: 0, low: 0)

    func checkAtRest() {
        for problem in history.problems { fail(problem) }
        guard let hub = hubStation.hub else { return fail("no hub") }
        // While the event is closed nothing is written down.
        if !history.state.lines.isEmpty, history.state.phase != .closed {
            fail("a venue counts as cut off: \(history.state.lines)")
        }
        if hub.state != history.state { fail("the hub's state is not the log's") }
        let voters = history.state.questions.map(\.votes).max() ?? 0
        if asksForCodes {
            let used = history.state.codes.usedCount
            if voters > used || used >= codes.count { fail("\(voters) votes by \(used) codes") }
            count("codes used")
        }
        let ids = history.entries.compactMap(\.commandID)
        if Set(ids).count != ids.count { fail("a command is in the log twice") }
        for id in rehearsed where history.sequences[id] != nil {
            fail("command \(id.text) of a rehearsal is in the log after its end")
        }
        for relay in relays { check(relay, hub) }
        for visitor in visitors { check(visitor) }
    }

    // MARK: Relays

    private func check(_ station: Station, _ hub: Hub) {
        guard let relay = station.hub, let relaying = relay.relaying else { return fail("\(station) is down") }
        let records = log.records(after: 0, limit: .max - log.head)
        if station.disk.copy.epoch != log.epoch { fail("\(station) has another log") }
        if station.disk.copy.checksum != log.checksum { fail("\(station)'s chain ends otherwise") }
        if station.disk.records != records { fail("\(station)'s copy is not the log") }
        if relay.state.canonicalBytes != hub.state.canonicalBytes { fail("\(station) has another state") }
        if relay.state != hub.state { fail("\(station)'s state is not the hub's") }
        if !relay.state.unconfirmed.isEmpty { fail("\(station) has \(relay.state.unconfirmed.count) guesses left") }
        if !relaying.isUp || relaying.waiting != 0 { fail("\(station) believes its line is down") }
        checkRefusals(station, relaying)
        for row in station.disk.rows.values where row.code == nil && !row.isSettled && row.forwarded.id != Self.noID {
            guard let sequence = history.sequences[row.forwarded.id] else {
                fail(
                    "\(station): \(row.forwarded.command.kind) \(row.forwarded.ordinal) is neither in the log nor refused"
                )
                continue
            }
            // The entry may have come without the answer.
            if let known = row.sequence, known != sequence {
                fail("\(station) keeps another sequence of \(row.forwarded.ordinal)")
            }
        }
        for row in station.disk.rows.values where row.code == nil && !row.isSettled {
            checkVote(row.forwarded, station)
        }
    }

    private func checkVote(_ forwarded: Forwarded, _ station: Station) {
        guard case .vote(let question, _, let counter) = forwarded.command else { return }
        let key = VoteKey(question: question, participant: forwarded.actor.participant)
        if history.votes[key] ?? 0 < counter {
            fail("\(station): vote \(forwarded.ordinal) is neither counted nor refused")
        }
    }

    /// What the hub refused is shown, until a moderator has dealt with it; a wish given again is not dropped.
    private func checkRefusals(_ station: Station, _ relaying: Relaying) {
        let open = station.disk.rows.values.filter { $0.code != nil && !$0.isSettled }.map(\.forwarded.ordinal)
        let shown = relaying.refusals.flatMap(\.ordinals)
        // What somebody dealt with may come back if the disk failed just then; it is rather shown twice than never.
        let missing = open.filter { !shown.contains($0) && !station.lettingGo.contains($0) }
        if !missing.isEmpty || !Set(shown).isSubset(of: open) {
            fail("\(station) shows \(shown.sorted()) as refused, not \(open.sorted())")
        }
        for row in station.disk.rows.values where row.isSettled && row.forwarded.command.kind != .vote {
            // What was refused in a rehearsal goes with it.
            let isRehearsed = row.forwarded.rehearsals < rehearsalsEnded
            if !isRehearsed, !station.dealtWith.contains(row.forwarded.ordinal) {
                let why = row.code?.rawValue ?? "not refused"
                fail("\(station): nobody dealt with refused command \(row.forwarded.ordinal): \(why), \(row.forwarded)")
            }
        }
        count("refused for good")
    }

    // MARK: Screens

    private func check(_ visitor: Visitor) {
        let client = visitor.client
        let state = history.state
        if client.replica.view != RoleView(state, for: client.kind) { fail("at rest \(visitor) has another view") }
        if client.role == .audience {
            guard let participant = client.replica.device.flatMap(secrets.participant) else {
                return fail("\(visitor) has no device")
            }
            for problem in client.ownProblems(participant, in: state) { fail("\(visitor) \(problem)") }
        }
        if let line = client.replica.line, !visitor.home.isHub {
            if !line.isUp || line.waiting != 0 { fail("\(visitor) was told \(line)") }
        }
        if client.role == .moderator, let relaying = visitor.home.hub?.relaying {
            let told = client.replica.refusals.map(\.ordinal)
            let shown = relaying.refusals.suffix(Limits.refusalsShown).map(\.forwarded.ordinal)
            if told != shown { fail("\(visitor) is shown \(told) as refused, not \(shown)") }
        }
        for request in client.requests { check(request, of: visitor) }
        for promise in visitor.promises { check(promise, of: visitor) }
    }

    private func check(_ request: Client.Request, of visitor: Visitor) {
        guard !request.isReplaced else { return }
        if request.settled != 1 { fail("\(visitor): \(request.settled) final answers to \(request.id)") }
    }

    private func check(_ promise: Visitor.Promise, of visitor: Visitor) {
        let rows: [SimulatedRelayStore.Row]
        switch promise.request {
        case .command(let id):
            if history.sequences[id] != nil { return }
            rows = relays.flatMap(\.disk.rows.values).filter { $0.forwarded.id == id }
            if rows.contains(where: { $0.code != nil }) { return count("refused") }
            // A hub alone had it, and its disk is lost.
            if rows.isEmpty, lost.commands.contains(id) { return count("lost with the hub's disk") }
        case .vote(let question, let counter):
            guard let participant = visitor.client.replica.device.flatMap(secrets.participant) else { return }
            let key = VoteKey(question: question, participant: participant)
            if history.votes[key] ?? 0 >= counter { return }
            rows = relays.flatMap(\.disk.rows.values).filter { row in
                guard case .vote(question, _, let given) = row.forwarded.command else { return false }
                return row.forwarded.actor.participant == participant && given >= counter
            }
            if rows.contains(where: { $0.code != nil }) { return count("refused") }
            if rows.isEmpty, lost.votes[key].map({ $0 >= counter }) == true { return count("lost with the hub's disk") }
        }
        // What a moderator let go while the disk failed to take in why it was refused.
        if rows.contains(where: \.isSettled) { return count("refused and let go") }
        let facts = rows.map { "\($0.forwarded.ordinal) \($0.sequence ?? 0) \($0.forwarded.command)" }
        fail("\(visitor): \(promise.station) promised \(promise.request), which is nowhere; sent as \(facts)")
    }
}
