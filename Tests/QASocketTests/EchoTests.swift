import QASocket
import Testing

@Suite struct EchoTests {
    @Test(arguments: [0, 1, 125, 126, 512, 513, 4096, 16_384])
    func `a message of any size comes back as it was`(size: Int) throws {
        let bench = try Bench { $0.server.echoes = true }
        bench.post { world in
            world.client.whenOpened = { world.client.send(Frame([UInt8](repeating: 97, count: size)), to: $0) }
            _ = world.dial()
        }
        #expect(bench.record.wait("client received \(size) "))
        #expect(bench.end())
        #expect(bench.record.all.contains("server closed 1001"))
    }
}
