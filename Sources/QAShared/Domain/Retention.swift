// How long an event's data may be kept, and from when on that is counted.

extension EventSetup {
    /// The end, UTC, of the day that the event file gives.
    public var endOfDay: Timestamp? {
        guard let parts = date?.split(separator: "-"), parts.count == 3, let year = Int(parts[0]),
            let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        return Timestamp(milliseconds: (Retention.days(year, month, day) + 1) * Retention.day)
    }
}

extension State {
    /// When the event's data is to be purged: its days of retention after the end of its day, or of the day on which
    /// somebody last did something in it, whichever is later. Nil for an event that was never set up.
    public var purgeDue: Timestamp? {
        guard let setup, let began else { return nil }
        let last = max(lastDone ?? began, began).milliseconds
        let end = max(setup.endOfDay?.milliseconds ?? 0, (last / Retention.day + 1) * Retention.day)
        return Timestamp(milliseconds: end + setup.retentionDays * Retention.day)
    }
}

/// Days on the calendar, in milliseconds.
public enum Retention {
    public static let day = 86_400_000
    /// So long before, the purge is announced.
    public static let announced = 7 * day

    /// Days since 1970-01-01 of a date of the Gregorian calendar.
    static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        // Years that begin in March have their leap day at the end.
        let shifted = month > 2 ? year : year - 1
        let era = shifted / 400
        let ofEra = shifted - era * 400
        let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
    }
}
