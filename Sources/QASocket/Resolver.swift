import Glibc

/// Looks names up without holding the loop up: the system's resolver may take many seconds.
///
/// Confined to its loop. Each look-up has a thread for its duration.
final class Resolver {
    private let inbox: Inbox<Desk>
    private let desk: Desk

    init(loop: Loop) {
        desk = Desk()
        inbox = loop.inbox(owner: desk)
    }

    /// Calls `found` later, with numeric addresses in the system's order of preference, or none.
    func addresses(of name: String, _ found: @escaping ([String]) -> Void) {
        desk.lastTicket += 1
        let ticket = desk.lastTicket
        desk.waiting[ticket] = found
        let errand = Errand(name: name, ticket: ticket, inbox: inbox)
        if !errand.start() {
            let inbox = inbox
            inbox.post { $0.serve(ticket, []) }
        }
    }

    /// Who waits for which answer.
    final class Desk {
        var lastTicket = 0
        var waiting: [Int: ([String]) -> Void] = [:]

        func serve(_ ticket: Int, _ addresses: [String]) {
            waiting.removeValue(forKey: ticket)?(addresses)
        }
    }

    /// What the thread takes along and brings back.
    private final class Errand: Sendable {
        let name: String
        let ticket: Int
        let inbox: Inbox<Desk>

        init(name: String, ticket: Int, inbox: Inbox<Desk>) {
            self.name = name
            self.ticket = ticket
            self.inbox = inbox
        }

        func start() -> Bool {
            var thread = pthread_t()
            // Handed to the thread, which takes the reference over; taken back if there is none.
            let retained = unsafe Unmanaged.passRetained(self)
            let result = unsafe pthread_create(
                &thread, nil,
                { errand in
                    if let errand = unsafe errand {
                        unsafe Unmanaged<Errand>.fromOpaque(errand).takeRetainedValue().run()
                    }
                    return nil
                }, retained.toOpaque())
            if result == 0 { pthread_detach(thread) } else { unsafe retained.release() }
            return result == 0
        }

        private func run() {
            let addresses = look()
            let ticket = ticket
            inbox.post { $0.serve(ticket, addresses) }
        }

        private func look() -> [String] {
            var hints = unsafe addrinfo()
            unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
            var results: UnsafeMutablePointer<addrinfo>?
            guard unsafe getaddrinfo(name, nil, &hints, &results) == 0 else { return [] }
            defer { unsafe freeaddrinfo(results) }
            var addresses: [String] = []
            var next = unsafe results
            while let entry = unsafe next {
                var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
                if unsafe getnameinfo(
                    entry.pointee.ai_addr, entry.pointee.ai_addrlen, &text, socklen_t(text.count), nil, 0,
                    NI_NUMERICHOST) == 0
                {
                    addresses.append(
                        String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
                }
                unsafe next = entry.pointee.ai_next
            }
            return addresses
        }
    }
}
