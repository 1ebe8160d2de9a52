import QAShared
import QATestKit
import Testing

@Suite struct DayCountsTests {
    /// The counts of one venue and talk in the plainest way there is.
    private func naive(_ state: State, _ venue: VenueID, _ talk: TalkID) -> DayCounts {
        let asked = state.questions.filter { $0.venue == venue && $0.talk == talk }
        func count(_ word: String...) -> Int { asked.count { word.contains($0.status.word) } }
        var counts = DayCounts()
        counts.received = asked.count
        counts.pending = count("pending")
        counts.shown = count("approved", "live", "answered")
        counts.answered = count("answered")
        counts.dismissed = count("dismissed")
        counts.merged = count("merged")
        counts.spoken = asked.count { $0.spoken }
        counts.turns = state.queues[talk]?.turns(of: venue) ?? 0
        for reason in DismissReason.allCases {
            let dismissed = asked.count { $0.status == .dismissed(reason) }
            if dismissed > 0 { counts.reasons[reason] = dismissed }
        }
        return counts
    }

    @Test(arguments: Seeds.first(6))
    func `the counts of a random day are those of its questions, and the turns those of its queues`(
        seed: UInt64
    ) throws {
        var day = RandomDay(seed: seed, habits: seed % 2 == 0 ? .alike : RandomDay.Habits())
        for _ in 0..<12 {
            day.run(60)
            let state = day.state
            let setup = try #require(state.setup)
            let counts = state.dayCounts
            #expect(counts.count == setup.venues.count)
            for (venue, talks) in zip(setup.venues, counts) {
                let expected = setup.talks.compactMap { talk in
                    let counts = naive(state, venue.id, talk.id)
                    return counts.received > 0 ? TalkCounts(talk: talk.id, counts: counts) : nil
                }
                #expect(talks == expected, "\(venue.id.text), \(Seeds.hint(seed))")
                for item in talks {
                    let one = item.counts
                    #expect(one.received == one.pending + one.shown + one.dismissed + one.merged)
                    #expect(one.dismissed == one.reasons.values.reduce(0, +))
                }
            }
        }
    }

    @Test func `what has the counts of all its parts is their sum`() throws {
        var day = RandomDay(seed: 5, habits: .alike)
        day.run(400)
        let venues = day.state.dayCounts.map { DayFrame.VenueDay(venue: Sample.agneaux, talks: $0) }
        let totals = DayFrame(time: Sample.morning, head: 1, venues: venues).totals
        let setup = try #require(day.state.setup)
        let known = day.state.questions.filter { question in
            setup.venue(question.venue) != nil && setup.talks.contains { $0.id == question.talk }
        }
        #expect(totals.received == known.count && totals.received > 40)
        #expect(totals.merged == known.count { $0.union != nil } && totals.merged > 0)
        #expect(totals.reasons.values.reduce(0, +) == totals.dismissed)
    }

    @Test func `an event that was never set up has no counts`() { #expect(State().dayCounts.isEmpty) }
}
