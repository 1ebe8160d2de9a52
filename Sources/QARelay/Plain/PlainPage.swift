import QAShared

/// One plain page as HTML: no script, the same style sheets and the same policy as the other pages.
struct PlainPage {
    /// What is said of what was just done, or of why it was not.
    struct Said {
        var text: String
        /// Of a refusal.
        var code: String?
        /// The field that is to be mended.
        var field: String?
        /// The question it is about: it is said beside it.
        var question: QuestionID?
    }

    /// What a refused form held, so that nothing is typed twice.
    struct Draft {
        var text = ""
        var name = ""
        var spoken = false
    }

    let view: PlainView
    let words: PlainWords
    /// The person's own credential, for the marks of the forms and for the link to the full page.
    let credential: String
    var said: Said?
    var draft = Draft()
    /// Makes an id that no other form has.
    let fresh: () -> CommandID

    /// The whole document.
    var source: String {
        var html = HTML()
        let title = "\(view.venue.name) – \(view.event.title)"
        PlainFrame(words: words, title: [said?.text, title].compactMap(\.self).joined(separator: " – ")).write(&html) {
            html in
            bars(&html)
            header(&html)
            html.element("main", [("id", "main")]) { html in
                html.element("div", [("id", "left")]) { html in
                    if saidAt == nil { say(&html) }
                    live(&html)
                    code(&html)
                    composer(&html)
                    mine(&html)
                }
                questions(&html)
            }
            footer(&html)
        }
        return html.source
    }

    /// The place of a page of the same person.
    func link(page: Int? = nil, language: String? = nil, fragment: String = "") -> String {
        Self.link(
            venue: view.venue.id, language: language ?? words.language, page: page ?? view.page, fragment: fragment)
    }

    /// The place of this page as it will be: the time in it makes it another one than that which is shown, so that a
    /// browser loads it even where it would only move to the fragment.
    func refreshed(fragment: String = "") -> String {
        link() + "&at=\(view.time.milliseconds)" + (fragment.isEmpty ? "" : "#" + fragment)
    }

    static func link(
        venue: VenueID, language: String, page: Int = 1, done: PlainAction? = nil, question: QuestionID? = nil,
        fragment: String = ""
    ) -> String {
        var link = "/plain?venue=\(venue.text)&lang=\(language)"
        if page > 1 { link += "&page=\(page)" }
        if let done { link += "&done=\(done.rawValue)" }
        if let question { link += "&question=\(question.text)" }
        return link + (fragment.isEmpty ? "" : "#" + fragment)
    }

    // MARK: What is around

    private func bars(_ html: inout HTML) {
        guard let request = view.floorRequest, let stage = request.stage, stage != "approved" else { return }
        html.element("aside", [("id", "bars")]) { html in
            html.element(
                "p", [("id", "turn"), ("class", stage == "live" ? "bar now" : "bar")], words("floor_\(stage)"))
        }
    }

    private func header(_ html: inout HTML) {
        html.element("header") { html in
            html.element("a", [("class", "skip"), ("href", "#questions")], words("skip"))
            html.element("div") { html in
                html.element("p", [("class", "venue"), ("id", "venue")]) { $0.words(view.venue.name) }
                html.element("h1") { $0.words(view.event.title) }
                if let talk = view.talk {
                    html.element("p") { html in
                        html.words(talk.title)
                        html.space()
                        html.words(talk.speaker, class: "muted")
                    }
                }
            }
            PlainFrame.languages(&html, view.event.languages, words) { link(language: $0) }
            if view.event.phase == .rehearsal { html.element("p", [("class", "bar")], words("rehearsal")) }
            if let since = view.lineCut {
                html.element("p", [("class", "notice")], words("plain_lineCut", minutes(since)))
            }
        }
    }

    func minutes(_ since: Timestamp) -> Int {
        max(0, view.time.milliseconds - since.milliseconds) / 60_000
    }

    private func footer(_ html: inout HTML) {
        let sums = [\VenueCounts.received, \.pending, \.shown, \.answered, \.dismissed].map { count in
            String(view.counts.reduce(0) { $0 + $1[keyPath: count] })
        }
        html.element("footer") { html in
            html.element("p", [("class", "muted")], words("counts", sums[0], sums[1], sums[2], sums[3], sums[4]))
            html.element("p", [("class", "row")]) { html in
                html.element("a", [("class", "act"), ("href", refreshed())], words("plain_refresh"))
                // The fragment stays in the browser: no server is told it, nor any page that is linked from there.
                html.element(
                    "a", [("class", "act"), ("href", "/ask?venue=\(view.venue.id.text)#device=\(credential)")],
                    words("plain_full"))
            }
        }
    }

    // MARK: What happened

    /// The question beside which it is said; nil says it above everything.
    private var saidAt: QuestionID? {
        guard let id = said?.question, view.item(id) != nil || view.own(id) != nil else { return nil }
        return id
    }

    func say(_ html: inout HTML) {
        guard let said else { return }
        let attributes: [(StaticString, String?)] = [
            ("id", "said"), ("class", said.code == nil ? "notice" : "notice problem"),
            ("role", said.code == nil ? "status" : "alert"), ("tabindex", "-1"),
        ]
        html.element("p", attributes) { html in
            html.text(said.text)
            if let code = said.code {
                html.space()
                html.element("small", "(\(code))")
            }
        }
    }

    func say(beside id: QuestionID, _ html: inout HTML) {
        if saidAt == id { say(&html) }
    }

    // MARK: The one-time code

    /// Whoever has redeemed none is asked for it above the questions, where support is what it is for.
    private func code(_ html: inout HTML) {
        guard view.needsCode else { return }
        let isWrong = said?.field == "code"
        write(PlainForm(action: .code, id: fresh()), [("id", "code-form"), ("class", "card")], &html) { html in
            html.element("label", [("for", "code")], words("voteCode"))
            html.element("p", [("id", "code-hint"), ("class", "muted")], words("voteCodeHelp"))
            html.element("div", [("class", "row")]) { html in
                html.open(
                    "input",
                    [
                        ("id", "code"), ("name", "code"), ("required", ""), ("autocomplete", "off"),
                        ("autocapitalize", "characters"), ("spellcheck", "false"),
                        ("aria-describedby", isWrong ? "said code-hint" : "code-hint"),
                        ("aria-invalid", isWrong ? "true" : nil),
                    ])
                html.element("button", words("voteCodeSend"))
            }
        }
    }

    // MARK: Asking

    private var whyClosed: String? {
        if view.event.phase == .closed { return words("plain_closed") }
        if !view.event.intake { return words("plain_paused") }
        return view.talk == nil ? words("plain_noTalk") : nil
    }

    private func composer(_ html: inout HTML) {
        if let whyClosed, draft.text.isEmpty {
            return html.element("p", [("class", "notice")], whyClosed)
        }
        let form = PlainForm(action: .ask, id: fresh())
        write(form, [("id", "composer"), ("class", "card")], &html) { html in
            if let talk = view.event.talk { hidden("talk", talk.text, &html) }
            html.element("label", [("for", "text")], words("question"))
            let isWrong = said?.field == "text"
            let describedBy = isWrong ? "said hint" : "hint"
            html.element(
                "textarea",
                [
                    ("id", "text"), ("name", "text"), ("rows", "3"), ("required", ""),
                    ("aria-describedby", describedBy), ("aria-invalid", isWrong ? "true" : nil),
                ]
            ) { $0.typed(draft.text) }
            let limits = view.limits
            html.element(
                "p", [("id", "hint"), ("class", "muted")],
                words("plain_limits", "\(limits.textMinimum)", "\(limits.textMaximum)", "\(limits.wordsMinimum)"))
            if view.event.floor, view.floorRequest == nil { floor(&html) }
            html.element("label", [("for", "name")], words("name"))
            html.element("div", [("class", "row")]) { html in
                html.open(
                    "input",
                    [
                        ("id", "name"), ("name", "name"), ("autocomplete", "name"), ("value", draft.name),
                        ("aria-invalid", said?.field == "name" ? "true" : nil),
                    ])
                html.element("button", [("class", "main")], words("send"))
            }
        }
    }

    private func floor(_ html: inout HTML) {
        html.element("fieldset", [("class", "floor")]) { html in
            html.element("legend", [("class", "unseen")], words("way"))
            html.element("label") { html in
                html.open(
                    "input",
                    [
                        ("type", "checkbox"), ("name", "spoken"), ("value", "1"), ("aria-describedby", "floor-hint"),
                        ("checked", draft.spoken ? "" : nil),
                    ])
                html.element("span", words("byVoice"))
            }
            html.element("p", [("id", "floor-hint"), ("class", "muted")], words("hint"))
        }
    }

    // MARK: Forms

    /// A form with what every form carries; what it does is marked as made for this person.
    func write(
        _ form: PlainForm, _ attributes: [(StaticString, String?)] = [], _ html: inout HTML,
        _ content: (inout HTML) -> Void
    ) {
        let all = [("method" as StaticString, "post" as String?), ("action", form.action.path)] + attributes
        html.element("form", all + [("accept-charset", "utf-8")]) { html in
            hidden("venue", view.venue.id.text, &html)
            hidden("lang", words.language, &html)
            hidden("page", String(view.page), &html)
            if let id = form.id { hidden("id", id.text, &html) }
            if let question = form.question { hidden("question", question.text, &html) }
            if let counter = form.counter { hidden("counter", String(counter), &html) }
            hidden("mark", form.mark(for: credential), &html)
            content(&html)
        }
    }

    private func hidden(_ name: String, _ value: String, _ html: inout HTML) {
        html.open("input", [("type", "hidden"), ("name", name), ("value", value)])
    }
}

extension Mine.Own {
    /// How near the turn of a floor request is; nil when it does not wait for one.
    var stage: String? {
        guard spoken else { return nil }
        switch status {
        case "approved": return ready ? "ready" : near ? "near" : "approved"
        case "live": return "live"
        default: return nil
        }
    }
}
