import QAShared
import QATestKit
import Testing

@testable import QARelay

@Suite struct LineTroubleTests {
    @Test(arguments: LineTrouble.allCases)
    func `each reason why there is no line says what to do`(trouble: LineTrouble) {
        let sentence = trouble.sentence(Sample.cherbourg)
        #expect(sentence.hasSuffix("."))
        let actions = ["qarelay token new --data", "Ask ", "Stop ", "Set ", "Install ", "See --"]
        #expect(actions.contains(where: sentence.contains), "\(sentence)")
    }

    @Test(arguments: [
        (CloseCode.tokenInvalid, LineTrouble.codeUnknown), (.tokenRevoked, .codeRevoked), (.roleRefused, .notARelay),
        (.versionUnknown, .version), (.replaced, .codeInUse),
    ])
    func `how the hub closed says why it will not have the relay`(code: CloseCode, trouble: LineTrouble) {
        #expect(LineTrouble(closedWith: code.rawValue) == trouble)
    }

    @Test(arguments: [CloseCode.goingAway, .lineLost, .tooSlow, .normal])
    func `a line that is lost is no trouble of this kind`(code: CloseCode) {
        #expect(LineTrouble(closedWith: code.rawValue) == nil)
    }

    @Test(arguments: [
        ("1.2.3", "1.2.9", false), ("1.2.3", "1.3.3", true), ("1.2.3", "2.2.3", true), ("1.2", "1.2.1", false),
        ("0.2.0-dev", "0.2.0", false),
    ])
    func `versions differ where frames and decisions may`(one: String, other: String, differs: Bool) {
        #expect(LineTrouble.differs(one, other) == differs)
    }
}
