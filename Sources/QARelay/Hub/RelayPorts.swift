import QAShared

/// A relay that follows the hub's log: a position, what it is to be told of its commands, and its room's people.
final class RelayPort {
    /// Kept until the connection is gone and the last command from it is decided.
    let session: Session
    let venue: VenueID
    /// The last sequence that it was sent.
    var position: Int
    /// Whether the relay has yet to be told where the chain stands at its position: what it has may be of another log.
    var owesProof: Bool
    var proof: SharedFrame?
    var results: [ForwardResult] = []
    var room = RoomReport()
    /// Who is elsewhere, to be told next.
    var presence: SharedFrame?

    /// `position`: where the relay's copy stands; 0 when it begins anew.
    init(session: Session, venue: VenueID, position: Int) {
        self.session = session
        self.venue = venue
        self.position = position
        owesProof = position > 0
    }
}

/// Entries as one frame for relays, shared by all that stand at its start.
struct RecordsFrame: Sendable {
    var after: Int
    var to: Int
    var bytes: [UInt8]
}

/// The relays that are connected, and what was last read of the log for them.
struct RelayPorts {
    var ports: [RelayPort] = []
    /// The newest few, so that several relays cost one reading.
    private(set) var read: [(after: Int, to: Int, frame: SharedFrame)] = []
    /// Positions for which the log is being read.
    var reading: Set<Int> = []
    /// The address of each venue's relay, as it said itself.
    var urls: [VenueID: String] = [:]
    /// Venues whose relay is gone, and when that is to be written down, in monotonic milliseconds.
    var lost: [VenueID: Lost] = [:]

    struct Lost {
        var since: Timestamp
        var due: Int
    }

    var dueAt: Int? { lost.values.map(\.due).min() }

    func url(of venue: VenueID) -> String? { urls[venue] }

    func frame(after position: Int) -> (after: Int, to: Int, frame: SharedFrame)? { read.last { $0.after == position } }

    mutating func keep(_ frame: RecordsFrame) {
        read.append((frame.after, frame.to, SharedFrame(frame.bytes)))
        if read.count > 8 { read.removeFirst() }
    }
}

// The hub's end of the uplinks.
extension Hub {
    func attachRelay(_ session: Session, _ hello: Hello, _ now: Now) {
        guard let venue = session.venue else { return }
        // One relay a key: a connection that is left over from before a cut gives way.
        for port in relayPorts.ports where port.session.token == session.token {
            close(port.session, .replaced, now)
        }
        let resumes = hello.position.map { $0.epoch == epoch && $0.sequence <= durableHead } ?? false
        let port = RelayPort(session: session, venue: venue, position: resumes ? hello.position?.sequence ?? 0 : 0)
        session.relay = port
        session.phase = .attached
        relayPorts.ports.append(port)
        relayPorts.urls[venue] = hello.url
        var welcome = Welcome(
            epoch: epoch, head: durableHead, role: .relay, venue: venue, device: nil,
            by: session.participant.tag, resumed: resumes, time: now.wall,
            limits: state.setup?.limits ?? EventLimits())
        welcome.keys = secrets.relayKeys(session.participant.tag)
        welcome.elsewhere = publicURL
        welcome.software = QARelayVersion.current
        reply(.welcome(welcome), session, now)
        relayCame(port, now)
        presence.claimsChanged()
        offerRecords(now)
    }

    // MARK: Commands of a room

    /// A frame that belongs to a relay, or to a moderator at one.
    func receivedUplink(_ frame: ClientFrame, _ session: Session, _ now: Now) {
        switch (frame, session.relay) {
        case (.settle(let ordinal, let again), nil) where relaying != nil:
            settle(ordinal, again: again, session, now)
        case (.forward(let items, let unreadable), let port?):
            for result in unreadable { answer(port, result.ordinal, result.outcome, now) }
            for item in items { take(item, port, now) }
        case (.room(let room), let port?):
            port.room = room
            presence.replace(port.venue, with: room)
        default: reply(.rejection(Rejection(.notAllowed), nil), session, now)
        }
    }

    /// Takes a forwarded command; the relay's door has applied the rates.
    private func take(_ item: Forwarded, _ port: RelayPort, _ now: Now) {
        guard waiting.count < Limits.commandsWaiting, health == .ok || health == .full else {
            // Order is what a relay relies on: it comes back and sends all again.
            return close(port.session, health == .draining ? .goingAway : .tooSlow, now)
        }
        if let refusal = refusal(of: item, port) { return answer(port, item.ordinal, .failure(refusal), now) }
        var stamped = item.stamped
        stamped.time = min(item.time, now.wall)
        waiting.append(Pending(asker: .relay(port, item), stamped: stamped))
    }

    /// A relay speaks for its room's phones, and for holders of keys that this event gave out.
    private func refusal(of item: Forwarded, _ port: RelayPort) -> Rejection? {
        if item.actor.role == .audience {
            return item.actor.venue == port.venue ? nil : Rejection(.wrongVenue, field: "venue")
        }
        guard let token = state.tokens.first(where: { $0.participant == item.actor.participant }) else {
            return Rejection(.tokenInvalid)
        }
        if token.revoked { return Rejection(.tokenRevoked) }
        let isAsGiven = token.role == item.actor.role && token.venue == item.actor.venue
        return isAsGiven && token.role != .relay ? nil : Rejection(.roleRefused)
    }

    func answer(_ port: RelayPort, _ ordinal: Int, _ result: Result<Int, Rejection>, _ now: Now) {
        if case .failure(let rejection) = result, rejection.retryAfter != nil {
            return close(port.session, .tooSlow, now)
        }
        // The relay that is gone asks again on its next line.
        guard port.session.relay === port else { return }
        port.results.append(ForwardResult(ordinal: ordinal, outcome: result))
        want(port.session, now)
    }

    // MARK: The log

    /// Lets the log be read for relays that are behind it.
    func offerRecords(_ now: Now) {
        for port in relayPorts.ports where port.position < durableHead || port.owesProof && port.proof == nil {
            if relayPorts.frame(after: port.position) != nil {
                want(port.session, now)
            } else if relayPorts.reading.insert(port.position).inserted {
                effects.append(.read(after: port.position))
            }
        }
    }

    /// The log was read; nil when it could not be.
    func read(_ frame: RecordsFrame?, after position: Int, _ now: Now) {
        relayPorts.reading.remove(position)
        // One that failed is tried again with the next batch, or in a while.
        guard let frame else { return }
        if frame.to > position {
            relayPorts.keep(frame)
        } else {
            for port in relayPorts.ports where port.owesProof && port.position == position {
                port.proof = SharedFrame(frame.bytes)
                want(port.session, now)
            }
        }
        offerRecords(now)
    }

    func next(for port: RelayPort) -> Next {
        if !port.results.isEmpty {
            let results = Array(port.results.prefix(200))
            port.results.removeFirst(results.count)
            return .frame(SharedFrame(.results(results)))
        }
        if let presence = port.presence {
            port.presence = nil
            return .frame(presence)
        }
        guard port.position < durableHead || port.owesProof else { return .nothing }
        guard let records = relayPorts.frame(after: port.position) else {
            if let proof = port.proof {
                port.proof = nil
                port.owesProof = false
                return .frame(proof)
            }
            if relayPorts.reading.insert(port.position).inserted { effects.append(.read(after: port.position)) }
            return .nothing
        }
        port.position = records.to
        port.owesProof = false
        port.proof = nil
        return .frame(records.frame)
    }

    func hasMore(for port: RelayPort) -> Bool {
        !port.results.isEmpty || port.presence != nil || port.position < durableHead || port.proof != nil
    }
}
