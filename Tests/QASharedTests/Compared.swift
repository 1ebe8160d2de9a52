import Testing

@testable import QAShared

extension State {
    /// The state without what every entry moves: head, time, receipts, actions; and without what is empty.
    var essence: State {
        var state = self
        state.head = 0
        state.time = Timestamp(milliseconds: 0)
        state.receipts = [:]
        state.actions = []
        state.queues = state.queues.filter { $0.value.count > 0 }
        state.talkPhases = state.talkPhases.filter { $0.value != .planned }
        return state
    }
}

/// The two states are the same but for what every entry moves.
func expectSame(
    _ left: State, _ right: State, _ hint: @autoclosure () -> Comment? = nil,
    at location: SourceLocation = #_sourceLocation
) {
    #expect(left.essence == right.essence, hint(), sourceLocation: location)
}
