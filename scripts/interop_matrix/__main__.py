import sys
import time

from .bundles import Sandbox, bundles, make, write_inputs
from .forms import judge as judge_forms
from .judges import Cosign, RetryRun, SigstorePython, questions

NO_OPINION = "not supported"


def judged(judge, bundle, sandbox):
    """The judge's cell, and what is wrong with it."""
    if judge.name in (bundle.no_opinion or {}):
        return NO_OPINION, None
    right, wrong = questions(bundle, sandbox)
    try:
        refusal = judge.refusal(right)
        if refusal is not None:
            return "WRONG", f"refused: {refusal}"
        for name, question in wrong.items():
            if judge.refusal(question) is None:
                return "WRONG", f"accepted for {name}"
    except Exception as error:
        return "WRONG", str(error)
    return f"yes, {len(wrong)} × no", None


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
                cell, reason = judged(judge, bundle, sandbox)
                row += f"{cell:<16}"
                if reason:
                    failures.append((row, f"{judge.name}: {reason}"))
            print(row.rstrip(), flush=True)
            limits += [f"{NO_OPINION}: {name} {limit}"
                       for name, limit in (bundle.no_opinion or {}).items()]
    failures += judge_forms(retry_run, cosign)
    print()
    for limit in dict.fromkeys(limits):
        print(limit)
    for row, reason in failures:
        print(f"WRONG: {' '.join(row.split())}\n    " + reason.strip().replace("\n", "\n    "))
    print(f"{len(failures)} wrong, {time.monotonic() - started:.0f} s")
    return 1 if failures else 0


sys.exit(main(*sys.argv[1:]))
