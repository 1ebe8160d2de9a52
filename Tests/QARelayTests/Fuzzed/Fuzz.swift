// The door by which libFuzzer comes in; only built by scripts/fuzz.sh.

import Glibc

private let decoder: Decoder = {
    let name = unsafe getenv("DECODER").map { unsafe String(cString: $0) } ?? ""
    guard let decoder = Decoder.all.first(where: { $0.name == name }) else {
        fatalError("DECODER is one of \(Decoder.all.map(\.name))")
    }
    return decoder
}()

/// Called by libFuzzer with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    decoder.take(unsafe Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}
