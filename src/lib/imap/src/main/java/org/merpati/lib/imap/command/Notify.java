package org.merpati.lib.imap.command;

import java.util.ArrayList;
import java.util.List;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;

/**
 * NOTIFY (RFC 5465 §3.1).
 *
 * @param status whether it begins with the state of the mailboxes
 * @param groups empty for NONE: nothing is to be told
 */
public record Notify(boolean status, List<EventGroup> groups) implements SignedInCommand {
    private static final int MOST = 100;

    public Notify {
        groups = List.copyOf(groups);
    }

    static Notify parse(CommandReader in) {
        int before = in.space().offset();
        var groups = new ArrayList<EventGroup>();
        boolean status = false;
        switch (in.word("SET or NONE")) {
            case "NONE" -> {}
            case "SET" -> {
                in.space();
                status = in.acceptWord("STATUS");
                if (status) {
                    in.space();
                }
                read(in, groups);
            }
            default -> throw new ImapSyntaxException("SET or NONE", before);
        }
        in.end();
        return new Notify(status, groups);
    }

    private static void read(CommandReader in, List<EventGroup> groups) {
        int before = in.offset();
        do {
            if (groups.size() == MOST) {
                throw in.expected("no more than " + MOST + " groups");
            }
            groups.add(EventGroup.parse(in));
        } while (in.accept(' '));
        if (groups.stream().filter(EventGroup::ofSelected).count() > 1) {
            throw new ImapSyntaxException("one group for the selected mailbox", before);
        }
    }
}
