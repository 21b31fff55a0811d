package org.merpati.lib.mime.view;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/** Walks through HTML and writes down its text. For one document, one thread. */
final class HtmlText implements NodeFilter {
    private static final Set<String> NOT_READ = Set.of(
            "head",
            "script",
            "style",
            "template",
            "title",
            "object",
            "iframe",
            "svg",
            "math",
            "canvas",
            "audio",
            "video",
            "select",
            "noframes");
    private static final Set<String> PARAGRAPHS =
            Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "dl", "ul", "ol");
    private static final int LONGEST_ADDRESS = 2000;

    private final boolean preview;
    private final TextLines lines = new TextLines();
    private final Deque<Integer> links = new ArrayDeque<>();
    private final Deque<int[]> lists = new ArrayDeque<>();
    private int preformatted;

    private HtmlText(boolean preview) {
        this.preview = preview;
    }

    static HtmlText forReading() {
        return new HtmlText(false);
    }

    static HtmlText forPreview() {
        return new HtmlText(true);
    }

    String result() {
        return lines.result();
    }

    @Override
    public FilterResult head(Node node, int depth) {
        if (lines.length() > Html.LONGEST) {
            return FilterResult.STOP;
        }
        if (node instanceof TextNode text) {
            lines.text(text.getWholeText(), preformatted > 0);
        } else if (node instanceof Element element) {
            if (NOT_READ.contains(element.normalName()) || (!preview && isHidden(element))) {
                return FilterResult.SKIP_ENTIRELY;
            }
            begin(element);
        }
        return FilterResult.CONTINUE;
    }

    @Override
    public FilterResult tail(Node node, int depth) {
        if (node instanceof Element element) {
            end(element);
        }
        return FilterResult.CONTINUE;
    }

    private void begin(Element element) {
        breakAround(element);
        switch (element.normalName()) {
            case "br" -> lines.lineBreak();
            case "hr" -> lines.text(preview ? "" : "----------", false);
            case "img" -> lines.text(' ' + element.attr("alt") + ' ', false);
            case "a" -> links.push(lines.length());
            case "blockquote" -> lines.quote(1);
            case "pre" -> preformatted++;
            case "ul" -> list(0);
            case "ol" -> list(1);
            case "li" -> item();
            default -> {} // its text says it all
        }
    }

    private void end(Element element) {
        switch (element.normalName()) {
            case "a" -> link(element.attr("href"), links.pop());
            case "blockquote" -> lines.quote(-1);
            case "pre" -> preformatted--;
            case "ul", "ol" -> {
                lists.pop();
                lines.indent(-1);
            }
            case "td", "th" -> lines.space();
            default -> {} // nothing was begun
        }
        breakAround(element);
    }

    private void breakAround(Element element) {
        if (PARAGRAPHS.contains(element.normalName())) {
            lines.breaks(lists.isEmpty() ? 2 : 1);
        } else if (element.isBlock()
                && !element.normalName().equals("td")
                && !element.normalName().equals("th")) {
            lines.breaks(1);
        }
    }

    private void list(int first) {
        lists.push(new int[] {first});
        lines.indent(1);
    }

    private void item() {
        var list = lists.peek();
        lines.mark(list == null || list[0] == 0 ? "- " : list[0]++ + ". ");
    }

    /** Where a link leads, unless its text says it. */
    private void link(String href, int start) {
        boolean mail = href.regionMatches(true, 0, "mailto:", 0, 7);
        boolean web = href.regionMatches(true, 0, "http:", 0, 5) || href.regionMatches(true, 0, "https:", 0, 6);
        if (preview || (!mail && !web) || href.length() > LONGEST_ADDRESS || lines.length() == start) {
            return;
        }
        var address = href.strip().substring(mail ? "mailto:".length() : 0);
        var shown = lines.since(start).strip();
        boolean says = address.endsWith(shown) || address.endsWith(shown + '/');
        if (!says || shown.length() < address.length() - "https://www./".length()) {
            lines.text(" <" + address + '>', false);
        }
    }

    private static boolean isHidden(Element element) {
        return element.hasAttr("hidden")
                || (element.hasAttr("style")
                        && element.attr("style")
                                .replace(" ", "")
                                .toLowerCase(Locale.ROOT)
                                .contains("display:none"));
    }
}
