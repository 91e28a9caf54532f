import Testing

@testable import Reports

@Suite("HTML report")
struct HTMLReportTests {
    @Test("the page needs nothing else: no script, no address but that of a namespace")
    func selfContained() {
        let page = failedRun.htmlPage

        #expect(!page.contains("<script"))
        #expect(!page.contains("http:"))
        #expect(!page.contains("https:"))
        #expect(page.contains("prefers-color-scheme: dark"))
        #expect(page.contains("default-src 'none'"))
    }

    @Test("a bar for each attempt, one for each pause, a line for the limit of the run")
    func timeline() {
        var run = failedRun
        run.deadline = .seconds(6)
        let page = run.htmlPage

        #expect(page.split(separator: "<rect class=\"retry\"").count == 3)
        #expect(page.split(separator: "<rect class=\"stop\"").count == 2)
        #expect(page.split(separator: "<rect class=\"pause\"").count == 3)
        #expect(page.contains("<line class=\"deadline\""))
    }

    @Test("a deadline that is far away is told, not drawn")
    func farDeadline() {
        var run = failedRun
        run.deadline = .seconds(3600)

        #expect(!run.htmlPage.contains("<line class=\"deadline\""))
        #expect(run.htmlPage.contains("deadline: 1h, beyond this picture"))
    }

    @Test("nothing of a name or a reason acts in the page or in a log that it is printed to")
    func escaped() {
        let run = run(
            [attempt(1, .stop, reason: "<img src=x>\u{1B}]0;x\u{7}")], .failed, exit: .code(1),
            command: "##[error]x<script>alert(1)</script>")

        #expect(!run.htmlPage.contains("<script"))
        #expect(!run.htmlPage.contains("<img"))
        #expect(!run.htmlPage.contains("##["))
        #expect(!run.htmlPage.unicodeScalars.contains("\u{1B}"))
    }

    @Test("thousands of attempts make a page that can be read, and say what is left out")
    func bounded() {
        let page = run((1...5000).map { attempt($0, .retry) }, .failed, exit: .code(1)).htmlPage

        #expect(page.utf8.count < 300_000)
        #expect(page.contains("4500 more, not shown"))
    }

    @Test("a run that was not started has a page too")
    func empty() {
        let page = run([], .notStarted, exit: .code(125)).htmlPage

        #expect(page.contains("Nothing was run."))
    }
}
