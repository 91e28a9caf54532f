import sys
import time

from .bundles import Sandbox, bundles, make, write_inputs
from .forms import judge as judge_forms
from .images import judge as judge_images
from .judges import Cosign, RetryRun, SigstorePython, judged, questions
from .statements import judge as judge_statements

NO_OPINION = "not supported"


def main(retry_run, cosign, python):
    started = time.monotonic()
    sandbox = Sandbox("box")
    write_inputs(retry_run, cosign)
    judges = [RetryRun(retry_run), Cosign(cosign), SigstorePython()]
    print(f"{'what':<31}{'made by':<24}{'Rekor':<7}"
          + "".join(f"{judge.name:<16}" for judge in judges))
    failures, limits = [], []
    for version in (1, 2):
        for bundle in bundles(version, sandbox, retry_run, cosign, python):
            row = f"{bundle.what:<31}{bundle.maker:<24}"
            row += f"{f'v{version}' if bundle.logged else '–':<7}"
            try:
                flaw = make(bundle, sandbox)
            except Exception as error:
                flaw = str(error)
            if flaw:
                print(row + "WRONG", flush=True)
                failures.append((row, flaw))
                continue
            for judge in judges:
                if judge.name in (bundle.no_opinion or {}):
                    cell, reason = NO_OPINION, None
                else:
                    right, wrong = questions(bundle, sandbox)
                    cell, reason = judged(judge, [("the bundle", right)], wrong)
                row += f"{cell:<16}"
                if reason:
                    failures.append((row, f"{judge.name}: {reason}"))
            print(row.rstrip(), flush=True)
            limits += [f"{NO_OPINION}: {name} {limit}"
                       for name, limit in (bundle.no_opinion or {}).items()]
    failures += judge_forms(retry_run, cosign)
    failures += judge_statements(retry_run, cosign, sandbox)
    failures += judge_images(retry_run, cosign, sandbox)
    print()
    for limit in dict.fromkeys(limits):
        print(limit)
    for row, reason in failures:
        print(f"WRONG: {' '.join(row.split())}\n    " + reason.strip().replace("\n", "\n    "))
    print(f"{len(failures)} wrong, {time.monotonic() - started:.0f} s")
    return 1 if failures else 0


sys.exit(main(*sys.argv[1:]))
