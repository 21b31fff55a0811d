package org.merpati.launch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code merpati check}: whether the store of the running server is what it must be. */
@Command(
        name = "check",
        description = {
            "Checks the store of the running server: counters, uids, change log, mailboxes, emails, threads and blobs must"
                    + " agree. It works beside the server's other work.",
            "",
            "Exits with 0 when nothing is wrong, or all of it is repaired."
        },
        footer = {"", "Example: merpati check --deep"})
final class CheckCommand implements Callable<Integer> {
    @Mixin
    Options options = new Options();

    @Option(
            names = "--repair",
            description = "Puts right what follows from other rows, under each account's lock. Damaged messages are"
                    + " reported and never removed.")
    boolean repair;

    @Option(names = "--deep", description = "Reads every octet of every message and compares it with its SHA-256.")
    boolean deep;

    @Option(names = "--json", description = "Prints findings and summary as JSON objects, one a line.")
    boolean json;

    @Spec
    CommandSpec spec;

    private @Nullable JsonNode summary;

    CheckCommand() {}

    @Override
    public Integer call() throws IOException {
        var body = JsonNodeFactory.instance.objectNode().put("repair", repair).put("deep", deep);
        ApiClient.to(options.folder()).lines("/check", body, this::take);
        return summary != null && summary.path("clean").asBoolean() ? 0 : 1;
    }

    /** True when that was the last line. */
    private boolean take(JsonNode line) {
        if (line.has("error")) {
            throw new Refused(line.path("error").path("detail").asText());
        }
        if (line.has("progress")) {
            say(counts(line.path("progress")));
        } else if (line.has("finding")) {
            out(json ? line.toString() : words((ObjectNode) line.path("finding")));
        } else if (line.has("summary")) {
            summary = line.path("summary");
            waiting(summary);
            out(json ? line.toString() : counts(summary));
            return true;
        }
        return false;
    }

    /** What housekeeping will do. */
    private void waiting(JsonNode counted) {
        if (counted.path("unusedBlobs").asLong() > 0) {
            say(counted.path("unusedBlobs").asText() + " blobs of "
                    + counted.path("unusedOctets").asText() + " octets wait to be collected");
        }
        if (counted.path("removedAccounts").asLong() > 0) {
            say(counted.path("removedAccounts").asText()
                    + " removed accounts wait until housekeeping has cleared away what they had");
        }
        if (counted.path("deadOctets").asLong() > 0) {
            say(counted.path("deadOctets").asText()
                    + " octets in segments are dead; housekeeping moves together what is"
                    + " left of a segment when that is less than half");
        }
        if (counted.path("orphanedSegments").asLong() > 0) {
            say(counted.path("orphanedSegments").asText() + " segments hold nothing that is named; housekeeping removes"
                    + " them when they are a day old");
        }
    }

    private void say(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }

    private static String words(ObjectNode finding) {
        var account = finding.path("account").asText();
        return finding.path("kind").asText() + ": " + (account.isEmpty() ? "" : account + ": ")
                + finding.path("what").asText() + ": expected "
                + finding.path("expected").asText() + ", found "
                + finding.path("found").asText()
                + (finding.path("repaired").asBoolean() ? " (repaired)" : "");
    }

    private static String counts(JsonNode progress) {
        return progress.path("accounts").asText() + " accounts, "
                + progress.path("messages").asText() + " messages, "
                + progress.path("blobs").asText() + " blobs checked: "
                + progress.path("findings").asText() + " findings, "
                + progress.path("repaired").asText() + " repaired";
    }

    private void out(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
