package org.merpati.core.jmap.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.core.jmap.JmapHouse.json;
import static org.merpati.core.jmap.JmapHouse.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.door.Unit;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.jmap.JmapHouse;
import org.merpati.core.store.Addresses;
import org.merpati.core.store.Emails;
import org.merpati.core.store.Quotas;
import org.merpati.core.store.Submissions;

/** RFC 8621 §7. */
class SubmissionTest {
    private static final EmailAddress ANA = new EmailAddress("ana", "example.org");
    private static final EmailAddress BOB = new EmailAddress("bob", "example.org");
    private static final String TO_BOB =
            "From: Ana <ana@example.org>\nTo: Bob <bob@example.org>\nSubject: Hi\n\nHello\n";

    private final JmapHouse house = JmapHouse.HOUSE;

    @BeforeEach
    void noMail() {
        house.empty();
    }

    @AfterEach
    void roomAgain() {
        house.spool.full = false;
    }

    private String draft(String message) {
        return house.mail(message, JmapHouse.RECEIVED, Set.of("$draft"), "Drafts");
    }

    private JsonNode set(String email, String more) {
        return house.call(
                "EmailSubmission/set", "'create':{'n':{'identityId':'ia','emailId':'" + email + "'" + more + "}}");
    }

    private String sent(String email) {
        return set(email, "").at("/created/n/id").textValue();
    }

    private JsonNode refused(String message, String more) {
        var error = set(draft(message), more).at("/notCreated/n");
        assertThat(error.isObject()).isTrue();
        return error;
    }

    private JsonNode get(String id) {
        return house.call("EmailSubmission/get", "'ids':['" + id + "']").at("/list/0");
    }

    /** With {@code '@'} for ana's account. */
    private JsonNode run(String calls) {
        return house.answer("{'using':['urn:ietf:params:jmap:core','urn:ietf:params:jmap:mail',"
                        + "'urn:ietf:params:jmap:submission'],'methodCalls':["
                        + calls.replace("'@'", "'" + house.ana() + "'") + "]}")
                .get("methodResponses");
    }

    private List<String> mailOf(AccountId account) {
        return house
                .on(services -> {
                    var emails = services.get(Emails.class);
                    var ids = emails.query(account, Optional.empty(), true, 0, Emails.PAGE)
                            .ids();
                    return emails.get(account, ids);
                })
                .stream()
                .map(email -> {
                    try (var in = house.blobs.open(email.blob(), 0, email.blob().size())) {
                        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    private List<String> bobsMail() {
        return mailOf(house.bobsAccount());
    }

    /** The way that every client sends: RFC 8621 §7.5.1. */
    @Test
    void aDraftIsSentAndMovedAndIsNoDraftAnyMore() {
        var drafts = house.mailboxNamed("Drafts");
        var sent = house.mailboxNamed("Sent");
        var answers = run("['Email/set',{'accountId':'@','create':{'d':{'mailboxIds':{'" + drafts
                + "':true},'keywords':{'$draft':true,'$seen':true},'from':[{'name':'Ana','email':'ana@example.org'}],"
                + "'to':[{'email':'bob@example.org'}],'bcc':[{'email':'ana@example.org'}],'subject':'Hi',"
                + "'bodyStructure':{'type':'text/plain','partId':'1'},'bodyValues':{'1':{'value':'Hello'}}}}},'a'],"
                + "['EmailSubmission/set',{'accountId':'@','create':{'s':{'identityId':'ia','emailId':'#d'}},"
                + "'onSuccessUpdateEmail':{'#s':{'mailboxIds/" + drafts + "':null,'mailboxIds/" + sent
                + "':true,'keywords/$draft':null}}},'b']");
        assertThat(answers).hasSize(3);
        assertThat(answers.at("/1/0").textValue()).isEqualTo("EmailSubmission/set");
        assertThat(answers.at("/2/0").textValue()).isEqualTo("Email/set");
        assertThat(answers.at("/2/2").textValue()).isEqualTo("b");
        var email = answers.at("/0/1/created/d/id").textValue();
        assertThat(answers.at("/2/1/updated").has(email)).isTrue();
        var after = house.call("Email/get", "'ids':['" + email + "'],'properties':['mailboxIds','keywords','bcc']")
                .at("/list/0");
        assertThat(after.get("mailboxIds")).isEqualTo(json("{'" + sent + "':true}"));
        assertThat(after.get("keywords")).isEqualTo(json("{'$seen':true}"));
        assertThat(after.at("/bcc/0/email").textValue()).isEqualTo("ana@example.org");
        assertThat(bobsMail()).hasSize(1);
        assertThat(bobsMail().getFirst())
                .startsWith("Return-Path: <ana@example.org>\r\n")
                .contains("by mail.example.org with JMAP")
                .contains("Subject: Hi\r\n")
                .doesNotContain("Bcc")
                .endsWith("Hello\r\n");
        assertThat(mailOf(house.account())).hasSize(2); // her own blind copy, too
    }

    @Test
    void whatIsToldAndKeptOfASubmission() {
        var email = draft(TO_BOB);
        var thread = house.call("Email/get", "'ids':['" + email + "'],'properties':['threadId']")
                .at("/list/0/threadId")
                .textValue();
        var made = set(email, "").at("/created/n");
        var id = made.get("id").textValue();
        assertThat(id).startsWith("s");
        assertThat(made.get("undoStatus").textValue()).isEqualTo("final");
        assertThat(made.get("sendAt").textValue()).isEqualTo("2026-11-22T10:11:12Z");
        assertThat(made.get("threadId").textValue()).isEqualTo(thread);
        assertThat(made.has("emailId")).isFalse();
        assertThat(made.at("/envelope/mailFrom/email").textValue()).isEqualTo("ana@example.org");
        var kept = get(id);
        assertThat(kept.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "id",
                        "identityId",
                        "emailId",
                        "threadId",
                        "envelope",
                        "sendAt",
                        "undoStatus",
                        "deliveryStatus",
                        "dsnBlobIds",
                        "mdnBlobIds");
        assertThat(kept.get("identityId").textValue()).isEqualTo("ia");
        assertThat(kept.get("emailId").textValue()).isEqualTo(email);
        assertThat(kept.get("envelope")).isEqualTo(json("""
                {'mailFrom':{'email':'ana@example.org','parameters':null},
                 'rcptTo':[{'email':'bob@example.org','parameters':null}]}"""));
        var status = kept.get("deliveryStatus").get("bob@example.org");
        assertThat(status.get("smtpReply").textValue()).matches("250 2\\.1\\.5 Delivered as [0-9a-f-]{36}");
        assertThat(status.get("delivered").textValue()).isEqualTo("yes");
        assertThat(status.get("displayed").textValue()).isEqualTo("unknown");
        assertThat(kept.get("dsnBlobIds")).isEmpty();
    }

    /** RFC 6409 §8: as SMTP submission does. */
    @Test
    void whatAMessageLacksIsAddedForItsRecipients() {
        sent(draft(TO_BOB));
        assertThat(bobsMail().getFirst())
                .contains("Date: Sun, 22 Nov 2026 ")
                .contains("Message-ID: <")
                .contains("for <bob@example.org>;");
    }

    /** RFC 8621 §7: the deduplicated set of To, Cc and Bcc. */
    @Test
    void theEnvelopeIsMadeOfTheHeader() {
        house.on(services -> services.get(Addresses.class).addAlias(new EmailAddress("b", "example.org"), BOB));
        var id = sent(draft("""
                From: ana@example.org
                To: g: Bob <bob@example.org>, BOB@example.org;
                Cc: b@example.org
                Bcc: ana@example.org
                Subject: Hi

                Hello
                """));
        var recipients = new ArrayList<String>();
        get(id).at("/envelope/rcptTo")
                .forEach(one -> recipients.add(one.get("email").textValue()));
        assertThat(recipients).containsExactly("bob@example.org", "b@example.org", "ana@example.org");
        assertThat(get(id).get("deliveryStatus").fieldNames()).toIterable().containsExactlyElementsOf(recipients);
        assertThat(bobsMail()).hasSize(1); // of two addresses of his
        house.on(services -> services.get(Addresses.class).removeAlias(new EmailAddress("b", "example.org")));
    }

    /** RFC 8621 §7: an address that the Identity does not allow gives way to the Identity's. */
    @Test
    void theReturnAddressIsTheIdentitys() {
        var alias = new EmailAddress("a", "example.org");
        house.on(services -> services.get(Addresses.class).addAlias(alias, ANA));
        var id = sent(draft(TO_BOB.replace("<ana@", "<a@")));
        assertThat(get(id).at("/envelope/mailFrom/email").textValue()).isEqualTo("ana@example.org");
        assertThat(bobsMail().getFirst()).startsWith("Return-Path: <ana@example.org>");
        house.on(services -> services.get(Addresses.class).removeAlias(alias));
    }

    @Test
    void aGivenEnvelopeDecidesWhoGetsIt() {
        var envelope =
                ",'envelope':{'mailFrom':{'email':'','parameters':{'ENVID':'a b','RET':'HDRS','MT-PRIORITY':'3'}},"
                        + "'rcptTo':[{'email':'ana@example.org','parameters':{'NOTIFY':'NEVER','ORCPT':'rfc822;a b@c'}}]}";
        var id = set(draft(TO_BOB), envelope).at("/created/n/id").textValue();
        assertThat(bobsMail()).isEmpty();
        assertThat(mailOf(house.account())).hasSize(2);
        assertThat(mailOf(house.account()))
                .anySatisfy(
                        mail -> assertThat(mail).startsWith("Return-Path: <>").contains("PRIORITY 3"));
        assertThat(get(id).at("/envelope/mailFrom/parameters/ENVID").textValue())
                .isEqualTo("a b");
        assertThat(get(id).at("/envelope/rcptTo/0/parameters/ORCPT").textValue())
                .isEqualTo("rfc822;a b@c");
    }

    /** RFC 3461: asked for in the envelope's parameters. */
    @Test
    void successIsReportedToWhoeverAskedForIt() {
        var envelope = ",'envelope':{'mailFrom':{'email':'ana@example.org'},"
                + "'rcptTo':[{'email':'bob@example.org','parameters':{'NOTIFY':'SUCCESS'}}]}";
        assertThat(set(draft(TO_BOB), envelope).get("created").isNull()).isFalse();
        assertThat(mailOf(house.account()))
                .anySatisfy(mail -> assertThat(mail).contains("Content-Type: message/delivery-status"));
    }

    @Test
    void anEmailMayBeSentAgainWithAnotherEnvelope() {
        var received = house.mail(JmapHouse.message("News").replace("\nTo:", "\nResent-From: ana@example.org\nTo:"));
        var envelope = ",'envelope':{'mailFrom':{'email':'ana@example.org'},'rcptTo':[{'email':'bob@example.org'}]}";
        assertThat(set(received, envelope).get("created").isNull()).isFalse();
        assertThat(bobsMail().getFirst()).contains("From: Bob <bob@example.net>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "noRecipients|From: ana@example.org",
                "invalidEmail|To: bob@example.org",
                "invalidEmail|From: ana@example.org;From: ana@example.org;To: bob@example.org",
                "invalidEmail|From: undisclosed:;;To: bob@example.org",
                "invalidEmail|From: ana;To: bob@example.org",
                "forbiddenFrom|From: bob@example.org;To: bob@example.org",
                "forbiddenFrom|From: ana@example.org, bob@example.org;Sender: ana@example.org;To: bob@example.org",
                "invalidEmail|From: ana@example.org, ana@example.org;To: bob@example.org",
                "invalidRecipients|From: ana@example.org;To: bob"
            })
    void aMessageThatCantBeSentSaysWhy(String type, String header) {
        var error = refused(header.replaceAll(";(?!;)", "\n") + "\nSubject: Hi\n\nHello\n", "");
        assertThat(error.get("type").textValue()).isEqualTo(type);
        if (type.equals("invalidEmail")) {
            assertThat(texts(error.get("properties"))).containsExactly("from");
        }
    }

    /** As SMTP submission's 550: nobody gets it as long as one can't. */
    @Test
    void allRecipientsThatCantGetItAreNamed() {
        var error = refused(TO_BOB.replace("To: ", "To: eve@example.net, nobody@example.org, x@[192.0.2.1], "), "");
        assertThat(error.get("type").textValue()).isEqualTo("invalidRecipients");
        assertThat(texts(error.get("invalidRecipients")))
                .containsExactly("eve@example.net", "nobody@example.org", "x@[192.0.2.1]");
        assertThat(error.get("description").textValue())
                .contains("550 5.4.4 <eve@example.net> is on another server")
                .contains("550 5.1.1 No mailbox <nobody@example.org> here");
        assertThat(bobsMail()).isEmpty();
        assertThat(house.call("EmailSubmission/get", "'ids':null").get("list")).isEmpty();
    }

    @Test
    void aFullMailboxIsNoRecipient() {
        var limits = new Quotas.Limits(OptionalLong.of(10), OptionalLong.empty());
        house.on(services -> services.get(Quotas.class).limitAccount(BOB, limits));
        var error = refused(TO_BOB, "");
        assertThat(error.get("type").textValue()).isEqualTo("invalidRecipients");
        assertThat(error.get("description").textValue()).contains("452 4.2.2");
    }

    @Test
    void thereIsALimitOnRecipients() {
        var to = new StringBuilder("{'email':'bob@example.org'}");
        for (int i = 0; i < 1_000; i++) {
            to.append(",{'email':'b").append(i).append("@example.org'}");
        }
        var error = refused(TO_BOB, ",'envelope':{'mailFrom':{'email':''},'rcptTo':[" + to + "]}");
        assertThat(error.get("type").textValue()).isEqualTo("tooManyRecipients");
        assertThat(error.get("maxRecipients").intValue()).isEqualTo(1_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bob@example.org", "ana@example.net", "ana", "ana@example.org> SIZE=1", "@a:ana@example.org"})
    void theReturnAddressMustBeTheSendersOwn(String from) {
        var error = refused(
                TO_BOB, ",'envelope':{'mailFrom':{'email':'" + from + "'},'rcptTo':[{'email':'bob@example.org'}]}");
        assertThat(error.get("type").textValue()).isEqualTo("forbiddenMailFrom");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'no'",
                "[]",
                "{}",
                "{'mailFrom':{'email':''}}",
                "{'mailFrom':{'email':''},'rcptTo':{}}",
                "{'mailFrom':{'email':7},'rcptTo':[{'email':'bob@example.org'}]}",
                "{'mailFrom':{},'rcptTo':[{'email':'bob@example.org'}]}",
                "{'mailFrom':{'email':'','x':1},'rcptTo':[{'email':'bob@example.org'}]}",
                "{'mailFrom':{'email':'','parameters':[]},'rcptTo':[{'email':'bob@example.org'}]}",
                "{'mailFrom':{'email':'','parameters':{'RET':7}},'rcptTo':[{'email':'bob@example.org'}]}",
                "{'mailFrom':{'email':'','parameters':{'RET':'x'}},'rcptTo':[{'email':'bob@example.org'}]}",
                "{'mailFrom':{'email':'','parameters':{'RET':'HDRS SIZE=1'}},'rcptTo':[{'email':'bob@example.org'}]}",
                "{'mailFrom':{'email':'','parameters':{'A=B':'x'}},'rcptTo':[{'email':'bob@example.org'}]}",
                "{'mailFrom':{'email':'','parameters':{'HOLDFOR':'2592001'}},'rcptTo':[{'email':'bob@example.org'}]}",
                "{'mailFrom':{'email':'','parameters':{'HOLDFOR':'1','HOLDUNTIL':'2026-12-01T00:00:00Z'}},"
                        + "'rcptTo':[{'email':'bob@example.org'}]}",
                "{'mailFrom':{'email':'','parameters':{'HOLDUNTIL':'2027-01-01T00:00:00Z'}},"
                        + "'rcptTo':[{'email':'bob@example.org'}]}",
                "{'mailFrom':{'email':'','parameters':{'BODY':'BINARYMIME'}},'rcptTo':[{'email':'bob@example.org'}]}",
                "{'mailFrom':{'email':''},'rcptTo':[{'email':'bob@example.org','parameters':{'NOTIFY':'x'}}]}",
                "{'mailFrom':{'email':''},'rcptTo':['bob@example.org']}"
            })
    void whatIsNoEnvelopeIsRefused(String envelope) {
        var error = refused(TO_BOB, ",'envelope':" + envelope);
        assertThat(error.get("type").textValue()).isEqualTo("invalidProperties");
        assertThat(texts(error.get("properties"))).containsExactly("envelope");
        assertThat(bobsMail()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "emailId|'identityId':'ia','emailId':'e7777'",
                "emailId|'identityId':'ia'",
                "emailId|'identityId':'ia','emailId':'#none'",
                "identityId|'identityId':'ib','emailId':'%'",
                "identityId|'emailId':'%'",
                "undoStatus|'identityId':'ia','emailId':'%','undoStatus':'pending'",
                "sendAt|'identityId':'ia','emailId':'%','sendAt':'2027-01-01T00:00:00Z'",
                "colour|'identityId':'ia','emailId':'%','colour':'red'"
            })
    void whatItNamesMustBeThere(String property, String properties) {
        var error = house.call("EmailSubmission/set", "'create':{'n':{" + properties.replace("%", draft(TO_BOB)) + "}}")
                .at("/notCreated/n");
        assertThat(error.get("type").textValue()).isEqualTo("invalidProperties");
        assertThat(texts(error.get("properties"))).containsExactly(property);
        assertThat(bobsMail()).isEmpty();
    }

    @Test
    void mailOfOthersIsNotThere() {
        var error = set(house.bobsMail(TO_BOB), "").at("/notCreated/n");
        assertThat(texts(error.get("properties"))).containsExactly("emailId");
    }

    @Test
    void whereTheDiskTakesNoMoreNobodyGetsIt() {
        var email = draft(TO_BOB);
        house.spool.full = true;
        var error = set(email, "").at("/notCreated/n");
        assertThat(error.get("type").textValue()).isEqualTo("serverUnavailable");
        assertThat(error.get("description").textValue()).startsWith("452 4.3.1");
        house.spool.full = false;
        assertThat(bobsMail()).isEmpty();
    }

    /** RFC 8621 §7.5. */
    @Test
    void onSuccessIsDoneForWhatSucceededAlone() {
        var good = draft(TO_BOB);
        var bad = draft(TO_BOB.replace("bob@example.org", "eve@example.net"));
        var answers = house.run("['EmailSubmission/set',{'accountId':'$','create':{'g':{'identityId':'ia','emailId':'"
                + good + "'},'b':{'identityId':'ia','emailId':'" + bad
                + "'}},'onSuccessDestroyEmail':['#g','#b','#none','s7777']},'c']");
        assertThat(answers).hasSize(2);
        assertThat(answers.at("/0/1/notCreated").has("b")).isTrue();
        assertThat(texts(answers.at("/1/1/destroyed"))).containsExactly(good);
        var id = answers.at("/0/1/created/g/id").textValue();
        assertThat(get(id).get("emailId").textValue()).isEqualTo(good);
        assertThat(bobsMail()).hasSize(1);
    }

    @Test
    void whereNothingSucceededNothingFollows() {
        var bad = draft(TO_BOB.replace("bob@example.org", "eve@example.net"));
        var answers = house.run("['EmailSubmission/set',{'accountId':'$','create':{'b':{'identityId':'ia','emailId':'"
                + bad + "'}},'onSuccessUpdateEmail':{'#b':{'keywords/x':true}}},'c']");
        assertThat(answers).hasSize(1);
    }

    @Test
    void aSubmissionThatIsDestroyedMayTakeItsEmailAlong() {
        var email = draft(TO_BOB);
        var id = sent(email);
        var answers = house.run("['EmailSubmission/set',{'accountId':'$','destroy':['" + id
                + "','s7777'],'onSuccessDestroyEmail':['" + id + "']},'c']");
        assertThat(texts(answers.at("/0/1/destroyed"))).containsExactly(id);
        assertThat(answers.at("/0/1/notDestroyed/s7777/type").textValue()).isEqualTo("notFound");
        assertThat(texts(answers.at("/1/1/destroyed"))).containsExactly(email);
        assertThat(bobsMail()).hasSize(1);
    }

    @Test
    void whatWasSentIsNotTakenBack() {
        var id = sent(draft(TO_BOB));
        var set = house.call("EmailSubmission/set", "'update':{'" + id + "':{'undoStatus':'canceled'}}");
        assertThat(set.at("/notUpdated/" + id + "/type").textValue()).isEqualTo("cannotUnsend");
        set = house.call("EmailSubmission/set", "'update':{'" + id + "':{'undoStatus':'final'}}");
        assertThat(set.get("updated").has(id)).isTrue();
        set = house.call("EmailSubmission/set", "'update':{'" + id + "':{'undoStatus':'pending'}}");
        assertThat(texts(set.at("/notUpdated/" + id + "/properties"))).containsExactly("undoStatus");
        set = house.call("EmailSubmission/set", "'update':{'" + id + "':{'sendAt':'2027-01-01T00:00:00Z'}}");
        assertThat(texts(set.at("/notUpdated/" + id + "/properties"))).containsExactly("sendAt");
        set = house.call("EmailSubmission/set", "'update':{'s7777':{'undoStatus':'canceled'}}");
        assertThat(set.at("/notUpdated/s7777/type").textValue()).isEqualTo("notFound");
    }

    /** RFC 8621 §7.3. */
    @Test
    void submissionsAreFoundByWhatTheyAre() {
        var first = draft(TO_BOB);
        var second = draft(TO_BOB.replace("Hi", "Ho"));
        var one = sent(first);
        var two = sent(second);
        assertThat(query("")).containsExactly(one, two);
        assertThat(query("'filter':{'emailIds':['" + second + "']}")).containsExactly(two);
        assertThat(query("'filter':{'identityIds':['ia']}")).containsExactly(one, two);
        assertThat(query("'filter':{'identityIds':['ib']}")).isEmpty();
        assertThat(query("'filter':{'threadIds':['" + get(one).get("threadId").textValue() + "']}"))
                .contains(one);
        assertThat(query("'filter':{'undoStatus':'final'}")).hasSize(2);
        assertThat(query("'filter':{'undoStatus':'pending'}")).isEmpty();
        assertThat(query("'filter':{'before':'2026-11-22T10:11:12Z'}")).isEmpty();
        assertThat(query("'filter':{'after':'2026-11-22T10:11:12Z'}")).hasSize(2);
        assertThat(query("'filter':{'operator':'NOT','conditions':[{'emailIds':['" + first + "']}]}"))
                .containsExactly(two);
        assertThat(query("'sort':[{'property':'emailId','isAscending':false}]")).containsExactly(two, one);
        assertThat(query("'sort':[{'property':'sentAt'},{'property':'threadId'}]"))
                .hasSize(2);
        assertThat(house.error("EmailSubmission/query", "'sort':[{'property':'colour'}]"))
                .isEqualTo("unsupportedSort");
        assertThat(house.error("EmailSubmission/query", "'filter':{'before':'yesterday'}"))
                .isEqualTo("invalidArguments");
        assertThat(house.error("EmailSubmission/query", "'filter':{'colour':'red'}"))
                .isEqualTo("invalidArguments");
    }

    private List<String> query(String arguments) {
        return texts(house.call("EmailSubmission/query", arguments).get("ids"));
    }

    /** RFC 8621 §7.2, §7.4. */
    @Test
    void changesTellWhatWasSentAndWhatIsGone() {
        var gone = sent(draft(TO_BOB));
        var state = house.call("EmailSubmission/get", "'ids':[]").get("state").textValue();
        var id = sent(draft(TO_BOB));
        house.call("EmailSubmission/set", "'destroy':['" + gone + "']");
        var changes = house.call("EmailSubmission/changes", "'sinceState':'" + state + "'");
        assertThat(texts(changes.get("created"))).containsExactly(id);
        assertThat(texts(changes.get("destroyed"))).containsExactly(gone);
        var queried = house.call("EmailSubmission/queryChanges", "'sinceQueryState':'" + state + "'");
        assertThat(texts(queried.get("removed"))).contains(gone);
        assertThat(queried.at("/added/0/id").textValue()).isEqualTo(id);
    }

    @Test
    void theSessionSaysWhatIsHonoured() {
        var session = house.api().session(house.caller(), java.net.URI.create("https://mail.example.org"));
        var account = session.json()
                .at("/accounts/" + house.ana() + "/accountCapabilities")
                .get("urn:ietf:params:jmap:submission");
        assertThat(account).hasToString(json("""
                {'maxDelayedSend':2592000,'submissionExtensions':{'SIZE':['52428800'],'SMTPUTF8':[],'DSN':[],'DELIVERBY':[],
                 'FUTURERELEASE':['2592000','9999-12-31T23:59:59Z'],'MT-PRIORITY':[]}}""").toString());
        assertThat(session.json().get("capabilities").get("urn:ietf:params:jmap:submission"))
                .isEmpty();
    }

    private static String hold(String parameter, String value) {
        return ",'envelope':{'mailFrom':{'email':'ana@example.org','parameters':{'" + parameter + "':'" + value
                + "'}},'rcptTo':[{'email':'bob@example.org'}]}";
    }

    private int release() {
        return new HeldMail(house.door(), house.platform()).round();
    }

    /** RFC 4865. */
    @ParameterizedTest
    @CsvSource({"HOLDFOR,3600", "HOLDUNTIL,2026-11-22T11:11:12Z"})
    void whatIsToBeSentLaterWaitsForItsTime(String parameter, String value) {
        var email = draft(TO_BOB);
        var made = set(email, hold(parameter, value)).at("/created/n");
        var id = made.get("id").textValue();
        assertThat(made.get("undoStatus").textValue()).isEqualTo("pending");
        assertThat(made.get("sendAt").textValue()).isEqualTo("2026-11-22T11:11:12Z");
        assertThat(made.at("/deliveryStatus")
                        .get("bob@example.org")
                        .get("delivered")
                        .textValue())
                .isEqualTo("queued");
        assertThat(query("'filter':{'undoStatus':'pending'}")).containsExactly(id);
        house.pass(Duration.ofMinutes(59));
        assertThat(release()).isZero();
        assertThat(bobsMail()).isEmpty();
        house.call("Email/set", "'destroy':['" + email + "']"); // RFC 8621 §7.5: that changes nothing
        var state = house.call("EmailSubmission/get", "'ids':[]").get("state").textValue();
        house.pass(Duration.ofMinutes(1));
        assertThat(release()).isEqualTo(1);
        assertThat(release()).isZero();
        assertThat(bobsMail()).hasSize(1);
        assertThat(get(id).get("undoStatus").textValue()).isEqualTo("final");
        assertThat(get(id).get("deliveryStatus")
                        .get("bob@example.org")
                        .get("delivered")
                        .textValue())
                .isEqualTo("yes");
        assertThat(texts(house.call("EmailSubmission/changes", "'sinceState':'" + state + "'")
                        .get("updated")))
                .containsExactly(id);
        var set = house.call("EmailSubmission/set", "'update':{'" + id + "':{'undoStatus':'canceled'}}");
        assertThat(set.at("/notUpdated/" + id + "/type").textValue()).isEqualTo("cannotUnsend");
    }

    /** RFC 8621 §7.5. */
    @Test
    void whatWaitsIsTakenBack() {
        var email = draft(TO_BOB);
        var id = set(email, hold("HOLDFOR", "60")).at("/created/n/id").textValue();
        var destroyed = house.call("EmailSubmission/set", "'destroy':['" + id + "']");
        assertThat(destroyed.at("/notDestroyed/" + id + "/type").textValue()).isEqualTo("forbidden");
        var answers = run("['EmailSubmission/set',{'accountId':'@','update':{'" + id
                + "':{'undoStatus':'canceled'}},'onSuccessUpdateEmail':{'" + id + "':{'keywords/$draft':true}}},'c']");
        assertThat(answers.at("/0/1/updated").has(id)).isTrue();
        assertThat(answers.at("/1/1/updated").has(email)).isTrue();
        house.pass(Duration.ofHours(1));
        assertThat(release()).isZero();
        assertThat(bobsMail()).isEmpty();
        assertThat(get(id).get("undoStatus").textValue()).isEqualTo("canceled");
        assertThat(get(id).get("deliveryStatus")
                        .get("bob@example.org")
                        .get("delivered")
                        .textValue())
                .isEqualTo("no");
        assertThat(texts(house.call("EmailSubmission/set", "'destroy':['" + id + "']")
                        .get("destroyed")))
                .containsExactly(id);
    }

    @Test
    void ifInStateIsObeyed() {
        var email = draft(TO_BOB);
        var create = "','create':{'n':{'identityId':'ia','emailId':'" + email + "'}}";
        assertThat(house.error("EmailSubmission/set", "'ifInState':'1" + create))
                .isEqualTo("stateMismatch");
        assertThat(bobsMail()).isEmpty();
        var state = house.call("EmailSubmission/get", "'ids':[]").get("state").textValue();
        assertThat(house.call("EmailSubmission/set", "'ifInState':'" + state + create)
                        .get("created"))
                .hasSize(1);
        assertThat(bobsMail()).hasSize(1);
    }

    /** RFC 8620 §7.1. */
    @Test
    void whoListensIsTold() {
        var email = draft(TO_BOB);
        try (var feed = house.api()
                .feed(house.caller(), Optional.of(Set.of("EmailSubmission", "Identity")), Optional.empty())
                .orElseThrow()) {
            sent(email);
            assertThat(feed.next().orElseThrow().changed()).containsOnlyKeys("EmailSubmission");
        }
    }

    @Test
    void aTimeThatIsOverIsNow() {
        var made = set(draft(TO_BOB), hold("HOLDUNTIL", "2020-01-01T00:00:00Z")).at("/created/n");
        assertThat(made.get("undoStatus").textValue()).isEqualTo("final");
        assertThat(made.get("sendAt").textValue()).isEqualTo("2026-11-22T10:11:12Z");
        assertThat(bobsMail()).hasSize(1);
    }

    @Test
    void aRecipientWhoIsGoneMeanwhileIsNamed() {
        var alias = new EmailAddress("b", "example.org");
        house.on(services -> services.get(Addresses.class).addAlias(alias, BOB));
        var id = set(
                        draft(TO_BOB),
                        hold("HOLDFOR", "60").replace("{'email':'bob@", "{'email':'b@example.org'},{'email':'ana@"))
                .at("/created/n/id")
                .textValue();
        house.on(services -> services.get(Addresses.class).removeAlias(alias));
        house.pass(Duration.ofMinutes(2));
        assertThat(release()).isEqualTo(1);
        var status = get(id).get("deliveryStatus");
        assertThat(status.get("b@example.org").get("delivered").textValue()).isEqualTo("no");
        assertThat(status.get("b@example.org").get("smtpReply").textValue()).startsWith("550 5.1.1");
        assertThat(status.get("ana@example.org").get("delivered").textValue()).isEqualTo("yes");
        assertThat(bobsMail()).isEmpty();
    }

    @Test
    void whatCantBeSentNowIsTriedAgain() {
        var id = set(draft(TO_BOB), hold("HOLDFOR", "60")).at("/created/n/id").textValue();
        house.pass(Duration.ofMinutes(2));
        house.spool.full = true;
        assertThat(release()).isZero();
        house.spool.full = false;
        assertThat(get(id).get("undoStatus").textValue()).isEqualTo("pending");
        assertThat(bobsMail()).isEmpty();
        house.pass(Submissions.CLAIM.plusSeconds(1));
        assertThat(release()).isEqualTo(1);
        assertThat(bobsMail()).hasSize(1);
    }

    /** The delivery is known again by its id. */
    @Test
    void aServerThatEndsBetweenSendingAndNotingItSendsItOnce() {
        var id = set(draft(TO_BOB), hold("HOLDFOR", "60")).at("/created/n/id").textValue();
        house.pass(Duration.ofMinutes(2));
        var ending = new Door() {
            @Override
            public <T> Outcome<T> call(Unit<T> unit) {
                return bobsMail().isEmpty() ? house.door().call(unit) : new Outcome.Unavailable<>();
            }
        };
        assertThat(new HeldMail(ending, house.platform()).round()).isZero();
        assertThat(bobsMail()).hasSize(1);
        assertThat(get(id).get("undoStatus").textValue()).isEqualTo("pending");
        house.pass(Submissions.CLAIM.plusSeconds(1));
        assertThat(release()).isEqualTo(1);
        assertThat(bobsMail()).hasSize(1);
        assertThat(get(id).get("undoStatus").textValue()).isEqualTo("final");
    }
}
