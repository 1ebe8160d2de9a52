import QAShared

/// An entry as a store keeps it: its body with texts by reference, and the checksum that chains it to the one before.
struct LogRecord: Equatable, Sendable {
    /// A text beside the log; its reference in the body is the hash of salt and text.
    struct Text: Equatable, Sendable {
        var hash: [UInt8]
        /// Without it a short text could be guessed from the hash after it was erased.
        var salt: [UInt8]
        var text: String

        /// What stays of a text that was erased: its reference alone, which says nothing without the salt.
        init(erased hash: [UInt8]) { self.init(hash: hash, salt: [], text: "") }

        init(hash: [UInt8], salt: [UInt8], text: String) {
            self.hash = hash
            self.salt = salt
            self.text = text
        }

        var isErased: Bool { salt.isEmpty && text.isEmpty }

        /// Whether it is the text that was written, or known to be none any more.
        var isSound: Bool { isErased || hash == Digest.sha256(salt + Array(text.utf8)) }
    }

    var sequence: Int
    var body: [UInt8]
    /// SHA-256 of the checksum before and the body.
    var checksum: [UInt8]
    var texts: [Text]

    /// The checksum before the first entry.
    static let start = [UInt8](repeating: 0, count: 32)

    init(sequence: Int, body: [UInt8], checksum: [UInt8], texts: [Text]) {
        self.sequence = sequence
        self.body = body
        self.checksum = checksum
        self.texts = texts
    }

    /// Encodes an entry behind the one with the given checksum.
    init(_ entry: Entry, after previous: [UInt8]) {
        var texts: [Text] = []
        sequence = entry.sequence
        body = EntryCoding.encode(entry) { text in
            let salt = Digest.random(16)
            let hash = Digest.sha256(salt + Array(text.utf8))
            texts.append(Text(hash: hash, salt: salt, text: text))
            return Base64URL.encode(hash)
        }
        self.texts = texts
        checksum = Digest.sha256(previous + body)
    }

    /// The record without the texts that go when a part of a question is erased.
    func erasing(_ question: QuestionID, _ part: ErasedPart) -> LogRecord {
        guard let entry = try? EntryCoding.decode(body) else { return self }
        let references = Set(entry.texts(of: question, part))
        var record = self
        for index in texts.indices where references.contains(Base64URL.encode(texts[index].hash)) {
            record.texts[index] = Text(erased: texts[index].hash)
        }
        return record
    }

    /// The entry, if this record really follows on the one with the given checksum and its texts are the ones written.
    func entry(after previous: [UInt8]) throws(LogError) -> Entry {
        guard checksum == Digest.sha256(previous + body) else {
            throw .damaged(sequence: sequence, "its checksum does not follow on the one before")
        }
        guard texts.allSatisfy(\.isSound) else {
            throw .damaged(sequence: sequence, "a text is not the one that was written")
        }
        let entry: Entry
        var isMissing = false
        do {
            entry = try EntryCoding.decode(body) { reference in
                // A text that was erased reads as nothing; one that is not there at all is damage.
                let text = texts.first { Base64URL.encode($0.hash) == reference }
                isMissing = isMissing || text == nil
                return text?.text ?? ""
            }
        } catch {
            throw .damaged(sequence: sequence, "\(error.code.rawValue) \(error.field ?? "")")
        }
        guard !isMissing else { throw .damaged(sequence: sequence, "a text is missing") }
        guard entry.sequence == sequence else {
            throw .damaged(sequence: sequence, "it says it is entry \(entry.sequence)")
        }
        return entry
    }
}
