// The plain pages' requests: who asks, whether the form is theirs, and what the hub says to it.

import QAShared
import QASocket

/// Serves the plain pages: a form becomes a command of the hub, and is answered once that is durable.
final class PlainDesk {
    private let hub: Hub
    private let isOwn: (_ origin: String, _ host: String) -> Bool
    private let isSecure: () -> Bool
    /// From where a request came, for whoever counts by it.
    private let caller: (HTTPRequest) -> UInt64?
    /// Whether a request may be given an identity: nil, or after how many seconds to come again.
    private let putsOff: (HTTPRequest) -> Int?
    /// Forms on their way, so that one that was sent twice at once is one command.
    private var underWay: [CommandID: [(Result<Int, Rejection>) -> Void]] = [:]

    init(
        hub: Hub, isSecure: @escaping () -> Bool, putsOff: @escaping (HTTPRequest) -> Int?,
        isOwn: @escaping (_ origin: String, _ host: String) -> Bool, caller: @escaping (HTTPRequest) -> UInt64?
    ) {
        self.hub = hub
        self.isSecure = isSecure
        self.putsOff = putsOff
        self.caller = caller
        self.isOwn = isOwn
    }

    /// Takes a request if it is one for these pages.
    func answers(_ request: HTTPRequest, _ reply: HTTPReply) -> Bool {
        let action = PlainAction(path: request.path)
        switch (request.method, action) {
        case ("POST", let action?): post(action, request, reply)
        case (_, nil) where request.path == "/plain": show(PlainQuery(request.query), request, reply)
        // Whoever presses return in the address bar of an answer to a form.
        case (_, _?): reply.send(HTTPResponse(status: 303, headers: [("Location", "/plain")]))
        default: return false
        }
        return true
    }

    // MARK: Pages

    private func show(_ query: PlainQuery, _ request: HTTPRequest, _ reply: HTTPReply) {
        hub.whenDurable { [self] in reply.send(page(query, request)) }
    }

    private func page(_ query: PlainQuery, _ request: HTTPRequest) -> HTTPResponse {
        guard let setup = hub.state.setup, !hub.isLost else {
            return .away
        }
        let words = PlainWords(
            asked: query.language, accepted: request.header("accept-language"), event: setup.languages)
        let rooms = rooms(setup)
        // A room alone need not be chosen.
        let venue = query.venue ?? (rooms.count == 1 ? rooms.first?.id : nil)
        guard let venue, rooms.contains(where: { $0.id == venue }) else {
            let page = PlainFrame.rooms(setup, rooms, isLost: query.venue != nil, words)
            return .page(query.venue == nil ? 200 : 404, page)
        }
        let person: Seated
        switch self.person(request, setup) {
        case .success(let known): person = known
        case .failure(let later): return later.response
        }
        return page(person, venue, words, query) { page in page.said = said(query, page) }
    }

    /// The venues that are served here.
    private func rooms(_ setup: EventSetup) -> [Venue] {
        setup.venues.filter { hub.relaying == nil || hub.relaying?.venue == $0.id }
    }

    private func page(
        _ person: Seated, _ venue: VenueID, _ words: PlainWords, _ query: PlainQuery, status: Int = 200,
        _ prepare: (inout PlainPage) -> Void
    ) -> HTTPResponse {
        guard !hub.isLost, let setup = hub.state.setup,
            let view = hub.plainView(of: person.participant, at: venue, page: query.page, Clock.wall)
        else { return .away }
        var page = PlainPage(view: view, words: words, credential: person.credential) {
            var generator = SystemRandomNumberGenerator()
            return CommandID(using: &generator)
        }
        prepare(&page)
        var response = HTTPResponse.page(status, page.source)
        response.headers.append(PlainCookie(event: setup, isSecure: isSecure()).header(person.credential))
        return response
    }

    /// What a form that was accepted came to, as the page stands now.
    private func said(_ query: PlainQuery, _ page: PlainPage) -> PlainPage.Said? {
        let words = page.words
        if query.done == .code, !page.view.needsCode { return PlainPage.Said(text: words("voteCodeTaken")) }
        guard let action = query.done, let id = query.question else { return nil }
        let own = page.view.own(id)
        var text: String?
        switch (action, own, page.view.item(id)?.stand) {
        case (.ask, let own?, _):
            let state = PlainPage.state(of: own, words)
            text =
                own.status == "pending"
                ? words(own.spoken ? "floorSent" : "sent_moderated")
                : own.status == "merged" ? words("state_merged") : words("plain_sent", state)
        case (.withdraw, let own?, _):
            let isWithdrawn = own.status == "dismissed" && own.reason == "withdrawn"
            text = words(isWithdrawn ? (own.spoken ? "floor_withdrawn" : "plain_withdrawn") : "plain_otherwise")
        case (.vote, _, .may(_, let isOn)?): text = words(isOn ? "plain_voted" : "plain_otherwise")
        case (.unvote, _, .may(_, let isOn)?): text = words(isOn ? "plain_otherwise" : "plain_unvoted")
        // It was taken off the page, or answered, meanwhile.
        case (.vote, nil, _): text = words("plain_voted")
        case (.unvote, nil, _): text = words("plain_unvoted")
        default: break
        }
        return text.map { PlainPage.Said(text: $0, question: id) }
    }

    // MARK: Who

    /// A person as the hub knows them, and the credential that proves it.
    private struct Seated {
        var credential: String
        var participant: ParticipantID
    }

    /// Somebody new has to come again.
    private struct Later: Error {
        var seconds: Int

        var response: HTTPResponse {
            var response = HTTPResponse.text(
                503,
                "Trop de monde arrive à la fois : réessayez dans \(seconds) secondes.\n"
                    + "Too many people are coming at once: try again in \(seconds) seconds.\n")
            response.headers.append(("Retry-After", String(seconds)))
            return response
        }
    }

    /// Who the cookie says it is; somebody new when it says nothing that this event issued. They come through the same
    /// door as phones: identities without end would be votes and questions without end.
    private func person(_ request: HTTPRequest, _ setup: EventSetup) -> Result<Seated, Later> {
        switch known(request, setup) {
        case .success(let known?): return .success(known)
        case .success(nil): break
        case .failure(let later): return .failure(later)
        }
        if let seconds = putsOff(request) { return .failure(Later(seconds: seconds)) }
        let issued = hub.secrets.issueDevice()
        hub.bursts.came(issued.participant, Clock.now)
        return .success(Seated(credential: issued.credential, participant: issued.participant))
    }

    /// Nobody when the cookie says nothing of use. Whoever it names for the first time, and nobody here can check it, comes
    /// through the door too.
    private func known(_ request: HTTPRequest, _ setup: EventSetup) -> Result<Seated?, Later> {
        let cookie = PlainCookie(event: setup, isSecure: isSecure())
        guard let credential = cookie.read(request.header("cookie")),
            let participant = hub.secrets.participant(credential)
        else { return .success(nil) }
        if hub.isStranger(credential, participant) {
            if let seconds = putsOff(request) { return .failure(Later(seconds: seconds)) }
            hub.believe(participant, Clock.now)
        }
        return .success(Seated(credential: credential, participant: participant))
    }

    /// Whether a page from elsewhere sent the form; nil when the browser does not say from where it comes.
    private func isFromElsewhere(_ request: HTTPRequest) -> Bool? {
        if let site = request.header("sec-fetch-site"), site != "same-origin", site != "none" { return true }
        return request.header("origin").map { !isOwn($0, request.header("host") ?? "") }
    }

    // MARK: Forms

    private func post(_ action: PlainAction, _ request: HTTPRequest, _ reply: HTTPReply) {
        let isFromElsewhere = isFromElsewhere(request)
        guard isFromElsewhere != true else {
            return reply.send(
                .text(
                    403,
                    "origin_refused: les formulaires d’un autre site ne sont pas acceptés.\n"
                        + "Forms from elsewhere are not taken.\n"))
        }
        guard let setup = hub.state.setup, !hub.isLost else {
            return reply.send(.away)
        }
        var words = PlainWords(asked: nil, accepted: request.header("accept-language"), event: setup.languages)
        do throws(Rejection) {
            let posted = try PlainPost(action, request.body)
            words = PlainWords(
                asked: posted.query.language, accepted: request.header("accept-language"), event: setup.languages)
            guard let venue = posted.query.venue, rooms(setup).contains(where: { $0.id == venue }) else {
                throw Rejection(.venueUnknown, field: "venue")
            }
            let known: Seated?
            switch self.known(request, setup) {
            case .success(let person): known = person
            case .failure(let later): return reply.send(later.response)
            }
            guard let person = known else {
                // Whose words these are is known only if the browser says that they come from here.
                let draft = isFromElsewhere == false ? posted.draft : PlainPage.Draft()
                switch self.person(request, setup) {
                case .success(let person): refuse(.deviceInvalid, draft, person, venue, words, posted.query, reply)
                case .failure(let later): reply.send(later.response)
                }
                return
            }
            guard posted.form.isMarked(posted.mark, for: person.credential) else {
                let draft = isFromElsewhere == false ? posted.draft : PlainPage.Draft()
                return refuse(.formInvalid, draft, person, venue, words, posted.query, reply)
            }
            give(posted, person, venue, caller(request)) { [self] result, question in
                switch result {
                case .success:
                    let place = PlainPage.link(
                        venue: venue, language: words.language, page: posted.query.page, done: action,
                        question: question, fragment: "said")
                    reply.send(
                        HTTPResponse(status: 303, headers: [("Location", place), ("Cache-Control", "no-store")]))
                case .failure(let rejection):
                    var answer = PlainAnswer(rejection)
                    if rejection.code == .ownQuestion { answer.field = nil }
                    refuse(answer, posted.draft, person, venue, words, posted.query, reply)
                }
            }
        } catch {
            let answer = PlainAnswer(error)
            reply.send(.page(answer.status, PlainFrame.refusal(answer, words)))
        }
    }

    /// Answers with the page as it stands, what was typed, and why it was not taken.
    private func refuse(
        _ answer: PlainAnswer, _ draft: PlainPage.Draft, _ person: Seated, _ venue: VenueID, _ words: PlainWords,
        _ query: PlainQuery, _ reply: HTTPReply
    ) {
        hub.whenDurable { [self] in
            var response = page(person, venue, words, query, status: answer.status) { page in
                var text = answer.sentence(words)
                if !draft.text.isEmpty { text += " " + words("plain_kept") }
                page.draft = draft
                page.said = PlainPage.Said(text: text, code: answer.code, field: answer.field)
            }
            if let seconds = answer.retryAfter { response.headers.append(("Retry-After", String(seconds))) }
            reply.send(response)
        }
    }

    // MARK: Commands

    /// Gives the hub what the form says; `done` hears the result and which question it is about.
    private func give(
        _ posted: PlainPost, _ person: Seated, _ venue: VenueID, _ caller: UInt64?,
        _ done: @escaping (Result<Int, Rejection>, QuestionID?) -> Void
    ) {
        let form = posted.form
        switch form.action {
        case .ask:
            let draft = posted.draft
            let spoken = draft.spoken ? "spoken" : "written"
            let id = form.commandID(for: person.credential, saying: [draft.text, draft.name, spoken])
            let command = Command.ask(
                text: draft.text, name: draft.name.isEmpty ? nil : draft.name, talk: posted.talk, spoken: draft.spoken)
            once(command, id, person, venue) { done($0, id.of()) }
        case .withdraw:
            guard let question = form.question else { return }
            let id = form.commandID(for: person.credential, saying: [])
            once(.withdraw(question), id, person, venue) { done($0, question) }
        case .code:
            let id = form.commandID(for: person.credential, saying: [posted.code])
            hub.redeem(posted.code, id, by: person.credential, at: venue, from: caller, Clock.now) { done($0, nil) }
        case .vote, .unvote:
            guard let question = form.question, let counter = form.counter else { return }
            vote(question, counter, on: form.action == .vote, person, venue) { done($0, question) }
        }
    }

    private func once(
        _ command: Command, _ id: CommandID, _ person: Seated, _ venue: VenueID,
        _ done: @escaping (Result<Int, Rejection>) -> Void
    ) {
        if underWay[id] != nil {
            underWay[id]?.append(done)
            return
        }
        underWay[id] = [done]
        hub.take(command, id, by: person.credential, at: venue, Clock.now) { [self] result in
            for done in underWay.removeValue(forKey: id) ?? [] { done(result) }
        }
    }

    /// Supports a question; or takes back all that this person gave its group, which is where the support counts.
    private func vote(
        _ question: QuestionID, _ counter: Int, on: Bool, _ person: Seated, _ venue: VenueID,
        _ done: @escaping (Result<Int, Rejection>) -> Void
    ) {
        var votes = [(question: question, counter: counter)]
        if !on, let founder = hub.state.question(question) {
            for (id, vote) in hub.votes(of: person.participant, for: founder) where vote.on && id != question {
                votes.append((id, vote.counter + 1))
            }
        }
        var left = votes.count
        var worst: Result<Int, Rejection>?
        for vote in votes {
            let command = Command.vote(vote.question, on: on, counter: vote.counter)
            // Votes are known by their counter; the id only fills the place.
            hub.take(command, CommandID(high: 0, low: 0), by: person.credential, at: venue, Clock.now) { result in
                left -= 1
                if case .failure = result { worst = result }
                if left == 0 { done(worst ?? result) }
            }
        }
    }
}

extension HTTPResponse {
    /// There is no event to show, yet or any more.
    static var away: HTTPResponse {
        .text(
            503,
            "L’événement n’est pas disponible pour le moment : réessayez bientôt.\n"
                + "The event is not to be had at the moment. Try again soon.\n")
    }

    /// One of the plain pages: made for one person, kept by nobody.
    static func page(_ status: Int, _ source: String) -> HTTPResponse {
        HTTPResponse(
            status: status, contentType: "text/html; charset=utf-8", body: Array(source.utf8),
            headers: [("Cache-Control", "no-store")])
    }
}
