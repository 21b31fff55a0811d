package org.merpati.lib.mime.write;

import java.text.Normalizer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.merpati.lib.mime.field.Address;

/** Messages of all kinds that a writer has to be able to write, from a seed. */
final class RandomMessages {
    private static final List<String> WORDS = List.of(
            "a",
            "Hello",
            "there",
            "123",
            "x=y",
            "=?utf-8?Q?a?=",
            "=?",
            "?=",
            "_",
            "\"quoted\"",
            "\\",
            "\\\"",
            "(comment)",
            "a,b",
            "<x@y>",
            "a;b",
            "[1]",
            "@",
            "%41",
            "'",
            "''",
            "utf-8''x",
            "caf\u00e9",
            "\u00f1",
            "Gr\u00fc\u00dfe",
            "\u041f\u0440\u0438\u0432\u0435\u0442",
            "\u65e5\u672c\u8a9e",
            "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
            "\ud83c\uddee\ud83c\udde9",
            "o\u0323\u0302x",
            "\u0627\u0644\u0633\u0644\u0627\u0645",
            "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35",
            ".",
            "..",
            "-",
            "--",
            "From",
            "verylongwordindeed".repeat(3));
    private static final List<String> DOMAINS =
            List.of("example.org", "b\u00fccher.example", "[192.0.2.1]", "x", "a-b.c1.example.com", "\u4f8b\u3048.jp");
    private static final List<String> LOCALS =
            List.of("ann", "a.b", "a+b", "!#$%&'*+-/=?^_`{|}~", "\"a b\"", "\"a@b\"", "\"\\\"\"", "x".repeat(40));
    private static final List<String> LINES = List.of(
            "",
            ".",
            "..",
            "From me",
            ">From",
            "-- ",
            " ",
            "\t",
            "=",
            "a=20b",
            "--=_",
            "text",
            "caf\u00e9 au lait",
            "x".repeat(75),
            "x".repeat(76),
            "x".repeat(77),
            "\u0445".repeat(50),
            "x".repeat(998),
            "y".repeat(999),
            "a ".repeat(60),
            "\u65e5\u672c\u8a9e".repeat(20),
            "Subject: x");

    private final RandomGenerator random;

    RandomMessages(RandomGenerator random) {
        this.random = random;
    }

    NewMessage message(int depth) {
        var message = new MessageBuilder()
                .from(List.of(mailbox()))
                .to(list(4, this::address))
                .cc(list(2, this::address))
                .bcc(list(1, this::address))
                .replyTo(list(1, this::address))
                .sender(mailbox())
                .subject(text(12))
                .date(date())
                .messageId(id())
                .inReplyTo(list(2, this::id))
                .references(list(12, this::id));
        if (chance(2)) {
            message.header("X-Text", new HeaderValue.Text(text(30)));
            message.header("List-Post", new HeaderValue.Urls(List.of("mailto:" + id(), "https://example.org/" + id())));
            message.header("X-Raw", new HeaderValue.Raw("a\r\n b"));
        }
        return message.body(part(depth)).build();
    }

    private BodyPart part(int depth) {
        int kind = random.nextInt(depth > 0 ? 5 : 3);
        return switch (kind) {
            case 0, 1 -> said(BodyPart.text(chance(2) ? "plain" : "html", lines()));
            case 2 -> said(BodyPart.content(chance(2) ? "application/x" : "text/csv", ContentSource.of(octets())));
            case 3 -> said(BodyPart.multipart(chance(2) ? "mixed" : "digest", parts(depth - 1)));
            default -> said(BodyPart.message(message(depth - 1)));
        };
    }

    private List<BodyPart> parts(int depth) {
        var parts = list(3, () -> part(depth));
        return parts.isEmpty() ? List.of(part(depth)) : parts;
    }

    private BodyPart said(BodyPart part) {
        var said = chance(2) ? part : chance(2) ? part.attachment() : part.inline();
        if (chance(2)) {
            said = said.fileName(text(6));
        }
        if (chance(3)) {
            said = said.contentId(id());
        }
        return chance(4) ? said.description(text(9)).languages(List.of("de", "en-GB")) : said;
    }

    private Address address() {
        return chance(4) ? new Address.Group(Optional.of(text(4)), list(3, this::mailbox)) : mailbox();
    }

    private Address.Mailbox mailbox() {
        Optional<String> name = chance(4) ? Optional.empty() : Optional.of(text(chance(6) ? 20 : 3));
        return new Address.Mailbox(name, Optional.of(of(LOCALS) + '@' + of(DOMAINS)));
    }

    private OffsetDateTime date() {
        var instant = Instant.ofEpochSecond(random.nextLong(0, 4_000_000_000L));
        return instant.atOffset(ZoneOffset.ofTotalSeconds(random.nextInt(-18 * 60, 18 * 60 + 1) * 60));
    }

    private String id() {
        return Chance.letters(random) + "." + random.nextInt(1000) + "@example.org";
    }

    /** Words with spaces between, one of them or more. No spaces at the ends: readers drop those. */
    private String text(int most) {
        var text = new StringBuilder(of(WORDS));
        for (int i = random.nextInt(most); i > 0; i--) {
            text.append(" ".repeat(chance(6) ? random.nextInt(1, 60) : 1)).append(of(WORDS));
        }
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private String lines() {
        var text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(of(LINES)).append(of(List.of("\n", "\r\n", "\r", "\n", " \n")));
        }
        return chance(2) ? text.toString() : text + of(LINES);
    }

    private byte[] octets() {
        if (chance(2)) {
            return lines().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }
        var octets = new byte[random.nextInt(chance(4) ? 40_000 : 300)];
        random.nextBytes(octets);
        return octets;
    }

    private <T> List<T> list(int most, Supplier<? extends T> each) {
        var list = new ArrayList<T>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            list.add(each.get());
        }
        return list;
    }

    private <T> T of(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** Once in so many times. */
    private boolean chance(int times) {
        return random.nextInt(times) == 0;
    }
}
