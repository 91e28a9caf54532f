/// What this machine lets a test do, found out by doing it.
enum Capability {
    static let networkNamespace = works("unshare -n true")
    static let processNamespace = works("unshare -pf --mount-proc true")
    static let mountNamespace = works("unshare -m sh -c 'mount -t tmpfs none /proc'")

    /// Become nobody and run the binary.
    static let otherUser = works("\(nobody) $R --version")

    /// A set-user-ID file does what it says.
    static let setUserID = works("\(setUserIDFile); [ $(\(nobody) ./root id -ru) = 0 ]")

    /// Runs the words that follow as a user without rights.
    static let nobody = "setpriv --reuid 65534 --regid 65534 --clear-groups"

    /// Makes a program `root` in the working folder: it runs its arguments as root.
    static let setUserIDFile =
        #"cp "$(command -v setpriv)" setpriv; chmod u+s setpriv; "#
        + #"printf '#!/bin/sh\nexec ./setpriv --reuid 0 "$@"\n' >root; chmod +x root"#

    private static func works(_ script: String) -> Bool {
        (try? WrapperProcess.bash("{ \(script); } >/dev/null 2>&1"))?.exitCode == 0
    }
}
