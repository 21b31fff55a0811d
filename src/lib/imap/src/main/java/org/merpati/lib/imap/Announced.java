package org.merpati.lib.imap;

import java.util.List;

/** A literal that a client announces: {@code {5}}, {@code {5+}}, {@code ~{5}}, {@code ~{5+}}. Valid while it is decided about. */
public final class Announced {
    private final byte[] bytes;
    private final int from;
    private final int to;
    private final List<Diverted> diverted;
    private final String verb;
    private final LiteralEnd end;
    private final long kept;

    Announced(byte[] bytes, int from, int to, List<Diverted> diverted, String verb, LiteralEnd end, long kept) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.diverted = diverted;
        this.verb = verb;
        this.end = end;
        this.kept = kept;
    }

    /** The word after the tag, in upper case; may be empty. */
    public String verb() {
        return verb;
    }

    /**
     * Another reader over the command as far as it has come. Where a parser asks it for the literal that is announced, it
     * throws {@link LiteralAwaited}.
     */
    public CommandReader soFar() {
        return new CommandReader(bytes, from, to, diverted, true);
    }

    public long size() {
        return end.size();
    }

    /** Whether the client waits to be asked for it (RFC 7888 §4). */
    public boolean synchronizing() {
        return end.synchronizing();
    }

    /** Whether it may have NUL in it (RFC 3516 §4.4). */
    public boolean binary() {
        return end.binary();
    }

    /** Octets of the command's literals that are kept in memory. */
    public long kept() {
        return kept;
    }
}
