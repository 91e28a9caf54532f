"""Signs on the sandbox in ./box: python3 batches.py distant|hundred|images|thousand BINARY COSIGN; COSIGN may be empty.

distant     one file, by services whose answers take a round trip
hundred     a hundred files at once, beside a hundred runs of cosign, measured on ten
images      one image, and a hundred at once, in a registry of Debian's docker-registry
thousand    up to a thousand files at once: whether time grows in line and memory stays flat
"""

import os
import statistics
import sys

from interop_matrix.registries import DockerRegistry
from measuring import compare, measured

mode, binary, cosign = sys.argv[1:]


def ours(version, files):
    return [binary, "sign", "-q", "--identity-token", "@box/email.token", "--trust-config",
            f"box/client_trust_config_v{version}.json", "--overwrite", *files]


def theirs(version, file):
    return [cosign, "sign-blob", "--yes", "--identity-token", "box/email.token",
            "--trusted-root", "box/trusted_root.json",
            "--signing-config", f"box/signing_config_v{version}.json",
            "--bundle", f"{file}.cosign.json", file]


def cosign_image(reference):
    return [cosign, "sign", "--yes", "--identity-token", "box/email.token",
            "--trusted-root", "box/trusted_root.json",
            "--signing-config", "box/signing_config_v2.json",
            "--allow-insecure-registry", "--allow-http-registry", reference]


def made(count):
    """That many files, each with a content of its own."""
    os.makedirs("files", exist_ok=True)
    names = [f"files/{number:04}" for number in range(count)]
    for name in names:
        with open(name, "w") as file:
            file.write(name)
    return names


def medians(command, runs):
    return [statistics.median(column)
            for column in zip(*(measured(command) for _ in range(runs)))]


def distant():
    files = made(1)
    for version in (1, 2):
        print(f"\nOne file, Rekor v{version}, 25 ms each way, medians of 15 runs:")
        commands = {"retry-run sign": ours(version, files)}
        if cosign:
            commands["cosign sign-blob"] = theirs(version, files[0])
        compare(commands, 15)


def hundred():
    files = made(100)
    one = medians(ours(2, files[:1]), 5)
    print("\n100 files, Rekor v2 with a checkpoint every 2 s, 25 ms each way, medians of 3 runs:")
    # Every one of them waits for a checkpoint, so the time is that of 100 / N checkpoints.
    walls = {}
    for parallel in (16, 32):
        wall, cpu, peak = medians(ours(2, ["--parallel", str(parallel), *files]), 3)
        walls[parallel] = wall
        print(f"retry-run, one run, --parallel {parallel}: {wall / 1000:.2f} s, {cpu:.0f} ms of CPU, "
              f"peak {peak:.1f} MiB, {peak / one[2]:.2f} of that of one file")
    if cosign:
        runs = [measured(theirs(2, file))[0] for file in files[:10]]
        total = 10 * sum(runs)
        print(f"cosign, 100 runs, measured on ten: {total / 1000:.0f} s; retry-run's share of it: "
              + ", ".join(f"{wall / total:.3f} (--parallel {parallel})"
                          for parallel, wall in walls.items()))


def images():
    registry = DockerRegistry(".")
    try:
        pushed = [registry.push_image("app", f"v{number}", str(number).encode())["digest"]
                  for number in range(100)]
        references = [f"{registry.host}/app@{digest}" for digest in pushed]
        print("\nOne image in docker-registry, Rekor v2, medians of 15 runs:")
        # Each run finds what the runs before have left at the image, whoever made them.
        commands = {"retry-run sign": ours(2, [f"oci://{references[0]}"])}
        if cosign:
            commands["cosign sign"] = cosign_image(references[1])
        compare(commands, 15)
        wall, cpu, peak = measured(ours(2, [f"oci://{reference}" for reference in references]))
        print(f"\n100 images, one run: {wall / 1000:.2f} s, {cpu:.0f} ms of CPU, peak {peak:.1f} MiB")
        if cosign:
            runs = [measured(cosign_image(reference))[0] for reference in references[2:12]]
            total = 10 * sum(runs)
            print(f"cosign, 100 runs, measured on ten: {total / 1000:.0f} s; retry-run's share of it: "
                  f"{wall / total:.3f}")
    finally:
        registry.stop()


def thousand():
    print("\nMany files, Rekor v2, medians of 3 runs; what each file costs more than the first:")
    print(f"{'files':>6}{'wall ms':>10}{'CPU ms':>10}{'peak MiB':>10}{'wall a file':>13}"
          f"{'CPU a file':>12}")
    files = made(1000)
    first = medians(ours(2, files[:1]), 5)
    print(f"{1:>6}" + "".join(f"{value:>10.1f}" for value in first))
    for count in (250, 500, 1000):
        row = medians(ours(2, files[:count]), 3)
        more = [(value - start) / (count - 1) for value, start in zip(row, first)]
        print(f"{count:>6}" + "".join(f"{value:>10.1f}" for value in row)
              + f"{more[0]:>13.2f}{more[1]:>12.2f}")


{"distant": distant, "hundred": hundred, "images": images, "thousand": thousand}[mode]()
