import ArgumentParser
import QAShared

/// What hub and relay have in common at their doors.
struct DoorOptions: ParsableArguments {
    @Option(
        name: .customLong("trusted-proxy"),
        help: ArgumentHelp(
            "A proxy whose X-Forwarded-For is believed, such as 127.0.0.1 or 192.0.2.0/24; may be given several times.",
            valueName: "address"),
        transform: DoorOptions.range)
    var trustedProxies: [AddressRange] = []

    @Option(
        help: ArgumentHelp(
            "New connections of phones a second, over all; ten times as many may come at once. Others are told to come a few seconds later.",
            valueName: "number"))
    var joinsPerSecond = Limits.joinsEverySecond

    @Option(
        help: ArgumentHelp(
            "Serve /metrics for Prometheus on this port of 127.0.0.1; 0 takes any free one.", valueName: "port"))
    var metricsPort: Int?

    private static func range(_ text: String) throws -> AddressRange {
        guard let range = AddressRange(text) else {
            throw ValidationError(
                "“\(text)” is no address. Write one such as 127.0.0.1, or a range such as 192.0.2.0/24.")
        }
        return range
    }

    func validate() throws {
        guard Limits.joinsRange.contains(joinsPerSecond) else {
            throw ValidationError("Write a number from 1 to \(Limits.joinsRange.upperBound) after --joins-per-second.")
        }
        guard metricsPort.map((0...65_535).contains) ?? true else {
            throw ValidationError(
                "\(metricsPort ?? 0) is no port. Write a number from 1 to 65535 after --metrics-port, or 0.")
        }
    }

    /// The door as told; `isOn` false is for measurements.
    func door(isOn: Bool) -> Door {
        var options = Door.Options()
        options.joinsPerSecond = joinsPerSecond
        options.trustedProxies = trustedProxies
        options.isOn = isOn
        return Door(options, key: UInt64.random(in: 0...UInt64.max))
    }

    /// Opens the port of the metrics if there is to be one, and writes which it is.
    func openMetrics(_ server: Server) throws -> MetricsDesk? {
        guard let metricsPort else { return nil }
        let desk = try MetricsDesk(server, port: metricsPort)
        Output.line("Metrics: http://127.0.0.1:\(desk.port)/metrics")
        return desk
    }
}
