package org.merpati.lib.mime.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.merpati.lib.mime.field.ListField.Action;

class IdsAndListsTest {
    /** RFC 5322 §3.6.4 and §4.5.4. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<a@b>|a@b",
                " <a@b>\t<c@d> |a@b c@d",
                "<a@b><c@d>|a@b c@d",
                "<a@b>,<c@d>|a@b c@d",
                "<a (x) @ b>|a@b",
                "a@b|a@b",
                "a@b, c@d|a@b c@d",
                "a@b (comment)|a@b",
                "Joe's message of \"Monday\" <a@b>|a@b",
                "<a@b <c@d>|a@b c@d",
                "<a@b|a@b",
                "<>|",
                "<a@b>>|a@b",
                "|"
            })
    void idsAreRead(String body, String ids) {
        var expected = ids == null ? List.of() : List.of(ids.split(" ", -1));

        assertThat(MessageIds.parse(body == null ? "" : body)).isEqualTo(expected);
    }

    /** RFC 2392. */
    @Test
    void aPartIsFoundByItsUrl() {
        assertThat(ContentId.parse("<foo4%foo1@bar.net>")).contains("foo4%foo1@bar.net");
        assertThat(ContentId.ofUrl("cid:foo4%25foo1@bar.net")).contains("foo4%foo1@bar.net");
        assertThat(ContentId.ofUrl("CID:a@b")).contains("a@b");
        assertThat(ContentId.ofUrl("cid:a%2@b%")).contains("a%2@b%");
        assertThat(ContentId.ofUrl("http://a")).isEmpty();
        assertThat(ContentId.ofUrl("cid:")).isEmpty();
        assertThat(ContentId.parse("")).isEmpty();
    }

    @Test
    void commasDivideKeywordsButNotWithinThem() {
        assertThat(CommaList.parse(" a, b c ,,\"d, e\", =?utf-8?q?f,_g?= , h (i, j), k\r\n l\r\n"))
                .containsExactly("a", "b c", "d, e", "f, g", "h", "k l");
        assertThat(CommaList.parse("en (English), \"de")).containsExactly("en", "\"de");
        assertThat(CommaList.parse("")).isEmpty();
    }

    /** RFC 2369 §3, RFC 2369 §2. */
    @Test
    void listsSayWhatCanBeDone() {
        assertThat(ListField.parse("<http://a/?b,c> (Web), (Mail (too)) <mailto:\r\n x@y>"))
                .containsExactly(
                        new Action("http://a/?b,c", Optional.of("Web")),
                        new Action("mailto:x@y", Optional.of("Mail (too)")));
        assertThat(ListField.parse("NO (moderated)")).containsExactly(new Action("NO", Optional.of("moderated")));
        assertThat(ListField.parse("<mailto:x@y> <mailto:z")).hasSize(1);
        assertThat(ListField.parse(" , (none)")).isEmpty();
    }

    /** RFC 2919 §3. */
    @Test
    void listsHaveNames() {
        assertThat(ListField.id("\"Lena's <3 List\" <lena.example.net>"))
                .contains(new ListField.Id(Optional.of("Lena's <3 List"), "lena.example.net"));
        assertThat(ListField.id("=?utf-8?q?L=C3=A9na?= <lena.\r\n example.net>"))
                .contains(new ListField.Id(Optional.of("Léna"), "lena.example.net"));
        assertThat(ListField.id("lena.example.net (comment)"))
                .contains(new ListField.Id(Optional.empty(), "lena.example.net"));
        assertThat(ListField.id("Lena <>")).isEmpty();
        assertThat(ListField.id("")).isEmpty();
    }
}
