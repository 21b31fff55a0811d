package org.merpati.lib.mime.write;

import java.net.IDN;
import java.util.List;
import org.merpati.lib.mime.field.Address;

/** Address lists (RFC 5322 §3.4): names quoted or encoded, domains as A-labels unless the message is in UTF-8 (RFC 6532). */
final class AddressWriter {
    private static final String DEVIATIONS = "\u00df\u03c2\u200c\u200d"; // what IDNA 2003 maps to another name

    private final boolean utf8;
    private final TextWriter text;

    AddressWriter(boolean utf8) {
        this.utf8 = utf8;
        this.text = new TextWriter(utf8);
    }

    void list(FieldLine line, List<? extends Address> addresses) {
        var after = "";
        for (var address : addresses) {
            line.join(after);
            after = ",";
            switch (address) {
                case Address.Mailbox mailbox -> mailbox(line, mailbox);
                case Address.Group group -> group(line, group);
            }
        }
    }

    private void group(FieldLine line, Address.Group group) {
        var name = group.name().orElse("");
        if (name.isEmpty()) {
            list(line, group.members());
            return;
        }
        if (text.phrase(line, name)) {
            line.add(":");
        } else {
            line.join(":");
        }
        list(line, group.members());
        line.join(";");
    }

    private void mailbox(FieldLine line, Address.Mailbox mailbox) {
        var spec = addrSpec(mailbox.address()
                .orElseThrow(() -> new IllegalArgumentException("a mailbox without an address: " + mailbox)));
        var name = mailbox.name().orElse("");
        if (name.isEmpty()) {
            line.add(spec);
        } else {
            text.phrase(line, name);
            line.add('<' + spec + '>');
        }
    }

    private String addrSpec(String address) {
        int at = address.lastIndexOf('@');
        if (at <= 0 || at == address.length() - 1) {
            throw new IllegalArgumentException("not an address: " + Characters.shown(address));
        }
        return localPart(address, address.substring(0, at)) + '@' + domain(address, address.substring(at + 1));
    }

    private String localPart(String address, String local) {
        if (!utf8 && !Characters.isAscii(local)) {
            throw new IllegalArgumentException("the local part is not ASCII, which only a message in UTF-8 can have"
                    + " (RFC 6532): " + Characters.shown(address));
        }
        if (Characters.hasControl(local)) {
            throw new IllegalArgumentException("the local part has a control character: " + Characters.shown(address));
        }
        return Characters.isDotAtom(local) || isQuoted(local) ? local : Characters.quoted(local);
    }

    /** Whether it is one {@code quoted-string} already. */
    private static boolean isQuoted(String local) {
        if (local.length() < 2 || !local.startsWith("\"")) {
            return false;
        }
        int at = 1;
        while (at < local.length() && local.charAt(at) != '"') {
            at += local.charAt(at) == '\\' ? 2 : 1;
        }
        return at == local.length() - 1;
    }

    private String domain(String address, String domain) {
        if (domain.startsWith("[") && domain.endsWith("]") && isLiteral(domain)) {
            return domain;
        }
        var name = utf8 || Characters.isAscii(domain) ? domain : toAscii(address, domain);
        if (!Characters.isDotAtom(name)) {
            throw new IllegalArgumentException("not a domain: " + Characters.shown(address));
        }
        return name;
    }

    private static boolean isLiteral(String domain) {
        return domain.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\')
                && domain.indexOf('[', 1) < 0
                && domain.indexOf(']') == domain.length() - 1;
    }

    /** RFC 5891 §4 for all names but those that the JDK's IDNA 2003 would make another name of. */
    private static String toAscii(String address, String domain) {
        if (domain.chars().anyMatch(c -> DEVIATIONS.indexOf(c) >= 0)) {
            throw new IllegalArgumentException(
                    "this domain has to be given as A-labels (xn--…), since older and newer rules"
                            + " for such names differ: " + Characters.shown(address));
        }
        try {
            return IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a domain: " + Characters.shown(address), e);
        }
    }
}
