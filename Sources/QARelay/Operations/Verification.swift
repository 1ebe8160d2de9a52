import QAShared

/// What replaying a log from its first entry comes to.
struct Verification: Equatable, Sendable {
    var epoch: Epoch
    var head: Int
    var chain: [UInt8]
    var stateHash: [UInt8]
    var questions: Int
    var erased: Int

    /// Reads the whole log, checks every entry against the chain, folds it, and looks through the store itself.
    init(of log: any EventLog) throws(LogError) {
        epoch = log.epoch
        let state = try log.fold().state
        guard state.head == log.head else {
            throw .damaged(sequence: state.head + 1, "the log ends before its head \(log.head)")
        }
        head = state.head
        chain = log.checksum
        stateHash = Digest.sha256(state.canonicalBytes)
        questions = state.questions.count
        erased = try log.erasedTexts()
        try log.examine()
    }

    var lines: [String] {
        [
            "epoch      \(epoch.text)", "head       \(head)", "questions  \(questions)",
            "chain      \(Self.hex(chain))", "state      \(Self.hex(stateHash))",
            "erased     \(erased)", "sound      yes",
        ]
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
