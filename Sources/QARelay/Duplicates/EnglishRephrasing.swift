// English ways of asking one thing.

extension Rephrasing {
    mutating func rephraseEnglish() {
        spellLose()
        tellFuture()
        tellPlan()
        askWhetherPossible()
        askHowTo()
        leaveOutIt()
        if !compareEnglish() { askCost() }
    }

    /// "if I loose my phone": behind a person or a modal stands the verb.
    private mutating func spellLose() {
        for index in tokens.indices where ["loose", "looses", "loosing"].contains(word(index)) {
            guard isOneOf(Self.beforeVerbs, at: index - 1) else { continue }
            let meant = ["loose": "lose", "looses": "loses", "loosing": "losing"][word(index)] ?? "lose"
            replace(index..<index + 1, by: [meant])
        }
    }

    private static let beforeVerbs: Set<String> = [
        "i", "we", "you", "they", "to", "can", "will", "would", "could", "might", "may", "not", "people", "users",
    ]

    /// "Are you going to close?" is "Will you close?".
    private mutating func tellFuture() {
        for index in tokens.indices where holds(["going", "to"], at: index) {
            var place = index - 1
            while place > max(-1, index - 7), !isOneOf(["is", "are", "am"], at: place) { place -= 1 }
            guard place >= 0, isOneOf(["is", "are", "am"], at: place),
                !(place..<index).contains(where: { isOneOf(["not", "people", "who", "that"], at: $0) }),
                mark(index + 2) != nil || isContent(index + 2)
            else { return }
            // "Is he going to school?" goes somewhere: a verb has no article behind it, and the next word none before.
            guard !isOneOf(["the", "a", "an", "school", "work", "bed", "my", "your", "our"], at: index + 2) else {
                return
            }
            tokens[place] = tokens[place].replaced(by: "will")
            tokens.removeSubrange(index...index + 1)
            return
        }
    }

    /// "When is the library opening?" is "When will the library open?".
    private mutating func tellPlan() {
        guard let start = tokens.indices.prefix(4).first(where: { word($0) == "when" }),
            isOneOf(["is", "are"], at: start + 1), let last = tokens.lastIndex(where: { !$0.isSign }),
            last > start + 2, word(last).hasSuffix("ing")
        else { return }
        let lemmas = vocabulary.entry(tokens[last].text, grammar.language).lemmas
        guard let verb = lemmas.filter({ !$0.hasSuffix("ing") }).min() else { return }
        tokens[start + 1] = tokens[start + 1].replaced(by: "will")
        tokens[last] = tokens[last].replaced(by: verb)
    }

    /// "Is it possible to …", "Are we able to …" ask "Can we …".
    private mutating func askWhetherPossible() {
        for start in tokens.indices.prefix(5) {
            guard let end = end(of: Self.possible, at: start), isContent(end) || mark(end) != nil else { continue }
            return replace(start..<end, by: ["can", "we"])
        }
    }

    private static let possible = [
        "is it possible to", "is it possible for us to", "are we able to", "is there a way to", "is there any way to",
        "can one",
    ].map { $0.split(separator: " ").map(String.init) }

    /// "How can I …", "How do I …", "How do you go about …" ask "How to …".
    private mutating func askHowTo() {
        for start in tokens.indices.prefix(5) where word(start) == "how" {
            for phrase in [["can", "i"], ["do", "i"], ["does", "one"], ["can", "one"]]
            where holds(phrase, at: start + 1) {
                guard isContent(start + 3) else { return }
                replace(start + 1..<start + 3, by: ["to"])
                return
            }
        }
    }

    /// "Did you benchmark it against Kafka?" is "Did you benchmark against Kafka?". Not with other verbs: who leaves it in Paris
    /// does not leave in Paris.
    private mutating func leaveOutIt() {
        guard let index = tokens.indices.first(where: { word($0) == "it" && word($0 + 1) == "against" }),
            isOneOf(["benchmark", "test", "measure", "evaluate", "validate"], at: index - 1)
        else { return }
        tokens.remove(at: index)
    }

    private mutating func compareEnglish() -> Bool {
        guard let index = tokens.firstIndex(where: { ["difference", "differences"].contains($0.folded) }),
            word(index + 1) == "between",
            case let told = (0..<index).filter({ grammar.words[word($0)] != .empty }).map(word),
            Self.framing.contains(told.joined(separator: " "))
        else { return false }
        return compare(index + 2..<tokens.count)
    }

    /// Whether there is one is another question.
    private static let framing: Set<String> = ["what is", "what are", "what", ""]

    /// "What is the price of X?", "How much is the X?", "What does X cost?" are "How much does X cost?".
    private mutating func askCost() {
        for start in tokens.indices.prefix(5) {
            if let end = end(of: Self.prices, at: start), isPlain(end..<tokens.count) {
                return replace(start..<end, by: ["_price"])
            }
            if let end = end(of: [["how", "much", "is"], ["how", "much", "are"]], at: start),
                isOneOf(["the", "a", "an", "one", "my", "your", "our"], at: end), isPlain(end + 1..<tokens.count)
            {
                return replace(start..<end, by: ["_price"])
            }
            guard let end = end(of: [["how", "much"], ["what"]], at: start),
                let cost = tokens.indices.first(where: { $0 > end && ["cost", "costs"].contains(word($0)) }),
                isOneOf(["does", "do", "will", "would", "did"], at: end)
            else { continue }
            tokens.remove(at: cost)
            return replace(start..<end, by: ["_price"])
        }
    }

    private static let prices = [
        "what is the price of", "what are the prices of", "what s the price of",
    ].map { $0.split(separator: " ").map(String.init) }
}
