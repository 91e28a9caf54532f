import Foundation
import Glibc

/// The living processes that have a word among their arguments.
struct MarkedProcesses {
    private let ids: [pid_t]

    init(_ mark: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        ids = names.compactMap { pid_t($0) }.filter { Self.arguments(of: $0).contains(mark) }
    }

    var count: Int { ids.count }

    func kill() {
        for id in ids { Glibc.kill(id, SIGKILL) }
    }

    private static func arguments(of id: pid_t) -> [String] {
        guard let data = FileManager.default.contents(atPath: "/proc/\(id)/cmdline") else {
            return []
        }
        return data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }
}
