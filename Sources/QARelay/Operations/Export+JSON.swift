import QAShared

// The forms for programs: JSON of everything, and GeoJSON (RFC 7946) for a map.
extension Export {
    /// One object; each question and each venue has a line of its own.
    func json(_ what: Part?) -> [String] {
        var event = JSONWriter()
        event.object { $0.members(of: setup) }
        var lines = [
            "{\"event\":\(Self.text(event)),",
            "\"head\":\(state.head),\"time\":\"\(StructuredLog.text(of: state.time))\"",
        ]
        if what != .counts {
            lines[lines.count - 1] += ","
            lines += Self.list("questions", state.questions) { write($0, &$1) }
        }
        if what != .questions {
            var totals = DayCounts()
            for talk in state.dayCounts.joined() { totals += talk.counts }
            lines[lines.count - 1] += ","
            lines += Self.list("counts", Array(zip(setup.venues, state.dayCounts))) { write($0.0, $0.1, &$1) }
            var writer = JSONWriter()
            writer.object { $0.members(of: totals) }
            lines[lines.count - 1] += ",\"totals\":\(Self.text(writer))"
        }
        lines[lines.count - 1] += "}"
        return lines
    }

    /// A point a venue; one whose place is not known is a feature all the same, without geometry.
    var geoJSON: [String] {
        var lines = ["{\"type\":\"FeatureCollection\","]
        lines += Self.list("features", Array(zip(setup.venues, state.dayCounts))) { feature($0.0, $0.1, &$1) }
        lines[lines.count - 1] += "}"
        return lines
    }

    private func feature(_ venue: Venue, _ talks: [TalkCounts], _ writer: inout JSONWriter) {
        var sum = DayCounts()
        for talk in talks { sum += talk.counts }
        writer.object { writer in
            writer.member("type", "Feature")
            writer.member("id", venue.id.text)
            if let at = DayFrame.Place(venue) {
                writer.object("geometry") { writer in
                    writer.member("type", "Point")
                    writer.array("coordinates") { writer in
                        // A point of GeoJSON is the east first.
                        writer.value(at.longitude)
                        writer.value(at.latitude)
                    }
                }
            } else {
                writer.member("geometry", JSON.null)
            }
            writer.object("properties") { writer in
                writer.member("venue", venue.id.text)
                writer.member("name", venue.name)
                writer.member("place", venue.place)
                writer.member("expected", venue.expected)
                for (name, count) in sum.byName { writer.member(name, count) }
            }
        }
    }

    private func write(_ question: Question, _ writer: inout JSONWriter) {
        let told = told(question)
        writer.object { writer in
            writer.member("number", question.number)
            writer.member("id", question.id.text)
            writer.member("time", StructuredLog.text(of: question.asked))
            writer.member("venue", question.venue.text)
            writer.member("talk", question.talk.text)
            writer.member("kind", question.spoken ? "spoken" : "written")
            writer.member("status", question.status.word)
            writer.member(ifAny: "reason", question.reason)
            writer.member("votes", question.votes)
            if let founder = founder(of: question) { writer.member("merged_into", founder) }
            writer.member("text", told.text)
            writer.member(ifAny: "original", told.original)
            writer.member(ifAny: "name", told.name)
            writer.array("venues") { writer in state.venues(asking: question).forEach { writer.value($0.text) } }
            if !question.variants.isEmpty {
                writer.array("variants") { writer in question.variants.forEach { writer.value($0) } }
            }
            writer.member("pinned", question.isPinned)
            writer.member("turn", question.isTurn)
        }
    }

    private func write(_ venue: Venue, _ talks: [TalkCounts], _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("venue", venue.id.text)
            writer.array("talks") { writer in
                for item in talks {
                    writer.object { writer in
                        writer.member("talk", item.talk.text)
                        writer.members(of: item.counts)
                    }
                }
            }
        }
    }

    /// A member that is a list, one item a line.
    private static func list<Item>(
        _ name: String, _ items: [Item], _ write: (Item, inout JSONWriter) -> Void
    ) -> [String] {
        let lines = items.enumerated().map { index, item in
            var writer = JSONWriter()
            write(item, &writer)
            return text(writer) + (index + 1 < items.count ? "," : "")
        }
        return ["\"\(name)\":["] + lines + ["]"]
    }

    private static func text(_ writer: JSONWriter) -> String { String(decoding: writer.bytes, as: UTF8.self) }
}

extension JSONWriter {
    fileprivate mutating func members(of setup: EventSetup) {
        member("id", setup.id)
        member("title", setup.title)
        member(ifAny: "date", setup.date)
        array("languages") { writer in setup.languages.forEach { writer.value($0) } }
        array("venues") { writer in
            for venue in setup.venues {
                writer.object { writer in
                    writer.member("id", venue.id.text)
                    writer.member("name", venue.name)
                    writer.member("place", venue.place)
                    if let at = DayFrame.Place(venue) {
                        writer.member("latitude", at.latitude)
                        writer.member("longitude", at.longitude)
                    }
                    writer.member("expected", venue.expected)
                }
            }
        }
        array("talks") { writer in
            for talk in setup.talks {
                writer.object { writer in
                    writer.member("id", talk.id.text)
                    writer.member("title", talk.title)
                    writer.member("speaker", talk.speaker)
                }
            }
        }
    }
}
