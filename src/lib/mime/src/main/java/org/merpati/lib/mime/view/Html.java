package org.merpati.lib.mime.view;

import org.jsoup.parser.Parser;
import org.jsoup.select.NodeTraversor;

/** HTML to text and text to HTML, for the reader who has the one and wants the other. */
public final class Html {
    /** Characters that are looked at; the rest is left out. */
    public static final int LONGEST = 2 << 20;

    /** Elements in elements; the parser closes what is deeper. */
    private static final int DEEPEST = 128;

    private Html() {}

    /** What a person would read: lines for blocks, marks for lists and quotes, addresses of links; no scripts, no styles. */
    public static String toText(String html) {
        return text(html, HtmlText.forReading());
    }

    /** The beginning of what a person would read, links left out, and with what is only there for a preview. */
    static String toPreviewText(String html) {
        return text(html, HtmlText.forPreview());
    }

    private static String text(String html, HtmlText text) {
        var parser = Parser.htmlParser().setMaxDepth(DEEPEST);
        NodeTraversor.filter(text, parser.parseInput(cut(html), ""));
        return text.result();
    }

    /** The text with its lines, its quoting as block quotes, and its addresses as links; nothing of it is markup. */
    public static String fromText(String text) {
        return new TextHtml(cut(text)).result();
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
    }
}
