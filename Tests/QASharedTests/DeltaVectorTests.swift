import QATestKit
import Testing

@testable import QAShared

@Suite struct DeltaVectorTests {
    /// The day so far, as a hub knows it.
    private struct Moment {
        var state = State()
        var ledgers = Ledgers()

        mutating func follow(_ entry: Entry) { ledgers.advance(state.apply(entry), state) }
    }

    /// Small, since every vector tells the whole event.
    private static func setup(moderated: Bool) -> EventSetup {
        var setup = Sample.setup(moderated: moderated)
        setup.title = "Journée"
        setup.talks.removeLast(2)
        for index in setup.venues.indices { setup.venues[index].place = "" }
        return setup
    }

    /// A short day with something of everything, seen at five moments.
    private func scripted() throws -> [Moment] {
        var day = Day(Self.setup(moderated: true))
        var moments = [Moment()]
        func keep() {
            var moment = moments.last ?? Moment()
            for entry in day.entries.dropFirst(moment.state.head) { moment.follow(entry) }
            moments.append(moment)
        }
        var asked: [QuestionID] = []
        for number in 1...6 {
            asked.append(try day.ask("Question \(number), s’il vous plaît ?", by: Person.phone(number)))
        }
        for id in asked.prefix(3) { try day.send(.approve(id), by: Person.chief) }
        for phone in 7...8 {
            try day.send(.vote(asked[1], on: true, counter: 1), by: Person.phone(phone))
        }
        try day.send(.takeLive(asked[1], replacing: nil), by: Person.speaker)
        keep()
        try day.send(.approve(asked[3]), by: Person.chief)
        let dismissal = try day.send(.dismiss(asked[4], .unclear), by: Person.chief)
        try day.send(.edit(asked[2], text: "Une question mieux tournée ?"), by: Person.chief)
        try day.send(.vote(asked[0], on: true, counter: 1), by: Person.phone(7))
        try day.send(.takeLive(asked[3], replacing: asked[1]), by: Person.speaker)
        keep()
        for phone in 8...9 {
            try day.send(.vote(asked[2], on: true, counter: 1), by: Person.phone(phone))
        }
        keep()
        try day.send(.startTalk(Sample.opening), by: Person.chief)
        try day.send(.answer(asked[3]), by: Person.speaker)
        try day.send(.withdraw(asked[0]), by: Person.phone(1))
        try day.send(.undo(sequence: dismissal), by: Person.chief)
        try day.send(.unite(asked[4], into: asked[2]), by: Person.moderator(Sample.granville))
        let flag = DuplicateFlag(other: asked[2], level: .strong, reasons: [.sameWording], mine: [1], theirs: [1, 2])
        try day.send(.flag(asked[5], [flag]), by: Person.organiser)
        try day.send(.block(asked[5]), by: Person.chief)
        try day.send(.setOrder(.byTurns), by: Person.chief)
        try day.send(.pin(asked[2]), by: Person.chief)
        let request = Command.ask(text: "Tarif", name: nil, talk: nil, spoken: true)
        let spoken = try day.send(request, by: Person.phone(10))
        let id: QuestionID = day.entries[spoken - 1].commandID!.of()
        try day.send(.approve(id), by: Person.chief)
        try day.send(.ready(id, on: true), by: Person.chief)
        try day.send(.setLine(Sample.cherbourg, cutSince: Sample.morning), by: Person.organiser)
        try day.send(.setOrder(.byTime), by: Person.chief)
        try day.send(.label(asked[3], labels: ["prix"]), by: Person.chief)
        try day.send(.note(asked[5], text: "À regrouper ?"), by: Person.moderator(Sample.agneaux))
        try day.send(.say(text: "Qui la prend ?", about: asked[5]), by: Person.chief)
        try day.send(.stage(text: "Encore cinq minutes."), by: Person.chief)
        keep()
        return moments
    }

    private func vector(
        _ name: String, _ kind: ViewKind, from before: Moment, to after: Moment,
        whole: Bool = false, bytes: Int = Limits.chunkBytes
    ) throws -> (json: JSON, frames: [Delta]) {
        let old = RoleView(before.state, for: kind)
        let delta = after.ledgers.delta(
            kind, from: whole ? 0 : before.state.head, after.state)
        let parts = delta.parts(bytes: bytes) { 200 + $0.text.utf8.count }
        var new = old
        for part in parts { new.apply(part) }
        let isRight = new == RoleView(after.state, for: kind)
        #expect(isRight, "\(name)")
        let json = JSON.object([
            .init("name", .string(name)),
            .init("before", try Vectors.json(old)),
            .init("frames", .array(try parts.map { try JSON.parse(ServerFrame.delta($0).encode()) })),
            .init("after", try Vectors.json(new)),
        ])
        return (json, parts)
    }

    @Test func `deltas make the views that the vectors say`() throws {
        let moments = try scripted()
        var vectors: [(json: JSON, frames: [Delta])] = []
        for kind in ViewKind.allCases {
            if kind == .moderator {
                vectors.append(try vector("\(kind) joins", kind, from: moments[0], to: moments[1]))
            }
            vectors.append(try vector("\(kind), another is live", kind, from: moments[1], to: moments[2]))
            vectors.append(try vector("\(kind), the end", kind, from: moments[3], to: moments[4]))
        }
        vectors.append(try vector("votes alone", .audience, from: moments[2], to: moments[3]))
        vectors.append(try vector("nothing new", .display, from: moments[3], to: moments[3]))

        var habits = RandomDay.Habits()
        habits.weights[.configure] = 0
        var day = RandomDay(
            seed: 41, moderated: false, habits: habits, setup: Self.setup(moderated: false))
        var start = Moment()
        for entry in day.entries { start.follow(entry) }
        var middle = start
        for step in 0..<32 {
            _ = day.step()
            if let entry = day.entries.last { start.follow(entry) }
            if step == 20 { middle = start }
        }
        vectors.append(
            try vector("a random day in parts", .audience, from: Moment(), to: start, bytes: 1_800))
        vectors.append(
            try vector("resuming in parts", .audience, from: middle, to: start, bytes: 700))
        vectors.append(
            try vector(
                "a whole view replaces all", .speaker, from: moments[3], to: moments[4], whole: true,
                bytes: 900))

        let frames = vectors.flatMap(\.frames)
        #expect(frames.contains { $0.from > 0 && $0.live.map { $0 != nil } == true })
        #expect(frames.contains { $0.from > 0 && $0.live.map { $0 == nil } == true })
        #expect(frames.contains { !$0.tallies.isEmpty } && frames.contains { !$0.removes.isEmpty })
        #expect(frames.contains { $0.from > 0 && $0.actions?.isEmpty == false })
        #expect(frames.contains { $0.from > 0 && $0.part > 0 })
        let cards = frames.flatMap(\.upserts)
        #expect(cards.contains { $0.askers > 0 && !$0.variants.isEmpty } && cards.contains { $0.into != nil })
        #expect(cards.contains(where: \.pinned) && cards.contains { $0.near && $0.ready })
        #expect(frames.contains { $0.from > 0 && $0.turns?.contains { $0.turns > 0 } == true })
        #expect(frames.contains { $0.event?.venues.contains { $0.cut != nil } == true })
        #expect(cards.contains { !$0.flags.isEmpty } && cards.contains { !$0.notes.isEmpty })
        #expect(frames.contains { $0.channel?.isEmpty == false } && frames.contains { $0.from > 0 && $0.stage != nil })
        #expect(frames.contains { $0.from == 0 && $0.part > 0 })
        try Vectors.check("delta.json", [("deltas", vectors.map(\.json))])
    }
}
