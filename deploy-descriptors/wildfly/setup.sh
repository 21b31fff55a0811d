#!/bin/sh
# Prepares a WildFly (configuration standalone-full.xml) for merpati.ear. Run it before the first deployment.
# It adds what is Merpati's own, lets HTTP requests have 64 MB where the limit is WildFly's own of 10 MB (a JMAP upload may have
# 50), and changes nothing else; run again, it leaves what is there and sets the ports anew.
set -eu

usage() {
    cat <<'TEXT'
usage: setup.sh WILDFLY_HOME [options]

Without --controller the server must be stopped: its configuration file is edited.
  --controller HOST:PORT   edit a running server through its management port (9990)
  --base-dir DIR           the server's base folder (default WILDFLY_HOME/standalone); stopped servers only
  --config NAME            its configuration file (default standalone-full.xml); stopped servers only
  --bind ADDRESSES         addresses the mail ports listen on, separated by commas (default: Merpati's own, 127.0.0.1)
  --smtp-port N            default 2525
  --submission-port N      default 2587
  --submissions-port N     default 2465
  --lmtp-port N            default 2224; on 127.0.0.1 whatever --bind says
  --imap-port N            default 2143
  --imaps-port N           default 2993
Database: H2 on the server's disk, for trial, unless these are given:
  --postgresql URL         jdbc:postgresql://host:5432/database; the server there needs max_prepared_transactions > 0
  --user NAME              its user
  --password-file FILE     a file that holds the user's password and nothing else
  --driver JAR             PostgreSQL's JDBC driver
TEXT
}

fail() {
    echo "setup.sh: $*" >&2
    exit 2
}

[ $# -gt 0 ] || { usage >&2; exit 2; }
case $1 in -h | --help) usage; exit 0 ;; esac
home=$1
shift
[ -f "$home/bin/jboss-cli.sh" ] || fail "$home is no WildFly: it has no bin/jboss-cli.sh"

controller= base=$home/standalone config=standalone-full.xml bind= url= user= password= driver=
smtp=2525 submission=2587 submissions=2465 lmtp=2224 imap=2143 imaps=2993
while [ $# -gt 0 ]; do
    case $1 in -h | --help) usage; exit 0 ;; esac
    [ $# -gt 1 ] || fail "$1 needs a value (--help lists all options)"
    case $1 in
        --controller) controller=$2 ;;
        --base-dir) base=$2 ;;
        --config) config=$2 ;;
        --bind) bind=$2 ;;
        --smtp-port) smtp=$2 ;;
        --submission-port) submission=$2 ;;
        --submissions-port) submissions=$2 ;;
        --lmtp-port) lmtp=$2 ;;
        --imap-port) imap=$2 ;;
        --imaps-port) imaps=$2 ;;
        --postgresql) url=$2 ;;
        --user) user=$2 ;;
        --password-file) password=$2 ;;
        --driver) driver=$2 ;;
        *) fail "unknown option $1 (--help lists all)" ;;
    esac
    shift 2
done
for port in "$smtp" "$submission" "$submissions" "$lmtp" "$imap" "$imaps"; do
    case $port in '' | *[!0-9]*) fail "$port is no port number" ;; esac
done
if [ -n "$url" ]; then
    [ -n "$user" ] && [ -f "$password" ] && [ -f "$driver" ] \
        || fail "--postgresql needs --user, --password-file and --driver"
fi

script=$(mktemp)
trap 'rm -f "$script"' EXIT
chmod 600 "$script"

# A string for the command line: in quotes, with quotes and backslashes escaped.
quoted() {
    printf '"%s"' "$(printf '%s' "$1" | sed 's/[\\"]/\\&/g')"
}

# absent ADDRESS COMMAND: the command is run only when there is nothing at the address.
absent() {
    printf 'if (outcome != success) of %s:read-resource\n%s\nelse\necho "left as it is: %s"\nend-if\n' "$1" "$2" "$1"
}

# A resource adapter's property: set anew each time, so that the console and this command agree.
property() {
    at="/subsystem=resource-adapters/resource-adapter=$1/config-properties=$2"
    printf 'if (outcome == success) of %s:read-resource\n%s:remove\nend-if\n' "$at" "$at"
    [ -z "$3" ] || printf '%s:add(value=%s)\n' "$at" "$(quoted "$3")"
}

adapter() {
    at="/subsystem=resource-adapters/resource-adapter=$1"
    absent "$at" "$at:add(archive=\"merpati.ear#$1.rar\",transaction-support=NoTransaction)"
    property "$1" bind "$bind"
}

{
    if [ -n "$controller" ]; then
        echo "connect $controller"
    else
        echo "embed-server --server-config=$config"
    fi
    printf 'if (outcome != success) of /subsystem=messaging-activemq:read-resource\necho "%s"\nquit\nend-if\n' \
        'setup.sh: no messaging'
    absent /subsystem=ejb3/strict-max-bean-instance-pool=merpati \
        '/subsystem=ejb3/strict-max-bean-instance-pool=merpati:add(max-pool-size=1500,timeout=30,timeout-unit=SECONDS)'

    for at in http-listener=default https-listener=https; do
        at=/subsystem=undertow/server=default-server/$at
        printf 'if (result == 10485760L) of %s:read-attribute(name=max-post-size)\n%s:write-attribute(name=max-post-size,value=67108864)\nend-if\n' "$at" "$at"
    done

    if [ -n "$url" ]; then
        if [ ! -d "$home/modules/org/merpati/postgresql" ]; then
            echo "module add --name=org.merpati.postgresql --resources=$(quoted "$driver") --dependencies=java.se,jakarta.transaction.api"
        fi
        absent /subsystem=datasources/jdbc-driver=merpati-postgresql \
            '/subsystem=datasources/jdbc-driver=merpati-postgresql:add(driver-name=merpati-postgresql,driver-module-name=org.merpati.postgresql,driver-xa-datasource-class-name=org.postgresql.xa.PGXADataSource)'
        login="--user-name=$(quoted "$user") --password=$(quoted "$(cat "$password")")"
        kind=merpati-postgresql
    else
        # without the last option H2 2.2.224 may answer a query with what was there before a commit
        url='jdbc:h2:file:${jboss.server.data.dir}/merpati/database;WRITE_DELAY=0;RETENTION_TIME=2147483647;DB_CLOSE_ON_EXIT=FALSE;OPTIMIZE_REUSE_RESULTS=0'
        login='--user-name=merpati --password=merpati'
        kind=h2
    fi
    absent /subsystem=datasources/xa-data-source=merpati \
        "xa-data-source add --name=merpati --jndi-name=java:/jdbc/merpati --driver-name=$kind $login --min-pool-size=2 --max-pool-size=32 --same-rm-override=false --xa-datasource-properties={\"URL\"=>$(quoted "$url")}"

    adapter merpati-smtp
    property merpati-smtp port "$smtp"
    property merpati-smtp submissionPort "$submission"
    property merpati-smtp submissionsPort "$submissions"
    property merpati-smtp lmtpPort "$lmtp"
    adapter merpati-imap
    property merpati-imap port "$imap"
    property merpati-imap tlsPort "$imaps"
    [ -n "$controller" ] || echo stop-embedded-server
} >"$script"

said=$(JAVA_OPTS="${JAVA_OPTS:-} -Djboss.server.base.dir=$base" "$home/bin/jboss-cli.sh" --file="$script") || {
    echo "$said" >&2
    exit 1
}
case $said in *setup.sh:*) fail "this configuration has no messaging, so no message-driven beans: use standalone-full.xml" ;; esac
printf '%s\n' "$said" | grep 'left as it is' || true
if [ -n "$controller" ]; then
    echo "Ready for merpati.ear. If it is deployed already, the new ports take effect with the next :reload."
else
    echo "Ready for merpati.ear: start the server with -c $config."
fi
