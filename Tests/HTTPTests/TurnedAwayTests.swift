import Foundation
import Testing

@testable import HTTP

@Suite("A 503 of a balancer")
struct TurnedAwayTests {
    private func mayHaveTakenEffect(_ body: String, status: Int = 503) throws -> Bool {
        let response = HTTPResponse(
            status: status, headers: [], body: Array(body.utf8), receivedAt: Date())
        let request = try HTTPRequest(.get, HTTPURL("https://log.example/"))
        let failure = #expect(throws: HTTPFailure.self) { try response.check(against: request) }
        return try #require(failure).mayHaveTakenEffect
    }

    @Test(
        "that had nobody to ask has done nothing",
        arguments: [
            "no healthy upstream",
            "<html><body><h1>503 Service Unavailable</h1> No server is available to handle this request. </body></html>",
            "no available server",
            "<html> <head><title>503 Service Temporarily Unavailable</title></head> <body> "
                + "<center><h1>503 Service Temporarily Unavailable</h1></center> <hr><center>nginx</center>",
        ])
    func nobodyAsked(text: String) throws {
        #expect(try !mayHaveTakenEffect(text))
    }

    @Test(
        "any other may be of a service that has done its part",
        arguments: [
            "", "Service Unavailable", "503 Service Temporarily Unavailable",
            "upstream connect error or disconnect/reset before headers. reset reason: connection termination",
            #"{"code":503,"message":"error communicating with trillian"}"#,
        ])
    func perhapsDone(text: String) throws {
        #expect(try mayHaveTakenEffect(text))
    }

    @Test("another status with such words is not one of them")
    func otherStatus() throws {
        #expect(try mayHaveTakenEffect("no healthy upstream", status: 502))
    }
}
