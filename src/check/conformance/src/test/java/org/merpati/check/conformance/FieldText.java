package org.merpati.check.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.merpati.lib.mime.field.Address;
import org.merpati.lib.mime.field.Address.Group;
import org.merpati.lib.mime.field.Address.Mailbox;
import org.merpati.lib.mime.field.ListField;
import org.merpati.lib.mime.field.Parameters;
import org.merpati.lib.mime.field.Received;

/** One text for a value of ours and for the same value in mail-parser's JSON. */
final class FieldText {
    private FieldText() {}

    static String theirAddresses(JsonNode expected) {
        var out = new ArrayList<String>();
        for (var mailbox : expected.path("List")) {
            out.add(theirMailbox(mailbox));
        }
        for (var group : expected.path("Group")) {
            var members = new ArrayList<String>();
            group.path("addresses").forEach(mailbox -> members.add(theirMailbox(mailbox)));
            if (group.path("name").isTextual()) {
                out.add(group.path("name").asText() + ": " + String.join(", ", members) + ";");
            } else {
                out.addAll(members); // those of no group
            }
        }
        return String.join(", ", out);
    }

    private static String theirMailbox(JsonNode mailbox) {
        return mailbox(text(mailbox.path("name")), text(mailbox.path("address")));
    }

    static String addresses(List<Address> addresses) {
        var out = new ArrayList<String>();
        for (var address : addresses) {
            out.add(
                    switch (address) {
                        case Mailbox mailbox -> mailbox(mailbox.name(), mailbox.address());
                        case Group group ->
                            group.name().orElse("") + ": "
                                    + String.join(
                                            ", ",
                                            group.members().stream()
                                                    .map(m -> mailbox(m.name(), m.address()))
                                                    .toList())
                                    + ";";
                    });
        }
        return String.join(", ", out);
    }

    static String actions(List<ListField.Action> actions) {
        var out = new ArrayList<String>();
        for (var action : actions) {
            out.add(mailbox(action.comment(), Optional.of(action.uri())));
        }
        return String.join(", ", out);
    }

    private static String mailbox(Optional<String> name, Optional<String> address) {
        var bracketed = address.map(a -> "<" + a + ">").orElse("");
        return name.map(n -> '"' + n + '"').orElse("") + bracketed;
    }

    /** Parameters sorted; mail-parser keeps languages as parameters, we drop them. */
    static String theirParameters(JsonNode attributes) {
        var sorted = new TreeMap<String, String>();
        for (var attribute : attributes) {
            var name = attribute.isArray()
                    ? attribute.path(0).asText()
                    : attribute.path("name").asText();
            var value = attribute.isArray()
                    ? attribute.path(1).asText()
                    : attribute.path("value").asText();
            if (!name.endsWith("-language")) {
                sorted.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
            }
        }
        return sorted.toString();
    }

    static String parameters(Parameters parameters) {
        var sorted = new TreeMap<String, String>();
        parameters.all().forEach(p -> sorted.put(p.name(), p.value()));
        return sorted.toString();
    }

    static String theirDate(JsonNode date) {
        if (!date.has("year")) {
            return "none";
        }
        int zone = date.path("tz_hour").asInt() * 60 + date.path("tz_minute").asInt();
        return String.format(
                Locale.ROOT,
                "%04d-%02d-%02d %02d:%02d:%02d %s%02d%02d",
                date.path("year").asInt(),
                date.path("month").asInt(),
                date.path("day").asInt(),
                date.path("hour").asInt(),
                date.path("minute").asInt(),
                date.path("second").asInt(),
                date.path("tz_before_gmt").asBoolean() && zone != 0 ? '-' : '+',
                zone / 60,
                zone % 60);
    }

    static String date(Optional<OffsetDateTime> date) {
        return date.map(time -> String.format(
                        Locale.ROOT,
                        "%04d-%02d-%02d %02d:%02d:%02d %s",
                        time.getYear(),
                        time.getMonthValue(),
                        time.getDayOfMonth(),
                        time.getHour(),
                        time.getMinute(),
                        time.getSecond(),
                        zone(time.getOffset())))
                .orElse("none");
    }

    private static String zone(ZoneOffset offset) {
        return offset.equals(ZoneOffset.UTC) ? "+0000" : offset.getId().replace(":", "");
    }

    static String theirTrace(JsonNode r) {
        return trace(
                host(r.path("from")),
                host(r.path("helo")),
                text(r.path("from_iprev")),
                text(r.path("from_ip")),
                host(r.path("by")),
                text(r.path("via")),
                text(r.path("with")).map(word -> word.toUpperCase(Locale.ROOT)),
                text(r.path("id")),
                text(r.path("for_")),
                text(r.path("tls_version")).map(version -> version.replace('_', '.')),
                text(r.path("tls_cipher")),
                theirDate(r.path("date")));
    }

    static String trace(Received r) {
        return trace(
                r.from(),
                r.peer().helo(),
                r.peer().name(),
                r.peer().address().map(FieldText::canonical),
                r.by(),
                r.via(),
                r.with().filter(FieldText::isProtocol),
                r.id(),
                r.recipient(),
                r.tls().version(),
                r.tls().cipher(),
                date(r.date()));
    }

    /** Mail-parser knows a list of protocols and drops other words. */
    private static boolean isProtocol(String word) {
        return word.matches("E?SMTPS?A?|LMTPS?A?|HTTPS?|IMAP|POP3|LOCAL");
    }

    /** RFC 5952, as far as the samples need it. */
    private static String canonical(String address) {
        return address.replaceAll("(?<=:)0+(?=[0-9a-f])", "");
    }

    private static String trace(Object... values) {
        var names =
                List.of("from", "helo", "name", "ip", "by", "via", "with", "id", "for", "version", "cipher", "date");
        var out = new ArrayList<String>();
        for (int i = 0; i < values.length; i++) {
            var value = values[i] instanceof Optional<?> optional ? optional.orElse(null) : values[i];
            if (value != null) {
                out.add(names.get(i) + "=" + value);
            }
        }
        return String.join(" ", out);
    }

    private static Optional<String> host(JsonNode host) {
        return text(host.has("Name") ? host.path("Name") : host.path("IpAddr"));
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
    }
}
