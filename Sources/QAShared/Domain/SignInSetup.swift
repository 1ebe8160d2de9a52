// Signing in at a provider of identities (OpenID Connect): which one, and who is what at the event.

/// A provider of identities, and the people that it may send.
public struct SignInSetup: Equatable, Sendable {
    /// Someone by what the provider says of them.
    public struct Member: Equatable, Sendable {
        public var value: String
        public var role: Role
        public var venue: VenueID?
        /// What the others see.
        public var name: String

        public init(value: String, role: Role, venue: VenueID? = nil, name: String) {
            self.value = value
            self.role = role
            self.venue = venue
            self.name = name
        }
    }

    /// The provider's address as it names itself; its description is below it at /.well-known/openid-configuration.
    public var issuer: String
    public var clientID: String
    /// The file with the secret that the provider gave this program; read at each start.
    public var secretFile: String
    /// Such as "openid email".
    public var scopes: String
    /// The claim that people are known by: `sub` or `email`.
    public var claim: String
    public var people: [Member]

    public init(
        issuer: String, clientID: String, secretFile: String, scopes: String = "openid email", claim: String = "email",
        people: [Member]
    ) {
        self.issuer = issuer
        self.clientID = clientID
        self.secretFile = secretFile
        self.scopes = scopes
        self.claim = claim
        self.people = people
    }
}
