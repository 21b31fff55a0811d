package org.merpati.lib.mime.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class HtmlTest {
    @Test
    void blocksAndBreaksEndLines() {
        assertThat(Html.toText("<p>One\n  two</p><p>Three<br>four</p><div>five</div><div>six<br></div>seven"))
                .isEqualTo("One two\n\nThree\nfour\n\nfive\nsix\nseven");
        assertThat(Html.toText("<div>a</div><div><br></div><div>b</div>")).isEqualTo("a\n\nb");
        assertThat(Html.toText("a<br><br><br><br><br><br>b")).isEqualTo("a\n\n\nb");
    }

    @Test
    void scriptsStylesAndWhatIsHiddenAreLeftOut() {
        assertThat(Html.toText("<html><head><title>t</title><style>p{}</style></head><body><script>x()</script>"
                        + "<!-- c --><p style='Display: None'>no</p><p hidden>no</p>Yes</body>"))
                .isEqualTo("Yes");
    }

    @Test
    void entitiesAreCharacters() {
        assertThat(Html.toText("&lt;a&gt; &amp;&nbsp;&euro; &#x1F600; &unknown;"))
                .isEqualTo("<a> & € 😀 &unknown;");
    }

    @Test
    void listsHaveMarks() {
        assertThat(Html.toText("<ul><li>a</li><li>b<ol><li>c<li>d</ol></li></ul>e"))
                .isEqualTo("- a\n- b\n  1. c\n  2. d\n\ne");
    }

    @Test
    void quotesHaveTheirMark() {
        assertThat(Html.toText("Yes.<blockquote>One<blockquote><p>Two<p>Three</blockquote></blockquote>No."))
                .isEqualTo("Yes.\n\n> One\n>\n>> Two\n>>\n>> Three\n\nNo.");
    }

    @Test
    void linksSayWhereTheyLeadUnlessTheirTextDoes() {
        assertThat(Html.toText(
                        "<a href='https://example.org/x'>here</a>, <a href='https://www.example.org/'>example.org</a>,"
                                + " <a href='mailto:ann@example.org'>ann@example.org</a>, <a href='#x'>up</a>,"
                                + " <a href='javascript:x()'>js</a>, <a href='https://example.org/y'><img alt='Sale'></a>,"
                                + " <a href='https://example.org/z'></a>"))
                .isEqualTo("here <https://example.org/x>, example.org, ann@example.org, up, js, Sale"
                        + " <https://example.org/y>,");
    }

    @Test
    void preformattedTextKeepsItsLines() {
        assertThat(Html.toText("<pre>\na  b\n c</pre>d")).isEqualTo("a  b\n c\n\nd");
    }

    @Test
    void cellsStandApart() {
        assertThat(Html.toText("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"))
                .isEqualTo("a b\nc");
    }

    @Test
    void textBecomesLinesOfHtml() {
        assertThat(Html.fromText("a < b & \"c\"\r\n  two")).isEqualTo("a &lt; b &amp; &quot;c&quot;<br>\n&nbsp; two");
        assertThat(Html.fromText("")).isEmpty();
        assertThat(Html.fromText("a\n\n")).isEqualTo("a<br>\n");
    }

    @Test
    void quotedLinesBecomeBlockQuotes() {
        assertThat(Html.fromText("> > a\n>> b\n> c\nd"))
                .isEqualTo("<blockquote><blockquote>a<br>\nb</blockquote>\nc</blockquote>\nd");
    }

    @Test
    void addressesBecomeLinks() {
        assertThat(Html.fromText("See (https://example.org/a?b=1&c=2), http://x. nothttp://y http:// https"))
                .isEqualTo("See (<a href=\"https://example.org/a?b=1&amp;c=2\">https://example.org/a?b=1&amp;c=2</a>),"
                        + " <a href=\"http://x\">http://x</a>. nothttp://y http:// https");
        assertThat(Html.fromText("https://example.org/\"onclick=\"x()"))
                .isEqualTo("<a href=\"https://example.org/\">https://example.org/</a>&quot;onclick=&quot;x()");
    }

    @Test
    void textComesBackAsItWas() {
        var text = "Hello,\n\n> you wrote <this> & that\n\nsee https://example.org/ for more";
        assertThat(Html.toText(Html.fromText(text))).isEqualTo(text);
    }

    static Stream<String> hostile() {
        return Stream.of(
                "<div>".repeat(200_000) + "x",
                "<b><p>".repeat(100_000) + "x",
                "<a href=https://x>".repeat(50_000) + "x",
                "<table><tr><td>".repeat(70_000) + "x",
                "<blockquote>".repeat(80_000) + "x<br>x",
                "<ul><li>".repeat(100_000) + "x",
                "<font size=1>".repeat(80_000) + "x",
                "<svg>".repeat(200_000),
                "<".repeat(1_000_000),
                "&#".repeat(500_000),
                "<br>x".repeat(200_000),
                "<p " + "a=b ".repeat(250_000) + ">x",
                "<!--".repeat(250_000));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    @Timeout(20)
    void hostileHtmlEndsAndOverflowsNothing(String html) {
        assertThat(Html.toText(html).length()).isLessThan(3 * Html.LONGEST);
        assertThat(Html.fromText(html).length()).isLessThan(12 * html.length() + 100);
    }
}
