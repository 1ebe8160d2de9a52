import QAShared
import QASocket

/// DATA/head: how far the log had come, kept beside it. A log that ends before that, or holds another entry there, is an
/// older file that was copied over it, and going on with it under its old epoch would hide a hole from everybody who had
/// seen more.
enum HeadFile {
    static let name = "head"

    /// Epoch, sequence and checksum of the last entry.
    private struct Mark {
        var epoch: String
        var sequence: Int
        var checksum: [UInt8]
    }

    /// How far the log was once, if it has that no more; nil when all is as it should be.
    static func missing(in log: any EventLog, folder: String) throws(LogError) -> Int? {
        guard let mark = read(folder), mark.epoch == log.epoch.text else { return nil }
        if log.head >= mark.sequence, try log.checksum(at: mark.sequence) == mark.checksum { return nil }
        return mark.sequence
    }

    /// Notes how far the log has come. Runs on the thread that owns it. A note that cannot be written is no failure: the
    /// one before still holds.
    static func keep(_ log: any EventLog, folder: String) {
        let sum = Base64URL.encode(log.checksum)
        _ = FileSystem.writePrivate(folder + "/" + name, "\(log.epoch.text) \(log.head) \(sum)\n")
    }

    private static func read(_ folder: String) -> Mark? {
        let words = (FileSystem.readText(folder + "/" + name) ?? "").split(whereSeparator: \.isWhitespace).map(
            String.init)
        guard words.count == 3, let sequence = Int(words[1]), sequence >= 0, let sum = Base64URL.decode(words[2]) else {
            return nil
        }
        return Mark(epoch: words[0], sequence: sequence, checksum: sum)
    }
}

/// Has the head noted every few seconds, and once more at the end. Confined to the loop.
final class HeadKeeper {
    private static let every: Int64 = 5_000

    private let hub: Hub
    private let keep: () -> Void
    private var timer: LoopTimer?
    private var kept = -1

    init(_ loop: Loop, _ hub: Hub, keep: @escaping () -> Void) {
        self.hub = hub
        self.keep = keep
        timer = loop.timer(afterMilliseconds: 0, repeatMilliseconds: Self.every) { [unowned self] in look() }
    }

    func look() {
        guard kept != hub.durableHead else { return }
        kept = hub.durableHead
        keep()
    }
}
