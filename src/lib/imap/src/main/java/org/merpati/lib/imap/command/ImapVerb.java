package org.merpati.lib.imap.command;

import static org.merpati.lib.imap.command.Effect.SENDS_NEWS;
import static org.merpati.lib.imap.command.Effect.TAKES_AWAY;
import static org.merpati.lib.imap.command.Effect.TAKES_MESSAGES;
import static org.merpati.lib.imap.command.Effect.USES_SEQUENCE_NUMBERS;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;

/** Every command, a row each: its token, its parser, its effects. */
public enum ImapVerb {
    CAPABILITY("CAPABILITY", Capability::parse, SENDS_NEWS),
    NOOP("NOOP", Noop::parse, SENDS_NEWS),
    LOGOUT("LOGOUT", Logout::parse),
    ID("ID", Id::parse, SENDS_NEWS),
    STARTTLS("STARTTLS", StartTls::parse),
    AUTHENTICATE("AUTHENTICATE", Authenticate::parse),
    LOGIN("LOGIN", Login::parse),
    UNAUTHENTICATE("UNAUTHENTICATE", Unauthenticate::parse),
    COMPRESS("COMPRESS", Compress::parse, SENDS_NEWS),
    SELECT("SELECT", Select::parse),
    EXAMINE("EXAMINE", Examine::parse),
    LIST("LIST", ListMailboxes::parse, SENDS_NEWS),
    LSUB("LSUB", ListSubscribed::parse, SENDS_NEWS),
    NAMESPACE("NAMESPACE", Namespace::parse, SENDS_NEWS),
    CREATE("CREATE", Create::parse, SENDS_NEWS),
    DELETE("DELETE", Delete::parse, SENDS_NEWS),
    RENAME("RENAME", Rename::parse, SENDS_NEWS),
    SUBSCRIBE("SUBSCRIBE", Subscribe::parse, SENDS_NEWS),
    UNSUBSCRIBE("UNSUBSCRIBE", Subscribe::parseUnsubscribe, SENDS_NEWS),
    APPEND("APPEND", Append::parse, TAKES_MESSAGES, SENDS_NEWS),
    GETQUOTA("GETQUOTA", QuotaOf::parse, SENDS_NEWS),
    GETQUOTAROOT("GETQUOTAROOT", QuotaRootOf::parse, SENDS_NEWS),
    SETQUOTA("SETQUOTA", SetQuota::parse, SENDS_NEWS),
    GETMETADATA("GETMETADATA", GetMetadata::parse, SENDS_NEWS),
    SETMETADATA("SETMETADATA", SetMetadata::parse, SENDS_NEWS),
    GETJMAPACCESS("GETJMAPACCESS", GetJmapAccess::parse, SENDS_NEWS),
    STATUS("STATUS", StatusOf::parse, SENDS_NEWS),
    ENABLE("ENABLE", Enable::parse, SENDS_NEWS),
    IDLE("IDLE", Idle::parse, SENDS_NEWS),
    NOTIFY("NOTIFY", Notify::parse),
    CLOSE("CLOSE", Close::parse),
    UNSELECT("UNSELECT", Unselect::parse),
    CHECK("CHECK", Check::parse, SENDS_NEWS),
    EXPUNGE("EXPUNGE", Expunge::parse, TAKES_AWAY),
    UID_EXPUNGE("UID EXPUNGE", Expunge::parse, TAKES_AWAY),
    COPY("COPY", Copy::parse, SENDS_NEWS),
    UID_COPY("UID COPY", Copy::parse, SENDS_NEWS),
    MOVE("MOVE", Move::parse, TAKES_AWAY),
    UID_MOVE("UID MOVE", Move::parse, TAKES_AWAY),
    FETCH("FETCH", Fetch::parse, USES_SEQUENCE_NUMBERS, SENDS_NEWS),
    UID_FETCH("UID FETCH", Fetch::parse, SENDS_NEWS),
    STORE("STORE", Store::parse, USES_SEQUENCE_NUMBERS, SENDS_NEWS),
    UID_STORE("UID STORE", Store::parse, SENDS_NEWS),
    REPLACE("REPLACE", Replace::parse, TAKES_MESSAGES, TAKES_AWAY),
    UID_REPLACE("UID REPLACE", Replace::parse, TAKES_MESSAGES, TAKES_AWAY),
    SEARCH("SEARCH", Search::parse, USES_SEQUENCE_NUMBERS, SENDS_NEWS),
    UID_SEARCH("UID SEARCH", Search::parse, SENDS_NEWS),
    SORT("SORT", Sort::parse, USES_SEQUENCE_NUMBERS, SENDS_NEWS),
    UID_SORT("UID SORT", Sort::parse, SENDS_NEWS),
    THREAD("THREAD", ThreadSearch::parse, USES_SEQUENCE_NUMBERS, SENDS_NEWS),
    UID_THREAD("UID THREAD", ThreadSearch::parse, SENDS_NEWS),
    UIDBATCHES("UIDBATCHES", UidBatches::parse, SENDS_NEWS),
    CANCELUPDATE("CANCELUPDATE", CancelUpdate::parse, SENDS_NEWS),
    ESEARCH("ESEARCH", MultiSearch::parse, SENDS_NEWS);

    private static final Map<String, ImapVerb> BY_TOKEN =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ImapVerb::token, Function.identity()));

    private final String token;
    private final Function<CommandReader, ImapCommand> parser;
    private final Set<Effect> effects;

    ImapVerb(String token, Function<CommandReader, ImapCommand> parser, Effect... effects) {
        this.token = token;
        this.parser = parser;
        this.effects = Set.of(effects);
    }

    /** The verb after a tag and its space; UID is part of it. */
    public static ImapVerb read(CommandReader in) {
        int before = in.offset();
        var word = in.word("a command");
        if (word.equals("UID")) {
            word = "UID " + in.space().word("a command");
            in.uids();
        }
        var verb = Optional.ofNullable(BY_TOKEN.get(word));
        return verb.orElseThrow(() -> new ImapSyntaxException("a command of this server", before));
    }

    /** The arguments, up to the command's end. */
    public ImapCommand parse(CommandReader in) {
        return parser.apply(in);
    }

    /** Whether its arguments are sequence numbers, in whose place another verb takes uids (RFC 9586 §3). */
    public boolean takesNumbers() {
        return this != EXPUNGE && BY_TOKEN.containsKey("UID " + token);
    }

    public boolean has(Effect effect) {
        return effects.contains(effect);
    }

    /** As it stands on the wire, in upper case. */
    public String token() {
        return token;
    }
}
