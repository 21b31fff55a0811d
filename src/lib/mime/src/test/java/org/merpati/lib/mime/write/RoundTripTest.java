package org.merpati.lib.mime.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.Part;
import org.merpati.lib.mime.field.Address;
import org.merpati.lib.mime.field.DateTime;
import org.merpati.lib.mime.field.MessageIds;
import org.merpati.lib.mime.field.Unstructured;

/**
 * What is written reads back as the same values. Each round makes a hundred messages from a seed, which a failure names;
 * {@code -Dmerpati.seed=N} begins with another.
 */
class RoundTripTest {
    private static final int MESSAGES = 100;

    record Way(Transport transport, boolean utf8) {
        MessageWriter writer(long seed) {
            var writer = new MessageWriter().transport(transport).random(new Random(seed));
            return utf8 ? writer.utf8() : writer;
        }
    }

    static Stream<Way> ways() {
        return Stream.of(
                new Way(Transport.SEVEN_BIT, false),
                new Way(Transport.EIGHT_BIT, false),
                new Way(Transport.BINARY, false),
                new Way(Transport.EIGHT_BIT, true),
                new Way(Transport.BINARY, true));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whatIsBuiltReadsBack(Way way) throws IOException {
        long first = Long.getLong("merpati.seed", 1);
        for (long seed = first; seed < first + MESSAGES; seed++) {
            var built = new RandomMessages(new Random(seed)).message(3);
            var octets = new ByteArrayOutputStream();
            way.writer(seed).write(built, octets);
            try {
                fits(octets.toByteArray(), way);
                var read = Message.parse(octets.toByteArray());
                assertThat(read.defects()).isEmpty();
                same(built, read, read.root(), way);
            } catch (AssertionError e) {
                throw new AssertionError(
                        "seed " + seed + ", " + way + ": " + e.getMessage() + "\n"
                                + octets.toString(StandardCharsets.UTF_8),
                        e);
            }
        }
    }

    private static void fits(byte[] octets, Way way) {
        if (way.transport == Transport.SEVEN_BIT) {
            assertThat(IntStream.range(0, octets.length).allMatch(i -> octets[i] > 0))
                    .isTrue();
        }
        if (way.transport != Transport.BINARY) {
            var text = new String(octets, StandardCharsets.ISO_8859_1);
            assertThat(text).endsWith("\r\n");
            assertThat(text.replace("\r\n", ""))
                    .doesNotContain("\r")
                    .doesNotContain("\n")
                    .doesNotContain("\0");
            assertThat(text.lines())
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(998));
        }
    }

    private static void same(NewMessage built, Message read, Part root, Way way) throws IOException {
        headerIsFolded(root);
        for (var field : built.fields()) {
            var body = body(root, field.name()).orElseThrow(() -> new AssertionError(field.name() + " is missing"));
            switch (field.value()) {
                case HeaderValue.Text value ->
                    assertThat(Unstructured.decode(body)).isEqualTo(value.text());
                case HeaderValue.Addresses value ->
                    assertThat(Address.parse(body)).isEqualTo(written(value.addresses(), way));
                case HeaderValue.Date value -> assertThat(DateTime.parse(body)).contains(value.date());
                case HeaderValue.Ids value -> assertThat(MessageIds.parse(body)).isEqualTo(value.ids());
                case HeaderValue.Urls value ->
                    assertThat(body.replace("\r\n", "").strip())
                            .isEqualTo("<" + String.join(">, <", value.urls()) + ">");
                case HeaderValue.Raw value -> assertThat(body.strip()).isEqualTo(value.body());
            }
        }
        same(built.body(), read, root, way, true);
    }

    private static void same(BodyPart built, Message read, Part part, Way way, boolean whole) throws IOException {
        var said = built.headers();
        headerIsFolded(part);
        assertThat(part.name()).isEqualTo(given(said.fileName()));
        assertThat(part.disposition().map(disposition -> disposition.kind())).isEqualTo(given(said.disposition()));
        assertThat(body(part, "Content-ID").map(MessageIds::parse).orElse(List.of()))
                .isEqualTo(given(said.contentId()).stream().toList());
        assertThat(body(part, "Content-Description").map(Unstructured::decode)).isEqualTo(given(said.description()));
        switch (built) {
            case BodyPart.Text text -> {
                var lines = LineEnds.canonical(text.text());
                boolean open = whole && !lines.isEmpty() && !lines.endsWith("\r\n");
                assertThat(read.text(part, Integer.MAX_VALUE)).isEqualTo(open ? lines + "\r\n" : lines);
            }
            case BodyPart.Content content -> {
                try (var in = read.content(part);
                        var source = content.source().open()) {
                    assertThat(in.readAllBytes()).isEqualTo(source.readAllBytes());
                }
            }
            case BodyPart.Multipart multipart -> {
                assertThat(part.parts()).hasSameSizeAs(multipart.parts());
                for (int i = 0; i < part.parts().size(); i++) {
                    same(multipart.parts().get(i), read, part.parts().get(i), way, false);
                }
            }
            case BodyPart.Nested nested ->
                same(nested.message(), read, part.message().orElseThrow(), way);
        }
    }

    private static void headerIsFolded(Part part) {
        for (var field : part.header().fields()) {
            assertThat((field.name() + ":" + field.raw()).lines())
                    .allSatisfy(line ->
                            assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(78))
                    .noneMatch(String::isBlank);
        }
    }

    private static Optional<String> body(Part part, String name) {
        return part.header().first(name).map(field -> field.raw());
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static List<Address> written(List<Address> addresses, Way way) {
        return addresses.stream()
                .<Address>map(address -> switch (address) {
                    case Address.Mailbox mailbox -> written(mailbox, way);
                    case Address.Group group ->
                        new Address.Group(
                                group.name(),
                                group.members().stream()
                                        .map(each -> written(each, way))
                                        .toList());
                })
                .toList();
    }

    private static Address.Mailbox written(Address.Mailbox mailbox, Way way) {
        return way.utf8
                ? mailbox
                : new Address.Mailbox(mailbox.name(), mailbox.address().map(RoundTripTest::ascii));
    }

    private static String ascii(String address) {
        int at = address.lastIndexOf('@') + 1;
        return address.substring(0, at)
                + (address.charAt(at) == '[' ? address.substring(at) : IDN.toASCII(address.substring(at)));
    }
}
