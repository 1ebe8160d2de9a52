import QAShared

/// A line of the detail, and the question beside the selected one that it is about.
struct DetailLine: Sendable {
    var spans: [Span]
    var partner: QuestionID?

    init(_ spans: [Span], _ partner: QuestionID? = nil) {
        self.spans = spans
        self.partner = partner
    }
}

extension Painter {
    // MARK: In rows

    /// How many ask it and where, and which one may ask the same.
    func duplicateMarks(_ card: Card, fullNames: Bool) -> [Span] {
        var spans: [Span] = []
        if card.askers > 1 {
            let venues = card.venues.map { fullNames ? model.venueName($0) : venueTag($0) }
            let names = venues.isEmpty ? "" : " " + venues.joined(separator: "+")
            spans.append(Span("\(glyphs.times)\(card.askers)\(names) ", .colour(.blue, bold: true)))
        }
        if card.isOpen, let candidate = model.expected.candidates(of: card).first {
            let text = sign(candidate.flag.level) + "\(candidate.card.number) "
            spans.append(Span(text, style(candidate.flag.level)))
        }
        return spans
    }

    private func sign(_ level: FlagLevel) -> String {
        level == .strong ? glyphs.alike + glyphs.alike : glyphs.alike
    }

    private func style(_ level: FlagLevel) -> Style { .colour(.magenta, bold: level == .strong) }

    /// The first letters of a venue's name, as many as tell it from the others.
    private func venueTag(_ id: VenueID) -> String {
        let name = model.venueName(id)
        let others = (model.view.event?.venues ?? []).filter { $0.id != id }.map(\.name)
        let length = (3...max(3, name.count)).first { length in
            !others.contains { $0.prefix(length) == name.prefix(length) }
        }
        return String(name.prefix(length ?? name.count))
    }

    /// The status in one or two words; of a merged question with the number of its founder.
    func rowStatus(_ card: Card) -> String {
        guard card.status == "merged", let founder = card.into.flatMap({ model.expected.cards[$0] })
        else { return words.status(card) }
        return words.merged(into: founder.number, automatic: card.automatic)
    }

    // MARK: In the detail

    /// How many ask it, and where.
    func asking(_ card: Card) -> [Span]? {
        guard card.askers > 1 else { return nil }
        let venues = words.asked(card.askingVenues.map(model.venueName))
        return [Span("\(glyphs.times)\(card.askers)", .colour(.blue, bold: true)), Span(between + venues)]
    }

    /// The text in lines, with some of its words underlined.
    func marked(
        _ card: Card, _ indexes: Set<Int>, _ style: Style, width: Int, count: Int = .max
    ) -> [[Span]] {
        let lines =
            count == .max
            ? TextLines.wrap(card.text, width: width)
            : TextLines.wrap(card.text, width: width, count: count, ellipsis: glyphs.ellipsis)
        // The indexes are those of the hub's text; a change of it that is on its way has others.
        guard !indexes.isEmpty, model.view.cards[card.id]?.text == card.text else {
            return lines.map { [Span($0, style)] }
        }
        var index = 0
        return lines.map { line in
            var spans: [Span] = []
            for word in line.split(separator: " ", omittingEmptySubsequences: false) {
                var look = style
                look.underline = indexes.contains(index)
                if !spans.isEmpty { spans.append(Span(" ", style)) }
                spans.append(Span(String(word), look))
                index += 1
            }
            return spans
        }
    }

    /// The questions that may ask the same: who they are, what they say, and why they are proposed. All of the text
    /// of the one that the keys are for is shown.
    func candidates(of card: Card, width: Int, isWhole: Bool) -> [DetailLine] {
        let chosen = model.candidate(of: card)?.card.id
        return model.expected.candidates(of: card).flatMap { candidate in
            let (other, flag) = (candidate.card, candidate.flag)
            let isChosen = other.id == chosen
            var parts = [words.level(flag.level), model.venueName(other.venue), fullStatus(other)]
            parts.append(words.votes(other.votes))
            if other.askers > 1 { parts.append("\(glyphs.times)\(other.askers)") }
            let head = [
                Span((isChosen ? glyphs.cursor : " ") + sign(flag.level) + " ", style(flag.level)),
                Span(model.name(other), .bold),
                Span(between + parts.joined(separator: between)),
            ]
            let texts = marked(
                other, isChosen ? Set(flag.theirs) : [], .plain, width: width - 3,
                count: isChosen || isWhole ? 4 : 1)
            let why = reasons(flag, card, other, width: width - 3)
            let body = texts + why.map { [Span($0, .colour(.yellow))] }
            return [DetailLine(head, other.id)] + body.map { DetailLine([Span("   ")] + $0, other.id) }
        }
    }

    /// The status with what is to be known beside it.
    private func fullStatus(_ card: Card) -> String {
        guard let reason = card.reason, reason != "withdrawn" else { return rowStatus(card) }
        return "\(words.status(card)) (\(words.reason(reason)))"
    }

    /// Why two questions may ask the same: what speaks for it, what against it, and the words. The words, which tell
    /// most, begin a line where one is not enough.
    private func reasons(_ flag: DuplicateFlag, _ card: Card, _ other: Card, width: Int) -> [String] {
        let pro = flag.reasons.filter(\.speaksForIt).map(words.why).joined(separator: ", ")
        let contra = flag.reasons.filter { !$0.speaksForIt }.map(words.why).joined(separator: ", ")
        let mine = WordList.runs(flag.mine, of: model.view.cards[card.id]?.text ?? "")
        let theirs = WordList.runs(flag.theirs, of: model.view.cards[other.id]?.text ?? "")
        let differing = mine.isEmpty && theirs.isEmpty ? "" : words.differs(mine, theirs)
        let whole = words.reasons([pro, contra, differing].filter { !$0.isEmpty })
        if TextWidth.of(whole) <= width { return TextLines.wrap(whole, width: width) }
        return [words.reasons([pro, contra].filter { !$0.isEmpty }), differing].flatMap { part in
            TextLines.wrap(part, width: width)
        }
    }

    /// Of a merged question, the one that stands for it.
    func founder(of card: Card, width: Int) -> [DetailLine] {
        guard card.status == "merged", let founder = card.into.flatMap({ model.expected.cards[$0] })
        else { return [] }
        let title = words.mergedInto(model.name(founder), automatic: card.automatic)
        let parts = [model.venueName(founder.venue), words.status(founder), words.votes(founder.votes)]
        return [
            DetailLine([
                Span(title, .colour(.blue, bold: true)), Span(between + parts.joined(separator: between)),
            ])
        ] + TextLines.wrap(founder.text, width: width - 3).map { DetailLine([Span("   " + $0)]) }
    }

    /// Of a founder, those merged into it, a line each.
    func variants(of card: Card, width: Int) -> [DetailLine] {
        let variants = model.expected.variants(of: card)
        let leaving = model.leavingVariant(of: card)?.id
        var lines = variants.map { variant in
            let mark = variant.id == leaving ? glyphs.cursor : " "
            let waits = model.expected.waiting.contains(variant.id) ? glyphs.waiting : " "
            var parts = [model.venueName(variant.venue)]
            if variant.automatic { parts.append(words.byItself) }
            return DetailLine(
                [
                    Span(mark + waits, .colour(.cyan, bold: true)),
                    Span(model.name(variant), .bold),
                    Span(between + parts.joined(separator: between) + between + variant.text),
                ], variant.id)
        }
        let others = card.askers - 1 - variants.count
        if others > 0 { lines.append(DetailLine([Span("  " + words.more(others), .faint)])) }
        return lines
    }

    // MARK: Going to the chosen one

    /// The first line to draw so that the chosen partner is seen.
    func scroll(toChoiceOf card: Card, _ lines: [DetailLine], _ rows: Int) -> Int {
        guard let choice = model.choice, choice.question == card.id,
            choice.partner != model.partners(of: card).first,
            let first = lines.firstIndex(where: { $0.partner == choice.partner }),
            let last = lines.lastIndex(where: { $0.partner == choice.partner })
        else { return 0 }
        return max(0, min(first, last - rows + 1))
    }

    /// The same for the whole page.
    var scrollToChoice: Int {
        guard let card = model.selected else { return 0 }
        let rows = layout.body.rows - 1
        return scroll(
            toChoiceOf: card, detail(card, width: layout.body.columns - 2, isWhole: true), rows)
    }

    // MARK: At the foot

    /// What the keys for duplicates would do now.
    var duplicateKeys: [KeyWord] {
        guard let card = model.selected else { return [] }
        var keys: [KeyWord] = []
        if let candidate = model.candidate(of: card) {
            if case .joins(let id, _, let founder) = model.expected.pairing(card, candidate.card) {
                let number = model.expected.cards[id]?.number ?? 0
                keys.append(KeyWord("m", words.joins(number, into: founder)))
            }
            keys.append(KeyWord("f", words.isOther))
        }
        if card.status == "merged" {
            keys.append(KeyWord("s", words.leaves(card.number)))
        } else if !card.variants.isEmpty {
            keys.append(KeyWord("s", words.leaves(model.leavingVariant(of: card)?.number)))
        }
        if model.partners(of: card).count > 1 {
            let isAmongAlike = model.expected.candidates(of: card).count > 1
            keys.append(KeyWord("c", isAmongAlike ? words.nextCandidate : words.nextVariant))
        }
        return keys
    }

    // MARK: Uniting with any other

    /// What Enter would do; nil when it would do nothing.
    func outcome(of uniting: Mode.Uniting) -> String? {
        guard let card = model.expected.cards[uniting.id], let other = model.target(of: uniting),
            case .joins(let id, _, let founder) = model.expected.pairing(card, other)
        else { return nil }
        return words.joins(model.expected.cards[id]?.number ?? 0, into: founder)
    }

    /// The question that Enter is for, and below it the one that is to be united with it.
    mutating func paintTarget(_ uniting: Mode.Uniting, _ card: Card) {
        let area = layout.detail
        var lines: [[Span]] = []
        for shown in [model.target(of: uniting), card].compactMap({ $0 }) {
            let sign = shown.id == card.id ? "  " : glyphs.cursor + " "
            lines.append([Span(sign, .colour(.cyan, bold: true))] + head(shown))
            lines += TextLines.wrap(shown.text, width: area.columns - 4).map { [Span("  " + $0, .bold)] }
        }
        paint(lines, area, scroll: 0)
    }

    /// The questions found, where the list is.
    mutating func paintHits(_ uniting: Mode.Uniting) {
        let area = layout.list
        frame.clear(area)
        let chosen = model.hitIndex(uniting)
        let first = max(0, min(chosen - area.rows / 2, uniting.hits.count - area.rows))
        if uniting.hits.isEmpty {
            line(1, of: area, [Span(words.noHit(uniting.line.text), .faint)], indent: 2)
        }
        for (index, id) in uniting.hits.enumerated().dropFirst(first).prefix(area.rows) {
            guard let card = model.expected.cards[id] else { continue }
            let status = rowStatus(card)
            let spans = [
                Span(index == chosen ? glyphs.cursor : " ", .colour(.cyan, bold: true)),
                Span(String(card.number).padded(6, right: true) + " ", .bold),
                Span("\(glyphs.votes)\(card.votes)".padded(5) + " "),
                Span(model.venueName(card.venue).padded(10) + " ", .colour(.blue)),
                Span(status.padded(max(9, TextWidth.of(status))) + " ", style(card)),
                Span(card.text),
            ]
            line(index - first, of: area, spans)
            guard index == chosen else { continue }
            frame.restyle(area.column, area.row + index - first, count: area.columns) { $0.reverse = true }
        }
    }
}

extension FlagReason {
    /// Whether it is a reason to take the two for the same.
    var speaksForIt: Bool {
        switch self {
        case .sameWording, .sameType, .sameNumbers, .sameNames, .sameWords, .likeWords: true
        case .otherLanguage, .unreadLanguage, .otherType, .otherNumbers, .otherNames, .negation, .tense, .order,
            .otherRoom, .narrower, .dismissed, .answered:
            false
        }
    }
}
