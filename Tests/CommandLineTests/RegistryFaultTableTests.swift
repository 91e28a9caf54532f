import Testing

@Suite("Images and what befalls their registry")
struct RegistryFaultTableTests {
    /// Signs an image for each fault at each call of the registry, once and twice, and prints a table.
    ///
    /// The calls are those that a signing makes; the certificate, the timestamp and the entry have to be
    /// asked for once whatever the registry does.
    private static let matrix = #"""
        cat >matrix.py <<'PYTHON'
        import os, subprocess, sys, time
        from registry import counts, faults, push, signatures

        retry_run, number = os.environ["R"], 0
        trust = ["--trust-config", "box/client_trust_config_v2.json"]
        identity = ["--identity-token", "@box/email.token"]

        def sign(*plans):
            """What is wrong; an empty text when nothing is."""
            global number
            number += 1
            reference = push(f"app{number}")
            faults(*plans)
            done = subprocess.run(
                [retry_run, "sign", *trust, *identity, "--attempts", "4", "-d", "10ms,20ms", "-t", "2s",
                 "oci://" + reference], stdin=subprocess.DEVNULL, capture_output=True, text=True)
            made = counts()
            faults()
            flaws = []
            if done.returncode != 0:
                flaws.append(f"exit code {done.returncode}: {done.stderr.strip()}")
            asked = [made["fulcio"]["certificate"], made["tsa"]["timestamp"], made["rekor-v2"]["create"]]
            if asked != [1, 1, 1]:
                flaws.append(f"certificates, timestamps, entries: {asked}")
            there = len(signatures(reference))
            if there != 1:
                flaws.append(f"{there} signatures")
            return "; ".join(flaws), made["registry"]

        flaw, made = sign()
        if flaw:
            sys.exit(f"WRONG without a fault: {flaw}")
        calls = [call for call, count in made.items() if count and call not in ("total", "handshake")]
        kinds = ["429:0", "throttled", "too-many-requests:403", "499", "503", "522", "html502", "refuse",
                 "cut", "commit-then-drop"]
        print(f"{'fault':<28}" + "".join(f"{call:<16}" for call in calls))
        def row(name, plans, of=calls):
            cells = []
            for call in calls:
                if call not in of:
                    cells.append("")
                    continue
                flaw, _ = sign(*[plan.format(call=call) for plan in plans])
                cells.append("WRONG" if flaw else "survived")
                if flaw:
                    print(f"WRONG {name} at {call}: {flaw}")
            print(f"{name:<28}" + "".join(f"{cell:<16}" for cell in cells), flush=True)
        for kind in kinds:
            # The answer to a HEAD has no body that could tell.
            of = [call for call in calls if not (kind.startswith("too") and call.endswith("head"))]
            row(f"{kind} once", [f"registry/{{call}}:1={kind}"], of)
            row(f"{kind} twice", [f"registry/{{call}}:1-2={kind}"], of)
        row("401 once", ["registry/{call}:1=401"], [call for call in calls if call != "token"])
        row("hang once", ["registry/{call}:1=hang"], ["manifest-put"])
        for times in ("1", "1-2"):
            row(f"lost, call {times}", [f"registry/{{call}}:{times}=lost"], ["manifest-put"])
        PYTHON
        python3 matrix.py

        """#

    @Test("every fault at every call of a registry with referrers is survived with one entry")
    func referrers() throws {
        let run = try signingImages(
            "sandbox --registry-auth=bearer; export DOCKER_CONFIG=$PWD/box/docker\n" + Self.matrix,
            limit: .seconds(600))

        print(run.output)
        #expect(run.exitCode == 0, "\(run.error)")
        #expect(!run.output.contains("WRONG"))
        #expect(run.output.contains("manifest-put"))
    }

    @Test("every fault at every call of a registry without referrers is survived with one entry")
    func fallbackTag() throws {
        let run = try signingImages(
            "sandbox --registry-without-referrers --registry-etags\n" + Self.matrix,
            limit: .seconds(600))

        print(run.output)
        #expect(run.exitCode == 0, "\(run.error)")
        #expect(!run.output.contains("WRONG"))
        #expect(run.output.contains("manifest-get"))
    }

    @Test(
        "a registry that says for ever that it is busy is unavailable on reading, never a no",
        arguments: ["429:0", "throttled", "503", "too-many-requests:403", "refuse", "502"])
    func unknown(kind: String) throws {
        let run = try signingImages(
            """
            sandbox; image=$(push app); sign -q oci://$image; verify -q oci://$image; echo $?
            for call in manifest-get referrers blob-get; do
                faults registry/$call:1-=\(kind) registry/manifest-head:1-=\(kind)
                verify -d 10ms,20ms oci://$image; echo $?
            done
            """)

        #expect(run.output == "0\n69\n69\n69\n")
        #expect(!run.error.contains("no signatures"))
    }

    @Test("what the registry says is not there is a no")
    func nothing() throws {
        let run = try signingImages(
            """
            sandbox --registry-without-referrers; image=$(push app)
            verify oci://$image; echo $?; verify oci://${image%@*}:none; echo $?
            """)

        #expect(run.output == "1\n1\n")
    }

    @Test("denied is refused at once, and names the permission; after a success it is a pause")
    func denied() throws {
        let run = try signingImages(
            """
            sandbox; image=$(push app)
            faults registry/blob-upload:1-=403; sign oci://$image; echo $?
            calls registry blob-upload; calls fulcio certificate
            faults registry/manifest-put:1-2=403; sign -q oci://$image; echo $?
            calls rekor-v2 create; signatures $image
            """)

        #expect(run.output == "1\n1\n0\n0\n1\n1\n")
        #expect(run.error.contains("(registry-denied)"))
        #expect(run.error.contains("need the permission to push"))
    }

    @Test("an account that may not push is refused, and nothing is entered into the log")
    func reader() throws {
        let run = try signingImages(
            """
            sandbox --registry-auth=bearer; image=$(push app); before=$(entries)
            mkdir docker; python3 - <<'PYTHON'
            import base64, json
            ready = json.load(open("box/ready"))
            auth = base64.b64encode(("reader:" + ready["registry-reader-password"]).encode()).decode()
            host = ready["registry"].split("//")[1]
            json.dump({"auths": {host: {"auth": auth}}}, open("docker/config.json", "w"))
            PYTHON
            DOCKER_CONFIG=$PWD/docker sign oci://$image; echo $?; signatures $image
            """)

        #expect(run.output == "1\n0\n")
        #expect(run.error.contains("(registry-denied)"))
    }

    @Test("a manifest that is not seen for some reads after its push is waited for")
    func lag() throws {
        for options in ["", "--registry-without-referrers"] {
            let run = try signingImages(
                """
                sandbox --registry-lag=2 \(options); image=$(push app)
                sign -q oci://$image; echo $?; calls rekor-v2 create
                for i in 1 2 3; do signatures $image >/dev/null; done; signatures $image
                """)

            #expect(run.output == "0\n1\n1\n")
        }
    }

    @Test("a registry that takes no manifests of OCI 1.1 is told as that, at once")
    func oldRegistry() throws {
        let run = try signingImages(
            """
            sandbox; image=$(push app)
            faults registry/manifest-put:1-=manifest-invalid; sign oci://$image; echo $?
            calls registry manifest-put
            """)

        #expect(run.output == "1\n1\n")
        #expect(run.error.contains("OCI 1.1"))
    }

    @Test("killed between the entry and the push, it is pushed by finish, without another entry")
    func killed() throws {
        let run = try signingImages(
            """
            sandbox; image=$(push app)
            faults registry/manifest-put:1-=hang
            $R sign $(trust) --identity-token @box/email.token -t 30s --resume oci://$image 2>/dev/null &
            until [ "$(calls registry manifest-put)" != 0 ]; do sleep 0.02; done
            kill -KILL $!; wait $! 2>/dev/null; echo $?; signatures $image; entries
            faults
            sign -q --resume oci://$image; echo $?; signatures $image; entries; calls fulcio certificate
            """)

        #expect(run.output == "137\n0\n1\n0\n1\n1\n0\n")
    }
}
