package org.merpati.lib.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.merpati.lib.mime.view.BodyView;
import org.merpati.lib.mime.write.BodyPart;
import org.merpati.lib.mime.write.MessageBuilder;

/** The README's example is this code, and it works. */
class ReadmeTest {
    @Test
    void theExampleReadsAndWrites(@TempDir Path folder) throws IOException {
        var pdf = Files.writeString(folder.resolve("source.pdf"), "%PDF");
        var written = new ByteArrayOutputStream();
        write(pdf, written);
        read(written.toByteArray(), folder);

        assertThat(folder.resolve("2")).hasContent("%PDF");
        assertThat(BodyView.of(Message.parse(written.toByteArray()).root())
                        .attachments()
                        .getFirst()
                        .name())
                .contains("ñ.pdf");
    }

    @Test
    void theReadmeShowsThisCode() throws IOException {
        var readme = Files.readString(Path.of("README.md"));
        int from = readme.indexOf("```java\n") + 8;
        var example = readme.substring(from, readme.indexOf("```", from));
        var source = Files.readString(Path.of("src/test/java/org/merpati/lib/mime/ReadmeTest.java"));

        assertThat(words(source)).contains(words(example.substring(0, example.indexOf("\n\n"))));
        assertThat(words(source)).contains(words(example.substring(example.indexOf("\n\n"))));
    }

    private static String words(String code) {
        return code.replaceAll("\\s+", "");
    }

    private static void read(byte[] bytes, Path folder) throws IOException {
        var message = Message.parse(bytes);
        System.out.println(message.root().header().text("Subject").orElse(""));
        for (var attachment : BodyView.of(message.root()).attachments()) {
            try (var content = message.content(attachment)) {
                Files.copy(content, folder.resolve(attachment.section()));
            }
        }
    }

    private static void write(Path pdf, OutputStream out) throws IOException {
        new MessageBuilder(InstantSource.system(), ZoneOffset.UTC, new SecureRandom(), "example.org")
                .from("Zoë", "zoe@example.org")
                .to("ann@example.org")
                .subject("Grüße")
                .text("Hello")
                .attach(BodyPart.content("application/pdf", () -> Files.newInputStream(pdf))
                        .fileName("ñ.pdf"))
                .build()
                .writeTo(out);
    }
}
