/// Whether a balancer says of a 503 that it had no service to hand the request to, so that nothing was done.
///
/// Any other 503 may be of a service that has done its part, or of a balancer whose connection to it broke
/// off. nginx has 502 and 504 for those; its own page of 503 is a limit of requests, or a service without
/// instances.
///
/// Source: Envoy, `StreamInfo::ResponseFlag::NoHealthyUpstream`; HAProxy, `examples/errorfiles/503.http`;
/// Traefik, `pkg/server/service/loadbalancer/wrr`; nginx, `ngx_http_special_response.c`.
func isTurnedAway(_ excerpt: String) -> Bool {
    let text = excerpt.lowercased()
    let words = [
        "no healthy upstream", "no server is available to handle this request",
        "no available server",
    ]
    // nginx's title, heading and name, of which the excerpt has the words.
    let heading = "503 service temporarily unavailable "
    return words.contains(where: text.contains) || text.hasPrefix(heading + heading + "nginx")
}
