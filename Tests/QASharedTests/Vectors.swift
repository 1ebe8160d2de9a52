// Files that Swift writes and the browser's tests read, so that both ends agree to the letter.

import Foundation
import QATestKit
import Testing

@testable import QAShared

/// The shared vectors: made anew in memory by every run, compared with what is kept in the repository.
enum Vectors {
    /// `Tests/vectors`, or what `VECTORS` names; links are resolved, for a package that borrows the sources.
    static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["VECTORS"] {
            return URL(fileURLWithPath: path, isDirectory: true)
        }
        return URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("vectors", isDirectory: true)
    }()

    private static var isUpdating: Bool {
        ProcessInfo.processInfo.environment["UPDATE_VECTORS"] == "1"
    }

    /// Compares lists of values with a file; writes the file when `UPDATE_VECTORS` is 1.
    static func check(_ name: String, _ lists: [(name: String, values: [JSON])]) throws {
        let file = folder.appendingPathComponent(name)
        let text = lay(lists)
        #expect(text.utf8.count < 80_000, "\(name) has \(text.utf8.count) bytes")
        if isUpdating { try Data(text.utf8).write(to: file, options: .atomic) }
        let kept = try String(decoding: Data(contentsOf: file), as: UTF8.self)
        let same = Array(kept.utf8) == Array(text.utf8)
        #expect(same, "\(name) differs: look at the difference that UPDATE_VECTORS=1 makes")
        _ = try JSON.parse(kept)
    }

    /// One value a line, so that a difference is easy to read.
    private static func lay(_ lists: [(name: String, values: [JSON])]) -> String {
        let parts = lists.map { list in
            let lines = list.values.map { value in
                var writer = JSONWriter()
                writer.value(value)
                return "    " + visible(String(decoding: writer.bytes, as: UTF8.self))
            }
            return "  \"\(list.name)\": [\n" + lines.joined(separator: ",\n") + "\n  ]"
        }
        return "{\n" + parts.joined(separator: ",\n") + "\n}\n"
    }

    /// Whatever leaves no ink, or moves other ink about, is written as an escape.
    private static func visible(_ text: String) -> String {
        var output = ""
        for scalar in text.unicodeScalars {
            let plain: Bool =
                switch scalar.properties.generalCategory {
                case .control, .format, .privateUse, .unassigned, .lineSeparator,
                    .paragraphSeparator, .nonspacingMark, .enclosingMark:
                    false
                case .spaceSeparator: scalar == " "
                default: !scalar.properties.isDefaultIgnorableCodePoint
                }
            if plain, scalar.value != 0x7F {
                output.unicodeScalars.append(scalar)
            } else {
                for unit in String(scalar).utf16 {
                    let hex = String(unit, radix: 16)
                    output += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
                }
            }
        }
        return output
    }

    static func json(_ bytes: [UInt8]) throws -> JSON { try JSON.parse(bytes) }

    /// A view as plain JSON: its sections as frames write them, cards by number.
    static func json(_ view: RoleView) throws -> JSON {
        var writer = JSONWriter()
        writer.object { writer in
            if let event = view.event {
                writer.object("event") { $0.members(of: event) }
            } else {
                writer.member("event", JSON.null)
            }
            writer.array("counts") { writer in
                for count in view.counts { writer.object { $0.members(of: count) } }
            }
            writer.array("turns") { writer in
                for item in view.turns { writer.object { $0.members(of: item) } }
            }
            writer.member("live", view.live.map { JSON.string($0.text) } ?? .null)
            writer.array("queue") { writer in view.queue.forEach { writer.value($0.text) } }
            writer.array("actions") { writer in
                for action in view.actions { writer.object { $0.members(of: action) } }
            }
            writer.array("channel") { writer in
                for message in view.channel { writer.object { $0.members(of: message) } }
            }
            if let stage = view.stage {
                writer.object("stage") { $0.members(of: stage) }
            } else {
                writer.member("stage", JSON.null)
            }
            writer.array("cards") { writer in
                for card in view.cards.values.sorted(by: { $0.number < $1.number }) {
                    writer.object { $0.members(of: card) }
                }
            }
        }
        return try JSON.parse(writer.bytes)
    }
}
