/// What lies in a data folder beside the log, by name.
enum DataFolder {
    static let backups = "backups"
    static let exports = "exports"
}
