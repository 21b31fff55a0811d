package org.merpati.lib.mime.view;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Strangers' text and HTML: nothing is thrown, and what comes out keeps its promises. */
final class TextFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void html(FuzzedDataProvider data) {
        var html = data.consumeRemainingAsString();
        var text = Html.toText(html);
        if (Preview.ofHtml(html).length() > Preview.LONGEST || Preview.of(text).length() > Preview.LONGEST) {
            throw new AssertionError("too long");
        }
    }

    @FuzzTest(maxDuration = "1m")
    void text(FuzzedDataProvider data) {
        var text = data.consumeRemainingAsString();
        var html = Html.fromText(text);
        var markup = html.replace("<br>", "")
                .replace("<blockquote>", "")
                .replace("</blockquote>", "")
                .replaceAll("<a href=\"https?://[^\"<>]*\">|</a>", "");
        if (markup.indexOf('<') >= 0 || markup.indexOf('>') >= 0 || markup.indexOf('"') >= 0) {
            throw new AssertionError("text became markup: " + html);
        }
    }

    @FuzzTest(maxDuration = "1m")
    void subjects(FuzzedDataProvider data) {
        var subject = data.consumeRemainingAsString();
        var found = ThreadSubject.of(subject);
        var again = ThreadSubject.of(found.base());
        if (!again.equals(new ThreadSubject(found.base(), false))) {
            throw new AssertionError("a base that has a base: " + found + " " + again);
        }
    }
}
