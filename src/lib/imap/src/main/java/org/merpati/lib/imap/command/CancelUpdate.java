package org.merpati.lib.imap.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.merpati.lib.imap.CommandReader;

/**
 * CANCELUPDATE (RFC 5267 §4.3.5).
 *
 * @param tags of searches, at least one
 */
public record CancelUpdate(List<String> tags) implements SelectedCommand {
    private static final int MOST = 100;

    public CancelUpdate {
        tags = List.copyOf(tags);
    }

    static CancelUpdate parse(CommandReader in) {
        in.space();
        var tags = new ArrayList<String>();
        do {
            if (tags.size() == MOST) {
                throw in.expected("no more than " + MOST + " tags");
            }
            tags.add(new String(in.string(), StandardCharsets.ISO_8859_1));
        } while (in.accept(' '));
        in.end();
        return new CancelUpdate(tags);
    }
}
