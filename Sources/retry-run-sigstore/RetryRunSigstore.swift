import ArgumentParser
import Console
import Glibc
import OperatingSystem

/// The signing verbs, entered from `retry-run` with its arguments. The only place that exits.
@main
enum RetryRunSigstore {
    static func main() {
        StandardDescriptors.fillHoles()
        Cancellation.begin()
        Cancellation.setLastWords { Reporter.sayWithoutWaiting("error: \($0)") }
        let words = Array(wordsOfProcess().dropFirst())
        hideSecrets(in: CommandLine.unsafeArgv)
        if words == [TraceExporter.verb] { exit(TraceExporter.run()) }
        let code = run(words)
        Cancellation.endBySignal()
        exit(code.rawValue)
    }

    /// Other users of the machine can read the words that a process was started with: a token or a key
    /// among them is written over.
    private static func hideSecrets(
        in arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    ) {
        let option = "--identity-token"
        var isNext = false
        for index in 1..<Int(max(CommandLine.argc, 1)) {
            guard let word = arguments[index] else { return }
            let text = String(cString: word)
            var start: Int? = isNext || mayBeSecret(text) ? 0 : nil
            if !isNext, text.hasPrefix("\(option)=") { start = option.utf8.count + 1 }
            isNext = !isNext && text == option
            if let start { memset(word + start, Int32(UInt8(ascii: "x")), strlen(word + start)) }
        }
    }

    private static func run(_ given: [String]) -> ExitCode {
        var words = given
        do {
            let settings = try ForeignSettings(
                OptionsVariable.adding(to: words), environment: environmentVariable)
            words = EmptyValues.split(settings.words)
            try refuseEmptyValues(words.prefix { $0 != "--" })
            let translation = try CosignWords(words)
            let isQuiet = translation.words.contains("--quiet") || words.contains("-q")
            for warning in translation.warnings { Reporter(isQuiet: isQuiet).warn(warning) }
            var command = try Verbs.parseAsRoot(translation.words)
            if let verb = command as? any Verb { return try verb.perform() }
            // The parser's own: help.
            try command.run()
            return .success
        } catch let error where Verbs.exitCode(for: error) == .success {
            return say(Verbs.fullMessage(for: error))
        } catch let error as Stopped {
            _ = fail("\(error)")
            return error == .byDeadline ? .timedOut : .unavailable
        } catch let error as UsageError {
            return fail("\(error)")
        } catch let error as ServiceError {
            _ = fail("\(error)")
            if let hint = error.hint { Reporter().hint(hint) }
            return error.exitCode
        } catch let error where Verbs.exitCode(for: error) == .validationFailure {
            return fail(withoutValues(Verbs.message(for: error), of: Array(words.dropFirst())))
        } catch {
            return fail("\(error)")
        }
    }

    private static func say(_ text: String) -> ExitCode {
        do {
            try StandardDescriptors.writeOutput(Array("\(text)\n".utf8))
            return .success
        } catch {
            return fail("\(error)")
        }
    }

    private static func fail(_ text: String) -> ExitCode {
        Reporter().fail(text)
        return .unusable
    }
}

/// The words that `retry-run` hands over to this executable.
struct Verbs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry-run",
        abstract: "Signs and verifies with Sigstore.",
        version: "retry-run \(programVersion)",
        subcommands: SigningVerb.allCases.map(\.command))
}

extension SigningVerb {
    fileprivate var command: any ParsableCommand.Type {
        switch self {
        case .sign: Sign.self
        case .attest: Attest.self
        case .finish: Finish.self
        case .verify: Verify.self
        case .signBlob: SignBlob.self
        case .attestBlob: AttestBlob.self
        case .verifyBlob: VerifyBlob.self
        case .verifyBlobAttestation: VerifyBlobAttestation.self
        case .generateKeyPair: GenerateKeyPair.self
        }
    }
}

/// One of them. It says what there is to say, and how the process ends.
protocol Verb: ParsableCommand {
    /// - Throws: `UsageError` for an input that cannot be used.
    func perform() throws -> ExitCode
}

/// How a verb ends, as a number.
enum ExitCode: Int32 {
    case success = 0
    /// The answer is no; asking again will not change it.
    case refused = 1
    /// `EX_UNAVAILABLE`: a service did not answer; asking again may help.
    case unavailable = 69
    /// The deadline ended the work; asking again may help.
    case timedOut = 124
    /// The command line or an input cannot be used.
    case unusable = 125
}
