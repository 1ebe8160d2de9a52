// Who is who by an electronic certificate: written down in the event file, never taken from the certificate's name alone.

/// What a verified certificate says of itself and of who issued it.
public struct CertificateName: Hashable, Sendable {
    /// Full names as RFC 2253 writes them.
    public var subject: String
    public var issuer: String
    /// SHA-256 of the certificate of the authority that signed it, in 64 hexadecimal digits.
    public var authority: String

    public init(subject: String, issuer: String, authority: String) {
        self.subject = subject
        self.issuer = issuer
        self.authority = authority
    }
}

/// A person who comes by a certificate, and what this person is at the event.
public struct CertificateHolder: Equatable, Sendable {
    public var subject: String
    /// The authority, by its full name or by its certificate's SHA-256; one of the two at least.
    public var issuer: String?
    public var authority: String?
    public var role: Role
    public var venue: VenueID?
    /// What the others see.
    public var name: String

    public init(
        subject: String, issuer: String? = nil, authority: String? = nil, role: Role, venue: VenueID? = nil,
        name: String
    ) {
        self.subject = subject
        self.issuer = issuer
        self.authority = authority
        self.role = role
        self.venue = venue
        self.name = name
    }

    /// Whether a certificate is this person's: the subject's name and who issued it both have to fit.
    public func holds(_ shown: CertificateName) -> Bool {
        guard issuer != nil || authority != nil else { return false }
        return subject == shown.subject && issuer ?? shown.issuer == shown.issuer
            && authority ?? shown.authority == shown.authority
    }
}
