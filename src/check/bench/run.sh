#!/bin/sh
# Runs one of the load programs against a server of its own:  run.sh KillNine|SlowClients|Idlers [arguments]
#   KillNine [ROUNDS]   kill -9 during 8 parallel deliveries and 4 APPENDs, 20 rounds unless told otherwise
#   SlowClients         100 slow readers and 100 slow senders beside 8 fast ones
#   Idlers              1,000 deliveries to ten clients in IDLE: how soon they hear of each
#   Pushes [CHANGES]    1,000 changes each by delivery, APPEND and STORE: how soon each kind of client is told; 5 minutes
#   LargeMailbox [MESSAGES]  a mailbox of a million messages beside one of a thousand, over IMAP; some minutes
#   Idle [COUNT]        memory of each of 10,000 connections in IDLE, in clear and over TLS
#   Mime FOLDER         reads the messages there (*.txt, *.eml), ours beside Apache Mime4j and Angus Mail; some minutes
#   StoreLoad [--help]  the store alone on H2 and, where it is installed, a PostgreSQL of its own; some minutes
#   StoreBench          single operations of the store under JMH, on the same databases; some minutes
#   Medians FOLDER      the table of what peers/turns.sh has measured there
#   Churn [--help]      mail that comes and goes: whether H2's file stays within three times its live data; 5 minutes
# or against a running one:  run.sh Load deliver|fetch PORT PIDS COUNT CONNECTIONS ACCOUNTS [--tls] [--new] [--visible IMAP-PORT]
set -eu
root=$(cd "$(dirname "$0")/../../.." && pwd)
[ $# -gt 0 ] || { sed -n '2,14p' "$0" >&2; exit 2; }
program=$1
shift
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
"$java" -version 2>&1 | grep -Eq '"(2[1-9]|[3-9][0-9])' || java=$(ls /usr/lib/jvm/*/bin/java | xargs -I{} sh -c '"{}" -version 2>&1 | grep -Eq "\"(2[1-9]|[3-9][0-9])" && echo {}' | head -n 1)
classes=$root/src/check/bench/target/classes
[ -d "$classes/org" ] || { echo "building the load programs" >&2; (cd "$root" && mvn -q -B -DskipTests -DskipContainers -pl src/check/bench -am package >&2); }
case $program in
Load) exec "$java" -cp "$classes" org.merpati.check.bench.Load "$@" ;;
Mime)
    [ -d "${1:-}" ] || { echo "name a folder of messages; src/check/conformance/spamassassin/run.sh fetches one" >&2; exit 2; }
    exec "$java" "-Dcorpus=$(cd "$1" && pwd)" -cp "$classes:$classes/../lib/*" org.merpati.check.bench.mime.MimeBench ;;
StoreLoad | StoreBench)
    initdb=$(ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | tail -n 1)
    [ -n "$initdb" ] || initdb=$(command -v initdb || true)
    if [ -z "$initdb" ] || [ "${1:-}" = --help ]; then
        exec "$java" -Xmx1g -cp "$classes:$classes/../lib/*" "org.merpati.check.bench.store.$program" "$@"
    fi
    folder=$(mktemp -d)
    as=
    if [ "$(id -u)" = 0 ]; then
        chown postgres "$folder"
        as="setpriv --reuid=postgres --regid=postgres --clear-groups"
    fi
    (cd "$folder" && $as "$initdb" -D "$folder/data" -U postgres -A trust >&2)
    port=$(( 20000 + $$ % 20000 ))
    trap 'cd "$folder"; $as "$(dirname "$initdb")/pg_ctl" -D "$folder/data" -m immediate stop >&2; rm -rf "$folder"' EXIT
    trap 'exit 1' INT TERM
    (cd "$folder" && $as "$(dirname "$initdb")/pg_ctl" -w -D "$folder/data" -l "$folder/log" \
        -o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c shared_buffers=512MB -c max_wal_size=4GB" start >&2)
    url=jdbc:postgresql://127.0.0.1:$port/postgres
    if [ "$program" = StoreLoad ]; then
        "$java" -Xmx1g -cp "$classes:$classes/../lib/*" org.merpati.check.bench.store.StoreLoad --postgres "$url" "$@"
    else
        "$java" -Xmx1g "-Dpostgres=$url" -cp "$classes:$classes/../lib/*" org.merpati.check.bench.store.StoreBench "$@"
    fi ;;
Medians) exec "$java" -cp "$classes" org.merpati.check.bench.Medians "$@" ;;
Churn) exec "$java" -Xmx512m -cp "$classes:$classes/../lib/*" org.merpati.check.bench.store.Churn "$@" ;;
KillNine | SlowClients | Idlers | Pushes) exec "$java" -cp "$classes" "org.merpati.check.bench.$program" "$root/merpati" "$@" ;;
LargeMailbox) exec "$java" -Xmx1g -cp "$classes:$classes/../lib/*" org.merpati.check.bench.LargeMailbox "$root/merpati" "$@" ;;
Idle)
    ulimit -n "$(ulimit -H -n)"
    exec "$java" -Xmx2g -cp "$classes" org.merpati.check.bench.Idle "$root/merpati" "$@" ;;
*) echo "no program $program" >&2; exit 2 ;;
esac
