import ArgumentParser
#if TMPSTUB
#endif
struct PeopleCommand: ParsableCommand {}
enum StructuredLog { static func bootstrap() {} }
