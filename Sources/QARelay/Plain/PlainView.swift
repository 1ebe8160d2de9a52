import QAShared

/// What one person sees on one plain page: values, so that drawing it needs nobody.
struct PlainView {
    /// A public question, and what this person may do about it.
    struct Item {
        var card: Card
        var stand: Stand
    }

    /// How a person stands to a public question.
    enum Stand: Equatable {
        /// It can be supported, or supported no longer; with the counter that the next vote needs.
        case may(counter: Int, isOn: Bool)
        case own
        /// A question of one's own was merged into it.
        case ownToo
        case closed
    }

    var event: EventInfo
    var venue: EventInfo.VenueInfo
    var limits: EventLimits
    var live: Item?
    /// One page of those that wait, in the order of the queue.
    var list: [Item] = []
    var page = 1
    var pages = 1
    /// How many wait, and whether some are beyond the last page.
    var waiting = 0
    var isCutShort = false
    /// The newest that were answered, newest first.
    var answered: [Item] = []
    /// Whether votes count by one-time codes and this person has redeemed none.
    var needsCode = false
    /// Newest first.
    var mine: [Mine.Own] = []
    var counts: [VenueCounts] = []
    var turns: [VenueTurns] = []
    /// Since when a relay does not reach the hub.
    var lineCut: Timestamp?
    var time: Timestamp

    var talk: EventInfo.TalkInfo? { event.talks.first { $0.id == event.talk } }

    /// The person's open floor request in the present talk.
    var floorRequest: Mine.Own? {
        mine.first { own in
            own.spoken
                && (own.status == "live" || ["pending", "approved"].contains(own.status) && own.talk == event.talk)
        }
    }

    func name(of venue: VenueID) -> String { event.venues.first { $0.id == venue }?.name ?? venue.text }

    func own(_ id: QuestionID) -> Mine.Own? { mine.first { $0.id == id } }

    /// The question with this id that this page shows.
    func item(_ id: QuestionID) -> Item? { ([live].compactMap(\.self) + list + answered).first { $0.card.id == id } }
}

extension Hub {
    /// What a person sees of the state as it is, which must be durable; nil before the event was set up.
    func plainView(of participant: ParticipantID, at venue: VenueID, page: Int, _ time: Timestamp) -> PlainView? {
        guard let event = EventInfo(state, for: .audience), let place = event.venues.first(where: { $0.id == venue })
        else { return nil }
        var view = PlainView(event: event, venue: place, limits: state.setup?.limits ?? EventLimits(), time: time)
        view.needsCode = !state.countsSupport(of: participant)
        let numbers = ownQuestions(of: participant).suffix(Limits.plainOwn)
        view.mine = numbers.reversed().map(own) + refusedQuestions(of: participant)
        let joined = Set(view.mine.compactMap(\.into))
        func item(_ question: Question) -> PlainView.Item {
            PlainView.Item(
                card: Card(question, in: state, for: .audience), stand: stand(of: participant, to: question, joined))
        }
        view.live = state.liveQuestion.map(item)
        view.counts = state.counts
        view.turns = state.turnsShown
        if let relaying, !relaying.isUp { view.lineCut = relaying.since }
        guard let talk = state.currentTalk else { return view }
        if let queue = state.queues[talk] {
            let shown = queue.first(Limits.plainListed)
            view.waiting = queue.count
            view.isCutShort = queue.count > shown.count
            view.pages = max(1, (shown.count + Limits.plainPage - 1) / Limits.plainPage)
            view.page = min(max(1, page), view.pages)
            view.list = shown.dropFirst((view.page - 1) * Limits.plainPage).prefix(Limits.plainPage).map {
                item(state.question(number: $0))
            }
        }
        view.answered = state.questions.reversed().lazy
            .filter { $0.talk == talk && $0.status == .answered }.prefix(Limits.plainPage).map(item)
        return view
    }

    /// Where a vote of this person for a group lies: with its founder, or with a variant that was supported before.
    func votes(of participant: ParticipantID, for founder: Question) -> [(question: QuestionID, vote: Vote)] {
        ([founder.number] + founder.variants).compactMap { number in
            let question = state.question(number: number)
            return question.voters[participant].map { (question.id, $0) }
        }
    }

    private func stand(
        of participant: ParticipantID, to question: Question, _ joined: Set<QuestionID>
    ) -> PlainView.Stand {
        if question.asker == participant { return .own }
        if joined.contains(question.id) { return .ownToo }
        guard question.status.isPublic, question.status.isOpen else { return .closed }
        let isOn = votes(of: participant, for: question).contains(where: \.vote.on)
        return .may(counter: (question.voters[participant]?.counter ?? 0) + 1, isOn: isOn)
    }
}
