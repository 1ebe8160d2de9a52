import QAShared
import QATestKit

@testable import QARelay

/// A server of the region: the hub, or a venue's relay, with its disk, its clock and its lives.
final class Station: CustomStringConvertible {
    unowned let region: Region
    let venue: VenueID?
    var hub: Hub?
    /// Counts its lives, so that what belongs to an earlier one is known as such.
    var run = 0
    var wallOffset = 0
    /// Whether the hub was called in this moment, so that its turn has to end.
    var isTouched = false
    var armedAt = Int.max
    /// No line between it and the hub stands, and none can be made, before this time.
    var apartUntil = 0

    // A relay's own
    /// Counts the codes that it was given after the first.
    var pairings = 0
    /// When the commands that it took were given, in simulated milliseconds.
    var given: [Int: Int] = [:]
    let disk = SimulatedRelayStore()
    var uplink: RelayLine?
    /// Work that its disk has not reported on, and until when the disk is at it.
    private var pending = 0
    private var diskAt = 0
    private var reportAt = 0
    /// What its room may see, by the position of its views.
    var shown: [Int: State] = [:]
    var views: [Int: [ViewKind: RoleView]] = [:]
    var lastNoted = 0
    /// Ordinals of refused commands that a moderator meant to let go or give again, and that were let go.
    var dealtWith: Set<Int> = []
    var lettingGo: Set<Int> = []
    private var hurries = (at: 0, count: 0)

    init(_ venue: VenueID?, _ region: Region) {
        self.venue = venue
        self.region = region
    }

    var description: String { venue.map { "the relay of \($0.text)" } ?? "the hub" }
    var isHub: Bool { venue == nil }
    var code: String { "relay \(venue?.text ?? "")" + (pairings > 0 ? " \(pairings)" : "") }
    var isBusy: Bool { pending > 0 }

    /// Wakes on one millisecond after the other: a loop that spins is a fault even if it does no harm.
    func hurry(_ now: Int) {
        hurries = hurries.at == now - 1 ? (now, hurries.count + 1) : (now, 1)
        if hurries.count > 400 { region.fail("\(self) wakes without end") }
    }

    // MARK: Lives

    /// Everything but the disk is lost.
    func crash(_ crashed: Int) {
        guard crashed == run, hub != nil else { return }
        hub = nil
        run += 1
        pending = 0
        region.trace.add("crash")
        region.count(isHub ? "hub crash" : "relay crash")
        for wire in region.wires where wire.station === self && wire.isOpenAtStation {
            region.died(wire, atStation: true)
        }
        if let wire = uplink?.wire { region.died(wire, atStation: false) }
        uplink = nil
        let wait = region.isHealed ? 50 : 50 + region.generator.below(4_000)
        region.after(wait) { [self] _ in start() }
    }

    /// A hub or a relay from what is on its disk.
    func start() {
        guard hub == nil else { return }
        do throws(LogError) {
            if let venue { try startRelay(venue) } else { try startHub() }
        } catch {
            region.fail("the disk of \(self) could not be read: \(error)")
        }
        wallOffset += region.generator.below(4_000) - 2_000
        armedAt = Int.max
        region.trace.add("start")
        region.touched(self)
        region.after(0) { _ in }
    }

    private func startHub() throws(LogError) {
        let folded = try region.log.fold()
        if folded.state.canonicalBytes != region.history.state.canonicalBytes {
            region.fail("the fold of the log is not the state that was written")
        }
        hub = Hub(
            epoch: region.log.epoch, state: folded.state, ledgers: folded.ledgers, secrets: region.secrets,
            twins: emptyTwins())
        hub?.publicURL = "http://hub.test"
        region.engine = TinyEngine()
    }

    private func startRelay(_ venue: VenueID) throws(LogError) {
        let contents = try disk.contents()
        var relaying = Relaying(
            venue: venue, since: contents.line.cutSince ?? region.moment(self).wall, outbox: contents.outbox,
            refusals: contents.refusals,
            commandIDs: contents.commandIDs, nextOrdinal: contents.nextOrdinal)
        relaying.hubURL = contents.hubURL
        relaying.skew = contents.line.skew
        hub = Hub(
            epoch: Epoch(using: &region.generator), state: contents.state, ledgers: Ledgers(),
            secrets: region.secrets, twins: emptyTwins(), relaying: relaying)
        (shown, views, lastNoted) = ([:], [:], 0)
        diskAt = region.now
        reportAt = region.now
        uplink = RelayLine(self)
        uplink?.dial()
    }

    // MARK: A relay's disk

    /// Work for the disk: done in order, each after a while, and reported after another; a crash may come before each.
    func hand(_ work: RelayWork) {
        let isSlow = region.generator.percent(5) && !region.isHealed
        diskAt = max(diskAt, region.now) + (isSlow ? 200 + region.generator.below(900) : 1 + region.generator.below(12))
        let reporting = region.generator.percent(50) ? 0 : 1 + region.generator.below(12)
        let run = run
        pending += 1
        region.at(diskAt) { [self] region in
            guard self.run == run else { return }
            spoil(work)
            let report = lies(work) ? .stored : work.perform(on: disk)
            disk.nextFault = nil
            reportAt = max(reportAt, region.now + reporting)
            region.at(reportAt) { [self] region in
                guard self.run == run else { return }
                pending -= 1
                if let report { uplink?.reported(report) }
                region.touched(self)
            }
        }
    }

    private func lies(_ work: RelayWork) -> Bool {
        guard region.breach == .storeLies, case .store = work else { return false }
        return region.generator.percent(15)
    }

    /// Now and then the disk is full, or fails, or says so although the work is done.
    private func spoil(_ work: RelayWork) {
        guard !region.isHealed else { return }
        switch region.generator.below(1_000) {
        case 0..<15: disk.nextFault = (.full, false)
        case 15..<19: disk.nextFault = (.failed("io"), false)
        case 19..<23: disk.nextFault = (.failed("io"), true)
        default: return
        }
        region.count("a relay's disk fails")
    }
}
