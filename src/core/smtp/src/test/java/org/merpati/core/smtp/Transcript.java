package org.merpati.core.smtp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.stage.Verdict;
import org.merpati.core.transport.Receipt;

/**
 * A conversation in a file. Lines:
 *
 * <pre>
 * # remark
 * ! setting=value | spool full | spool takes N | spool broken | receipt … | directory … | accounts N | tls | stop | time 1m
 *   | kind submission, lmtp | offers-tls | password ADDRESS PASSWORD | token ADDRESS TOKEN | alias ADDRESS OF
 *   | receipt-of ACCOUNT over-quota, no-space, … | refuse STEP CODE ENHANCED | rewrite FROM TO
 *   | list ADDRESS FIRST LAST (these account ids; FIRST alone: more than there may be) | room ACCOUNT OCTETS
 * C: text        the client sends the text and CRLF
 * C&gt; text        the client sends the text and nothing else; \r \n \t \0 \\ \xHH; *N repeats what stands in (…) before it
 * C silence      the client sends nothing until the read times out
 * C tls          the client's TLS handshake, after which it has forgotten everything
 * S ehlo         the server answers EHLO, whatever it offers
 * S: text        the server sends exactly this line; … at its end: anything may follow
 * = text         the next message that was received is this (escapes as in C&gt;); nothing else was received
 * </pre>
 */
final class Transcript {
    /** What one side does, in order. */
    sealed interface Step {
        /** @param octets one char each */
        record Sends(String octets) implements Step {}

        record Silence() implements Step {}

        record Handshake() implements Step {}

        record Expects(String line) implements Step {}
    }

    /** Stands for the lines of an answer to EHLO. */
    static final String EHLO = "250-mx.example.org, and what it offers";

    final String name;
    final List<String> directives = new ArrayList<>();
    final List<Step> steps = new ArrayList<>();
    final List<String> received = new ArrayList<>();

    private Transcript(String name) {
        this.name = name;
    }

    static Transcript read(Path file) throws IOException {
        var transcript = new Transcript(file.getFileName().toString());
        int number = 0;
        for (var line : Files.readAllLines(file)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("! ")) {
                transcript.directives.add(line.substring(2));
            } else if (line.startsWith("C: ") || line.equals("C:")) {
                var text = line.length() > 3 ? line.substring(3) : "";
                var octets = (text + "\r\n").getBytes(StandardCharsets.UTF_8);
                transcript.steps.add(new Step.Sends(new String(octets, StandardCharsets.ISO_8859_1)));
            } else if (line.startsWith("C> ")) {
                transcript.steps.add(new Step.Sends(unescape(line.substring(3))));
            } else if (line.equals("C silence")) {
                transcript.steps.add(new Step.Silence());
            } else if (line.equals("C tls")) {
                transcript.steps.add(new Step.Handshake());
            } else if (line.equals("S ehlo")) {
                transcript.steps.add(new Step.Expects(EHLO));
            } else if (line.startsWith("S: ")) {
                transcript.steps.add(new Step.Expects(line.substring(3)));
            } else if (line.startsWith("= ")) {
                transcript.received.add(unescape(line.substring(2)));
            } else {
                throw new IllegalArgumentException(file + ":" + number + ": what is this? " + line);
            }
        }
        return transcript;
    }

    /** The octets, one char each; a lone backslash is nothing at all. */
    private static String unescape(String text) {
        if (text.equals("\\")) {
            return "";
        }
        var out = new ByteArrayOutputStream();
        int group = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                c = text.charAt(++i);
                switch (c) {
                    case 'r' -> out.write('\r');
                    case 'n' -> out.write('\n');
                    case 't' -> out.write('\t');
                    case '0' -> out.write(0);
                    case 'x' -> {
                        out.write(Integer.parseInt(text, i + 1, i + 3, 16));
                        i += 2;
                    }
                    default -> out.write(c);
                }
            } else if (c == '(') {
                group = out.size();
            } else if (c == ')') {
                int end = i + 2; // after ")*"
                while (end < text.length() && Character.isDigit(text.charAt(end))) {
                    end++;
                }
                var all = out.toByteArray();
                for (int n = Integer.parseInt(text, i + 2, end, 10); n > 1; n--) {
                    out.write(all, group, all.length - group);
                }
                i = end - 1;
            } else {
                out.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    /** Makes the world as the directives say. */
    void prepare(Fixture world) {
        for (var directive : directives) {
            var words = directive.split(" ", -1);
            switch (words[0]) {
                case "spool" -> {
                    world.spool.full = words[1].equals("full");
                    world.spool.broken = words[1].equals("broken");
                    world.spool.takes = words[1].equals("takes") ? Long.parseLong(words[2]) : Long.MAX_VALUE;
                }
                case "receipt" -> world.receipt = receipt(words[1], words.length > 2 ? words[2] : "");
                case "receipt-of" -> world.receipts.put(Long.parseLong(words[1]), receipt(words[2], "7"));
                case "kind" -> world.kind = SmtpKind.valueOf(words[1].toUpperCase(Locale.ROOT));
                case "password" -> world.passwords.put(words[1], words[2]);
                case "token" -> world.tokens.put(words[2], words[1]);
                case "alias" -> world.aliases.put(words[1], words[2]);
                case "refuse" ->
                    world.verdicts.put(
                            words[1], Verdict.refuse(Integer.parseInt(words[2]), words[3], "The rules say no"));
                case "hang-up" -> world.verdicts.put(words[1], Verdict.close("the rules say so"));
                case "rewrite" -> world.rewritten.put(words[1], words[2]);
                case "directory" ->
                    world.directory = words[1].equals("unavailable")
                            ? new Outcome.Unavailable<>()
                            : new Outcome.Failed<>(FailureKind.valueOf(words[1]), words[2]);
                case "list" ->
                    world.lists.put(
                            words[1],
                            words.length < 4
                                    ? List.of()
                                    : LongStream.rangeClosed(Long.parseLong(words[2]), Long.parseLong(words[3]))
                                            .boxed()
                                            .toList());
                case "room" -> world.rooms.put(Long.parseLong(words[1]), Long.parseLong(words[2]));
                case "accounts" -> world.manyAccounts = Integer.parseInt(words[1]);
                case "time" -> world.everyLook = Duration.parse("PT" + words[1]);
                case "tls", "stop", "offers-tls" -> {}
                default -> {
                    int equals = directive.indexOf('=');
                    world.settings.put(directive.substring(0, equals), directive.substring(equals + 1));
                }
            }
        }
    }

    private static Receipt receipt(String word, String more) {
        return switch (word) {
            case "deferred" -> new Receipt.Deferred(more);
            case "no-space" -> new Receipt.NoSpace();
            case "no-recipients" -> new Receipt.NoRecipients();
            case "over-quota" -> new Receipt.OverQuota();
            case "loop" -> new Receipt.Loop(Integer.parseInt(more));
            default -> throw new IllegalArgumentException(word);
        };
    }

    boolean has(String directive) {
        return directives.contains(directive);
    }
}
