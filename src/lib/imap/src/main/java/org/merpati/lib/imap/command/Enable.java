package org.merpati.lib.imap.command;

import java.util.EnumSet;
import java.util.Set;
import org.merpati.lib.imap.CommandReader;

/** ENABLE. RFC 5161 §3.1. What this server does not know is passed over, as it has to be. */
public record Enable(Set<Feature> features) implements SignedInCommand {
    private static final int MOST = 100;

    public Enable {
        features = Set.copyOf(features);
    }

    static Enable parse(CommandReader in) {
        var features = EnumSet.noneOf(Feature.class);
        int count = 0;
        do {
            if (count++ == MOST) {
                throw in.expected("no more than " + MOST + " names");
            }
            Feature.of(in.space().atom()).ifPresent(features::add);
        } while (in.nextIs(' '));
        in.end();
        return new Enable(features);
    }
}
