import QAShared

/// One-time codes to be handed out: a list, or a sheet to print and cut.
struct CodeSheet {
    let title: String
    /// Where phones reach the event; nil when nobody said.
    let base: String?
    let venue: VenueID?
    let codes: [String]

    /// Where a code redeems itself. It stands behind the `#`, which browsers send to nobody.
    func link(_ code: String) -> String? {
        base.map { base in
            let root = base.hasSuffix("/") ? String(base.dropLast()) : base
            return root + (venue.map { "/ask?venue=\($0.text)" } ?? "/") + "#c=" + code
        }
    }

    /// One code a line, with its link.
    var text: String {
        codes.map { code in code + (link(code).map { "  " + $0 } ?? "") + "\n" }.joined()
    }

    /// A page of its own, which loads nothing.
    var html: String {
        var html = HTML()
        html.doctype()
        html.element("html", [("lang", "fr")]) { html in
            html.element("head") { html in
                html.open("meta", [("charset", "utf-8")])
                html.element("title", title)
                html.element("style", Self.style)
            }
            html.element("body") { html in
                for code in codes { ticket(code, &html) }
            }
        }
        return html.source
    }

    private func ticket(_ code: String, _ html: inout HTML) {
        html.element("section") { html in
            if let picture = link(code).flatMap({ QRCode($0) }) { html.picture(svg: picture.svg) }
            html.element("div") { html in
                html.element("p") { $0.words(title) }
                html.element("p", "Code de vote · Voting code")
                html.element("p", [("class", "code")], code)
                if let base { html.element("p", base) }
                html.element("p", "Un seul appareil · One device only")
            }
        }
    }

    private static let style = """
        body { margin: 8mm; font: 10pt sans-serif; display: grid; grid-template-columns: 1fr 1fr; }
        section { display: flex; gap: 4mm; align-items: center; padding: 4mm; border: 1px dashed #777; break-inside: avoid; }
        svg { width: 30mm; flex: none; }
        p { margin: 0 0 1mm; }
        .code { font: bold 15pt monospace; white-space: nowrap; }
        """
}
