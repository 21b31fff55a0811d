package org.merpati.core.smtp.stage;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.merpati.core.api.stage.AddressVerdict;
import org.merpati.core.api.stage.MailRequest;
import org.merpati.core.api.stage.RcptRequest;
import org.merpati.core.api.stage.SmtpSessionView;
import org.merpati.core.api.stage.SmtpStage;
import org.merpati.core.api.stage.Verdict;
import org.merpati.lib.expression.EvaluationException;
import org.merpati.lib.expression.Value;

/**
 * Senders and recipients as rules want them: {@code rewrite.sender}, {@code rewrite.recipient}. A rule's text is the new
 * address; false and the empty text leave the old one. The null sender (RFC 5321 §4.5.5) and the postmaster without a domain
 * (§4.5.1) are what they are, so no rule is asked.
 *
 * <p>One pass: what a rule has made is not shown to it again.
 */
final class AddressRewriting implements SmtpStage {
    private static final Logger LOG = System.getLogger(AddressRewriting.class.getName());

    private final Optional<Rule> senders;
    private final Optional<Rule> recipients;

    AddressRewriting(Optional<Rule> senders, Optional<Rule> recipients) {
        this.senders = senders;
        this.recipients = recipients;
    }

    @Override
    public int priority() {
        return REWRITING;
    }

    @Override
    public AddressVerdict mail(SmtpSessionView session, MailRequest request) {
        return senders.isEmpty() || request.sender().isEmpty()
                ? Verdict.proceed()
                : rewritten(senders.get(), Step.of(session, request), request.sender());
    }

    @Override
    public AddressVerdict rcpt(SmtpSessionView session, RcptRequest request) {
        return recipients.isEmpty() || request.recipient().indexOf('@') < 0
                ? Verdict.proceed()
                : rewritten(recipients.get(), Step.of(session, request), request.recipient());
    }

    private static AddressVerdict rewritten(Rule rule, Step step, String old) {
        Value value;
        try {
            value = rule.value(step);
        } catch (EvaluationException e) {
            return failed(rule, step, e.position() + ": " + e.problem());
        }
        if (!value.holds() && (value instanceof Value.Text || value instanceof Value.Truth)) {
            return Verdict.proceed();
        }
        if (!(value instanceof Value.Text(var address))) {
            return failed(rule, step, "it gave " + value.kind() + ", which is no address");
        }
        if (address.equals(old)) {
            return Verdict.proceed();
        }
        try {
            return AddressVerdict.replace(address);
        } catch (IllegalArgumentException e) {
            return failed(rule, step, "it gave what is no address");
        }
    }

    private static Verdict failed(Rule rule, Step step, String why) {
        LOG.log(Level.WARNING, () -> step.session().id() + ": " + rule.setting() + " failed: " + why);
        return StageRefusals.brokenRule();
    }
}
