#!/bin/bash
# Merpati beside the peers of the mail server bench.  start | stop | pids
# MERPATI=path of the launcher. Copied into the bench's folder `peers` (docs/benchmarks.md says how).
# WARM=N runs the bench N times against users of other domains first, so that what follows is measured on compiled code.
. "$(dirname "$0")/common.sh"
: "${MERPATI:?the path of the merpati launcher}" "${NAME:=merpati}" "${MERPATI_SET:=}" "${WARM:=0}"
D=$BENCH_DATA/$NAME; PIDS=$D/pids
add_users() { # domain
  "$MERPATI" domain add "$1" --data "$D/data" >/dev/null || exit 1
  for i in $(seq 1 "$USERS"); do
    "$MERPATI" account add "user$i@$1" --password "$PASSWORD" --data "$D/data" >/dev/null || exit 1; done; }
warm() { # domain
  add_users "$1"; sed "s/bench\.test/$1/" "$HERE/../targets/merpati.json" > "$D/warm.json"
  "$JAVA_HOME/bin/java" "$HERE/../MailBench.java" run "$D/warm.json" --phases S,I1,I2,I3,I4,J > "$D/warm.out" || { cat "$D/warm.out"; exit 1; }; }
case ${1:-} in
start)
  rm -rf "$D"; mkdir -p "$D"
  # shellcheck disable=SC2086
  "$MERPATI" start --data "$D/data" --set smtp.port=18025 --set imap.port=18143 --set imaps.port=0 --set submission.port=0 --set submissions.port=0 --set lmtp.port=0 --set http.port=18080 \
    --set https.port=0 --set auth.allow-plaintext=true --set limits.enabled=false $MERPATI_SET >"$D/start.out" || { cat "$D/start.out"; exit 1; }
  add_users "$DOMAIN"
  "$MERPATI" status --json --data "$D/data" | sed 's/.*"pid":\([0-9]*\).*/\1/' > "$PIDS"
  for i in $(seq 1 "$WARM"); do warm "warm$i.test"; done
  echo "$NAME up: smtp 18025 imap 18143 jmap 18080 pids $(cat "$PIDS")";;
stop) "$MERPATI" stop --data "$D/data"; rm -rf "$D"; echo "$NAME down";;
pids) cat "$PIDS";;
*) echo "usage: $0 start|stop|pids"; exit 2;; esac
