package org.merpati.core.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.merpati.core.api.mail.Keyword;
import org.merpati.lib.imap.command.Flags;
import org.merpati.lib.imap.command.Flags.SystemFlag;

final class ImapFlagsTest {
    @Test
    void systemFlagsBecomeJmapKeywordsAndDeletedNone() {
        var flags = new Flags(Set.of(SystemFlag.values()), Set.of("$Forwarded", "Project-X"));
        assertThat(ImapFlags.keywords(flags))
                .containsExactlyInAnyOrder(
                        Keyword.SEEN,
                        Keyword.ANSWERED,
                        Keyword.FLAGGED,
                        Keyword.DRAFT,
                        new Keyword("$forwarded"),
                        new Keyword("project-x"));
        assertThat(ImapFlags.deleted(flags)).isTrue();
        assertThat(ImapFlags.deleted(Flags.NONE)).isFalse();
        assertThat(ImapFlags.keywords(Flags.NONE)).isEmpty();
    }

    @Test
    void keywordsThatAnRfcDefinesAreSpelledAsItDoes() {
        var keywords = Set.of(new Keyword("$FORWARDED"), new Keyword("$mdnsent"), new Keyword("Project-X"));
        assertThat(ImapFlags.of(keywords, false, false)).containsExactly("$Forwarded", "$MDNSent", "project-x");
        assertThat(ImapFlags.named(keywords)).endsWith("$Forwarded", "$MDNSent", "project-x");
    }
}
