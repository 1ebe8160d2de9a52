import QAShared

extension Painter {
    mutating func paintTokens(_ tag: String?) {
        let area = page(words.tokensTitle)
        guard let tokens = model.tokens else {
            line(1, of: area, [Span(words.listOnItsWay, .faint)], indent: 2)
            return
        }
        let lines = tokens.map { token in
            var spans = [
                Span(words.role(token.role).padded(13) + " "),
                Span((token.venue.map(model.venueName) ?? "").padded(11) + " ", .colour(.blue)),
                Span(token.label, token.revoked ? .faint : .bold),
            ]
            if token.revoked { spans.append(Span("  (\(words.revoked))", .colour(.yellow))) }
            return spans
        }
        paintChoices(lines, chosen: model.tokenIndex(tag), area)
    }

    /// Nothing but the token, so that nobody takes a photograph of more than they mean.
    mutating func paintSecret(_ minted: MintedToken) {
        let columns = frame.size.columns
        let all = Area(column: 0, row: 0, columns: columns, rows: frame.size.rows)
        rule(0, all, words.secretTitle)
        let parts = [words.role(minted.role), minted.venue.map(model.venueName)].compactMap { $0 }
        frame.put(parts.joined(separator: between), 2, 2, limit: columns - 3)
        var row = 4
        for line in TextLines.wrap(minted.token, width: columns - 4) {
            frame.put(line, 2, row, limit: columns - 3, .bold, ellipsis: nil)
            row += 1
        }
        for text in [words.secretOnce, words.secretUse] {
            row += 1
            for line in TextLines.wrap(text, width: columns - 4) where row < layout.statusRow {
                frame.put(line, 2, row, limit: columns - 3)
                row += 1
            }
        }
    }
}
