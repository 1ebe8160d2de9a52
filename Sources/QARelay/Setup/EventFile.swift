// The organiser's event file: YAML to an event's setup, with every problem named by its line.

import QAShared
import Yams

enum EventFile {
    /// Languages with a catalogue.
    static let languages = ["fr", "en"]
    static let maximumBytes = 262_144

    /// Reads an event file's text; on failure all problems, sorted by line. Files that it names lie in the folder.
    static func read(_ text: String, folder: String = "") -> Result<EventSetup, EventFileProblems> {
        do throws(EventFileProblem) {
            let document = try EventFileDocument(text)
            guard let root = document.root else {
                throw EventFileProblem(
                    line: 1, column: 1, field: "", what: "The file is empty.",
                    instead: "Begin with “id: my-event”; events/example-minimal.yaml shows the rest.")
            }
            var reader = EventFileReader(repeats: document.repeats, folder: folder)
            if let setup = reader.event(root), reader.problems.isEmpty { return .success(setup) }
            return .failure(EventFileProblems(reader.problems))
        } catch {
            return .failure(EventFileProblems([error]))
        }
    }

    /// Reads the event file at that path; a file that cannot be read is a problem like all others.
    static func load(path: String) -> Result<EventSetup, EventFileProblems> {
        let result: Result<EventSetup, EventFileProblems>
        do throws(TextFile.Unreadable) {
            let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
            result = read(try TextFile.read(path, maximumBytes: maximumBytes), folder: folder)
        } catch {
            let problem = EventFileProblem(
                line: error.line, column: error.line > 0 ? 1 : 0, field: "", what: error.what,
                instead: error.instead)
            result = .failure(EventFileProblems([problem]))
        }
        return result.mapError { problems in
            var named = problems
            named.path = path
            return named
        }
    }
}

/// A place in the text, both from 1.
struct EventFilePlace: Hashable {
    var line: Int
    var column: Int

    init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    init(_ mark: Mark?) { self.init(line: mark?.line ?? 1, column: mark?.column ?? 1) }
}

/// The nodes of an event file, also of one that repeats keys, which YAML forbids.
///
/// The parser stops at a repeated key, and the problems behind it would stay unseen. So the key is renamed
/// in a copy of the text, to something as long that nobody writes, and the copy is read instead.
struct EventFileDocument {
    /// Nil for a file without content.
    private(set) var root: Node?
    /// Where keys were renamed, with the key as written.
    private(set) var repeats: [EventFilePlace: String] = [:]

    /// Stops at the first mistake against YAML itself.
    init(_ text: String) throws(EventFileProblem) {
        var lines = text.split(
            omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" }
        ).map { Array($0.unicodeScalars) }
        while true {
            do {
                let copy = lines.map { String(String.UnicodeScalarView($0)) }
                root = try Yams.compose(yaml: copy.joined(separator: "\n"), .default, .default, .utf8)
                return
            } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
                let place = EventFilePlace(context.mark)
                guard let key = keys.first, repeats.count < 50,
                    Self.rename(key, at: place, as: repeats.count, in: &lines)
                else {
                    throw EventFileProblem(
                        line: place.line, column: place.column, field: keys.first ?? "",
                        what: "A key is written more than once.", instead: "Remove all but one.")
                }
                repeats[place] = key
            } catch let error as YamlError {
                throw error.problem(in: text)
            } catch {
                throw EventFileProblem(
                    line: 1, column: 1, field: "", what: "The file is not YAML: \(error).",
                    instead: "Compare it with events/example-minimal.yaml.")
            }
        }
    }

    /// False when the key does not stand there as plain text.
    private static func rename(
        _ key: String, at place: EventFilePlace, as number: Int, in lines: inout [[Unicode.Scalar]]
    ) -> Bool {
        let scalars = Array(key.unicodeScalars)
        guard !scalars.isEmpty, lines.indices.contains(place.line - 1) else { return false }
        var start = place.column - 1
        let line = lines[place.line - 1]
        if line.indices.contains(start), line[start] == "\"" || line[start] == "'" { start += 1 }
        guard start >= 0, line.count >= start + scalars.count,
            Array(line[start..<start + scalars.count]) == scalars
        else { return false }
        // Letters from a block that no key is written in, one for each renaming, so that none meets another.
        guard let letter = Unicode.Scalar(0x2460 + UInt32(number)) else { return false }
        for index in scalars.indices { lines[place.line - 1][start + index] = letter }
        return true
    }
}
