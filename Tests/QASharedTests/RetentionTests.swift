import Foundation
import QATestKit
import Testing

@testable import QAShared

@Suite struct RetentionTests {
    @Test func `days are counted as the calendar has them`() {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: "UTC")!
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<2_000 {
            let (year, month, day) = (1970 + generator.below(400), 1 + generator.below(12), 1 + generator.below(28))
            let date = calendar.date(from: DateComponents(year: year, month: month, day: day))!
            #expect(Retention.days(year, month, day) == Int(date.timeIntervalSince1970) / 86_400)
        }
        #expect(Retention.days(1970, 1, 1) == 0 && Retention.days(2000, 2, 29) == 11_016)
    }

    private func setup(_ date: String?, days: Int) -> EventSetup {
        var setup = Sample.setup()
        setup.date = date
        setup.retentionDays = days
        return setup
    }

    private func due(_ state: State) -> Int? { state.purgeDue.map { $0.milliseconds / Retention.day } }

    @Test func `it is counted from the end of the event's day, or of the last day on which somebody did something`()
        throws
    {
        let today = Sample.morning.milliseconds / Retention.day
        #expect(State().purgeDue == nil)
        // Long past: it counts from when the event was set up.
        #expect(due(Day(setup("2001-01-01", days: 30)).state) == today + 1 + 30)
        #expect(due(Day(setup(nil, days: 0)).state) == today + 1)
        // Still to come.
        let future = Retention.days(2011, 5, 6)
        var day = Day(setup("2011-05-06", days: 10))
        #expect(due(day.state) == future + 1 + 10)
        // What people do counts, and what the house itself does counts not.
        day.time.milliseconds = (future + 3) * Retention.day + 5
        _ = try day.ask()
        #expect(due(day.state) == future + 4 + 10)
        day.time.milliseconds = (future + 9) * Retention.day
        try day.send(.setLine(Sample.agneaux, cutSince: nil), by: Actor.house)
        try day.send(.setLine(Sample.agneaux, cutSince: day.time), by: Actor.house)
        #expect(due(day.state) == future + 4 + 10)
        try day.send(.closeEvent, by: Person.organiser)
        #expect(due(day.state) == future + 10 + 10)
    }

    @Test func `a rehearsal that ends shortens nothing`() throws {
        var day = Day(setup(nil, days: 5))
        try day.send(.startRehearsal, by: Person.organiser)
        day.time.milliseconds += 3 * Retention.day
        try day.send(.endRehearsal, by: Person.organiser)
        #expect(due(day.state) == Sample.morning.milliseconds / Retention.day + 3 + 1 + 5)
    }
}
