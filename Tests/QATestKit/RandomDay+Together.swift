// What moderators do together on a random day, and what an organiser changes of the event.

import QAShared

extension RandomDay.Habits {
    /// A rehearsal before anything is asked, now and then ended and begun anew.
    public static var rehearsal: RandomDay.Habits {
        var habits = RandomDay.Habits()
        habits.rehearses = true
        habits.weights[.startRehearsal] = 2
        habits.weights[.endRehearsal] = 4
        habits.weights[.closeEvent] = 2
        return habits
    }

    /// What moderators do together.
    static let kindsTogether: [Command.Kind] = [
        .note, .say, .hand, .stage, .stageRead, .clearStage, .enter, .label, .bulk, .move,
    ]

    /// Moderators who talk more than they triage.
    public static var together: RandomDay.Habits {
        var habits = RandomDay.Habits()
        for kind in kindsTogether { habits.weights[kind] = 12 }
        habits.weights[.amend] = 4
        habits.weights[.undo] = 30
        habits.weights[.closeEvent] = 0
        habits.weights[.pauseIntake] = 0
        return habits
    }
}

extension RandomDay {
    mutating func together(_ kind: Command.Kind) -> Command {
        switch kind {
        case .note: return .note(question(), text: remark())
        case .say: return .say(text: remark(), about: generator.percent(50) ? question() : nil)
        case .hand: return .hand(question(), to: venue())
        case .stage: return .stage(text: remark())
        case .stageRead:
            return .stageRead(generator.percent(90) ? state.stage?.id ?? numbered(1) : numbered(2))
        case .clearStage: return .clearStage
        case .enter:
            return .enter(
                text: text(), name: generator.percent(30) ? generator.pick(RandomText.words) : nil, venue: venue(),
                talk: habits.talk ?? (generator.percent(25) ? talk() : nil), spoken: generator.percent(30))
        case .label: return .label(question(), labels: labels())
        case .bulk: return .bulk(questions(), bulk())
        case .move: return .move(question(), to: habits.talk ?? talk())
        case .startRehearsal: return .startRehearsal
        case .endRehearsal: return .endRehearsal
        default: return .amend(amendment())
        }
    }

    private mutating func remark() -> String {
        generator.percent(habits.mistakes) ? RandomText.any(&generator) : RandomText.question(&generator)
    }

    private mutating func venue() -> VenueID {
        generator.percent(habits.mistakes / 2) ? VenueID("nowhere")! : generator.pick(Sample.venues)
    }

    private mutating func labels() -> [String] {
        let known = ["technique", "prix", "é", "à-voir", "質問", "2009", "Trop", "-"]
        return (0..<generator.below(generator.percent(10) ? 9 : 4)).map { _ in generator.pick(known) }
    }

    private mutating func questions() -> [QuestionID] { (0..<generator.below(6)).map { _ in question() } }

    private mutating func bulk() -> BulkAction {
        switch generator.below(4) {
        case 0: .approve
        case 1: .dismiss(generator.pick(DismissReason.allCases))
        case 2: .restore
        default: .answer
        }
    }

    private mutating func amendment() -> SetupAmendment {
        var amendment = SetupAmendment()
        if generator.percent(40) { amendment.title = generator.pick(RandomText.words) }
        if generator.percent(20) { amendment.moderated = state.setup?.moderated }
        if generator.percent(30) { amendment.limits = [.textMaximum: 200 + generator.below(50)] }
        if generator.percent(50) {
            var talks = Sample.setup().talks
            if generator.percent(30) { talks.shuffle(using: &generator) }
            if generator.percent(30) { talks.remove(at: generator.below(3)) }
            if generator.percent(30) {
                talks.append(Talk(id: TalkID("extra")!, title: generator.pick(RandomText.words), speaker: "Zoé"))
            }
            amendment.talks = talks
        }
        return amendment
    }
}
