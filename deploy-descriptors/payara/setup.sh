#!/bin/sh
# Prepares a Payara domain for merpati.ear. Run it before the first deployment.
# It adds what is Merpati's own and changes nothing else; run again, it leaves what is there and sets the ports anew.
set -eu

usage() {
    cat <<'TEXT'
usage: setup.sh PAYARA_HOME [options]

A domain that is stopped is started for the set-up and stopped again.
  --domain NAME            default domain1
  --domain-dir DIR         the folder that holds the domain's own (default PAYARA_HOME/glassfish/domains)
  --admin-port N           the domain's administration port (default 4848)
  --admin-user NAME        default admin
  --admin-password-file F  asadmin's password file, for a domain that asks for one
  --bind ADDRESSES         addresses the mail ports listen on, separated by commas (default: Merpati's own, 127.0.0.1)
  --smtp-port N            default 2525
  --submission-port N      default 2587
  --submissions-port N     default 2465
  --lmtp-port N            default 2224; on 127.0.0.1 whatever --bind says
  --imap-port N            default 2143
  --imaps-port N           default 2993
Database: H2 on the domain's disk, for trial, unless these are given:
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
asadmin=$home/glassfish/bin/asadmin
[ -f "$asadmin" ] || fail "$home is no Payara: it has no glassfish/bin/asadmin"

domain=domain1 domains=$home/glassfish/domains admin=4848 login=admin secrets=
bind= url= user= password= driver= smtp=2525 submission=2587 submissions=2465 lmtp=2224 imap=2143 imaps=2993
while [ $# -gt 0 ]; do
    case $1 in -h | --help) usage; exit 0 ;; esac
    [ $# -gt 1 ] || fail "$1 needs a value (--help lists all options)"
    case $1 in
        --domain) domain=$2 ;;
        --domain-dir) domains=$2 ;;
        --admin-port) admin=$2 ;;
        --admin-user) login=$2 ;;
        --admin-password-file) secrets=$2 ;;
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
for port in "$admin" "$smtp" "$submission" "$submissions" "$lmtp" "$imap" "$imaps"; do
    case $port in '' | *[!0-9]*) fail "$port is no port number" ;; esac
done
[ -d "$domains/$domain" ] || fail "there is no domain $domain in $domains"
if [ -n "$url" ]; then
    [ -n "$user" ] && [ -f "$password" ] && [ -f "$driver" ] \
        || fail "--postgresql needs --user, --password-file and --driver"
fi

# One asadmin for all commands: each start of it costs a second or two.
script=$(mktemp)
trap 'rm -f "$script"' EXIT
chmod 600 "$script"

run() {
    "$asadmin" --interactive=false --port "$admin" --user "$login" ${secrets:+--passwordfile "$secrets"} "$@"
}

# A value inside --property: there a colon, an equals sign and a backslash need a backslash.
value() {
    printf '%s' "$1" | sed 's/[\\:=]/\\&/g'
}

has() { # has LIST-COMMAND NAME: whether the list has a line that begins with this word
    run --terse=true "$1" | grep -qE "^$2( |\$)"
}

started=
if ! run --terse=true uptime >/dev/null 2>&1; then
    "$asadmin" --interactive=false --user "$login" ${secrets:+--passwordfile "$secrets"} \
        start-domain --domaindir "$domains" "$domain"
    started=yes
fi

if has list-jdbc-connection-pools merpati-pool; then
    echo 'left as it is: JDBC connection pool merpati-pool'
else
    if [ -n "$url" ]; then
        [ -f "$domains/$domain/lib/$(basename "$driver")" ] || run add-library "$driver"
        class=org.postgresql.xa.PGXADataSource
        secret=$(cat "$password")
    else
        class=org.h2.jdbcx.JdbcDataSource
        # without the last option H2 2.2.224 may answer a query with what was there before a commit
        url='jdbc:h2:file:${com.sun.aas.instanceRoot}/merpati/database;WRITE_DELAY=0;RETENTION_TIME=2147483647;DB_CLOSE_ON_EXIT=FALSE;OPTIMIZE_REUSE_RESULTS=0'
        user=merpati
        secret=merpati
    fi
    # through a file, so that the password is in no process list
    printf 'create-jdbc-connection-pool --restype javax.sql.XADataSource --datasourceclassname %s --steadypoolsize 2 --maxpoolsize 32 --property "%s" merpati-pool\n' \
        "$class" "URL=$(value "$url"):user=$(value "$user"):password=$(value "$secret")" >"$script"
    run multimode --file "$script"
fi
if has list-jdbc-resources jdbc/merpati; then
    echo 'left as it is: JDBC resource jdbc/merpati'
else
    run create-jdbc-resource --connectionpoolid merpati-pool jdbc/merpati
fi

adapter() { # adapter NAME PROPERTIES
    if has list-resource-adapter-configs "merpati#$1"; then
        run delete-resource-adapter-config "merpati#$1"
    fi
    run create-resource-adapter-config --property "$2${bind:+:bind=$(value "$bind")}" "merpati#$1"
}
adapter merpati-smtp "port=$smtp:submissionPort=$submission:submissionsPort=$submissions:lmtpPort=$lmtp"
adapter merpati-imap "port=$imap:tlsPort=$imaps"

if [ -n "$started" ]; then
    "$asadmin" --interactive=false --user "$login" ${secrets:+--passwordfile "$secrets"} \
        stop-domain --domaindir "$domains" "$domain"
elif has list-applications merpati; then
    # a change of its adapters closes the mail ports of a running application until it is enabled anew
    run disable merpati
    run enable merpati
fi
echo "Ready for merpati.ear: deploy it with --name merpati."
