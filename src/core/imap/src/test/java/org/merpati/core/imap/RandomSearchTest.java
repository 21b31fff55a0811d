package org.merpati.core.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Random trees of keys, each evaluated by the server and, message by message, by a plain model. */
final class RandomSearchTest {
    private static final int MESSAGES = 60;
    private static final List<String> WORDS =
            List.of("apple", "Birne", "über", "grün", "cafe", "отпуск", "x y", "needle", "a", "EEL");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d-MMM-yyyy", Locale.ENGLISH);

    private enum Form {
        PLAIN,
        QUOTED,
        BASE64,
        HTML,
        LATIN,
        FORWARDED
    }

    /** What the model knows of a message: nothing but what it was made of. */
    private record Mail(int number, String subject, String from, LocalDate sent, String extra, String body, Form form) {
        boolean has(String text, String part) {
            return lower(part).contains(lower(text));
        }

        /** The header of a message inside is part of the body of the one outside. */
        boolean hasInBody(String text) {
            return has(text, body) || (form == Form.FORWARDED && has(text, "Content-Type: text/plain; charset=utf-8"));
        }

        byte[] octets() {
            var header = "From: " + encoded(from) + " <sender" + number % 7 + "@example.net>\r\nSubject: "
                    + encoded(subject)
                    + "\r\nDate: "
                    + sent.atTime(23, 30).atOffset(ZoneOffset.ofHours(-8)).format(DateTimeFormatter.RFC_1123_DATE_TIME)
                    + "\r\nX-Extra: " + encoded(extra) + "\r\nMIME-Version: 1.0\r\n";
            var content = switch (form) {
                case PLAIN -> "Content-Type: text/plain; charset=utf-8\r\n\r\n" + body + "\r\n";
                case QUOTED ->
                    "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
                            + quoted(body) + "\r\n";
                case BASE64 ->
                    "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n"
                            + "Content-Transfer-Encoding: base64\r\n\r\n" + base64(body) + "\r\n--b--\r\n";
                case HTML ->
                    "Content-Type: text/html; charset=utf-8\r\n\r\n<p>" + body.replace(" ", " <b></b>") + "</p>\r\n";
                case LATIN -> "Content-Type: text/plain; charset=koi8-r\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";
                case FORWARDED ->
                    "Content-Type: message/rfc822\r\n\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + body
                            + "\r\n";
            };
            byte[] octets = (header + content).getBytes(StandardCharsets.UTF_8);
            if (form != Form.LATIN) {
                return octets;
            }
            byte[] text = body.getBytes(java.nio.charset.Charset.forName("KOI8-R"));
            byte[] all = java.util.Arrays.copyOf(octets, octets.length + text.length);
            System.arraycopy(text, 0, all, octets.length, text.length);
            return all;
        }

        private static String encoded(String text) {
            return text.chars().allMatch(c -> c < 0x80) ? text : "=?utf-8?B?" + base64(text) + "?=";
        }

        private static String base64(String text) {
            return java.util.Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        private static String quoted(String text) {
            var out = new StringBuilder();
            for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
                out.append(
                        octet > 0x20 && octet < 0x7f && octet != '='
                                ? "" + (char) octet
                                : "=%02X".formatted(octet & 0xff));
            }
            return out.toString();
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** A key as it is sent, and what it means. */
    private record Key(String wire, Predicate<Mail> holds) {}

    private final Random random = new Random(29);
    private final List<Mail> mails = new ArrayList<>();
    private final Set<Integer> seen = new TreeSet<>();

    private String words(int most) {
        return random.ints(random.nextInt(most + 1), 0, WORDS.size())
                .mapToObj(WORDS::get)
                .collect(Collectors.joining(" "));
    }

    private String astring(String text) {
        return "{" + text.getBytes(StandardCharsets.UTF_8).length + "+}\r\n" + text;
    }

    private String needle() {
        var word = WORDS.get(random.nextInt(WORDS.size()));
        return switch (random.nextInt(4)) {
            case 0 -> word.toUpperCase(Locale.ROOT);
            case 1 -> word.substring(random.nextInt(word.length()));
            case 2 -> word + " " + WORDS.get(random.nextInt(WORDS.size()));
            default -> word;
        };
    }

    private Key key(int depth) {
        if (depth > 0) {
            switch (random.nextInt(6)) {
                case 0 -> {
                    var inner = key(depth - 1);
                    return new Key("NOT " + inner.wire, inner.holds.negate());
                }
                case 1 -> {
                    var one = key(depth - 1);
                    var other = key(depth - 1);
                    return new Key("OR " + one.wire + " " + other.wire, one.holds.or(other.holds));
                }
                case 2 -> {
                    var one = key(depth - 1);
                    var other = key(depth - 1);
                    return new Key("(" + one.wire + " " + other.wire + ")", one.holds.and(other.holds));
                }
                default -> {}
            }
        }
        var text = needle();
        var day = LocalDate.of(2026, 1, 1).plusDays(random.nextInt(6));
        int number = 1 + random.nextInt(MESSAGES);
        return switch (random.nextInt(14)) {
            case 0 -> new Key("SUBJECT " + astring(text), mail -> mail.has(text, mail.subject));
            case 1 ->
                new Key(
                        "FROM " + astring(text),
                        mail -> mail.has(text, mail.from + " <sender" + mail.number % 7 + "@example.net>"));
            case 2 -> new Key("BODY " + astring(text), mail -> mail.hasInBody(text));
            case 3 ->
                new Key(
                        "TEXT " + astring("q" + text),
                        mail -> false); // no header or body has it: words do not begin with a q
            case 4 -> new Key("HEADER X-Extra " + astring(text), mail -> mail.has(text, mail.extra));
            case 5 -> new Key("SENTON " + DAY.format(day), mail -> mail.sent.equals(day));
            case 6 -> new Key("SENTBEFORE " + DAY.format(day), mail -> mail.sent.isBefore(day));
            case 7 -> new Key("SENTSINCE " + DAY.format(day), mail -> !mail.sent.isBefore(day));
            case 8 -> new Key("SEEN", mail -> seen.contains(mail.number));
            case 9 -> new Key("UNSEEN", mail -> !seen.contains(mail.number));
            case 10 -> new Key(number + ":*", mail -> mail.number >= number);
            case 11 -> new Key("UID 1:" + number, mail -> mail.number <= number);
            case 12 -> new Key("LARGER " + 10 * number, mail -> mail.octets().length > 10 * number);
            default ->
                new Key(
                        "TEXT " + astring(text),
                        mail -> mail.hasInBody(text)
                                || mail.has(text, "Subject: " + mail.subject)
                                || mail.has(text, "From: " + mail.from + " <sender" + mail.number % 7 + "@example.net>")
                                || mail.has(text, "X-Extra: " + mail.extra)
                                || headers(mail).anyMatch(line -> mail.has(text, line)));
        };
    }

    /** The fields that say the same of all messages, more or less, as they stand there. */
    private static java.util.stream.Stream<String> headers(Mail mail) {
        var text = new String(mail.octets(), StandardCharsets.UTF_8);
        return text.lines()
                .filter(line -> line.startsWith("Date:")
                        || line.startsWith("MIME")
                        || line.startsWith("Content-")
                        || line.contains("=?utf-8?B?"));
    }

    @Test
    void everyTreeOfKeysFindsWhatItMeans() {
        var house = RealHouse.HOUSE.empty();
        for (int number = 1; number <= MESSAGES; number++) {
            var form = Form.values()[random.nextInt(Form.values().length)];
            var body = form == Form.LATIN ? "отпуск apple".substring(random.nextInt(8)) : words(6);
            var mail = new Mail(
                    number,
                    words(3),
                    words(2).replace(' ', '_'),
                    LocalDate.of(2026, 1, 1).plusDays(random.nextInt(6)),
                    words(2),
                    body,
                    form);
            mails.add(mail);
            house.deliver("INBOX", mail.subject, mail.octets());
        }
        try (var client = new MemoryConnection(house.protocol())) {
            client.ask("a LOGIN alice@example.org secret");
            client.ask("b SELECT INBOX");
            for (int i = 0; i < 20; i++) {
                int number = 1 + random.nextInt(MESSAGES);
                seen.add(number);
                client.ask("c FETCH " + number + " BODY[]<0.1>");
            }
            for (int round = 0; round < 1500; round++) {
                var key = key(4);
                client.send("t" + round + " SEARCH " + key.wire + "\r\n");
                var answer = client.until("t" + round + " ");
                var expected = mails.stream()
                        .filter(key.holds)
                        .map(mail -> " " + mail.number)
                        .collect(Collectors.joining());
                assertThat(answer).as(key.wire).startsWith("* SEARCH" + expected + "\n");
            }
        }
    }
}
