import QAShared

/// What is said of the order, the floor, other moderators, and an event's organisation.
protocol TogetherWords: Sendable {
    // The head of the screen
    var turns: String { get }
    func cutSince(_ time: String?) -> String
    func lineCut(since time: String, waiting: Int) -> String
    /// The same, and why the hub cannot be had although it is there.
    func lineCut(_ trouble: LineTrouble, waiting: Int) -> String
    var rehearsal: String { get }
    func unread(_ count: Int) -> String
    func refused(_ count: Int) -> String
    func call(_ who: String, isNow: Bool, isReady: Bool) -> String
    var callTitle: String { get }
    /// Nil for a message that is not read.
    func stageState(readAt time: String?) -> String

    // Beside questions
    var noNumber: String { get }
    var unconfirmed: String { get }
    var unconfirmedNote: String { get }
    var pinned: String { get }
    func floor(isNear: Bool, isReady: Bool) -> String
    func isThere(_ who: String) -> String
    func handedTo(_ venue: String) -> String
    func handedBy(_ venue: String) -> String
    func notes(_ count: Int) -> String
    func olderNotes(_ count: Int) -> String
    var heard: String { get }
    func held(_ word: String) -> String
    var notAnnounced: String { get }

    // What happened
    func isTaken(_ question: String, by who: String, key: Character) -> String
    func handed(_ number: Int?, to venue: String) -> String
    func bulkDone(_ what: BulkAction, _ count: Int) -> String
    func microphone(_ number: Int?, _ on: Bool) -> String
    var notByHand: String { get }
    var notInQueue: String { get }
    var pinnedFirst: String { get }
    var nobodyCalled: String { get }
    var noOtherTalk: String { get }
    func tooManyMarked(_ limit: Int) -> String
    var noneFits: String { get }
    var textKept: String { get }
    var onlyOnline: String { get }
    var onlyAtHub: String { get }
    var nothingRefused: String { get }
    var wishedAgain: String { get }
    var letGo: String { get }
    var onlyLetGo: String { get }
    /// What somebody in the room wished, as if it were done.
    func wish(_ refusal: RefusalInfo) -> String
    var organisersOnly: String { get }
    var rehearsalNeedsNoQuestions: String { get }
    var alreadyRevoked: String { get }

    // Panels
    func menuTitle(_ kind: Menu.Kind, _ question: String) -> String
    func order(_ order: QueueOrder) -> String
    /// By what the next question is chosen, in the words of the pages.
    func rule(_ order: QueueOrder) -> String
    func organise(_ action: OrganiserAction, isOn: Bool) -> String
    func organise(_ action: TalkAction) -> String
    var lastTalk: String { get }
    var talksHaveQuestions: String { get }
    var mayClose: String { get }
    func limit(_ limit: EventLimit) -> String
    func role(_ role: Role) -> String
    var noVenue: String { get }
    var current: String { get }
    var peopleTitle: String { get }
    var nobodyThere: String { get }
    var you: String { get }
    var byRelay: String { get }
    var refusalsTitle: String { get }
    var refusedBecause: String { get }
    /// What was wished, and why it is not so.
    /// What became of the question meanwhile; `founder` is the one that it was merged into.
    func now(_ card: Card, founder: Int?) -> String
    func refusal(_ wish: String, _ why: String) -> String
    func writingTitle(_ purpose: Writing.Purpose, _ subject: String) -> String
    /// What is to be known while writing; nil when nothing is.
    func hint(_ purpose: Writing.Purpose) -> String?
    var rehearsalWord: String { get }
    var typeTheWord: String { get }
    var speakerMissing: String { get }
    var noNotes: String { get }
    var noMessages: String { get }
    func stageNow(_ text: String, at time: String, readAt: String?) -> String
    var noStage: String { get }
    func proposals(_ labels: [String]) -> String
    var tokensTitle: String { get }
    var revoked: String { get }
    var listOnItsWay: String { get }
    func mayRevoke(_ name: String) -> String
    var secretTitle: String { get }
    var secretOnce: String { get }
    var secretUse: String { get }

    // Keys
    var moreKeys: [[KeyWord]] { get }
    var helpOnOrder: [KeyWord] { get }
    var helpTogether: [KeyWord] { get }
    var helpOnMarks: [KeyWord] { get }
    func markedKeys(_ count: Int) -> [KeyWord]
    var moveKeys: KeyWord { get }
    func microphoneKey(_ number: Int?, _ on: Bool) -> String
    func pinKey(_ isPinned: Bool) -> String
    var menuKeys: [KeyWord] { get }
    func writingKeys(_ purpose: Writing.Purpose, about: String?, hasStage: Bool) -> [KeyWord]
    var peopleKeys: [KeyWord] { get }
    var refusalKeys: [KeyWord] { get }
    var tokenKeys: [KeyWord] { get }
    var secretKeys: [KeyWord] { get }
    var refusalsKey: String { get }
    func signsTogether(_ glyphs: Glyphs) -> String
}
