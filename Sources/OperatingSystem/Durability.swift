import Glibc

/// Sees to it that a regular file, and its name, outlast a loss of power. Some file systems cannot do that, which
/// is no reason to fail.
package func makeDurable(_ path: String) {
    guard FileIdentity(path)?.isRegular == true else { return }
    synchronize(path, O_RDONLY | O_NONBLOCK | O_NOCTTY)
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "."
    synchronize(String(folder), O_RDONLY | O_DIRECTORY)
}

private func synchronize(_ path: String, _ flags: Int32) {
    let file = open(path.fileNameCharacters, flags | O_CLOEXEC)
    guard file >= 0 else { return }
    fsync(file)
    close(file)
}
