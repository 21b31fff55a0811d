package org.merpati.lib.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The README's example is this code, and it works. */
class ReadmeTest {
    @Test
    void theExampleRewrites() {
        assertThat(rewritten("ann+list@Example.ORG")).isEqualTo("ann@example.org");
        assertThat(rewritten("ann@Example.ORG")).isEqualTo("ann@Example.ORG");
    }

    @Test
    void theReadmeShowsThisCode() throws IOException {
        var readme = Files.readString(Path.of("README.md"));
        int from = readme.indexOf("```java\n") + 8;
        var source = Files.readString(Path.of("src/test/java/org/merpati/lib/expression/ReadmeTest.java"));
        assertThat(words(source)).contains(words(readme.substring(from, readme.indexOf("```", from))));
    }

    private static String words(String code) {
        return code.replaceAll("\\s+", "");
    }

    static String rewritten(String recipient) {
        var names = Names.of("rcpt", "listener");
        var rule = Expression.parse(
                "if matches('^(.+)[+].*@(.+)$', rcpt) then $1 + '@' + to_lowercase($2) else rcpt", names);
        var variables = Variables.of(Map.of("rcpt", Value.of(recipient)));
        return rule.evaluate(variables, Budget.standard()).toString();
    }
}
