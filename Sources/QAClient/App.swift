// Joins the pure screen to the terminal and the link: messages in, effects out, a frame a turn.

import Glibc
import QAShared
import QASocket

/// The running program. Confined to its loop.
final class App {
    private let loop: Loop
    private let terminal: Terminal
    private let link: Link
    private var model: Model
    private var isDirty = true
    private var isUrgent = true
    private var drawn = 0
    private var drawTimer: LoopTimer?
    private var farewell: String?
    private var exitCode: Int32 = 0
    private var isQuitting = false
    private let rings: Bool

    /// Votes may change the screen fifty times a second; nobody reads so fast, and SSH lines are
    /// thin.
    private static let drawEvery = 40

    init(loop: Loop, terminal: Terminal, link: Link, model: Model, rings: Bool) {
        self.loop = loop
        self.terminal = terminal
        self.link = link
        self.model = model
        self.rings = rings
    }

    /// Runs until the person quits or the hub says not to come back; what is left to say and the
    /// exit code.
    func run() -> (farewell: String?, exitCode: Int32) {
        terminal.pressed = { [unowned self] key in
            // A pause between two keys is measured from the keys, not from the seconds.
            receive(.tick(clock))
            receive(.key(key))
        }
        terminal.resized = { [unowned self] size in receive(.resize(size)) }
        terminal.hungUp = { [unowned self] in quit(code: 128 + SIGHUP) }
        link.deliver = { [unowned self] message in receive(message) }
        link.ended = { [unowned self] code in
            farewell = model.words.closed(code)
            quit(code: 2)
        }
        link.distrusted = { [unowned self] why in
            farewell = model.words.untrusted(why)
            quit(code: 2)
        }
        for number in [SIGINT, SIGTERM, SIGHUP] {
            loop.onSignal(number) { [unowned self] in quit(code: 128 + number) }
        }
        loop.timer(afterMilliseconds: 1000, repeatMilliseconds: 1000) { [unowned self] in
            receive(.tick(clock))
        }
        receive(.tick(clock))
        link.start()
        loop.turnEnd = { [unowned self] in draw() }
        draw()
        loop.run()
        terminal.close()
        if link.unanswered > 0 {
            let left = model.words.leftBehind(link.unanswered)
            farewell = farewell.map { $0 + "\n" + left } ?? left
        }
        return (farewell, exitCode)
    }

    private func receive(_ message: Message) {
        guard !isQuitting else { return }
        switch message {
        case .key, .resize: isUrgent = true
        default: break
        }
        isDirty = true
        let (next, effects) = update(model, message)
        model = next
        for effect in effects { perform(effect) }
    }

    private func perform(_ effect: Effect) {
        switch effect {
        case .send(let command): link.send(command)
        case .drop(let id): link.drop(id)
        case .undoOnceAcked(let id): link.undoOnceAcked(id)
        case .claim(let question): link.claim(question)
        case .settle(let ordinal, let again): link.settle(ordinal, again: again)
        case .listTokens: link.listTokens()
        case .mint(let role, let venue, let label): link.mint(role, venue, label)
        case .revoke(let tag): link.revoke(tag)
        case .bell: if rings { terminal.ring() }
        case .redraw: terminal.forget()
        case .suspend: if !terminal.suspend() { receive(.notSuspended) }
        case .quit: quit(code: 0)
        }
    }

    private func quit(code: Int32) {
        guard !isQuitting else { return }
        isQuitting = true
        exitCode = code
        terminal.close()
        link.stop { [loop] in loop.stop() }
        // A hub that does not answer the goodbye must not keep anybody waiting.
        loop.timer(afterMilliseconds: 300) { [loop] in loop.stop() }
    }

    private func draw() {
        guard isDirty, !isQuitting else { return }
        let now = Int(loop.monotonicMilliseconds)
        let wait = Self.drawEvery - (now - drawn)
        if !isUrgent, wait > 0 {
            guard drawTimer == nil else { return }
            drawTimer = loop.timer(afterMilliseconds: Int64(wait)) { [unowned self] in
                drawTimer = nil
            }
            return
        }
        isDirty = false
        isUrgent = false
        drawn = now
        terminal.show(render(model, model.size))
    }

    private var clock: Clock { System.clock(monotonic: Int(loop.monotonicMilliseconds)) }
}
