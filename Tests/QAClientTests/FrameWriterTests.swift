import QAShared
import Testing

@testable import QAClient

/// A terminal as small as the test needs: it knows what the writer sends and traps on anything
/// else.
private struct Emulator {
    var cells: [Cell]
    let size: Size
    var point = Point(column: 0, row: 0)
    var style = Style.plain
    var showsCursor = false
    /// As tmux does: a skin tone gets cells of its own.
    let drawsScalars: Bool

    init(_ size: Size, drawsScalars: Bool = false) {
        self.size = size
        self.drawsScalars = drawsScalars
        cells = Array(repeating: .blank, count: size.columns * size.rows)
    }

    mutating func write(_ bytes: [UInt8]) {
        var rest = Substring(String(decoding: bytes, as: UTF8.self))
        while let first = rest.first {
            if first == "\u{1B}" {
                let end = rest.dropFirst(2).firstIndex { $0.isLetter }!
                control(rest[rest.index(rest.startIndex, offsetBy: 2)..<end], rest[end])
                rest = rest[rest.index(after: end)...]
            } else {
                if drawsScalars {
                    first.unicodeScalars.forEach { put(Character($0)) }
                } else {
                    put(first)
                }
                rest.removeFirst()
            }
        }
    }

    private mutating func put(_ character: Character) {
        let width = TextWidth.of(character)
        guard point.column + width <= size.columns else { return }
        let index = point.row * size.columns + point.column
        cells[index] = Cell(text: String(character), width: UInt8(width), style: style)
        if width == 2 { cells[index + 1] = Cell(text: "", width: 0, style: style) }
        point.column += width
    }

    private mutating func control(_ parameters: Substring, _ final: Character) {
        switch final {
        case "H":
            let numbers = parameters.split(separator: ";").compactMap { Int($0) }
            point = Point(column: numbers[1] - 1, row: numbers[0] - 1)
        case "J": cells = Array(repeating: .blank, count: cells.count)
        case "K":
            #expect(style == .plain && parameters.isEmpty)
            for column in point.column..<size.columns {
                cells[point.row * size.columns + column] = .blank
            }
        case "m": sgr(parameters)
        case "h": showsCursor = true
        case "l": showsCursor = false
        default: Issue.record("unknown sequence \(parameters)\(final)")
        }
    }

    private mutating func sgr(_ parameters: Substring) {
        for code in parameters.split(separator: ";").compactMap({ Int($0) }) {
            switch code {
            case 0: style = .plain
            case 1: style.bold = true
            case 2: style.faint = true
            case 4: style.underline = true
            case 7: style.reverse = true
            case 31...36: style.colour = Style.Colour(rawValue: UInt8(code - 30)) ?? .plain
            default: Issue.record("unknown style \(code)")
            }
        }
    }
}

@Suite struct FrameWriterTests {
    @Test func `differences applied one after the other show each frame exactly`() {
        let model = Fixture.model()
        let scenes =
            RenderTests.scenes.map { RenderTests.scene($0, 80, 24) }
            + [model, Fixture.after(model, .tick(Fixture.clock(200_000)))]
        var writer = FrameWriter()
        var emulator = Emulator(model.size)
        for scene in scenes + scenes.reversed() {
            let frame = render(scene, scene.size)
            emulator.write(writer.bytes(for: frame))
            #expect(emulator.cells == frame.cells)
            #expect(emulator.showsCursor == (frame.cursor != nil))
            if let cursor = frame.cursor { #expect(emulator.point == cursor) }
        }
    }

    @Test func `random frames with wide characters survive too`() {
        let pieces = ["a", "é", "日", "👩‍💻", " ", "☕", "…", "e\u{301}", "한"]
        var writer = FrameWriter()
        var emulator = Emulator(Size(columns: 12, rows: 4))
        for _ in 0..<300 {
            var frame = Frame(emulator.size)
            for row in 0..<4 {
                let text = (0..<9).map { _ in pieces.randomElement() ?? "" }.joined()
                frame.put(text, Int.random(in: 0..<6), row, limit: 12, Style(bold: Bool.random()))
                frame.put("日x", Int.random(in: 0..<12), row, limit: 3)
            }
            emulator.write(writer.bytes(for: frame))
            #expect(emulator.cells == frame.cells)
        }
    }

    @Test func `what is drawn wider than it counts leaves nothing behind`() {
        let size = Size(columns: 30, rows: 1)
        let selected = Style(reverse: true)
        for style in [Style.plain, selected] {
            for place in [0, 9, 22, 26, 28] {
                var wide = Frame(size)
                wide.put("Merci ! ", 0, 0, limit: 30)
                wide.put("👍🏽", place, 0, limit: 30, style)
                if style == selected { wide.restyle(0, 0, count: 30) { $0.reverse = true } }
                var longer = wide
                longer.put("abc", 25, 0, limit: 3)
                var plain = Frame(size)
                plain.put("Combien ?", 0, 0, limit: 30)
                var writer = FrameWriter()
                var emulator = Emulator(size, drawsScalars: true)
                for frame in [wide, longer, plain, wide, plain] {
                    emulator.write(writer.bytes(for: frame))
                    let counted = (0..<30).filter { frame[$0, 0] == .blank }
                    for column in counted { #expect(emulator.cells[column] == .blank) }
                }
                #expect(emulator.cells == plain.cells)
            }
        }
    }

    @Test func `of any text only our own sequences reach the terminal`() {
        for (columns, rows) in [(80, 24), (200, 60)] {
            let size = Size(columns: columns, rows: rows)
            var writer = FrameWriter()
            var emulator = Emulator(size)
            for text in SanitizerTests.nasty {
                let model = Fixture.changed(Fixture.model(columns, rows)) { view in
                    for id in view.cards.keys {
                        view.cards[id]?.text = text
                        view.cards[id]?.name = text
                    }
                    view.event?.title = text
                }
                let bytes = writer.bytes(for: render(model, size))
                // The emulator knows our few sequences and reports any other.
                emulator.write(bytes)
                #expect(bytes.allSatisfy { $0 == 0x1B || $0 >= 0x20 && $0 != 0x7F })
            }
        }
    }

    @Test func `the same frame again writes nothing, and one cell writes little`() {
        let model = Fixture.model()
        var writer = FrameWriter()
        _ = writer.bytes(for: render(model, model.size))
        #expect(writer.bytes(for: render(model, model.size)).isEmpty)
        var later = Fixture.clock(100_000)
        later.time.milliseconds += 60_000
        let next = Fixture.after(model, .tick(later))
        #expect(writer.bytes(for: render(next, next.size)).count < 60)
    }

    @Test func `without colour no colour code is written`() {
        let model = RenderTests.scene("offline", 80, 24)
        var writer = FrameWriter(hasColour: false)
        let text = String(decoding: writer.bytes(for: render(model, model.size)), as: UTF8.self)
        for code in 31...36 { #expect(!text.contains(";\(code)m")) }
    }
}
