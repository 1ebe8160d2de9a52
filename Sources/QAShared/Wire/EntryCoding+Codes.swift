// How the changes of one-time codes are written and read: keyed hashes, never a code.

extension JSONWriter {
    /// The members of such a change; any other is a programmer's mistake.
    mutating func members(ofCodes change: Change) {
        switch change {
        case .codesIssued(let batch, let venue, let codes):
            member("kind", "codesIssued")
            member("batch", batch.text)
            member(ifAny: "venue", venue?.text)
            array("codes") { writer in codes.forEach { writer.value($0.text) } }
        case .codeUsed(let code):
            member("kind", "codeUsed")
            member("code", code.text)
        case .codesRevoked(let batch):
            member("kind", "codesRevoked")
            member("batch", batch.text)
        default: preconditionFailure("nothing about codes")
        }
    }

    /// The codes in a form that is the same for equal states.
    mutating func canonical(_ codes: VoteCodes) {
        array("batches") { writer in
            for batch in codes.batches {
                writer.value(
                    "\(batch.id.text) \(batch.venue?.text ?? "-") \(batch.issued) \(batch.used) \(batch.revoked)")
            }
        }
        array("issued") { writer in
            for (code, issued) in codes.issued.sorted(by: { $0.key < $1.key }) {
                writer.value("\(code.text) \(issued.batch) \(issued.holder?.text ?? "-")")
            }
        }
    }
}

extension ObjectReader {
    /// The change of that kind; nil when it is none of these.
    mutating func codeChange(_ kind: String) throws(Rejection) -> Change? {
        switch kind {
        case "codesIssued":
            var codes: [CodeID] = []
            let batch: CodeBatchID = try identifier("batch")
            let venue: VenueID? = try optionalSlug("venue")
            for json in try array("codes") {
                guard case .string(let text) = json, let code = CodeID(text: text) else {
                    throw Rejection(.badValue, field: "codes")
                }
                codes.append(code)
            }
            return .codesIssued(batch, venue: venue, codes)
        case "codeUsed": return .codeUsed(try identifier("code"))
        case "codesRevoked": return .codesRevoked(try identifier("batch"))
        default: return nil
        }
    }

    /// How votes count; absent in what was written before there were codes.
    mutating func voteRule() throws(Rejection) -> VoteRule {
        guard let text = try optionalString("votes") else { return .open }
        guard let rule = VoteRule(rawValue: text) else { throw Rejection(.badValue, field: "votes") }
        return rule
    }
}
