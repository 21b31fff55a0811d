package org.merpati.lib.imap.response;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.merpati.lib.imap.Chars;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.NumberRange;
import org.merpati.lib.imap.command.FetchItem;
import org.merpati.lib.mime.view.Section;

/**
 * Writes responses into one buffer that goes out when it is full or {@link #flush} is called. Used by one thread at a time.
 */
public final class ImapWriter implements Responses {
    private static final int SMALL = 512;
    private static final int LARGE = 16_384;
    private static final int LONGEST_QUOTED = 1000;
    /** date-time: the day takes two places, the first a space if need be (RFC 3501 §9, date-day-fixed). */
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern(
                    "ppd-MMM-yyyy HH:mm:ss xx", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final OutputStream out;
    private final StructureWriter structures = new StructureWriter(this);
    private final MailboxWriter mailboxes = new MailboxWriter(this);
    private final SearchWriter searches = new SearchWriter(this);
    private boolean utf8;
    private byte[] buffer = new byte[SMALL];
    private int count;
    private long drained;

    public ImapWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * The item as it goes out, to be sent any number of times: what copying costs instead of writing.
     *
     * @param utf8 whether for clients that read strings {@link #utf8 in UTF-8}
     */
    public static FetchValue.Written written(FetchValue value, boolean utf8) {
        var octets = new ByteArrayOutputStream();
        var writer = new ImapWriter(octets);
        writer.utf8(utf8);
        try {
            writer.value(value);
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("into memory", e);
        }
        return new FetchValue.Written(octets.toByteArray());
    }

    /** From now on mailbox names and strings go out in UTF-8: the client has said that it reads that (RFC 6855 §3). */
    public void utf8(boolean on) {
        utf8 = on;
    }

    /** A response that can't be written (an atom that is none) throws, and leaves nothing of itself behind. */
    @Override
    public void send(Response response) throws IOException {
        int before = count;
        long drainedBefore = drained;
        try {
            write(response);
        } catch (IllegalArgumentException e) {
            if (drained != drainedBefore) {
                throw new IOException("a response was cut: " + e.getMessage(), e);
            }
            count = before;
            throw e;
        }
    }

    private void write(Response response) throws IOException {
        switch (response) {
            case Response.Status status -> status(status);
            case Response.Continue more -> raw("+ ").text(more.text());
            case Response.Capabilities capabilities -> raw("* CAPABILITY").words(capabilities.names());
            case Response.Enabled enabled -> raw("* ENABLED").words(enabled.names());
            case Response.ServerId(var name) ->
                raw("* ID (\"name\" ").string(name).raw(")");
            case MailboxResponse mailbox -> mailboxes.write(mailbox);
            case Response.Flags flags -> raw("* FLAGS ").flags(flags.flags());
            case Response.Exists exists -> raw("* ").number(exists.messages()).raw(" EXISTS");
            case Response.Expunged expunged ->
                raw("* ").number(expunged.sequenceNumber()).raw(" EXPUNGE");
            case Response.Vanished vanished ->
                raw(vanished.earlier() ? "* VANISHED (EARLIER) " : "* VANISHED ")
                        .raw(NumberRange.text(vanished.uids()));
            case Response.UidBatches batches -> batches(batches);
            case Response.Recent recent -> raw("* ").number(recent.messages()).raw(" RECENT");
            case SearchResponse found -> searches.write(found);
            case Fetched fetched -> fetched(fetched);
        }
        raw("\r\n");
    }

    /** Sends what is in the buffer. */
    @Override
    public void flush() throws IOException {
        if (count > 0) {
            drain();
        }
        out.flush();
    }

    /** Gives a large buffer back. Call it before waiting. */
    public void release() {
        if (buffer.length > SMALL && count <= SMALL) {
            buffer = Arrays.copyOf(buffer, SMALL);
        }
    }

    private void status(Response.Status status) throws IOException {
        if (status.tag().isPresent()) {
            var tag = status.tag().get();
            if (tag.isEmpty() || !tag.chars().allMatch(Chars::tag)) {
                throw new IllegalArgumentException("not a tag");
            }
            raw(tag);
        } else {
            raw("*");
        }
        raw(" ").raw(status.kind().name()).raw(" ");
        if (status.code().isPresent()) {
            raw("[").code(status.code().get()).raw("] ");
        }
        text(status.text());
    }

    private ImapWriter code(ResponseCode code) throws IOException {
        return switch (code) {
            case ResponseCode.Plain plain -> raw(plain.name().replace('_', '-'));
            case ResponseCode.AppendUid append ->
                raw("APPENDUID ").number(append.uidValidity()).raw(" ").raw(NumberRange.text(append.uids()));
            case ResponseCode.BadUrl bad -> raw("BADURL ").raw(inCode(bad.url()));
            case ResponseCode.BadCharset bad ->
                raw("BADCHARSET (").list(bad.supported()).raw(")");
            case ResponseCode.BadEvent bad ->
                raw("BADEVENT (").list(bad.supported()).raw(")");
            case ResponseCode.Capability capability -> raw("CAPABILITY").words(capability.names());
            case ResponseCode.MailboxId(var id) -> raw("MAILBOXID (").atom(id).raw(")");
            case ResponseCode.InProgress(var tag, var done, var goal) ->
                (tag.isEmpty() || tag.indexOf(']') >= 0
                                ? raw("INPROGRESS (NIL")
                                : raw("INPROGRESS (").string(tag))
                        .raw(" " + done + " " + goal + ")");
            case ResponseCode.MetadataLongEntries(var octets) ->
                raw("METADATA LONGENTRIES ").number(octets);
            case ResponseCode.MetadataMaxSize(var octets) ->
                raw("METADATA MAXSIZE ").number(octets);
            case ResponseCode.MetadataTooMany tooMany -> raw("METADATA TOOMANY");
            case ResponseCode.NoUpdate(var tag) -> raw("NOUPDATE ").string(tag);
            case ResponseCode.PermanentFlags flags -> raw("PERMANENTFLAGS ").flags(flags.flags());
            case ResponseCode.CopyUid copy ->
                raw("COPYUID ")
                        .number(copy.uidValidity())
                        .raw(" ")
                        .raw(NumberRange.text(copy.from()))
                        .raw(" ")
                        .raw(NumberRange.text(copy.to()));
            case ResponseCode.HighestModSeq highest -> raw("HIGHESTMODSEQ ").number(highest.modSeq());
            case ResponseCode.MessageLimit(var most, var lowest) -> {
                raw("MESSAGELIMIT ").number(most);
                yield lowest.isPresent() ? raw(" ").number(lowest.getAsLong()) : this;
            }
            case ResponseCode.Modified modified -> raw("MODIFIED ").raw(NumberRange.text(modified.messages()));
            case ResponseCode.Unseen unseen -> raw("UNSEEN ").number(unseen.sequenceNumber());
            case ResponseCode.UidNext next -> raw("UIDNEXT ").number(next.uid());
            case ResponseCode.UidValidity validity -> raw("UIDVALIDITY ").number(validity.validity());
        };
    }

    /** Each with both of its ends, of one message too. */
    private void batches(Response.UidBatches batches) throws IOException {
        raw("* UIDBATCHES (TAG ").string(batches.tag()).raw(")");
        char separator = ' ';
        for (var batch : batches.uids()) {
            raw(separator + "" + batch.first() + ":" + batch.last());
            separator = ',';
        }
    }

    /** What can't stand in a response code is percent-encoded, as it may be in a URL. */
    private static String inCode(String url) {
        var out = new StringBuilder();
        for (int at = 0; at < url.length(); at++) {
            char c = url.charAt(at);
            if (c > 0x20 && c < 0x7f && c != ']') {
                out.append(c);
            } else {
                out.append('%').append(String.format(Locale.ROOT, "%02X", c & 0xff));
            }
        }
        return out.toString();
    }

    private void fetched(Fetched fetched) throws IOException {
        raw("* ").number(fetched.number()).raw(fetched.byUid() ? " UIDFETCH (" : " FETCH (");
        var separator = "";
        for (var value : fetched.values()) {
            raw(separator);
            separator = " ";
            value(value);
        }
        raw(")");
    }

    private void value(FetchValue value) throws IOException {
        switch (value) {
            case FetchValue.UidValue uid -> raw("UID ").number(uid.uid());
            case FetchValue.FlagsValue flags -> raw("FLAGS ").flags(flags.flags());
            case FetchValue.ModSeqValue modSeq ->
                raw("MODSEQ (").number(modSeq.modSeq()).raw(")");
            case FetchValue.ObjectId object ->
                raw(object.item().name())
                        .raw(object.id().map(id -> " (" + id + ")").orElse(" NIL"));
            case FetchValue.PreviewValue preview -> raw("PREVIEW ").string(preview.preview());
            case FetchValue.SizeValue size -> raw("RFC822.SIZE ").number(size.octets());
            case FetchValue.InternalDate date ->
                raw("INTERNALDATE \"").raw(dateTime(date.received())).raw("\"");
            case FetchValue.SaveDate date ->
                raw("SAVEDATE ")
                        .raw(date.saved()
                                .map(saved -> "\"" + dateTime(saved) + "\"")
                                .orElse("NIL"));
            case FetchValue.EnvelopeValue envelope -> {
                raw("ENVELOPE ");
                structures.envelope(envelope.envelope());
            }
            case FetchValue.StructureValue structure -> {
                raw(structure.extended() ? "BODYSTRUCTURE " : "BODY ");
                structures.structure(structure.structure(), structure.extended());
            }
            case FetchValue.BodyValue body -> label(body.item()).raw(" ").literal(body.octets(), false);
            case FetchValue.BinaryValue binary -> {
                raw("BINARY[")
                        .path(binary.item().path())
                        .raw("]")
                        .origin(binary.item().partial());
                raw(" ").literal(binary.octets(), binary.nul());
            }
            case FetchValue.BinarySizeValue size ->
                raw("BINARY.SIZE[").path(size.item().path()).raw("] ").number(size.octets());
            case FetchValue.Written written -> raw(written.octets());
        }
    }

    /** The name a body item is answered under; a partial one says where it begins (RFC 3501 §7.4.2). */
    private ImapWriter label(FetchItem.Body item) throws IOException {
        switch (item.form()) {
            case RFC822 -> raw("RFC822");
            case RFC822_HEADER -> raw("RFC822.HEADER");
            case RFC822_TEXT -> raw("RFC822.TEXT");
            case BODY -> raw("BODY[").section(item.section()).raw("]");
        }
        return origin(item.partial());
    }

    private ImapWriter origin(Optional<FetchItem.Partial> partial) throws IOException {
        return partial.isPresent() ? raw("<").number(partial.get().origin()).raw(">") : this;
    }

    private ImapWriter path(List<Integer> path) throws IOException {
        var separator = "";
        for (int number : path) {
            raw(separator).number(number);
            separator = ".";
        }
        return this;
    }

    private ImapWriter section(Section section) throws IOException {
        raw(section.toString());
        if (section.what() instanceof Section.Fields fields) {
            var separator = " (";
            for (var name : fields.names()) {
                raw(separator).astring(name);
                separator = " ";
            }
            raw(")");
        }
        return this;
    }

    /** NIL where there are no octets to speak of. With a NUL among them it takes a literal8 (RFC 3516 §4.3). */
    private void literal(Optional<Octets> octets, boolean nul) throws IOException {
        if (octets.isEmpty()) {
            raw("NIL");
            return;
        }
        raw(nul ? "~" : "");
        literal(octets.get());
    }

    /** The announcement, and then exactly as many octets, straight through the buffer. */
    private void literal(Octets octets) throws IOException {
        raw("{").number(octets.size()).raw("}\r\n");
        long left = octets.size();
        while (left > 0) {
            if (count == buffer.length) {
                growOrDrain();
            }
            int read;
            try {
                read = octets.stream().read(buffer, count, (int) Math.min(left, buffer.length - count));
            } catch (IOException e) {
                throw new CutLiteralException(left, e);
            }
            if (read < 0) {
                throw new CutLiteralException(left, null);
            }
            count += read;
            left -= read;
        }
    }

    static String dateTime(Instant instant) {
        return DATE_TIME.format(instant);
    }

    /** Octets as they are: quoted where that can be, else a literal. */
    ImapWriter nstring(Optional<byte[]> octets) throws IOException {
        if (octets.isPresent()) {
            byte[] bytes = octets.get();
            var text = new String(bytes, StandardCharsets.US_ASCII);
            if (text.length() <= LONGEST_QUOTED && text.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
                return string(text);
            }
        }
        boolean nul = octets.isPresent() && new String(octets.get(), StandardCharsets.ISO_8859_1).indexOf(0) >= 0;
        literal(octets.map(Octets::of), nul);
        return this;
    }

    ImapWriter mailbox(MailboxName name) throws IOException {
        return astring(utf8 ? name.text() : name.encoded());
    }

    ImapWriter astring(String text) throws IOException {
        return !text.isEmpty() && text.chars().allMatch(Chars::astring) ? raw(text) : string(text);
    }

    /** Quoted where that can be, else a literal in UTF-8; what no literal can hold is left out (RFC 9051 §4.3). */
    ImapWriter string(String text) throws IOException {
        if (isPlain(text)) {
            return raw("\"").raw(text).raw("\"");
        }
        if (isQuotable(text)) {
            put((byte) '"');
            for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
                if (octet == '"' || octet == '\\') {
                    put((byte) '\\');
                }
                put(octet);
            }
            put((byte) '"');
            return this;
        }
        byte[] utf8 = text.replace("\0", "").getBytes(StandardCharsets.UTF_8);
        raw("{").number(utf8.length).raw("}\r\n");
        for (byte b : utf8) {
            put(b);
        }
        return this;
    }

    /** Whether it can stand between quotes as it is. */
    private static boolean isPlain(String text) {
        if (text.length() > LONGEST_QUOTED) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private boolean isQuotable(String text) {
        if (text.length() > LONGEST_QUOTED) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == 0x7f || (c > 0x7f && !utf8)) {
                return false;
            }
        }
        return true;
    }

    /** Flags or mailbox attributes in parentheses: each an atom, with a backslash before it or not, or {@code \*}. */
    ImapWriter flags(Collection<String> flags) throws IOException {
        return raw("(").list(flags).raw(")");
    }

    ImapWriter list(Collection<String> atoms) throws IOException {
        var separator = "";
        for (var atom : atoms) {
            raw(separator).atom(atom);
            separator = " ";
        }
        return this;
    }

    ImapWriter words(Collection<String> atoms) throws IOException {
        for (var atom : atoms) {
            raw(" ").atom(atom);
        }
        return this;
    }

    ImapWriter atom(String atom) throws IOException {
        int start = atom.startsWith("\\") ? 1 : 0;
        boolean any = atom.equals("\\*"); // flag-perm
        if (!any && (atom.length() == start || !atom.substring(start).chars().allMatch(Chars::atom))) {
            throw new IllegalArgumentException("not an atom");
        }
        return raw(atom);
    }

    ImapWriter number(long number) throws IOException {
        return raw(Long.toString(number));
    }

    /** Text for people: printable ASCII as it is, anything else as a question mark. */
    private ImapWriter text(String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            put(c >= 0x20 && c < 0x7f ? (byte) c : (byte) '?');
        }
        return this;
    }

    /** ASCII that is known to be right. */
    @SuppressWarnings("deprecation") // the low eight bits of each character, copied at once, are all of ASCII
    ImapWriter raw(String ascii) throws IOException {
        int length = ascii.length();
        for (int at = 0; at < length; ) {
            if (count == buffer.length) {
                growOrDrain();
            }
            int end = Math.min(length, at + buffer.length - count);
            ascii.getBytes(at, end, buffer, count);
            count += end - at;
            at = end;
        }
        return this;
    }

    private void raw(byte[] octets) throws IOException {
        for (int at = 0; at < octets.length; ) {
            if (count == buffer.length) {
                growOrDrain();
            }
            int length = Math.min(octets.length - at, buffer.length - count);
            System.arraycopy(octets, at, buffer, count, length);
            count += length;
            at += length;
        }
    }

    private void put(byte octet) throws IOException {
        if (count == buffer.length) {
            growOrDrain();
        }
        buffer[count++] = octet;
    }

    private void growOrDrain() throws IOException {
        if (buffer.length < LARGE) {
            buffer = Arrays.copyOf(buffer, Math.min(LARGE, buffer.length * 4));
        } else {
            drain();
        }
    }

    private void drain() throws IOException {
        int length = count;
        drained += length;
        count = 0; // also when the write fails: nothing is sent twice
        out.write(buffer, 0, length);
    }
}
