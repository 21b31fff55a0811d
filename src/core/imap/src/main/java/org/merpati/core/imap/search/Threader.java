package org.merpati.core.imap.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.merpati.lib.imap.command.ThreadSearch.Algorithm;
import org.merpati.lib.imap.response.Threads;
import org.merpati.lib.imap.response.Threads.Node;

/** Puts the messages that a search has found in threads (RFC 5256 §3). */
public final class Threader {
    private final Finder finder;

    public Threader(Finder finder) {
        this.finder = finder;
    }

    /** @param uids whether the answer is uids */
    public Threads thread(BitSet found, Algorithm algorithm, boolean uids, Progress progress) throws IOException {
        var messages = new ArrayList<ThreadedMessage>();
        finder.each(found, false, progress, candidate -> {
            int index = candidate.index();
            messages.add(ThreadedMessage.of(uids ? finder.view().uid(index) : index + 1, candidate.envelope()));
        });
        return new Threads(
                switch (algorithm) {
                    case ORDEREDSUBJECT -> bySubject(messages);
                    case REFERENCES -> new ReferenceThreads().of(messages);
                });
    }

    static List<Node> bySubject(List<ThreadedMessage> messages) {
        Map<Collation, List<ThreadedMessage>> threads = new LinkedHashMap<>();
        messages.stream()
                .sorted(Comparator.comparingLong(ThreadedMessage::sent))
                .forEach(message -> threads.computeIfAbsent(
                                Collation.of(message.subject().base()), subject -> new ArrayList<>())
                        .add(message));
        return threads.values().stream() // by the first one's date, as that brought the subject in
                .map(thread -> new Node(
                        thread.getFirst().number(),
                        thread.stream()
                                .skip(1)
                                .map(message -> new Node(message.number(), List.of()))
                                .toList()))
                .toList();
    }
}
