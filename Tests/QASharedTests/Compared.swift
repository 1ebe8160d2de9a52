import Testing

@testable import QAShared

extension State {
    /// The state without what every entry moves: head, time, receipts, actions; and without what is empty. What a venue
    /// is taken to have had while it was away only ever grows, so it is left out, too.
    var essence: State {
        var state = self
        state.head = 0
        state.time = Timestamp(milliseconds: 0)
        state.lastDone = nil
        state.receipts = [:]
        state.rehearsals = 0
        state.rehearsedUntil = nil
        state.actions = []
        for talk in state.queues.keys { state.queues[talk]?.forget() }
        state.queues = state.queues.filter { !$0.value.lanes.isEmpty }
        state.talkPhases = state.talkPhases.filter { $0.value != .planned }
        return state
    }
}

extension Queue {
    fileprivate mutating func forget() {
        level = 0
        hand.forgetLeft()
        for index in lanes.indices { lanes[index].allowance = 0 }
        lanes.removeAll { !$0.isPresent && $0.turns == 0 }
    }
}

/// The two states are the same but for what every entry moves.
func expectSame(
    _ left: State, _ right: State, _ hint: @autoclosure () -> Comment? = nil,
    at location: SourceLocation = #_sourceLocation
) {
    #expect(left.essence == right.essence, hint(), sourceLocation: location)
}
