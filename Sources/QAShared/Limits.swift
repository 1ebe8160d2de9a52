/// Every limit of the protocol and the hub, in one place; the phone, the terminal and the hub check the same numbers.
public enum Limits {
    // Frames
    /// Bytes of the longest frame a client may send.
    public static let frameBytes = 16_384
    /// Fragments of one message.
    public static let frameFragments = 64
    /// Bytes that one chunk of a delta aims to stay under, so that a slow line is not blocked by one frame.
    public static let chunkBytes = 16_000
    /// Nesting of JSON that is read at all.
    public static let jsonDepth = 16
    /// Members of one JSON object; each is compared with those before it to find repeated keys.
    public static let jsonMembers = 64

    // Texts, in Unicode scalar values
    public static let textMinimumRange = 1...100
    public static let textMaximumRange = 40...2_000
    public static let wordsMinimumRange = 1...10
    public static let wordMaximumRange = 15...100
    public static let nameMaximum = 40
    public static let clientNameMaximum = 40
    /// What an administrator calls a token.
    public static let labelMaximum = 60
    public static let titleMaximum = 200

    // One event
    public static let venuesMaximum = 50
    public static let talksMaximum = 100
    public static let questionsRange = 1...100_000
    public static let retentionDaysRange = 0...3_650
    /// Tokens that are not revoked.
    public static let tokensMaximum = 500
    public static let askBurstRange = 1...100
    public static let askEverySecondsRange = 1...3_600
    /// People that a venue expects.
    public static let expectedRange = 0...1_000_000

    // One-time codes
    /// Codes of an event, and of one entry.
    public static let codesMaximum = 50_000
    public static let codesOnce = 500
    /// Codes that are refused, of one device, one address and over all: so many at once, then one in so many milliseconds.
    public static let guessBurst = 5
    public static let guessEvery = 30_000
    public static let guessAddressBurst = 60
    public static let guessAddressEvery = 1_000
    public static let guessAllBurst = 500
    public static let guessAllEvery = 20

    // Floor requests
    /// Characters of the subject, at least.
    public static let subjectMinimum = 3
    /// Whoever is among so many first of the queue is told to get ready.
    public static let floorNear = 3

    // Views
    public static let queueShown = 50
    /// Questions of a talk whose order by hand comes back when the change to another order is undone.
    public static let handKept = 2_000
    public static let audienceNewest = 250
    /// Questions on one plain page, those of all of them, and own ones.
    public static let plainPage = 20
    public static let plainListed = 300
    public static let plainOwn = 100
    public static let moderatorOpen = 2_000
    public static let moderatorClosed = 500
    /// Encoded deltas of a view kept between two ticks, one for each position that somebody resumes from.
    public static let deltasKept = 64
    public static let actionsShown = 50
    /// Entries that can still be undone: those of moderators and speakers, newest kept.
    public static let actionsKept = 500

    // Duplicates
    /// Flags of one question that are kept, and shown on its card.
    public static let flagsMaximum = 5
    /// Words named on either side of a flag.
    public static let flagWords = 12
    /// Variants named on a founder's card.
    public static let variantsShown = 20
    /// Questions for which flags are asked after a start, newest first.
    public static let flagsAtStart = 500
    /// Questions shown to somebody who is typing.
    public static let suggestionsShown = 3
    /// Questions the engine names at most; the hub leaves out what this person may not be shown.
    public static let suggestionsAsked = 12
    /// Questions put to the engine by all who are typing.
    public static let suggestionsEverySecond = 300
    /// Questions put to the engine that it has not answered yet.
    public static let suggestionsInFlight = 50
    /// Milliseconds after which somebody who is typing is answered without the engine.
    public static let suggestionWithin = 2_000
    public static let suggestBurst = 4
    public static let suggestsEverySecond = 2

    // Moderators who work together
    /// Characters of a note, and of a message to the other moderators.
    public static let remarkMaximum = 500
    /// Characters of a message that covers the speaker's console.
    public static let stageMaximum = 200
    public static let notesMaximum = 50
    public static let notesShown = 5
    /// Messages of the moderators' channel that are kept, and those that are shown.
    public static let channelKept = 200
    public static let channelShown = 30
    /// Bytes of text that the messages shown may have together: a section of a delta is not cut into parts.
    public static let channelBytes = 12_000
    public static let labelsMaximum = 5
    public static let labelLetters = 20
    /// Labels that an event file proposes.
    public static let labelsProposed = 20
    public static let bulkMaximum = 200

    // The organiser's words
    public static let wordsMaximum = 1_000
    /// Characters of one of them.
    public static let wordsLetters = 40
    /// People named in a presence frame.
    public static let peopleShown = 100
    /// Tokens that the hub can tell once more, should the answer have been lost.
    public static let mintedKept = 100

    // Time, in milliseconds
    /// After which a claim that is not renewed lapses.
    public static let claimLasts = 60_000
    /// How often a changed claim is told at most.
    public static let claimsEvery = 250
    public static let promptTick = 20
    public static let crowdTick = 250
    public static let helloWithin = 10_000
    public static let presenceEvery = 1_000
    public static let dayEvery = 1_000
    /// A session that was due a frame and could not be written to for so long is closed.
    public static let unwritableWithin = 20_000

    /// How often the hub looks for those who never greet and those who cannot be written to.
    public static let sweepEvery = 2_000

    // Flow
    /// Answers (acks, rejections) a session may have waiting for longer than `answersWithin` before it is closed as too slow.
    public static let answersWaiting = 256
    public static let answersWithin = 2_000
    /// Answers a session may have waiting at all.
    public static let answersMaximum = 4_096
    /// Commands that may wait for the log before new ones are refused as `busy`.
    public static let commandsWaiting = 20_000
    /// Commands decided and appended as one batch.
    public static let batchCommands = 1_000
    /// Sockets of the crowd that are asked to write in one turn of the loop.
    public static let sliceSockets = 250
    public static let voteBurst = 20
    public static let votesEverySecond = 5
    /// New connections of phones a second, unless the administrator says otherwise; ten times as many at once.
    public static let joinsEverySecond = 400
    public static let joinsRange = 1...100_000
    /// Sockets of the port for certificates.
    public static let placesCertified = 256
    /// Of the address that a relay says its room reaches it at.
    public static let addressBytes = 300
    /// Devices that came with a credential of somebody else's, remembered at most.
    public static let believedMaximum = 50_000
    /// Places that phones do not get.
    public static let placesKept = 64
    /// So many of them, at most, are with those who have not shown yet that they run the event.
    public static let unprovenMaximum = 32
    /// Wrong tokens of one caller whose refusal is told at once; the next ones are held, twice as long each time, up to
    /// `guessHeldMaximum`, until the caller has made none for `guessForgotten`; in milliseconds.
    public static let guessesFree = 3
    public static let guessHeld = 250
    public static let guessHeldMaximum = 8_000
    public static let guessForgotten = 60_000
    /// So many first votes, by devices that had come less than `burstFresh` before, within `burstWithin` are shown to
    /// moderators, for `burstShown`; in milliseconds.
    public static let burstVotes = 300
    public static let burstWithin = 10_000
    public static let burstFresh = 60_000
    public static let burstShown = 600_000
    public static let actionBurst = 60
    public static let actionsEverySecond = 20

    // Venue relays
    /// Sequences above this one are a venue's own guesses; the log never comes near it.
    public static let guesses = 1 << 40
    /// Bytes of commands that a relay puts into one frame.
    public static let forwardBytes = 12_000
    /// Commands of a relay that the hub has not answered yet.
    public static let forwardsInFlight = 2_000
    /// Entries read from the log for one frame to a relay, and about how many bytes the frame may have.
    public static let recordsOnce = 500
    public static let recordBytes = 192_000
    /// People with a token that a relay names.
    public static let roomPeople = 40
    /// Refused commands that a venue's moderators are shown, newest kept.
    public static let refusalsShown = 50
    /// Milliseconds without its relay after which a venue counts as cut off.
    public static let lineGrace = 8_000
    /// Milliseconds after another log began in which a relay tells nobody that a question is missing: the rooms send
    /// theirs again, each in its own time.
    public static let patience = 30_000
    /// Milliseconds after which a relay calls a hub anew that will not have it.
    public static let refusedLineRetry = 30_000
    /// Milliseconds that a line held without anything having come over it, after which it counts as good.
    public static let lineProven = 60_000
    /// Milliseconds of difference between two clocks that are worth a warning, and that keep a relay from starting.
    public static let clockSkewNoted = 60_000
    public static let clockSkewMaximum = 3_600_000

    // Clients
    public static let backoffBase = 500
    public static let backoffMaximum = 30_000
    public static let beatAfter = 15_000
    public static let beatWithin = 8_000
}
