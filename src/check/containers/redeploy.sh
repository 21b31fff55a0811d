#!/bin/sh
# Deploys merpati.ear ten times over and counts how many copies of its classes are in memory before and after. A server of
# its own is set up for that in a temporary folder and removed afterwards; the distribution is not changed.
#
# usage: redeploy.sh wildfly WILDFLY_HOME [EAR [ROUNDS]]
#        redeploy.sh payara  PAYARA_HOME  [EAR [ROUNDS]]
# BASE (default 17000) is the first of the ports it uses.
set -eu
: "${JAVA_HOME:?names no JDK; the servers run on it and need one from 21 up}"

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
kind=${1:?usage: redeploy.sh wildfly|payara HOME [EAR [ROUNDS]]}
home=${2:?the home of the server is missing}
ear=${3:-$root/ear/target/merpati.ear}
rounds=${4:-10}
base=${BASE:-17000}
work=$(mktemp -d)
export MERPATI_ADMIN_PASSWORD=for-the-check-only
# loaders that only caches hold softly are no leak: let collections clear them
flag=-XX:SoftRefLRUPolicyMSPerMB=0
ports="--smtp-port $((base + 525)) --imap-port $((base + 543)) --imaps-port $((base + 593))"
jcmd=${JAVA_HOME:+$JAVA_HOME/bin/}jcmd

cli() { "$home/bin/jboss-cli.sh" --connect --controller="127.0.0.1:$((base + 9990))" --commands="$1" 2>/dev/null; }
asadmin() { "$home/glassfish/bin/asadmin" --interactive=false --port "$((base + 48))" "$@"; }

start() {
    case $kind in
        wildfly)
            cp -r "$home/standalone" "$work/standalone"
            "$root/deploy-descriptors/wildfly/setup.sh" "$home" --base-dir "$work/standalone" $ports
            JAVA_OPTS="-Xmx1g $flag" LAUNCH_JBOSS_IN_BACKGROUND=1 "$home/bin/standalone.sh" -c standalone-full.xml \
                "-Djboss.server.base.dir=$work/standalone" "-Djboss.socket.binding.port-offset=$base" >"$work/log" 2>&1 &
            launcher=$!
            until cli ':read-attribute(name=server-state)' | grep -q running; do
                kill -0 "$launcher" || { cat "$work/log"; exit 1; }
                sleep 1
            done
            pid=$(cli '/core-service=platform-mbean/type=runtime:read-attribute(name=name)' | sed -n 's/.*"\([0-9]*\)@.*/\1/p')
            ;;
        payara)
            asadmin create-domain --nopassword --domaindir "$work" --portbase "$base" check
            asadmin start-domain --domaindir "$work" check
            "$root/deploy-descriptors/payara/setup.sh" "$home" --domain check --domain-dir "$work" --admin-port "$((base + 48))" $ports
            asadmin create-jvm-options "$(echo "$flag" | sed 's/:/\\:/g')" # a colon would end the option
            asadmin restart-domain --domaindir "$work" check
            pid=$(cat "$work/check/config/pid")
            ;;
        *)
            echo "redeploy.sh: $kind is neither wildfly nor payara" >&2
            exit 2
            ;;
    esac
}

stop() {
    case $kind in
        wildfly) cli :shutdown >/dev/null || true ;;
        payara) asadmin stop-domain --domaindir "$work" check >/dev/null || true ;;
    esac
    rm -rf "$work"
}

deploy() {
    case $kind in
        wildfly) cli "deploy --name=merpati.ear $ear" ;;
        payara) asadmin deploy --name merpati "$ear" >/dev/null ;;
    esac
}

undeploy() {
    case $kind in
        wildfly) cli 'undeploy merpati.ear' ;;
        payara) asadmin undeploy merpati >/dev/null ;;
    esac
}

copies() { # of one of our classes, and of the threads and loaders there are
    "$jcmd" "$pid" GC.run >/dev/null
    "$jcmd" "$pid" GC.run >/dev/null
    classes=$("$jcmd" "$pid" VM.classloaders show-classes=true verbose=false | grep -c 'org\.merpati\.core\.api\.Platform$' || true)
    loaders=$("$jcmd" "$pid" VM.classloader_stats | awk '/^Total/ { print $3 }')
    threads=$("$jcmd" "$pid" Thread.print | grep -c '^"' || true)
    echo "$1: copies of our classes $classes, class loaders $loaders, platform threads $threads"
}

trap stop EXIT
start
copies 'before the first deployment'
deploy
copies 'deployed once'
round=1
while [ "$round" -lt "$rounds" ]; do
    undeploy
    deploy
    round=$((round + 1))
done
copies "deployed $rounds times"
undeploy
copies 'undeployed'
