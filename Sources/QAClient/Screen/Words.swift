// Every word and sentence that the terminal shows; one file a language holds them.

import QAShared

/// A key and what it does, in one word for the foot of the screen.
struct KeyWord: Sendable {
    var key: String
    var word: String

    init(_ key: String, _ word: String) {
        self.key = key
        self.word = word
    }
}

/// A language. The compiler sees to it that none lacks a sentence.
protocol Words: DuplicateWords, TogetherWords {
    var code: String { get }
    /// With the space before it that the language wants.
    var colon: String { get }
    var yesKeys: Set<Key> { get }

    // The head of the screen
    var noEvent: String { get }
    var connecting: String { get }
    var online: String { get }
    func offline(seconds: Int) -> String
    /// Why there is no connection, from what libwebsockets says of it; its own words where these are not known.
    func failure(_ reason: String) -> String
    func unanswered(_ count: Int) -> String
    func intake(_ open: Bool) -> String
    var eventClosed: String { get }
    func orderIs(_ order: QueueOrder) -> String
    func orderWord(_ order: QueueOrder) -> String
    func phase(_ phase: TalkPhase) -> String
    func presence(_ count: Presence.Count) -> String
    /// The same where there is little room.
    func presenceInBrief(_ count: Presence.Count) -> String
    func burst(_ count: Int) -> String
    func burstTold(_ count: Int, _ time: String) -> String
    func codes(_ codes: Presence.Codes) -> String
    var all: String { get }
    func section(_ section: Section) -> String
    func newOnes(_ count: Int) -> String
    func ownVenue(_ name: String) -> String

    // Questions
    func number(_ number: Int) -> String
    func status(_ card: Card) -> String
    func reason(_ word: String) -> String
    func votes(_ count: Int) -> String
    var original: String { get }
    var waitingForAnswer: String { get }
    var blockedDevice: String { get }
    /// Where the words of a question were.
    var erasedText: String { get }
    func sameDevice(_ count: Int) -> String
    func otherVenue(_ name: String) -> String
    func empty(_ section: Section) -> String
    var nobodyLive: String { get }
    var queue: String { get }
    func more(_ count: Int) -> String

    // What happened
    func done(_ what: String, number: Int?, talk: String?, reason: String?) -> String
    func orderSet(_ order: QueueOrder) -> String
    func doesNotFit(_ card: Card) -> String
    /// Done here, and to be sent when the line is back.
    func later(_ what: String) -> String
    func undoing(_ what: String) -> String
    func undone(_ what: String) -> String
    func droppedUnsent(_ what: String) -> String
    var nothingToUndo: String { get }
    var alreadyUndone: String { get }
    var nothingDone: String { get }
    var nothingSelected: String { get }
    /// In a venue, or anywhere.
    func nothingNew(_ venue: String?) -> String
    func noSuchNumber(_ number: Int) -> String
    /// Keys do nothing until there is a pause or Escape.
    var keysIgnored: String { get }
    var draftKept: String { get }
    var draftFound: String { get }
    var notSavedOnDisk: String { get }
    var noShellAbove: String { get }
    func rejection(_ rejection: Rejection) -> String
    func who(_ action: ActionInfo, venue: String?, isOwn: Bool) -> String
    var undoneMark: String { get }

    // Questions to the moderator
    var chooseReason: String { get }
    func mayBlock(_ number: Int, on: Bool) -> String
    func mayQuit(_ count: Int) -> String
    func editing(_ number: Int) -> String
    var editKeys: [KeyWord] { get }
    var changedMeanwhile: String { get }
    var talksTitle: String { get }
    var talksKeys: [KeyWord] { get }
    var historyTitle: String { get }
    var historyKeys: [KeyWord] { get }
    var historyEmpty: String { get }
    var search: String { get }
    func found(_ count: Int, _ query: String) -> String
    var goTo: String { get }
    var detailKeys: [KeyWord] { get }
    var yesNoKeys: [KeyWord] { get }
    var deafKeys: [KeyWord] { get }
    var quitKeys: [KeyWord] { get }
    var searchKeys: [KeyWord] { get }
    var goToKeys: [KeyWord] { get }
    var helpTitle: String { get }
    var helpKeys: [KeyWord] { get }
    func tooSmall(_ needed: Size, _ size: Size) -> String

    /// Two rows for the foot of the screen, in each the most needed first; `?` and `q` always fit.
    var keys: [[KeyWord]] { get }
    /// What the signs beside the questions mean.
    func signs(_ glyphs: Glyphs) -> String
    /// Every key in a sentence; one without a key is a heading.
    var help: [KeyWord] { get }

    // Before and after the screen
    func closed(_ code: UInt16) -> String
    func leftBehind(_ count: Int) -> String
    var notATerminal: String { get }
    var tokenAsArgument: String { get }
    var noToken: String { get }
    func tokenFileUnreadable(_ path: String, _ why: String) -> String
    func tokenFileOpenToOthers(_ path: String) -> String
    func tokenFileEmpty(_ path: String) -> String
    func badHub(_ text: String) -> String
    /// Ends the program: trying again would not help.
    func untrusted(_ why: Distrust) -> String
    func authoritiesUnusable(_ path: String) -> String
    func badFingerprint(_ text: String) -> String
    var oneTrust: String { get }
    var trustWithoutTLS: String { get }
    var certificateAlone: String { get }
    var passwordPrompt: String { get }
    func showsCertificate(_ subject: String, _ issuer: String) -> String
}

/// The languages there are.
enum Catalogue {
    static let languages = ["fr", "en"]

    /// The catalogue of a language; French when there is none.
    static func words(_ language: String?) -> any Words {
        language == "en" ? English() : French()
    }

    /// The language that a locale such as `fr_FR.UTF-8` names, if there is a catalogue for it.
    static func language(ofLocale locale: String) -> String? {
        let code = String(locale.prefix { $0.isLetter }).lowercased()
        return languages.contains(code) ? code : nil
    }
}
