package org.merpati.core.api.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.merpati.core.api.mail.EmailAddress;

/** The catalogue of all settings, in the order the reference prints them. */
public final class Settings {
    private static final List<Setting<?>> ALL = new ArrayList<>();
    private static final List<SettingFamily<?>> FAMILIES = new ArrayList<>();

    public static final Setting<Path> DATA =
            setting("data", "data", "Folder of everything the server keeps.", Path::of);
    public static final Setting<String> HOSTNAME = setting(
            "hostname",
            "localhost",
            "The name this server greets with and writes into Received fields.",
            Settings::host);
    public static final Setting<List<String>> BIND = setting(
            "bind",
            "127.0.0.1",
            "Addresses the listeners bind to, separated by commas; 0.0.0.0 or :: for all.",
            Settings::list);
    public static final Setting<ThreadKind> THREADS = setting(
            "threads",
            "auto",
            "Threads that connections run on: auto, virtual or platform; auto means virtual from JDK 24 up.",
            text -> choice(ThreadKind.class, text));

    public static final Setting<Integer> SMTP_PORT =
            setting("smtp.port", "2525", "Port for mail from other servers; 0 for any free port.", Settings::port);
    public static final Setting<ByteSize> SMTP_MAX_MESSAGE = setting(
            "smtp.max-message",
            "50MB",
            "Largest message taken; announced with SIZE (RFC 1870).",
            Settings::messageSize);
    public static final Setting<Integer> SMTP_MAX_RECIPIENTS = setting(
            "smtp.max-recipients",
            "1000",
            "Recipients in one transaction; at least 100 (RFC 5321 §4.5.3.1.8).",
            number(100, 100_000));
    public static final Setting<Integer> SMTP_MAX_HOPS = setting(
            "smtp.max-hops",
            "100",
            "A message with that many Received fields is in a loop and refused; at least 100 (RFC 5321 §6.3).",
            number(100, 1_000));
    public static final Setting<Duration> SMTP_COMMAND_TIMEOUT = setting(
            "smtp.command-timeout",
            "5m",
            "How long a client may take for one command or for the next block of a message; at least 5m"
                    + " (RFC 5321 §4.5.3.2.7).",
            atLeast(Duration.ofMinutes(5)));
    public static final Setting<Duration> SMTP_SESSION_TIMEOUT = setting(
            "smtp.session-timeout", "30m", "How long one session may last in all.", atLeast(Duration.ofMinutes(5)));
    public static final Setting<Integer> SMTP_MAX_MESSAGES = setting(
            "smtp.max-messages",
            "10",
            "Transactions in one session; announced with LIMITS (RFC 9422). Not counted for LMTP.",
            number(1, 1_000_000));
    public static final Setting<ByteSize> SMTP_MAX_TRANSFER = setting(
            "smtp.max-transfer",
            "250MB",
            "What one session may send in all; a message that has begun by then may end. Not counted for LMTP.",
            ByteSize::parse);
    public static final Setting<Integer> SMTP_MAX_BAD_RECIPIENTS = setting(
            "smtp.max-bad-recipients",
            "5",
            "Refused recipients after which a session is closed. Not counted for LMTP.",
            number(1, 1_000_000));
    public static final Setting<Integer> SMTP_MAX_BAD_LOGINS =
            setting("smtp.max-bad-logins", "3", "Failed logins after which a session is closed.", number(1, 1_000));
    public static final Setting<Duration> SMTP_REFUSAL_DELAY = setting(
            "smtp.refusal-delay",
            "5s",
            "How long a client waits to hear that a login has failed or that a recipient is refused.",
            Settings::duration);
    public static final Setting<List<String>> SMTP_NO_SOLICITING = setting(
            "smtp.no-soliciting",
            "",
            "Solicitation keywords of mail that is refused, separated by commas (RFC 3865); empty: the extension is not"
                    + " offered.",
            Settings::solicitations);

    public static final Setting<Integer> SUBMISSION_PORT = setting(
            "submission.port", "2587", "Port for mail from people's programs; 0 for any free port.", Settings::port);
    public static final Setting<Integer> SUBMISSIONS_PORT = setting(
            "submissions.port",
            "2465",
            "Port for mail from people's programs over TLS; 0 for any free port.",
            Settings::port);
    public static final Setting<Integer> LMTP_PORT = setting(
            "lmtp.port",
            "2224",
            "Port for mail from a server in front of this one, by LMTP; 0 for any free port.",
            Settings::port);

    public static final Setting<Integer> IMAP_PORT =
            setting("imap.port", "2143", "Port for IMAP; 0 for any free port.", Settings::port);
    public static final Setting<Integer> IMAPS_PORT =
            setting("imaps.port", "2993", "Port for IMAP over TLS; 0 for any free port.", Settings::port);
    public static final Setting<Duration> IMAP_IDLE_TIMEOUT = setting(
            "imap.idle-timeout",
            "30m",
            "How long a signed-in client may be silent, also in IDLE; at least 30m (RFC 9051 §5.4).",
            atLeast(Duration.ofMinutes(30)));
    public static final Setting<Duration> IMAP_LOGIN_TIMEOUT = setting(
            "imap.login-timeout",
            "3m",
            "How long a client may take to sign in, whatever it sends; 30s to 30m.",
            between(Duration.ofSeconds(30), Duration.ofMinutes(30)));
    public static final Setting<Integer> IMAP_MAX_CONNECTIONS = setting(
            "imap.max-connections", "16", "Sessions of one user at once; more can't sign in.", number(1, 100_000));
    public static final Setting<Integer> IMAP_MAX_COMMANDS = setting(
            "imap.max-commands",
            "2000",
            "Commands of one user in a minute, all sessions together; further ones are answered later.",
            number(60, 10_000_000));

    public static final Setting<Integer> IMAP_MESSAGE_LIMIT = setting(
            "imap.message-limit",
            "0",
            "Messages that one command may search, fetch, change, copy or move (RFC 9738), at least 1000; 0 for no limit, as"
                    + " clients that do not know of it see only so many of a mailbox's last messages.",
            text -> {
                int number = number(0, Integer.MAX_VALUE).apply(text);
                if (number > 0 && number < 1_000) {
                    throw new IllegalArgumentException("not 0, and less than 1000");
                }
                return number;
            });

    public static final Setting<Integer> POP3_PORT = absent("pop3.port", "2110");
    public static final Setting<Integer> POP3S_PORT = absent("pop3s.port", "2995");
    public static final Setting<Integer> MANAGESIEVE_PORT = absent("managesieve.port", "4190");

    public static final Setting<Integer> HTTP_PORT = setting(
            "http.port",
            "8080",
            "Embedded home: port for HTTP; 0 for any free port. In a container its own listener serves HTTP.",
            Settings::port);
    public static final Setting<Integer> HTTPS_PORT = setting(
            "https.port",
            "8443",
            "Embedded home: port for HTTPS; 0 for any free port. In a container its own listener serves HTTPS.",
            Settings::port);
    public static final Setting<Optional<URI>> HTTP_PUBLIC_URL = setting(
            "http.public-url",
            "",
            "Base of the absolute addresses handed to clients, https://mail.example.org; empty: the address the request"
                    + " came to, loopback only.",
            Settings::url);

    public static final Setting<Integer> PUSH_STREAMS = setting(
            "push.streams",
            "10000",
            "JMAP event sources open at once, and likewise WebSockets; further ones are refused.",
            number(1, 1_000_000));
    public static final Setting<Integer> PUSH_STREAMS_PER_USER = setting(
            "push.streams-per-user",
            "20",
            "JMAP event sources of one user open at once, and likewise WebSockets.",
            number(1, 100_000));

    public static final Setting<Boolean> PUSH_ALLOW_PRIVATE = setting(
            "push.allow-private",
            "false",
            "Whether JMAP push subscriptions may name addresses of loopback and of private networks, whoever asks.",
            Settings::flag);
    public static final Setting<Optional<Path>> PUSH_TRUSTED_CERTIFICATE = setting(
            "push.trusted-certificate",
            "",
            "File of certificates, PEM, that push services may have beside those that Java trusts.",
            Settings::file);
    public static final Setting<ByteSize> JMAP_UPLOAD_SIZE = setting(
            "jmap.upload-size",
            "512MB",
            "What one account may have uploaded and not used yet, at least the 50,000,000 octets of one upload; beyond, what"
                    + " came first goes.",
            text -> {
                var size = ByteSize.parse(text);
                if (size.octets() < 50_000_000) {
                    throw new IllegalArgumentException("it must be at least 50,000,000 octets");
                }
                return size;
            });
    public static final Setting<Integer> JMAP_UPLOAD_FILES =
            setting("jmap.upload-files", "1000", "How many uploads those may be.", number(1, 100_000));
    public static final Setting<Duration> JMAP_UPLOAD_KEEP = setting(
            "jmap.upload-keep",
            "24h",
            "How long an upload is kept that is not used; at least 1h (RFC 8620 §6).",
            atLeast(Duration.ofHours(1)));

    public static final Setting<List<Network>> PROXY_TRUSTED = setting(
            "proxy.trusted",
            "",
            "Networks of proxies, separated by commas (192.0.2.0/24): a connection from there must begin with a PROXY"
                    + " header, version 1 or 2, which names the client.",
            Network::list);
    public static final Setting<Optional<Path>> TLS_CERTIFICATE = setting(
            "tls.certificate",
            "",
            "File of the server's certificate: PEM with its chain, or PKCS#12; read again when it changes. Empty:"
                    + " tls/server.p12 in the data folder, made where there is none.",
            Settings::file);
    public static final Setting<Optional<Path>> TLS_KEY =
            setting("tls.key", "", "File of its private key, PEM; empty: in the certificate's file.", Settings::file);
    public static final Setting<Optional<String>> TLS_PASSWORD =
            secret("tls.password", "Password of a PKCS#12 file or of an encrypted key.");

    public static final SettingFamily<ListenerProtocol> LISTENER_PROTOCOL = family(
            "listener",
            "protocol",
            "",
            "What listener NAME speaks: smtp, submission, submissions, lmtp, imap or imaps. Listeners by those names are"
                    + " there already.",
            text -> choice(ListenerProtocol.class, text));
    public static final SettingFamily<Integer> LISTENER_PORT = family(
            "listener",
            "port",
            "",
            "Its port; 0 for any free port. `smtp.port` is short for `listener.smtp.port`, and so on.",
            Settings::port);
    public static final SettingFamily<List<String>> LISTENER_BIND = family(
            "listener",
            "bind",
            "",
            "Addresses it binds to, separated by commas; where not given, those of `bind`, and 127.0.0.1 for lmtp.",
            Settings::list);
    public static final SettingFamily<TlsMode> LISTENER_TLS = family(
            "listener",
            "tls",
            "",
            "none, starttls or implicit; where not given, starttls for smtp, submission and imap, implicit for submissions"
                    + " and imaps, none for lmtp.",
            text -> choice(TlsMode.class, text));
    public static final SettingFamily<List<Network>> LISTENER_PROXY_TRUSTED = family(
            "listener",
            "proxy-trusted",
            "",
            "Networks of proxies in front of this listener; where not given, those of `proxy.trusted`.",
            Network::list);
    public static final SettingFamily<Boolean> LISTENER_ENABLED =
            family("listener", "enabled", "true", "false: this listener is not opened.", Settings::flag);
    public static final SettingFamily<Optional<Path>> TLS_NAME_CERTIFICATE = family(
            "tls",
            "certificate",
            "",
            "File of one more certificate, PEM with its chain or PKCS#12, for clients that ask for one of the host names"
                    + " in it.",
            Settings::file);
    public static final SettingFamily<Optional<Path>> TLS_NAME_KEY =
            family("tls", "key", "", "File of its private key, PEM; empty: in the certificate's file.", Settings::file);
    public static final SettingFamily<Optional<String>> TLS_NAME_PASSWORD =
            secretFamily("tls", "password", "Password of that PKCS#12 file or encrypted key.");
    public static final Setting<Optional<EmailAddress>> POSTMASTER_ADDRESS = setting(
            "postmaster.address",
            "",
            "Who gets mail for postmaster in domains that have none (RFC 5321 §4.5.1): an account, alias or list here; empty:"
                    + " the first account of each domain.",
            Settings::address);

    public static final Setting<Boolean> AUTH_ALLOW_PLAINTEXT = setting(
            "auth.allow-plaintext",
            "false",
            "Whether passwords are taken without TLS, and then from loopback only.",
            Settings::flag);
    public static final Setting<Optional<String>> ADMIN_PASSWORD =
            secret("admin.password", "Password of the first administrator, user admin; used only while there is none.");

    public static final Setting<Boolean> LIMITS_ENABLED = setting(
            "limits.enabled",
            "true",
            "false switches off limits per time and per address (tests and benchmarks on loopback).",
            Settings::flag);
    public static final Setting<Integer> LIMITS_CONNECTIONS =
            setting("limits.connections", "10000", "Connections at once to one listener.", number(1, 1_000_000));
    public static final Setting<Integer> LIMITS_CONNECTIONS_PER_ADDRESS = setting(
            "limits.connections-per-address",
            "500",
            "Connections at once from one address (IPv6: one /64) to one listener.",
            number(1, 1_000_000));

    public static final Setting<List<Network>> SMTP_BANNED = setting(
            "smtp.banned",
            "",
            "Networks that no mail is taken from, separated by commas (192.0.2.0/24): 554 instead of a greeting.",
            Network::list);
    public static final Setting<Boolean> SMTP_REQUIRE_FQDN = setting(
            "smtp.require-fqdn",
            "false",
            "Whether other mail servers must call themselves by a fully qualified name or an address literal.",
            Settings::flag);
    public static final SettingFamily<Set<ThrottleKey>> THROTTLE_KEYS = family(
            "throttle",
            "keys",
            "",
            "What throttle NAME counts by, separated by commas: listener, remote-ip (IPv6: one /64), local-ip, helo-domain,"
                    + " authenticated-as, sender, sender-domain, rcpt, rcpt-domain. Who lacks one is not counted."
                    + " `connections` is there already and counts by remote-ip, and `sender-to-recipient` by"
                    + " sender-domain,rcpt.",
            ThrottleKey::set);
    public static final SettingFamily<Rate> THROTTLE_RATE = family(
            "throttle",
            "rate",
            "",
            "How many in how much time, and after as long a silence at once, before it is 451 (421 at connect): 300/1m for"
                    + " `connections`, 1000/1h for `sender-to-recipient`.",
            Rate::parse);
    public static final SettingFamily<ThrottleStep> THROTTLE_STAGE = family(
            "throttle",
            "stage",
            "",
            "What is counted: connect, ehlo, auth, mail or rcpt; where not given, the first at which all keys are known.",
            text -> choice(ThrottleStep.class, text));
    public static final SettingFamily<String> THROTTLE_MATCH = family(
            "throttle",
            "match",
            "",
            "Rule that must hold for an event to count, with the variables of `rewrite.recipient` as far as they are known;"
                    + " the two that are there count mail from other servers only, `connections` none from loopback.",
            text -> text);
    public static final SettingFamily<Boolean> THROTTLE_ENABLED =
            family("throttle", "enabled", "true", "false: this throttle counts nothing.", Settings::flag);
    public static final Setting<String> REWRITE_SENDER = setting(
            "rewrite.sender",
            "",
            "Rule (src/lib/expression/README.md) whose text takes the place of a sender; false or empty text leaves it."
                    + " Variables: remote_ip, remote_port, local_ip, local_port, listener, protocol (smtp, submission,"
                    + " lmtp), is_tls, helo_domain, authenticated_as, sender, sender_domain.",
            text -> text);
    public static final Setting<String> REWRITE_RECIPIENT = setting(
            "rewrite.recipient", "", "The same for recipients, with rcpt and rcpt_domain besides.", text -> text);
    public static final Setting<Duration> STAGE_DEADLINE = setting(
            "stage.deadline",
            "10s",
            "How long a plug-in may take for one step of an SMTP session before it counts as a temporary refusal; 1s to"
                    + " 4m.",
            between(Duration.ofSeconds(1), Duration.ofMinutes(4)));

    public static final Setting<ByteSize> SPOOL_HEAP = setting(
            "spool.heap",
            "64MB",
            "Heap for messages being received, all connections together; what is beyond goes to encrypted files.",
            ByteSize::parse);
    public static final Setting<ByteSize> SPOOL_MESSAGE_HEAP = setting(
            "spool.message-heap",
            "128KB",
            "A message up to this size is received on the heap, a larger one in an encrypted file.",
            ByteSize::parse);
    public static final Setting<ByteSize> DISK_WATERMARK = setting(
            "disk.watermark",
            "256MB",
            "Free space below which mail is answered 452; reading goes on.",
            ByteSize::parse);

    public static final Setting<Optional<String>> DATABASE_URL = setting(
            "database.url",
            "",
            "Embedded home: JDBC address of the database; empty: H2 in the data folder. In a container the datasource"
                    + " jdbc/merpati is used.",
            Settings::optional);
    public static final Setting<Optional<String>> DATABASE_USER =
            setting("database.user", "", "Embedded home: the database's user.", Settings::optional);
    public static final Setting<Optional<String>> DATABASE_PASSWORD =
            secret("database.password", "Embedded home: the database user's password.");
    public static final Setting<Integer> DATABASE_CONNECTIONS = setting(
            "database.connections", "32", "Embedded home: connections to the database at most.", number(2, 1000));
    public static final Setting<ByteSize> CACHE_INDEX_SIZE = setting(
            "cache.index-size",
            "64MB",
            "Heap for the indexes of mailboxes, some 50 octets a message; a mailbox beyond is read from the database.",
            ByteSize::parse);
    public static final Setting<ByteSize> CACHE_CONTENTS_SIZE = setting(
            "cache.contents-size",
            "32MB",
            "Heap for what messages contain (their parts, envelopes and previews), some 1 KB a message; what was not asked for"
                    + " for longest is read from the database again.",
            ByteSize::parse);
    public static final Setting<ByteSize> CACHE_VIEWS_SIZE = setting(
            "cache.views-size",
            "16MB",
            "Heap for envelopes and body structures as IMAP writes them, some 0.8 KB a message; what was not asked for for"
                    + " longest is written anew.",
            ByteSize::parse);
    public static final Setting<Boolean> STORE_VOLATILE = setting(
            "store.volatile",
            "false",
            "Whether a database that forgets everything at its end is accepted.",
            Settings::flag);
    public static final Setting<Duration> STORE_HOUSEKEEPING = setting(
            "store.housekeeping",
            "1h",
            "How long the server rests between two rounds of clearing away what is needed no longer; at least 1m.",
            atLeast(Duration.ofMinutes(1)));
    public static final Setting<Integer> STORE_HISTORY = setting(
            "store.history",
            "10000",
            "How many expunged messages and destroyed emails of an account are remembered, for clients that ask what has"
                    + " changed.",
            number(1_000, 10_000_000));

    private Settings() {}

    /** Every setting there is, in the reference's order. */
    public static List<Setting<?>> all() {
        return List.copyOf(ALL);
    }

    /** Settings with a name in them, in the reference's order, which prints them behind the others. */
    public static List<SettingFamily<?>> families() {
        return List.copyOf(FAMILIES);
    }

    private static <T> SettingFamily<T> family(
            String group, String key, String defaultText, String help, Function<String, ? extends T> parser) {
        var family = new SettingFamily<T>(group, key, defaultText, help, false, parser);
        FAMILIES.add(family);
        return family;
    }

    private static SettingFamily<Optional<String>> secretFamily(String group, String key, String help) {
        var family = new SettingFamily<Optional<String>>(group, key, "", help, true, Settings::optional);
        FAMILIES.add(family);
        return family;
    }

    private static <T> Setting<T> setting(
            String name, String defaultText, String help, Function<String, ? extends T> parser) {
        var setting = new Setting<T>(name, defaultText, help, false, parser);
        ALL.add(setting);
        return setting;
    }

    private static Setting<Optional<String>> secret(String name, String help) {
        var setting = new Setting<Optional<String>>(name, "", help, true, Settings::optional);
        ALL.add(setting);
        return setting;
    }

    private static Setting<Integer> absent(String name, String defaultText) {
        return setting(
                name, defaultText, "Accepted; this listener is not built yet and shows as absent.", Settings::port);
    }

    private static Integer port(String text) {
        return number(0, 65_535).apply(text);
    }

    private static Function<String, Integer> number(int least, int most) {
        return text -> {
            try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // said below, with the range
            }
            throw new IllegalArgumentException("it must be a number from " + least + " to " + most);
        };
    }

    private static boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("it must be true or false");
        };
    }

    private static Optional<String> optional(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static Optional<Path> file(String text) {
        return optional(text).map(Path::of);
    }

    private static Optional<EmailAddress> address(String text) {
        return optional(text)
                .map(address -> EmailAddress.parse(address)
                        .orElseThrow(
                                () -> new IllegalArgumentException("it must be an address, postmaster@example.org")));
    }

    private static Optional<URI> url(String text) {
        return optional(text.replaceAll("/+$", "")).map(address -> {
            var uri = URI.create(address);
            if (!("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) || uri.getHost() == null) {
                throw new IllegalArgumentException("it must be http://host or https://host, with a port if need be");
            }
            return uri;
        });
    }

    private static List<String> list(String text) {
        var items = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
        if (items.isEmpty()) {
            throw new IllegalArgumentException("it needs at least one address");
        }
        return items;
    }

    /** RFC 3865 §2.2; all of them fit into one line of EHLO's answer. */
    private static List<String> solicitations(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        var keywords = List.of(text.split(" *, *", -1));
        if (text.length() > 450 || !keywords.stream().allMatch(word -> word.matches("[A-Za-z][A-Za-z0-9._:-]*"))) {
            throw new IllegalArgumentException("it must be keywords with commas between them, 450 characters at most");
        }
        return keywords;
    }

    private static String host(String text) {
        if (!text.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")) {
            throw new IllegalArgumentException("it must be a host name");
        }
        return text;
    }

    private static ByteSize messageSize(String text) {
        var size = ByteSize.parse(text);
        if (size.octets() < 65_536 || size.octets() > 1L << 30) {
            throw new IllegalArgumentException("it must be from 64KB (RFC 5321 §4.5.3.1.7) to 1GB");
        }
        return size;
    }

    private static Function<String, Duration> atLeast(Duration least) {
        return text -> {
            var duration = duration(text);
            if (duration.compareTo(least) < 0) {
                throw new IllegalArgumentException("it must be at least " + least.toMinutes() + "m");
            }
            return duration;
        };
    }

    private static Function<String, Duration> between(Duration least, Duration most) {
        return text -> {
            var duration = duration(text);
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw new IllegalArgumentException(
                        "it must be from " + least.toSeconds() + "s to " + most.toMinutes() + "m");
            }
            return duration;
        };
    }

    static Duration duration(String text) {
        if (!text.matches("[0-9]{1,9}[smhd]")) {
            throw new IllegalArgumentException("a duration is a number and s, m, h or d");
        }
        long number = Long.parseLong(text, 0, text.length() - 1, 10);
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private static <E extends Enum<E>> E choice(Class<E> type, String text) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(
                "it must be one of " + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT));
    }
}
