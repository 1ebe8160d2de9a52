import QAShared

// People without a session: a form gives one command, and a page is read once.
extension Hub {
    /// Takes a person of the audience in, known by a credential or new; gives the credential, or says why not.
    func seat(_ session: Session, _ venue: VenueID?, _ device: String?, _ now: Now) -> Result<String, Rejection> {
        guard let venue, state.setup?.venue(venue) != nil else {
            return .failure(Rejection(.venueUnknown, field: "venue"))
        }
        // The hub takes from a relay what its own room says: another room's phone would be refused there later.
        if let room = relaying?.venue, room != venue { return .failure(Rejection(.venueUnknown, field: "venue")) }
        session.venue = venue
        if let device {
            guard let participant = secrets.participant(device) else {
                return .failure(Rejection(.deviceInvalid, field: "device"))
            }
            if isStranger(device, participant) { believe(participant, now) }
            session.participant = participant
            return .success(device)
        }
        let issued = secrets.issueDevice()
        bursts.came(issued.participant, now)
        session.participant = issued.participant
        return .success(issued.credential)
    }

    /// Whether a credential may be made up, as far as can be told here, and comes for the first time.
    func isStranger(_ credential: String, _ participant: ParticipantID) -> Bool {
        !secrets.isProved(credential) && !participants.believed.contains(participant)
    }

    /// Takes in whoever a credential names that cannot be checked here; they count as having just come, unless the event
    /// knows them.
    func believe(_ participant: ParticipantID, _ now: Now) {
        if participants.believed.count >= Limits.believedMaximum { participants.believed = [] }
        participants.believed.insert(participant)
        guard participants.questions[participant] == nil, participants.votes[participant] == nil else { return }
        bursts.came(participant, now)
    }

    /// Takes one command of a person who has no session, by the same limits; `done` hears of it once it is durable.
    func take(
        _ command: Command, _ id: CommandID, by device: String, at venue: VenueID, _ now: Now,
        _ done: @escaping (Result<Int, Rejection>) -> Void
    ) {
        // Never one of `sessions`: it is told nothing but this answer.
        let session = Session(id: 0, hasOrigin: true, greetingUntil: Int.max)
        switch seat(session, venue, device, now) {
        case .success: take(.door(done), id, command, session, now)
        case .failure(let rejection): done(.failure(rejection))
        }
    }

    /// Calls `look` when nothing of the state is hidden any more: at once, or when the batch on its way is durable.
    func whenDurable(_ look: @escaping () -> Void) {
        if isAhead, !isLost { onlookers.append(look) } else { look() }
    }
}
