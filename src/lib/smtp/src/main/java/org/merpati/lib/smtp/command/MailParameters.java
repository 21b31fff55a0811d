package org.merpati.lib.smtp.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.merpati.lib.smtp.Extension;
import org.merpati.lib.smtp.SmtpSyntaxException;
import org.merpati.lib.smtp.SmtpSyntaxException.Fault;

/**
 * What follows the reverse-path of MAIL. Parameters that were not given are empty, false, or what RFC 5321 has without them.
 *
 * @param size as announced with SIZE (RFC 1870 §6); a number beyond a long is the greatest long
 * @param body as announced with BODY; all 8 bits are kept whatever it says
 * @param smtpUtf8 whether addresses or the header may hold UTF-8 (RFC 6531 §3.4)
 * @param auth who submitted it at first, by word of the client; empty text for nobody (RFC 4954 §5)
 * @param envelopeId ENVID, xtext decoded (RFC 3461 §4.4)
 * @param requireTls whether it must never travel without TLS (RFC 8689 §2)
 * @param priority from -9 to 9 (RFC 6710 §5)
 * @param solicitation keywords of SOLICIT (RFC 3865 §2.2)
 */
public record MailParameters(
        OptionalLong size,
        BodyType body,
        boolean smtpUtf8,
        Optional<String> auth,
        Optional<ReturnContent> ret,
        Optional<String> envelopeId,
        boolean requireTls,
        Optional<DeliverBy> deliverBy,
        Optional<Hold> hold,
        OptionalInt priority,
        List<String> solicitation) {
    /** No parameter at all. */
    public static final MailParameters NONE = new Reading(Map.of()).parameters();

    private static final int LONGEST_SIZE = 20; // digits, RFC 1870 §5
    private static final int LONGEST_SECONDS = 9; // digits, RFC 2852 §4 and RFC 4865 §4
    private static final int LONGEST_ENVELOPE_ID = 100; // RFC 3461 §4.4
    private static final int LONGEST_AUTH = 500; // RFC 4954 §3
    private static final int LONGEST_SOLICITATION = 1_000; // RFC 3865 §2.2

    public MailParameters {
        solicitation = List.copyOf(solicitation);
    }

    /** Each parameter and the extension that it belongs to. */
    private static final Map<String, Extension> OWNERS = Map.ofEntries(
            Map.entry("SIZE", Extension.SIZE),
            Map.entry("BODY", Extension.EIGHT_BIT_MIME),
            Map.entry("SMTPUTF8", Extension.SMTPUTF8),
            Map.entry("AUTH", Extension.AUTH),
            Map.entry("RET", Extension.DSN),
            Map.entry("ENVID", Extension.DSN),
            Map.entry("REQUIRETLS", Extension.REQUIRETLS),
            Map.entry("BY", Extension.DELIVERBY),
            Map.entry("HOLDFOR", Extension.FUTURERELEASE),
            Map.entry("HOLDUNTIL", Extension.FUTURERELEASE),
            Map.entry("MT-PRIORITY", Extension.MT_PRIORITY),
            Map.entry("SOLICIT", Extension.NO_SOLICITING));

    /** @param offered parameters of other extensions are as unknown as those that nobody has heard of */
    static MailParameters of(Map<String, String> given, Set<Extension> offered) {
        for (var name : given.keySet()) {
            var owner = OWNERS.get(name);
            if (owner == null || !offered.contains(owner)) {
                throw Parameters.unknown(name);
            }
        }
        var parameters = new Reading(given).parameters();
        if (parameters.body == BodyType.BINARY_MIME && !offered.contains(Extension.BINARYMIME)) {
            throw wrong("BODY is 7BIT or 8BITMIME");
        }
        return parameters;
    }

    private static SmtpSyntaxException wrong(String what) {
        return new SmtpSyntaxException(Fault.ARGUMENT, what);
    }

    private record Reading(Map<String, String> given) {
        MailParameters parameters() {
            return new MailParameters(
                    value("SIZE").map(Reading::size).orElse(OptionalLong.empty()),
                    value("BODY").map(Reading::body).orElse(BodyType.SEVEN_BIT),
                    flag("SMTPUTF8"),
                    value("AUTH").map(Reading::auth),
                    value("RET").map(Reading::ret),
                    value("ENVID").map(Reading::envelopeId),
                    flag("REQUIRETLS"),
                    value("BY").map(Reading::by),
                    hold(),
                    value("MT-PRIORITY").map(Reading::priority).orElse(OptionalInt.empty()),
                    value("SOLICIT").map(Reading::solicitation).orElse(List.of()));
        }

        private Optional<String> value(String name) {
            return Optional.ofNullable(given.get(name));
        }

        private boolean flag(String name) {
            @Nullable String value = given.get(name);
            if (value != null && !value.isEmpty()) {
                throw wrong(name + " has no value");
            }
            return value != null;
        }

        private static OptionalLong size(String value) {
            if (value.length() > LONGEST_SIZE || !digits(value)) {
                throw wrong("SIZE is a number of up to 20 digits");
            }
            try {
                return OptionalLong.of(Long.parseLong(value));
            } catch (NumberFormatException e) {
                return OptionalLong.of(Long.MAX_VALUE);
            }
        }

        private static BodyType body(String value) {
            return switch (value.toUpperCase(Locale.ROOT)) {
                case "7BIT" -> BodyType.SEVEN_BIT;
                case "8BITMIME" -> BodyType.EIGHT_BIT_MIME;
                case "BINARYMIME" -> BodyType.BINARY_MIME;
                default -> throw wrong("BODY is 7BIT, 8BITMIME or BINARYMIME");
            };
        }

        private static String auth(String value) {
            if (value.isEmpty() || value.length() > LONGEST_AUTH) {
                throw wrong("AUTH is 1 to 500 octets");
            }
            return value.equals("<>") ? "" : Xtext.decode(value).orElseThrow(() -> wrong("AUTH is xtext or <>"));
        }

        private static ReturnContent ret(String value) {
            return switch (value.toUpperCase(Locale.ROOT)) {
                case "FULL" -> ReturnContent.FULL;
                case "HDRS" -> ReturnContent.HDRS;
                default -> throw wrong("RET is FULL or HDRS");
            };
        }

        private static String envelopeId(String value) {
            if (value.isEmpty() || value.length() > LONGEST_ENVELOPE_ID) {
                throw wrong("ENVID is 1 to 100 octets");
            }
            return Xtext.decode(value)
                    .filter(text -> text.chars().allMatch(c -> c >= ' ' && c < 0x7f))
                    .orElseThrow(() -> wrong("ENVID is xtext of printable ASCII"));
        }

        private static DeliverBy by(String value) {
            int semicolon = value.indexOf(';');
            var time = semicolon < 0 ? "" : value.substring(0, semicolon);
            var mode = value.substring(semicolon + 1).toUpperCase(Locale.ROOT);
            boolean signed = time.startsWith("-") || time.startsWith("+");
            var number = time.substring(signed ? 1 : 0);
            if (!digits(number) || number.length() > LONGEST_SECONDS || !mode.matches("[NR]T?")) {
                throw wrong("BY is seconds, ; and N or R, and T if need be");
            }
            long seconds = Long.parseLong(number) * (time.startsWith("-") ? -1 : 1);
            boolean returning = mode.startsWith("R");
            if (returning && seconds <= 0) {
                throw wrong("BY with R needs more than 0 seconds"); // RFC 2852 §4.1.1
            }
            return new DeliverBy(
                    seconds, returning ? DeliverBy.Mode.RETURN : DeliverBy.Mode.NOTIFY, mode.endsWith("T"));
        }

        private Optional<Hold> hold() {
            var time = value("HOLDFOR").map(Reading::holdFor);
            var until = value("HOLDUNTIL").map(Reading::holdUntil);
            if (time.isPresent() && until.isPresent()) {
                throw wrong("HOLDFOR or HOLDUNTIL, not both"); // RFC 4865 §4.2.1
            }
            return time.or(() -> until);
        }

        private static Hold holdFor(String value) {
            if (!digits(value) || value.length() > LONGEST_SECONDS) {
                throw wrong("HOLDFOR is a number of seconds");
            }
            return new Hold.For(Duration.ofSeconds(Long.parseLong(value)));
        }

        private static Hold holdUntil(String value) {
            try {
                return new Hold.Until(OffsetDateTime.parse(value).toInstant());
            } catch (DateTimeException e) {
                throw wrong("HOLDUNTIL is a date and time as in 2026-11-21T10:00:00Z");
            }
        }

        private static OptionalInt priority(String value) {
            if (!value.matches("-?[0-9]")) {
                throw wrong("MT-PRIORITY is a number from -9 to 9");
            }
            return OptionalInt.of(Integer.parseInt(value));
        }

        private static List<String> solicitation(String value) {
            var keywords = List.of(value.split(",", -1));
            boolean right = keywords.stream().allMatch(word -> word.matches("[A-Za-z][A-Za-z0-9._:-]*"));
            if (!right || value.length() > LONGEST_SOLICITATION) {
                throw wrong("SOLICIT is keywords with commas between them, at most 1000 octets");
            }
            return Arrays.stream(value.split(",", -1))
                    .map(word -> word.toLowerCase(Locale.ROOT))
                    .toList();
        }

        private static boolean digits(String value) {
            return !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
        }
    }
}
