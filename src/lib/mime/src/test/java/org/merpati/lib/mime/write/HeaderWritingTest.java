package org.merpati.lib.mime.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.lib.mime.field.Address;
import org.merpati.lib.mime.field.EncodedWords;
import org.merpati.lib.mime.field.Parameters;

class HeaderWritingTest {
    private static String field(String name, HeaderValue value) {
        return new FieldWriter(false).field(new NewField(name, value));
    }

    private static String utf8(HeaderValue value) {
        return new FieldWriter(true).field(new NewField("X", value));
    }

    private static String text(String text) {
        return field("Subject", new HeaderValue.Text(text));
    }

    private static String addresses(Address... addresses) {
        return field("To", new HeaderValue.Addresses(List.of(addresses)));
    }

    private static Address.Mailbox mailbox(String name, String address) {
        return new Address.Mailbox(name.isEmpty() ? Optional.empty() : Optional.of(name), Optional.of(address));
    }

    private static Address.Group group(String name, Address.Mailbox... members) {
        return new Address.Group(name.isEmpty() ? Optional.empty() : Optional.of(name), List.of(members));
    }

    @Test
    void shortTextStandsAsItIs() {
        assertThat(text("Hello,  \"there\"")).isEqualTo("Subject: Hello,  \"there\"\r\n");
        assertThat(text("")).isEqualTo("Subject:\r\n");
    }

    @Test
    void longTextIsFoldedAtItsSpacesOnly() {
        var words = "word ".repeat(40).strip();
        var field = text(words);
        assertThat(field.split("\r\n", -1)).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(78));
        assertThat(field.replace("\r\n", "")).isEqualTo("Subject: " + words);
    }

    @Test
    void textIsNotFoldedAtSeveralSpacesOfWhichReadersMakeOne() {
        var field = text("word ".repeat(13) + "two  words");
        assertThat(field).contains("\r\n two  words\r\n");
        assertThat(text("a" + " ".repeat(80) + "b")).contains("=?utf-8?Q?a____");
    }

    @Test
    void onlyTheWordsThatNeedItAreEncodedAndNeighboursShareAWord() {
        assertThat(text("a caf\u00e9s parl\u00e9s Paris"))
                .isEqualTo("Subject: a =?utf-8?B?Y2Fmw6lzIHBhcmzDqXM=?= Paris\r\n");
    }

    @Test
    void theShorterOfQAndBIsTaken() {
        assertThat(text("\u4f60\u597d")).isEqualTo("Subject: =?utf-8?B?5L2g5aW9?=\r\n");
        assertThat(text("na\u00efvement")).isEqualTo("Subject: =?utf-8?Q?na=C3=AFvement?=\r\n");
    }

    @Test
    void textThatLooksEncodedOrHasSpacesAtItsEndsIsEncoded() {
        assertThat(text("=?utf-8?Q?a?=")).doesNotContain(" =?utf-8?Q?a?=");
        assertThat(EncodedWords.decode(text("=?utf-8?Q?a?="))).isEqualTo("Subject: =?utf-8?Q?a?=\r\n");
        assertThat(text(" a  ")).isEqualTo("Subject: =?utf-8?Q?_a__?=\r\n");
        assertThat(text("   ")).isEqualTo("Subject: =?utf-8?Q?___?=\r\n");
        assertThat(text("a\tb")).isEqualTo("Subject: a\tb\r\n");
        assertThat(text("a\u0007b")).isEqualTo("Subject: =?utf-8?B?YQdi?=\r\n");
    }

    @Test
    void encodedWordsAreShortAndSplitNoCharacterAndNoLetterFromItsAccents() {
        var family = "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67";
        var text = "e\u0301".repeat(30) + family.repeat(5);
        var field = text(text);
        var words = field.substring(9).strip().split("\r\n ", -1);
        assertThat(words)
                .hasSizeGreaterThan(2)
                .allSatisfy(word -> assertThat(word).hasSizeLessThanOrEqualTo(75));
        var parts = IntStream.range(0, words.length)
                .mapToObj(i -> EncodedWords.decode(words[i]))
                .toList();
        assertThat(String.join("", parts)).isEqualTo(text);
        assertThat(parts).allSatisfy(part -> assertThat(part.charAt(0)).isIn('e', '\ud83d'));
        assertThat(parts).noneMatch(part -> part.endsWith("\u200d"));
    }

    @Test
    void aLetterWithMoreAccentsThanAWordHoldsIsSplitBetweenCharacters() {
        var text = "e" + "\u0301".repeat(100);
        var field = text(text);
        assertThat(field.split("\r\n", -1)).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(76));
        assertThat(EncodedWords.decode(field.substring(9).replace("\r\n", ""))).isEqualTo(text);
    }

    @Test
    void namesAreAtomsQuotedOrEncoded() {
        assertThat(addresses(
                        mailbox("", "a@b"),
                        mailbox("Ann Lee", "a@b"),
                        mailbox("Lee, \"Ann\"", "a@b"),
                        mailbox("Zo\u00eb", "a@b")))
                .isEqualTo("To: a@b, Ann Lee <a@b>, \"Lee, \\\"Ann\\\"\" <a@b>, =?utf-8?Q?Zo=C3=AB?= <a@b>\r\n");
    }

    @Test
    void groupsHaveMembersOrNone() {
        assertThat(addresses(group("Team", mailbox("A", "a@b"), mailbox("", "c@d")), group("undisclosed-recipients")))
                .isEqualTo("To: Team: A <a@b>, c@d;, undisclosed-recipients:;\r\n");
        assertThat(addresses(group("\u00c9quipe"))).isEqualTo("To: =?utf-8?Q?=C3=89quipe?= :;\r\n");
        assertThat(addresses(group("", mailbox("", "c@d")))).isEqualTo("To: c@d\r\n");
    }

    @Test
    void addressesAreWrittenSoThatTheyReadBack() {
        assertThat(address("ann@b\u00fccher.example")).isEqualTo("ann@xn--bcher-kva.example");
        assertThat(address("ann@[192.0.2.1]")).isEqualTo("ann@[192.0.2.1]");
        assertThat(address("a b@c.d")).isEqualTo("\"a b\"@c.d");
        assertThat(address("\"a@b\"@c.d")).isEqualTo("\"a@b\"@c.d");
        assertThat(address("a..b@c.d")).isEqualTo("\"a..b\"@c.d");
        assertThat(address("a\"b@c.d")).isEqualTo("\"a\\\"b\"@c.d");
    }

    private static String address(String given) {
        return addresses(mailbox("", given)).substring("To: ".length()).strip();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann",
                "@b",
                "ann@",
                "ann@b c",
                "ann@b\r\nX: y",
                "a\r\nX: y@b",
                "ann@b..c",
                "ann@b>",
                "ann@[1]2]",
                "zo\u00eb@b",
                "ann@stra\u00dfe.example"
            })
    void whatIsNoAddressIsRefused(String address) {
        assertThatThrownBy(() -> addresses(mailbox("", address)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("To: ");
    }

    @Test
    void utf8HeadersAreLeftAsTheyAre() {
        assertThat(utf8(new HeaderValue.Text("caf\u00e9"))).isEqualTo("X: caf\u00e9\r\n");
        assertThat(utf8(new HeaderValue.Addresses(List.of(mailbox("Zo\u00eb", "zo\u00eb@b\u00fccher.example")))))
                .isEqualTo("X: Zo\u00eb <zo\u00eb@b\u00fccher.example>\r\n");
        assertThat(utf8(new HeaderValue.Raw("caf\u00e9"))).isEqualTo("X: caf\u00e9\r\n");
        assertThat(new FieldWriter(true).disposition("attachment", "\u00f1.pdf", Parameters.NONE))
                .isEqualTo("Content-Disposition: attachment; filename=\"\u00f1.pdf\"\r\n");
        assertThat(utf8(new HeaderValue.Text("a\u0085b"))).isEqualTo("X: =?utf-8?Q?a=C2=85b?=\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-01T00:00:00Z, 'Sun, 1 Nov 2026 00:00:00 +0000'",
        "1999-02-28T23:59:59-03:30, 'Sun, 28 Feb 1999 23:59:59 -0330'",
        "1900-01-02T00:19:32+00:19:32, 'Tue, 2 Jan 1900 00:00:00 +0000'"
    })
    void datesAreThoseOfRfc5322(String date, String written) {
        assertThat(field("Date", new HeaderValue.Date(OffsetDateTime.parse(date))))
                .isEqualTo("Date: " + written + "\r\n");
    }

    @Test
    void idsAndUrlsAreInBracketsAndFolded() {
        assertThat(field("References", new HeaderValue.Ids(List.of("a@b", "<c@d>"))))
                .isEqualTo("References: <a@b> <c@d>\r\n");
        assertThat(field("List-Unsubscribe", new HeaderValue.Urls(List.of("mailto:a@b", "https://c/d"))))
                .isEqualTo("List-Unsubscribe: <mailto:a@b>, <https://c/d>\r\n");
        var many = IntStream.range(0, 50).mapToObj(i -> i + "@example.org").collect(Collectors.toList());
        var field = field("References", new HeaderValue.Ids(many));
        assertThat(field.split("\r\n", -1)).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(78));
    }

    @Test
    void fileNamesAreContinuedAndEncoded() {
        var fields = new FieldWriter(false);
        assertThat(fields.disposition("attachment", "a b.txt", Parameters.NONE))
                .isEqualTo("Content-Disposition: attachment; filename=\"a b.txt\"\r\n");
        assertThat(fields.disposition(
                        "attachment", "\u65e5\u672c\u8a9e\u306e\u3068\u3066\u3082\u9577\u3044.pdf", Parameters.NONE))
                .isEqualTo("""
                        Content-Disposition: attachment;
                         filename*0*=utf-8''%E6%97%A5%E6%9C%AC%E8%AA%9E%E3%81%AE%E3%81%A8%E3%81%A6;
                         filename*1*=%E3%82%82%E9%95%B7%E3%81%84.pdf
                        """.replace("\n", "\r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nBcc: x@y", "a\nb", "a\r", "a\r\n", "\u0000", "a\r\n \r\n b", "a\r\n ", "a\n b"})
    void rawBodiesThatCouldEndTheFieldAreRefused(String body) {
        assertThatThrownBy(() -> new HeaderValue.Raw(body)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rawBodiesMayBeFoldedButNotTooLongOrBeyondAscii() {
        assertThat(field("X", new HeaderValue.Raw("a\r\n b"))).isEqualTo("X: a\r\n b\r\n");
        assertThatThrownBy(() -> field("X", new HeaderValue.Raw("a".repeat(996))))
                .hasMessageContaining("X: a line would have more than 998 octets");
        assertThat(field("X", new HeaderValue.Raw("a".repeat(995)))).hasSize(1000);
        assertThatThrownBy(() -> field("X", new HeaderValue.Raw("\u00e9"))).hasMessageContaining("not ASCII");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A B", "A:", "A\r\nB", "\u00c4"})
    void whatIsNoFieldNameIsRefused(String name) {
        assertThatThrownBy(() -> new MessageBuilder().header(name, new HeaderValue.Text("x")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void fieldsThatMayBeThereOnceAreAndThoseOfTheBodyAreItsOwn() {
        var message = new MessageBuilder().subject("a").header("X-A", new HeaderValue.Text("1"));
        assertThatThrownBy(() -> message.header("subject", new HeaderValue.Text("b")))
                .hasMessageContaining("once");
        assertThatThrownBy(() -> message.header("content-type", new HeaderValue.Raw("b")))
                .hasMessageContaining("part");
        var fields = message.header("X-A", new HeaderValue.Text("2"))
                .subject("c")
                .build()
                .fields();
        assertThat(fields.stream().map(NewField::name)).containsExactly("Subject", "X-A", "X-A");
    }

    @Test
    void aLineOfTextHasNoLineEnd() {
        assertThatThrownBy(() -> text("a\r\nBcc: b@c")).hasMessageContaining("U+000D, at offset 1");
        assertThatThrownBy(() -> addresses(mailbox("a\nb", "a@b"))).hasMessageContaining("To: ");
    }
}
