import Testing

@Suite("Credentials for registries")
struct ImageCredentialTests {
    /// A registry that wants a token, with the image pushed by what the sandbox's own file has; then the
    /// files and variables of the script alone.
    private func credentials(_ script: String, _ options: String) throws -> WrapperProcess {
        try imaging(
            """
            box \(options)
            HOST=${I#oci://}; HOST=${HOST%/app}; PASSWORD=$(ready registry-sandbox-password)
            AUTH=$(printf 'sandbox:%s' "$PASSWORD" | base64 -w 0)
            image app v1 sandbox:$PASSWORD >v1
            unset DOCKER_CONFIG REGISTRY_AUTH_FILE XDG_RUNTIME_DIR XDG_CONFIG_HOME
            signs() { sign -q $I:v1 2>error; echo $?; }

            """ + script)
    }

    @Test(
        "every file that may have them is read, and the first that has some counts",
        arguments: ["basic", "bearer"])
    func files(kind: String) throws {
        let run = try credentials(
            """
            signs; grep -c 'docker login' error
            for place in .docker/config.json own/config.json auth.json run/containers/auth.json \\
                xdg/containers/auth.json .config/containers/auth.json; do
                mkdir -p $(dirname $place)
                printf '{"auths":{"%s":{"auth":"%s"}}}' $HOST $AUTH >$place
                case $place in
                    own/*) export DOCKER_CONFIG=$PWD/own;;
                    auth.json) export REGISTRY_AUTH_FILE=$PWD/auth.json;;
                    run/*) export XDG_RUNTIME_DIR=$PWD/run;;
                    xdg/*) export XDG_CONFIG_HOME=$PWD/xdg;;
                esac
                signs
                unset DOCKER_CONFIG REGISTRY_AUTH_FILE XDG_RUNTIME_DIR XDG_CONFIG_HOME
                rm $place
            done
            """, "--registry-auth=\(kind)")

        #expect(run.output == "1\n1\n0\n0\n0\n0\n0\n0\n")
    }

    @Test("a credential helper is asked for the host, and gets no secret of ours")
    func helper() throws {
        let run = try credentials(
            #"""
            mkdir -p bin .docker
            cat >bin/docker-credential-test <<END
            #!/bin/sh
            read host; echo "\$1 \$host \$MY_TOKEN" >>asked
            echo '{"ServerURL":"x","Username":"sandbox","Secret":"$PASSWORD"}'
            END
            chmod +x bin/docker-credential-test
            export PATH=$PWD/bin:$PATH MY_TOKEN=secret
            for config in '{"credsStore":"test"}' '{"credHelpers":{"'$HOST'":"test"}}'; do
                echo "$config" >.docker/config.json; signs
            done
            sed "s/$HOST/HOST/" asked
            echo '{"credsStore":"missing"}' >.docker/config.json; signs; cat error
            printf '#!/bin/sh\nexit 1\n' >bin/docker-credential-test
            echo '{"credsStore":"test"}' >.docker/config.json; signs
            """#, "--registry-auth=bearer")

        #expect(run.output.hasPrefix("0\n0\nget HOST \nget HOST \n125\n"))
        #expect(run.output.contains("'docker-credential-missing': there is no such program"))
        #expect(run.output.hasSuffix("125\n"))
    }

    @Test("identity tokens are exchanged, and a token that expires is renewed")
    func tokens() throws {
        let run = try credentials(
            """
            mkdir -p .docker
            printf '{"auths":{"%s":{"identitytoken":"%s"}}}' $HOST \\
                $(ready registry-sandbox-identity-token) >.docker/config.json
            signs
            faults 'registry/manifest-put:1=401' 'registry/token:1=expired-token'
            signs
            entries
            """, "--registry-auth=bearer")

        #expect(run.output == "0\n0\n2\n")
    }

    @Test("credentials go to no other host, and nobody sees them")
    func strangers() throws {
        let run = try credentials(
            """
            mkdir -p .docker
            printf '{"auths":{"%s":{"auth":"%s"}}}' $HOST $AUTH >.docker/config.json
            for realm in http://127.0.0.2:1/token https://evil.example/token \\
                http://169.254.169.254/token http://evil.example/token; do
                faults "registry:1-=challenge:$realm"
                signs; cat error
            done
            faults 'registry/manifest-get:1-=redirect:http://169.254.169.254/latest'
            signs; cat error
            faults; sign $I:v1 --report report; echo $?
            grep -rl -e "$PASSWORD" -e "$AUTH" --exclude-dir=.docker --exclude-dir=box . | wc -l
            """, "--registry-auth=bearer")

        let lines = run.output.split(separator: "\n")
        #expect(lines.filter { $0 == "1" }.count == 5)
        #expect(run.output.contains("another host, which gets no credentials"))
        #expect(run.output.hasSuffix("0\n0\n"))
    }

    @Test(
        "an answer that is not to be believed is refused in a sentence",
        arguments: ["huge", "deep", "wrong"])
    func hostile(kind: String) throws {
        let run = try imaging(
            """
            box; image app v1 >v1; sign -q $I:v1
            for call in manifest-get \(kind == "wrong" ? "" : "referrers") blob-get; do
                faults "registry/$call:1-=\(kind)"
                verify_image $I:v1 2>error; echo $?; wc -l <error
            done
            """)

        for line in run.output.split(separator: "\n") { #expect(line == "1") }
    }

    @Test("a list of referrers without end is left")
    func endless() throws {
        let run = try imaging(
            """
            box; image app v1 >v1; sign -q $I:v1
            faults 'registry/referrers:1-=endless'
            verify_image $I:v1; echo $?
            """)

        #expect(run.output == "1\n")
    }
}
