package org.merpati.launch.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Python's imaplib: each of its methods, by the program {@code imaplib-session.py} of the tests' resources. */
class ImaplibTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @EnumSource
    void eachOfItsMethodsDoesWhatItSays(Security security) throws Exception {
        var python = Program.installed("python3", "python3", home);
        var house = MailHouse.shared();
        python.file("session.py", program());
        var ended = python.run(
                "session.py",
                security.scheme(),
                Integer.toString(house.port(security)),
                house.account("python"),
                MailHouse.PASSWORD);
        assertThat(ended.orFail().text()).endsWith("done\n");
    }

    private static String program() throws IOException {
        try (var in = Objects.requireNonNull(ImaplibTest.class.getResourceAsStream("imaplib-session.py"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
