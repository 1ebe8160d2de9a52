import QAShared
import QATestKit
import Testing

@testable import QARelay

@Suite struct ExportTests {
    private func lines(_ state: State, _ format: Export.Format, _ what: Export.Part? = nil) -> [String] {
        Export(state).lines(Export.Choice(format: format, what: what))
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+33 2 33", "'+33 2 33"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"), ("\n=1", "'\n=1"), ("＝1", "'＝1"), ("＋1", "'＋1"), ("－1", "'－1"), ("＠A", "'＠A"),
        (" =1", "' =1"), ("\u{200B}=1", "'\u{200B}=1"), ("\u{FEFF}@A", "'\u{FEFF}@A"), ("\"=1\"", "'\"=1\""),
        ("a;=1", "a;'=1"), ("a; =1;b;@c", "a;' =1;b;'@c"), ("a=1", "a=1"), ("1-2", "1-2"), ("'=1", "'=1"), ("", ""),
        ("Où ; pourquoi ?", "Où ; pourquoi ?"), ("e\u{301}=", "e\u{301}="),
    ])
    func `no cell begins a formula, in whichever cells a spreadsheet parts the line`(text: String, cell: String) {
        #expect(CSV.defended(text) == cell)
    }

    @Test(arguments: [
        ("oui", "oui"), ("a,b", "\"a,b\""), ("a;b", "\"a;b\""), ("dit \"oui\"", "\"dit \"\"oui\"\"\""),
        ("a\nb", "\"a\nb\""),
        (" a", "\" a\""), ("a ", "\"a \""), ("", ""),
    ])
    func `what would part cells or lines is quoted`(text: String, cell: String) {
        #expect(CSV.row([.number(-7), .text(text)]) == "-7,\(cell)")
    }

    @Test(arguments: Seeds.first(3))
    func `every form of a random day holds nobody's identity and no key`(seed: UInt64) throws {
        var day = RandomDay(seed: seed, habits: .alike)
        day.run(500)
        let state = day.state
        var secrets = Set(state.questions.map(\.asker.text)).union(state.questions.map(\.asker.tag))
        for question in state.questions { secrets.formUnion(question.voters.keys.map(\.text)) }
        for token in state.tokens { secrets.formUnion([token.id.text, token.check.text, token.id.tag]) }
        #expect(secrets.count > 20)
        for format in Export.Format.allCases {
            for what in [nil, Export.Part.questions, .counts] {
                let text = lines(state, format, what).joined(separator: "\n")
                #expect(!secrets.contains { text.contains($0) }, "\(format), \(Seeds.hint(seed))")
            }
        }
    }

    @Test func `of a question that its asker took back there is no word, and it is counted all the same`() throws {
        var day = Day()
        try day.send(.ask(text: "Ma question à moi, oubliez-la ?", name: "Anne", talk: nil), by: Person.phone(3))
        try day.send(.withdraw(day.state.question(number: 1).id), by: Person.phone(3))
        for format in [Export.Format.csv, .json] {
            let text = lines(day.state, format).joined()
            #expect(!text.contains("oubliez") && !text.contains("Anne") && text.contains("withdrawn"))
        }
        #expect(lines(day.state, .csv, .counts)[1].hasPrefix("granville,opening,1,0,0,0,1,"))
    }

    @Test(arguments: Seeds.first(3))
    func `json and geojson are read back, with a question a line and a venue a feature`(seed: UInt64) throws {
        var day = RandomDay(seed: seed)
        day.run(300)
        let all = try JSON.parse(lines(day.state, .json).joined(separator: "\n"))
        guard case .array(let questions) = all["questions"], case .array(let venues) = all["counts"] else {
            Issue.record("no lists")
            return
        }
        #expect(questions.map { $0["number"] } == day.state.questions.map { .integer($0.number) })
        #expect(venues.count == day.state.setup?.venues.count && all["totals"] != nil)
        #expect(try JSON.parse(lines(day.state, .json, .counts).joined())["questions"] == nil)
        #expect(try JSON.parse(lines(day.state, .json, .questions).joined())["totals"] == nil)
        let map = try JSON.parse(lines(day.state, .geojson).joined(separator: "\n"))
        guard case .array(let features) = map["features"] else {
            Issue.record("no features")
            return
        }
        #expect(features.count == venues.count)
        #expect(features.first?["geometry"]?["coordinates"] == .array([.number(-1.5971), .number(48.8379)]))
        #expect(features.last?["geometry"] == .null)
    }

    @Test func `an event without questions, or without anything, has headers and empty lists`() throws {
        #expect(lines(Day().state, .csv).count == 1)
        #expect(lines(Day().state, .csv, .counts).count == 1 + 9)
        #expect(lines(State(), .csv, .counts).count == 1)
        for state in [State(), Day().state] {
            #expect(try JSON.parse(lines(state, .json).joined())["questions"] == .array([]))
            #expect(try JSON.parse(lines(state, .geojson).joined())["type"] == .string("FeatureCollection"))
        }
    }

    @Test func `a hub exports what is durable, not what is on its way`() throws {
        let world = TestHub(Sample.setup(moderated: false))
        world.commitsAtOnce = false
        let phone = world.join(.audience)
        phone.order(.ask(text: "Question sur le chemin du disque ?", name: nil, talk: nil))
        var answer: ControlAnswer?
        let desk = ControlDesk(hub: world.hub) { work, done in
            do throws(LogError) { done(.success(try work(world.log))) } catch { done(.failure(error)) }
        }
        desk.handle(.export(Export.Choice(format: .csv)), world.now) { answer = $0 }
        #expect(answer?.lines.count == 1)
        world.commit()
        desk.handle(.export(Export.Choice(format: .csv)), world.now) { answer = $0 }
        #expect(answer?.lines.count == 2)
    }
}
