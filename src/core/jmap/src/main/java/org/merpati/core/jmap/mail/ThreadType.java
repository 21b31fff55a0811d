package org.merpati.core.jmap.mail;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.ThreadId;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.ChangingType;
import org.merpati.core.jmap.DataType;
import org.merpati.core.jmap.Properties;
import org.merpati.core.jmap.States;
import org.merpati.core.jmap.View;
import org.merpati.core.store.Emails;
import org.merpati.core.store.Threads;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodException;

/** Thread (RFC 8621 §3). */
final class ThreadType implements DataType<ThreadType.MailThread>, ChangingType {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** @param emails by receivedAt, the oldest first */
    record MailThread(ThreadId id, List<EmailId> emails) {
        MailThread {
            emails = List.copyOf(emails);
        }
    }

    private static final Properties<MailThread> PROPERTIES = new Properties<MailThread>().server("emailIds", thread -> {
        var ids = JSON.arrayNode();
        thread.emails().forEach(id -> ids.add(IdKind.EMAIL.id(id.value())));
        return ids;
    });

    @Override
    public String name() {
        return "Thread";
    }

    @Override
    public View<MailThread> view(Optional<List<String>> properties, Arguments in) throws MethodException {
        return new ThreadView(PROPERTIES.wanted(properties));
    }

    @Override
    public Optional<Delta> changes(Services services, AccountId account, ModSeq since, int limit) {
        return services.get(Threads.class)
                .changes(account, since, limit)
                .map(changes -> new Delta(
                        ids(changes.created()),
                        ids(changes.updated()),
                        ids(changes.destroyed()),
                        changes.state(),
                        changes.more(),
                        JSON.objectNode()));
    }

    private static List<String> ids(List<ThreadId> numbers) {
        return numbers.stream().map(id -> IdKind.THREAD.id(id.value())).toList();
    }

    private record ThreadView(SequencedSet<String> wanted) implements View<MailThread> {
        @Override
        public int page() {
            return Emails.PAGE;
        }

        @Override
        public Loaded<MailThread> load(Services services, AccountId account, List<String> ids) {
            var state = services.get(Emails.class).state(account); // before the records: too old at worst
            var numbers = ids.stream()
                    .map(IdKind.THREAD::parse)
                    .filter(OptionalLong::isPresent)
                    .map(number -> new ThreadId(number.getAsLong()))
                    .toList();
            var threads = new ArrayList<MailThread>();
            services.get(Threads.class)
                    .emails(account, numbers)
                    .forEach((id, emails) -> threads.add(new MailThread(id, emails)));
            return new Loaded<>(threads, States.of(state));
        }

        @Override
        public Optional<List<String>> all(Services services, AccountId account, int limit) {
            var threads = new LongSet();
            for (var index :
                    services.get(Emails.class).indexes(account).mailboxes().values()) {
                for (int place = 0; place < index.size(); place++) {
                    if (!index.deleted(place)) {
                        threads.add(index.thread(place));
                    }
                }
            }
            if (threads.size() > limit) {
                return Optional.empty();
            }
            var ids = new ArrayList<String>();
            for (int place = 0; place < threads.size(); place++) {
                ids.add(IdKind.THREAD.id(threads.get(place)));
            }
            return Optional.of(ids);
        }

        @Override
        public String id(MailThread one) {
            return IdKind.THREAD.id(one.id().value());
        }

        @Override
        public ObjectNode json(MailThread one, Call call) {
            return PROPERTIES.json(id(one), one, wanted);
        }
    }
}
