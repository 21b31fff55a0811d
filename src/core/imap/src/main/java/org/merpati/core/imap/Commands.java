package org.merpati.core.imap;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.command.AnyStateCommand;
import org.merpati.lib.imap.command.Append;
import org.merpati.lib.imap.command.BeforeLoginCommand;
import org.merpati.lib.imap.command.CancelUpdate;
import org.merpati.lib.imap.command.Capability;
import org.merpati.lib.imap.command.Check;
import org.merpati.lib.imap.command.Close;
import org.merpati.lib.imap.command.Compress;
import org.merpati.lib.imap.command.Copy;
import org.merpati.lib.imap.command.Create;
import org.merpati.lib.imap.command.Delete;
import org.merpati.lib.imap.command.Enable;
import org.merpati.lib.imap.command.Examine;
import org.merpati.lib.imap.command.Expunge;
import org.merpati.lib.imap.command.Feature;
import org.merpati.lib.imap.command.Fetch;
import org.merpati.lib.imap.command.Id;
import org.merpati.lib.imap.command.Idle;
import org.merpati.lib.imap.command.ImapCommand;
import org.merpati.lib.imap.command.Logout;
import org.merpati.lib.imap.command.MailboxCommand;
import org.merpati.lib.imap.command.Move;
import org.merpati.lib.imap.command.MultiSearch;
import org.merpati.lib.imap.command.Noop;
import org.merpati.lib.imap.command.Notify;
import org.merpati.lib.imap.command.Rename;
import org.merpati.lib.imap.command.Replace;
import org.merpati.lib.imap.command.SearchCommand;
import org.merpati.lib.imap.command.Select;
import org.merpati.lib.imap.command.SelectOptions;
import org.merpati.lib.imap.command.SelectedCommand;
import org.merpati.lib.imap.command.SetMetadata;
import org.merpati.lib.imap.command.SignedInCommand;
import org.merpati.lib.imap.command.Store;
import org.merpati.lib.imap.command.Subscribe;
import org.merpati.lib.imap.command.UidBatches;
import org.merpati.lib.imap.command.Unauthenticate;
import org.merpati.lib.imap.command.Unselect;
import org.merpati.lib.imap.response.Response;

/** Who does which command, and in which states it may be given: that is its sealed parent. */
final class Commands {
    private static final Logger LOG = System.getLogger(Commands.class.getName());

    private final Dialogue dialogue;
    private final Entry entry;
    private final Selection selection;
    private final News news;
    private final Uploads uploads;

    Commands(Dialogue dialogue, Entry entry, Selection selection, News news, Uploads uploads) {
        this.dialogue = dialogue;
        this.entry = entry;
        this.selection = selection;
        this.news = news;
        this.uploads = uploads;
    }

    Completion run(ImapCommand command) throws IOException {
        var state = dialogue.state();
        return switch (command) {
            case AnyStateCommand always -> run(always);
            case BeforeLoginCommand before ->
                state instanceof SessionState.BeforeLogin now ? entry.run(before, now) : wrongState("not after login");
            case SignedInCommand signedIn ->
                state instanceof SessionState.SignedIn now ? run(signedIn, now) : wrongState("only after login");
            case SelectedCommand selected ->
                state instanceof SessionState.Selected now
                        ? run(selected, now)
                        : wrongState("only with a mailbox selected");
        };
    }

    private static Completion wrongState(String when) {
        return Completion.bad("That command is valid " + when);
    }

    private Completion run(AnyStateCommand command) throws IOException {
        return switch (command) {
            case Capability capability -> {
                dialogue.out()
                        .send(new Response.Capabilities(
                                dialogue.state() instanceof SessionState.BeforeLogin
                                        ? Capabilities.beforeLogin(dialogue.surroundings(), dialogue.connection())
                                        : Capabilities.afterLogin(dialogue.surroundings())));
                yield Completion.ok("CAPABILITY completed");
            }
            case Noop noop -> Completion.ok("NOOP completed");
            case Id(var fields) -> {
                LOG.log(Level.DEBUG, () -> dialogue.connection().id() + " client: " + ClientName.of(fields));
                dialogue.out().send(new Response.ServerId("Merpati"));
                yield Completion.ok("ID completed");
            }
            case Logout logout -> {
                dialogue.bye(null, "Until next time");
                yield Completion.ok("LOGOUT completed");
            }
        };
    }

    private Completion run(SignedInCommand command, SessionState.SignedIn now) throws IOException {
        return switch (command) {
            case MailboxCommand about -> {
                news.own(names(about));
                var completion = new MailboxesHandler(conversation(now)).run(about);
                if (about instanceof Delete) {
                    selection.removed(now);
                }
                yield completion;
            }
            case Append append -> new AppendHandler(conversation(now), appending(now)).run(append);
            case Enable(var features) -> enable(features);
            case MultiSearch search ->
                new MultiSearchHandler(
                                conversation(now),
                                now instanceof SessionState.Selected(var account, var mailbox)
                                        ? Optional.of(mailbox)
                                        : Optional.empty())
                        .run(search);
            case Notify asked -> news.notify(asked, now);
            case Compress asked -> entry.compress();
            case Unauthenticate asked -> {
                news.close();
                yield entry.unauthenticate();
            }
            case Select(var mailbox, var options) -> select(mailbox, false, options, now);
            case Examine(var mailbox, var options) -> select(mailbox, true, options, now);
            case Idle asked -> news.idle();
        };
    }

    private Completion run(SelectedCommand command, SessionState.Selected now) throws IOException {
        news.look(now);
        return switch (command) {
            case Fetch fetch -> new FetchHandler(conversation(now), now.mailbox()).run(fetch);
            case Replace replace -> new ReplaceHandler(conversation(now), now.mailbox(), appending(now)).run(replace);
            case Store store -> new StoreHandler(conversation(now), now.mailbox()).run(store);
            case Copy copy -> new CopyHandler(conversation(now), now.mailbox()).run(copy);
            case Move move -> new CopyHandler(conversation(now), now.mailbox()).run(move);
            case Expunge expunge -> new ExpungeHandler(conversation(now), now.mailbox()).run(expunge);
            case CancelUpdate cancel -> {
                now.mailbox().contexts().cancel(cancel.tags());
                yield Completion.ok("CANCELUPDATE completed");
            }
            case UidBatches batches -> new UidBatchesHandler(conversation(now), now.mailbox()).run(batches);
            case Check check -> Completion.ok("CHECK completed");
            case SearchCommand search -> new SearchHandler(conversation(now), now.mailbox()).run(search);
            case Close close -> {
                var refused = now.mailbox().readOnly()
                        ? Optional.<Completion>empty()
                        : new ExpungeHandler(conversation(now), now.mailbox()).all();
                selection.unselect(now);
                yield refused.orElse(Completion.ok("CLOSE completed"));
            }
            case Unselect unselect -> {
                selection.unselect(now);
                yield Completion.ok("UNSELECT completed");
            }
        };
    }

    private Completion select(MailboxName name, boolean readOnly, SelectOptions options, SessionState.SignedIn now)
            throws IOException {
        if (options.resync().isPresent() && !dialogue.enabled().has(Feature.QRESYNC)) {
            return Completion.bad("QRESYNC is for those who have enabled it");
        }
        if (options.condstore()) {
            dialogue.enabled().add(Set.of(Feature.CONDSTORE));
        }
        selection.leave(now);
        news.selecting(now);
        return selection.open(name, readOnly, options, now);
    }

    /** What a command changes, as {@link OtherMailboxes#own} takes it. */
    private static List<String> names(MailboxCommand command) {
        return switch (command) {
            case Create create -> List.of(level(create.mailbox()));
            case Delete delete -> List.of(level(delete.mailbox()));
            case Rename rename -> List.of(level(rename.from()), level(rename.to()));
            case Subscribe subscribe -> List.of(level(subscribe.mailbox()));
            case SetMetadata asked ->
                asked.entries().keySet().stream()
                        .map(entry -> OtherMailboxes.annotation(asked.mailbox().text(), entry))
                        .toList();
            default -> List.of();
        };
    }

    private static String level(MailboxName name) {
        var text = name.text();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private Conversation conversation(SessionState.SignedIn now) {
        return dialogue.conversation(now);
    }

    private Appending appending(SessionState.SignedIn now) {
        var selected = now instanceof SessionState.Selected open ? open.mailbox() : null;
        return new Appending(conversation(now), uploads, selected);
    }

    private Completion enable(Set<Feature> features) throws IOException {
        var enabled = dialogue.enabled();
        dialogue.out().send(new Response.Enabled(enabled.add(features)));
        dialogue.out().utf8(enabled.utf8());
        return Completion.ok("ENABLE completed");
    }
}
