"""Measure the product beside other bot frameworks, in one run, with the same load.

    python -m benchmarks.run bench --repeats 3 --levels 64,512
    python -m benchmarks.run bench --peers "" --levels 64        # the product alone
    python -m benchmarks.run check --peers minimal-group/sqlite  # does everybody answer?

The peers and the load generator are a project of their own (--bench DIR, by default
../shared/bench); without it there is nothing to measure beside. It is copied to benchmarks/.peers
and set up there once, which takes a few minutes and needs node and a C++ compiler. Whatever is not
known here is handed on to its run.py.
"""

import argparse
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.citizens import SCRIPT
from benchmarks.product import ROOT, grown_ups

PEERS = ROOT / "benchmarks/.peers"
NAMES = ("ptb", "aiogram", "grammy", "botframework", "minimal", "minimal-group", "raw-group")
BESIDE = ",".join(f"{name}/{kind}" for name in NAMES for kind in ("sqlite", "pg"))


def set_up(bench: Path) -> None:
    """Copy the bench where it may write, and let it install what it needs, once."""
    if not PEERS.exists():
        if not (bench / "run.py").exists():
            sys.exit(f"The peers are not at {bench}: say where with --bench DIR.")
        shutil.copytree(bench, PEERS)
        subprocess.run(["chmod", "-R", "u+w", PEERS], check=True)
    if not (PEERS / "data/registry.json").exists():
        subprocess.run(["./setup.sh"], cwd=PEERS, check=True)


def write_script() -> Path:
    """Give the load generator our dialogue, and the people of our registry to play it."""
    people = PEERS / "data/product-people.json"
    people.write_text(json.dumps(grown_ups()))
    ours = {**json.loads(SCRIPT.read_text()), "rows": str(people)}
    path = PEERS / "scripts/product.json"
    path.write_text(json.dumps(ours, indent=1))
    return path


def product(kind: str, workers: int = 1) -> list[str]:
    """Return the arguments that add the product on a database of *kind*."""
    given = f"DB={kind} WORKERS={workers} PYTHONPATH={shlex.quote(str(ROOT))}"
    name = "product" if workers == 1 else f"product-{workers}"
    return ["--extra", f"{name}/{kind}=env {given} {sys.executable} -m benchmarks.serve"]


def main() -> None:
    """Set the peers up and run them with the product among them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("bench", "kill", "redeliver", "check"))
    parser.add_argument("--bench", type=Path, default=ROOT / "../shared/bench")
    parser.add_argument("--peers", default=BESIDE, help="comma-separated; empty for none")
    parser.add_argument("--databases", default="sqlite,pg")
    parser.add_argument("--workers", type=int, default=1, help="more: also that many, on pg")
    given, others = parser.parse_known_args()
    set_up(given.bench)
    script = write_script()
    extras = [part for kind in given.databases.split(",") for part in product(kind)]
    if given.workers > 1:
        extras += product("pg", given.workers)
    command = [
        PEERS / ".venv/bin/python", "run.py", given.what, "--peers", given.peers, *extras,
        "--extra-path", "/telegram", "--extra-script", str(script),
        "--extra-needs", "pg" if "pg" in given.databases else "", "--extra-tickets", "",
        "--attempts", "1", *others,
    ]  # fmt: skip
    environment = {"XDG_RUNTIME_DIR": tempfile.gettempdir(), **os.environ}
    sys.exit(subprocess.run(command, cwd=PEERS, env=environment, check=False).returncode)


if __name__ == "__main__":
    main()
