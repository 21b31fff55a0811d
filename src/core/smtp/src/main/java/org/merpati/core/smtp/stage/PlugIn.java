package org.merpati.core.smtp.stage;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Function;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.stage.AddressVerdict;
import org.merpati.core.api.stage.MailRequest;
import org.merpati.core.api.stage.RcptRequest;
import org.merpati.core.api.stage.SmtpSessionView;
import org.merpati.core.api.stage.SmtpStage;
import org.merpati.core.api.stage.SmtpStages;
import org.merpati.core.api.stage.SmtpTransaction;
import org.merpati.core.api.stage.Verdict;

/**
 * A stage behind the door. Whatever goes wrong with it, its deadline included, is a temporary refusal.
 *
 * @param place among {@link SmtpStages#all}
 * @param name for the log
 */
record PlugIn(int place, String name, int priority, Door door, PlugInThreads threads) implements SmtpStage {
    private static final Logger LOG = System.getLogger(PlugIn.class.getName());

    @Override
    public Verdict connect(SmtpSessionView session) {
        return verdict(session, "connect", stage -> stage.connect(session));
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
        return this.<AddressVerdict>ask(session, "mail", stage -> stage.mail(session, request))
                .orElseGet(StageRefusals::noAnswer);
    }

    @Override
    public AddressVerdict rcpt(SmtpSessionView session, RcptRequest request) {
        return this.<AddressVerdict>ask(session, "rcpt", stage -> stage.rcpt(session, request))
                .orElseGet(StageRefusals::noAnswer);
    }

    @Override
    public Verdict data(SmtpSessionView session, SmtpTransaction transaction) {
        return verdict(session, "data", stage -> stage.data(session, transaction));
    }

    @Override
    public Verdict message(SmtpSessionView session, SmtpTransaction transaction, Content message) {
        var lent = new LentContent(message);
        try {
            return verdict(session, "message", stage -> stage.message(session, transaction, lent));
        } finally {
            lent.takeBack();
        }
    }

    private Verdict verdict(SmtpSessionView session, String step, Function<SmtpStage, Verdict> question) {
        return ask(session, step, question).orElseGet(StageRefusals::noAnswer);
    }

    private <V extends AddressVerdict> Optional<V> ask(
            SmtpSessionView session, String step, Function<SmtpStage, V> question) {
        var about = session.id() + ": plug-in " + name + " at " + step;
        return threads.ask(
                        about,
                        () -> door.call(services -> Optional.ofNullable(question.apply(
                                services.get(SmtpStages.class).all().get(place)))))
                .flatMap(outcome -> switch (outcome) {
                    case Outcome.Done<Optional<V>>(var verdict) -> {
                        if (verdict.isEmpty()) {
                            LOG.log(Level.WARNING, () -> about + ": gave null");
                        }
                        yield verdict;
                    }
                    case Outcome.Failed<Optional<V>>(var kind, var id) -> {
                        LOG.log(Level.WARNING, () -> about + ": failed (" + kind + ", failure " + id + ")");
                        yield Optional.empty();
                    }
                    case Outcome.Unavailable<Optional<V>>() -> {
                        LOG.log(Level.WARNING, () -> about + ": could not be asked");
                        yield Optional.empty();
                    }
                });
    }
}
