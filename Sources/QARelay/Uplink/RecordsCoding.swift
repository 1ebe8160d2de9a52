import QAShared

/// Records of the hub's log as a frame for relays: the bodies byte for byte, so that the copy has the same chain.
enum RecordsCoding {
    /// How every such frame begins.
    static let start = Array(#"{"type":"records","#.utf8)

    struct Contents {
        var after: Int
        var before: [UInt8]
        var records: [LogRecord]
    }

    /// The frame for as many of the records as fit; with none it tells where the chain stands.
    static func encode(_ records: [LogRecord], after: Int, before: [UInt8]) -> RecordsFrame {
        var writer = JSONWriter(reserving: 4_096)
        var last = (sequence: after, checksum: before)
        writer.object { writer in
            writer.member("type", "records")
            writer.member("after", after)
            writer.member("before", Base64URL.encode(before))
            writer.array("records") { writer in
                for record in records where writer.bytes.count < Limits.recordBytes {
                    writer.array { writer in
                        writer.value(String(decoding: record.body, as: UTF8.self))
                        for text in record.texts {
                            writer.value(Base64URL.encode(text.hash))
                            writer.value(Base64URL.encode(text.salt))
                            writer.value(text.text)
                        }
                    }
                    last = (record.sequence, record.checksum)
                }
            }
            writer.member("sum", Base64URL.encode(last.checksum))
        }
        return RecordsFrame(after: after, to: last.sequence, bytes: writer.bytes)
    }

    /// Reads a frame; the checksums follow from the bodies, and must end in the one that the hub has.
    static func decode(_ bytes: [UInt8]) throws(LogError) -> Contents {
        do throws(Rejection) {
            return try read(bytes)
        } catch {
            throw .damaged(sequence: 0, "the hub's records cannot be read: \(error.code.rawValue) \(error.field ?? "")")
        }
    }

    private static func read(_ bytes: [UInt8]) throws(Rejection) -> Contents {
        let json: JSON
        do { json = try JSON.parse(bytes) } catch { throw Rejection(.malformed) }
        var reader = try ObjectReader(json)
        let after = try reader.int("after")
        guard let before = Base64URL.decode(try reader.string("before")),
            let sum = Base64URL.decode(try reader.string("sum"))
        else { throw Rejection(.badValue, field: "before") }
        var contents = Contents(after: after, before: before, records: [])
        var previous = before
        for item in try reader.array("records") {
            guard case .array(let parts) = item, case .string(let body)? = parts.first, parts.count % 3 == 1 else {
                throw Rejection(.wrongType, field: "records")
            }
            let body8 = Array(body.utf8)
            previous = Digest.sha256(previous + body8)
            var texts: [LogRecord.Text] = []
            for index in stride(from: 1, to: parts.count, by: 3) {
                guard case .string(let hash) = parts[index], case .string(let salt) = parts[index + 1],
                    case .string(let text) = parts[index + 2], let hash = Base64URL.decode(hash),
                    let salt = Base64URL.decode(salt)
                else { throw Rejection(.wrongType, field: "records") }
                texts.append(LogRecord.Text(hash: hash, salt: salt, text: text))
            }
            contents.records.append(
                LogRecord(
                    sequence: after + contents.records.count + 1, body: body8, checksum: previous, texts: texts))
        }
        guard previous == sum else { throw Rejection(.badValue, field: "sum") }
        return contents
    }
}
