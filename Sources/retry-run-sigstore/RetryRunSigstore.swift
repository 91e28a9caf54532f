@main
enum RetryRunSigstore {
    static func main() {}
}
