package org.merpati.check.conformance.jmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What an account says of its mail (RFC 8621 §1.3). */
final class MailCapabilityRules extends Rules {
    MailCapabilityRules(Jmap jmap) {
        super(jmap);
    }

    @Rule("RFC 8621 §1.3.1")
    void theLimitsOfMailAreSaid() {
        var mail = jmap.capability(Jmap.MAIL);
        assertThat(mail.path("maxMailboxesPerEmail").isNull()
                        || mail.path("maxMailboxesPerEmail").asLong() >= 1)
                .isTrue();
        assertThat(mail.has("maxMailboxesPerEmail")).isTrue();
        assertThat(mail.path("maxMailboxDepth").isNull()
                        || mail.path("maxMailboxDepth").asLong() >= 1)
                .isTrue();
        assertThat(mail.path("maxSizeMailboxName").asInt()).isGreaterThanOrEqualTo(100);
        assertThat(mail.path("maxSizeAttachmentsPerEmail").asLong()).isPositive();
        assertThat(mail.path("emailQuerySortOptions").isArray()).isTrue();
        assertThat(mail.path("mayCreateTopLevelMailbox").isBoolean()).isTrue();
    }

    @Rule("RFC 8621 §1.3.1")
    void everySortThatIsAnnouncedWorks() {
        for (var option : Answers.texts(jmap.capability(Jmap.MAIL).path("emailQuerySortOptions"))) {
            var keyword = List.of("hasKeyword", "allInThreadHaveKeyword", "someInThreadHaveKeyword")
                            .contains(option)
                    ? ",'keyword':'$seen'"
                    : "";
            ok("Email/query", "'limit':1,'sort':[{'property':?" + keyword + "}]", option);
        }
    }

    @Rule("RFC 8621 §1.3.2")
    void theLimitsOfSubmissionAreSaid() {
        var submission = jmap.capability(Jmap.SUBMISSION);
        assertThat(submission.path("maxDelayedSend").isIntegralNumber()).isTrue();
        assertThat(submission.path("submissionExtensions").isObject()).isTrue();
    }

    @Rule("RFC 8621 §1.3.1")
    void aMailboxDeeperThanTheLimitIsRefused() {
        var depth = jmap.capability(Jmap.MAIL).path("maxMailboxDepth");
        if (depth.isNull()) {
            return; // no limit to try
        }
        var parent = mailbox();
        for (int level = 2; level <= depth.asInt(); level++) {
            parent = created("Mailbox/set", "'name':'d','parentId':?", parent);
        }
        assertThat(refusal("Mailbox/set", "'name':'d','parentId':?", parent)
                        .path("type")
                        .asText())
                .isEqualTo("invalidProperties");
    }
}
