import CQrencode

/// A text as a QR code: a square of dark and light modules.
struct QRCode {
    /// Light modules around the square, without which scanners do not find it.
    static let quietZone = 4

    /// Modules a side, without the quiet zone.
    let size: Int
    private let modules: [Bool]

    /// Corrects up to 15 % of damage; nil for an empty text and for one that no QR code can hold.
    init?(_ text: String) {
        // Byte mode of the whole text: UTF-8, case kept, the smallest version that holds it.
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.count <= 2_331 else { return nil }
        let made = unsafe bytes.withUnsafeBufferPointer {
            unsafe QRcode_encodeData(Int32($0.count), $0.baseAddress, 0, QR_ECLEVEL_M)
        }
        guard let code = unsafe made else { return nil }
        defer { unsafe QRcode_free(code) }
        size = Int(unsafe code.pointee.width)
        guard let data = unsafe code.pointee.data else { return nil }
        // The library gives width × width bytes, of which the lowest bit is the colour.
        modules = unsafe UnsafeBufferPointer(start: data, count: size * size).map { $0 & 1 == 1 }
    }

    /// Whether a module is dark; outside the square, in the quiet zone, all are light.
    subscript(row: Int, column: Int) -> Bool {
        guard (0..<size).contains(row), (0..<size).contains(column) else { return false }
        return modules[row * size + column]
    }

    /// An SVG image, one module a unit; it has neither styles nor scripts, so that any policy lets it pass.
    var svg: String {
        let side = size + 2 * Self.quietZone
        var path = ""
        for row in 0..<size {
            for run in runs(in: row) {
                path += "M\(run.lowerBound + Self.quietZone) \(row + Self.quietZone)"
                path += "h\(run.count)v1h-\(run.count)z"
            }
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(side) \(side)" \
            shape-rendering="crispEdges">\
            <rect width="\(side)" height="\(side)" fill="#fff"/>\
            <path fill="#000" d="\(path)"/></svg>

            """
    }

    /// The code for a terminal, two modules a character high, readable by scanners on dark and light ones.
    ///
    /// Both colours are named, as entries 16 (black) and 231 (white) of the 256-colour cube: the sixteen
    /// basic colours are different in every theme, these are not. Only the lower half block is used, on a
    /// background of the upper module's colour, since in many fonts block characters leave gaps between
    /// them, and gaps in a finder pattern hide it from scanners; backgrounds have none.
    var terminalLines: [String] {
        let range = -Self.quietZone..<size + Self.quietZone
        return stride(from: range.lowerBound, to: range.upperBound, by: 2).map { row in
            var line = ""
            var colours = ""
            for column in range {
                let upper = self[row, column]
                let lower = self[row + 1, column]
                let wanted = "\u{1B}[38;5;\(lower ? 16 : 231);48;5;\(upper ? 16 : 231)m"
                if wanted != colours { line += wanted }
                colours = wanted
                line += upper == lower ? " " : "▄"
            }
            return line + "\u{1B}[0m"
        }
    }

    /// Neighbouring dark modules of a row.
    private func runs(in row: Int) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start: Int?
        for column in 0...size {
            if self[row, column] {
                start = start ?? column
            } else if let first = start {
                runs.append(first..<column)
                start = nil
            }
        }
        return runs
    }
}
