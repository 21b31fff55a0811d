package org.merpati.check.conformance.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.check.conformance.jmap.Answers.names;
import static org.merpati.check.conformance.jmap.Answers.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Locale;

/** Mailboxes (RFC 8621 §2). */
final class MailboxRules extends Rules {
    MailboxRules(Jmap jmap) {
        super(jmap);
    }

    private JsonNode all() {
        return ok("Mailbox/get", "'ids':null").path("list");
    }

    @Rule("RFC 8621 §2")
    void thereIsOneInboxAndNoRoleTwice() {
        var roles = new ArrayList<String>();
        all().forEach(box -> {
            if (!box.path("role").isNull()) {
                roles.add(box.path("role").asText());
            }
        });
        assertThat(roles)
                .doesNotHaveDuplicates()
                .contains("inbox")
                .allMatch(role -> role.equals(role.toLowerCase(Locale.ROOT)));
    }

    @Rule("RFC 8621 §2")
    void rightsAreAllSaid() {
        assertThat(names(all().get(0).path("myRights")))
                .containsExactlyInAnyOrder(
                        "mayReadItems",
                        "mayAddItems",
                        "mayRemoveItems",
                        "maySetSeen",
                        "maySetKeywords",
                        "mayCreateChild",
                        "mayRename",
                        "mayDelete",
                        "maySubmit");
    }

    @Rule({"RFC 8621 §2", "RFC 8621 §1.3.1"})
    void aNameIsOneCharacterAtLeastAndFitsTheLimit() {
        assertThat(refusal("Mailbox/set", "'name':''").path("type").asText()).isEqualTo("invalidProperties");
        assertThat(refusal("Mailbox/set", "'name':'a\\u0007b'").path("type").asText())
                .isEqualTo("invalidProperties");
        int limit = jmap.capability(Jmap.MAIL).path("maxSizeMailboxName").asInt();
        assertThat(refusal("Mailbox/set", "'name':?", "x".repeat(limit + 1))
                        .path("type")
                        .asText())
                .isEqualTo("invalidProperties");
        created("Mailbox/set", "'name':?", unique("n").concat("x".repeat(90)));
    }

    @Rule("RFC 8621 §2")
    void namesAreUnicode() {
        var name = unique("\u0421\u0443\u0440\u0430\u0442 \ud83d\udd4a");
        var id = created("Mailbox/set", "'name':?", name);
        assertThat(get("Mailbox", id, "name").path("name").asText()).isEqualTo(name);
    }

    @Rule("RFC 8621 §2")
    void siblingsHaveDifferentNames() {
        var parent = mailbox();
        created("Mailbox/set", "'name':'twin','parentId':?", parent);
        var refused = ok("Mailbox/set", "'create':{'a':{'name':'twin','parentId':?}}", parent)
                .at("/notCreated/a/type");
        assertThat(refused.asText()).isIn("invalidProperties", "alreadyExists");
        created("Mailbox/set", "'name':'twin','parentId':?", mailbox());
    }

    @Rule("RFC 8621 §2")
    void thereIsNoLoop() {
        var parent = mailbox();
        var child = created("Mailbox/set", "'name':'child','parentId':?", parent);
        assertThat(updateRefusal("Mailbox/set", parent, "'parentId':?", child)
                        .path("type")
                        .asText())
                .isEqualTo("invalidProperties");
        assertThat(updateRefusal("Mailbox/set", parent, "'parentId':?", parent)
                        .path("type")
                        .asText())
                .isEqualTo("invalidProperties");
    }

    @Rule("RFC 8621 §2")
    void aRoleIsRegisteredAndNotGivenTwice() {
        assertThat(refusal("Mailbox/set", "'name':?,'role':'nonsense'", unique("Role"))
                        .path("type")
                        .asText())
                .isEqualTo("invalidProperties");
        assertThat(refusal("Mailbox/set", "'name':?,'role':'inbox'", unique("Role"))
                        .path("type")
                        .asText())
                .isEqualTo("invalidProperties");
        var id = created("Mailbox/set", "'name':?,'role':'important'", unique("Role"));
        assertThat(get("Mailbox", id, "role").path("role").asText()).isEqualTo("important");
        assertThat(refusal("Mailbox/set", "'name':?,'role':'important'", unique("Role"))
                        .path("type")
                        .asText())
                .isEqualTo("invalidProperties");
        destroy("Mailbox/set", id);
    }

    @Rule("RFC 8621 §2")
    void aSortOrderIsInItsRange() {
        for (var wrong : new String[] {"-1", "2147483648", "1.5", "'1'"}) {
            assertThat(refusal("Mailbox/set", "'name':?,'sortOrder':" + wrong, unique("Order"))
                            .path("type")
                            .asText())
                    .as(wrong)
                    .isEqualTo("invalidProperties");
        }
        var id = created("Mailbox/set", "'name':?,'sortOrder':2147483647", unique("Order"));
        assertThat(get("Mailbox", id, "sortOrder").path("sortOrder").asLong()).isEqualTo(2_147_483_647);
    }

    @Rule("RFC 8621 §2")
    void mailsAndThreadsAreCounted() {
        var box = mailbox();
        var message = message("counted");
        var id = message.lines()
                .filter(line -> line.startsWith("Message-ID:"))
                .findFirst()
                .orElseThrow();
        var first = mail(box, message, "2026-11-20T08:00:00Z", "$seen");
        mail(
                box,
                "Subject: Re: counted\nIn-Reply-To:" + id.substring(11) + "\nReferences:" + id.substring(11)
                        + "\n\nx\n");
        mail(box, message("other"));
        var counts = get("Mailbox", box, "totalEmails", "unreadEmails", "totalThreads", "unreadThreads");
        assertThat(counts.path("totalEmails").asInt()).isEqualTo(3);
        assertThat(counts.path("unreadEmails").asInt()).isEqualTo(2);
        assertThat(counts.path("totalThreads").asInt()).isEqualTo(2);
        assertThat(counts.path("unreadThreads").asInt()).isEqualTo(2);
        update("Email/set", first, "'keywords/$seen':null");
        assertThat(get("Mailbox", box, "unreadEmails").path("unreadEmails").asInt())
                .isEqualTo(3);
    }

    @Rule("RFC 8621 §2")
    void draftsAreNotUnread() {
        var box = mailbox();
        mail(box, message("draft"), "2026-11-20T08:00:00Z", "$draft");
        assertThat(get("Mailbox", box, "unreadEmails", "unreadThreads").toString())
                .contains("\"unreadEmails\":0", "\"unreadThreads\":0");
    }

    @Rule("RFC 8621 §2.2")
    void aChangeOfCountsAloneIsTold() {
        var box = mailbox();
        var state = state("Mailbox");
        mail(box, message("count"));
        var counts = ok("Mailbox/changes", "'sinceState':?", state);
        assertThat(texts(counts.path("updated"))).containsExactly(box);
        assertThat(counts.has("updatedProperties")).isTrue();
        if (!counts.path("updatedProperties").isNull()) {
            assertThat(new HashSet<>(texts(counts.path("updatedProperties"))))
                    .isSubsetOf("totalEmails", "unreadEmails", "totalThreads", "unreadThreads");
        }
        update("Mailbox/set", box, "'name':?", unique("Other"));
        assertThat(ok("Mailbox/changes", "'sinceState':?", state)
                        .path("updatedProperties")
                        .isNull())
                .isTrue();
    }

    @Rule("RFC 8621 §2.3")
    void aQueryFilters() {
        var parent = mailbox();
        var name = get("Mailbox", parent, "name").path("name").asText();
        var child = created("Mailbox/set", "'name':'Leaf','parentId':?,'isSubscribed':true", parent);
        var other = created("Mailbox/set", "'name':'Other','parentId':?,'isSubscribed':false", parent);
        assertThat(found("'parentId':?", parent)).containsExactlyInAnyOrder(child, other);
        assertThat(found("'parentId':null")).contains(parent).doesNotContain(child);
        assertThat(found("'name':?", name)).contains(parent);
        assertThat(found("'parentId':?,'isSubscribed':true", parent)).containsExactly(child);
        assertThat(found("'role':'inbox'")).hasSize(1);
        assertThat(found("'hasAnyRole':true")).doesNotContain(parent);
        assertThat(found("'hasAnyRole':false")).contains(parent);
    }

    private java.util.List<String> found(String condition, Object... values) {
        return texts(ok("Mailbox/query", "'filter':{" + Call.fill(condition, values) + "}")
                .path("ids"));
    }

    @Rule("RFC 8621 §2.3")
    void aQuerySortsByNameAndBySortOrder() {
        var parent = mailbox();
        var b = created("Mailbox/set", "'name':'b','parentId':?,'sortOrder':1", parent);
        var a = created("Mailbox/set", "'name':'a','parentId':?,'sortOrder':2", parent);
        var c = created("Mailbox/set", "'name':'c','parentId':?,'sortOrder':1", parent);
        assertThat(texts(ok("Mailbox/query", "'filter':{'parentId':?},'sort':[{'property':'name'}]", parent)
                        .path("ids")))
                .containsExactly(a, b, c);
        assertThat(texts(ok(
                                "Mailbox/query",
                                "'filter':{'parentId':?},'sort':[{'property':'sortOrder'},"
                                        + "{'property':'name','isAscending':false}]",
                                parent)
                        .path("ids")))
                .containsExactly(c, b, a);
    }

    @Rule("RFC 8621 §2.3")
    void aQueryAsATreeHasParentsBeforeTheirChildren() {
        var parent = created("Mailbox/set", "'name':?", unique("zz tree"));
        var child = created("Mailbox/set", "'name':'aa','parentId':?", parent);
        var ids = texts(ok("Mailbox/query", "'sort':[{'property':'name'}],'sortAsTree':true")
                .path("ids"));
        assertThat(ids.indexOf(child)).isEqualTo(ids.indexOf(parent) + 1);
        var filtered = texts(ok("Mailbox/query", "'filter':{'name':'aa'},'filterAsTree':true")
                .path("ids"));
        assertThat(filtered).doesNotContain(child);
    }

    @Rule("RFC 8621 §2.5")
    void aMailboxWithAChildIsNotDestroyed() {
        var parent = mailbox();
        created("Mailbox/set", "'name':'child','parentId':?", parent);
        assertThat(ok("Mailbox/set", "'destroy':[?]", parent)
                        .path("notDestroyed")
                        .path(parent)
                        .path("type")
                        .asText())
                .isEqualTo("mailboxHasChild");
    }

    @Rule("RFC 8621 §2.5")
    void aMailboxWithMailIsDestroyedOnlyWithIt() {
        var box = mailbox();
        var other = mailbox();
        var alone = mail(box, message("alone"));
        var both = mail(box, message("both"));
        update("Email/set", both, "'mailboxIds':{?:true,?:true}", box, other);
        assertThat(ok("Mailbox/set", "'destroy':[?]", box)
                        .path("notDestroyed")
                        .path(box)
                        .path("type")
                        .asText())
                .isEqualTo("mailboxHasEmail");
        var answer = ok("Mailbox/set", "'destroy':[?],'onDestroyRemoveEmails':true", box);
        assertThat(texts(answer.path("destroyed"))).containsExactly(box);
        assertThat(texts(ok("Email/get", "'ids':[?,?],'properties':['id']", alone, both)
                        .path("notFound")))
                .containsExactly(alone);
        assertThat(names(email(both, "mailboxIds").path("mailboxIds"))).containsExactly(other);
    }
}
