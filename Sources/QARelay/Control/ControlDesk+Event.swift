import QAShared

// The event as a whole, closed and opened again.
extension ControlDesk {
    func turn(_ command: Command, _ now: Now, _ answer: @escaping (ControlAnswer) -> Void) {
        guard hub.relaying == nil else {
            return answer(.bad("not_the_hub: Close and open the event at the hub: its relays hear of it."))
        }
        let isClosing = command == .closeEvent
        guard (hub.state.phase == .closed) != isClosing else {
            return answer(.good(["The event is \(isClosing ? "closed" : "open") already."]))
        }
        submit(command, now) { result in
            switch result {
            case .failure(let rejection): answer(.bad(Self.sentence(rejection)))
            case .success where isClosing:
                answer(
                    .good([
                        "The event is closed: questions are read, and none is taken. “qarelay event open” opens it again; retention counts from now."
                    ]))
            case .success: answer(.good(["The event is open again."]))
            }
        }
    }
}
