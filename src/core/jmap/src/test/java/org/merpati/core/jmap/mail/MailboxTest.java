package org.merpati.core.jmap.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.core.jmap.JmapHouse.json;
import static org.merpati.core.jmap.JmapHouse.message;
import static org.merpati.core.jmap.JmapHouse.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.merpati.core.jmap.JmapHouse;

/** RFC 8621 §2. */
class MailboxTest {
    private final JmapHouse house = JmapHouse.HOUSE;

    @BeforeEach
    void noMail() {
        house.empty();
    }

    private JsonNode get(String id) {
        return house.call("Mailbox/get", "'ids':['" + id + "']").at("/list/0");
    }

    private JsonNode create(String properties) {
        return house.call("Mailbox/set", "'create':{'n':{" + properties + "}}");
    }

    private String made(String properties) {
        return create(properties).at("/created/n/id").textValue();
    }

    @Test
    void aMailboxHasAllPropertiesOfTheRfc() {
        var id = house.mailboxNamed("INBOX");
        assertThat(get(id)).isEqualTo(json("""
                {'id':'%s','name':'INBOX','parentId':null,'role':'inbox','sortOrder':0,'totalEmails':0,'unreadEmails':0,
                 'totalThreads':0,'unreadThreads':0,'myRights':{'mayReadItems':true,'mayAddItems':true,
                 'mayRemoveItems':true,'maySetSeen':true,'maySetKeywords':true,'mayCreateChild':true,'mayRename':false,
                 'mayDelete':false,'maySubmit':true},'isSubscribed':true}""".formatted(id)));
    }

    @Test
    void namesAreThoseBelowTheParent() {
        var parent = house.mailbox("Lists");
        var child = get(house.mailbox("Lists/Java"));
        assertThat(child.get("name").textValue()).isEqualTo("Java");
        assertThat(child.get("parentId").textValue()).isEqualTo(parent);
    }

    /** RFC 8621 §2: the example of an unread Email in the trash and a read one of its Thread in the inbox. */
    @Test
    void emailsInTheTrashAreThreadsOfTheirOwn() {
        house.mail(message("Hi"), JmapHouse.RECEIVED, Set.of("$seen"), "INBOX");
        house.mail(message("Hi"), JmapHouse.RECEIVED, Set.of(), "Trash");
        var inbox = get(house.mailboxNamed("INBOX"));
        var trash = get(house.mailboxNamed("Trash"));
        assertThat(inbox.get("totalThreads").intValue()).isEqualTo(1);
        assertThat(inbox.get("unreadThreads").intValue()).isZero();
        assertThat(trash.get("unreadThreads").intValue()).isEqualTo(1);
    }

    @Test
    void aThreadIsUnreadWhereverItsUnreadEmailIs() {
        house.mail(message("Hi"), JmapHouse.RECEIVED, Set.of("$seen"), "INBOX");
        house.mail(message("Hi"), JmapHouse.RECEIVED, Set.of(), "Archive");
        var inbox = get(house.mailboxNamed("INBOX"));
        assertThat(inbox.get("unreadThreads").intValue()).isEqualTo(1);
        assertThat(inbox.get("unreadEmails").intValue()).isZero();
    }

    /** The numbers of a mailbox change with emails that others hold. */
    @Test
    void aMailboxChangesWithTheThreadsThatItShares() {
        house.mail(message("Hi"), JmapHouse.RECEIVED, Set.of("$seen"), "INBOX");
        var elsewhere = house.mail(message("Hi"), JmapHouse.RECEIVED, Set.of(), "Archive");
        house.mail(message("Else"), JmapHouse.RECEIVED, Set.of(), "Sent");
        var both = Set.of(house.mailboxNamed("INBOX"), house.mailboxNamed("Archive"));
        var state = house.call("Mailbox/get", "'ids':[]").get("state").textValue();
        house.call("Email/set", "'update':{'" + elsewhere + "':{'keywords/$seen':true}}");
        var changes = house.call("Mailbox/changes", "'sinceState':'" + state + "'");
        assertThat(texts(changes.get("updated"))).containsExactlyInAnyOrderElementsOf(both);
        assertThat(texts(changes.get("updatedProperties"))).contains("unreadThreads");
        assertThat(get(house.mailboxNamed("INBOX")).get("unreadThreads").intValue())
                .isZero();
        state = changes.get("newState").textValue();
        house.call("Email/set", "'destroy':['" + elsewhere + "']");
        changes = house.call("Mailbox/changes", "'sinceState':'" + state + "'");
        assertThat(texts(changes.get("updated"))).containsExactlyInAnyOrderElementsOf(both);
    }

    @Test
    void draftsAreNotUnread() {
        house.mail(message("Hi"), JmapHouse.RECEIVED, Set.of("$draft"), "Drafts");
        var drafts = get(house.mailboxNamed("Drafts"));
        assertThat(drafts.get("totalEmails").intValue()).isEqualTo(1);
        assertThat(drafts.get("unreadEmails").intValue()).isZero();
        assertThat(drafts.get("unreadThreads").intValue()).isZero();
    }

    /** RFC 8621 §4.1.1: not visible, and not counted. */
    @Test
    void whatImapMarkedAsDeletedIsNotCounted() {
        house.mail(message("Hi"));
        house.markDeleted("INBOX", true);
        var inbox = get(house.mailboxNamed("INBOX"));
        assertThat(inbox.get("totalEmails").intValue()).isZero();
        assertThat(inbox.get("unreadEmails").intValue()).isZero();
        assertThat(inbox.get("totalThreads").intValue()).isZero();
        assertThat(inbox.get("unreadThreads").intValue()).isZero();
    }

    @Test
    void whatWasLeftOutIsToldToItsCreator() {
        var made = create("'name':'New','parentId':null").at("/created/n");
        assertThat(made.get("id").textValue()).startsWith("m");
        assertThat(made.get("sortOrder").intValue()).isZero();
        assertThat(made.get("isSubscribed").booleanValue()).isTrue();
        assertThat(made.has("name")).isFalse();
        assertThat(made.get("totalEmails").intValue()).isZero();
        assertThat(made.at("/myRights/mayDelete").booleanValue()).isTrue();
    }

    @Test
    void aChildMayBeCreatedWithItsParentInOneCallInAnyOrder() {
        var set = house.call(
                "Mailbox/set",
                "'create':{'c':{'name':'Child','parentId':'#b'},'b':{'name':'Below','parentId':'#a'},'a':{'name':'Above'}}");
        assertThat(set.get("notCreated").isNull()).isTrue();
        assertThat(get(set.at("/created/c/id").textValue()).get("parentId")).isEqualTo(set.at("/created/b/id"));
    }

    @Test
    void mailboxesThatNeedOneAnotherAreRefused() {
        var set = house.call(
                "Mailbox/set", "'create':{'a':{'name':'A','parentId':'#b'},'b':{'name':'B','parentId':'#a'}}");
        assertThat(set.at("/notCreated/a/type").textValue()).isEqualTo("invalidProperties");
        assertThat(set.at("/notCreated/b/type").textValue()).isEqualTo("invalidProperties");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'name':''|name",
                "'name':'a/b'|name",
                "'name':5|name",
                "'role':null|name",
                "'name':'x','parentId':'mzzz'|parentId",
                "'name':'x','parentId':'e1'|parentId",
                "'name':'x','parentId':7|parentId",
                "'name':'x','role':'nonsense'|role",
                "'name':'x','role':'inbox'|role",
                "'name':'x','sortOrder':-1|sortOrder",
                "'name':'x','sortOrder':2147483648|sortOrder",
                "'name':'x','isSubscribed':'yes'|isSubscribed",
                "'name':'x','totalEmails':0|totalEmails",
                "'name':'x','id':'m1'|id",
                "'name':'x','colour':'red'|colour"
            })
    void whatIsWrongOfANewMailboxIsNamed(String properties, String wrong) {
        var error = create(properties).at("/notCreated/n");
        assertThat(error.get("type").textValue()).isEqualTo("invalidProperties");
        assertThat(texts(error.get("properties"))).containsExactly(wrong);
    }

    @Test
    void siblingsNeverShareAName() {
        var id = made("'name':'Twice'");
        var error = create("'name':'Twice'").at("/notCreated/n");
        assertThat(error.get("type").textValue()).isEqualTo("alreadyExists");
        assertThat(error.get("existingId").textValue()).isEqualTo(id);
        assertThat(create("'name':'Twice','parentId':'" + id + "'")
                        .at("/notCreated")
                        .isNull())
                .isTrue();
    }

    @Test
    void aMailboxIsRenamedMovedOrderedAndUnsubscribed() {
        var a = made("'name':'A'");
        var b = made("'name':'B'");
        var below = made("'name':'Below','parentId':'" + a + "'");
        var set = house.call(
                "Mailbox/set",
                "'update':{'" + a + "':{'name':'Renamed','parentId':'" + b
                        + "','sortOrder':7,'isSubscribed':false,'role':'important'}}");
        assertThat(set.get("updated").has(a)).isTrue();
        var now = get(a);
        assertThat(now.get("name").textValue()).isEqualTo("Renamed");
        assertThat(now.get("parentId").textValue()).isEqualTo(b);
        assertThat(now.get("sortOrder").intValue()).isEqualTo(7);
        assertThat(now.get("isSubscribed").booleanValue()).isFalse();
        assertThat(now.get("role").textValue()).isEqualTo("important");
        assertThat(get(below).get("parentId").textValue()).isEqualTo(a);
        house.call("Mailbox/set", "'update':{'" + a + "':{'role':null,'parentId':null}}");
        assertThat(get(a).get("role").isNull()).isTrue();
        assertThat(get(a).get("parentId").isNull()).isTrue();
    }

    private String path(String id) {
        var box = get(id);
        var parent = box.get("parentId");
        return (parent.isNull() ? "" : path(parent.textValue()) + "/")
                + box.get("name").textValue();
    }

    /** RFC 8620 §5.3: the final state counts, also where every order of the single updates would be refused. */
    @Test
    void mailboxesSwapTheirNames() {
        var a = made("'name':'A'");
        var below = made("'name':'Below','parentId':'" + a + "'");
        var b = made("'name':'B'");
        var set = house.call(
                "Mailbox/set",
                "'update':{'" + a + "':{'name':'B','sortOrder':1},'" + b + "':{'name':'A','sortOrder':2}}");
        assertThat(set.get("notUpdated").isNull()).as(set.toString()).isTrue();
        assertThat(List.of(path(a), path(below), path(b))).containsExactly("B", "B/Below", "A");
        assertThat(get(a).get("sortOrder").intValue()).isEqualTo(1);
    }

    @Test
    void namesGoOnInChainsAndCircles() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            ids.add(made("'name':'N" + i + "'"));
        }
        house.call(
                "Mailbox/set",
                "'update':{'" + ids.get(0) + "':{'name':'N1'},'" + ids.get(1) + "':{'name':'N2'},'" + ids.get(2)
                        + "':{'name':'N0'},'" + ids.get(3) + "':{'name':'N4'},'" + ids.get(4) + "':{'name':'N5'}}");
        assertThat(ids.stream().map(this::path)).containsExactly("N1", "N2", "N0", "N4", "N5");
    }

    @Test
    void aParentAndItsChildChangePlaces() {
        var parent = made("'name':'Parent'");
        var child = made("'name':'Child','parentId':'" + parent + "'");
        var set = house.call(
                "Mailbox/set",
                "'update':{'" + parent + "':{'parentId':'" + child + "'},'" + child + "':{'parentId':null}}");
        assertThat(set.get("notUpdated").isNull()).as(set.toString()).isTrue();
        assertThat(List.of(path(parent), path(child))).containsExactly("Child/Parent", "Child");
    }

    @Test
    void aCircleWithSomethingThatKeepsItsNameTurnsNotAtAll() {
        var a = made("'name':'A'");
        var inbox = house.mailboxNamed("INBOX");
        var set = house.call("Mailbox/set", "'update':{'" + a + "':{'name':'INBOX'},'" + inbox + "':{'name':'A'}}");
        assertThat(set.at("/notUpdated/" + a + "/type").textValue()).isEqualTo("alreadyExists");
        assertThat(set.at("/notUpdated/" + inbox + "/type").textValue()).isEqualTo("forbidden");
        assertThat(List.of(path(a), path(inbox))).containsExactly("A", "INBOX");
        assertThat(house.call("Mailbox/query", "").get("ids")).hasSize(7);
    }

    @Test
    void aNameIsFreeForWhoeverComesWhenItsMailboxGoes() {
        var old = made("'name':'Place'");
        var other = made("'name':'Other'");
        var set = house.call(
                "Mailbox/set",
                "'create':{'c':{'name':'Child','parentId':'#n'},'n':{'name':'Other'}},'update':{'" + other
                        + "':{'name':'Place'}},'destroy':['" + old + "']");
        assertThat(set.get("notCreated").isNull()).as(set.toString()).isTrue();
        assertThat(set.get("notUpdated").isNull()).as(set.toString()).isTrue();
        assertThat(path(other)).isEqualTo("Place");
        assertThat(path(set.at("/created/c/id").textValue())).isEqualTo("Other/Child");
    }

    @Test
    void aWholeObjectIsAValidPatch() {
        var id = made("'name':'Whole'");
        var whole = get(id).toString();
        var set = house.call("Mailbox/set", "'update':{'" + id + "':" + whole + "}");
        assertThat(set.get("notUpdated").isNull()).isTrue();
        assertThat(set.get("newState")).isEqualTo(set.get("oldState"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'totalEmails':5|invalidProperties",
                "'myRights/mayDelete':false|invalidProperties",
                "'nothing':1|invalidProperties",
                "'name/x':1|invalidPatch",
                "'name':null|invalidProperties",
                "'~2':1|invalidPatch",
                "'myRights':{},'myRights/mayDelete':false|invalidPatch"
            })
    void patchesFollowTheRules(String patch, String type) {
        var id = made("'name':'Patched'");
        var set = house.call("Mailbox/set", "'update':{'" + id + "':{" + patch + "}}");
        assertThat(set.at("/notUpdated/" + id + "/type").textValue()).isEqualTo(type);
        assertThat(set.get("updated").isNull()).isTrue();
    }

    @Test
    void aMailboxNeverStandsBelowItself() {
        var a = made("'name':'A'");
        var b = made("'name':'B','parentId':'" + a + "'");
        var set = house.call("Mailbox/set", "'update':{'" + a + "':{'parentId':'" + b + "'}}");
        assertThat(set.at("/notUpdated/" + a + "/properties/0").textValue()).isEqualTo("parentId");
    }

    @Test
    void theInboxKeepsItsNameAndStays() {
        var inbox = house.mailboxNamed("INBOX");
        var set = house.call("Mailbox/set", "'update':{'" + inbox + "':{'name':'Other'}},'destroy':['" + inbox + "x']");
        assertThat(set.at("/notUpdated/" + inbox + "/type").textValue()).isEqualTo("forbidden");
        assertThat(house.call("Mailbox/set", "'destroy':['" + inbox + "']")
                        .at("/notDestroyed/" + inbox + "/type")
                        .textValue())
                .isEqualTo("forbidden");
    }

    @Test
    void aMailboxWithEmailsIsDestroyedOnlyWithThem() {
        var id = made("'name':'Full'");
        var email = house.mail(message("Hi"), "Full");
        assertThat(house.call("Mailbox/set", "'destroy':['" + id + "']")
                        .at("/notDestroyed/" + id + "/type")
                        .textValue())
                .isEqualTo("mailboxHasEmail");
        var set = house.call("Mailbox/set", "'destroy':['" + id + "'],'onDestroyRemoveEmails':true");
        assertThat(texts(set.get("destroyed"))).containsExactly(id);
        assertThat(texts(house.call("Email/get", "'ids':['" + email + "']").get("notFound")))
                .containsExactly(email);
    }

    @Test
    void aParentGoesWithItsChildrenOrNotAtAll() {
        var parent = made("'name':'Parent'");
        var child = made("'name':'Child','parentId':'" + parent + "'");
        assertThat(house.call("Mailbox/set", "'destroy':['" + parent + "'],'onDestroyRemoveEmails':true")
                        .at("/notDestroyed/" + parent + "/type")
                        .textValue())
                .isEqualTo("mailboxHasChild");
        var set = house.call("Mailbox/set", "'destroy':['" + parent + "','" + child + "']");
        assertThat(texts(set.get("destroyed"))).containsExactlyInAnyOrder(parent, child);
    }

    @Test
    void changesTellWhetherOnlyCountsChanged() {
        var state = house.call("Mailbox/get", "'ids':[]").get("state").textValue();
        house.mail(message("Hi"));
        var changes = house.call("Mailbox/changes", "'sinceState':'" + state + "'");
        assertThat(texts(changes.get("updated"))).containsExactly(house.mailboxNamed("INBOX"));
        assertThat(texts(changes.get("updatedProperties")))
                .containsExactly("totalEmails", "unreadEmails", "totalThreads", "unreadThreads");
        var id = made("'name':'A'");
        house.call("Mailbox/set", "'update':{'" + house.mailboxNamed("Junk") + "':{'name':'Spam'}}");
        changes = house.call("Mailbox/changes", "'sinceState':'" + state + "'");
        assertThat(texts(changes.get("created"))).containsExactly(id);
        assertThat(changes.get("updatedProperties").isNull()).isTrue();
        assertThat(changes.get("hasMoreChanges").booleanValue()).isFalse();
    }

    /** RFC 8620 §5.2: never more than maxChanges, and nothing is lost on the way. */
    @Test
    void changesComeInPagesOfAnySize() {
        var state = house.call("Mailbox/get", "'ids':[]").get("state").textValue();
        var made = new TreeSet<String>();
        for (int i = 0; i < 7; i++) {
            made.add(made("'name':'M" + i + "'"));
        }
        var told = new TreeSet<String>();
        boolean more = true;
        while (more) {
            var changes = house.call("Mailbox/changes", "'sinceState':'" + state + "','maxChanges':2");
            assertThat(changes.get("created").size()
                            + changes.get("updated").size()
                            + changes.get("destroyed").size())
                    .isBetween(1, 2);
            told.addAll(texts(changes.get("created")));
            state = changes.get("newState").textValue();
            more = changes.get("hasMoreChanges").booleanValue();
        }
        assertThat(told).isEqualTo(made);
        assertThat(house.call("Mailbox/get", "'ids':[]").get("state").textValue())
                .isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({"99999999", "x", "''", "1-2", "1-x-m", "-5", "007"})
    void statesThatNobodyGaveAreUnknown(String state) {
        assertThat(house.error("Mailbox/changes", "'sinceState':'" + state + "'"))
                .isEqualTo("cannotCalculateChanges");
    }

    private List<String> names(String arguments) {
        var query = house.call("Mailbox/query", arguments);
        var names = new ArrayList<String>();
        texts(query.get("ids")).forEach(id -> names.add(get(id).get("name").textValue()));
        return names;
    }

    @Test
    void mailboxesAreFilteredAndSorted() {
        house.mailbox("b/x");
        house.mailbox("A/y");
        house.mailbox("A/z");
        var a = house.mailboxNamed("A");
        assertThat(names("'filter':{'parentId':'" + a + "'}")).containsExactly("y", "z");
        assertThat(names("'filter':{'parentId':null},'sort':[{'property':'name'}]"))
                .containsExactly("A", "Archive", "b", "Drafts", "INBOX", "Junk", "Sent", "Trash");
        assertThat(names("'filter':{'role':'trash'}")).containsExactly("Trash");
        assertThat(names("'filter':{'hasAnyRole':false},'sort':[{'property':'name','isAscending':false}]"))
                .containsExactly("z", "y", "x", "b", "A");
        assertThat(names("'filter':{'operator':'OR','conditions':[{'name':'Y'},{'role':'sent'}]}"))
                .containsExactlyInAnyOrder("y", "Sent");
        assertThat(names("'filter':{'operator':'NOT','conditions':[{'hasAnyRole':true},{'name':'b'}]},"
                        + "'sort':[{'property':'name'}],'sortAsTree':true"))
                .containsExactly("A", "y", "z", "x");
        assertThat(names("'filter':{'operator':'NOT','conditions':[{'hasAnyRole':true},{'name':'b'}]},"
                        + "'sort':[{'property':'name'}],'sortAsTree':true,'filterAsTree':true"))
                .containsExactly("A", "y", "z");
        assertThat(names("'filter':{'hasAnyRole':false},'sort':[{'property':'name'}],'position':-2,'limit':1"))
                .containsExactly("y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Mailbox/query|'sort':[{'property':'colour'}]|unsupportedSort",
                "Mailbox/query|'sort':[{'property':'name','collation':'i;klingon'}]|unsupportedSort",
                "Mailbox/query|'filter':{'colour':'red'}|invalidArguments",
                "Mailbox/query|'filter':{'operator':'XOR','conditions':[]}|invalidArguments",
                "Mailbox/query|'filter':[]|invalidArguments",
                "Mailbox/query|'limit':-1|invalidArguments",
                "Mailbox/query|'anchor':'mzzzz'|anchorNotFound",
                "Mailbox/get|'properties':['colour']|invalidArguments",
                "Mailbox/get|'ids':['a'],'more':1|invalidArguments",
                "Mailbox/changes|'sinceState':'1','maxChanges':0|invalidArguments",
                "Mailbox/set|'ifInState':'99999'|stateMismatch",
                "Mailbox/set|'create':[]|invalidArguments",
                "Mailbox/set|'update':{'m':5}|invalidArguments"
            })
    void whatCantBeDoneIsRefusedByName(String method, String arguments, String type) {
        assertThat(house.error(method, arguments)).isEqualTo(type);
    }

    @Test
    void queryChangesPutInWhereItStandsNow() {
        var b = made("'name':'B'");
        var query = "'filter':{'hasAnyRole':false},'sort':[{'property':'name'}]";
        var state = house.call("Mailbox/query", query).get("queryState").textValue();
        var none = house.call("Mailbox/queryChanges", query + ",'sinceQueryState':'" + state + "'");
        assertThat(none.get("removed")).isEmpty();
        assertThat(none.get("added")).isEmpty();
        var a = made("'name':'A'");
        house.call("Mailbox/set", "'update':{'" + b + "':{'name':'Z'}}");
        var changes =
                house.call("Mailbox/queryChanges", query + ",'sinceQueryState':'" + state + "','calculateTotal':true");
        assertThat(texts(changes.get("removed"))).contains(b);
        assertThat(changes.get("added"))
                .isEqualTo(json("{'x':[{'id':'" + a + "','index':0},{'id':'" + b + "','index':1}]}")
                        .get("x"));
        assertThat(changes.get("total").intValue()).isEqualTo(2);
        assertThat(house.error("Mailbox/queryChanges", query + ",'sinceQueryState':'" + state + "','maxChanges':1"))
                .isEqualTo("tooManyChanges");
    }
}
