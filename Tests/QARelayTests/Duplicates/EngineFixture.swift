import Foundation
import QAShared
import Synchronization

@testable import QARelay

/// The strict rule with the system's dictionaries and the lists of the folder `language`.
///
/// Everything that touches loading is in this file.
enum Engine {
    /// A reader and its dictionaries. They are one thread's at a time: whoever uses them holds the lock.
    private struct Shared: @unchecked Sendable {
        let reader = Engine.makeReader()
    }

    private static let shared = Mutex(Shared())

    static func withReader<Value>(_ body: (Reader) throws -> Value) rethrows -> Value {
        try shared.withLock { try body($0.reader) }
    }

    private static func makeReader() -> Reader { makeReader(Dictionaries().book) }

    /// A reader that is nobody else's, with dictionaries of the test's own.
    static func makeReader(_ book: WordBook) -> Reader { resources.reader(book) }

    static let resources = LanguageResources(list)

    /// The folder of the lists.
    static let folder: URL = {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        return root.appending(path: "language")
    }()

    fileprivate static func list(_ name: String) -> String? {
        try? String(contentsOf: folder.appending(path: name + ".txt"), encoding: .utf8)
    }
}

extension Engine {
    static let talk = TalkID("opening")!
    static let here = VenueID("granville")!
    static let there = VenueID("agneaux")!

    /// Lines "fr: a / b" of the list of words that are never the same.
    static let opposites: [(language: Language, one: String, other: String)] =
        (list("opposites") ?? "").split(separator: "\n").compactMap { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            guard !line.hasPrefix("#"), parts.count == 2, let language = Language(rawValue: String(parts[0])) else {
                return nil
            }
            let sides = parts[1].split(separator: "/").map { $0.split(separator: " ").joined(separator: " ") }
            return sides.count == 2 ? (language, sides[0], sides[1]) : nil
        }

    static func read(_ text: String) -> Reading { withReader { $0.read(text) } }

    /// Whether the rule unites a text with one that was asked before it, in an event of these two.
    static func unites(_ earlier: String, _ later: String, venues: (VenueID, VenueID) = (here, there)) -> Bool {
        withReader { reader in
            var twins = Twins(reader: reader)
            twins.insert(number: 1, text: earlier, talk: talk, venue: venues.0)
            return twins.same(as: later, talk: talk, venue: venues.1) == [1]
        }
    }

    static func unites(_ pair: TextPair, venues: (VenueID, VenueID) = (here, there)) -> Bool {
        unites(pair.earlier, pair.later, venues: venues)
    }
}
