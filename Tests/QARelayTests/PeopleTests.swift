import Foundation
import QAShared
import Testing

@testable import QARelay

@Suite struct PeopleTests {
    private static let venues = ["granville", "agneaux"].compactMap(VenueID.init)

    @Test func `questions go to their venue, those of other venues are dealt out`() throws {
        let file = """
            {"text": "a", "venue": "agneaux"}

            {"text": "b", "venue": "paris", "lang": "fr"}
            {"text": "c", "venue": "rome"}
            {"text": "d", "venue": "paris"}
            """
        let items = try DemoQuestions(file, venues: Self.venues).items
        #expect(items.map(\.text) == ["a", "b", "c", "d"])
        #expect(items.map(\.venue) == [1, 0, 1, 0])
    }

    @Test(arguments: [("{\"text\": \"a\"}\n[]\n", 2), ("{\"texte\": \"a\"}", 1), ("\n\n", 0)])
    func `a file that holds something else is refused with the line`(file: String, line: Int) {
        #expect {
            try DemoQuestions(file, venues: Self.venues)
        } throws: {
            ($0 as? TextFile.Unreadable)?.line == line
        }
    }

    @Test func `every question of the demonstration passes the usual limits`() throws {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let questions = try DemoQuestions(
            path: "/\(root)/events/demo-questions.jsonl", venues: Self.venues)
        #expect(questions.items.count > 1_000)
        for item in questions.items {
            #expect(throws: Never.self) {
                try QuestionText.checked(item.text, limits: EventLimits())
            }
        }
    }

    @Test(arguments: [
        ("ws://127.0.0.1:8080", "127.0.0.1", 8080, "/ws", "127.0.0.1:8080"),
        ("ws://relay.example", "relay.example", 80, "/ws", "relay.example"),
        ("ws://[::1]:9000/", "::1", 9000, "/ws", "[::1]:9000"),
        ("wss://relay.example", "relay.example", 443, "/ws", "relay.example"),
        ("https://relay.example:80", "relay.example", 80, "/ws", "relay.example:80"),
        ("ws://h:1/other", "h", 1, "/other", "h:1"),
    ])
    func `a hub's address is read`(
        text: String, host: String, port: Int, path: String, authority: String
    ) throws {
        let address = try HubAddress(text)
        #expect(address.host == host && address.port == port && address.path == path)
        #expect(address.authority == authority)
    }

    @Test(arguments: [
        "", "127.0.0.1:8080", "wss:h", "ftp://h", "ws://", "ws://:80", "ws://h:0", "ws://h:x",
        "ws://h:65536", "ws://::1:80", "ws://[::1", "ws://[::1]80",
    ])
    func `what is no hub's address is refused`(text: String) {
        #expect((try? HubAddress(text)) == nil)
    }

    @Test(arguments: [
        ("2-6", 2_000...6_000), ("0.1-0.1", 100...100), ("6-2", nil), ("2", nil), ("-1-2", nil),
    ])
    func `a pace is two numbers of seconds`(text: String, milliseconds: ClosedRange<Int>?) {
        #expect(Pace(argument: text)?.milliseconds == milliseconds)
    }

    @Test func `what is acknowledged is written down as the log names it`() throws {
        let name = "acknowledged-\(UInt64.random(in: 0...(.max)))"
        let path = FileManager.default.temporaryDirectory.appending(path: name).path
        defer { unlink(path) }
        let file = try #require(AcknowledgedFile(path: path))
        #expect(file.add(.command(CommandID(high: 1, low: 2)), tag: "k3J9x_aQ"))
        #expect(file.add(.vote(QuestionID(high: 3, low: 4), counter: 5), tag: "k3J9x_aQ"))
        let lines = try #require(FileSystem.readText(path)).split(separator: "\n")
        #expect(
            lines
                == [
                    "command \(CommandID(high: 1, low: 2).text)", "vote k3J9x_aQ \(QuestionID(high: 3, low: 4).text) 5",
                ].map { Substring($0) })
        #expect(AcknowledgedFile(path: "/nonexistent/file") == nil)
    }

    @Test func `the same seed gives the same numbers`() {
        var one = DemoGenerator(seed: 7)
        var two = DemoGenerator(seed: 7)
        #expect((0..<10).map { _ in one.next() } == (0..<10).map { _ in two.next() })
    }
}
