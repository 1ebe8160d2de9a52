// What must hold of groups, tallies and flags in every state, worked out from nothing.

public import QAShared

/// Checks what a state says of duplicates against what its questions say.
public enum Groups {
    /// What is wrong with the state; nothing when all is well.
    public static func problems(of state: State) -> [String] {
        var problems: [String] = []
        for question in state.questions {
            problems += place(question, state)
            problems += group(question, state)
            let shown = Card(question, in: state, for: .moderator).flags
            if shown != flags(of: question, state) { problems.append("\(question.number) shows other flags") }
        }
        for (talk, queue) in state.queues {
            for number in queue.first(.max) where state.question(number: number).union != nil {
                problems.append("\(number), which is merged, is in the queue of \(talk.text)")
            }
        }
        return problems
    }

    /// A question is merged exactly when it has a union, and the way up from it ends at the founder.
    private static func place(_ question: Question, _ state: State) -> [String] {
        let number = question.number
        guard let union = question.union else {
            if case .merged = question.status { return ["\(number) is merged without a union"] }
            return []
        }
        guard question.status == .merged(into: union.founder) else { return ["\(number) is \(question.status)"] }
        guard let founder = state.question(union.founder) else { return ["\(number) has an unknown founder"] }
        if founder.union != nil { return ["\(number)'s founder \(founder.number) is merged itself"] }
        if ![.pending, .approved].contains(union.before) { return ["\(number) was \(union.before)"] }
        var id = union.with
        for _ in state.questions where id != founder.id {
            guard let next = state.question(id)?.union, next.founder == founder.id else {
                return ["\(number) was joined with one of another group"]
            }
            id = next.with
        }
        return id == founder.id ? [] : ["\(number)'s way up has no end"]
    }

    private static func group(_ founder: Question, _ state: State) -> [String] {
        let variants = state.questions.filter { $0.union?.founder == founder.id }
        var problems: [String] = []
        if founder.variants != variants.map(\.number) {
            problems.append("\(founder.number) lists \(founder.variants), not \(variants.map(\.number))")
        }
        let votes = tally(of: founder, variants) { state.countsSupport(of: $0) }
        if founder.votes != votes { problems.append("\(founder.number) has \(founder.votes) votes, not \(votes)") }
        let card = Card(founder, in: state, for: .audience)
        var venues: [VenueID] = []
        for question in (variants + [founder]).sorted(by: { $0.number < $1.number })
        where !venues.contains(question.venue) { venues.append(question.venue) }
        if card.venues != (venues == [founder.venue] ? [] : venues) || card.askers == 1
            || card.askers != (variants.isEmpty ? 0 : variants.count + 1)
        {
            problems.append("\(founder.number)'s card says \(card.askers) of \(card.venues)")
        }
        return problems
    }

    /// How many people are behind a group: each once, and not for having asked the founder; those alone whose support counts.
    public static func tally(
        of founder: Question, _ variants: [Question], where counts: (ParticipantID) -> Bool = { _ in true }
    ) -> Int {
        func voters(_ question: Question) -> [ParticipantID] { question.voters.filter(\.value.on).map(\.key) }
        guard !variants.isEmpty else { return voters(founder).count(where: counts) }
        var people = Set(voters(founder))
        for variant in variants { people.formUnion(voters(variant) + [variant.asker]) }
        return people.subtracting([founder.asker]).count(where: counts)
    }

    /// The flags that a moderator is to see beside a question.
    private static func flags(of question: Question, _ state: State) -> [DuplicateFlag] {
        var all = question.flags
        for other in state.questions {
            for flag in other.flags where flag.other == question.id {
                if !all.contains(where: { $0.other == other.id }) { all.append(flag.turned(to: other.id)) }
            }
        }
        func isGone(_ question: Question) -> Bool { question.status == .dismissed(.withdrawn) }
        let shown = all.filter { flag in
            guard let other = state.question(flag.other), !isGone(other), !isGone(question) else { return false }
            return other.founderID != question.founderID
                && !state.distinguished.contains { pair in
                    let founders = [pair.first, pair.second].compactMap { state.question($0)?.founderID }
                    return Set(founders) == [other.founderID, question.founderID]
                }
        }
        return Array([FlagLevel.strong, .probable].flatMap { level in shown.filter { $0.level == level } }.prefix(5))
    }
}
