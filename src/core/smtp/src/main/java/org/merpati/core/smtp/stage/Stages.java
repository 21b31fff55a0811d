package org.merpati.core.smtp.stage;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.stage.AddressVerdict;
import org.merpati.core.api.stage.MailRequest;
import org.merpati.core.api.stage.RcptRequest;
import org.merpati.core.api.stage.SmtpSessionView;
import org.merpati.core.api.stage.SmtpStage;
import org.merpati.core.api.stage.SmtpTransaction;
import org.merpati.core.api.stage.Verdict;

/**
 * All stages as one. What replaces an address is always one that {@link RewrittenAddress} can read, and only the last
 * replacement comes out. A refusal at connect is made one that may stand in a greeting's place.
 */
public final class Stages implements SmtpStage {
    private static final Logger LOG = System.getLogger(Stages.class.getName());

    /** Fewer than the door has places, so that plug-ins can never fill it. */
    private static final int PLUG_IN_THREADS = 64;

    private static final Comparator<SmtpStage> ORDER =
            Comparator.comparingInt(SmtpStage::priority).thenComparing(SmtpStage::name);

    private final List<SmtpStage> own;
    private final Supplier<Optional<List<SmtpStage>>> plugIns;
    private volatile @Nullable List<SmtpStage> ordered;

    /** @param plugIns those there are; empty as long as nobody knows */
    Stages(List<SmtpStage> own, Supplier<Optional<List<SmtpStage>>> plugIns) {
        this.own = List.copyOf(own);
        this.plugIns = plugIns;
    }

    /**
     * The server's own stages, as the settings say, and the plug-ins behind the door.
     *
     * @throws org.merpati.core.api.config.ConfigException when a rule of the settings is not right
     */
    public static Stages of(Config config, Door door) {
        var threads = new PlugInThreads(config.get(Settings.STAGE_DEADLINE), PLUG_IN_THREADS);
        return new Stages(own(config, System::nanoTime), new PlugIns(door, threads)::all);
    }

    /**
     * The server's own stages alone.
     *
     * @param nanoTime for throttles: a clock that only goes forward
     */
    public static Stages of(Config config, LongSupplier nanoTime) {
        return new Stages(own(config, nanoTime), () -> Optional.of(List.of()));
    }

    private static List<SmtpStage> own(Config config, LongSupplier nanoTime) {
        var stages = new ArrayList<SmtpStage>();
        var banned = config.get(Settings.SMTP_BANNED);
        if (!banned.isEmpty()) {
            stages.add(new Bans(banned));
        }
        if (config.get(Settings.LIMITS_ENABLED)) {
            stages.add(Throttles.of(config.throttles(), nanoTime));
        }
        if (config.get(Settings.SMTP_REQUIRE_FQDN)) {
            stages.add(new ClientNames());
        }
        var senders = Rule.parse(config.entry(Settings.REWRITE_SENDER));
        var recipients = Rule.parse(config.entry(Settings.REWRITE_RECIPIENT));
        if (senders.isPresent() || recipients.isPresent()) {
            stages.add(new AddressRewriting(senders, recipients));
        }
        return stages;
    }

    @Override
    public Verdict connect(SmtpSessionView session) {
        var verdict = verdict(session, "connect", stage -> stage.connect(session));
        if (!(verdict instanceof Verdict.Refuse refusal)) {
            return verdict;
        }
        return refusal.temporary()
                ? Verdict.close(refusal.text())
                : Verdict.refuse(554, refusal.enhanced(), refusal.text());
    }

    @Override
    public Verdict ehlo(SmtpSessionView session) {
        return verdict(session, "ehlo", stage -> stage.ehlo(session));
    }

    @Override
    public Verdict auth(SmtpSessionView session) {
        return verdict(session, "auth", stage -> stage.auth(session));
    }

    @Override
    public AddressVerdict mail(SmtpSessionView session, MailRequest request) {
        return addressVerdict(
                session,
                "mail",
                request.sender(),
                (stage, sender) -> stage.mail(session, request.from(sender)),
                sender -> RewrittenAddress.sender(sender, request.smtpUtf8()).isPresent());
    }

    @Override
    public AddressVerdict rcpt(SmtpSessionView session, RcptRequest request) {
        return addressVerdict(
                session,
                "rcpt",
                request.recipient(),
                (stage, recipient) -> stage.rcpt(session, request.to(recipient)),
                recipient -> RewrittenAddress.recipient(
                                recipient, request.mail().smtpUtf8())
                        .isPresent());
    }

    @Override
    public Verdict data(SmtpSessionView session, SmtpTransaction transaction) {
        return verdict(session, "data", stage -> stage.data(session, transaction));
    }

    @Override
    public Verdict message(SmtpSessionView session, SmtpTransaction transaction, Content message) {
        return verdict(session, "message", stage -> stage.message(session, transaction, message));
    }

    private Verdict verdict(SmtpSessionView session, String step, Function<SmtpStage, Verdict> question) {
        var stages = stages();
        if (stages.isEmpty()) {
            return unknown(session, step);
        }
        for (var stage : stages.get()) {
            var verdict = question.apply(stage);
            if (!(verdict instanceof Verdict.Continue)) {
                return said(session, step, stage, verdict);
            }
        }
        return Verdict.proceed();
    }

    private interface AddressQuestion {
        AddressVerdict ask(SmtpStage stage, String address);
    }

    private AddressVerdict addressVerdict(
            SmtpSessionView session,
            String step,
            String given,
            AddressQuestion question,
            Function<String, Boolean> isAddress) {
        var stages = stages();
        if (stages.isEmpty()) {
            return unknown(session, step);
        }
        var address = given;
        for (var stage : stages.get()) {
            switch (question.ask(stage, address)) {
                case AddressVerdict.Replace(var other) -> {
                    if (!isAddress.apply(other)) {
                        LOG.log(
                                Level.WARNING,
                                () -> session.id() + ": " + stage.name() + " at " + step + " gave what is no address");
                        return StageRefusals.brokenRule();
                    }
                    address = other;
                }
                case Verdict.Continue() -> {}
                case Verdict verdict -> {
                    return said(session, step, stage, verdict);
                }
            }
        }
        return address.equals(given) ? Verdict.proceed() : AddressVerdict.replace(address);
    }

    private static Verdict said(SmtpSessionView session, String step, SmtpStage stage, Verdict verdict) {
        LOG.log(Level.DEBUG, () -> session.id() + ": " + stage.name() + " at " + step + ": " + verdict);
        return verdict;
    }

    private static Verdict unknown(SmtpSessionView session, String step) {
        LOG.log(Level.WARNING, () -> session.id() + ": it is not known which plug-ins there are, at " + step);
        return StageRefusals.noAnswer();
    }

    private Optional<List<SmtpStage>> stages() {
        var known = ordered;
        if (known != null) {
            return Optional.of(known);
        }
        var all = plugIns.get().map(others -> {
            var stages = new ArrayList<>(own);
            stages.addAll(others);
            stages.sort(ORDER);
            return List.copyOf(stages);
        });
        all.ifPresent(stages -> ordered = stages);
        return all;
    }
}
