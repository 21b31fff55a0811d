package org.merpati.launch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.merpati.core.api.config.ByteSize;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Limits as options give them: a size and a number of messages, each a value, {@code none}, or not given and so kept. */
final class QuotaLimits {
    static final String NONE = "none";

    private final Optional<JsonNode> size;
    private final Optional<JsonNode> messages;

    private interface Parser {
        long parse(String text);
    }

    /** @param sizeOption the options' names, for messages; the texts are empty where an option is not given */
    QuotaLimits(CommandLine commandLine, String sizeOption, String size, String messagesOption, String messages) {
        this.size = limit(
                commandLine,
                sizeOption,
                "a size like 10GB",
                size,
                text -> ByteSize.parse(text).octets());
        this.messages = limit(commandLine, messagesOption, "a whole number", messages, Long::parseUnsignedLong);
    }

    boolean given() {
        return size.isPresent() || messages.isPresent();
    }

    /** @param path of the account or domain */
    void set(ApiClient api, String path) throws IOException {
        var now = api.get(path + "/quota");
        var body = JsonNodeFactory.instance.objectNode();
        body.set("size", size.orElse(now.path("size")));
        body.set("messages", messages.orElse(now.path("messages")));
        api.put(path + "/quota", body);
    }

    /** What is used and allowed, as lines for people. */
    static List<String> lines(JsonNode quota) {
        return List.of(
                "used-size: " + quota.path("usedSize").asText(),
                "used-messages: " + quota.path("usedMessages").asText(),
                "quota-size: " + shown(quota.path("size")),
                "quota-messages: " + shown(quota.path("messages")));
    }

    private static String shown(JsonNode limit) {
        return limit.isNumber() ? limit.asText() : NONE;
    }

    private static Optional<JsonNode> limit(
            CommandLine commandLine, String option, String what, String text, Parser parser) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text.equalsIgnoreCase(NONE)) {
            return Optional.of(JsonNodeFactory.instance.nullNode());
        }
        try {
            long limit = parser.parse(text);
            if (limit >= 0) {
                return Optional.of(JsonNodeFactory.instance.numberNode(limit));
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            // worded below, as a negative number is
        }
        throw new ParameterException(commandLine, option + " is " + what + ", or none: " + text);
    }
}
