// What the program asks of other servers: of the provider of identities, and of nobody else.

import CCurl
import Glibc

/// A request to another server, and how much of its answer is read.
struct WebRequest: Sendable {
    var address: String
    /// What is posted as a form; nil is a GET.
    var form: String?
    var headers: [String] = []
}

/// What came back; `status` 0 is nothing at all.
struct WebAnswer: Sendable, Equatable {
    var status: Int
    var body: [UInt8]
    /// What kept an answer from coming.
    var problem: String?
}

/// Asks other servers, one at a time, on a thread of its own. Any thread may hand requests in.
final class WebFetcher: Sendable {
    /// Of an answer, in bytes: what is longer is none.
    static let maximumBytes = 256 * 1_024
    /// For one request from its name's look-up to its last byte.
    static let seconds = 5

    private let line = WorkLine()

    init() {
        let line = line
        WorkerThread {
            curl_global_init(Int(CURL_GLOBAL_DEFAULT))
            while let work = line.next() { work() }
        }.start()
    }

    /// Asks, and hands the answer in on the fetcher's thread.
    func fetch(_ request: WebRequest, _ done: @escaping @Sendable (WebAnswer) -> Void) {
        line.add { done(Self.ask(request)) }
    }

    func close() { line.close() }

    private final class Sink {
        var bytes: [UInt8] = []
    }

    private static func ask(_ request: WebRequest) -> WebAnswer {
        guard let curl = unsafe curl_easy_init() else {
            return WebAnswer(status: 0, body: [], problem: "libcurl has no room")
        }
        defer { unsafe curl_easy_cleanup(curl) }
        let sink = Sink()
        var list: UnsafeMutablePointer<curl_slist>?
        for header in request.headers { unsafe list = curl_slist_append(list, header) }
        defer { unsafe curl_slist_free_all(list) }
        unsafe qa_curl_text(curl, CURLOPT_URL, request.address)
        unsafe qa_curl_text(curl, CURLOPT_PROTOCOLS_STR, "https,http")
        unsafe qa_curl_number(curl, CURLOPT_FOLLOWLOCATION, 0)
        unsafe qa_curl_number(curl, CURLOPT_NOSIGNAL, 1)
        unsafe qa_curl_number(curl, CURLOPT_TIMEOUT, seconds)
        unsafe qa_curl_number(curl, CURLOPT_MAXFILESIZE, maximumBytes)
        unsafe qa_curl_text(curl, CURLOPT_USERAGENT, "qarelay/" + QARelayVersion.current)
        unsafe qa_curl_list(curl, CURLOPT_HTTPHEADER, list)
        if let form = request.form { unsafe qa_curl_text(curl, CURLOPT_COPYPOSTFIELDS, form) }
        unsafe qa_curl_writer(curl) { bytes, size, count, sink in
            guard let bytes = unsafe bytes, let sink = unsafe sink else { return 0 }
            let sink2 = unsafe Unmanaged<Sink>.fromOpaque(sink).takeUnretainedValue()
            guard sink2.bytes.count + size * count <= WebFetcher.maximumBytes else { return 0 }
            unsafe sink2.bytes.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: size * count))
            return size * count
        }
        unsafe qa_curl_pointer(curl, CURLOPT_WRITEDATA, Unmanaged.passUnretained(sink).toOpaque())
        let result = withExtendedLifetime(sink) { unsafe curl_easy_perform(curl) }
        guard result == CURLE_OK else {
            return WebAnswer(status: 0, body: [], problem: unsafe String(cString: curl_easy_strerror(result)))
        }
        return WebAnswer(status: unsafe Int(qa_curl_status(curl)), body: sink.bytes, problem: nil)
    }
}
