/// What is said of a hub that is not believed.
extension English {
    func untrusted(_ why: Distrust) -> String {
        switch why {
        case .unknownAuthority(let fingerprint):
            "No authority known here vouches for the hub's certificate. If the hub printed the same fingerprint when it started, add: --fingerprint \(fingerprint)"
        case .wrongName(let wanted, let found):
            "The hub's certificate is not for \(wanted) but for: \(found.isEmpty ? "nobody" : list(found)). Check the address."
        case .otherFingerprint(let expected, let found):
            "The hub's certificate has another fingerprint. Expected: \(expected); found: \(found). Ask the organisers which is right."
        case .expired(let day):
            "The hub's certificate has expired on \(day). Ask the organisers to renew it."
        case .notYetValid(let day):
            "The hub's certificate is valid from \(day) only: is this machine's clock right?"
        case .other(let words):
            "The hub's certificate is not accepted (\(words))."
        }
    }
    func authoritiesUnusable(_ path: String) -> String {
        "The file \(path) cannot be read, or holds no certificate (PEM)."
    }
    func badFingerprint(_ text: String) -> String {
        "“\(text)” is no fingerprint: it takes the 64 hexadecimal digits that the hub prints."
    }
    var oneTrust: String { "Choose one of --ca and --fingerprint." }
    var trustWithoutTLS: String { "--ca and --fingerprint are of use with an address wss:// or https:// alone." }

    var certificateAlone: String {
        "--certificate goes with --key and an address wss://; or --pkcs12 by itself, and without a token."
    }
    var passwordPrompt: String { "Password of the certificate file: " }
    func showsCertificate(_ subject: String, _ issuer: String) -> String {
        "Certificate shown: \(Sanitizer.clean(subject)), issued by \(Sanitizer.clean(issuer))."
    }

    private func list(_ names: [String]) -> String { names.map(Sanitizer.clean).joined(separator: ", ") }
}
