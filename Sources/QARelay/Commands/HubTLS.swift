import Logging
import QASocket

/// What the log tells of the hub's certificate.
enum HubTLS {
    /// SIGHUP: a new pair is used from the next connection on; one that is no good changes nothing. Phones get theirs also
    /// when the lists of the other port are no good.
    static func reload(_ server: Server, trust: ClientTrust? = nil, _ log: Logger) {
        do throws(SocketError) {
            let facts = try server.reloadTLS()
            log.info("tls_reloaded", metadata: ["fingerprint": "\(facts.fingerprint)", "until": "\(facts.notAfter)"])
            warn(facts, log)
        } catch .tlsOff {
            log.info("tls_off", metadata: ["reason": "SIGHUP reads certificates again, and there are none"])
        } catch {
            log.error("tls_reload_failed", metadata: ["error": "\(error.code)", "reason": "\(error.description)"])
        }
        do throws(SocketError) {
            guard try server.reloadCertified() != nil else { return }
            warn(listsEnd: try trust?.examine(), log)
        } catch {
            log.error(
                "tls_reload_failed",
                metadata: ["error": "\(error.code)", "reason": "\(error.description)", "port": "certificates"])
        }
    }

    /// Says when a list of what was taken back is out of date: nobody is let in by it then.
    static func warn(listsEnd: String?, _ log: Logger) {
        guard let listsEnd else { return }
        let today = String(StructuredLog.text(of: Clock.wall).prefix(10))
        if listsEnd < today { log.warning("revocations_expired", metadata: ["until": "\(listsEnd)"]) }
    }

    /// Says when the certificate is used outside its dates: by this machine's clock, which may be what is wrong.
    static func warn(_ facts: CertificateFacts, _ log: Logger) {
        let dates: Logger.Metadata = ["from": "\(facts.notBefore)", "until": "\(facts.notAfter)"]
        switch facts.validity {
        case .valid: break
        case .expired: log.warning("tls_certificate_expired", metadata: dates)
        case .notYetValid: log.warning("tls_certificate_not_yet_valid", metadata: dates)
        }
    }
}
