package org.merpati.lib.imap.command;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;

/**
 * Flags as a client names them, in APPEND and STORE (RFC 3501 §9, flag). What begins with a backslash is one of {@link SystemFlag};
 * {@code \Recent} is no flag that a client sets, so that it is refused as any other backslash word is.
 *
 * @param keywords as they were read; at most 255 characters each
 */
public record Flags(Set<SystemFlag> system, Set<String> keywords) {
    /** The flags with a meaning of their own (RFC 3501 §2.3.2). */
    public enum SystemFlag {
        ANSWERED("\\Answered"),
        FLAGGED("\\Flagged"),
        DELETED("\\Deleted"),
        SEEN("\\Seen"),
        DRAFT("\\Draft");

        private final String token;

        SystemFlag(String token) {
            this.token = token;
        }

        /** As it stands on the wire. */
        public String token() {
            return token;
        }

        private static Optional<SystemFlag> of(String name) {
            return Arrays.stream(values())
                    .filter(flag -> flag.token.substring(1).equalsIgnoreCase(name))
                    .findFirst();
        }
    }

    public static final Flags NONE = new Flags(Set.of(), Set.of());

    /** In one command, each time it is named. */
    public static final int MOST = 100;

    private static final int LONGEST = 255;

    public Flags {
        system = Set.copyOf(system);
        keywords = Collections.unmodifiableSet(new LinkedHashSet<>(keywords));
    }

    /** flag-list: in parentheses, maybe none. */
    public static Flags list(CommandReader in) {
        in.expect('(');
        if (in.accept(')')) {
            return NONE;
        }
        var flags = bare(in);
        in.expect(')');
        return flags;
    }

    /** One flag at least, with one space between them, as STORE also has them without parentheses (RFC 3501 §9, store-att-flags). */
    public static Flags bare(CommandReader in) {
        var system = new LinkedHashSet<SystemFlag>();
        var keywords = new LinkedHashSet<String>();
        int count = 0;
        do {
            if (count++ == MOST) {
                throw in.expected("no more than " + MOST + " flags");
            }
            int before = in.offset();
            if (in.accept('\\')) {
                system.add(SystemFlag.of(in.atom())
                        .orElseThrow(() -> new ImapSyntaxException("a flag that a client can set", before)));
            } else {
                keywords.add(keyword(in, before));
            }
        } while (in.accept(' '));
        return new Flags(system, keywords);
    }

    private static String keyword(CommandReader in, int before) {
        var keyword = in.atom();
        if (keyword.length() > LONGEST) {
            throw new ImapSyntaxException("a keyword of at most " + LONGEST + " characters", before);
        }
        return keyword;
    }
}
