package org.merpati.launch.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.Part;
import org.merpati.lib.mime.view.BodyView;
import org.merpati.lib.mime.view.Preview;

/** A message's tree for a person at a terminal. Control characters of the message do not reach it. */
final class MimeTree {
    private static final List<String> SHOWN =
            List.of("From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Subject", "Date", "Message-ID");
    private static final int LONGEST_VALUE = 400;

    private final PrintWriter out;

    MimeTree(PrintWriter out) {
        this.out = out;
    }

    void write(String file, Message message) throws IOException {
        out.println(clean(file));
        for (var name : SHOWN) {
            message.root().header().text(name).ifPresent(value -> line(name, value));
        }
        out.println();
        part(message, message.root(), "  ", "  ");
        out.println();
        var view = BodyView.of(message.root());
        numbers("Text", view.textBody());
        numbers("HTML", view.htmlBody());
        numbers("Attachments", view.attachments());
        line("Preview", Preview.of(message));
        for (var defect : message.defects()) {
            line("Defect", defect.kind().sentence() + " (octet " + defect.offset() + ")");
        }
        out.println();
    }

    private void part(Message message, Part part, String branch, String below) throws IOException {
        var words = new ArrayList<String>();
        words.add(
                part.isMultipart()
                        ? part.contentType().mediaType()
                        : part.section() + "  " + part.contentType().mediaType());
        part.contentType().parameters().get("charset").ifPresent(words::add);
        switch (part.encoding()) {
            case IDENTITY -> {}
            case BASE64, QUOTED_PRINTABLE, UNKNOWN ->
                part.header().text("Content-Transfer-Encoding").ifPresent(words::add);
        }
        part.disposition().ifPresent(disposition -> words.add(disposition.kind()));
        part.name().ifPresent(name -> words.add('"' + name + '"'));
        part.contentId().ifPresent(cid -> words.add('<' + cid + '>'));
        if (!part.isMultipart()) {
            words.add(String.format(Locale.ROOT, "%,d octets", size(message, part)));
        }
        out.println(branch + clean(String.join("  ", words)));
        var children = new ArrayList<>(part.parts());
        part.message().ifPresent(children::add);
        for (int i = 0; i < children.size(); i++) {
            boolean last = i == children.size() - 1;
            part(message, children.get(i), below + (last ? "└─ " : "├─ "), below + (last ? "   " : "│  "));
        }
    }

    private static long size(Message message, Part part) throws IOException {
        try (var in = message.content(part)) {
            return in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private void numbers(String name, List<Part> parts) {
        line(name, parts.isEmpty() ? "none" : parts.stream().map(Part::section).collect(Collectors.joining(", ")));
    }

    private void line(String name, String value) {
        out.println(String.format(Locale.ROOT, "  %-12s %s", name, clean(value)));
    }

    private static String clean(String value) {
        var shown = value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + " …" : value;
        return shown.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
