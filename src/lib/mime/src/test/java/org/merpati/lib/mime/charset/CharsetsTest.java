package org.merpati.lib.mime.charset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CharsetsTest {
    @ParameterizedTest
    @CsvSource({
        "utf8,UTF-8",
        "UTF-8,UTF-8",
        "utf_8,UTF-8",
        "'\"utf-8\"',UTF-8",
        "' utf-8 ',UTF-8",
        "utf-8*en-GB,UTF-8",
        "'''iso-8859-1''',ISO-8859-1",
        "iso8859_1,ISO-8859-1",
        "iso-8859-8-i,ISO-8859-8",
        "latin6,ISO-8859-10",
        "ISO_8859-14:1998,ISO-8859-14",
        "cp-1252,windows-1252",
        "Windows1250,windows-1250",
        "win-1251,windows-1251",
        "x-sjis,Shift_JIS",
        "cp932,windows-31j",
        "ks_c_5601-1987,x-windows-949",
        "cp949,x-windows-949",
        "cp950,x-windows-950",
        "cp874,x-windows-874",
        "gb2312,GB18030",
        "gbk,GBK",
        "unicode-1-1-utf-7,UTF-7",
        "ansi_x3.4-1968,US-ASCII",
        "x-mac-roman,x-MacRoman",
        "macintosh,x-MacRoman",
        "x-mac-cyrillic,x-MacCyrillic",
        "koi8-ru,KOI8-U",
        "dos-866,IBM866",
        "csISO2022JP,ISO-2022-JP",
        "x-x-big5,Big5"
    })
    void isFoundByTheNamesOfMail(String name, String charset) {
        assertThat(Charsets.named(name)).map(Charset::name).contains(charset);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\"\"", "x-unknown", "unknown-8bit", "8bit", "binary", "none", "*en", "ütf-8", "no-such"})
    void whatIsNoNameIsNone(String name) {
        assertThat(Charsets.named(name)).isEmpty();
        assertThat(decode("caf\u00c3\u00a9", name)).isEqualTo("café");
        assertThat(decode("caf\u00e9 \u0093x\u0094 \u0081", name)).isEqualTo("café “x” \u0081");
    }

    @Test
    void aNameOfAnyLengthIsLookedUp() {
        assertThat(Charsets.named("utf-8".repeat(200_000))).isEmpty();
    }

    @Test
    void aMillionUnknownNamesCostLittle() {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (int i = 0; i < 1_000_000; i++) {
                Charsets.named("x-" + i);
            }
        });
    }

    @Test
    void asciiThatIsNoneIsGuessed() {
        assertThat(decode("\u00c3\u00a9", "us-ascii")).isEqualTo("é");
        assertThat(decode("\u001b$B$\"\u001b(B", "us-ascii")).isEqualTo("あ");
    }

    @Test
    void iso88591IsNotWindows1252() {
        assertThat(decode("\u0093", "iso-8859-1")).isEqualTo("\u0093");
        assertThat(decode("\u0093", "windows-1252")).isEqualTo("“");
    }

    @ParameterizedTest
    @CsvSource({"utf-8", "shift_jis", "euc-jp", "gb18030", "big5", "euc-kr", "gbk", "iso-2022-jp"})
    void malformedSequencesAreReplacedAndWhatFollowsIsKept(String name) {
        assertThat(decode("a\u00ff, b", name)).startsWith("a\ufffd").endsWith(", b");
    }

    @Test
    void aWiderCharsetIsTakenWhereOctetsBelongToItAlone() {
        assertThat(decode("\u0081`", "shift_jis")).isEqualTo("\u301c");
        assertThat(decode("\u0087@", "shift_jis")).isEqualTo("①");
        assertThat(decode("\u001b$B-!\u001b(B", "iso-2022-jp")).isEqualTo("①");
        assertThat(decode("\u0080", "gbk")).isEqualTo("\ufffd");
    }

    @Test
    void utf16FollowsItsMarkOrItsZeros() {
        assertThat(decode("\u00fe\u00ff\u0000A", "utf-16")).isEqualTo("A");
        assertThat(decode("\u00ff\u00feA\u0000", "utf-16")).isEqualTo("A");
        assertThat(decode("A\u0000", "utf-16")).isEqualTo("A");
        assertThat(decode("\u0000A", "utf-16")).isEqualTo("A");
        assertThat(decode("e\u00e5", "utf-16")).isEqualTo("\u65e5");
    }

    @Test
    void octetsWithoutANameAreGuessed() {
        assertThat(guess("plain")).isEqualTo("plain");
        assertThat(guess("\u00c3\u00a9")).isEqualTo("é");
        assertThat(guess("\u00e9t\u00e9")).isEqualTo("été");
        assertThat(guess("\u001b$B$\"\u001b(B")).isEqualTo("あ");
        assertThat(guess("\u001b[1m")).isEqualTo("\u001b[1m");
        assertThat(guess("\u00ff\u00feA\u0000")).isEqualTo("A");
        assertThat(guess("\u00c3\u00a9\u00c3\u00a8\u00c3")).isEqualTo("éè\ufffd");
        assertThat(guess("")).isEmpty();
    }

    @Test
    void aHintIsTakenWhenEveryOctetBelongsToIt() {
        var hint = Charsets.named("koi8-r");

        assertThat(guess("\u00c1\u00c2", hint)).isEqualTo("аб");
        assertThat(guess("\u00c3\u00a9", hint)).isEqualTo("é");
        assertThat(guess("\u00e9\u00ff", Charsets.named("euc-jp"))).isEqualTo("éÿ");
    }

    @Test
    void onlyTheGivenOctetsAreRead() {
        var bytes = bytes("xx\u00c3\u00a9xx");

        assertThat(Charsets.decode(bytes, 2, 4, "utf-8")).isEqualTo("é");
        assertThat(Charsets.guess(bytes, 2, 4)).isEqualTo("é");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-10", "ISO-8859-14"})
    void theJdksMissingOnesGoBothWays(String name) {
        var charset = Charsets.named(name).orElseThrow();
        var all = new byte[256];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) i;
        }
        var text = new String(all, charset);

        assertThat(text).doesNotContain("\ufffd");
        assertThat(text.getBytes(charset)).isEqualTo(all);
        assertThat("日😀\ud800x".getBytes(charset)).isEqualTo(bytes("???x"));
    }

    private static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String decode(String latin1, String name) {
        var bytes = bytes(latin1);
        return Charsets.decode(bytes, 0, bytes.length, name);
    }

    private static String guess(String latin1) {
        return guess(latin1, Optional.empty());
    }

    private static String guess(String latin1, Optional<Charset> hint) {
        var bytes = bytes(latin1);
        return Charsets.guess(bytes, 0, bytes.length, hint);
    }
}
