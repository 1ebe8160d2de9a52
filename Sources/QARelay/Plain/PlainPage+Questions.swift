import QAShared

// The questions of a plain page: the live one, one's own, and those that wait.
extension PlainPage {
    func live(_ html: inout HTML) {
        guard let item = view.live else { return }
        html.element("section", [("id", "live")]) { html in
            html.element("h2", title(of: item.card))
            html.element("ul") { html in row(item, &html) }
        }
    }

    private func title(of live: Card) -> String {
        guard live.spoken else { return words("onScreen") }
        let venue = venues(of: live).first ?? ""
        // Isolated: a name of another direction must not turn the sentence around.
        return live.name.map { words("floorOf", "\u{2068}\(ShownText.of($0))\u{2069}", venue) }
            ?? words("floorIn", venue)
    }

    func questions(_ html: inout HTML) {
        let attributes: [(StaticString, String?)] = [("id", "questions"), ("aria-labelledby", "questions-title")]
        html.element("section", attributes) { html in
            html.element("h2", [("id", "questions-title")], words("questions"))
            html.element("p", [("class", "muted")]) { html in
                html.text(rule)
                html.space()
                html.text(turns)
            }
            html.element("p") { html in
                let place = refreshed(fragment: "questions")
                html.element("a", [("class", "act"), ("href", place)], words("plain_refresh"))
            }
            if view.list.isEmpty {
                html.element("p", [("class", "muted")], words("none"))
            } else {
                html.element("ul", [("id", "list")]) { html in
                    for item in view.list { row(item, &html) }
                }
            }
            pager(&html)
            if !view.answered.isEmpty {
                html.element("details", [("id", "answered")]) { html in
                    html.element("summary", words("answered", view.answered.count))
                    html.element("ul") { html in
                        for item in view.answered { row(item, &html) }
                    }
                }
            }
        }
    }

    private var rule: String {
        let isAlone = view.event.order == .byTurns && view.event.venues.count < 2
        return words("rule_" + (isAlone ? "by_votes" : view.event.order.rawValue)) + " " + words("rule_pins")
    }

    private var turns: String {
        guard view.turns.count > 1 else { return "" }
        let each = view.turns.map { venue in
            let cut = view.event.venues.first { $0.id == venue.venue }?.cut.map { minutes($0) }
            return "\(view.name(of: venue.venue)) \(venue.turns)" + (cut.map { " (\(words("plain_cut", $0)))" } ?? "")
        }
        return words("turns", each.joined(separator: ", "))
    }

    private func pager(_ html: inout HTML) {
        if view.isCutShort, view.page == view.pages {
            html.element("p", [("class", "muted")], words("plain_more", Limits.plainListed))
        }
        guard view.pages > 1 else { return }
        html.element("nav", [("class", "row"), ("aria-label", words("plain_pages"))]) { html in
            if view.page > 1 {
                let place = link(page: view.page - 1, fragment: "questions")
                html.element("a", [("class", "act"), ("rel", "prev"), ("href", place)], words("plain_before"))
            }
            html.element("span", words("plain_page", "\(view.page)", "\(view.pages)"))
            if view.page < view.pages {
                let place = link(page: view.page + 1, fragment: "questions")
                html.element("a", [("class", "act"), ("rel", "next"), ("href", place)], words("plain_after"))
            }
        }
    }

    // MARK: One question

    private func venues(of card: Card) -> [String] {
        (card.venues.isEmpty ? [card.venue] : card.venues).map(view.name(of:))
    }

    private func number(_ number: Int, _ unconfirmed: Bool) -> String {
        unconfirmed ? words("unconfirmed") : number > 0 ? words("number", number) : ""
    }

    private func span(_ name: String, _ text: String, _ html: inout HTML) {
        if !text.isEmpty { html.element("span", [("class", name)], text) }
    }

    private func row(_ item: PlainView.Item, _ html: inout HTML) {
        let card = item.card
        html.element("li", [("class", "card")]) { html in
            span("spoken", card.spoken ? words("spoken") : "", &html)
            html.words(card.text, class: "text")
            html.element("p", [("class", "meta")]) { html in
                html.words(venues(of: card).joined(separator: ", "), class: "venue")
                span("askers", card.askers > 1 ? words("askers", card.askers) : "", &html)
                span("number", number(card.number, card.unconfirmed), &html)
                if let name = card.name { html.words(name) }
                span("state", state(of: item), &html)
            }
            support(item, &html)
            say(beside: card.id, &html)
        }
    }

    private func state(of item: PlainView.Item) -> String {
        let backers = words("supporters", item.card.votes)
        switch item.stand {
        case .own: return "\(words("own")) · \(backers)"
        case .ownToo: return "\(words("ownToo")) · \(backers)"
        case .closed: return backers
        case .may(_, let isOn): return isOn ? words("supported") : ""
        }
    }

    private func support(_ item: PlainView.Item, _ html: inout HTML) {
        guard case .may(let counter, let isOn) = item.stand else { return }
        let form = PlainForm(action: isOn ? .unvote : .vote, question: item.card.id, counter: counter)
        write(form, [], &html) { html in
            html.element("button", [("class", isOn ? "unsupport" : "support")]) { html in
                html.text(words(isOn ? "plain_unsupport" : "support"))
                html.space()
                html.element("span", [("class", "count")], String(item.card.votes))
                // Buttons that read alike are told apart by those who hear them.
                html.element("span", [("class", "unseen")], " " + number(item.card.number, item.card.unconfirmed))
            }
        }
    }

    // MARK: One's own

    func mine(_ html: inout HTML) {
        guard !view.mine.isEmpty else { return }
        html.element("section", [("id", "mine"), ("aria-labelledby", "mine-title")]) { html in
            html.element("h2", [("id", "mine-title")], words("mine"))
            html.element("ul") { html in
                for own in view.mine { row(own, &html) }
            }
        }
    }

    private func row(_ own: Mine.Own, _ html: inout HTML) {
        let isMerged = own.status == "merged"
        let fate = own.fate ?? own.status
        html.element("li", [("class", fate == "live" ? "card live" : "card")]) { html in
            span("spoken", own.spoken ? words("spoken") : "", &html)
            html.words(own.text, class: "text")
            if isMerged {
                html.element("div", [("class", "joined")]) { html in
                    html.element("p", [("class", "why")], words("state_merged"))
                    if let text = own.intoText { html.words(text, class: "founder") }
                }
            }
            html.element("p", [("class", "meta")]) { html in
                span("state", PlainPage.state(of: own, words), &html)
                span("backers", isMerged ? words("supporters", own.votes) : "", &html)
                span("number", number(own.number, own.unconfirmed), &html)
            }
            if own.mayBeWithdrawn { withdraw(own, &html) }
            if view.item(own.id) == nil { say(beside: own.id, &html) }
        }
    }

    /// In two steps, as on the phone's page: what is taken back does not come again.
    private func withdraw(_ own: Mine.Own, _ html: inout HTML) {
        let which = " " + number(own.number, own.unconfirmed)
        html.element("details", [("class", "withdraw")]) { html in
            html.element("summary") { html in
                html.text(words(own.spoken ? "decline" : "withdraw"))
                html.element("span", [("class", "unseen")], which)
            }
            write(PlainForm(action: .withdraw, id: fresh(), question: own.id), [], &html) { html in
                html.element("button") { html in
                    html.text(words(own.spoken ? "declineYes" : "yes"))
                    html.element("span", [("class", "unseen")], which)
                }
            }
        }
    }

    /// What became of a question, told to whoever asked it.
    static func state(of own: Mine.Own, _ words: PlainWords) -> String {
        let fate = own.fate ?? own.status
        let reason = own.reason ?? "other"
        if own.status == "refused" { return words("state_turnedDown", PlainAnswer(code: reason).sentence(words)) }
        let isFloor =
            own.spoken && !["pending", "merged"].contains(own.status)
            && (own.status != "dismissed" || reason == "withdrawn")
        if isFloor { return words("floor_" + (own.status == "dismissed" ? reason : own.stage ?? own.status)) }
        return words(
            "state_" + (reason == "withdrawn" && fate == own.status ? reason : fate), words("reason_\(reason)"))
    }
}

extension Mine.Own {
    fileprivate var mayBeWithdrawn: Bool {
        let fate = fate ?? status
        return ["pending", "approved"].contains(fate) || fate == "live" && (status == "merged" || spoken)
    }
}
