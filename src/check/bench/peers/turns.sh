#!/bin/bash
# Merpati and a peer by turns: both stay up, each phase runs against one and then the other, for users of their own each time.
# turns.sh FOLDER [ROUNDS]   results in FOLDER; `run.sh Medians FOLDER` makes the table
# PHASES=I2,I3,I4 (of IMAP alone), MERPATI and WARM as for merpati.sh. Copied into the bench's folder `peers` (docs/benchmarks.md says how).
. "$(dirname "$0")/common.sh"
OUT=${1:?the folder for results}; ROUNDS=${2:-3}
: "${MERPATI:?the path of the merpati launcher}" "${PHASES:=I2,I3,I4}"
export MERPATI
mkdir -p "$OUT/classes"; rm -f "$OUT"/*.json
"$JAVA_HOME/bin/javac" -d "$OUT/classes" "$HERE/../MailBench.java" || exit 1
"$HERE/postfix-dovecot.sh" start || exit 1
trap '"$HERE/merpati.sh" stop; "$HERE/postfix-dovecot.sh" stop' EXIT
"$HERE/merpati.sh" start || exit 1
for round in $(seq 1 "$ROUNDS"); do
  for i in $(seq 1 "$USERS"); do
    echo "round$round.user$i@$DOMAIN:{PLAIN}$PASSWORD" >> "$BENCH_DATA/postfix-dovecot/users"
    "$MERPATI" account add "round$round.user$i@$DOMAIN" --password "$PASSWORD" --data "$BENCH_DATA/merpati/data" >/dev/null || exit 1; done
  for name in merpati postfix-dovecot; do
    sed "s/user%d@/round$round.user%d@/" "$HERE/../targets/$name.json" > "$OUT/target"
    # compiled by the quick compiler alone and with room: its own compiling and collecting would fall on one row or another
    "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xms1500m -Xmx1500m -Xmn800m -cp "$OUT/classes" \
      MailBench run "$OUT/target" --out "$OUT/$name.$round.json" --phases "$PHASES" || exit 1; done
done
