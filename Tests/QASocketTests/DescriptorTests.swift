import Glibc
import QASocket
import Testing

/// In processes of their own: the limit of descriptors belongs to all that runs in one.
@Suite struct DescriptorTests {
    @Test func `row 43 without descriptors the loop rests, and serves again when there are some`() async {
        await #expect(processExitsWith: .success) {
            var limit = rlimit(rlim_cur: 256, rlim_max: 256)
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            let bench = try Bench { $0.server.echoes = true }
            let client = RawClient(port: bench.port)
            guard client.open().hasPrefix("HTTP/1.1 101 ") else { exit(1) }
            let late = RawClient.unconnected(port: bench.port)
            var hoard: [Int32] = []
            while true {
                let descriptor = open("/dev/null", O_RDONLY)
                if descriptor < 0 { break }
                hoard.append(descriptor)
            }
            late.connect()
            late.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
            let before = clock()
            usleep(600_000)
            // A busy loop would have burnt all of the time.
            guard clock() - before < CLOCKS_PER_SEC / 10 else { exit(2) }
            client.send(RawClient.frame([104, 105]))
            guard client.frame()?.text == "hi" else { exit(3) }
            for descriptor in hoard { close(descriptor) }
            guard late.rest().hasPrefix("HTTP/1.1 200 ") else { exit(4) }
            guard bench.end() else { exit(5) }
            exit(0)
        }
    }

    @Test(arguments: 0...7) func `too few descriptors at the start are named as such`(left: Int) async {
        await #expect(processExitsWith: .success) { [left] in
            let loop = try Loop()
            var limit = rlimit(rlim_cur: 64, rlim_max: 64)
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            var hoard: [Int32] = []
            var problem: SocketError?
            // What else runs in this process may give one back between the last that was taken and the attempt.
            for _ in 0..<(left == 0 ? 20 : 1) where problem == nil {
                while case let descriptor = open("/dev/null", O_RDONLY), descriptor >= 0 { hoard.append(descriptor) }
                for descriptor in hoard.suffix(left) { close(descriptor) }
                hoard.removeLast(left)
                do throws(SocketError) { _ = try Dialer(loop: loop) } catch { problem = error }
            }
            for descriptor in hoard { close(descriptor) }
            // With enough of them it begins.
            exit(problem == .outOfDescriptors || problem == nil && left > 0 ? 0 : 2)
        }
    }
}
