// Frames of moderators and organisers with values of all kinds.

import QAShared
import QATestKit

extension Generated {
    static func together(_ random: inout Random, _ id: QuestionID) -> Command {
        switch random.below(10) {
        case 0: .note(id, text: RandomText.any(&random))
        case 1: .say(text: RandomText.any(&random), about: maybe(&random) { QuestionID(using: &$0) })
        case 2: .hand(id, to: random.pick(Sample.venues))
        case 3: .stage(text: RandomText.any(&random))
        case 4: .stageRead(StageID(using: &random))
        case 5: .clearStage
        case 6:
            .enter(
                text: RandomText.any(&random), name: maybe(&random, RandomText.any), venue: random.pick(Sample.venues),
                talk: maybe(&random) { $0.pick(Sample.talks) }, spoken: random.percent(50))
        case 7: .label(id, labels: (0..<random.below(4)).map { _ in RandomText.any(&random) })
        case 8:
            .bulk(
                (0..<random.below(4)).map { _ in QuestionID(using: &random) },
                random.pick([.approve, .dismiss(random.pick(DismissReason.allCases)), .restore, .answer]))
        default: .move(id, to: random.pick(Sample.talks))
        }
    }

    static func organiser(_ random: inout Random, _ id: QuestionID) -> Command {
        if random.percent(20) { return random.percent(50) ? .startRehearsal : .endRehearsal }
        var amendment = SetupAmendment()
        amendment.title = maybe(&random, RandomText.any)
        amendment.moderated = maybe(&random) { $0.percent(50) }
        amendment.limits = maybe(&random) { random in
            var limits: [EventLimit: Int] = [:]
            for _ in 0..<random.below(4) { limits[random.pick(EventLimit.allCases)] = number(&random) }
            return limits
        }
        amendment.talks = maybe(&random) { random in
            (0..<random.below(3)).map { _ in
                Talk(id: random.pick(Sample.talks), title: RandomText.any(&random), speaker: RandomText.any(&random))
            }
        }
        return .amend(amendment)
    }

    static func addTogether(_ card: inout Card, _ random: inout Random) {
        for _ in 0..<random.below(3) {
            card.notes.append(
                NoteInfo(
                    by: "AAAAAAAA", venue: maybe(&random) { $0.pick(Sample.venues) },
                    time: Timestamp(milliseconds: number(&random)), text: RandomText.any(&random)))
        }
        card.noted = random.below(9)
        card.desk = maybe(&random) { $0.pick(Sample.venues) }
        card.heard = random.percent(50)
        for _ in 0..<random.below(3) { card.labels.append(RandomText.any(&random)) }
    }

    static func message(_ random: inout Random) -> ChannelInfo {
        ChannelInfo(
            id: MessageID(using: &random), by: "AAAAAAAA", role: random.pick(Role.allCases),
            venue: maybe(&random) { $0.pick(Sample.venues) }, name: maybe(&random, RandomText.any),
            time: Timestamp(milliseconds: number(&random)), text: RandomText.any(&random),
            number: maybe(&random, number))
    }

    static func stage(_ random: inout Random) -> StageInfo {
        StageInfo(
            id: StageID(using: &random), text: RandomText.any(&random), by: "AAAAAAAA",
            venue: maybe(&random) { $0.pick(Sample.venues) }, sent: Timestamp(milliseconds: number(&random)),
            read: maybe(&random, number).map { Timestamp(milliseconds: $0) })
    }

    static func person(_ random: inout Random) -> Presence.Person {
        Presence.Person(
            by: "AAAAAAAA", role: random.pick(Role.allCases), venue: maybe(&random) { $0.pick(Sample.venues) },
            name: maybe(&random, RandomText.any), claims: maybe(&random) { QuestionID(using: &$0) },
            relay: random.percent(50))
    }

    static func minted(_ random: inout Random) -> MintedToken {
        MintedToken(
            id: CommandID(using: &random), token: RandomText.any(&random), tag: "AAAAAAAA",
            role: random.pick(Role.allCases), venue: maybe(&random) { $0.pick(Sample.venues) })
    }

    static func token(_ random: inout Random) -> TokenInfo {
        TokenInfo(
            tag: "AAAAAAAA", role: random.pick(Role.allCases), venue: maybe(&random) { $0.pick(Sample.venues) },
            label: RandomText.any(&random), revoked: random.percent(50))
    }
}
