import QAShared

extension Model {
    /// That votes count with a code each, and how many are used; nil where everybody votes.
    func codesTold(_ words: any Words) -> String? {
        guard view.event?.votes == .codes else { return nil }
        return words.codes(presence.codes ?? Presence.Codes(issued: 0, used: 0))
    }
}

extension Painter {
    mutating func paintPeople(_ scroll: Int) {
        let area = page(words.peopleTitle)
        var lines: [[Span]] = []
        if let burst = model.presence.burst {
            lines.append([Span(words.burstTold(burst.count, time(burst.time)), .colour(.red, bold: true))])
        }
        if let codes = model.codesTold(words) { lines.append([Span(codes)]) }
        for venue in model.view.event?.venues ?? [] {
            var head = [Span(venue.name, .bold), Span(between + words.presence(presence(of: .venue(venue.id))))]
            if let cut = venue.cut {
                head.append(Span(between + words.cutSince(time(cut)), .colour(.red, bold: true)))
            }
            lines += [head] + people(model.presence.people.filter { $0.venue == venue.id })
        }
        let elsewhere = model.presence.people.filter { $0.venue == nil }
        if !elsewhere.isEmpty { lines += [[Span(words.noVenue, .bold)]] + people(elsewhere) }
        paint(lines, area, scroll: scroll)
    }

    private func people(_ people: [Presence.Person]) -> [[Span]] {
        if people.isEmpty { return [[Span("   " + words.nobodyThere, .faint)]] }
        return people.map { person in
            var notes = [person.name ?? words.role(person.role)]
            if person.by == model.identity?.by { notes.append(words.you) }
            if person.relay { notes.append(words.byRelay) }
            var spans = [
                Span("   " + words.role(person.role).padded(13) + " "), Span(notes.joined(separator: between)),
            ]
            if let card = person.claims.flatMap({ model.expected.cards[$0] }) {
                spans.append(Span(between + model.name(card), .colour(.yellow, bold: true)))
            }
            return spans
        }
    }
}
