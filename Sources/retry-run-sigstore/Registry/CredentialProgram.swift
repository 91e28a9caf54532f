import Console
import Glibc
import OCI
import OperatingSystem

/// The programs `docker-credential-NAME`, which keep credentials in a store of their own.
struct CredentialProgram {
    /// Ends every wait once there is something to read from it.
    let cancellation: Int32?
    /// The longest that one may take.
    let timeout: Duration

    /// What the names of secret variables begin with that a program reads: the others are not for it.
    private static func variables(of name: String) -> [String] {
        switch name {
        case "ecr-login": ["AWS_"]
        case "gcloud", "gcr": ["GOOGLE_", "CLOUDSDK_"]
        case "acr", "acr-env", "acr-linux": ["AZURE_", "ACR_"]
        case "pass": ["PASSWORD_STORE_"]
        case "ghcr-login", "gh", "github": ["GITHUB_TOKEN", "GH_TOKEN"]
        case "gitlab", "glab": ["GITLAB_", "CI_JOB_TOKEN", "CI_REGISTRY_"]
        case "env": ["DOCKER_", "GITHUB_TOKEN"]
        default: []
        }
    }

    /// Nil where it says that it has none.
    func credentials(
        _ name: String, for host: String
    ) throws(CredentialError) -> RegistryCredentials? {
        let program = "docker-credential-\(name)"
        let (output, status) = try answer(program, name, host)
        if status == 0 { return try RegistryCredentials(helperOutput: output) }
        let said = String(decoding: output.prefix(4096), as: UTF8.self).lowercased()
        if said.contains("credentials not found") { return nil }
        throw .helper(program, "it has failed")
    }

    private func answer(
        _ program: String, _ name: String, _ host: String
    ) throws(CredentialError) -> (output: [UInt8], status: Int32) {
        guard let question = makePipe() else { throw .helper(program, errorText(errno)) }
        defer { close(question.reader) }
        // A host fits into any pipe.
        let isAsked = Array(host.utf8).withUnsafeBytes { writeAll(question.writer, $0) }
        close(question.writer)
        guard isAsked else { throw .helper(program, errorText(errno)) }
        switch ProgramOutput(
            of: [program, "get"], input: question.reader, own: Self.variables(of: name),
            until: .now + timeout, cancellation: cancellation)
        {
        case .notStarted(ENOENT): throw .helper(program, "there is no such program")
        case .notStarted(let number): throw .helper(program, errorText(number))
        case .givenUp: throw .helper(program, "it did not answer in time")
        case .ended(let output, let status): return (output, status)
        }
    }
}
