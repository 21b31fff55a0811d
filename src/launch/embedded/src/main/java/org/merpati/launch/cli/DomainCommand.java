package org.merpati.launch.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code merpati domain}: the domains that the server takes mail for. */
@Command(
        name = "domain",
        description = "The domains that the server takes mail for.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example: merpati domain add example.org"})
final class DomainCommand extends CommandGroup {
    DomainCommand() {}

    @Command(name = "add", description = "Adds a domain.")
    int add(@Mixin Options options, @Parameters(paramLabel = "NAME", description = "The domain's name.") String name)
            throws IOException {
        var domain = api(options).post("/domains", Map.of("name", name));
        out("added " + domain.path("name").asText(name));
        return 0;
    }

    @Command(name = "list", description = "Lists the domains.")
    int list(@Mixin Options options) throws IOException {
        new Listing(api(options), "/domains", "domains", "name")
                .each(domain -> out(domain.path("name").asText()));
        return 0;
    }

    @Command(name = "show", description = "Shows a domain.")
    int show(@Mixin Options options, @Parameters(paramLabel = "NAME", description = "The domain's name.") String name)
            throws IOException {
        var api = api(options);
        Listing.fields(api.get(path(name))).forEach(this::out);
        QuotaLimits.lines(api.get(path(name) + "/quota")).forEach(this::out);
        return 0;
    }

    @Command(
            name = "set",
            description = "Changes what is given and keeps the rest: subaddressing, the catch-all, the quota of all"
                    + " accounts of the domain together.",
            footer = {
                "",
                "Example: merpati domain set example.org --subaddressing off --catch-all anna@example.org"
                        + " --quota-size 10GB --quota-messages none"
            })
    int set(
            @Mixin Options options,
            @Parameters(paramLabel = "NAME", description = "The domain's name.") String name,
            @Option(
                            names = "--subaddressing",
                            paramLabel = "on|off",
                            description = "Whether mail for anna+anything is mail for anna; on unless it is set.",
                            defaultValue = "")
                    String subaddressing,
            @Option(
                            names = "--catch-all",
                            paramLabel = "ADDRESS|none",
                            description =
                                    "Who takes mail for addresses that there are not: an account, an alias or a list"
                                            + " here; none: it is refused.",
                            defaultValue = "")
                    String catchAll,
            @Option(
                            names = "--quota-size",
                            paramLabel = "SIZE|none",
                            description = "Size of all mail of the domain, 500MB, 10GB.",
                            defaultValue = "")
                    String size,
            @Option(
                            names = "--quota-messages",
                            paramLabel = "N|none",
                            description = "Number of all messages of the domain.",
                            defaultValue = "")
                    String messages)
            throws IOException {
        var limits = new QuotaLimits(spec.commandLine(), "--quota-size", size, "--quota-messages", messages);
        if (!subaddressing.matches("(?i)on|off|")) {
            throw new ParameterException(spec.commandLine(), "--subaddressing is on or off: " + subaddressing);
        }
        if (subaddressing.isEmpty() && catchAll.isEmpty() && !limits.given()) {
            throw new ParameterException(spec.commandLine(), "nothing to set: give at least one option");
        }
        var api = api(options);
        if (!subaddressing.isEmpty()) {
            api.put(path(name) + "/subaddressing", Map.of("on", subaddressing.equalsIgnoreCase("on")));
            out("subaddressing of " + name + " is " + subaddressing.toLowerCase(Locale.ROOT));
        }
        if (catchAll.equalsIgnoreCase(QuotaLimits.NONE)) {
            api.delete(path(name) + "/catch-all");
            out(name + " has no catch-all");
        } else if (!catchAll.isEmpty()) {
            api.put(path(name) + "/catch-all", Map.of("address", catchAll));
            out("catch-all of " + name + " is " + catchAll);
        }
        if (limits.given()) {
            limits.set(api, path(name));
            out("quota of " + name + " set");
        }
        return 0;
    }

    @Command(name = "remove", description = "Removes a domain that has no accounts, aliases and lists.")
    int remove(@Mixin Options options, @Parameters(paramLabel = "NAME", description = "The domain's name.") String name)
            throws IOException {
        api(options).delete(path(name));
        out("removed " + name);
        return 0;
    }

    private static String path(String name) {
        return "/domains/" + ApiClient.segment(name);
    }
}
