extension JSONWriter {
    mutating func members(of holder: CertificateHolder) {
        member("subject", holder.subject)
        member(ifAny: "issuer", holder.issuer)
        member(ifAny: "authority", holder.authority)
        member("role", holder.role.rawValue)
        member(ifAny: "venue", holder.venue?.text)
        member("name", holder.name)
    }
}

extension ObjectReader {
    mutating func certificateHolder() throws(Rejection) -> CertificateHolder {
        CertificateHolder(
            subject: try string("subject"), issuer: try optionalString("issuer"),
            authority: try optionalString("authority"), role: try word("role"), venue: try optionalSlug("venue"),
            name: try string("name"))
    }
}
