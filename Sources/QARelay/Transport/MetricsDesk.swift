// What a server tells an administrator's monitoring, on a port of its own that the audience does not reach.

import Glibc
import QAShared
import QASocket

extension Server {
    /// `GET /metrics`, in Prometheus' text format.
    func metrics() -> String {
        var text = MetricsText()
        tellHealth(&text)
        tellPeople(&text)
        tellWork(&text)
        tellProcess(&text)
        return text.text
    }

    private func tellHealth(_ text: inout MetricsText) {
        let health = health
        text.family("qarelay_health", .gauge, "1 for what the server is at the moment.")
        for word in ["ok", "draining", "read_only"] {
            text.sample("qarelay_health", [("status", word)], health == word ? 1 : 0)
        }
        text.family("qarelay_info", .gauge, "Version and role of the program.")
        text.sample(
            "qarelay_info",
            [("version", QARelayVersion.current), ("role", hub.relaying == nil ? "hub" : "relay")], 1)
        text.single("qarelay_log_head", .gauge, "Sequence of the last durable entry.", hub.durableHead)
        text.single(
            "qarelay_questions", .gauge, "Questions of the event, whatever became of them.", hub.state.questions.count)
        text.single(
            "qarelay_last_backup_timestamp_seconds", .gauge,
            "When the last backup was made since the start; 0 for never.",
            (meters.lastBackup?.milliseconds ?? 0) / 1_000)
        if let relay = hub.relaying {
            text.single("qarelay_uplink_up", .gauge, "1 while the hub is reached.", relay.isUp ? 1 : 0)
            text.single("qarelay_uplink_waiting", .gauge, "Commands that the hub has not decided on.", relay.waiting)
            text.single(
                "qarelay_uplink_refused", .gauge, "Commands that the hub refused and nobody has dealt with.",
                relay.refusals.count)
        }
    }

    private func tellPeople(_ text: inout MetricsText) {
        let venues = hub.state.setup?.venues ?? []
        text.family("qarelay_sessions", .gauge, "People and screens that are connected, by role and venue.")
        for venue in venues {
            let count = hub.presence.count(of: venue.id)
            for (role, value) in Self.roles(of: count) {
                text.sample("qarelay_sessions", [("role", role), ("venue", venue.id.text)], value)
            }
        }
        for (role, value) in Self.roles(of: hub.presence.elsewhere) {
            text.sample("qarelay_sessions", [("role", role), ("venue", "")], value)
        }
        text.family("qarelay_venue_cut", .gauge, "1 while a venue's line is cut.")
        for venue in venues {
            text.sample("qarelay_venue_cut", [("venue", venue.id.text)], hub.state.lines[venue.id] == nil ? 0 : 1)
        }
        text.family(
            "qarelay_relay_lag_entries", .gauge,
            "Entries that a venue's relay has not been given, while it is connected.")
        for port in hub.relayPorts.ports {
            text.sample(
                "qarelay_relay_lag_entries", [("venue", port.venue.text)],
                max(0, hub.durableHead - port.session.position))
        }
        text.single(
            "qarelay_burst_votes", .gauge,
            "First votes within ten seconds that no room explains, while moderators are shown them.",
            hub.bursts.shown?.count ?? 0)
        text.single("qarelay_connections", .gauge, "Open WebSockets.", connectionCount)
        text.single("qarelay_connections_total", .counter, "WebSockets opened since the start.", meters.opened)
        text.single(
            "qarelay_turned_away_total", .counter, "Newcomers told to come later (503) by the rate of joins.",
            meters.turnedAway)
        text.single(
            "qarelay_crowded_out_total", .counter,
            "Connections on places kept for those who run the event that ended without a token, for a newer one.",
            meters.crowdedOut)
        text.single(
            "qarelay_foreign_total", .counter, "Handshakes refused for a foreign Host or Origin.", meters.foreign)
        text.family("qarelay_closed_total", .counter, "WebSockets that ended, by close code; 1006 just went.")
        for (code, count) in meters.closed.sorted(by: { $0.key < $1.key }) {
            text.sample("qarelay_closed_total", [("code", "\(code)")], count)
        }
    }

    private static func roles(of count: Presence.Count) -> [(String, Int)] {
        [
            ("audience", count.phones), ("moderator", count.moderators), ("speaker", count.speakers),
            ("display", count.displays),
        ]
    }

    private func tellWork(_ text: inout MetricsText) {
        text.family(
            "qarelay_commands_total", .counter, "Commands by what was asked and the answer: ack or the refusal's code.")
        for (kind, results) in hub.commandMeters.counts.sorted(by: { $0.key < $1.key }) {
            for (result, count) in results.sorted(by: { $0.key < $1.key }) {
                text.sample("qarelay_commands_total", [("command", kind), ("result", result)], count)
            }
        }
        text.single("qarelay_commands_waiting", .gauge, "Commands that wait to be decided.", hub.waiting.count)
        text.histogram(
            "qarelay_commit_seconds", "From handing a batch of entries to the log until it was durable.", meters.commits
        )
        text.single("qarelay_entries_total", .counter, "Entries made durable since the start.", meters.entries)
        text.single(
            "qarelay_commits_failed_total", .counter, "Batches that the log could not take.", meters.commitsFailed)
        text.family(
            "qarelay_whole_views_total", .counter, "Whole views encoded for those who come, by whose view it is.")
        for kind in ViewKind.allCases {
            text.sample("qarelay_whole_views_total", [("view", "\(kind)")], hub.ticks.kinds[kind.rawValue].wholes)
        }
        text.single("qarelay_frames_received_total", .counter, "Messages received.", meters.framesIn)
        text.single("qarelay_frames_sent_total", .counter, "Messages sent.", meters.framesOut)
        text.single("qarelay_bytes_sent_total", .counter, "Bytes of the messages sent.", meters.bytesOut)
    }

    private func tellProcess(_ text: inout MetricsText) {
        let usage = ProcessUsage()
        text.single("process_open_fds", .gauge, "Open file descriptors.", usage.openFiles)
        text.single("process_max_fds", .gauge, "The limit of file descriptors.", usage.maximumFiles)
        text.single("process_resident_memory_bytes", .gauge, "Resident memory.", usage.residentBytes)
        text.single("process_cpu_seconds_total", .counter, "Processor time of all threads.", usage.processorSeconds)
        text.single(
            "process_start_time_seconds", .gauge, "When the program started.", Double(startedAt.milliseconds) / 1_000)
    }
}

/// Answers `/metrics` and nothing else.
final class MetricsDesk: EndpointHandler {
    private let server: Server
    private var endpoint: Endpoint?

    /// Listens on this machine's own address alone.
    init(_ server: Server, port: Int) throws(SocketError) {
        self.server = server
        var options = EndpointOptions(address: "127.0.0.1", port: port)
        options.maximumConnections = 16
        endpoint = try Endpoint(loop: server.loop, options: options, handler: self)
    }

    var port: Int { endpoint?.port ?? 0 }

    func close() { endpoint?.close {} }

    func respond(to request: HTTPRequest) -> HTTPResponse {
        guard request.path == "/metrics" else { return .text(404, "The metrics are at /metrics\n") }
        return HTTPResponse(
            status: 200, contentType: "text/plain; version=0.0.4; charset=utf-8", body: Array(server.metrics().utf8),
            headers: [("Cache-Control", "no-store")])
    }

    func judge(_ handshake: Handshake) -> HandshakeVerdict { .refuse(status: 404, reason: "no WebSocket here") }
    func opened(_ connection: Connection) {}
    func received(_ connection: Connection, _ message: UnsafeRawBufferPointer) {}
    func writable(_ connection: Connection) {}
    func closed(_ connection: Connection, code: UInt16) {}
}
