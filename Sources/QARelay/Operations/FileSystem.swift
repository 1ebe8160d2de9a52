import Glibc

/// The few things the hub does with files beside its log.
enum FileSystem {
    /// The whole file; nil when it cannot be read.
    static func read(_ path: String) -> [UInt8]? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0 { return nil }
            if count == 0 { return bytes }
            bytes += chunk.prefix(count)
        }
    }

    static func readText(_ path: String) -> String? {
        read(path).flatMap { String(validating: $0, as: UTF8.self) }
    }

    /// A folder that comes with the program: the one given, else beside the program, else where a package puts it.
    static func findFolder(named name: String, _ given: String?, where isRight: (String) -> Bool) -> String? {
        var candidates: [String] = []
        if let given {
            candidates = [given]
        } else {
            if let program = programPath {
                var folder = program
                for _ in 0..<5 {
                    folder = parent(of: folder)
                    candidates.append(folder + "/" + name)
                }
            }
            candidates += [name, "/usr/share/qarelay/" + name]
        }
        return candidates.first(where: isRight)
    }

    /// Writes a file that only its owner can read, whole or not at all. Returns the reason when it could not.
    static func writePrivate(_ path: String, _ text: String) -> String? {
        let temporary = path + ".new"
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return reason }
        let bytes = Array(text.utf8)
        let isWritten = unsafe write(descriptor, bytes, bytes.count) == bytes.count
        fchmod(descriptor, 0o600)
        let isFlushed = fsync(descriptor) == 0
        close(descriptor)
        guard isWritten, isFlushed, unsafe rename(temporary, path) == 0 else { return reason }
        flushFolder(parent(of: path))
        return nil
    }

    /// Writes a file that is not there yet, on the disk before this returns. Returns the reason when it could not.
    static func writeNew(_ path: String, _ text: String, mode: mode_t) -> String? {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else { return reason }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard fchmod(descriptor, mode) == 0, unsafe write(descriptor, bytes, bytes.count) == bytes.count,
            fsync(descriptor) == 0
        else {
            let reason = reason
            unsafe unlink(path)
            return reason
        }
        return nil
    }

    /// Copies into a file that is not there yet and that only its owner can read, on the disk before this returns. Returns
    /// the reason when it could not; nothing is left then.
    static func copyPrivate(_ source: String, to path: String) -> String? {
        let from = unsafe open(source, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard from >= 0 else { return reason }
        defer { close(from) }
        let into = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard into >= 0 else { return reason }
        defer { close(into) }
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe Glibc.read(from, &chunk, chunk.count)
            if count == 0, fsync(into) == 0 { break }
            // A disk that is full takes a part first and says why at the rest.
            var rest = chunk.prefix(max(0, count))
            while let written = rest.isEmpty ? nil : unsafe write(into, Array(rest), rest.count), written > 0 {
                rest = rest.dropFirst(written)
            }
            guard count > 0, rest.isEmpty else {
                let reason = reason
                unsafe unlink(path)
                return reason
            }
        }
        flushFolder(parent(of: path))
        return nil
    }

    /// What was made in a folder is there for good once the folder is flushed.
    static func flushFolder(_ path: String) {
        let descriptor = unsafe open(path.isEmpty ? "." : path, O_RDONLY | O_DIRECTORY)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    /// Names in a folder but hidden ones, sorted; none when it cannot be read.
    static func list(_ path: String) -> [String] {
        listAll(path).filter { !$0.hasPrefix(".") }
    }

    /// Names in a folder, hidden ones too, sorted.
    static func listAll(_ path: String) -> [String] {
        guard let folder = unsafe opendir(path) else { return [] }
        defer { unsafe closedir(folder) }
        var names: [String] = []
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
                    unsafe String(cString: $0)
                }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Overwrites a file with zeros and removes it; a link or a socket is only removed. Returns the reason when it could not.
    static func shred(_ path: String) -> String? {
        var facts = stat()
        guard unsafe lstat(path, &facts) == 0 else { return errno == ENOENT ? nil : reason }
        if facts.st_mode & S_IFMT == S_IFREG, facts.st_nlink == 1 {
            let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
            guard descriptor >= 0 else { return reason }
            defer { close(descriptor) }
            let zeros = [UInt8](repeating: 0, count: 65_536)
            var left = Int(facts.st_size)
            while left > 0 {
                let count = unsafe write(descriptor, zeros, min(left, zeros.count))
                guard count > 0 else { return reason }
                left -= count
            }
            guard fsync(descriptor) == 0, ftruncate(descriptor, 0) == 0 else { return reason }
        }
        return unsafe unlink(path) == 0 ? nil : reason
    }

    /// Whether there is anything by that name.
    static func exists(_ path: String) -> Bool {
        var facts = stat()
        return unsafe lstat(path, &facts) == 0
    }

    /// Bytes of a file; 0 when it is not there.
    static func size(_ path: String) -> Int {
        var facts = stat()
        return unsafe stat(path, &facts) == 0 ? Int(facts.st_size) : 0
    }

    /// Bytes that a new file could take where the path lies.
    static func freeBytes(_ path: String) -> Int {
        var facts = statvfs()
        guard unsafe statvfs(path, &facts) == 0 else { return 0 }
        return Int(facts.f_bavail) * Int(facts.f_frsize)
    }

    /// Makes a folder that only its owner can enter. Returns the reason when it could not.
    static func makePrivateFolder(_ path: String) -> String? {
        let parent = parent(of: path)
        if !parent.isEmpty, parent != path, unsafe access(parent, F_OK) != 0 {
            if let reason = makePrivateFolder(parent) { return reason }
        }
        if unsafe mkdir(path, 0o700) == 0 {
            flushFolder(parent)
            return nil
        }
        return errno == EEXIST ? nil : reason
    }

    /// The path from the root, whatever folder the program was started in.
    static func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/"), let current = unsafe getcwd(nil, 0) else { return path }
        defer { unsafe free(current) }
        return unsafe String(cString: current) + "/" + path
    }

    /// The folder that holds a file, "" for a bare name.
    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Where the running program lies.
    static var programPath: String? {
        guard let path = unsafe realpath("/proc/self/exe", nil) else { return nil }
        defer { unsafe free(path) }
        return unsafe String(cString: path)
    }

    static var machineName: String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard unsafe gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Why the last call of the system failed.
    static var reason: String { unsafe String(cString: strerror(errno)) }
}
