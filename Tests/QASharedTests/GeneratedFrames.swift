// Frames of all kinds with values of all kinds.

import QAShared
import QATestKit

enum Generated {
    typealias Random = SeededGenerator

    static func maybe<Value>(_ random: inout Random, _ value: (inout Random) -> Value) -> Value? {
        random.percent(50) ? value(&random) : nil
    }

    static func number(_ random: inout Random) -> Int {
        random.percent(10) ? Int(truncatingIfNeeded: random.next() >> 11) : random.below(1_000)
    }

    static func client(_ random: inout Random) -> ClientFrame {
        switch random.below(9) {
        case 7:
            return random.percent(50)
                ? .claim(maybe(&random) { QuestionID(using: &$0) })
                : .revoke(CommandID(using: &random), tag: "k3J9x_aQ")
        case 8:
            return random.percent(20)
                ? .tokens
                : .mint(
                    CommandID(using: &random), role: random.pick(Role.allCases),
                    venue: maybe(&random) { $0.pick(Sample.venues) }, label: RandomText.any(&random))
        case 0:
            var hello = Hello(role: random.pick(Role.allCases))
            hello.venue = maybe(&random) { $0.pick(Sample.venues) }
            hello.device = maybe(&random, RandomText.any)
            hello.token = maybe(&random, RandomText.any)
            hello.client = maybe(&random) { $0.pick(["web/1", "qaclient/1", ""]) }
            hello.position = maybe(&random) {
                Position(epoch: Epoch(using: &$0), sequence: number(&$0))
            }
            return .hello(hello)
        case 1:
            return .vote(
                QuestionID(using: &random), on: random.percent(50), counter: 1 + random.below(1_000_000))
        case 2: return random.percent(50) ? .beat : .redeem(CommandID(using: &random), code: RandomText.any(&random))
        case 3:
            return .suggest(
                request: 1 + random.below(1_000_000), text: RandomText.any(&random),
                talk: maybe(&random) { $0.pick(Sample.talks) })
        default: return .command(CommandID(using: &random), command(&random))
        }
    }

    static func command(_ random: inout Random) -> Command {
        let id = QuestionID(using: &random)
        let talk = random.pick(Sample.talks)
        switch random.below(33) {
        case 25...27: return together(&random, id)
        case 28, 29: return organiser(&random, id)
        case 0: return .withdraw(id)
        case 1: return .approve(id)
        case 2: return .edit(id, text: RandomText.any(&random))
        case 3: return .dismiss(id, random.pick(DismissReason.allCases))
        case 4: return .restore(id)
        case 5: return .takeLive(id, replacing: maybe(&random) { QuestionID(using: &$0) })
        case 6: return .answer(id)
        case 7: return .putBack(id)
        case 8: return .block(id)
        case 9: return .unblock(id)
        case 10: return .startTalk(talk)
        case 11: return .endTalk(talk)
        case 12: return .pauseIntake
        case 13: return .resumeIntake
        case 14: return .closeEvent
        case 15: return .openEvent
        case 16: return .setOrder(random.pick(QueueOrder.allCases))
        case 17: return .undo(sequence: number(&random))
        case 18: return .unite(id, into: QuestionID(using: &random))
        case 19: return .separate(id)
        case 20: return .distinguish(id, from: QuestionID(using: &random))
        case 21: return .pin(id)
        case 22: return .unpin(id)
        case 23: return .place(id, before: maybe(&random) { QuestionID(using: &$0) })
        case 24: return .ready(id, on: random.percent(50))
        default:
            return .ask(
                text: RandomText.any(&random), name: maybe(&random, RandomText.any),
                talk: maybe(&random) { _ in talk }, spoken: random.percent(40))
        }
    }

    static func request(_ random: inout Random) -> RequestID {
        random.percent(50)
            ? .command(CommandID(using: &random))
            : .vote(QuestionID(using: &random), counter: number(&random))
    }

    static func rejection(_ random: inout Random) -> Rejection {
        Rejection(
            random.pick(Rejection.Code.allCases), field: maybe(&random, RandomText.any),
            limit: maybe(&random, number), retryAfter: maybe(&random, number))
    }

    static func server(_ random: inout Random) -> ServerFrame {
        switch random.below(12) {
        case 9: return .minted(minted(&random))
        case 10: return .tokens((0..<random.below(4)).map { _ in token(&random) })
        case 0: return .welcome(welcome(&random))
        case 1, 2: return .delta(delta(&random))
        case 3: return .mine(mine(&random))
        case 4: return .ack(request(&random), sequence: number(&random))
        case 5: return .rejection(rejection(&random), maybe(&random, request))
        case 6: return .presence(presence(&random))
        case 7: return .day(dayFrame(&random))
        case 8:
            let cards = (0..<random.below(4)).map { _ in card(&random) }
            return .suggestions(request: number(&random), cards: cards)
        default: return random.percent(50) ? .beat : .unknown("weather")
        }
    }

    private static func welcome(_ random: inout Random) -> Welcome {
        Welcome(
            epoch: Epoch(using: &random), head: number(&random), role: random.pick(Role.allCases),
            venue: maybe(&random) { $0.pick(Sample.venues) }, device: maybe(&random, RandomText.any),
            by: RandomText.any(&random), resumed: random.percent(50),
            time: Timestamp(milliseconds: number(&random)),
            limits: EventLimits(textMinimum: random.below(100), textMaximum: random.below(2_000)))
    }

    static func card(_ random: inout Random) -> Card {
        var card = Card(
            id: QuestionID(using: &random), number: number(&random),
            talk: random.pick(Sample.talks), venue: random.pick(Sample.venues),
            status: random.pick(["pending", "approved", "merged", "of a newer hub"]),
            text: RandomText.any(&random), votes: number(&random),
            asked: Timestamp(milliseconds: number(&random)))
        card.name = maybe(&random, RandomText.any)
        card.edited = random.percent(50)
        card.erased = random.percent(10)
        card.into = maybe(&random) { QuestionID(using: &$0) }
        card.original = maybe(&random, RandomText.any)
        card.reason = maybe(&random) { $0.pick(DismissReason.allCases).rawValue }
        card.by = maybe(&random) { QuestionID(using: &$0).tag }
        card.blocked = random.percent(50)
        for _ in 0..<random.below(3) { card.venues.append(random.pick(Sample.venues)) }
        card.askers = random.below(4)
        card.pinned = random.percent(30)
        card.spoken = random.percent(30)
        card.near = random.percent(30)
        card.ready = random.percent(30)
        for _ in 0..<random.below(3) { card.variants.append(QuestionID(using: &random)) }
        card.automatic = random.percent(50)
        for _ in 0..<random.below(3) { card.flags.append(flag(&random)) }
        addTogether(&card, &random)
        return card
    }

    static func flag(_ random: inout Random) -> DuplicateFlag {
        DuplicateFlag(
            other: QuestionID(using: &random), level: random.pick(FlagLevel.allCases),
            reasons: (0..<random.below(4)).map { _ in random.pick(FlagReason.allCases) },
            mine: (0..<random.below(3)).map { _ in number(&random) },
            theirs: (0..<random.below(3)).map { _ in number(&random) })
    }

    static func delta(_ random: inout Random) -> Delta {
        // Whole views and changes of a random day, and fields in combinations no day has.
        if random.percent(20) {
            var day = RandomDay(seed: random.next())
            var ledgers = Ledgers()
            for _ in 0..<random.below(40) { ledgers.advance(day.step(), day.state) }
            return ledgers.delta(
                random.pick(ViewKind.allCases), from: random.below(day.state.head + 1), day.state)
        }
        var delta = Delta(from: number(&random), to: number(&random))
        delta.part = random.below(3)
        delta.more = random.percent(50)
        delta.counts = maybe(&random) { random in
            Sample.venues.map { venue in
                var counts = VenueCounts(venue: venue)
                counts.received = number(&random)
                counts.pending = number(&random)
                counts.shown = number(&random)
                counts.answered = number(&random)
                counts.dismissed = number(&random)
                return counts
            }
        }
        delta.turns = maybe(&random) { random in
            Sample.venues.map { VenueTurns(venue: $0, turns: number(&random)) }
        }
        delta.live = maybe(&random) { maybe(&$0) { QuestionID(using: &$0) } }
        delta.queue = maybe(&random) { random in
            (0..<random.below(4)).map { _ in QuestionID(using: &random) }
        }
        delta.actions = maybe(&random) { random in
            (0..<random.below(4)).map { _ in action(&random) }
        }
        delta.channel = maybe(&random) { random in (0..<random.below(4)).map { _ in message(&random) } }
        delta.stage = maybe(&random) { maybe(&$0, stage) }
        for _ in 0..<random.below(4) { delta.upserts.append(card(&random)) }
        for _ in 0..<random.below(4) { delta.removes.append(QuestionID(using: &random)) }
        for _ in 0..<random.below(4) {
            delta.tallies.append(
                Delta.Tally(id: QuestionID(using: &random), votes: number(&random)))
        }
        return delta
    }

    private static func action(_ random: inout Random) -> ActionInfo {
        ActionInfo(
            sequence: number(&random), time: Timestamp(milliseconds: number(&random)),
            role: random.pick(Role.allCases), venue: maybe(&random) { $0.pick(Sample.venues) },
            by: "AAAAAAAA", what: random.pick(["approve", "undo", "of a newer hub"]),
            number: maybe(&random, number), talk: maybe(&random) { $0.pick(Sample.talks) },
            undone: random.percent(50))
    }

    private static func mine(_ random: inout Random) -> Mine {
        var mine = Mine(whole: random.percent(50), code: maybe(&random) { $0.percent(50) })
        for _ in 0..<random.below(4) {
            var own = Mine.Own(
                id: QuestionID(using: &random), number: number(&random),
                talk: random.pick(Sample.talks), status: "dismissed",
                text: RandomText.any(&random), votes: number(&random),
                reason: maybe(&random) { $0.pick(DismissReason.allCases).rawValue },
                asked: Timestamp(milliseconds: number(&random)))
            own.fate = maybe(&random) { $0.pick(["live", "of a newer hub"]) }
            own.into = maybe(&random) { QuestionID(using: &$0) }
            own.intoText = maybe(&random, RandomText.any)
            own.spoken = random.percent(30)
            own.near = random.percent(30)
            own.ready = random.percent(30)
            mine.questions.append(own)
            mine.votes.append(
                .init(
                    question: QuestionID(using: &random), counter: number(&random),
                    on: random.percent(50), into: maybe(&random) { QuestionID(using: &$0) }))
        }
        return mine
    }

    private static func dayFrame(_ random: inout Random) -> DayFrame {
        func counts(_ random: inout Random) -> DayCounts {
            var counts = DayCounts()
            counts.received = random.below(10_000)
            counts.pending = number(&random)
            counts.merged = number(&random)
            counts.spoken = number(&random)
            counts.turns = number(&random)
            for reason in DismissReason.allCases where random.percent(30) { counts.reasons[reason] = random.below(99) }
            return counts
        }
        let people = presence(&random)
        let venues = people.venues.map { venue, count in
            var day = DayFrame.VenueDay(venue: venue, people: count)
            // Whole degrees are numbers without a fraction in JSON.
            day.at = maybe(&random) { .init(latitude: Double($0.below(90)), longitude: Double($0.below(3_600)) / 16) }
            day.line = random.pick([.direct, .up(lag: nil), .up(lag: random.below(9)), .cut(since: Sample.morning)])
            day.talks = Sample.talks.filter { _ in random.percent(60) }
                .map { TalkCounts(talk: $0, counts: counts(&random)) }
            return day
        }
        return DayFrame(
            time: Timestamp(milliseconds: number(&random)), head: number(&random), venues: venues,
            elsewhere: people.elsewhere)
    }

    private static func presence(_ random: inout Random) -> Presence {
        func count(phones: Bool) -> Presence.Count {
            var count = Presence.Count()
            if phones { count.phones = number(&random) }
            count.moderators = number(&random)
            count.speakers = number(&random)
            count.displays = number(&random)
            return count
        }
        return Presence(
            venues: Sample.venues.map { ($0, count(phones: true)) }, elsewhere: count(phones: false),
            people: (0..<random.below(4)).map { _ in person(&random) })
    }
}
