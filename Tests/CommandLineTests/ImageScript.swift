import Testing

/// A script that signs and verifies images in a sandbox's registry, with the real `retry-run`.
///
/// `box` starts the sandbox as `sandbox` does, with `$I` for a repository of its registry; `image NAME TAG`
/// makes an image there, of the content `$LAYER` if there is one, or an index of what it has printed before;
/// `verify_image` verifies.
func imaging(_ script: String, limit: Duration = .seconds(180)) throws -> WrapperProcess {
    try signing(imageFunctions + script, limit: limit)
}

private let imageFunctions = #"""
    image() {
        python3 - "$(ready registry)" "$@" <<'END'
    import base64, hashlib, json, os, re, sys, urllib.error, urllib.parse, urllib.request
    registry, name, tag, *children = sys.argv[1:]
    user = children.pop() if children and children[0].startswith('sandbox:') else None
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    headers = {}
    def ask(method, path, body=None, type='application/octet-stream'):
        url = path if path.startswith('http') else registry + path
        request = urllib.request.Request(
            url, body, {'Content-Type': type, **headers}, method=method)
        try:
            return opener.open(request)
        except urllib.error.HTTPError as error:
            if error.code != 401 or headers or not user:
                raise
            log_in(error.headers['WWW-Authenticate'])
            return ask(method, path, body, type)
    def log_in(challenge):
        basic = 'Basic ' + base64.b64encode(user.encode()).decode()
        fields = dict(re.findall(r'(\w+)="([^"]*)"', challenge))
        if challenge.startswith('Basic'):
            headers['Authorization'] = basic
            return
        query = urllib.parse.urlencode({
            'service': fields['service'], 'scope': f'repository:{name}:pull,push'})
        request = urllib.request.Request(
            fields['realm'] + '?' + query, headers={'Authorization': basic})
        answer = json.load(opener.open(request))
        headers['Authorization'] = 'Bearer ' + (answer.get('token') or answer['access_token'])
    def blob(content):
        digest = 'sha256:' + hashlib.sha256(content).hexdigest()
        place = ask('POST', f'/v2/{name}/blobs/uploads/', b'').headers['Location']
        ask('PUT', place + ('&' if '?' in place else '?') + 'digest=' + digest, content)
        return {'digest': digest, 'size': len(content)}
    kind = 'application/vnd.oci.image.'
    if children:
        manifest = {'schemaVersion': 2, 'mediaType': kind + 'index.v1+json', 'manifests': [
            {'mediaType': kind + 'manifest.v1+json', 'size': int(child.split('=')[1]),
             'digest': child.split('=')[0]} for child in children]}
    else:
        manifest = {'schemaVersion': 2, 'mediaType': kind + 'manifest.v1+json',
            'config': {'mediaType': kind + 'config.v1+json', **blob(b'{}')},
            'layers': [{'mediaType': kind + 'layer.v1.tar', **blob(os.environ.get('LAYER', name + tag).encode())}]}
    text = json.dumps(manifest).encode()
    ask('PUT', f'/v2/{name}/manifests/{tag}', text, manifest['mediaType'])
    print('sha256:%s=%d' % (hashlib.sha256(text).hexdigest(), len(text)))
    END
    }
    box() { sandbox "$@"; I=oci://$(ready registry | cut -d / -f 3)/app; export HOME=$PWD; }
    verify_image() { verify -d 10ms,20ms "$@"; }

    """#
