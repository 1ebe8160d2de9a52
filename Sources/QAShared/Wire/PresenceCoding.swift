// How it is written and read who is connected.

extension JSONWriter {
    mutating func members(of presence: Presence) {
        member("type", "presence")
        array("venues") { writer in
            for (venue, count) in presence.venues {
                writer.object { writer in
                    writer.member("venue", venue.text)
                    writer.member("phones", count.phones)
                    writer.members(ofScreens: count)
                }
            }
        }
        object("elsewhere") { $0.members(ofScreens: presence.elsewhere) }
        array("people") { writer in
            for person in presence.people { writer.object { $0.members(of: person) } }
        }
        if let burst = presence.burst {
            object("burst") { writer in
                writer.member("count", burst.count)
                writer.member("time", burst.time.milliseconds)
            }
        }
        if let codes = presence.codes {
            object("codes") { writer in
                writer.member("issued", codes.issued)
                writer.member("used", codes.used)
            }
        }
    }

    mutating func members(ofScreens count: Presence.Count) {
        member("moderators", count.moderators)
        member("speakers", count.speakers)
        member("displays", count.displays)
    }
}

extension ObjectReader {
    mutating func presence() throws(Rejection) -> Presence {
        var presence = Presence()
        for json in try array("venues") {
            var reader = try ObjectReader(json, field: "venues")
            let venue: VenueID = try reader.slug("venue")
            presence.venues.append((venue, try reader.presenceCount()))
        }
        var elsewhere = try object("elsewhere")
        presence.elsewhere = try elsewhere.presenceCount()
        presence.people = try (optionalArray("people") ?? []).each { reader throws(Rejection) in try reader.person() }
        if var burst = try optionalObject("burst") {
            presence.burst = Presence.Burst(
                count: try burst.int("count"), time: Timestamp(milliseconds: try burst.int("time")))
        }
        if var codes = try optionalObject("codes") {
            presence.codes = Presence.Codes(issued: try codes.int("issued"), used: try codes.int("used"))
        }
        return presence
    }

    mutating func presenceCount() throws(Rejection) -> Presence.Count {
        var count = Presence.Count()
        count.phones = try optionalInt("phones") ?? 0
        count.moderators = try int("moderators")
        count.speakers = try int("speakers")
        count.displays = try int("displays")
        return count
    }
}
