package org.merpati.core.smtp.stage;

import java.util.List;
import java.util.function.LongSupplier;
import org.merpati.core.api.config.ThrottleSettings;
import org.merpati.core.api.config.ThrottleStep;
import org.merpati.core.api.stage.AddressVerdict;
import org.merpati.core.api.stage.MailRequest;
import org.merpati.core.api.stage.RcptRequest;
import org.merpati.core.api.stage.SmtpSessionView;
import org.merpati.core.api.stage.SmtpStage;
import org.merpati.core.api.stage.Verdict;

/** All throttles, each at its step. They count what clients ask for, before anything is rewritten. */
final class Throttles implements SmtpStage {
    /** Of each throttle: some ten megabytes of the longest addresses. */
    private static final int MOST_KEYS = 20_000;

    private final List<Throttle> all;

    Throttles(List<Throttle> all) {
        this.all = List.copyOf(all);
    }

    /** @param nanoTime a clock that only goes forward */
    static Throttles of(List<ThrottleSettings> settings, LongSupplier nanoTime) {
        return new Throttles(settings.stream()
                .map(one -> new Throttle(
                        one.name(),
                        one.keys(),
                        one.at(),
                        one.match().flatMap(Rule::parse),
                        new TokenBuckets(one.rate(), MOST_KEYS, nanoTime)))
                .toList());
    }

    @Override
    public int priority() {
        return THROTTLES;
    }

    @Override
    public Verdict connect(SmtpSessionView session) {
        return verdict(ThrottleStep.CONNECT, Step.of(session));
    }

    @Override
    public Verdict ehlo(SmtpSessionView session) {
        return verdict(ThrottleStep.EHLO, Step.of(session));
    }

    @Override
    public Verdict auth(SmtpSessionView session) {
        return verdict(ThrottleStep.AUTH, Step.of(session));
    }

    @Override
    public AddressVerdict mail(SmtpSessionView session, MailRequest request) {
        return verdict(ThrottleStep.MAIL, Step.of(session, request));
    }

    @Override
    public AddressVerdict rcpt(SmtpSessionView session, RcptRequest request) {
        return verdict(ThrottleStep.RCPT, Step.of(session, request));
    }

    private Verdict verdict(ThrottleStep at, Step step) {
        for (var throttle : all) {
            var verdict = throttle.at() == at ? throttle.verdict(step) : Verdict.proceed();
            if (!(verdict instanceof Verdict.Continue)) {
                return verdict;
            }
        }
        return Verdict.proceed();
    }
}
