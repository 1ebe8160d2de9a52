// DATA/control: a Unix socket of mode 0600 through which the command line talks to a running hub.
// One connection carries one request, one line of JSON, and one answer.

import Glibc
import QAShared
import QASocket

/// The address of the control socket, as the system wants it: 107 bytes at most. A longer one is reached by way of the
/// folder itself, opened for the purpose. Nil when that does not work either; `errno` says why.
private func withAddress<R>(
    _ folder: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> R
) -> R? {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    var bytes = Array((folder + "/control").utf8)
    var opened: Int32 = -1
    defer { if opened >= 0 { close(opened) } }
    if bytes.count >= MemoryLayout.size(ofValue: address.sun_path) {
        opened = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard opened >= 0 else { return nil }
        bytes = Array("/proc/self/fd/\(opened)/control".utf8)
    }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
    return unsafe withUnsafePointer(to: &address) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            unsafe body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
    }
}

/// The hub's end, on its loop.
final class ControlSocket {
    private let loop: Loop
    private let desk: ControlDesk
    private let path: String
    private let listener: Int32
    private var watch: FileWatch?
    private var talks: [Int32: Talk] = [:]

    /// One connection: the request as it comes in, then the answer as it goes out.
    private struct Talk {
        var watch: FileWatch
        var request: [UInt8] = []
        var answer: ArraySlice<UInt8> = []
    }

    private static let requestBytes = 4_096
    private static let talksAtOnce = 8

    /// Nil when the socket cannot be made; `errno` says why.
    init?(loop: Loop, folder: String, desk: ControlDesk) {
        self.loop = loop
        self.desk = desk
        path = folder + "/control"
        // Left behind by a hub that was killed; the log's lock makes sure that no other hub is there.
        unsafe unlink(path)
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard listener >= 0 else { return nil }
        let mask = umask(0o177)
        let bound = unsafe withAddress(folder) { unsafe bind(listener, $0, $1) }
        umask(mask)
        guard bound == 0, listen(listener, 8) == 0 else {
            Glibc.close(listener)
            return nil
        }
        watch = loop.watchReadable(fileDescriptor: listener) { [unowned self] in accept() }
    }

    func close() {
        watch?.cancel()
        for (descriptor, talk) in talks {
            talk.watch.cancel()
            Glibc.close(descriptor)
        }
        talks = [:]
        Glibc.close(listener)
        unsafe unlink(path)
    }

    private func accept() {
        let descriptor = Glibc.accept(listener, nil, nil)
        guard descriptor >= 0 else { return }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        guard talks.count < Self.talksAtOnce else {
            Glibc.close(descriptor)
            return
        }
        let watch = loop.watchReadable(fileDescriptor: descriptor) { [unowned self] in
            read(descriptor)
        }
        talks[descriptor] = Talk(watch: watch)
    }

    private func read(_ descriptor: Int32) {
        guard var talk = talks[descriptor] else { return }
        var buffer = [UInt8](repeating: 0, count: 1_024)
        let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
        guard count > 0 else { return end(descriptor) }
        talk.request += buffer.prefix(count)
        talks[descriptor] = talk
        if talk.request.count > Self.requestBytes { return end(descriptor) }
        guard talk.request.last == UInt8(ascii: "\n") else { return }
        do throws(Rejection) {
            let request = try ControlRequest.decode(talk.request)
            desk.handle(request, Clock.now) { [weak self] answer in self?.reply(answer, descriptor) }
        } catch {
            reply(.bad("\(error.code.rawValue): The hub did not understand the request."), descriptor)
        }
    }

    private func reply(_ answer: ControlAnswer, _ descriptor: Int32) {
        guard let talk = talks[descriptor] else { return }
        // Whatever else is said on this connection is not listened to.
        talk.watch.cancel()
        talks[descriptor]?.answer = (answer.encode() + [UInt8(ascii: "\n")])[...]
        talks[descriptor]?.watch = loop.watchWritable(fileDescriptor: descriptor) { [unowned self] in
            write(descriptor)
        }
        write(descriptor)
    }

    /// Sends as much of the answer as the socket takes; an export is longer than its buffer.
    private func write(_ descriptor: Int32) {
        guard let talk = talks[descriptor] else { return }
        let sent = unsafe talk.answer.withUnsafeBytes { bytes in
            unsafe send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
        }
        if sent < 0 {
            if errno != EAGAIN && errno != EINTR { end(descriptor) }
            return
        }
        talks[descriptor]?.answer.removeFirst(sent)
        if talk.answer.count == sent { end(descriptor) }
    }

    private func end(_ descriptor: Int32) {
        guard let talk = talks.removeValue(forKey: descriptor) else { return }
        talk.watch.cancel()
        Glibc.close(descriptor)
    }
}

/// The command line's end.
enum ControlClient {
    /// Asks the hub that runs on a folder; nil when none does.
    static func ask(_ request: ControlRequest, folder: String) -> ControlAnswer? {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        let connected = unsafe withAddress(folder) { unsafe connect(descriptor, $0, $1) }
        guard connected == 0 else { return nil }
        let bytes = request.encode() + [UInt8(ascii: "\n")]
        guard unsafe send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
        else { return .bad("control_failed: The hub does not take requests.") }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            answer += buffer.prefix(count)
        }
        return (try? ControlAnswer.decode(answer))
            ?? .bad("control_failed: The hub stopped before it answered. Look at its log, then try again.")
    }
}
