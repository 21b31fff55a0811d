package org.merpati.core.api.stage;

import org.merpati.core.api.blob.Content;

/**
 * Has a say in SMTP sessions. A plug-in is a bean that implements this; it overrides the steps it cares about.
 *
 * <p>One object serves all sessions, from any number of threads at once. A plug-in is asked inside the door, so it may call
 * services, and is asked again after a rollback that is known and harmless. It has {@code stage.deadline} for an answer. One
 * that takes longer, or throws, counts as a temporary refusal, and what it says later is not heard.
 */
public interface SmtpStage {
    /** Where the server's own stages stand: bans, throttles, the client's name, rewriting. */
    int BANS = 100;

    int THROTTLES = 200;

    int CLIENT_NAME = 300;

    int REWRITING = 400;

    /** What the log calls it. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** Lower ones are asked first; among equals the name decides. */
    default int priority() {
        return 1000;
    }

    /** Before the greeting, which a refusal takes the place of: 421 for now, 554 for ever (RFC 5321 §3.1). */
    default Verdict connect(SmtpSessionView session) {
        return Verdict.proceed();
    }

    /** After EHLO, HELO or LHLO, which may come more than once. */
    default Verdict ehlo(SmtpSessionView session) {
        return Verdict.proceed();
    }

    /** After the client has proved who it is, and before it is told so. */
    default Verdict auth(SmtpSessionView session) {
        return Verdict.proceed();
    }

    /** After MAIL, before any look-up. */
    default AddressVerdict mail(SmtpSessionView session, MailRequest request) {
        return Verdict.proceed();
    }

    /** After RCPT, before the recipient is looked for. */
    default AddressVerdict rcpt(SmtpSessionView session, RcptRequest request) {
        return Verdict.proceed();
    }

    /** After DATA or the first BDAT, before the client may send. */
    default Verdict data(SmtpSessionView session, SmtpTransaction transaction) {
        return Verdict.proceed();
    }

    /**
     * After the message has come, before it is kept.
     *
     * @param message as the client sent it; valid until the answer or the deadline
     */
    default Verdict message(SmtpSessionView session, SmtpTransaction transaction, Content message) {
        return Verdict.proceed();
    }
}
