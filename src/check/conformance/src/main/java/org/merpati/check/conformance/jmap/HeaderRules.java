package org.merpati.check.conformance.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.check.conformance.jmap.Answers.names;
import static org.merpati.check.conformance.jmap.Answers.texts;

import com.fasterxml.jackson.databind.JsonNode;

/** Header fields and the forms they are read in (RFC 8621 §4.1.2, §4.1.3, §4.2). */
final class HeaderRules extends Rules {
    HeaderRules(Jmap jmap) {
        super(jmap);
    }

    private JsonNode header(String fields, String property) {
        var mail = mail(mailbox(), fields + "\n\nbody\n");
        return email(mail, property).path(property);
    }

    @Rule("RFC 8621 §4.1.2.1")
    void rawIsWhatIsThere() {
        assertThat(header("X-Raw:  two  spaces\n\tfolded =?utf-8?q?=C3=A4?=", "header:X-Raw")
                        .asText())
                .isEqualTo("  two  spaces\r\n\tfolded =?utf-8?q?=C3=A4?=");
    }

    @Rule("RFC 8621 §4.1.2.1")
    void aNulIsDropped() {
        assertThat(header("X-Raw: a\u0000b", "header:X-Raw").asText()).isEqualTo(" ab");
    }

    @Rule("RFC 8621 §4.1.2.2")
    void textIsUnfoldedAndDecoded() {
        assertThat(header("Subject:  =?utf-8?q?=C3=A4?= =?utf-8?q?_b?=\n folded", "header:Subject:asText")
                        .asText())
                .isEqualTo("\u00e4 b folded");
        assertThat(header("Subject: =?utf-8?q?e=CC=81?=", "subject").asText()).isEqualTo("\u00e9");
    }

    @Rule("RFC 8621 §4.1.2.2")
    void whatIsNoEncodedWordIsNotDecoded() {
        for (var text : new String[] {"=?utf-8?x?abc?=", "=?utf-8?q", "=?utf-8?q?never closed", "=??q?abc?="}) {
            assertThat(header("Subject: " + text, "subject").asText()).isEqualTo(text);
        }
    }

    @Rule("RFC 8621 §4.1.2.3")
    void addressesAreParsed() {
        var addresses = header(
                "To: \"James Smythe\" <james@example.com>, Friends:\n jane@example.com, =?UTF-8?Q?John_Sm=C3=AEth?=\n"
                        + " <john@example.com>;, (comment) lone@example.net",
                "header:To:asAddresses");
        assertThat(addresses.findValuesAsText("email"))
                .containsExactly("james@example.com", "jane@example.com", "john@example.com", "lone@example.net");
        assertThat(addresses.at("/0/name").asText()).isEqualTo("James Smythe");
        assertThat(addresses.at("/1/name").isNull()).isTrue();
        assertThat(addresses.at("/2/name").asText()).isEqualTo("John Sm\u00eeth");
        assertThat(names(addresses.get(0))).containsExactlyInAnyOrder("name", "email");
    }

    @Rule("RFC 8621 §4.1.2.4")
    void groupsAreKept() {
        var groups = header(
                "To: a@example.com, =?utf-8?q?=C3=A4?=: b@example.com, c@example.com;, d@example.com",
                "header:To:asGroupedAddresses");
        assertThat(groups).hasSize(3);
        assertThat(groups.at("/0/name").isNull()).isTrue();
        assertThat(groups.at("/1/name").asText()).isEqualTo("\u00e4");
        assertThat(groups.get(1).path("addresses").findValuesAsText("email"))
                .containsExactly("b@example.com", "c@example.com");
        assertThat(groups.get(2).path("addresses").findValuesAsText("email")).containsExactly("d@example.com");
    }

    @Rule("RFC 8621 §4.1.2.5")
    void messageIdsAreListed() {
        assertThat(texts(header(
                        "References: <a@x.example>\n (comment) <b@y.example>", "header:References:asMessageIds")))
                .containsExactly("a@x.example", "b@y.example");
        assertThat(header("References: (nothing)", "references").isNull()).isTrue();
    }

    @Rule("RFC 8621 §4.1.2.6")
    void datesKeepTheirZone() {
        assertThat(header("Date: Thu, 30 Oct 2014 14:12:00 +0800", "header:Date:asDate")
                        .asText())
                .isEqualTo("2014-10-30T14:12:00+08:00");
        assertThat(header("Date: no date", "sentAt").isNull()).isTrue();
    }

    @Rule("RFC 8621 §4.1.2.7")
    void listFieldsAreAddresses() {
        assertThat(texts(header(
                        "List-Post: <mailto:list@example.com>, (over the web) <https://example.com/post>",
                        "header:List-Post:asURLs")))
                .containsExactly("mailto:list@example.com", "https://example.com/post");
    }

    @Rule({"RFC 8621 §4.1.2", "RFC 8621 §4.2"})
    void aFormThatAFieldMayNotHaveIsInvalid() {
        var mail = mail(mailbox(), message("forms"));
        for (var form : new String[] {
            "header:From:asDate",
            "header:From:asText",
            "header:Subject:asAddresses",
            "header:Date:asText",
            "header:Message-ID:asURLs",
            "header:List-Post:asMessageIds",
            "header:Subject:asNothing"
        }) {
            assertThat(error("Email/get", "'ids':[?],'properties':[?]", mail, form))
                    .as(form)
                    .isEqualTo("invalidArguments");
        }
    }

    @Rule("RFC 8621 §4.1.2")
    void anUnknownFieldMayHaveEveryForm() {
        for (var form : new String[] {"Text", "Addresses", "GroupedAddresses", "MessageIds", "Date", "URLs"}) {
            var property = "header:X-Own:as" + form;
            assertThat(email(mail(mailbox(), "X-Own: x\n\nb\n"), property).has(property))
                    .as(form)
                    .isTrue();
        }
    }

    @Rule("RFC 8621 §4.1.3")
    void theLastOfSeveralIsAnsweredOrAll() {
        assertThat(header("X-Many: 1\nx-many: 2", "header:X-Many:asText").asText())
                .isEqualTo("2");
        assertThat(texts(header("X-Many: 1\nx-many: 2", "header:X-Many:asText:all")))
                .containsExactly("1", "2");
        assertThat(texts(header("X-Many: 1\nx-many: 2", "header:X-Many:all"))).containsExactly(" 1", " 2");
        assertThat(header("X-Many: 1", "header:Absent").isNull()).isTrue();
        assertThat(header("X-Many: 1", "header:Absent:all")).isEmpty();
    }

    @Rule("RFC 8621 §4.1.3")
    void theSuffixesComeInTheirOrder() {
        assertThat(error("Email/get", "'ids':[],'properties':['header:X-Many:all:asText']"))
                .isEqualTo("invalidArguments");
        assertThat(error("Email/get", "'ids':[],'properties':['header:']")).isEqualTo("invalidArguments");
        assertThat(error("Email/get", "'ids':[],'properties':['header:a b']")).isEqualTo("invalidArguments");
    }

    @Rule("RFC 8621 §4.2")
    void aPropertyIsAnsweredInTheCaseItWasAskedIn() {
        var mail = mail(mailbox(), message("Case"));
        assertThat(email(mail, "header:sUbJect:asText")
                        .path("header:sUbJect:asText")
                        .asText())
                .isEqualTo("Case");
        assertThat(email(mail, "header:SUBJECT:asText").has("header:SUBJECT:asText"))
                .isTrue();
    }

    @Rule("RFC 8621 §4.1.3")
    void headersAreAllFieldsInOrder() {
        var headers = header("X-B: 1\nX-A: 2\nX-B: 3", "headers");
        assertThat(headers.findValuesAsText("name")).containsSubsequence("X-B", "X-A", "X-B");
        assertThat(headers.findValuesAsText("value")).containsSubsequence(" 1", " 2", " 3");
    }

    @Rule("RFC 8621 §4.8")
    void fieldsInUtf8AreRead() {
        var mail = mail(mailbox(), "From: J\u00f6rg <j\u00f6rg@ex\u00e4mple.org>\nSubject: \u00dcber\n\nx\n");
        var email = email(mail, "from", "subject");
        assertThat(email.at("/from/0/email").asText()).isEqualTo("j\u00f6rg@ex\u00e4mple.org");
        assertThat(email.at("/from/0/name").asText()).isEqualTo("J\u00f6rg");
        assertThat(email.path("subject").asText()).isEqualTo("\u00dcber");
    }
}
