// The head's own line for what is going on between the rooms, and the words beside questions.

import QAShared

extension Painter {
    /// Turns on the left; on the right who needs the microphone, else what was said last, else whether the speaker read.
    mutating func paintNews() {
        let columns = frame.size.columns
        let news = news
        let width = news.reduce(0) { $0 + TextWidth.of($1.text) }
        let turns = turns
        let used = TextWidth.of(turns)
        // Whoever is to bring a microphone must see it; turns are read at leisure.
        let room = min(width, max(columns - used - 4, model.calls.isEmpty ? columns / 3 : columns * 2 / 3))
        frame.put(turns, 1, 2, limit: columns - room - (room > 0 ? 4 : 2), ellipsis: glyphs.ellipsis)
        guard room > 0 else { return }
        frame.put(news, columns - room - 1, 2, limit: room, ellipsis: glyphs.ellipsis)
    }

    private var turns: String {
        let turns = model.view.turns
        guard turns.count > 1 else { return "" }
        return words.turns + " "
            + turns.map { "\(model.venueName($0.venue)) \($0.turns)" }.joined(separator: between)
    }

    private var news: [Span] {
        let calls = model.calls
        if let first = calls.first {
            var who = [model.name(first), first.name].compactMap { $0 }.joined(separator: " ")
            if model.identity?.venue == nil { who += ", " + model.venueName(first.venue) }
            let more = calls.count > 1 ? " +\(calls.count - 1)" : ""
            let text = words.call(who, isNow: first.status == "live", isReady: first.ready)
            let style = Style(colour: first.ready ? .plain : .yellow, bold: true, reverse: true)
            return [Span(" \(words.callTitle)\(words.colon) \(text)\(more) ", style)]
        }
        if let id = model.unread.last, let message = model.channel.first(where: { $0.id == id }) {
            return [
                Span("C ", .colour(.cyan, bold: true)), Span(author(message) + words.colon + " ", .bold),
                Span(message.text),
            ]
        }
        if let stage = model.stage {
            let text = words.stageState(readAt: stage.read.map(time))
            return [Span(text, stage.read == nil ? .colour(.yellow, bold: true) : .faint)]
        }
        return []
    }

    /// What waits to be looked at, behind its key.
    var attention: [Span] {
        var spans: [Span] = []
        if !model.refusals.isEmpty {
            spans.append(Span(words.refused(model.refusals.count) + "  ", .colour(.red, bold: true)))
        }
        if let burst = model.presence.burst {
            spans.append(Span(words.burst(burst.count) + "  ", .colour(.red, bold: true)))
        }
        if !model.unread.isEmpty {
            spans.append(Span(words.unread(model.unread.count) + "  ", .colour(.cyan, bold: true)))
        }
        return spans
    }

    /// Whoever said something, as the others call them.
    func author(_ message: ChannelInfo) -> String {
        if message.by == model.identity?.by { return words.you }
        let venue = message.venue.map(model.venueName)
        if let venue, message.venue != model.identity?.venue { return venue }
        return message.name ?? venue ?? words.role(message.role)
    }

    /// What the colour of a row alone must not say.
    func marksInWords(_ card: Card, isShort: Bool = false) -> [Span] {
        var spans: [Span] = []
        let others = model.others(at: card.id)
        if !others.isEmpty {
            let who = words.isThere(others.map(model.name).joined(separator: ", "))
            spans.append(Span(who + " ", .colour(.yellow, bold: true)))
        }
        if card.unconfirmed { spans.append(Span(words.unconfirmed + " ", .colour(.yellow))) }
        if card.spoken {
            let isWaiting = card.status == "approved" || card.status == "live"
            let text = words.floor(isNear: isWaiting && card.near, isReady: isWaiting && card.ready)
            spans.append(Span(text + " ", .colour(.cyan, bold: card.near)))
        }
        if card.pinned, card.status == "pending" || card.status == "approved" {
            spans.append(Span(words.pinned + " ", .colour(.magenta)))
        }
        if let desk = card.desk {
            let isHere = desk == model.identity?.venue
            let text = isHere ? words.handedBy(model.venueName(card.venue)) : words.handedTo(model.venueName(desk))
            spans.append(Span(text + " ", .colour(.blue)))
        }
        guard !isShort else { return spans }
        if card.noted > 0 { spans.append(Span(words.notes(card.noted) + " ", .colour(.yellow))) }
        for label in card.labels { spans.append(Span("#\(label) ", .colour(.blue))) }
        return spans
    }
}
