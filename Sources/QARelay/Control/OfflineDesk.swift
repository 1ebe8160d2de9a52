import QAShared

/// Serves control requests on the files themselves, for when no hub runs.
enum OfflineDesk {
    static func ask(_ request: ControlRequest, folder: String) -> ControlAnswer {
        do throws(LogError) {
            let log = try SQLiteLog(folder: folder, eventID: nil)
            defer { log.close() }
            let folded = try log.fold()
            let hub = Hub(
                epoch: log.epoch, state: folded.state, ledgers: folded.ledgers,
                secrets: Credentials.secrets(key: log.key))
            let desk = ControlDesk(hub: hub) { work, done in
                do throws(LogError) {
                    done(.success(try work(log)))
                } catch {
                    done(.failure(error))
                }
            }
            var answer = ControlAnswer.bad("control_failed: Nothing came of it.")
            desk.handle(request, Clock.now) { answer = $0 }
            for case .append(let entries, let expected) in hub.effects {
                try log.append(entries, expecting: expected)
                hub.committed(entries, Clock.now)
            }
            return answer
        } catch {
            return .bad("\(error.code): \(error.sentence)")
        }
    }

    /// Asks the running hub, else the files.
    static func askEither(_ request: ControlRequest, folder: String) -> ControlAnswer {
        ControlClient.ask(request, folder: folder) ?? ask(request, folder: folder)
    }
}
