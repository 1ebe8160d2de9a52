// Everything that reads bytes of somebody else's, by name, with what must hold of whatever is read.
// Replayed over the corpus by every `make test`, and fed by libFuzzer in `make fuzz`; see fuzz/README.md.

import QAShared

@testable import QARelay

/// A decoder as the fuzzer sees it: takes any bytes at all, and traps when a law is broken.
struct Decoder: Sendable {
    /// Also the name of its folder in `fuzz/corpus`.
    var name: String
    /// Bytes that it is given at most.
    var maximum = 4_096
    var take: @Sendable ([UInt8]) -> Void

    /// All of them.
    static let all = [
        Decoder(name: "json", take: json), Decoder(name: "client-frame", take: clientFrame),
        Decoder(name: "server-frame", take: serverFrame), Decoder(name: "log-record", take: logRecord),
        Decoder(name: "relay-records", take: relayRecords), Decoder(name: "event-file", take: eventFile),
        Decoder(name: "credential", maximum: 200, take: credential),
        Decoder(name: "control-request", take: controlRequest),
        Decoder(name: "pairing-code", maximum: 400, take: pairingCode),
        Decoder(name: "form-body", take: formBody), Decoder(name: "cookie", maximum: 800, take: cookie),
        Decoder(name: "address", maximum: 200, take: address),
        Decoder(name: "question-lines", take: questionLines), Decoder(name: "text", maximum: 800, take: text),
        Decoder(name: "identity-token", take: identityToken), Decoder(name: "provider", take: provider),
        Decoder(name: "provider-keys", take: providerKeys),
        Decoder(name: "sign-in-attempt", maximum: 400, take: signInAttempt),
        Decoder(name: "site", maximum: 400, take: site), Decoder(name: "vote-code", maximum: 200, take: voteCode),
        Decoder(name: "plain-query", maximum: 800, take: plainQuery),
        Decoder(name: "keyboard", maximum: 800, take: keyboard), Decoder(name: "saved-outbox", take: savedOutbox),
    ]

    // MARK: JSON and frames

    private static func json(_ bytes: [UInt8]) {
        guard let value = try? JSON.parse(bytes) else { return }
        var writer = JSONWriter()
        writer.value(value)
        var again = JSONWriter()
        // A number may be written shorter than it came; what was written once stays.
        guard let second = try? JSON.parse(writer.bytes) else { fatalError("what was written cannot be read") }
        again.value(second)
        precondition(again.bytes == writer.bytes, "written twice, two ways")
    }

    private static func clientFrame(_ bytes: [UInt8]) {
        guard let frame = try? ClientFrame.decode(bytes) else { return }
        let again = try? ClientFrame.decode(frame.encode())
        if case .forward(let items, _) = frame {
            // What could not be read is answered, and not written.
            precondition(again == .forward(items), "a frame is not what it was")
        } else {
            precondition(again == frame, "a frame is not what it was")
        }
        guard case .command(let id, let command) = frame else { return }
        for role in Role.allCases {
            let stamped = StampedCommand(
                id: id, actor: Actor(role: role, venue: Field.venue, participant: id.of()), time: Field.time,
                command: command)
            guard case .entry(let entry)? = try? Field.state.decide(stamped) else { continue }
            var state = Field.state
            state.apply(entry)
            precondition((try? EntryCoding.decode(EntryCoding.encode(entry))) == entry, "an entry is not what it was")
        }
    }

    private static func serverFrame(_ bytes: [UInt8]) {
        guard let frame = try? ServerFrame.decode(bytes) else { return }
        _ = frame.encode()
        var replica = Replica(Hello(role: .moderator))
        _ = replica.hello()
        _ = replica.receive(frame)
    }

    // MARK: The log and its copies

    private static func logRecord(_ bytes: [UInt8]) {
        guard let entry = try? EntryCoding.decode(bytes) else { return }
        let again = try? EntryCoding.decode(EntryCoding.encode(entry))
        precondition(again == entry, "an entry is not what it was")
    }

    private static func relayRecords(_ bytes: [UInt8]) {
        guard let contents = try? RecordsCoding.decode(bytes) else { return }
        var before = contents.before
        for record in contents.records {
            _ = try? record.entry(after: before)
            before = record.checksum
        }
    }

    // MARK: What browsers and proxies send beside frames

    private static func formBody(_ bytes: [UInt8]) {
        guard let form = try? FormBody(bytes) else { return }
        precondition(!form.fields.isEmpty && form.fields.count <= FormBody.fieldsMaximum, "a form of no size")
        for name in form.fields.keys {
            precondition((try? form.text(name)) != nil, "a field that is not there")
            precondition((try? form.checkNames([])) == nil, "an unknown field was let through")
        }
    }

    private static func cookie(_ bytes: [UInt8]) {
        guard let setup = Field.state.setup else { return }
        let cookie = PlainCookie(event: setup, isSecure: true)
        let text = String(decoding: bytes, as: UTF8.self)
        guard let value = cookie.read(text) ?? cookie.read("\(cookie.name)=\(text)") else { return }
        precondition(Field.secrets.participant(value) == nil, "nobody makes a credential without the key")
    }

    private static func address(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        if let range = AddressRange(text) {
            let address = String(text.prefix { $0 != "/" })
            precondition(range.contains(address), "a range without its own address")
        }
        var options = Door.Options()
        options.trustedProxies = [AddressRange("127.0.0.0/8")].compactMap(\.self)
        let caller = Door(options, key: 1).caller("127.0.0.1", forwardedFor: text)
        precondition(AddressRange.bytes(caller) != nil, "a caller without an address")
    }

    // MARK: What people write down

    private static func eventFile(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self),
            case .success(let setup) = EventFile.read(text, folder: "/nonexistent/")
        else { return }
        let entry = Entry(
            sequence: 1, time: Field.time, actor: Field.actor, commandID: nil, changes: [.eventConfigured(setup)])
        precondition((try? EntryCoding.decode(EntryCoding.encode(entry))) == entry, "a setup is not what it was")
        var state = State()
        state.apply(entry)
    }

    private static func controlRequest(_ bytes: [UInt8]) {
        _ = try? ControlAnswer.decode(bytes)
        guard let request = try? ControlRequest.decode(bytes) else { return }
        precondition((try? ControlRequest.decode(request.encode())) == request, "a request is not what it was")
    }

    private static func questionLines(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        _ = try? DemoQuestions(text, venues: [Field.venue])
        let questions = (try? TrialFile(text, "lines").questions()) ?? []
        _ = try? TrialFile(text, "lines").pairs(of: questions)
    }

    // MARK: Secrets

    private static func credential(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        precondition(Field.secrets.participant(text) == nil, "nobody makes a credential without the key")
        let keys = RelayKeys(issuer: "relay", device: [1], participant: [2])
        _ = Credentials.secrets(RelayKeyRing(keys)).participant(text)
        _ = Credentials.hash(text)
    }

    private static func pairingCode(_ bytes: [UInt8]) {
        if let code = PairingCode(bytes) {
            let text = PairingCode.text(code.token, fingerprint: code.fingerprint)
            precondition(PairingCode(Array(text.utf8)) != nil, "a code is none any more")
        }
        _ = try? HubAddress(String(decoding: bytes, as: UTF8.self))
        _ = Base64URL.decode(String(decoding: bytes, as: UTF8.self))
    }

    // MARK: Texts

    private static func text(_ bytes: [UInt8]) {
        let raw = String(decoding: bytes, as: UTF8.self)
        let once = QuestionText.clean(raw)
        precondition(Array(QuestionText.clean(once).utf8) == Array(once.utf8), "cleaning twice is not cleaning once")
        for scalar in once.unicodeScalars {
            precondition(scalar.properties.generalCategory != .control, "a control")
            precondition(!(0x202A...0x202E).contains(scalar.value), "an override")
            precondition(!(0x2066...0x2069).contains(scalar.value), "an isolate")
        }
        let stamped = StampedCommand(
            id: Field.id, actor: Field.actor, time: Field.time,
            command: .ask(text: "Quel \(raw)", name: String(raw.prefix(20)), talk: nil))
        _ = try? Field.state.decide(stamped)
    }
}

/// An event for what is decoded to happen in.
enum Field {
    static let venue = known(VenueID("granville"))
    static let time = Timestamp(milliseconds: 1_259_053_200_000)
    static let id = CommandID(high: 1, low: 2)
    static let actor = Actor(role: .audience, venue: venue, participant: id.of())
    static var secrets: Secrets { Credentials.secrets(key: [UInt8](repeating: 7, count: 32)) }

    static let state: State = {
        var state = State()
        let setup = EventSetup(
            id: "journee", title: "Journée", languages: ["fr"],
            venues: [
                Venue(id: venue, name: "Granville", place: "Salle"),
                Venue(id: known(VenueID("agneaux")), name: "Agneaux", place: "Amphithéâtre"),
            ],
            talks: [Talk(id: known(TalkID("certificat")), title: "Le certificat", speaker: "Paul Hamel")],
            moderated: false, words: WordList(words: ["voleurs", "pauvre type", "враг"]))
        let asked = AskedQuestion(
            number: 1, talk: setup.talks[0].id, text: "Quel est le prix ?", name: nil, approved: true)
        for (index, change) in [Change.eventConfigured(setup), .questionAsked(asked)].enumerated() {
            state.apply(
                Entry(
                    sequence: index + 1, time: time, actor: actor,
                    commandID: index == 0 ? nil : CommandID(high: 1, low: 1), changes: [change]))
        }
        return state
    }()

    private static func known<Value>(_ value: Value?) -> Value {
        guard let value else { preconditionFailure("a short name that is none") }
        return value
    }
}
