package org.merpati.core.jmap.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.core.jmap.JmapHouse.message;
import static org.merpati.core.jmap.JmapHouse.texts;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.merpati.core.jmap.JmapHouse;

/** RFC 8621 §4.4, §4.5, §5: queries of Emails, their changes, and snippets. */
class EmailQueryTest {
    private final JmapHouse house = JmapHouse.HOUSE;
    private final Map<String, String> names = new LinkedHashMap<>();

    @BeforeEach
    void someMail() {
        house.empty();
        names.clear();
        mail(
                "a",
                1,
                Set.of("$seen"),
                mime("Zara <zara@example.com>", "Alpha report", "The xylophone is here."),
                "INBOX");
        mail(
                "b",
                2,
                Set.of("$flagged"),
                mime("amy@example.com", "Re: beta", "Nothing of note, it's \"odd\"."),
                "INBOX");
        mail("c", 3, Set.of("$seen"), mime("Mike <mike@example.com>", "Gamma", "Fin"), "Archive");
        mail("d", 4, Set.of(), mime("Mike <mike@example.com>", "Gamma", "Conference room"), "INBOX", "Archive");
        mail("e", 5, Set.of("$draft"), attachment(), "Drafts");
    }

    private static String mime(String from, String subject, String text) {
        return "From: " + from + "\nTo: ana@example.org\nCc: carl@example.net\nSubject: " + subject
                + "\nMessage-ID: <" + subject.hashCode() + "@x>\nDate: Fri, 20 Nov 2026 0" + (9 - subject.length() % 5)
                + ":00:00 +0000\nX-Tag: one two\n\n" + text + "\n";
    }

    private static String attachment() {
        return """
                From: Nina <nina@example.com>
                Subject: With file
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=m

                --m
                Content-Type: text/html

                <p title="x">See the <b>fi</b>le</p><script>secret()</script>
                --m
                Content-Type: application/pdf
                Content-Disposition: attachment; filename=a.pdf

                PDF
                --m--
                """;
    }

    private void mail(String name, int minute, Set<String> keywords, String text, String... mailboxes) {
        names.put(house.mail(text, JmapHouse.RECEIVED.plusSeconds(minute * 60L), keywords, mailboxes), name);
    }

    private String id(String name) {
        return names.entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private String found(String arguments) {
        return texts(house.call("Email/query", fill(arguments)).get("ids")).stream()
                .map(id -> names.getOrDefault(id, "?"))
                .collect(Collectors.joining());
    }

    private String fill(String arguments) {
        return arguments
                .replace("{INBOX}", house.mailboxNamed("INBOX"))
                .replace("{Archive}", house.mailboxNamed("Archive"))
                .replace("{Drafts}", house.mailboxNamed("Drafts"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null|edcba",
                "{}|edcba",
                "{'inMailbox':'{INBOX}'}|dba",
                "{'inMailbox':'{Archive}'}|dc",
                "{'inMailbox':'mzzzz'}|``",
                "{'inMailboxOtherThan':['{INBOX}']}|edc",
                "{'inMailboxOtherThan':['{INBOX}','{Archive}']}|e",
                "{'before':'2026-11-20T10:03:00Z'}|ba",
                "{'after':'2026-11-20T10:03:00Z'}|edc",
                "{'minSize':300}|e",
                "{'maxSize':1}|``",
                "{'hasKeyword':'$SEEN'}|ca",
                "{'notKeyword':'$seen'}|edb",
                "{'allInThreadHaveKeyword':'$seen'}|a",
                "{'someInThreadHaveKeyword':'$seen'}|dca",
                "{'noneInThreadHaveKeyword':'$seen'}|eb",
                "{'hasAttachment':true}|e",
                "{'hasAttachment':false}|dcba",
                "{'text':'xylophone'}|a",
                "{'text':'ZARA xylophone'}|a",
                "{'text':'zara conference'}|``",
                "{'text':'carl'}|dcba",
                "{'text':'\\\"xylophone is\\\"'}|a",
                "{'text':'\\\"is xylophone\\\"'}|``",
                "{'text':'is xylophone'}|a",
                "{'text':''}|edcba",
                "{'from':'mike@example.com'}|dc",
                "{'from':'Mike'}|dc",
                "{'to':'ana'}|dcba",
                "{'cc':'carl@example.net'}|dcba",
                "{'bcc':'x'}|``",
                "{'subject':'report alpha'}|a",
                "{'body':'conference room'}|d",
                "{'body':'file'}|e",
                "{'body':'secret'}|``",
                "{'body':'title'}|``",
                "{'header':['X-Tag']}|dcba",
                "{'header':['x-tag','TWO']}|dcba",
                "{'header':['x-tag','three']}|``",
                "{'inMailbox':'{INBOX}','hasKeyword':'$flagged'}|b",
                "{'operator':'AND','conditions':[{'inMailbox':'{INBOX}'},{'inMailbox':'{Archive}'}]}|d",
                "{'operator':'AND','conditions':[{'inMailbox':'{INBOX}'},{'body':'xylophone'}]}|a",
                "{'operator':'OR','conditions':[{'hasKeyword':'$flagged'},{'body':'xylophone'}]}|ba",
                "{'operator':'NOT','conditions':[{'hasKeyword':'$flagged'},{'body':'xylophone'}]}|edc",
                "{'operator':'NOT','conditions':[{'inMailbox':'{INBOX}'}]}|ec",
                "{'operator':'OR','conditions':[]}|``",
                "{'operator':'AND','conditions':[{'operator':'NOT','conditions':[{'from':'mike'}]},{'to':'ana'}]}|ba"
            })
    void everyConditionOfTheRfcIsFound(String filter, String expected) {
        assertThat(found("'filter':" + filter)).isEqualTo(expected);
        assertThat(found("'filter':" + filter + ",'sort':[{'property':'receivedAt'}]"))
                .isEqualTo(new StringBuilder(expected).reverse().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'property':'receivedAt'}|abcde",
                "{'property':'receivedAt','isAscending':false}|edcba",
                "{'property':'from'}|bcdea",
                "{'property':'from','isAscending':false}|aedcb",
                "{'property':'from','collation':'i;octet'},{'property':'size'}|cdeab",
                "{'property':'subject'},{'property':'receivedAt'}|abcde",
                "{'property':'hasKeyword','keyword':'$seen','isAscending':false},{'property':'receivedAt'}|acbde",
                "{'property':'allInThreadHaveKeyword','keyword':'$seen'},{'property':'receivedAt'}|bcdea",
                "{'property':'someInThreadHaveKeyword','keyword':'$seen'},{'property':'receivedAt'}|beacd",
                "{'property':'to'},{'property':'receivedAt'}|eabcd",
                "{'property':'sentAt'},{'property':'receivedAt'}|ebacd"
            })
    void everyOrderOfTheRfcIsMade(String sort, String expected) {
        assertThat(found("'sort':[" + sort + "]")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'position':1,'limit':2|dc|1",
                "'position':-2|ba|3",
                "'position':-9|edcba|0",
                "'position':9|``|9",
                "'limit':0|``|0",
                "'anchor':'{c}'|cba|2",
                "'anchor':'{c}','anchorOffset':-1,'limit':2|dc|1",
                "'anchor':'{c}','anchorOffset':-9,'position':4|edcba|0",
                "'anchor':'{c}','anchorOffset':2|a|4",
                "'anchorOffset':3|edcba|0"
            })
    void windowsAreCutByPositionOrAnchor(String arguments, String expected, int position) {
        var filled = arguments.replace("{c}", id("c"));
        for (var filter : List.of("'filter':null", "'filter':{'minSize':0}")) {
            assertThat(found(filter + "," + filled)).isEqualTo(expected);
            var answer = house.call("Email/query", filter + ",'calculateTotal':true," + filled);
            assertThat(answer.get("position").intValue()).isEqualTo(position);
            assertThat(answer.get("total").intValue()).isEqualTo(5);
        }
    }

    @Test
    void aThreadStandsWhereItsFirstEmailIs() {
        assertThat(found("'collapseThreads':true")).isEqualTo("edba");
        assertThat(found("'collapseThreads':true,'sort':[{'property':'receivedAt'}]"))
                .isEqualTo("abce");
        assertThat(found("'collapseThreads':true,'filter':{'hasKeyword':'$seen'}"))
                .isEqualTo("ca");
        assertThat(house.call("Email/query", "'collapseThreads':true,'calculateTotal':true")
                        .get("total")
                        .intValue())
                .isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'filter':{'inMailbox':'e1'}|invalidArguments",
                "'filter':{'before':'yesterday'}|invalidArguments",
                "'filter':{'before':'2026-11-20T10:03:00+01:00'}|invalidArguments",
                "'filter':{'minSize':-1}|invalidArguments",
                "'filter':{'hasKeyword':'a b'}|invalidArguments",
                "'filter':{'header':[]}|invalidArguments",
                "'filter':{'header':['a','b','c']}|invalidArguments",
                "'filter':{'colour':'red'}|invalidArguments",
                "'sort':[{'property':'colour'}]|unsupportedSort",
                "'sort':[{'property':'hasKeyword'}]|invalidArguments",
                "'sort':[{'isAscending':true}]|invalidArguments",
                "'sort':[{'property':'from','collation':'x'}]|unsupportedSort",
                "'anchor':'ezzzz'|anchorNotFound",
                "'position':1.5|invalidArguments",
                "'limit':-1|invalidArguments"
            })
    void whatCantBeAskedIsRefusedByName(String arguments, String type) {
        assertThat(house.error("Email/query", arguments)).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'filter':{'inMailbox':'{INBOX}'},'sort':[{'property':'receivedAt','isAscending':false}]",
                "'filter':null",
                "'filter':{'notKeyword':'$seen'},'sort':[{'property':'from'}]",
                "'filter':{'someInThreadHaveKeyword':'$seen'}",
                "'filter':null,'collapseThreads':true",
                "'sort':[{'property':'someInThreadHaveKeyword','keyword':'$flagged'}]"
            })
    void aClientThatFollowsTheChangesHasTheResult(String query) {
        var filled = fill(query);
        var first = house.call("Email/query", filled);
        var cached = new ArrayList<>(texts(first.get("ids")));
        house.call(
                "Email/set",
                "'update':{'" + id("c") + "':{'keywords/$seen':null,'keywords/$flagged':true},'" + id("b")
                        + "':{'mailboxIds':{'" + house.mailboxNamed("Archive") + "':true}}},'destroy':['" + id("d")
                        + "']");
        mail("f", 6, Set.of(), message("Gamma"), "INBOX");
        mail("g", 0, Set.of("$seen"), mime("Mike <mike@example.com>", "Gamma", "again"), "INBOX");
        var changes = house.call(
                "Email/queryChanges",
                filled + ",'sinceQueryState':'" + first.get("queryState").textValue() + "','calculateTotal':true");
        cached.removeAll(texts(changes.get("removed")));
        for (var added : changes.get("added")) {
            cached.add(added.get("index").intValue(), added.get("id").textValue());
        }
        var now = house.call("Email/query", filled + ",'calculateTotal':true");
        assertThat(cached).isEqualTo(texts(now.get("ids")));
        assertThat(changes.get("total")).isEqualTo(now.get("total"));
        assertThat(changes.get("newQueryState")).isEqualTo(now.get("queryState"));
        assertThat(house.call(
                                "Email/queryChanges",
                                filled + ",'sinceQueryState':'"
                                        + now.get("queryState").textValue() + "'")
                        .get("added"))
                .isEmpty();
    }

    @Test
    void changesOfSearchesInTextsAreNotKnown() {
        var query = house.call("Email/query", "'filter':{'text':'x'}");
        assertThat(query.get("canCalculateChanges").booleanValue()).isFalse();
        assertThat(house.error("Email/queryChanges", "'filter':{'text':'x'},'sinceQueryState':'1'"))
                .isEqualTo("cannotCalculateChanges");
    }

    @Test
    void snippetsMarkWhatWasFound() {
        var snippets = house.call(
                "SearchSnippet/get",
                "'filter':{'operator':'AND','conditions':[{'text':'xylophone alpha'},"
                        + "{'operator':'NOT','conditions':[{'text':'report'}]}]},'emailIds':['" + id("a") + "','"
                        + id("e")
                        + "','ezzzz']");
        assertThat(snippets.at("/list/0/subject").textValue()).isEqualTo("<mark>Alpha</mark> report");
        assertThat(snippets.at("/list/0/preview").textValue()).isEqualTo("The <mark>xylophone</mark> is here.");
        assertThat(snippets.at("/list/1/subject").isNull()).isTrue();
        assertThat(snippets.at("/list/1/preview").isNull()).isTrue();
        assertThat(texts(snippets.get("notFound"))).containsExactly("ezzzz");
        assertThat(house.call("SearchSnippet/get", "'filter':null,'emailIds':[]")
                        .get("notFound")
                        .isNull())
                .isTrue();
    }

    @Test
    void snippetsAreHarmlessAndShort() {
        var highlight = Highlight.of(List.of("needle")).orElseThrow();
        assertThat(highlight.whole("<b> & Needle")).hasValue("&lt;b&gt; &amp; <mark>Needle</mark>");
        var around = highlight
                .around("hay ".repeat(500) + "a <needle> " + "stäck ".repeat(500))
                .orElseThrow();
        assertThat(around).contains("&lt;<mark>needle</mark>&gt;").startsWith("hay ");
        assertThat(around.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(255);
        assertThat(highlight.around("nothing")).isEmpty();
    }
}
