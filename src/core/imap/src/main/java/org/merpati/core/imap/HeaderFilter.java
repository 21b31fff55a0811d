package org.merpati.core.imap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The header fields of some names, or of all others, and the empty line (RFC 3501 §6.4.5, HEADER.FIELDS). Reads the header
 * once, in blocks, and keeps only what it is asked for. A line that is no field and no continuation is left out.
 */
final class HeaderFilter {
    /** What was asked for is more than a reply should hold in memory. */
    static final class TooLarge extends IOException {
        TooLarge() {
            super("the header fields are more than " + LARGEST + " octets");
        }
    }

    private static final int LARGEST = 1 << 20;
    private static final int LONGEST_NAME = 1000;

    private enum In {
        LINE_START,
        NAME,
        KEPT,
        DROPPED
    }

    private final Set<String> names = new HashSet<>();
    private final boolean not;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(512);
    private final ByteArrayOutputStream name = new ByteArrayOutputStream(64);
    private In state = In.LINE_START;
    private boolean keeping;

    HeaderFilter(List<String> names, boolean not) {
        names.forEach(field -> this.names.add(field.toLowerCase(Locale.ROOT)));
        this.not = not;
    }

    /** Reads the stream to its end, which is the header's end or after it. */
    byte[] read(InputStream header) throws IOException {
        var block = new byte[4096];
        for (int length = header.read(block); length >= 0; length = header.read(block)) {
            for (int i = 0; i < length; i++) {
                take(block[i]);
            }
        }
        byte[] soFar = kept.toByteArray();
        if (soFar.length > 0 && soFar[soFar.length - 1] != '\n') {
            kept.writeBytes(new byte[] {'\r', '\n'});
        }
        kept.writeBytes(new byte[] {'\r', '\n'});
        return kept.toByteArray();
    }

    private void take(byte octet) throws IOException {
        switch (state) {
            case LINE_START -> lineStart(octet);
            case NAME -> name(octet);
            case KEPT -> keep(octet);
            case DROPPED -> drop(octet);
        }
    }

    private void lineStart(byte octet) throws IOException {
        if (octet == ' ' || octet == '\t') { // a continuation goes where its field went
            state = keeping ? In.KEPT : In.DROPPED;
            take(octet);
        } else {
            name.reset();
            keeping = false;
            state = In.NAME;
            name(octet);
        }
    }

    private void name(byte octet) throws IOException {
        if (octet == '\n') { // the empty line, or a line without a colon
            state = In.LINE_START;
        } else if (octet == ':') {
            var field =
                    name.toString(StandardCharsets.ISO_8859_1).stripTrailing().toLowerCase(Locale.ROOT);
            keeping = !field.isEmpty() && names.contains(field) != not;
            if (keeping) {
                for (byte b : name.toByteArray()) {
                    keep(b);
                }
            }
            state = keeping ? In.KEPT : In.DROPPED;
            take(octet);
        } else if (name.size() == LONGEST_NAME) {
            state = In.DROPPED;
        } else {
            name.write(octet);
        }
    }

    private void keep(byte octet) throws IOException {
        if (kept.size() == LARGEST) {
            throw new TooLarge();
        }
        kept.write(octet);
        if (octet == '\n') {
            state = In.LINE_START;
        }
    }

    private void drop(byte octet) {
        if (octet == '\n') {
            state = In.LINE_START;
        }
    }
}
