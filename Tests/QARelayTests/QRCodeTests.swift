import Testing

@testable import QARelay

@Suite struct QRCodeTests {
    static let link = "http://192.168.1.20:8080/ask?venue=granville"

    @Test func `a join link becomes a square with three finder patterns`() throws {
        let code = try #require(QRCode(Self.link))
        // Version 4 is the smallest that holds 44 bytes at level M.
        #expect(code.size == 33)
        let finder = [
            "#######", "#     #", "# ### #", "# ### #", "# ### #", "#     #", "#######",
        ]
        let far = code.size - 7
        for (row, column) in [(0, 0), (0, far), (far, 0)] {
            let seen = (0..<7).map { line in
                (0..<7).map { code[row + line, column + $0] ? "#" : " " }.joined()
            }
            #expect(seen == finder)
        }
        #expect(!code[-1, 0] && !code[0, code.size] && !code[7, 0] && !code[0, 7])
    }

    @Test func `the same text gives the same code, another text another one`() throws {
        let code = try #require(QRCode(Self.link))
        #expect(QRCode(Self.link)?.svg == code.svg)
        #expect(QRCode(Self.link.replacing("granville", with: "cherbourg"))?.svg != code.svg)
    }

    @Test(arguments: [("", false), ("x", true), ("é✓", true)])
    func `there is a code for every text but none`(text: String, exists: Bool) {
        #expect((QRCode(text) != nil) == exists)
    }

    @Test(arguments: [(2_331, true), (2_332, false)])
    func `a code holds 2331 bytes at most`(count: Int, exists: Bool) {
        #expect((QRCode(String(repeating: "x", count: count)) != nil) == exists)
    }

    @Test func `the image has one path, a quiet zone, and nothing that a policy forbids`() throws {
        let code = try #require(QRCode(Self.link))
        let svg = code.svg
        let side = code.size + 8
        #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(side) \(side)\""))
        #expect(svg.hasSuffix("</svg>\n"))
        #expect(svg.split(separator: "<path").count == 2)
        #expect(!svg.contains("style") && !svg.contains("script") && !svg.contains(Self.link))
        #expect(svg.contains("d=\"M4 4h7v1h-7z"))
        #expect(Self.drawn(svg, side) == Self.modules(code))
    }

    @Test func `the lines for a terminal show every module, with both colours named`() throws {
        let code = try #require(QRCode(Self.link))
        let lines = code.terminalLines
        #expect(lines.count == (code.size + 8 + 1) / 2)
        #expect(lines.allSatisfy { $0.hasPrefix("\u{1B}[38;5;") && $0.hasSuffix("\u{1B}[0m") })
        let rows = lines.flatMap(Self.halves).prefix(code.size + 8)
        #expect(Array(rows) == Self.modules(code))
    }

    /// Dark modules with the quiet zone, row by row.
    private static func modules(_ code: QRCode) -> [[Bool]] {
        (-4..<code.size + 4).map { row in (-4..<code.size + 4).map { code[row, $0] } }
    }

    /// What the path of an image covers.
    private static func drawn(_ svg: String, _ side: Int) -> [[Bool]] {
        var rows = Array(repeating: Array(repeating: false, count: side), count: side)
        let path = svg.split(separator: " d=\"").last?.prefix { $0 != "\"" } ?? ""
        for run in path.split(separator: "M") {
            let numbers = run.split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) }
            for column in numbers[0]..<numbers[0] + numbers[2] { rows[numbers[1]][column] = true }
        }
        return rows
    }

    /// The upper and the lower modules of a terminal's line.
    private static func halves(_ line: String) -> [[Bool]] {
        var upper: [Bool] = []
        var lower: [Bool] = []
        for part in line.split(separator: "\u{1B}[") where part.hasPrefix("38;") {
            let colours = part.prefix { $0 != "m" }.split(separator: ";")
            let (front, back) = (colours[2] == "16", colours[5] == "16")
            for cell in part.drop(while: { $0 != "m" }).dropFirst() {
                upper.append(back)
                lower.append(cell == "▄" ? front : back)
            }
        }
        return [upper, lower]
    }
}
