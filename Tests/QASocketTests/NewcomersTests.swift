import Testing

@testable import QASocket

@Suite struct NewcomersTests {
    @Test func `the one that has been here longest is dismissed first, and counts as leaving until it is gone`() {
        var newcomers = Newcomers()
        for socket in 1...5 as ClosedRange<UInt> { newcomers.came(socket) }
        newcomers.left(1)
        #expect(newcomers.dismissOldest() == 2 && newcomers.dismissOldest() == 3)
        #expect(newcomers.leaving == 2 && newcomers.count == 2)
        newcomers.left(2)
        #expect(newcomers.leaving == 1)
        // The same place in memory is another socket afterwards, and the newest.
        newcomers.left(4)
        newcomers.came(4)
        #expect(newcomers.dismissOldest() == 5 && newcomers.dismissOldest() == 4 && newcomers.dismissOldest() == nil)
    }

    @Test func `a day of sockets that come and go leaves nothing behind`() {
        var newcomers = Newcomers()
        for round in 0..<100_000 as Range<UInt> {
            newcomers.came(round % 64)
            if round % 3 == 0 { _ = newcomers.dismissOldest() }
            newcomers.left(round % 64)
        }
        #expect(newcomers.count == 0 && newcomers.leaving <= 64 && newcomers.kept <= 200)
    }
}
