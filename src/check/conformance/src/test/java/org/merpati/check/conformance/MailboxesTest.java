package org.merpati.check.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.mailbox.MboxReader;
import org.merpati.lib.mime.mailbox.MboxVariant;

/** Mailboxes that other programs wrote. */
class MailboxesTest {
    @Test
    void moxsMboxHasItsTwoMessages() throws IOException {
        var file = Samples.path("mox/importtest.mbox");
        var dates = new ArrayList<Instant>();
        var messages = new ArrayList<Message>();
        try (var mbox = new MboxReader(Files.newInputStream(file))) {
            for (var entry = mbox.next(); entry.isPresent(); entry = mbox.next()) {
                assertThat(entry.get().sender()).contains("mox");
                dates.add(entry.get().date().orElseThrow());
                messages.add(Message.parse(entry.get().content().readAllBytes()));
            }
        }
        assertThat(dates).containsExactly(Instant.parse("2022-01-23T20:41:55Z"), Instant.parse("2022-01-23T21:02:16Z"));
        assertThat(messages).allSatisfy(message -> {
            assertThat(message.root().header().first("Message-ID")).isPresent();
            assertThat(message.root().header().complete()).isTrue();
        });
        try (var in = Files.newInputStream(file)) {
            assertThat(MboxVariant.detect(in)).isEqualTo(MboxVariant.DEFAULT);
        }
    }

    /** As many as there are lines in the file that begin one: its messages have no such lines of their own. */
    @Test
    void everyVariantFindsThem() throws IOException {
        var file = Samples.path("mox/importtest.mbox");
        long lines = new String(Samples.bytes(file), StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> line.startsWith("From mox"))
                .count();
        for (var variant : List.of(MboxVariant.values())) {
            long found = 0;
            try (var mbox = new MboxReader(Files.newInputStream(file), variant)) {
                while (mbox.next().isPresent()) {
                    found++;
                }
            }
            assertThat(found).as(variant.name()).isEqualTo(lines);
        }
    }
}
