package org.merpati.check.conformance.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.check.conformance.jmap.Answers.texts;

import java.util.List;

/** Threads (RFC 8621 §3). */
final class ThreadRules extends Rules {
    ThreadRules(Jmap jmap) {
        super(jmap);
    }

    private static String reply(String id, String to) {
        return "From: a@example.net\nSubject: Re: thread\nMessage-ID: <" + id + ">\nIn-Reply-To: <" + to
                + ">\nReferences: <" + to + ">\n\nreply\n";
    }

    private String first(String id) {
        return "From: a@example.net\nSubject: thread\nMessage-ID: <" + id + ">\n\nfirst\n";
    }

    private static String messageId() {
        return unique("t").replace(' ', '.') + "." + System.nanoTime() + "@example.net";
    }

    @Rule("RFC 8621 §3")
    void aMailAloneHasAThread() {
        var mail = mail(mailbox(), message("alone"));
        var thread = email(mail, "threadId").path("threadId").asText();
        assertThat(texts(get("Thread", thread, "emailIds").path("emailIds"))).containsExactly(mail);
    }

    @Rule("RFC 8621 §3")
    void aReplyIsInTheThreadOldestFirst() {
        var box = mailbox();
        var one = messageId();
        var two = messageId();
        var late = mail(box, reply(two, one), "2026-11-20T10:00:00Z");
        var early = mail(box, first(one), "2026-11-20T09:00:00Z");
        var thread = email(late, "threadId").path("threadId").asText();
        assertThat(email(early, "threadId").path("threadId").asText()).isEqualTo(thread);
        assertThat(texts(get("Thread", thread, "emailIds").path("emailIds"))).containsExactly(early, late);
    }

    @Rule("RFC 8621 §3")
    void anEqualDateIsStable() {
        var box = mailbox();
        var one = messageId();
        var mail = mail(box, first(one), "2026-11-20T09:00:00Z");
        mail(box, reply(messageId(), one), "2026-11-20T09:00:00Z");
        mail(box, reply(messageId(), one), "2026-11-20T09:00:00Z");
        var thread = email(mail, "threadId").path("threadId").asText();
        var order = get("Thread", thread, "emailIds");
        assertThat(order.path("emailIds")).hasSize(3);
        assertThat(get("Thread", thread, "emailIds")).isEqualTo(order);
    }

    @Rule("RFC 8621 §3")
    void aThreadIdNeverChanges() {
        var box = mailbox();
        var one = messageId();
        var two = messageId();
        var a = mail(box, first(one));
        var b = mail(box, "From: a@example.net\nSubject: thread\nMessage-ID: <" + two + ">\n\nno reference\n");
        var threadA = email(a, "threadId").path("threadId").asText();
        var threadB = email(b, "threadId").path("threadId").asText();
        mail(
                box,
                "From: a@example.net\nSubject: Re: thread\nMessage-ID: <" + messageId() + ">\nReferences: <" + one
                        + "> <" + two + ">\n\nboth\n");
        assertThat(threadsOf(a)).isSubsetOf(threadA);
        assertThat(threadsOf(b)).isSubsetOf(threadB);
    }

    /** None when the mail is another now, as of merged threads. */
    private List<String> threadsOf(String mail) {
        return ok("Email/get", "'ids':[?],'properties':['threadId']", mail)
                .path("list")
                .findValuesAsText("threadId");
    }

    @Rule("RFC 8621 §3.2")
    void comingAndGoingMailsChangeTheirThread() {
        var box = mailbox();
        var one = messageId();
        var mail = mail(box, first(one));
        var thread = email(mail, "threadId").path("threadId").asText();
        var state = state("Thread");
        var reply = mail(box, reply(messageId(), one));
        assertThat(texts(ok("Thread/changes", "'sinceState':?", state).path("updated")))
                .containsExactly(thread);
        state = state("Thread");
        destroy("Email/set", reply);
        assertThat(texts(ok("Thread/changes", "'sinceState':?", state).path("updated")))
                .containsExactly(thread);
        state = state("Thread");
        destroy("Email/set", mail);
        assertThat(texts(ok("Thread/changes", "'sinceState':?", state).path("destroyed")))
                .containsExactly(thread);
        assertThat(ok("Thread/get", "'ids':[?]", thread).path("notFound")).hasSize(1);
    }
}
