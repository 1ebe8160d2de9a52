// One frame of every kind in PROTOCOL.md, with every optional field at least once.

import QAShared
import QATestKit

enum GoldenFrames {
    private static let question: QuestionID = numbered(7)
    private static let position = Position(epoch: numbered(1), sequence: 120)

    private static func command(_ command: Command) -> ClientFrame {
        .command(numbered(42), command)
    }

    static let client: [(name: String, frame: ClientFrame)] = [
        (
            "hello of a phone, first visit",
            .hello(Hello(role: .audience, venue: Sample.granville, client: "web/1"))
        ),
        (
            "hello of a phone that comes back",
            .hello(
                Hello(
                    role: .audience, venue: Sample.granville, device: "credential",
                    position: position, client: "web/1"))
        ),
        (
            "hello of a moderator",
            .hello(Hello(role: .moderator, token: "token", client: "qaclient/1"))
        ),
        ("hello of a speaker", .hello(Hello(role: .speaker, token: "token"))),
        ("hello of a wall", .hello(Hello(role: .display, token: "token", position: position))),
        ("ask", command(.ask(text: Sample.text, name: "Anne", talk: Sample.certificate))),
        ("ask in the current talk", command(.ask(text: "ça « coûte » combien ? 😀", name: nil, talk: nil))),
        ("ask for the floor", command(.ask(text: "Tarif", name: "Anne", talk: nil, spoken: true))),
        ("withdraw", command(.withdraw(question))),
        ("approve", command(.approve(question))),
        ("edit", command(.edit(question, text: "Quel est le tarif du certificat ?"))),
        ("dismiss", command(.dismiss(question, .offTopic))),
        ("restore", command(.restore(question))),
        ("takeLive, nothing is live", command(.takeLive(question, replacing: nil))),
        ("takeLive", command(.takeLive(question, replacing: numbered(6)))),
        ("answer", command(.answer(question))),
        ("putBack", command(.putBack(question))),
        ("block", command(.block(question))),
        ("unblock", command(.unblock(question))),
        ("unite", command(.unite(question, into: numbered(6)))),
        ("separate", command(.separate(question))),
        ("distinguish", command(.distinguish(question, from: numbered(6)))),
        ("note", command(.note(question, text: "À poser au préfet « en personne »"))),
        ("say", command(.say(text: "Nous prenons du retard.", about: nil))),
        ("say about a question", command(.say(text: "Qui la prend ?", about: question))),
        ("hand", command(.hand(question, to: Sample.cherbourg))),
        ("stage", command(.stage(text: "Encore cinq minutes."))),
        ("stageRead", command(.stageRead(numbered(11)))),
        ("clearStage", command(.clearStage)),
        (
            "enter",
            command(
                .enter(
                    text: "Et pour les mairies ?", name: "Un monsieur", venue: Sample.granville,
                    talk: Sample.certificate))
        ),
        (
            "enter in the current talk",
            command(.enter(text: "Et pour les mairies ?", name: nil, venue: Sample.granville, talk: nil))
        ),
        ("label", command(.label(question, labels: ["prix", "à-voir"]))),
        ("label, none any more", command(.label(question, labels: []))),
        ("bulk approve", command(.bulk([question, numbered(6)], .approve))),
        ("bulk dismiss", command(.bulk([question], .dismiss(.noTime)))),
        ("bulk restore", command(.bulk([question], .restore))),
        ("bulk answer", command(.bulk([question], .answer))),
        ("move", command(.move(question, to: Sample.closing))),
        ("startRehearsal", command(.startRehearsal)),
        ("endRehearsal", command(.endRehearsal)),
        ("amend, one thing", command(.amend(SetupAmendment(moderated: false)))),
        (
            "amend",
            command(
                .amend(
                    SetupAmendment(
                        title: "Journée", moderated: true, limits: [.textMinimum: 5, .askEverySeconds: 30],
                        talks: [Talk(id: Sample.opening, title: "Ouverture", speaker: "Jeanne Lepic")])))
        ),
        ("erase", command(.erase(question, .text))),
        ("erase a name", command(.erase(question, .name))),
        ("claim", .claim(question)),
        ("claim of nothing any more", .claim(nil)),
        ("mint", .mint(numbered(42), role: .moderator, venue: Sample.agneaux, label: "Aide de salle")),
        ("mint without a venue", .mint(numbered(42), role: .display, venue: nil, label: "Hall")),
        ("tokens", .tokens),
        ("revoke", .revoke(numbered(42), tag: "k3J9x_aQ")),
        ("redeem", .redeem(numbered(42), code: "7KQW-39XF-MTCA")),
        ("startTalk", command(.startTalk(Sample.certificate))),
        ("endTalk", command(.endTalk(Sample.certificate))),
        ("pauseIntake", command(.pauseIntake)),
        ("resumeIntake", command(.resumeIntake)),
        ("closeEvent", command(.closeEvent)),
        ("openEvent", command(.openEvent)),
        ("setOrder", command(.setOrder(.byTime))),
        ("setOrder by turns", command(.setOrder(.byTurns))),
        ("setOrder by hand", command(.setOrder(.byHand))),
        ("pin", command(.pin(question))),
        ("unpin", command(.unpin(question))),
        ("place", command(.place(question, before: numbered(6)))),
        ("place at the end", command(.place(question, before: nil))),
        ("ready", command(.ready(question, on: true))),
        ("not ready", command(.ready(question, on: false))),
        ("undo", command(.undo(sequence: 17))),
        ("vote", .vote(question, on: true, counter: 1)),
        ("vote taken back", .vote(question, on: false, counter: 2)),
        ("suggest", .suggest(request: 1, text: "combien coûte le certi", talk: nil)),
        ("suggest for a talk", .suggest(request: 2, text: "combien ?", talk: Sample.certificate)),
        ("beat", .beat),
    ]

    private static func welcome(_ role: Role, _ venue: VenueID?, _ device: String?, _ resumed: Bool)
        -> ServerFrame
    {
        .welcome(
            Welcome(
                epoch: numbered(1), head: 512, role: role, venue: venue, device: device,
                by: "k3J9x_aQ", resumed: resumed, time: Sample.morning, limits: EventLimits()))
    }

    private static var welcomeByCodes: ServerFrame {
        var welcome = Welcome(
            epoch: numbered(1), head: 512, role: .audience, venue: Sample.granville, device: "credential",
            by: "k3J9x_aQ", resumed: true, time: Sample.morning, limits: EventLimits())
        welcome.votes = .codes
        return .welcome(welcome)
    }

    private static var presenceOfCodes: Presence {
        var presence = Presence(venues: [(Sample.granville, Presence.Count())])
        presence.codes = Presence.Codes(issued: 400, used: 212)
        return presence
    }

    private static var plainCard: Card {
        Card(
            id: question, number: 7, talk: Sample.certificate, venue: Sample.agneaux,
            status: "approved", text: Sample.text, votes: 3, asked: Sample.morning)
    }

    private static var fullCard: Card {
        var card = plainCard
        card.status = "merged"
        card.name = "Anne"
        card.edited = true
        card.into = numbered(6)
        card.original = "kel é le pri ?"
        card.by = "k3J9x_aQ"
        card.blocked = true
        card.automatic = true
        return card
    }

    private static var founderCard: Card {
        var card = plainCard
        card.votes = 5
        card.venues = [Sample.granville, Sample.agneaux]
        card.askers = 3
        return card
    }

    private static var flaggedCard: Card {
        var card = founderCard
        card.by = "k3J9x_aQ"
        card.variants = [numbered(4), numbered(9)]
        card.flags = [
            Card.Flag(
                other: numbered(8), level: .strong, reasons: [.sameNames, .likeWords, .otherRoom], mine: [1, 2],
                theirs: [3]),
            Card.Flag(other: numbered(5), level: .probable, reasons: [.sameType, .dismissed]),
        ]
        return card
    }

    private static var pinnedCard: Card {
        var card = plainCard
        card.pinned = true
        return card
    }

    private static var spokenCard: Card {
        var card = plainCard
        card.text = "Tarif"
        card.spoken = true
        card.near = true
        card.ready = true
        return card
    }

    private static var notedCard: Card {
        var card = plainCard
        card.notes = [
            NoteInfo(by: "k3J9x_aQ", venue: Sample.agneaux, time: Sample.morning, text: "À regrouper ?"),
            NoteInfo(by: "AAAAAAAA", venue: nil, time: Sample.morning, text: "Non."),
        ]
        card.noted = 7
        card.desk = Sample.cherbourg
        card.heard = true
        card.labels = ["prix", "à-voir"]
        return card
    }

    private static var dismissedCard: Card {
        var card = plainCard
        card.status = "dismissed"
        card.reason = "no_time"
        return card
    }

    private static var fullDelta: Delta {
        var delta = Delta(from: 120, to: 124)
        delta.part = 1
        delta.more = true
        delta.event = EventInfo(
            id: "journee", title: "Journée de la confiance", languages: ["fr", "en"],
            venues: [.init(id: Sample.agneaux, name: "Agneaux", place: "Amphithéâtre", cut: Sample.morning)],
            talks: [
                .init(
                    id: Sample.certificate, title: "Le certificat", speaker: "Paul Hamel",
                    phase: .running)
            ], talk: Sample.certificate, phase: .open, intake: true, moderated: true,
            order: .byTurns, labels: ["prix", "technique"], votes: .codes)
        var counts = VenueCounts(venue: Sample.agneaux)
        counts.received = 9
        counts.pending = 1
        counts.shown = 6
        counts.answered = 2
        counts.dismissed = 2
        delta.counts = [counts]
        delta.turns = [VenueTurns(venue: Sample.agneaux, turns: 3)]
        delta.live = .some(question)
        delta.queue = [numbered(8), numbered(9)]
        delta.actions = [
            ActionInfo(
                sequence: 119, time: Sample.morning, role: .moderator, venue: Sample.agneaux,
                by: "k3J9x_aQ", what: "takeLive", number: 7, talk: nil, undone: true),
            ActionInfo(
                sequence: 121, time: Sample.morning, role: .moderator, venue: nil, by: "AAAAAAAA",
                what: "startTalk", number: nil, talk: Sample.certificate, undone: false),
        ]
        delta.channel = [
            ChannelInfo(
                id: numbered(31), by: "k3J9x_aQ", role: .moderator, venue: Sample.agneaux, name: "Aide de salle",
                time: Sample.morning, text: "Qui la prend ?", number: 7),
            ChannelInfo(
                id: numbered(32), by: "AAAAAAAA", role: .organiser, venue: nil, name: nil, time: Sample.morning,
                text: "Moi.", number: nil),
        ]
        delta.stage = .some(
            StageInfo(
                id: numbered(33), text: "Encore cinq minutes.", by: "AAAAAAAA", venue: Sample.granville,
                sent: Sample.morning, read: Sample.morning))
        delta.upserts = [
            plainCard, fullCard, dismissedCard, founderCard, flaggedCard, pinnedCard, spokenCard, notedCard,
        ]
        delta.removes = [numbered(5)]
        delta.tallies = [Delta.Tally(id: numbered(8), votes: 17)]
        return delta
    }

    private static var nothingLive: Delta {
        var delta = Delta(from: 124, to: 125)
        delta.live = .some(nil)
        delta.stage = .some(nil)
        return delta
    }

    private static let own = Mine.Own(
        id: question, number: 7, talk: Sample.certificate, status: "dismissed", text: Sample.text,
        votes: 3, reason: "off_topic", asked: Sample.morning)

    private static var request: Mine.Own {
        var own = own
        own.text = "Tarif"
        own.status = "approved"
        own.reason = nil
        own.spoken = true
        own.near = true
        own.ready = true
        return own
    }

    private static func merged(fate: String, isPublic: Bool, reason: String? = nil) -> Mine.Own {
        var own = own
        own.status = "merged"
        own.fate = fate
        own.reason = reason
        own.into = isPublic ? numbered(6) : nil
        own.intoText = isPublic ? "Combien coûte le certificat ?" : nil
        return own
    }

    private static var presence: Presence {
        var here = Presence.Count()
        here.phones = 212
        here.moderators = 1
        here.displays = 1
        var elsewhere = Presence.Count()
        elsewhere.speakers = 1
        return Presence(
            venues: [(Sample.granville, here)], elsewhere: elsewhere,
            people: [
                Presence.Person(
                    by: "k3J9x_aQ", role: .moderator, venue: Sample.granville, name: "moderator-granville",
                    claims: question),
                Presence.Person(by: "AAAAAAAA", role: .speaker, relay: true),
            ])
    }

    private static var dayFrame: DayFrame {
        var counts = DayCounts()
        counts.received = 12
        counts.pending = 1
        counts.shown = 7
        counts.answered = 4
        counts.dismissed = 3
        counts.merged = 1
        counts.spoken = 2
        counts.turns = 4
        counts.reasons = [.offTopic: 2, .withdrawn: 1]
        let talks = [TalkCounts(talk: Sample.certificate, counts: counts)]
        return DayFrame(
            time: Sample.morning, head: 512,
            venues: [
                .init(
                    venue: Sample.granville, at: .init(latitude: 48.8378, longitude: -1.5974),
                    people: presence.venues[0].count, talks: talks),
                .init(venue: Sample.agneaux, line: .up(lag: 3), talks: talks),
                .init(venue: Sample.cherbourg, line: .cut(since: Sample.morning)),
            ], elsewhere: presence.elsewhere)
    }

    private static var relayDay: DayFrame {
        DayFrame(time: Sample.morning, head: 0, venues: [.init(venue: Sample.cherbourg, line: .up(lag: nil))])
    }

    static let hub: [(name: String, frame: ServerFrame)] = [
        ("welcome of a phone", welcome(.audience, Sample.granville, "credential", true)),
        ("welcome of a moderator without a venue", welcome(.moderator, nil, nil, false)),
        ("welcome where votes count by codes", welcomeByCodes),
        ("delta with everything", .delta(fullDelta)),
        ("delta with nothing", .delta(Delta(from: 124, to: 124))),
        ("delta, nothing live any more", .delta(nothingLive)),
        (
            "mine, whole",
            .mine(
                Mine(
                    whole: true, questions: [own],
                    votes: [.init(question: numbered(8), counter: 1, on: true)]))
        ),
        (
            "mine, merged questions",
            .mine(
                Mine(
                    whole: false,
                    questions: [
                        merged(fate: "live", isPublic: true), merged(fate: "pending", isPublic: false),
                        merged(fate: "dismissed", isPublic: false, reason: "no_time"),
                    ],
                    votes: [
                        .init(question: numbered(8), counter: 2, on: true, into: numbered(6)),
                        .init(question: numbered(9), counter: 1, on: false),
                    ]))
        ),
        ("mine, a floor request", .mine(Mine(whole: false, questions: [request]))),
        ("mine, a code is missing", .mine(Mine(whole: true, code: false))),
        ("mine, a code was redeemed", .mine(Mine(whole: false, code: true))),
        ("mine, nothing", .mine(Mine(whole: false))),
        ("ack of a command", .ack(.command(numbered(42)), sequence: 513)),
        ("ack of a vote", .ack(.vote(question, counter: 2), sequence: 514)),
        (
            "rejection for now",
            .rejection(Rejection(.rateLimited, retryAfter: 7_000), .command(numbered(42)))
        ),
        ("rejection of a vote", .rejection(Rejection(.ownQuestion), .vote(question, counter: 3))),
        ("rejection of a vote without a code", .rejection(Rejection(.codeNeeded), .vote(question, counter: 1))),
        (
            "rejection of a code",
            .rejection(Rejection(.codeUsed, field: "code"), .command(numbered(42)))
        ),
        (
            "rejection with a limit",
            .rejection(Rejection(.textTooLong, field: "text", limit: 200), .command(numbered(42)))
        ),
        ("rejection of a frame", .rejection(Rejection(.unknownField, field: "colour"), nil)),
        ("presence", .presence(presence)),
        ("presence where votes count by codes", .presence(presenceOfCodes)),
        (
            "minted",
            .minted(
                MintedToken(
                    id: numbered(42), token: "secret", tag: "k3J9x_aQ", role: .moderator, venue: Sample.agneaux))
        ),
        (
            "tokens",
            .tokens([
                TokenInfo(tag: "k3J9x_aQ", role: .moderator, venue: Sample.agneaux, label: "Aide", revoked: false),
                TokenInfo(tag: "AAAAAAAA", role: .display, venue: nil, label: "Hall", revoked: true),
            ])
        ),
        ("day", .day(dayFrame)),
        ("day, at a relay", .day(relayDay)),
        ("suggestions", .suggestions(request: 12, cards: [plainCard, founderCard])),
        ("suggestions, nothing alike", .suggestions(request: 1, cards: [])),
        ("beat", .beat),
    ]
}
