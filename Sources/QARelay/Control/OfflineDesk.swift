import QAShared

/// Serves control requests on the files themselves, for when no hub runs.
enum OfflineDesk {
    static func ask(_ request: ControlRequest, folder: String) -> ControlAnswer {
        do throws(LogError) {
            return try ask(request, SQLiteLog(folder: folder, eventID: nil))
        } catch {
            return .bad("\(error.code): \(error.sentence)")
        }
    }

    /// The same on a backup, which stays one file with its checksum beside it.
    static func ask(_ request: ControlRequest, backup: String, isChanged: Bool = false) -> ControlAnswer {
        do throws(LogError) {
            let isWhole = try BackupSum.check(backup)
            var answer = try ask(request, SQLiteLog(backup: backup, isChanged: isChanged))
            if isChanged {
                try SQLiteLog.makeOneFile(backup)
                try BackupSum.write(backup)
            }
            if request == .verify, answer.isGood {
                let words = isWhole ? "as it was written" : "no \(BackupSum.path(of: backup)) beside it"
                answer.lines.append("file       \(words)")
            }
            return answer
        } catch {
            return .bad("\(error.code): \(error.sentence)")
        }
    }

    private static func ask(_ request: ControlRequest, _ log: SQLiteLog) -> ControlAnswer {
        defer { log.close() }
        do throws(LogError) {
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
                try log.keep(entries, expecting: expected)
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
