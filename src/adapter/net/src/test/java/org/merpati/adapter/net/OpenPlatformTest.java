package org.merpati.adapter.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.blob.NoSpaceException;
import org.merpati.core.api.config.Config;

class OpenPlatformTest {
    @TempDir
    Path parent;

    private Config config(String... more) {
        var given = new java.util.LinkedHashMap<String, String>();
        given.put("data", parent.resolve("data").toString());
        for (int i = 0; i < more.length; i += 2) {
            given.put(more[i], more[i + 1]);
        }
        return Config.from(given, "test", Map.of(), new Properties());
    }

    @Test
    void whatIsStoredIsThereAfterOpeningAgain() throws IOException {
        var bytes = new byte[] {1, 2, 3};
        org.merpati.core.api.blob.Blob blob;
        byte[] certificate;
        try (var opened = OpenPlatform.open(config())) {
            blob = opened.platform().blobs().append(Content.of(bytes));
            certificate = Files.readAllBytes(parent.resolve("data/tls/server.p12"));
        }
        try (var again = OpenPlatform.open(config());
                var in = again.platform().blobs().open(blob.ref(), 0, 3)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
            assertThat(parent.resolve("data/tls/server.p12")).hasBinaryContent(certificate);
        }
    }

    @Test
    void aSecondServerOnTheFolderIsRefusedUntilTheFirstIsClosed() throws IOException {
        var first = OpenPlatform.open(config());
        assertThatThrownBy(() -> OpenPlatform.open(config()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(parent.resolve("data").toRealPath().toString());
        first.close();
        first.close();
        OpenPlatform.open(config()).close();
    }

    @Test
    void whenItCannotBeOpenedTheFolderIsLetGo() throws IOException {
        Files.createDirectories(parent.resolve("data/tls"));
        var broken = Files.writeString(parent.resolve("data/tls/server.p12"), "broken");
        assertThatThrownBy(() -> OpenPlatform.open(config())).hasMessageContaining("server.p12");
        Files.delete(broken);
        OpenPlatform.open(config()).close();
    }

    @Test
    void belowTheWatermarkNeitherSpoolNorBlobsTakeMail() throws IOException {
        try (var opened = OpenPlatform.open(config("disk.watermark", "100000000GB"))) {
            assertThatThrownBy(() -> opened.platform().spool().create()).isInstanceOf(NoSpaceException.class);
            assertThatThrownBy(() -> opened.platform().blobs().append(Content.of(new byte[1])))
                    .isInstanceOf(NoSpaceException.class);
        }
    }
}
