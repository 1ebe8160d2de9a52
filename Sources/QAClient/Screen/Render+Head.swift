import QAShared

extension Painter {
    mutating func paintHead() {
        paintTitle()
        paintSituation()
        paintNews()
        paintTabs()
        paintSections()
    }

    private mutating func paintTitle() {
        let columns = frame.size.columns
        frame.put(String(repeating: " ", count: columns), 0, 0, limit: columns, .reverse)
        let clock = model.clock.time.milliseconds > 0 ? "  " + time(model.clock.time) : ""
        let (sign, state) = connection
        let right = "\(sign) \(state)\(clock) "
        let width = TextWidth.of(right)
        var style = Style(bold: true, reverse: true)
        if model.link != .online || model.line?.isUp == false { style.colour = .red }
        frame.put(right, columns - width, 0, limit: width, style)
        let room = columns - width - 3
        let rehearsal = model.isRehearsing ? words.rehearsal + between : ""
        let title = rehearsal + (model.view.event?.title ?? words.noEvent)
        guard let talk = model.talk(model.view.event?.talk) else {
            frame.put(
                title, 1, 0, limit: room, Style(bold: true, reverse: true),
                ellipsis: glyphs.ellipsis)
            return
        }
        // The talk changes and the title does not, so the talk has the larger part.
        let phase = words.phase(model.expected.phases[talk.id] ?? talk.phase)
        let used = frame.put(
            title, 1, 0, limit: max(8, room * 2 / 5), Style(bold: true, reverse: true),
            ellipsis: glyphs.ellipsis)
        let tail = " (\(phase))"
        let tailWidth = TextWidth.of(tail)
        let talkUsed = frame.put(
            between + talk.title, 1 + used, 0, limit: room - used - tailWidth, .reverse,
            ellipsis: glyphs.ellipsis)
        frame.put(
            tail, 1 + used + talkUsed, 0, limit: room - used - talkUsed, .reverse, ellipsis: nil)
    }

    private var connection: (String, String) {
        switch model.link {
        case .connecting: (glyphs.offline, words.connecting)
        case .online:
            if let line = model.line, !line.isUp {
                (
                    glyphs.offline,
                    line.trouble.map { words.lineCut($0, waiting: line.waiting) }
                        ?? words.lineCut(since: time(line.since), waiting: line.waiting)
                )
            } else {
                (glyphs.online, words.online)
            }
        case .offline(let since, _):
            (glyphs.offline, words.offline(seconds: max(0, model.clock.monotonic - since) / 1000))
        }
    }

    private mutating func paintSituation() {
        var right = attention
        if model.unanswered > 0 {
            right.append(
                Span(words.unanswered(model.unanswered) + "  ", .colour(.yellow, bold: true)))
        }
        let (spans, people) = fitting(beside: right)
        let used = spans.reduce(0) { $0 + TextWidth.of($1.text) }
        if let people {
            right.append(Span(people, .faint))
        } else if case .offline(_, let reason?) = model.link {
            // The least needed: only where nothing else has to give way.
            let taken = used + right.reduce(4) { $0 + TextWidth.of($1.text) }
            let failure = words.failure(reason)
            if taken + TextWidth.of(failure) <= frame.size.columns {
                right.append(Span(failure, .faint))
            }
        }
        // Where even that is too much, who is connected is cut before what the event stands at, but never to nothing.
        let urgent = right.filter { $0.style.bold }.reduce(0) { $0 + TextWidth.of($1.text) }
        let room = max(10, urgent, frame.size.columns - used - 4)
        let width = min(right.reduce(0) { $0 + TextWidth.of($1.text) }, room)
        let start = frame.size.columns - width - 1
        frame.put(spans, 1, 1, limit: start - 2, ellipsis: glyphs.ellipsis)
        frame.put(right, start, 1, limit: width, ellipsis: glyphs.ellipsis)
    }

    /// What the event stands at, and who is connected, with no more words than there is room for.
    private func fitting(beside others: [Span]) -> (spans: [Span], people: String?) {
        guard model.link == .online, layout.columns.isEmpty else { return (situation(.full, named: true), nil) }
        let count = presence(of: model.tab)
        let taken = others.reduce(4) { $0 + TextWidth.of($1.text) }
        var tried: ([Span], String) = ([], "")
        let choices: [(Told, Bool)] = [(.full, true), (.short, true), (.not, true), (.short, false), (.not, false)]
        for (order, named) in choices {
            for people in [words.presence(count), words.presenceInBrief(count)] {
                tried = (situation(order, named: named), people)
                let width = tried.0.reduce(taken) { $0 + TextWidth.of($1.text) } + TextWidth.of(people)
                if width <= frame.size.columns { return tried }
            }
        }
        return tried
    }

    private enum Told { case full, short, not }

    /// Whether questions are taken; in which order, which `o` tells too; and whose terminal this is, if it is to be named.
    private func situation(_ order: Told, named: Bool) -> [Span] {
        var spans: [Span] = []
        if let event = model.view.event {
            if event.phase == .closed {
                spans.append(Span(words.eventClosed, .colour(.red, bold: true)))
            } else {
                let open = model.expected.intake
                spans.append(
                    Span(words.intake(open), open ? .plain : .colour(.yellow, bold: true)))
            }
            switch order {
            case .full: spans.append(Span(between + words.orderIs(model.expected.order)))
            case .short: spans.append(Span(between + words.orderWord(model.expected.order)))
            case .not: break
            }
        }
        if model.view.event == nil { spans.append(Span(model.hub)) }
        if let venue = model.identity?.venue, named {
            spans.append(Span(between + words.ownVenue(model.venueName(venue))))
        }
        return spans
    }

    /// Who is connected in a venue, or everywhere.
    func presence(of tab: Tab) -> Presence.Count {
        var total = Presence.Count()
        for (venue, count) in model.presence.venues where tab == .all || tab == .venue(venue) {
            total.phones += count.phones
            total.moderators += count.moderators
            total.speakers += count.speakers
            total.displays += count.displays
        }
        if tab == .all {
            total.moderators += model.presence.elsewhere.moderators
            total.speakers += model.presence.elsewhere.speakers
            total.displays += model.presence.elsewhere.displays
        }
        return total
    }

    private mutating func paintTabs() {
        let chosen = model.tabs.firstIndex(of: model.tab) ?? 0
        // Names give way before counts: every venue is to be seen.
        var labels = tabLabels(nameWidth: nil)
        for nameWidth in [8, 5] {
            let width = labels.reduce(2) { $0 + TextWidth.of($1) + 2 }
            if width > frame.size.columns { labels = tabLabels(nameWidth: nameWidth) }
        }
        paintChoices(labels, chosen: model.query == nil ? chosen : nil, row: 3)
    }

    private func tabLabels(nameWidth: Int?) -> [String] {
        model.tabs.enumerated().map { index, tab in
            var name = words.all
            var cut = ""
            if case .venue(let id) = tab {
                name = model.venueName(id)
                cut = cutMark(id, isShort: nameWidth != nil)
            }
            if let nameWidth, TextWidth.of(name) > nameWidth {
                name = name.padded(nameWidth - 1) + glyphs.ellipsis
            }
            let new = model.unseenCount(tab)
            return (index < 10 ? "\(index) " : "") + "\(name) \(model.pendingCount(tab))"
                + (new > 0 ? " \(glyphs.new)\(new)" : "") + cut
        }
    }

    /// That a venue's line is cut, in words.
    func cutMark(_ venue: VenueID, isShort: Bool) -> String {
        guard let cut = model.view.event?.venues.first(where: { $0.id == venue })?.cut else { return "" }
        return " " + words.cutSince(isShort ? nil : time(cut))
    }

    private mutating func paintSections() {
        if model.query != nil {
            let text: String
            if case .searching(let line) = model.mode {
                text = line.text
            } else {
                text = model.query ?? ""
            }
            frame.put(
                words.found(model.rows.count, text), 1, 4, limit: frame.size.columns - 2, .bold,
                ellipsis: glyphs.ellipsis)
            return
        }
        let labels = sectionLabels
        let new = model.unseenCount(model.tab)
        let sections = labels.reduce(0) { $0 + TextWidth.of($1) + 2 }
        // No count is ever written over: first the gaps give way, then the word.
        var text = new > 0 ? "\(glyphs.new) \(words.newOnes(new))" : ""
        let room = frame.size.columns - 3 - sections
        let isTight = TextWidth.of(text) > room
        let gained = labels.count - 1
        if TextWidth.of(text) > room + gained { text = "\(glyphs.new)\(new)" }
        paintChoices(labels, chosen: model.section.rawValue, row: 4, isTight: isTight)
        let width = TextWidth.of(text)
        guard new > 0, width <= room + gained else { return }
        frame.put(
            text, frame.size.columns - width - 1, 4, limit: width, .colour(.cyan, bold: true),
            ellipsis: nil)
    }

    /// The sections with their counts; the doubtful ones only if there are any, and with the key that goes there.
    private var sectionLabels: [String] {
        var labels = Section.allCases.dropLast().map { section in
            "\(words.section(section)) \(model.shelf[Place(tab: model.tab, section: section)].count)"
        }
        let count = model.shelf[Place(tab: model.tab, section: .doubtful)].count
        guard count > 0 || model.section == .doubtful else { return labels }
        // Where there is no room, the key stands for the word.
        let used = labels.reduce(0) { $0 + TextWidth.of($1) + 2 } + (model.unseenCount(model.tab) > 0 ? 6 : 0)
        let label = "D \(words.section(.doubtful)) \(count)"
        labels.append(used + TextWidth.of(label) + 4 <= frame.size.columns ? label : "D \(count)")
        return labels
    }

    /// Choices in a row, the chosen one in brackets; when they are too many, from one before the
    /// chosen.
    private mutating func paintChoices(
        _ labels: [String], chosen: Int?, row: Int, isTight: Bool = false
    ) {
        let room = frame.size.columns - 2
        let shown = labels.enumerated().map { index, label in
            if index == chosen { return "[\(label)]" }
            return isTight ? label : " \(label) "
        }
        let gap = isTight ? 1 : 0
        let widths = shown.map { TextWidth.of($0) + gap }
        var first = 0
        if let chosen {
            while first < chosen, widths[first...chosen].reduce(0, +) + 2 > room { first += 1 }
        }
        var column = 1
        if first > 0 { column += frame.put(glyphs.left, column, row, limit: 1) }
        for index in first..<labels.count {
            guard column + widths[index] <= frame.size.columns - 2 || index == chosen else {
                frame.put(glyphs.right, frame.size.columns - 2, row, limit: 1)
                return
            }
            let isChosen = index == chosen
            column += frame.put(
                shown[index], column, row, limit: room - column + 1,
                isChosen ? Style(bold: true, reverse: true) : .plain, ellipsis: glyphs.ellipsis)
            column += gap
        }
    }
}
