"""How well mails that come in are understood, over all samples: python tests/evaluation/run.py [FOLDER...]

A FOLDER holds raw mails and an expected.jsonl, or folders that do; it is measured apart from the samples of the
repository. Ends with 1 where a mail has no label or a label no mail.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from evaluation.compare import misses
from evaluation.corpus import MAILS, Corpus, load
from evaluation.scores import heard, tables

from outreach.cli.context import print_table


def main() -> int:
    """Print the tables of every corpus; return the exit code."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("folders", nargs="*", type=Path)
    arguments.add_argument(
        "--only", action="store_true", help="the folders, without the repository's samples"
    )
    arguments.add_argument("--misses", action="store_true", help="list every label that is not met")
    given = arguments.parse_args()
    roots = given.folders if given.only else [MAILS, *given.folders]
    return max([_told(root, load([root]), given.misses) for root in roots], default=0)


def _told(root: Path, corpus: Corpus, with_misses: bool) -> int:
    all_heard = heard(corpus.samples, _count)
    print(f"{root.name}: {len(all_heard)} mails\n")
    for table in tables(all_heard):
        print(table.title)
        print_table(table.headings, table.rows)
        print()
    wrong = [(each.sample.name, miss) for each in all_heard for miss in misses(each.expected, each.found)]
    for name, miss in wrong if with_misses else ():
        print(f"{name}: {miss}")
    print(
        f"{len({name for name, _ in wrong})} of {len(all_heard)} mails miss a label, {len(wrong)} labels in all"
    )
    for problem in corpus.problems:
        print(problem, file=sys.stderr)
    return 1 if corpus.problems else 0


def _count(done: int) -> None:
    if sys.stderr.isatty() and done % 20 == 0:
        print(f"\r{done} mails", end="\r", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
