import QAShared

// One-time codes: made, told once, counted and taken back. What the log holds of a code is its keyed hash.
extension ControlDesk {
    func newCodes(_ count: Int, _ venue: VenueID?, _ now: Now, _ answer: @escaping (ControlAnswer) -> Void) {
        if let reason = whyNoCodes(count, venue) { return answer(.bad(reason)) }
        var generator = SystemRandomNumberGenerator()
        var batch = CodeBatchID(using: &generator)
        // On a command line a name with a dash in front would be an option.
        while batch.tag.hasPrefix("-") { batch = CodeBatchID(using: &generator) }
        var codes: [VoteCode] = []
        var ids: Set<CodeID> = []
        while codes.count < count {
            let code = VoteCode(using: &generator)
            let id = hub.secrets.codeID(code)
            if !hub.state.codes.knows(id), ids.insert(id).inserted { codes.append(code) }
        }
        // Where all of them stand in one entry it may be too long for the frames in which relays follow the log.
        let parts = stride(from: 0, to: count, by: Limits.codesOnce).map {
            codes[$0..<min($0 + Limits.codesOnce, count)].map(hub.secrets.codeID)
        }
        var left = parts.count
        var refusal: Rejection?
        for part in parts {
            hub.submit(HouseCommand.stamp(.issueCodes(batch, venue: venue, part), now)) { [hub] result in
                if case .failure(let rejection) = result { refusal = rejection }
                left -= 1
                guard left == 0 else { return }
                if let refusal { return answer(.bad(Self.sentence(refusal))) }
                let setup = hub.state.setup
                let title = [setup?.title, venue.flatMap { setup?.venue($0)?.name }].compactMap(\.self)
                let head = ["\(batch.tag) \(hub.publicURL ?? "-")", title.joined(separator: " – ")]
                answer(.good(head + codes.map(\.text)))
            }
        }
        hub.turnEnded(now)
    }

    private func whyNoCodes(_ count: Int, _ venue: VenueID?) -> String? {
        if hub.relaying != nil { return "not_the_hub: Codes are made at the hub; its relays hear of them." }
        guard hub.state.asksForCodes else {
            return
                "votes_open: In this event everybody's votes count. Write “votes: codes” into the event file, and start the hub on it once."
        }
        if let venue, hub.state.setup?.venue(venue) == nil { return Self.sentence(Rejection(.unknownVenue)) }
        let free = Limits.codesMaximum - hub.state.codes.issuedCount
        guard (1...max(1, free)).contains(count), free > 0 else {
            return "bad_value: An event has at most \(Limits.codesMaximum) codes; \(max(0, free)) more can be made."
        }
        return nil
    }

    func listCodes(_ answer: @escaping (ControlAnswer) -> Void) {
        let codes = hub.state.codes
        let lines = codes.batches.map { batch in
            let revoked = batch.revoked > 0 ? "  \(batch.revoked) revoked" : ""
            return
                "\(batch.id.tag)  \(batch.venue?.text ?? "-")  \(batch.issued) issued  \(batch.used) used\(revoked)"
        }
        answer(.good(lines + ["All: \(codes.issuedCount) good, \(codes.usedCount) of them used."]))
    }

    func revokeCodes(_ tag: String, _ now: Now, _ answer: @escaping (ControlAnswer) -> Void) {
        let matching = hub.state.codes.batches.filter { $0.id.text.hasPrefix(tag) }
        guard let batch = matching.first, matching.count == 1, !tag.isEmpty else {
            return answer(
                .bad(
                    "batch_unknown: \(matching.count) batches go by that name. “qarelay codes list” shows the names, such as “Ab3dE6gh”."
                ))
        }
        guard hub.relaying == nil else { return answer(.bad("not_the_hub: Codes are taken back at the hub.")) }
        submit(.revokeCodes(batch.id), now) { [hub] result in
            switch result {
            case .success:
                let now = hub.state.codes.batches.first { $0.id == batch.id } ?? batch
                answer(
                    .good(["\(now.revoked) codes of \(batch.id.tag) are no longer good; \(now.used) are used and stay."]
                    ))
            case .failure(let rejection): answer(.bad(Self.sentence(rejection)))
            }
        }
    }
}
