package org.merpati.core.smtp.stage;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.merpati.lib.smtp.CommandReader;
import org.merpati.lib.smtp.Extension;
import org.merpati.lib.smtp.Leniency;
import org.merpati.lib.smtp.SmtpSyntaxException;
import org.merpati.lib.smtp.path.ForwardPath;
import org.merpati.lib.smtp.path.ReversePath;

/** An address that a stage has put in the place of another, as the path it is (RFC 5321 §4.1.2). */
public final class RewrittenAddress {
    private RewrittenAddress() {}

    /**
     * Empty when it is no address.
     *
     * @param utf8 whether it may hold more than ASCII (RFC 6531 §3.3)
     */
    public static Optional<ReversePath> sender(String address, boolean utf8) {
        return path(address, utf8, ReversePath::parse);
    }

    /** The same of a recipient. */
    public static Optional<ForwardPath> recipient(String address, boolean utf8) {
        return path(address, utf8, ForwardPath::parse);
    }

    private static <P> Optional<P> path(String address, boolean utf8, Function<CommandReader, P> grammar) {
        if (address.startsWith("@")) { // in brackets that would be a source route
            return Optional.empty();
        }
        var octets = new String(("<" + address + ">").getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        var in = new CommandReader(octets, Leniency.NONE, utf8 ? EnumSet.of(Extension.SMTPUTF8) : Set.of());
        try {
            var path = grammar.apply(in);
            return in.atEnd() ? Optional.of(path) : Optional.empty();
        } catch (SmtpSyntaxException e) {
            return Optional.empty();
        }
    }
}
