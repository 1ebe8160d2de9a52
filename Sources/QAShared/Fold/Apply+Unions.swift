// The fold of what is known about duplicates: groups and their tallies, pairs told apart, flags.

extension State {
    // MARK: Groups

    mutating func setUnion(_ id: QuestionID, _ from: Union?, _ to: Union?, _ touched: inout Touched) {
        guard let number = numbers[id] else { return }
        touchTold(number, &touched)
        leaveGroup(number, &touched)
        if let to {
            setStatus(id, .merged(into: to.founder), &touched)
            questions[number - 1].union = to
            joinGroup(number, &touched)
            if to.automatic { flaggedUpTo = max(flaggedUpTo, number) }
        } else {
            setStatus(id, from?.before ?? .pending, &touched)
        }
        touched.participants += questions[number - 1].voters.keys.sorted()
        touchNeighbours(number, &touched)
        touchTold(number, &touched)
    }

    private mutating func leaveGroup(_ number: Int, _ touched: inout Touched) {
        guard let union = questions[number - 1].union else { return }
        questions[number - 1].union = nil
        guard let founder = numbers[union.founder], questions[founder - 1].variants.holds(number) else { return }
        let leaving = backers(bringing: number)
        retally(founder, &touched) { question in
            question.variants.drop(number)
            if question.variants.isEmpty {
                question.standsAlone()
            } else {
                for participant in leaving { question.unback(participant) }
            }
        }
        touchFounder(founder, &touched)
    }

    private mutating func joinGroup(_ number: Int, _ touched: inout Touched) {
        guard let union = questions[number - 1].union, let founder = numbers[union.founder] else { return }
        let coming = backers(bringing: number)
        retally(founder, &touched) { question in
            if question.variants.isEmpty { question.leadsGroup() }
            question.variants.keep(number)
            for participant in coming { question.back(participant) }
        }
        touchFounder(founder, &touched)
    }

    private func touchFounder(_ founder: Int, _ touched: inout Touched) {
        touched.cards.append(founder)
        touched.participants.append(questions[founder - 1].asker)
    }

    /// Whom a variant brings to its group, as often as it does: its asker, if support of theirs counts, and those whose
    /// vote is on.
    private func backers(bringing number: Int) -> [ParticipantID] {
        let question = questions[number - 1]
        let askers = countsSupport(of: question.asker) ? [question.asker] : []
        return askers + question.voters.filter(\.value.on).keys
    }

    /// Takes a participant's latest word; the founder's tally follows a vote for a variant.
    mutating func vote(
        _ id: QuestionID, _ participant: ParticipantID, _ vote: Vote, _ touched: inout Touched
    ) {
        guard let number = numbers[id] else { return }
        let before = questions[number - 1].voters[participant]
        guard vote.counter > (before?.counter ?? 0) else { return }
        let step = (vote.on ? 1 : 0) - (before?.on == true ? 1 : 0)
        retally(number, &touched) { $0.take(vote, of: participant, step: step) }
        if step != 0, let union = questions[number - 1].union, let founder = numbers[union.founder] {
            retally(founder, &touched) { question in
                if step > 0 { question.back(participant) } else { question.unback(participant) }
            }
        }
        touched.participants.append(participant)
    }

    /// Changes who supports a question; its place in the queue follows.
    mutating func retally(
        _ number: Int, _ touched: inout Touched, _ change: (inout Question) -> Void
    ) {
        let before = questions[number - 1].votes
        change(&questions[number - 1])
        guard questions[number - 1].votes != before else { return }
        if questions[number - 1].status == .approved { revote(number, from: before, &touched) }
        touched.tallies.append(number)
    }

    // MARK: Pairs and flags

    mutating func distinguish(_ pair: QuestionPair, _ on: Bool, _ touched: inout Touched) {
        if on { distinguished.insert(pair) } else { distinguished.remove(pair) }
        for number in [pair.first, pair.second].compactMap({ numbers[$0] }) { touchGroup(number, &touched) }
    }

    mutating func setFlags(_ id: QuestionID, _ flags: [DuplicateFlag], _ touched: inout Touched) {
        guard let number = numbers[id] else { return }
        dropFlags(of: number, &touched)
        questions[number - 1].flags = flags
        for other in flags.compactMap({ numbers[$0.other] }) {
            questions[other - 1].flaggedBy.keep(number)
            touched.asides.append(other)
        }
        flaggedUpTo = max(flaggedUpTo, number)
        touched.asides.append(number)
    }

    /// What was said of its words holds no more: its own flags go, and those of others that point to it.
    mutating func forgetFlags(around number: Int, _ touched: inout Touched) {
        let id = questions[number - 1].id
        for other in questions[number - 1].flaggedBy {
            questions[other - 1].flags.removeAll { $0.other == id }
            touched.asides.append(other)
        }
        questions[number - 1].flaggedBy = []
        dropFlags(of: number, &touched)
    }

    private mutating func dropFlags(of number: Int, _ touched: inout Touched) {
        for other in questions[number - 1].flags.compactMap({ numbers[$0.other] }) {
            questions[other - 1].flaggedBy.drop(number)
            touched.asides.append(other)
        }
        questions[number - 1].flags = []
    }

    /// Who was told apart takes that along from group to group.
    private func touchTold(_ number: Int, _ touched: inout Touched) {
        let id = questions[number - 1].id
        guard distinguished.contains(where: { $0.first == id || $0.second == id }) else { return }
        touchGroup(number, &touched)
    }

    /// The cards that show possible duplicates between this question's group and others.
    private func touchGroup(_ number: Int, _ touched: inout Touched) {
        let founder = numbers[questions[number - 1].founderID] ?? number
        for member in [founder] + questions[founder - 1].variants {
            touched.asides.append(member)
            touchNeighbours(member, &touched)
        }
    }

    /// The cards beside which this question is shown as a possible duplicate.
    func touchNeighbours(_ number: Int, _ touched: inout Touched) {
        let question = questions[number - 1]
        touched.asides += question.flags.compactMap { numbers[$0.other] } + question.flaggedBy
    }
}

// Numbers in ascending order, each once.
extension [Int] {
    private func place(of number: Int) -> Int {
        if let last, last < number { return count }
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low
    }

    fileprivate func holds(_ number: Int) -> Bool {
        let index = place(of: number)
        return index < count && self[index] == number
    }

    fileprivate mutating func keep(_ number: Int) {
        if !holds(number) { insert(number, at: place(of: number)) }
    }

    fileprivate mutating func drop(_ number: Int) {
        if holds(number) { remove(at: place(of: number)) }
    }
}

extension Question {
    /// Takes a participant's latest word, which changes whether it is on by `step`.
    mutating func take(_ vote: Vote, of participant: ParticipantID, step: Int) {
        voters[participant] = vote
        if variants.isEmpty {
            votes += step
        } else if step > 0 {
            back(participant)
        } else if step < 0 {
            unback(participant)
        }
    }

    /// It is about to be given its first variant: from now on everybody behind the group counts, once.
    mutating func leadsGroup() {
        votes = 0
        for (participant, vote) in voters where vote.on { back(participant) }
    }

    /// Its last variant has left: its own votes count, as if there had never been one.
    mutating func standsAlone() {
        backers = [:]
        votes = voters.values.count { $0.on }
    }

    /// One more vote or question of the group is this participant's.
    mutating func back(_ participant: ParticipantID) {
        let before = backers[participant, default: 0]
        backers[participant] = before + 1
        // Nobody supports a question by having asked it.
        if before == 0, participant != asker { votes += 1 }
    }

    /// One less.
    mutating func unback(_ participant: ParticipantID) {
        guard let before = backers[participant] else { return }
        backers[participant] = before > 1 ? before - 1 : nil
        if before == 1, participant != asker { votes -= 1 }
    }
}
