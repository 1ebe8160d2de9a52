/// A word of contents.
struct Word: Sendable, Equatable {
    /// Lower case, as typed.
    var text: String
    /// Lower case without accents.
    var folded: String
    /// What is left without its ending, without accents.
    var stem: String
    /// Whether a dictionary holds it, accents put right.
    var isKnown: Bool
    /// Whether it stands in the dictionary as typed.
    var isSpelled: Bool
    /// What it may be a form of, without accents; for an unknown word what it was probably meant to be a form of.
    var lemmas: [String]
    /// Whether it is somebody's or some place's name: never taken for a slip.
    var isName: Bool
    /// Index among the words of the text.
    var position: Int
    /// The lemmas with their classes, for the strict rule.
    var forms: [WordForm] = []
    /// Whether dictionaries know it with a capital only: a name that was typed small.
    var isProper = false
    /// What the article before it says.
    var gender: WordForm.Gender?
    /// Whether "un" or "les" stands before it: one of them is not all of them.
    var amount: Amount?
    enum Amount: Sendable, Equatable { case one, all }
    /// Whether its text shows accents somewhere: who writes them means a word without.
    var isAmongAccents = false
    /// Whether more of it may still come: the last word of a text that is being typed.
    var isPartial = false
}

/// A word that is no word of contents and yet tells questions apart, with its place in the text.
struct Spot: Sendable, Equatable {
    var name: String
    var position: Int
}

/// What two texts must share to the letter to be proved the same: finer than marks and question words, and in the order
/// of the text, since order tells who does what to whom.
struct TwinFrame: Sendable, Equatable {
    /// Question words with the preposition before them.
    var asks: [String] = []
    /// Pronouns: subject, object and owner are three.
    var persons: [String] = []
    /// Tenses and modals.
    var tenses: [String] = []
    /// Everything else that counts: prepositions, quantifiers, numbers, signs, lone letters, in French negations.
    var others: [String] = []
    /// Before which words of contents each of the others stands.
    var cuts: [Int] = []
    /// English negations, and what French leaves open.
    var denials: [String] = []
    /// English negations among the quantifiers and adverbs that they may cover.
    var scopes: [String] = []
    /// "Combien de …": what is counted stands first, and nothing can be turned.
    var isCounted = false
    /// Whether it is about something that each place has of its own.
    var isOfPlace = false

    mutating func append(_ next: TwinFrame) {
        asks += next.asks
        persons += next.persons
        tenses += next.tenses
        others += next.others
        denials += next.denials
        scopes += next.scopes
        isCounted = isCounted || next.isCounted
        isOfPlace = isOfPlace || next.isOfPlace
        cuts += next.cuts
    }
}

/// What the engine understands of a text.
struct Reading: Sendable, Equatable {
    var language = Language.other
    /// In the order of the text.
    var words: [Word] = []
    /// Function words that tell questions apart, sorted.
    var marks: [String] = []
    /// Question words, in the order of the text.
    var asks: [String] = []
    /// Negations, sorted.
    var denials: [String] = []
    /// In the order of the text; "40 000", "40k" and "quarante mille" are one.
    var numbers: [String] = []
    /// Marks, question words, negations and numbers with their places.
    var spots: [Spot] = []
    /// Marks, question words and negations for the strict rule.
    var frame = TwinFrame()
    /// Whether it speaks of the room it is asked in.
    var isOfRoom = false
    /// How many sentences ask something.
    var questions = 0
    /// Lower-case letters and digits of the whole text, accents folded, for languages that are not read.
    var plain = ""
    /// Lower-case letters, digits and signs of a text that is not read, as they are.
    var letters = ""

    /// Whether the same words asked in another room are another question to the strict rule.
    var isLocal: Bool { isOfRoom || frame.isOfPlace }

    var isEmpty: Bool { words.isEmpty && numbers.isEmpty && asks.isEmpty }
}
