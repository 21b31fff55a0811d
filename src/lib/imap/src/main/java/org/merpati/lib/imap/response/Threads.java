package org.merpati.lib.imap.response;

import java.util.List;

/** {@code * THREAD} (RFC 5256 §4). */
public record Threads(List<Node> threads) implements SearchResponse {
    /**
     * A message and its answers.
     *
     * @param number 0 for a message that is not there: then it has at least two answers
     */
    public record Node(long number, List<Node> answers) {
        public Node {
            answers = List.copyOf(answers);
        }
    }

    public Threads {
        threads = List.copyOf(threads);
    }
}
