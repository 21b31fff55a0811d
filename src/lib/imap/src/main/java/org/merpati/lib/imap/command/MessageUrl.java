package org.merpati.lib.imap.command;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.mime.view.Section;

/**
 * A message of the session's own server, or a part of one, as a relative IMAP URL: what CATENATE takes (RFC 4469 §3, RFC 5092
 * §7, §11). Leniency: characters that a URL should have percent-encoded may stand for themselves.
 *
 * @param uidValidity empty: any
 * @param length of {@code PARTIAL}, {@link Long#MAX_VALUE} when it has none
 */
public record MessageUrl(
        MailboxName mailbox, OptionalLong uidValidity, long uid, Section section, long origin, long length) {
    private static final Pattern FORM = Pattern.compile(
            "(?:(?<root>/)?(?<mailbox>[^;?#\\x00-\\x1f]+)(?:;UIDVALIDITY=(?<validity>[0-9]{1,10}))?/)?;UID=(?<uid>[0-9]{1,10})"
                    + "(?:/;SECTION=(?<section>[^;?#]+))?(?:/;PARTIAL=(?<origin>[0-9]{1,18})(?:\\.(?<length>[0-9]{1,18}))?)?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");

    /**
     * Empty when it is something else: another server's, with a scheme, a whole mailbox.
     *
     * @param selected the base of what is relative; empty with no mailbox selected
     */
    public static Optional<MessageUrl> parse(String text, Optional<MailboxName> selected) {
        var form = FORM.matcher(text);
        if (text.startsWith("//") || SCHEME.matcher(text).matches() || !form.matches()) {
            return Optional.empty();
        }
        try {
            var mailbox = mailbox(form, selected);
            var section = section(form.group("section"));
            long uid = Long.parseLong(form.group("uid"));
            var length = form.group("length");
            if (mailbox.isEmpty() || uid == 0) {
                return Optional.empty();
            }
            return Optional.of(new MessageUrl(
                    mailbox.get(),
                    number(form.group("validity")),
                    uid,
                    section,
                    number(form.group("origin")).orElse(0),
                    length == null ? Long.MAX_VALUE : Long.parseLong(length)));
        } catch (CharacterCodingException | ImapSyntaxException e) {
            return Optional.empty();
        }
    }

    private static OptionalLong number(@Nullable String digits) {
        return digits == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(digits));
    }

    /** A message alone is one of the selected mailbox; a relative path stands beside that (RFC 3986 §5.2.3). */
    private static Optional<MailboxName> mailbox(Matcher form, Optional<MailboxName> selected)
            throws CharacterCodingException {
        var path = form.group("mailbox");
        if (path == null) {
            return selected;
        }
        var name = text(path);
        if (form.group("root") != null || selected.isEmpty()) {
            return Optional.of(new MailboxName(name));
        }
        var base = selected.get().text();
        return Optional.of(new MailboxName(base.substring(0, base.lastIndexOf('/') + 1) + name));
    }

    private static Section section(@Nullable String encoded) throws CharacterCodingException {
        if (encoded == null) {
            return Section.MESSAGE;
        }
        byte[] octets = (text(encoded) + "]").getBytes(StandardCharsets.UTF_8);
        var in = new CommandReader(octets, 0, octets.length);
        var section = Sections.section(in);
        in.end();
        return section;
    }

    private static String text(String encoded) throws CharacterCodingException {
        var octets = new ByteArrayOutputStream();
        for (int at = 0; at < encoded.length(); at++) {
            char c = encoded.charAt(at);
            int high = c == '%' && at + 2 < encoded.length() ? Character.digit(encoded.charAt(at + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(encoded.charAt(at + 2), 16);
            if (c == '%' && low < 0) {
                throw new CharacterCodingException();
            }
            octets.write(low < 0 ? c : high * 16 + low);
            at += low < 0 ? 0 : 2;
        }
        var decoder = StandardCharsets.UTF_8.newDecoder();
        return decoder.decode(ByteBuffer.wrap(octets.toByteArray())).toString();
    }
}
