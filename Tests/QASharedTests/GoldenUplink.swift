// Frames between a relay and the hub, and what only a relay says to its room.

import QAShared
import QATestKit

extension GoldenFrames {
    static let uplinkClient: [(name: String, frame: ClientFrame)] = [
        ("hello of a relay", .hello(relayHello)),
        (
            "forward",
            .forward([
                Forwarded(
                    ordinal: 41, id: numbered(42), actor: Person.moderator(Sample.cherbourg), time: Sample.morning,
                    command: .approve(numbered(7))),
                Forwarded(
                    ordinal: 42, id: CommandID(high: 0, low: 0), actor: Person.phone(2, Sample.cherbourg),
                    time: Sample.morning, command: .vote(numbered(7), on: true, counter: 3)),
                Forwarded(
                    ordinal: 43, id: numbered(43), actor: Person.chief, time: Sample.morning,
                    command: .undoCommand(numbered(42))),
            ])
        ),
        (
            "room",
            .room(
                RoomReport(
                    count: count, people: [Presence.Person(by: "AAAAAAAA", role: .moderator, venue: Sample.cherbourg)]))
        ),
        ("settle, given again", .settle(ordinal: 41, again: true)),
        ("settle, let go", .settle(ordinal: 42, again: false)),
    ]

    static let uplinkHub: [(name: String, frame: ServerFrame)] = [
        ("welcome of a relay", .welcome(relayWelcome)),
        ("line, cut", .line(LineInfo(venue: Sample.cherbourg, isUp: false, since: Sample.morning, waiting: 12))),
        ("line, up", .line(LineInfo(venue: Sample.cherbourg, isUp: true, since: Sample.morning, waiting: 0))),
        (
            "refusals",
            .refusals([
                RefusalInfo(
                    ordinal: 41, what: "approve", code: .wrongStatus, role: .moderator, by: "k3J9x_aQ",
                    time: Sample.morning, question: numbered(7), number: 7, text: Sample.text, count: 3),
                RefusalInfo(
                    ordinal: 42, what: "pauseIntake", code: .eventClosed, role: .moderator, by: "k3J9x_aQ",
                    time: Sample.morning),
            ])
        ),
        ("refusals, none left", .refusals([])),
        (
            "results",
            .results([
                ForwardResult(ordinal: 41, outcome: .success(513)),
                ForwardResult(ordinal: 42, outcome: .failure(Rejection(.wrongStatus))),
            ])
        ),
    ]

    /// Entries 121 and 122 as a relay is told them, their texts beside them; the checksum before is thirty-two zeros.
    ///
    /// `RecordsCodingTests` holds it against what a relay makes of it.
    static let records =
        #"{"type":"records","after":120,"before":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","records":[["{\"sequence\":121,\""#
        + #"time\":1259053200000,\"role\":\"moderator\",\"venue\":\"granville\",\"by\":\"AAAAAAAAXu0AAAAAAACcQA\",\"id\":\"AAAAAAA"#
        + #"AXu0AAAAAAAAAKg\",\"changes\":[{\"kind\":\"textEdited\",\"question\":\"AAAAAAAAXu0AAAAAAAAABw\",\"from\":\"EY6VTyJu5Ce"#
        + #"LQ5rsf-tLFiT6bikstcCWwURKFCWcZ4o\",\"to\":\"H3UdqQDh4ANc7GpNG1oixrwP98MppEv1jH6oNO-jzwM\"}]}","EY6VTyJu5CeLQ5rsf-tLFiT"#
        + #"6bikstcCWwURKFCWcZ4o","AAECAwQFBgcICQoLDA0ODw","Quel est le prix du certificat ?","H3UdqQDh4ANc7GpNG1oixrwP98MppEv1jH6"#
        + #"oNO-jzwM","EBESExQVFhcYGRobHB0eHw","Quel est le tarif du certificat ?"],["{\"sequence\":122,\"time\":1259053200001,\"r"#
        + #"ole\":\"moderator\",\"venue\":\"granville\",\"by\":\"AAAAAAAAXu0AAAAAAACcQA\",\"id\":\"AAAAAAAAXu0AAAAAAAAAKw\",\"chan"#
        + #"ges\":[{\"kind\":\"intakeChanged\",\"from\":true,\"to\":false}]}"]],"sum":"QseVlNOpRFKZj5dbFkThJWM5VMNKyGQgrymiOZtMasw"#
        + #""}"#

    private static var relayHello: Hello {
        var hello = Hello(
            role: .relay, token: "token", position: Position(epoch: numbered(1), sequence: 120),
            client: "qarelay venue 0.1.0")
        hello.url = "http://192.168.4.1:8080"
        return hello
    }

    private static var relayWelcome: Welcome {
        var welcome = Welcome(
            epoch: numbered(1), head: 512, role: .relay, venue: Sample.cherbourg, device: nil, by: "k3J9x_aQ",
            resumed: true,
            time: Sample.morning, limits: EventLimits())
        welcome.elsewhere = "https://questions.example.org"
        welcome.keys = RelayKeys(
            issuer: "cherbourg-1", device: [UInt8](repeating: 7, count: 32),
            participant: [UInt8](repeating: 9, count: 32))
        return welcome
    }

    private static var count: Presence.Count {
        var count = Presence.Count()
        count.phones = 212
        count.moderators = 1
        count.displays = 1
        return count
    }
}
