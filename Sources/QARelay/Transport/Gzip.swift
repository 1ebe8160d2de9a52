import CZlib

/// Bytes in a gzip wrapper (RFC 1952), as every browser takes them. For files that hold no secret alone: what is secret
/// beside what somebody else chose could be told from the length.
enum Gzip {
    /// Nil when it would not be shorter.
    static func pack(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = unsafe z_stream()
        guard unsafe qa_deflate_gzip(&stream) == Z_OK else { return nil }
        defer { unsafe _ = deflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: bytes.count)
        let count = unsafe input.withUnsafeMutableBufferPointer { input in
            unsafe output.withUnsafeMutableBufferPointer { output -> Int? in
                unsafe stream.next_in = input.baseAddress
                unsafe stream.avail_in = UInt32(input.count)
                unsafe stream.next_out = output.baseAddress
                unsafe stream.avail_out = UInt32(output.count)
                guard unsafe deflate(&stream, Z_FINISH) == Z_STREAM_END else { return nil }
                return unsafe output.count - Int(stream.avail_out)
            }
        }
        guard let count, count < bytes.count else { return nil }
        return Array(output.prefix(count))
    }

    /// Whether an `Accept-Encoding` header takes gzip (RFC 9110 §12.5.3): named, or by `*`, and not with a weight of 0.
    static func isAccepted(by header: String?) -> Bool {
        var byStar = false
        for item in (header ?? "").lowercased().split(separator: ",") {
            let parts = item.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
            guard let name = parts.first, ["gzip", "x-gzip", "*"].contains(name) else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            if name != "*" { return weight > 0 }
            byStar = weight > 0
        }
        return byStar
    }
}
