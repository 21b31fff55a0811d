package org.merpati.core.smtp.stage;

import org.merpati.core.api.stage.Verdict;

/** What the server's own stages say when they refuse. Enhanced codes as in RFC 3463 §3. */
final class StageRefusals {
    private StageRefusals() {}

    /** A rule gave no value, or none that is an address. */
    static Verdict brokenRule() {
        return Verdict.refuse(451, "4.3.5", "A rule of this server failed, try again later");
    }

    static Verdict noAnswer() {
        return Verdict.refuse(451, "4.7.1", "A check did not answer, try again later");
    }

    static Verdict tooMany() {
        return Verdict.refuse(451, "4.7.1", "Rate limit exceeded, try again later");
    }

    static Verdict banned() {
        return Verdict.refuse(554, "5.7.1", "No mail is taken from this address");
    }

    static Verdict notQualified() {
        return Verdict.refuse(550, "5.5.4", "A fully qualified host name or an address literal is needed");
    }
}
