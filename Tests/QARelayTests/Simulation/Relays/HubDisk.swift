import QAShared
import QATestKit

@testable import QARelay

/// What the hub's log lost when a backup took its place.
struct Lost {
    var commands: Set<CommandID> = []
    /// The highest counter of each vote.
    var votes: [VoteKey: Int] = [:]

    mutating func note(_ entry: Entry) {
        if let id = entry.commandID { commands.insert(id) }
        for case .voted(let question, _, let counter) in entry.changes {
            let key = VoteKey(question: question, participant: entry.actor.participant)
            votes[key] = max(votes[key] ?? 0, counter)
        }
    }
}

// The hub's log: written after a while, read for relays, backed up and put back.
extension Region {
    func submit(_ entries: [Entry], expecting expected: Int) {
        let isRefused = !isHealed && generator.below(1_000) < 20
        let isKept = isRefused && generator.percent(30)
        let isSlow = generator.percent(5) && !isHealed
        let writing = isSlow ? 200 + generator.below(700) : 1 + generator.below(12)
        let reporting = generator.percent(50) ? 0 : 1 + generator.below(10)
        let run = hubStation.run
        after(writing) { region in
            guard region.hubStation.run == run, region.hubStation.hub != nil else { return }
            if !isRefused || isKept { region.write(entries, expected) }
            region.after(reporting) { region in
                guard region.hubStation.run == run, let hub = region.hubStation.hub else { return }
                let moment = region.moment(region.hubStation)
                if isRefused {
                    region.count("append refused")
                    let error = isKept ? LogError.failed("io") : .full
                    hub.failed(error, rebuilt: try? region.log.fold(), moment)
                    if hub.health == .failed {
                        region.after(300 + region.generator.below(2_000)) { $0.hubStation.crash(run) }
                    }
                } else {
                    hub.committed(entries, moment)
                }
                region.touched(region.hubStation)
            }
        }
    }

    private func write(_ entries: [Entry], _ expected: Int) {
        do throws(LogError) {
            try log.append(entries, expecting: expected)
            history.append(entries)
            if entries.contains(where: { $0.changes.contains(.rehearsalWiped) }) { noteRehearsed() }
        } catch {
            fail("the log refused a batch of the only hub: \(error)")
        }
    }

    /// A rehearsal is over. Clocks may be wrong by some seconds, and what was given just before may count as later.
    private func noteRehearsed() {
        rehearsalsEnded += 1
        for relay in relays {
            for row in relay.disk.rows.values where history.sequences[row.forwarded.id] == nil {
                guard row.forwarded.command.kind != .vote, let at = relay.given[row.forwarded.ordinal],
                    at < now - 30_000
                else { continue }
                count("rehearsed on a cut line")
                rehearsed.insert(row.forwarded.id)
            }
        }
    }

    /// Reads the log for relays, on a thread of its own.
    func read(_ after: Int, _ station: Station) {
        let run = station.run
        self.after(1 + generator.below(isHealed ? 4 : 30)) { region in
            guard station.run == run, let hub = station.hub else { return }
            let isFailed = !region.isHealed && region.generator.percent(2)
            let records = region.log.records(after: after, limit: 1 + region.generator.below(40))
            let frame = RecordsCoding.encode(records, after: after, before: region.log.checksum(at: after))
            hub.read(isFailed ? nil : frame, after: after, region.moment(station))
            region.touched(station)
        }
    }

    /// The hub's engine takes its requests in order; a relay's flags nothing.
    func ask(_ requests: [AdviceRequest], _ station: Station) {
        guard station.isHub else { return }
        let run = station.run
        for request in requests {
            after(1 + generator.below(3)) { region in
                guard station.run == run, let hub = station.hub, let advice = region.engine.take(request) else {
                    return
                }
                hub.advised([advice], region.moment(station))
                region.touched(station)
            }
        }
    }

    // MARK: Backups

    /// The hub's disk is lost, and a backup takes its place: as another incarnation, or, by a careless hand, as the same.
    func restore(sameEpoch: Bool) {
        guard let hub = hubStation.hub, let head = backups.last(where: { $0 < log.head }) else { return }
        count(sameEpoch ? "restored under the same epoch" : "restored")
        for entry in history.entries[head...] { lost.note(entry) }
        let epoch = sameEpoch ? log.epoch : Epoch(using: &generator)
        log = MemoryLog(epoch: epoch, records: log.records(after: 0, limit: head))
        let kept = Array(history.entries.prefix(head))
        let problems = history.problems
        history = History()
        history.append(kept)
        for problem in problems { fail(problem) }
        backups.removeAll { $0 > head }
        incarnation += 1
        // The end of the rehearsal may be lost, too.
        rehearsed = []
        _ = hub
        hubStation.crash(hubStation.run)
        // Whoever followed the lost log under the same name cannot tell: the pages are loaded anew.
        if sameEpoch {
            for visitor in visitors where visitor.client.replica.position?.epoch == epoch { visitor.reload() }
        }
    }
}
