package org.merpati.check.conformance.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.check.conformance.jmap.Answers.texts;

import java.util.List;

/** Which mails a query finds and in which order (RFC 8621 §4.4). */
final class EmailQueryRules extends Rules {
    private static final String MULTIPART = """
            From: Citra Dewi <citra@example.com>
            To: Ani <ani@example.org>
            Cc: copy@example.net
            Bcc: blind@example.net
            Subject: =?utf-8?q?Jalan-jalan_ke_B=C3=A4li?=
            Date: Wed, 18 Nov 2026 09:00:00 +0100
            MIME-Version: 1.0
            X-Campaign: spring sale
            Content-Type: multipart/mixed; boundary=q

            --q
            Content-Type: text/plain; charset=utf-8

            The quick brown fox jumps.
            --q
            Content-Type: application/pdf; name=a.pdf
            Content-Disposition: attachment; filename=a.pdf
            Content-Transfer-Encoding: base64

            AAECAwQ=
            --q--
            """;

    private final String box;
    private final String plain;
    private final String attached;
    private final String reply;

    EmailQueryRules(Jmap jmap) {
        super(jmap);
        box = mailbox();
        var message = message("Apples and pears");
        plain = mail(box, message, "2026-11-20T08:00:00Z", "$seen", "red");
        attached = mail(box, MULTIPART, "2026-11-20T09:00:00Z", "$flagged");
        var id = message.lines()
                .filter(line -> line.startsWith("Message-ID: "))
                .findFirst()
                .orElseThrow()
                .substring(12);
        reply = mail(
                box,
                "From: zed@example.net\nTo: ani@example.org\nSubject: Re: Apples and pears\nIn-Reply-To: " + id
                        + "\nReferences: " + id
                        + "\nDate: Thu, 19 Nov 2026 09:00:00 +0100\n\nsome bananas, brown ones\n",
                "2026-11-20T10:00:00Z");
    }

    @Rule("RFC 8621 §4.4.1")
    void noConditionIsTrue() {
        assertThat(query(box, "")).containsExactly(plain, attached, reply);
        assertThat(texts(ok("Email/query", "'filter':{'operator':'AND','conditions':[{},{'inMailbox':?}]}", box)
                        .path("ids")))
                .hasSize(3);
    }

    @Rule("RFC 8621 §4.4.1")
    void mailboxesAreTakenInOrLeftOut() {
        var other = mailbox();
        assertThat(query(box, "'inMailboxOtherThan':[?]", box)).isEmpty();
        assertThat(query(box, "'inMailboxOtherThan':[?]", other)).hasSize(3);
        assertThat(error("Email/query", "'filter':{'inMailbox':7}")).isEqualTo("invalidArguments");
    }

    @Rule("RFC 8621 §4.4.1")
    void timesAndSizesBound() {
        assertThat(query(box, "'before':'2026-11-20T09:00:00Z'")).containsExactly(plain);
        assertThat(query(box, "'after':'2026-11-20T09:00:00Z'")).containsExactly(attached, reply);
        int size = email(attached, "size").path("size").asInt();
        assertThat(query(box, "'minSize':?", size)).containsExactly(attached);
        assertThat(query(box, "'maxSize':?", size)).containsExactly(plain, reply);
    }

    @Rule("RFC 8621 §4.4.1")
    void keywordsAreAskedForInAnyCase() {
        assertThat(query(box, "'hasKeyword':'$SEEN'")).containsExactly(plain);
        assertThat(query(box, "'notKeyword':'red'")).containsExactly(attached, reply);
        assertThat(query(box, "'someInThreadHaveKeyword':'red'")).containsExactly(plain, reply);
        assertThat(query(box, "'allInThreadHaveKeyword':'red'")).isEmpty();
        assertThat(query(box, "'noneInThreadHaveKeyword':'red'")).containsExactly(attached);
    }

    @Rule("RFC 8621 §4.4.1")
    void attachmentsAreKnown() {
        assertThat(query(box, "'hasAttachment':true")).containsExactly(attached);
        assertThat(query(box, "'hasAttachment':false")).containsExactly(plain, reply);
    }

    @Rule("RFC 8621 §4.4.1")
    void addressFieldsAreSearched() {
        assertThat(query(box, "'from':'Dewi'")).containsExactly(attached);
        assertThat(query(box, "'from':'citra@example.com'")).containsExactly(attached);
        assertThat(query(box, "'to':'ani'")).hasSize(3);
        assertThat(query(box, "'cc':'copy'")).containsExactly(attached);
        assertThat(query(box, "'bcc':'blind'")).containsExactly(attached);
        assertThat(query(box, "'subject':'b\u00e4li'")).containsExactly(attached);
        assertThat(query(box, "'body':'banana'")).isSubsetOf(reply);
        assertThat(query(box, "'body':'bananas'")).containsExactly(reply);
    }

    @Rule("RFC 8621 §4.4.1")
    void textLooksIntoFieldsAndBodies() {
        for (var text : List.of("citra", "copy", "blind", "jalan", "fox")) {
            assertThat(query(box, "'text':?", text)).as(text).containsExactly(attached);
        }
        assertThat(query(box, "'text':'brown'")).containsExactly(attached, reply);
        assertThat(query(box, "'text':'brown fox'")).containsExactly(attached);
        assertThat(query(box, "'text':'fox brown'")).as("each word alone").containsExactly(attached);
    }

    @Rule("RFC 8621 §4.4.1")
    void aPhraseIsFoundAsItStands() {
        assertThat(query(box, "'body':?", "\"brown fox\"")).containsExactly(attached);
        assertThat(query(box, "'body':?", "\"fox brown\"")).isEmpty();
        assertThat(query(box, "'body':?", "'quick brown'")).containsExactly(attached);
    }

    @Rule("RFC 8621 §4.4.1")
    void aHeaderFieldIsThereOrSaysSomething() {
        assertThat(query(box, "'header':['x-campaign']")).containsExactly(attached);
        assertThat(query(box, "'header':['X-Campaign','SPRING']")).containsExactly(attached);
        assertThat(query(box, "'header':['X-Campaign','autumn']")).isEmpty();
        for (var wrong : List.of("[]", "['a','b','c']", "'a'")) {
            assertThat(error("Email/query", "'filter':{'header':" + wrong + "}"))
                    .isEqualTo("invalidArguments");
        }
    }

    @Rule("RFC 8621 §4.4.2")
    void mailIsSortedByEverythingAnnounced() {
        assertThat(sorted("'property':'receivedAt'")).containsExactly(plain, attached, reply);
        assertThat(sorted("'property':'sentAt'")).containsExactly(attached, reply, plain);
        assertThat(sorted("'property':'from'")).containsExactly(plain, attached, reply);
        assertThat(sorted("'property':'subject'")).endsWith(attached);
        assertThat(sorted("'property':'size','isAscending':false")).startsWith(attached);
    }

    private List<String> sorted(String comparator) {
        return texts(ok("Email/query", "'filter':{'inMailbox':?},'sort':[{" + comparator + "}]", box)
                .path("ids"));
    }

    @Rule("RFC 8621 §4.4.2")
    void keywordsSort() {
        assertThat(sorted("'property':'hasKeyword','keyword':'$flagged','isAscending':false")
                        .getFirst())
                .isEqualTo(attached);
        assertThat(sorted("'property':'someInThreadHaveKeyword','keyword':'red','isAscending':false")
                        .getLast())
                .isEqualTo(attached);
        assertThat(sorted("'property':'allInThreadHaveKeyword','keyword':'$flagged'")
                        .getLast())
                .isEqualTo(attached);
        assertThat(error("Email/query", "'sort':[{'property':'hasKeyword'}]")).isEqualTo("invalidArguments");
    }

    @Rule("RFC 8621 §4.4.3")
    void aThreadIsCollapsedToItsFirstMail() {
        var answer = ok(
                "Email/query",
                "'filter':{'inMailbox':?},'sort':[{'property':'receivedAt'}],'collapseThreads':true,'calculateTotal':true",
                box);
        assertThat(texts(answer.path("ids"))).containsExactly(plain, attached);
        assertThat(answer.path("total").asInt()).isEqualTo(2);
    }
}
