import QAShared
import QATestKit
import Testing

@Suite struct LimitsTests {
    @Test func `the usual limits of an event are within what an organiser may set`() {
        let limits = EventLimits()
        #expect(Limits.textMinimumRange.contains(limits.textMinimum))
        #expect(Limits.textMaximumRange.contains(limits.textMaximum))
        #expect(Limits.wordsMinimumRange.contains(limits.wordsMinimum))
        #expect(Limits.wordMaximumRange.contains(limits.wordMaximum))
        #expect(Limits.questionsRange.contains(limits.questionsMaximum))
        #expect(limits.textMinimum < limits.textMaximum)
        #expect(limits.wordMaximum <= limits.textMaximum)
        #expect(Limits.retentionDaysRange.contains(Sample.setup().retentionDays))
    }

    @Test func `the longest question fits into a frame, and a part holds its card`() throws {
        let text = String(repeating: "\u{1F600}", count: Limits.textMaximumRange.upperBound)
        let name = String(repeating: "\u{1F600}", count: Limits.nameMaximum)
        let ask = ClientFrame.command(numbered(1), .ask(text: text, name: name, talk: Sample.opening))
        #expect(ask.encode().count <= Limits.frameBytes)
        #expect(text.utf8.count * 2 + 500 <= Limits.chunkBytes + 500)
        #expect(Limits.textMinimumRange.upperBound < Limits.textMaximumRange.upperBound)
        #expect(Limits.chunkBytes <= Limits.frameBytes)
    }

    @Test func `a longest text can meet the most words asked for`() {
        #expect(Limits.wordsMinimumRange.upperBound * 2 - 1 <= Limits.textMaximumRange.lowerBound)
        #expect(Limits.nameMaximum <= Limits.textMaximumRange.lowerBound)
    }

    @Test func `what is shown is kept, and what is counted fits`() {
        #expect(Limits.actionsShown <= Limits.actionsKept)
        #expect(Limits.queueShown <= Limits.audienceNewest)
        #expect(Limits.queueShown + Limits.audienceNewest == 300)
        #expect(Limits.moderatorClosed <= Limits.moderatorOpen)
        #expect(Limits.batchCommands <= Limits.commandsWaiting)
        #expect(Limits.questionsRange.upperBound < Int(UInt32.max))
        #expect(Limits.suggestionsShown <= Limits.suggestionsAsked)
        #expect(Limits.suggestsEverySecond <= Limits.suggestBurst)
        #expect(Limits.suggestionsInFlight <= Limits.suggestionsEverySecond)
    }

    @Test func `what moderators say fits where it is shown`() {
        #expect(Limits.channelShown <= Limits.channelKept && Limits.notesShown <= Limits.notesMaximum)
        #expect(Limits.stageMaximum <= Limits.remarkMaximum)
        #expect(Limits.remarkMaximum * 4 <= Limits.channelBytes && Limits.channelBytes <= Limits.chunkBytes)
        let ids = (0..<Limits.bulkMaximum).map { numbered($0, Question.self) }
        let bulk = ClientFrame.command(numbered(1), .bulk(ids, .dismiss(.alreadyAnswered)))
        #expect(bulk.encode().count <= Limits.frameBytes)
        #expect(Limits.claimsEvery < Limits.presenceEvery && Limits.presenceEvery < Limits.claimLasts)
        #expect(Limits.labelsMaximum <= Limits.labelsProposed && Limits.labelLetters <= Limits.labelMaximum)
    }

    @Test func `who is waited for is waited for long enough`() {
        #expect(Limits.promptTick < Limits.crowdTick)
        #expect(Limits.crowdTick * 4 == 1_000)
        #expect(Limits.backoffBase < Limits.backoffMaximum)
        #expect(Limits.backoffMaximum <= 30_000)
        #expect(Limits.beatWithin < Limits.beatAfter)
        #expect(Limits.beatAfter + Limits.beatWithin < Limits.unwritableWithin + Limits.beatAfter)
        #expect(Limits.votesEverySecond <= Limits.voteBurst)
        #expect(Limits.actionsEverySecond <= Limits.actionBurst)
    }

    @Test func `views tick as the protocol says`() {
        #expect(ViewKind.allCases.map(\.tick) == [250, 250, 20, 20])
        #expect(Role.allCases.map { ViewKind($0) } == [.audience, .moderator, .speaker, .display, .moderator, nil])
    }
}

@Suite struct CloseCodeTests {
    @Test(arguments: CloseCode.allCases)
    func `coming back is decided by the code`(code: CloseCode) {
        let comesBack: Set<CloseCode> = [
            .goingAway, .lineLost, .tooSlow, .helloLate, .deviceInvalid,
        ]
        #expect(CloseCode.reconnects(code.rawValue) == comesBack.contains(code))
        #expect(code.reason.utf8.count <= 123)
    }

    @Test func `codes of a newer hub follow their range`() {
        #expect(CloseCode.reconnects(4_499) && CloseCode.reconnects(4_004))
        #expect(!CloseCode.reconnects(4_507) && !CloseCode.reconnects(4_999))
        #expect(!CloseCode.reconnects(1_000))
    }

    @Test func `reasons that a rejection goes before have the same name as it`() {
        for code in CloseCode.allCases where code.rawValue >= 4_500 && code != .replaced {
            #expect(Rejection.Code(rawValue: code.reason) != nil, "\(code)")
        }
    }
}
