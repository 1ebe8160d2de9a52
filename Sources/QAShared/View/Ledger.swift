// Remembers when each question last changed for each view, so that a delta costs what changed and not what there is.
// A fold of the log like the state: the same entries make the same ledgers, whatever the batches and restarts were.

/// The ledgers of all views, moved on together.
public struct Ledgers: Sendable {
    private var byKind: [Ledger]
    private var queueShown: [Int] = []
    private var turnsShown: [VenueTurns] = []

    public init() { byKind = ViewKind.allCases.map(Ledger.init) }

    /// Takes note of an entry that the state has just applied.
    public mutating func advance(_ touched: Touched, _ state: State) {
        var queue: [Int]?
        if touched.reset {
            queueShown = []
            for index in byKind.indices { byKind[index].reset(state) }
        }
        if touched.queue || touched.currentTalk {
            let now = state.queueShown
            if now != queueShown {
                queueShown = now
                queue = now
            }
        }
        var turnsMoved = false
        if touched.turns || touched.event || touched.currentTalk {
            let now = state.turnsShown
            turnsMoved = now != turnsShown
            turnsShown = now
        }
        for index in byKind.indices { byKind[index].advance(touched, queue, turnsMoved, state) }
    }

    /// What changed for a view since the position; from 0, or from beyond the head, the whole view.
    public func delta(_ kind: ViewKind, from position: Int, _ state: State) -> Delta {
        byKind[kind.rawValue].delta(from: position, state)
    }

    /// Whether a view's delta from the position would hold anything at all.
    public func changed(_ kind: ViewKind, since position: Int) -> Bool {
        byKind[kind.rawValue].changedAt > position
    }
}

/// When what changed for one view.
struct Ledger: Sendable {
    private struct Mark {
        /// How many of the view's windows hold the question; in the view when above 0.
        var holds: UInt8 = 0
        /// When it entered, left, or its card changed.
        var cardAt = 0
        var tallyAt = 0
        /// The count of queue changes at which the question was last in the queue shown.
        var queuedAt: UInt32 = 0
    }

    private struct Touch {
        var sequence: Int
        var number: Int
    }

    let kind: ViewKind
    private(set) var changedAt = 0
    private var eventAt = 0
    private var countsAt = 0
    private var turnsAt = 0
    private var liveAt = 0
    private var queueAt = 0
    private var actionsAt = 0
    private var channelAt = 0
    private var stageAt = 0
    /// Where everything began anew: whoever stands before it needs the whole view.
    private var resetAt = 0
    private var live: Int?
    private var queue: [Int] = []
    private var queueChanges: UInt32 = 0
    private var marks: [Mark] = []
    /// Ordered by sequence; read from the end.
    private var touches: [Touch] = []
    private var newest: Window
    private var closed = Window(limit: Limits.moderatorClosed)
    /// Numbers whose holds changed in this entry, and whether they were in the view before it.
    private var moved: [(number: Int, was: Bool)] = []

    init(_ kind: ViewKind) {
        self.kind = kind
        newest = Window(
            limit: kind == .moderator ? Limits.moderatorOpen : Limits.audienceNewest)
    }

    /// Nothing of what was remembered concerns the state as it is now.
    mutating func reset(_ state: State) {
        self = Ledger(kind)
        resetAt = state.head
    }

    mutating func advance(_ touched: Touched, _ newQueue: [Int]?, _ turnsMoved: Bool, _ state: State) {
        let sequence = state.head
        while marks.count < state.questions.count { marks.append(Mark()) }
        if touched.event { eventAt = sequence }
        if touched.counts { countsAt = sequence }
        if turnsMoved { turnsAt = sequence }
        if touched.actions, kind.seesActions { actionsAt = sequence }
        if touched.channel, kind.seesChannel { channelAt = sequence }
        if touched.stage, kind.seesStage { stageAt = sequence }
        if touched.live {
            if let live { release(live) }
            live = state.live
            if let live { hold(live) }
            liveAt = sequence
        }
        if let newQueue, kind != .display {
            show(newQueue)
            if kind.seesQueue { queueAt = sequence }
        }
        if touched.currentTalk, kind == .audience { refill(state) }
        for number in touched.cards { place(number, state) }
        stamp(touched, sequence)
        let sections = [eventAt, countsAt, turnsAt, liveAt, queueAt, actionsAt, channelAt, stageAt]
        if sections.contains(sequence) || touches.last?.sequence == sequence {
            changedAt = sequence
        }
    }

    private mutating func stamp(_ touched: Touched, _ sequence: Int) {
        for (number, was) in moved where was != isMember(number) { mark(number, sequence) }
        moved.removeAll(keepingCapacity: true)
        for number in touched.cards where isMember(number) { mark(number, sequence) }
        if kind == .moderator || kind == .speaker {
            for number in touched.backstage where isMember(number) { mark(number, sequence) }
        }
        if kind == .moderator {
            for number in touched.asides where isMember(number) { mark(number, sequence) }
        }
        for number in touched.tallies where isMember(number) {
            marks[number - 1].tallyAt = sequence
            touches.append(Touch(sequence: sequence, number: number))
        }
        if touches.count > 4 * marks.count + 4_096 { compact() }
    }

    private mutating func mark(_ number: Int, _ sequence: Int) {
        guard marks[number - 1].cardAt != sequence else { return }
        marks[number - 1].cardAt = sequence
        touches.append(Touch(sequence: sequence, number: number))
    }

    /// Only the last touch of each question matters.
    private mutating func compact() {
        touches.removeAll(keepingCapacity: true)
        for (index, mark) in marks.enumerated() {
            let last = max(mark.cardAt, mark.tallyAt)
            if last > 0 { touches.append(Touch(sequence: last, number: index + 1)) }
        }
        touches.sort { ($0.sequence, $0.number) < ($1.sequence, $1.number) }
    }

    // MARK: Membership

    private func isMember(_ number: Int) -> Bool { marks[number - 1].holds > 0 }

    private mutating func hold(_ number: Int) {
        note(number)
        marks[number - 1].holds += 1
    }

    private mutating func release(_ number: Int) {
        note(number)
        marks[number - 1].holds -= 1
    }

    private mutating func note(_ number: Int) {
        guard !moved.contains(where: { $0.number == number }) else { return }
        moved.append((number, isMember(number)))
    }

    /// Another first part of the queue: most of it was there before.
    private mutating func show(_ newQueue: [Int]) {
        queueChanges += 1
        for number in newQueue {
            if marks[number - 1].queuedAt != queueChanges - 1 || queueChanges == 1 { hold(number) }
            marks[number - 1].queuedAt = queueChanges
        }
        for number in queue where marks[number - 1].queuedAt != queueChanges { release(number) }
        queue = newQueue
    }

    private mutating func apply(_ step: Window.Step) {
        if let entered = step.entered { hold(entered) }
        if let left = step.left { release(left) }
    }

    /// Puts a question into the windows in which its present status belongs.
    private mutating func place(_ number: Int, _ state: State) {
        let question = state.question(number: number)
        switch kind {
        case .audience:
            let visible = question.status.isPublic && question.talk == state.currentTalk
            apply(newest.set(number, visible))
        case .moderator:
            apply(newest.set(number, question.status.isOpen))
            apply(closed.set(number, !question.status.isOpen))
        case .speaker, .display: break
        }
    }

    /// Another talk: another set of questions.
    private mutating func refill(_ state: State) {
        for number in newest.shown { release(number) }
        newest = Window(limit: newest.limit)
        for question in state.questions
        where question.status.isPublic && question.talk == state.currentTalk {
            _ = newest.set(question.number, true)
        }
        for number in newest.shown { hold(number) }
    }

    // MARK: Deltas

    func delta(from position: Int, _ state: State) -> Delta {
        let whole = position <= 0 || position > state.head || position < resetAt
        let since = whole ? 0 : position
        var delta = Delta(from: since, to: state.head)
        if whole || eventAt > since { delta.event = EventInfo(state, for: kind) }
        if whole || countsAt > since { delta.counts = state.counts }
        if whole || turnsAt > since { delta.turns = state.turnsShown }
        if whole || liveAt > since { delta.live = .some(state.liveQuestion?.id) }
        if kind.seesQueue, whole || queueAt > since {
            delta.queue = queue.map { state.question(number: $0).id }
        }
        if kind.seesActions, whole || actionsAt > since { delta.actions = state.actionsShown }
        if kind.seesChannel, whole || channelAt > since { delta.channel = state.channelShown }
        if kind.seesStage, whole || stageAt > since { delta.stage = .some(state.stage.map(StageInfo.init)) }
        if whole {
            for index in marks.indices where marks[index].holds > 0 {
                delta.upserts.append(Card(state.questions[index], in: state, for: kind))
            }
            return delta
        }
        for number in numbers(touchedAfter: since) {
            let mark = marks[number - 1]
            let question = state.question(number: number)
            if mark.holds == 0 {
                if mark.cardAt > since { delta.removes.append(question.id) }
            } else if mark.cardAt > since {
                delta.upserts.append(Card(question, in: state, for: kind))
            } else {
                delta.tallies.append(Delta.Tally(id: question.id, votes: question.votes))
            }
        }
        return delta
    }

    /// Each once, ascending.
    private func numbers(touchedAfter position: Int) -> [Int] {
        var low = 0
        var high = touches.count
        while low < high {
            let middle = (low + high) / 2
            if touches[middle].sequence > position { high = middle } else { low = middle + 1 }
        }
        var numbers = touches[low...].map(\.number)
        numbers.sort()
        var unique: [Int] = []
        for number in numbers where unique.last != number { unique.append(number) }
        return unique
    }
}

/// The newest so many of a set of question numbers.
struct Window: Sendable {
    struct Step {
        var entered: Int?
        var left: Int?
    }

    let limit: Int
    /// All of the set, ascending; the last `limit` are in the window.
    private var numbers: [Int] = []

    init(limit: Int) { self.limit = limit }

    var shown: ArraySlice<Int> { numbers.suffix(limit) }

    /// Puts a number into the set or takes it out, and says what that moves in the window.
    mutating func set(_ number: Int, _ inside: Bool) -> Step {
        let index = place(of: number)
        let present = index < numbers.count && numbers[index] == number
        guard present != inside else { return Step() }
        if inside {
            numbers.insert(number, at: index)
            let start = max(0, numbers.count - limit)
            guard index >= start else { return Step() }
            return Step(entered: number, left: start > 0 ? numbers[start - 1] : nil)
        }
        let start = max(0, numbers.count - limit)
        numbers.remove(at: index)
        guard index >= start else { return Step() }
        return Step(entered: start > 0 ? numbers[start - 1] : nil, left: number)
    }

    private func place(of number: Int) -> Int {
        if let last = numbers.last, number > last { return numbers.count }
        var low = 0
        var high = numbers.count
        while low < high {
            let middle = (low + high) / 2
            if numbers[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
