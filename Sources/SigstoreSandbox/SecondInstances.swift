/// The second instances of services: with keys of their own, of another operator, on another host.
struct SecondInstances {
    let fulcio: SandboxFulcio?
    let timestampAuthority: SandboxTimestampAuthority?
    let rekorV1: SandboxRekorV1?
    let rekorV2: SandboxRekorV2?

    init(_ settings: SandboxSettings, issuer: SandboxIssuer, clock: SandboxClock) throws {
        let (doubled, host) = (settings.doubled, SandboxAddresses.secondHost)
        fulcio = doubled.contains(.fulcio) ? try SandboxFulcio(issuer: issuer, clock: clock) : nil
        timestampAuthority =
            doubled.contains(.tsa) ? try SandboxTimestampAuthority(clock: clock) : nil
        rekorV1 = doubled.contains(.rekorV1) ? try SandboxRekorV1(host: host, clock: clock) : nil
        rekorV2 =
            doubled.contains(.rekorV2)
            ? try SandboxRekorV2(
                host: host, clock: clock, checkpointInterval: settings.checkpointInterval) : nil
    }
}

extension Sandbox {
    var authorities: [(ServiceName, SandboxFulcio)] {
        [(.fulcio, fulcio)] + (second.fulcio.map { [(.secondFulcio, $0)] } ?? [])
    }

    var timestampAuthorities: [(ServiceName, SandboxTimestampAuthority)] {
        [(.tsa, timestampAuthority)]
            + (second.timestampAuthority.map { [(.secondTSA, $0)] } ?? [])
    }

    var logsV1: [(ServiceName, SandboxRekorV1)] {
        [(.rekorV1, rekorV1)] + (second.rekorV1.map { [(.secondRekorV1, $0)] } ?? [])
    }

    var logsV2: [(ServiceName, SandboxRekorV2)] {
        [(.rekorV2, rekorV2)] + (second.rekorV2.map { [(.secondRekorV2, $0)] } ?? [])
    }
}
