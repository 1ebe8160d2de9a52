/// The version of these programs, as `--version` and `/health` tell it.
public enum ProgramVersion {
    public static let current = "0.1.0"
}
