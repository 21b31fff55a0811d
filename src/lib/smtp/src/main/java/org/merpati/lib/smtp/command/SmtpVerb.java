package org.merpati.lib.smtp.command;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.merpati.lib.smtp.CommandReader;
import org.merpati.lib.smtp.Extension;

/** All verbs the server knows of, with what can be said of a command before it is run. */
public enum SmtpVerb {
    EHLO(Ehlo::parse),
    HELO(Helo::parse),
    MAIL(Mail::parse, Effect.REPLY_MAY_WAIT),
    RCPT(Rcpt::parse, Effect.REPLY_MAY_WAIT),
    DATA(Data::parse),
    RSET(Rset::parse, Effect.REPLY_MAY_WAIT),
    NOOP(Noop::parse),
    QUIT(Quit::parse),
    VRFY(Vrfy::parse),
    HELP(Help::parse),
    AUTH(Auth::parse, Extension.AUTH),
    STARTTLS(StartTls::parse, Extension.STARTTLS),
    BDAT(Bdat::parse, Extension.CHUNKING),
    LHLO(Lhlo::parse),
    EXPN,
    ETRN,
    TURN,
    SEND,
    SOML,
    SAML;

    /** What a command does besides its work. */
    public enum Effect {
        /** Its reply may be kept back while more of a pipelined group is there; no other's may (RFC 2920 §3.2). */
        REPLY_MAY_WAIT
    }

    private final Function<CommandReader, ? extends SmtpCommand> parser;
    private final Set<Effect> effects;
    private final Optional<Extension> extension;

    SmtpVerb(Function<CommandReader, ? extends SmtpCommand> parser, Effect... effects) {
        this.parser = parser;
        this.effects = EnumSet.noneOf(Effect.class);
        this.effects.addAll(Set.of(effects));
        this.extension = Optional.empty();
    }

    /** A verb that is there where the extension is offered. */
    SmtpVerb(Function<CommandReader, ? extends SmtpCommand> parser, Extension extension) {
        this.parser = parser;
        this.effects = EnumSet.noneOf(Effect.class);
        this.extension = Optional.of(extension);
    }

    /** A verb of some standard that this server does not offer. */
    SmtpVerb() {
        this.parser = in -> new NotOffered(this);
        this.effects = EnumSet.noneOf(Effect.class);
        this.extension = Optional.empty();
    }

    public boolean has(Effect effect) {
        return effects.contains(effect);
    }

    SmtpCommand parse(CommandReader in) {
        return extension.filter(e -> !in.offered().contains(e)).isPresent() ? new NotOffered(this) : parser.apply(in);
    }

    /** The verb of that name in any case (RFC 5321 §2.4). */
    static Optional<SmtpVerb> of(String name) {
        for (var verb : values()) {
            if (verb.name().equalsIgnoreCase(name)) {
                return Optional.of(verb);
            }
        }
        return Optional.empty();
    }
}
