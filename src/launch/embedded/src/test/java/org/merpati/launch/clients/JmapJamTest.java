package org.merpati.launch.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** jmap-jam of npm in a mail session over JMAP, by the program {@code jmap-jam-session.mjs} of the tests' resources. */
class JmapJamTest {
    private static final String CLIENT = "jmap-jam@0.13.1";

    @TempDir
    Path home;

    @Test
    void aMailSessionDoesWhatItSays() throws Exception {
        var node = Program.installed("node", "nodejs", home);
        var npm = Program.installed("npm", "npm", home);
        npm.run("install", "--no-audit", "--no-fund", "--no-save", "--ignore-scripts", CLIENT)
                .orFail();
        var house = MailHouse.shared();
        node.file("session.mjs", program());
        var ended = node.run(
                "session.mjs",
                "http://127.0.0.1:" + house.httpPort() + "/.well-known/jmap",
                house.account("jam"),
                MailHouse.PASSWORD);
        assertThat(ended.orFail().text()).endsWith("done\n");
    }

    private static String program() throws IOException {
        try (var in = Objects.requireNonNull(JmapJamTest.class.getResourceAsStream("jmap-jam-session.mjs"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
