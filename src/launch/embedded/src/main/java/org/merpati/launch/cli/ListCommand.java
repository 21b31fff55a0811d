package org.merpati.launch.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code merpati list}: addresses that stand for several others. */
@Command(
        name = "list",
        aliases = "group",
        description =
                "Lists: addresses whose mail goes to all of their members. Members are accounts, aliases and lists"
                        + " here; an account gets a message once, however often it is in.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Example: merpati list add team@example.org --name 'All of us'"
                    + " && merpati list add-member team@example.org anna@example.org bo@example.org"
        })
final class ListCommand extends CommandGroup {
    private static final String LIST = "The list's address, team@example.org.";

    ListCommand() {}

    @Command(
            name = "add",
            description = "Adds a list without members; mail for it is refused until it has some.",
            footer = {"", "Example: merpati list add team@example.org --name 'All of us'"})
    int add(
            @Mixin Options options,
            @Parameters(paramLabel = "LIST", description = LIST) String list,
            @Option(names = "--name", paramLabel = "N", description = "What it is, for people.", defaultValue = "")
                    String name)
            throws IOException {
        var added = api(options).post("/lists", Map.of("address", list, "name", name));
        out("added " + added.path("address").asText(list));
        return 0;
    }

    @Command(
            name = "list",
            description = "Lists the lists of a domain, or of all domains.",
            footer = {"", "Example: merpati list list example.org"})
    int list(
            @Mixin Options options,
            @Parameters(arity = "0..1", paramLabel = "DOMAIN", description = "Only this domain's.", defaultValue = "")
                    String domain)
            throws IOException {
        new Listing(api(options), "/lists?domain=" + ApiClient.segment(domain), "lists", "address").each(list -> {
            var name = list.path("name").asText("");
            out(list.path("address").asText() + (name.isEmpty() ? "" : "  " + name));
        });
        return 0;
    }

    @Command(
            name = "show",
            description = "Shows a list and its members.",
            footer = {"", "Example: merpati list show team@example.org"})
    int show(@Mixin Options options, @Parameters(paramLabel = "LIST", description = LIST) String list)
            throws IOException {
        var api = api(options);
        Listing.fields(api.get(path(list))).forEach(this::out);
        new Listing(api, path(list) + "/members", "members", "address")
                .each(member -> out("  " + member.path("address").asText() + "  "
                        + member.path("kind").asText()));
        return 0;
    }

    @Command(
            name = "remove",
            description = "Removes a list; its members lose nothing.",
            footer = {"", "Example: merpati list remove team@example.org"})
    int remove(@Mixin Options options, @Parameters(paramLabel = "LIST", description = LIST) String list)
            throws IOException {
        api(options).delete(path(list));
        out("removed " + list);
        return 0;
    }

    @Command(
            name = "add-member",
            description =
                    "Puts accounts, aliases or other lists into a list. The first that can't be in it ends the command;"
                            + " those before it are in.",
            footer = {"", "Example: merpati list add-member team@example.org anna@example.org bo@example.org"})
    int addMember(
            @Mixin Options options,
            @Parameters(paramLabel = "LIST", description = LIST) String list,
            @Parameters(arity = "1..*", paramLabel = "MEMBER", description = "An address here, bo@example.org.")
                    List<String> members)
            throws IOException {
        var api = api(options);
        for (var member : members) {
            named(member, () -> api.post(path(list) + "/members", Map.of("address", member)));
            out("added " + member + " to " + list);
        }
        return 0;
    }

    @Command(
            name = "remove-member",
            description = "Takes members out of a list.",
            footer = {"", "Example: merpati list remove-member team@example.org bo@example.org"})
    int removeMember(
            @Mixin Options options,
            @Parameters(paramLabel = "LIST", description = LIST) String list,
            @Parameters(arity = "1..*", paramLabel = "MEMBER", description = "Whom the list has, bo@example.org.")
                    List<String> members)
            throws IOException {
        var api = api(options);
        for (var member : members) {
            named(member, () -> api.delete(path(list) + "/members/" + ApiClient.segment(member)));
            out("removed " + member + " from " + list);
        }
        return 0;
    }

    private interface Request {
        void send() throws IOException;
    }

    /** Says which of several members is the one that is refused. */
    private static void named(String member, Request request) throws IOException {
        try {
            request.send();
        } catch (Refused e) {
            throw new Refused(member + ": " + e.getMessage());
        }
    }

    private static String path(String list) {
        return "/lists/" + ApiClient.segment(list);
    }
}
