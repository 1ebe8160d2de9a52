/// One word of a text as it was typed.
struct Token: Sendable {
    /// Lower case, with its accents.
    var text: String
    /// Without accents.
    var folded: String
    /// Which word of the text it comes from, counted by white space.
    var word: Int
    /// Whether it begins with a capital while the text around it does not.
    var isCapital: Bool
    /// Whether it was joined to the one before by a hyphen or an apostrophe.
    var isJoined: Bool
    /// Whether a comma or colon stands before it.
    var afterComma: Bool
    /// Whether it is a sign or a picture and no word: "<", "£", "😀".
    var isSign = false
    /// Whether it is all in capitals while the text around it is not.
    var isAcronym = false
    /// Whether it cannot be the word that it is spelled like, by what stands around it.
    var isMisspelled = false

    /// A sign that only adorns a text when nothing follows or nothing precedes it.
    var isPicture: Bool { isSign && text.unicodeScalars.allSatisfy { $0.properties.isEmoji && $0.value > 0x2000 } }

    init(_ text: String, word: Int, isCapital: Bool = false, isJoined: Bool = false, afterComma: Bool = false) {
        self.text = text
        folded = Letters.fold(text)
        self.word = word
        self.isCapital = isCapital
        self.isJoined = isJoined
        self.afterComma = afterComma
    }

    /// The same place in the text with another text.
    func replaced(by text: String) -> Token {
        Token(text, word: word, isCapital: isCapital, isJoined: isJoined, afterComma: afterComma)
    }
}

/// A sentence, as far as phones write any.
struct Segment: Sendable {
    var tokens: [Token] = []
    /// Whether a question mark ends it.
    var isAsked = false
}

/// Cuts a text into sentences and words.
struct Scanner {
    private var segments: [Segment] = [Segment()]
    private var current = ""
    private var startsCapital = false
    private var hasLower = false
    private var isUpper = false
    private var isJoined = false
    private var afterComma = false
    private var word = 0
    private var inWord = false
    /// Whether a comma stands in the number being read.
    private var isDecimal = false

    static func segments(of text: String) -> [Segment] {
        var scanner = Scanner()
        let scalars = Lookalikes.latin(Array(text.unicodeScalars))
        scanner.hasLower = scalars.contains { $0.properties.isLowercase }
        for index in scalars.indices { scanner.take(index, scalars) }
        scanner.close()
        return scanner.segments.filter { !$0.tokens.isEmpty }
    }

    /// "60 °C", "60°c": the letter goes with the sign.
    private static func isCelsius(_ index: Int, _ scalars: [Unicode.Scalar]) -> Bool {
        guard index >= 0, scalars[index] == "°", index + 1 < scalars.count,
            "cC".unicodeScalars.contains(scalars[index + 1])
        else { return false }
        return index + 2 >= scalars.count || !Letters.isLetter(scalars[index + 2])
    }

    private mutating func take(_ index: Int, _ scalars: [Unicode.Scalar]) {
        let scalar = scalars[index]
        if Self.isCelsius(index - 1, scalars) { return }
        let next = index + 1 < scalars.count ? scalars[index + 1] : " "
        if Letters.isLetter(scalar) || Letters.isDigit(scalar) || scalar == "²" || scalar == "³" {
            if current.isEmpty {
                startsCapital = scalar.properties.isUppercase
                isUpper = true
            }
            if !scalar.properties.isUppercase { isUpper = false }
            // "3e", "h0" stay one word; "40k" and "19h30" are parted into number and letters later.
            current.unicodeScalars.append(Letters.lower(scalar))
            inWord = true
            return
        }
        punctuation(index, scalars, next)
        if scalar.properties.isWhitespace {
            if inWord { word += 1 }
            inWord = false
        } else {
            inWord = true
        }
    }

    private mutating func punctuation(_ index: Int, _ scalars: [Unicode.Scalar], _ next: Unicode.Scalar) {
        let scalar = scalars[index]
        let isBetween = !current.isEmpty && (Letters.isLetter(next) || Letters.isDigit(next))
        let isInNumber = isBetween && Letters.isDigit(next) && current.unicodeScalars.last.map(Letters.isDigit) == true
        switch scalar {
        case "'", "’", "ʼ", "´", "`", "‘":
            join(isBetween)
        case "-", "‐", "‑", "−":
            hyphen(
                isBetween, next,
                isFirst: index == 0 || scalars[index - 1].properties.isWhitespace || scalars[index - 1] == "(")
        case ".", ",":
            stop(scalar, next, isInNumber, isLast: index + 1 >= scalars.count)
        case "?", "!", ";", "\n", "…":
            close()
            end(asked: scalar == "?")
        case ":" where isInNumber && Self.isClock(current):
            // "8:30" is "8h30".
            current.unicodeScalars.append("h")
        case ":", "(", ")":
            close()
            afterComma = true
        case "°" where Self.isCelsius(index, scalars): symbol("degres")
        case "%": symbol("pourcent")
        case "€": symbol("euro")
        case "$": symbol("dollar")
        case "&": symbol("et")
        case "+": symbol("plus")
        case "/" where current == "w" || current == "b" || current == "c":
            current.unicodeScalars.append("/")
        case "/", "^", "*":
            if isInNumber { sign(scalar) } else { close() }
            // "variance / écart type": one thing and another.
            if scalar == "/", next.properties.isWhitespace { afterComma = true }
        case "#":
            // "C#", and no "#climat".
            if current.isEmpty { close() } else { sign(scalar) }
        default:
            if Self.isSign(scalar) { sign(scalar) } else { close() }
        }
    }

    private mutating func hyphen(_ isBetween: Bool, _ next: Unicode.Scalar, isFirst: Bool) {
        let isMinus = current.isEmpty && isFirst && Letters.isDigit(next)
        let isOfName =
            isBetween && Letters.isDigit(next) && current.unicodeScalars.count == 1
            && !current.unicodeScalars.contains(where: Letters.isDigit)
        if isMinus || isOfName {
            current.unicodeScalars.append("-")
        } else {
            join(isBetween)
        }
    }

    private mutating func stop(_ scalar: Unicode.Scalar, _ next: Unicode.Scalar, _ isInNumber: Bool, isLast: Bool) {
        if isInNumber {
            current.unicodeScalars.append(".")
            isDecimal = scalar == ","
        } else if scalar == ".", current.isEmpty, Letters.isDigit(next) {
            current = "0."
        } else if scalar == "," {
            close()
            afterComma = true
        } else {
            close()
            // An abbreviation's or an address's dot ends no sentence.
            if isLast || next.properties.isWhitespace || next == "." { end(asked: false) }
        }
    }

    private static func isClock(_ text: String) -> Bool { Int(text).map { $0 < 25 } ?? false }

    private static func isSign(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "°", "©", "®", "™", "~", "|": false
        case "‰": true
        default:
            switch scalar.properties.generalCategory {
            case .mathSymbol, .currencySymbol, .otherNumber, .otherSymbol, .decimalNumber: true
            default: false
            }
        }
    }

    private mutating func join(_ isBetween: Bool) {
        close()
        isJoined = isBetween
    }

    private mutating func symbol(_ text: String) {
        close()
        segments[segments.count - 1].tokens.append(Token(text, word: word))
    }

    private mutating func sign(_ scalar: Unicode.Scalar) {
        close()
        var token = Token(String(scalar), word: word)
        token.isSign = true
        segments[segments.count - 1].tokens.append(token)
    }

    private mutating func close() {
        defer {
            current = ""
            isDecimal = false
        }
        // A mark without its letter is no word.
        guard !current.unicodeScalars.allSatisfy(Letters.isMark) else { return }
        if isDecimal { trimZeros() }
        let isFirst = segments[segments.count - 1].tokens.isEmpty
        var token = Token(
            current, word: word, isCapital: startsCapital && hasLower && !isFirst, isJoined: isJoined,
            afterComma: afterComma)
        token.isAcronym = isUpper && token.isCapital
        segments[segments.count - 1].tokens.append(token)
        isJoined = false
        afterComma = false
    }

    /// "2,50" is "2,5"; after three digits it may be a thousand, and after a full stop a version.
    private mutating func trimZeros() {
        guard let dot = current.lastIndex(of: "."), current[dot...].utf8.count != 4,
            current[dot...].dropFirst().allSatisfy(\.isNumber)
        else { return }
        while current.last == "0" { current.removeLast() }
        if current.last == "." { current.removeLast() }
    }

    private mutating func end(asked: Bool) {
        if segments[segments.count - 1].tokens.isEmpty { return }
        segments[segments.count - 1].isAsked = asked
        segments.append(Segment())
        afterComma = false
    }
}
