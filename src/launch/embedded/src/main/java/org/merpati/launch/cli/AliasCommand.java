package org.merpati.launch.cli;

import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code merpati alias}: other addresses of accounts. */
@Command(
        name = "alias",
        description =
                "Other addresses of accounts: mail for an alias is mail for its account. Nobody signs in with one.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example: merpati alias add sales@example.org anna@example.org"})
final class AliasCommand extends CommandGroup {
    private static final String ALIAS = "The alias, sales@example.org.";

    AliasCommand() {}

    @Command(
            name = "add",
            description = "Adds an alias of an account.",
            footer = {"", "Example: merpati alias add sales@example.org anna@example.org"})
    int add(
            @Mixin Options options,
            @Parameters(paramLabel = "ALIAS", description = ALIAS) String alias,
            @Parameters(paramLabel = "ACCOUNT", description = "Whose mail it is, anna@example.org.") String account)
            throws IOException {
        var added = api(options).post("/aliases", Map.of("address", alias, "account", account));
        out("added " + added.path("address").asText(alias) + " -> "
                + added.path("account").asText(account));
        return 0;
    }

    @Command(
            name = "list",
            description = "Lists the aliases of a domain, or of all domains.",
            footer = {"", "Example: merpati alias list example.org --account anna@example.org"})
    int list(
            @Mixin Options options,
            @Parameters(arity = "0..1", paramLabel = "DOMAIN", description = "Only this domain's.", defaultValue = "")
                    String domain,
            @Option(
                            names = "--account",
                            paramLabel = "ADDRESS",
                            description = "Only this account's.",
                            defaultValue = "")
                    String account)
            throws IOException {
        var path = "/aliases?domain=" + ApiClient.segment(domain) + "&account=" + ApiClient.segment(account);
        new Listing(api(options), path, "aliases", "address")
                .each(alias -> out(alias.path("address").asText() + " -> "
                        + alias.path("account").asText()));
        return 0;
    }

    @Command(
            name = "remove",
            description = "Removes an alias, also from lists; the account stays.",
            footer = {"", "Example: merpati alias remove sales@example.org"})
    int remove(@Mixin Options options, @Parameters(paramLabel = "ALIAS", description = ALIAS) String alias)
            throws IOException {
        api(options).delete("/aliases/" + ApiClient.segment(alias));
        out("removed " + alias);
        return 0;
    }
}
