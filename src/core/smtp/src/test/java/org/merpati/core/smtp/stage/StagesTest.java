package org.merpati.core.smtp.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.stage.AddressVerdict;
import org.merpati.core.api.stage.MailRequest;
import org.merpati.core.api.stage.RcptRequest;
import org.merpati.core.api.stage.SmtpSessionView;
import org.merpati.core.api.stage.SmtpStage;
import org.merpati.core.api.stage.SmtpTransaction;
import org.merpati.core.api.stage.Verdict;

class StagesTest {
    private final List<String> asked = new ArrayList<>();

    /** Says this at every step. */
    private final class Saying implements SmtpStage {
        private final String name;
        private final int priority;
        private final AddressVerdict verdict;

        Saying(String name, int priority, AddressVerdict verdict) {
            this.name = name;
            this.priority = priority;
            this.verdict = verdict;
        }

        private Verdict say(String step) {
            asked.add(name + " " + step);
            return verdict instanceof Verdict one ? one : Verdict.proceed();
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int priority() {
            return priority;
        }

        @Override
        public Verdict connect(SmtpSessionView session) {
            return say("connect");
        }

        @Override
        public Verdict ehlo(SmtpSessionView session) {
            return say("ehlo");
        }

        @Override
        public Verdict auth(SmtpSessionView session) {
            return say("auth");
        }

        @Override
        public AddressVerdict mail(SmtpSessionView session, MailRequest request) {
            say("mail " + request.sender());
            return verdict;
        }

        @Override
        public AddressVerdict rcpt(SmtpSessionView session, RcptRequest request) {
            say("rcpt " + request.recipient());
            return verdict;
        }

        @Override
        public Verdict data(SmtpSessionView session, SmtpTransaction transaction) {
            return say("data " + transaction.recipients());
        }

        @Override
        public Verdict message(SmtpSessionView session, SmtpTransaction transaction, Content message) {
            return say("message " + message.size());
        }
    }

    private Stages stages(SmtpStage... plugIns) {
        return new Stages(List.of(), () -> Optional.of(List.of(plugIns)));
    }

    private Saying fine(String name, int priority) {
        return new Saying(name, priority, Verdict.proceed());
    }

    @Test
    void lowerPrioritiesComeFirstThenNames() {
        stages(fine("d", 900), fine("c", -5), fine("b", 900), fine("a", 1000)).connect(Sessions.USUAL);

        assertThat(asked).containsExactly("c connect", "b connect", "d connect", "a connect");
    }

    @Test
    void plugInsMayStandBeforeAndBehindTheServersOwnStages() {
        var stages = new Stages(
                List.of(new Saying("own", SmtpStage.REWRITING, AddressVerdict.replace("new@b.example"))),
                () -> Optional.of(List.of(fine("before", SmtpStage.BANS - 1), fine("behind", 1000))));

        stages.mail(Sessions.USUAL, Sessions.mail("old@b.example"));

        assertThat(asked)
                .containsExactly("before mail old@b.example", "own mail old@b.example", "behind mail new@b.example");
    }

    @Test
    void theFirstRefusalEndsTheStep() {
        var no = Verdict.refuse(550, "5.7.1", "no");
        var stages = stages(fine("a", 1), new Saying("b", 2, no), fine("c", 3));

        assertThat(stages.ehlo(Sessions.USUAL)).isEqualTo(no);
        assertThat(stages.auth(Sessions.USUAL)).isEqualTo(no);
        assertThat(stages.mail(Sessions.USUAL, Sessions.mail("a@b.c"))).isEqualTo(no);
        assertThat(stages.rcpt(Sessions.USUAL, Sessions.rcpt("a@b.c", "d@e.f"))).isEqualTo(no);
        var transaction = new SmtpTransaction(Sessions.mail("a@b.c"), List.of("d@e.f"));
        assertThat(stages.data(Sessions.USUAL, transaction)).isEqualTo(no);
        assertThat(stages.message(Sessions.USUAL, transaction, Content.of(new byte[3])))
                .isEqualTo(no);
        assertThat(asked)
                .containsExactly(
                        "a ehlo", "b ehlo",
                        "a auth", "b auth",
                        "a mail a@b.c", "b mail a@b.c",
                        "a rcpt d@e.f", "b rcpt d@e.f",
                        "a data [d@e.f]", "b data [d@e.f]",
                        "a message 3", "b message 3");
    }

    @Test
    void theLastReplacementComesOutAndEachStageIsAskedOnce() {
        var stages = stages(
                new Saying("a", 1, AddressVerdict.replace("2@b.c")),
                new Saying("b", 2, AddressVerdict.replace("3@b.c")));

        assertThat(stages.rcpt(Sessions.USUAL, Sessions.rcpt("", "1@b.c"))).isEqualTo(AddressVerdict.replace("3@b.c"));
        assertThat(asked).containsExactly("a rcpt 1@b.c", "b rcpt 2@b.c");
    }

    @Test
    void thereAndBackIsNoReplacement() {
        var stages = stages(
                new Saying("a", 1, AddressVerdict.replace("2@b.c")),
                new Saying("b", 2, AddressVerdict.replace("1@b.c")));

        assertThat(stages.rcpt(Sessions.USUAL, Sessions.rcpt("", "1@b.c"))).isEqualTo(Verdict.proceed());
    }

    @Test
    void theNullSenderMayTakeASendersPlaceButNoRecipients() {
        var stages = stages(new Saying("a", 1, AddressVerdict.replace("")));

        assertThat(stages.mail(Sessions.USUAL, Sessions.mail("1@b.c"))).isEqualTo(AddressVerdict.replace(""));
        assertThat(stages.rcpt(Sessions.USUAL, Sessions.rcpt("", "1@b.c")))
                .isEqualTo(Verdict.refuse(451, "4.3.5", "A rule of this server failed, try again later"));
    }

    @Test
    void aRefusalAtConnectIsOneThatMayStandForAGreeting() {
        assertThat(stages(new Saying("a", 1, Verdict.refuse(450, "4.2.1", "later")))
                        .connect(Sessions.USUAL))
                .isEqualTo(Verdict.close("later"));
        assertThat(stages(new Saying("a", 1, Verdict.refuse(550, "5.1.8", "never")))
                        .connect(Sessions.USUAL))
                .isEqualTo(Verdict.refuse(554, "5.1.8", "never"));
        assertThat(stages(new Saying("a", 1, Verdict.close("bye"))).connect(Sessions.USUAL))
                .isEqualTo(Verdict.close("bye"));
    }

    @Test
    void nobodyIsServedBeforeItIsKnownWhichPlugInsThereAre() {
        var known = new ArrayList<List<SmtpStage>>();
        var stages = new Stages(List.of(), () -> known.stream().findFirst());

        assertThat(stages.connect(Sessions.USUAL)).isInstanceOf(Verdict.Close.class);
        assertThat(stages.mail(Sessions.USUAL, Sessions.mail("a@b.c"))).isInstanceOf(Verdict.Refuse.class);
        known.add(List.of(fine("a", 1)));
        assertThat(stages.connect(Sessions.USUAL)).isEqualTo(Verdict.proceed());
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, true",
        "192.0.3.1, false",
        "2001:db8:7::1, true",
        "2001:db8:8::1, false",
        "203.0.113.9, true"
    })
    void bannedNetworksGetNoGreeting(String client, boolean banned) {
        var stages = Sessions.stages("smtp.banned", "192.0.2.0/24, 2001:db8:7::/48,203.0.113.9");

        assertThat(stages.connect(Sessions.from(client)))
                .isEqualTo(
                        banned
                                ? Verdict.refuse(554, "5.7.1", "No mail is taken from this address")
                                : Verdict.proceed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mx.example.org", "a.b", "[192.0.2.1]", "[IPv6:2001:db8::1]", "xn--4ca.example", "a_b.example"})
    void aFullNameOrAnAddressLiteralIsTaken(String name) {
        assertThat(Sessions.stages("smtp.require-fqdn", "true").ehlo(Sessions.called(name)))
                .isEqualTo(Verdict.proceed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "mx", "192.0.2.1", "mx.", ".example", "a..b", "-a.example", "a-.example"})
    void anotherNameIsRefusedWhereAFullOneIsWanted(String name) {
        assertThat(Sessions.stages("smtp.require-fqdn", "true").ehlo(Sessions.called(name)))
                .isEqualTo(Verdict.refuse(550, "5.5.4", "A fully qualified host name or an address literal is needed"));
        assertThat(Sessions.stages().ehlo(Sessions.called(name))).isEqualTo(Verdict.proceed());
    }

    @Test
    void peoplesProgramsAndServersInFrontMayBeCalledAnything() {
        var stages = Sessions.stages("smtp.require-fqdn", "true");
        var pc = Optional.of("pc");

        assertThat(stages.ehlo(Sessions.session("submission", "192.0.2.1", "::1", pc, Optional.of("alice"))))
                .isEqualTo(Verdict.proceed());
        assertThat(stages.ehlo(Sessions.session("lmtp", "192.0.2.1", "::1", pc, Optional.empty())))
                .isEqualTo(Verdict.proceed());
    }
}
