import QAShared

// Which venues are cut off: a fact of the log, because the order of the queue depends on it.
extension Hub {
    /// A relay greeted this hub: its venue's line is there.
    func relayCame(_ port: RelayPort, _ now: Now) {
        relayPorts.lost[port.venue] = nil
        presence.replace(port.venue, with: port.room)
        setLine(port.venue, cutSince: nil, now)
    }

    /// A relay's connection is gone; its venue counts as cut off if none comes for a while.
    func relayLeft(_ port: RelayPort) {
        relayPorts.ports.removeAll { $0 === port }
        port.session.relay = nil
        if let other = relayPorts.ports.last(where: { $0.venue == port.venue }) {
            return presence.replace(port.venue, with: other.room)
        }
        presence.replace(port.venue, with: nil)
        relayPorts.lost[port.venue] = RelayPorts.Lost(
            since: clock.wall, due: clock.monotonic + Limits.lineGrace)
    }

    /// Venues that had a relay when the hub last ran are expected back.
    func expectRelays(_ urls: [VenueID: String], _ now: Now) {
        for (venue, url) in urls where state.setup?.venue(venue) != nil && hasRelay(venue) {
            relayPorts.urls[venue] = url
            relayPorts.lost[venue] = RelayPorts.Lost(since: now.wall, due: now.monotonic + 2 * Limits.lineGrace)
        }
    }

    /// Writes down the venues that have been without their relay for too long.
    func noteLostLines(_ now: Now) {
        // In the venues' order, so that the same day always runs the same way.
        for venue in relayPorts.lost.keys.sorted() {
            guard let lost = relayPorts.lost[venue], lost.due <= now.monotonic else { continue }
            relayPorts.lost[venue] = nil
            if hasRelay(venue) { setLine(venue, cutSince: lost.since, now) }
        }
    }

    /// A venue that came back while its cut was being written down, or whose return could not be, is not cut off; nor is
    /// one that has no relay any more, because its token was revoked.
    func correctLines(_ now: Now) {
        // A relay's copy says so too, and it is the hub that says otherwise.
        guard relaying == nil else { return }
        for venue in state.lines.keys.sorted() {
            guard !hasRelay(venue) || relayPorts.ports.contains(where: { $0.venue == venue }) else { continue }
            if !hasRelay(venue) { relayPorts.urls[venue] = nil }
            setLine(venue, cutSince: nil, now)
        }
    }

    private func hasRelay(_ venue: VenueID) -> Bool {
        state.tokens.contains { $0.role == .relay && $0.venue == venue && !$0.revoked }
    }

    private func setLine(_ venue: VenueID, cutSince since: Timestamp?, _ now: Now) {
        guard (state.lines[venue] == nil) != (since == nil), health == .ok || health == .full else { return }
        let stamped = StampedCommand(
            id: CommandID(high: 0, low: 0), actor: .house, time: now.wall,
            command: .setLine(venue, cutSince: since))
        submit(stamped) { _ in }
    }
}
