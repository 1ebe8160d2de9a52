import QAShared
import QATestKit

@testable import QARelay

struct VoteKey: Hashable {
    var question: QuestionID
    var participant: ParticipantID
}

/// The durable log as a reference: the state after each entry, folded anew from what was written.
struct History {
    private(set) var entries: [Entry] = []
    /// At index sequence.
    private(set) var states = [State()]
    /// Marks of all texts that the audience was ever allowed to read.
    private(set) var publicMarks: Set<Int> = []
    private(set) var problems: [String] = []
    /// Where each command is, and the highest counter of each vote, whatever was wiped since.
    private(set) var sequences: [CommandID: Int] = [:]
    private(set) var votes: [VoteKey: Int] = [:]
    /// Marks of all that was said to the speaker.
    private(set) var stageMarks: Set<Int> = []
    /// Questions that went with a rehearsal.
    private var wiped: [QuestionID: Question] = [:]
    /// Fed with what is durable alone: what the hub's own must always come to.
    private var twins = emptyTwins()
    private var views: [ViewKind: [Int: RoleView]] = [:]

    var head: Int { entries.count }
    var state: State { states[head] }

    mutating func append(_ batch: [Entry]) {
        for entry in batch {
            var state = self.state
            state.apply(entry)
            entries.append(entry)
            noteKeys(entry)
            states.append(state)
            if entry.time < states[state.head - 1].time {
                problems.append("entry \(state.head): its time is before the one before it")
            }
            notePublic(entry, state)
            check(state)
            checkTwins(entry, before: states[state.head - 1], state)
            checkUndo(entry, state)
        }
    }

    /// The view of a kind at a position, worked out from nothing.
    mutating func view(_ kind: ViewKind, at sequence: Int) -> RoleView {
        if let view = views[kind]?[sequence] { return view }
        let view = RoleView(states[sequence], for: kind)
        views[kind, default: [:]][sequence] = view
        return view
    }

    /// A question as it is, or was when it went with a rehearsal.
    func question(_ id: QuestionID) -> Question? { state.question(id) ?? wiped[id] }

    private mutating func noteKeys(_ entry: Entry) {
        if let id = entry.commandID {
            if sequences[id] != nil { problems.append("entry \(entry.sequence): its command is in the log already") }
            sequences[id] = entry.sequence
        }
        for case .voted(let question, _, let counter) in entry.changes {
            votes[VoteKey(question: question, participant: entry.actor.participant)] = counter
        }
    }

    private mutating func notePublic(_ entry: Entry, _ state: State) {
        for change in entry.changes {
            let id: QuestionID
            switch change {
            case .stageChanged(_, let to?):
                stageMarks.formUnion(Mark.found(in: Array(to.text.utf8)))
                continue
            case .questionAsked:
                guard let commandID = entry.commandID else { continue }
                id = commandID.of()
            case .statusChanged(let changed, _, _), .textEdited(let changed, _, _),
                .unionChanged(let changed, _, _):
                id = changed
            default: continue
            }
            guard let question = state.question(id), question.status.isPublic else { continue }
            publicMarks.formUnion(Mark.found(in: Array(question.text.utf8)))
        }
    }

    /// What is taken back at once is as if it had not been, to the vote.
    private mutating func checkUndo(_ entry: Entry, _ state: State) {
        guard case .actionUndone(let sequence)? = entry.changes.last, sequence == entry.sequence - 1 else { return }
        let before = states[sequence - 1]
        // What was entered and taken back is there still, withdrawn.
        let questions = state.questions.prefix(before.questions.count)
        if questions.map(\.votes) != before.questions.map(\.votes)
            || questions.map(\.union) != before.questions.map(\.union)
        {
            problems.append("entry \(state.head): votes or groups are not those before \(sequence)")
        }
    }

    /// What is proved the same is merged as it comes, and nothing that people told apart.
    private mutating func checkTwins(_ entry: Entry, before: State, _ state: State) {
        for change in entry.changes {
            switch change {
            case .questionAsked(let asked):
                let question = state.question(number: asked.number)
                let same = twins.same(as: question.text, talk: question.talk, venue: question.venue)
                let group = same.map { before.question(number: $0) }
                let ids = Set(group.flatMap { [$0.id, $0.founderID] })
                let isAmbiguous = before.distinguished.contains { ids.contains($0.first) && ids.contains($0.second) }
                let standing = group.first { twin in
                    let founder = before.question(twin.founderID)
                    // No chains: what the engine united leads only to a founder that is proved the same, too.
                    let leads =
                        twin.union?.automatic != true || group.contains { $0.id == twin.founderID }
                    return leads && founder?.status.isOpen == true && founder?.talk == question.talk
                }
                // Who asks for the floor repeats nobody, and is repeated by nobody.
                let expected = isAmbiguous || question.spoken ? nil : standing
                if question.union?.with != expected?.id || question.union?.founder != expected?.founderID {
                    problems.append("entry \(state.head): \(asked.number) was to join \(expected?.number ?? 0)")
                }
                twins.insert(
                    number: question.number, text: question.spoken ? "" : question.text, talk: question.talk,
                    venue: question.venue)
            case .textEdited(let id, _, let to):
                guard let number = state.numbers[id], !state.question(number: number).spoken else { continue }
                twins.replace(number: number, text: to)
            case .talkMoved(let id, _, let to):
                guard let number = state.numbers[id], !state.question(number: number).spoken else { continue }
                twins.replace(number: number, text: state.question(number: number).text, talk: to)
            case .rehearsalWiped:
                twins.forgetAll()
                for question in before.questions { wiped[question.id] = question }
            default: break
            }
        }
    }

    private mutating func check(_ state: State) {
        problems += Groups.problems(of: state).map { "entry \(state.head): \($0)" }
        let live = state.questions.filter { $0.status == .live }
        if live.count > 1 || live.first?.id != state.liveQuestion?.id {
            problems.append("entry \(state.head): \(live.count) questions are live")
        }
        let running = (state.setup?.talks ?? []).count { state.talkPhase($0.id) == .running }
        if running > 1 { problems.append("entry \(state.head): \(running) talks are running") }
    }
}

/// A number in each text, so that it can be found in the bytes of a frame whatever form they have.
enum Mark {
    static func text(_ number: Int) -> String { "#\(number)#" }

    /// The numbers of all marks in the bytes.
    static func found(in bytes: [UInt8]) -> [Int] {
        var marks: [Int] = []
        bytes.withUnsafeBufferPointer { bytes in
            var number: Int?
            for byte in bytes {
                if byte == UInt8(ascii: "#") {
                    if let complete = number, complete >= 0 { marks.append(complete) }
                    number = -1
                } else if let before = number, (0x30...0x39).contains(byte) {
                    number = max(before, 0) * 10 + Int(byte - 0x30)
                } else {
                    number = nil
                }
            }
        }
        return marks
    }
}
