// Deciding what asks the same: groups, pairs told apart, flags. None of it is bound to a venue: two rooms ask the same.

extension State {
    // MARK: By people

    func unite(_ id: QuestionID, into named: QuestionID) throws(Rejection) -> [Change] {
        let question = try known(id)
        let target = try known(named, field: "into")
        guard !question.spoken else { throw Rejection(.wrongStatus) }
        guard !target.spoken else { throw Rejection(.wrongStatus, field: "into") }
        guard question.founderID != target.founderID else { return [] }
        switch question.status {
        case .pending, .approved, .merged: break
        case .live, .answered, .dismissed: throw Rejection(.wrongStatus)
        }
        let founder = try known(target.founderID, field: "into")
        if case .dismissed = founder.status { throw Rejection(.wrongStatus, field: "into") }
        let union = Union(
            founder: founder.id, with: target.id, before: question.union?.before ?? question.status)
        var changes = regrouped([(id, union)])
        for pair in Set([QuestionPair(id, target.id), QuestionPair(id, founder.id)]).sorted()
        where distinguished.contains(pair) {
            changes.append(.pairDistinguished(pair.first, pair.second, from: true, to: false))
        }
        return changes
    }

    func separate(_ id: QuestionID) throws(Rejection) -> [Change] {
        guard try known(id).union != nil else { return [] }
        let changes = regrouped([(id, nil)])
        return changes + distinguishing(changes)
    }

    func distinguish(_ id: QuestionID, from named: QuestionID) throws(Rejection) -> [Change] {
        let (one, other) = (try known(id).id, try known(named, field: "from").id)
        guard one != other, !areDistinguished(one, other) else { return [] }
        return [.pairDistinguished(one, other, from: false, to: true)]
    }

    // MARK: By the engine

    func flag(_ id: QuestionID, _ flags: [DuplicateFlag]) throws(Rejection) -> [Change] {
        let question = try known(id)
        guard !question.spoken else { throw Rejection(.wrongStatus) }
        guard flags.count <= Limits.flagsMaximum else {
            throw Rejection(.badValue, field: "flags", limit: Limits.flagsMaximum)
        }
        for flag in flags {
            guard try known(flag.other, field: "flags").id != id else { throw Rejection(.badValue, field: "flags") }
            guard max(flag.mine.count, flag.theirs.count) <= Limits.flagWords else {
                throw Rejection(.badValue, field: "flags", limit: Limits.flagWords)
            }
        }
        return question.flags == flags ? [] : [.duplicatesFlagged(id, flags)]
    }

    /// Where a new question belongs that is proved to ask the same as others; nil when it stands alone.
    ///
    /// No chains: a text between two others may be a slip of both. What the engine united leads only to a founder that is
    /// proved to be the same, too; what a person united leads wherever the person said.
    func union(sameAs ids: [QuestionID], in talk: TalkID, before: Status) -> Union? {
        guard !isAmbiguous(ids) else { return nil }
        for id in ids {
            guard let question = question(id), let founder = self.question(question.founderID),
                founder.id == id || question.union?.automatic == false || ids.contains(founder.id),
                founder.talk == talk, founder.status.isOpen, !founder.spoken
            else { continue }
            return Union(founder: founder.id, with: id, before: before, automatic: true)
        }
        return nil
    }

    /// Whether people have told some of these apart: then nobody can say which of them another one repeats.
    private func isAmbiguous(_ candidates: [QuestionID]) -> Bool {
        guard !distinguished.isEmpty, !candidates.isEmpty else { return false }
        var ids = Set(candidates)
        for number in candidates.compactMap({ numbers[$0] }) { ids.insert(questions[number - 1].founderID) }
        return distinguished.contains { ids.contains($0.first) && ids.contains($0.second) }
    }

    // MARK: By the asker

    /// A variant is taken back: those that were joined with it stay in the group.
    func withdrawVariant(_ question: Question, _ union: Union) -> [Change] {
        var changes: [Change] = [.unionChanged(question.id, from: union, to: nil)]
        for fellow in variants(of: union.founder) {
            guard let before = fellow.union, before.with == question.id else { continue }
            var after = before
            after.with = union.founder
            changes.append(.unionChanged(fellow.id, from: before, to: after))
        }
        changes.append(.statusChanged(question.id, from: union.before, to: .dismissed(.withdrawn)))
        return changes
    }

    /// A founder is taken back: one of its variants stands in its place, and the others follow. It is the earliest that
    /// somebody has read; one that nobody has read waits to be read, whatever its founder was.
    func withdrawFounder(_ founder: Question) -> [Change] {
        var changes: [Change] = []
        let group = variants(of: founder.id)
        func isUnread(_ variant: Question) -> Bool {
            variant.union.map { $0.automatic && $0.before == .pending } ?? true
        }
        guard let heir = group.first(where: { !isUnread($0) }) ?? group.first, let place = heir.union else { return [] }
        changes.append(.unionChanged(heir.id, from: place, to: nil))
        if place.before != founder.status, !isUnread(heir) {
            changes.append(.statusChanged(heir.id, from: place.before, to: founder.status))
        }
        for fellow in group where fellow.id != heir.id {
            guard let before = fellow.union else { continue }
            var after = before
            after.founder = heir.id
            if before.with == founder.id { after.with = heir.id }
            changes.append(.unionChanged(fellow.id, from: before, to: after))
        }
        changes.append(.statusChanged(founder.id, from: founder.status, to: .dismissed(.withdrawn)))
        return changes
    }

    // MARK: Groups

    /// The questions merged into this one, in order of arrival.
    func variants(of founder: QuestionID) -> [Question] {
        (question(founder)?.variants ?? []).map(question(number:))
    }

    /// Moves questions between groups, and behind each of them whoever came into its group by it.
    func regrouped(_ moves: [(id: QuestionID, to: Union?)]) -> [Change] {
        var changes = moves.map { Change.unionChanged($0.id, from: question($0.id)?.union, to: $0.to) }
        let targets = Dictionary(moves.map { ($0.id, $0.to) }, uniquingKeysWith: { $1 })
        var seen: Set<QuestionID> = []
        for move in moves {
            guard let founder = question(move.id)?.founderID, seen.insert(founder).inserted else { continue }
            for fellow in variants(of: founder) where targets[fellow.id] == nil {
                guard let before = fellow.union, let leader = leader(of: before, targets) else { continue }
                var after = before
                after.founder = targets[leader]??.founder ?? leader
                if after != before { changes.append(.unionChanged(fellow.id, from: before, to: after)) }
            }
        }
        return changes
    }

    /// The nearest of the moving questions by which a union came about.
    private func leader(of union: Union, _ moving: [QuestionID: Union?]) -> QuestionID? {
        var id = union.with
        // A union is decided against a group that was there before: the way up has an end.
        for _ in 0...questions.count {
            if moving[id] != nil { return id }
            guard let next = question(id)?.union?.with else { return nil }
            id = next
        }
        return nil
    }

    /// Who lets go of the question it was joined with is not the same as that one, nor as its founder.
    func distinguishing(_ changes: [Change]) -> [Change] {
        var pairs: Set<QuestionPair> = []
        for case .unionChanged(let id, let from?, let to) in changes where to?.with != from.with {
            pairs.insert(QuestionPair(id, from.with))
            pairs.insert(QuestionPair(id, from.founder))
        }
        for case .pairDistinguished(let one, let other, _, true) in changes {
            pairs.remove(QuestionPair(one, other))
        }
        return pairs.subtracting(distinguished).sorted().map {
            .pairDistinguished($0.first, $0.second, from: false, to: true)
        }
    }
}
