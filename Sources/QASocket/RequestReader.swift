internal import CLibwebsockets
import Glibc

/// Reads the request that libwebsockets has just parsed; of use inside its callback only.
@safe
struct RequestReader {
    private let wsi: OpaquePointer

    init(_ wsi: OpaquePointer) {
        unsafe self.wsi = wsi
    }

    /// nil if the header was not sent, is not UTF-8, or has a zero byte in it.
    func text(_ token: lws_token_indexes) -> String? {
        let length = unsafe Int(lws_hdr_total_length(wsi, token))
        guard length > 0 else { return nil }
        return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: length + 8) { buffer in
            guard let start = buffer.baseAddress else { return nil }
            let count = unsafe Int(lws_hdr_copy(wsi, start, Int32(buffer.count), token))
            guard count > 0, unsafe strlen(start) == count else { return nil }
            return unsafe String(validatingCString: start)
        }
    }

    func has(_ token: lws_token_indexes) -> Bool {
        unsafe lws_hdr_total_length(wsi, token) > 0
    }

    /// The method, if it is one that an endpoint answers.
    var method: String? {
        if has(WSI_TOKEN_GET_URI) { return "GET" }
        return has(WSI_TOKEN_HEAD_URI) ? "HEAD" : nil
    }

    /// libwebsockets has decoded it and taken "." and ".." out.
    var path: String? {
        let method = [WSI_TOKEN_HEAD_URI, WSI_TOKEN_POST_URI].first(where: has)
        return text(method ?? WSI_TOKEN_GET_URI)
    }

    /// The request as a handler sees it, without its body.
    func parsed(method: String, path: String) -> HTTPRequest {
        HTTPRequest(method: method, path: path, query: query, peerAddress: peerAddress, headers: headers)
    }

    /// libwebsockets keeps the parts between the ampersands one by one.
    var query: String {
        var parts: [String] = []
        let length = unsafe Int(lws_hdr_total_length(wsi, WSI_TOKEN_HTTP_URI_ARGS))
        guard length > 0 else { return "" }
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: length + 8) { buffer in
            guard let start = buffer.baseAddress else { return }
            while unsafe lws_hdr_copy_fragment(
                wsi, start, Int32(buffer.count), WSI_TOKEN_HTTP_URI_ARGS, Int32(parts.count)) >= 0
            {
                parts.append(unsafe String(validatingCString: start) ?? "")
            }
        }
        return parts.joined(separator: "&")
    }

    /// True when more than a head is on its way, or its length is said in two ways.
    var announcesBody: Bool {
        if has(WSI_TOKEN_HTTP_TRANSFER_ENCODING) { return true }
        guard let length = text(WSI_TOKEN_HTTP_CONTENT_LENGTH) else {
            return has(WSI_TOKEN_HTTP_CONTENT_LENGTH)
        }
        return length != "0"
    }

    var headers: RequestHeaders {
        RequestHeaders(
            host: text(WSI_TOKEN_HOST), origin: text(WSI_TOKEN_ORIGIN),
            acceptLanguage: text(WSI_TOKEN_HTTP_ACCEPT_LANGUAGE), acceptEncoding: text(WSI_TOKEN_HTTP_ACCEPT_ENCODING),
            ifNoneMatch: text(WSI_TOKEN_HTTP_IF_NONE_MATCH), userAgent: text(WSI_TOKEN_HTTP_USER_AGENT),
            forwardedFor: text(WSI_TOKEN_X_FORWARDED_FOR), cookie: text(WSI_TOKEN_HTTP_COOKIE),
            fetchSite: custom("sec-fetch-site:"))
    }

    /// A header that libwebsockets has no token for; the name in small letters, with its colon.
    private func custom(_ name: String) -> String? {
        let count = Int32(name.utf8.count)
        let length = unsafe Int(lws_hdr_custom_length(wsi, name, count))
        guard length > 0 else { return nil }
        return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: length + 1) { buffer in
            guard let start = buffer.baseAddress,
                unsafe lws_hdr_custom_copy(wsi, start, Int32(buffer.count), name, count) == Int32(length)
            else { return nil }
            return unsafe String(validatingCString: start)
        }
    }

    /// An IPv4 peer of a dual socket is shown as IPv4.
    var peerAddress: String {
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
            guard let start = buffer.baseAddress,
                let text = unsafe lws_get_peer_simple(wsi, start, buffer.count)
            else { return "" }
            let address = unsafe String(cString: text)
            let mapped = "::ffff:"
            return address.hasPrefix(mapped) && address.contains(".")
                ? String(address.dropFirst(mapped.count)) : address
        }
    }
}
