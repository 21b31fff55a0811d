package org.merpati.launch.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code merpati account}: the people with mail here. */
@Command(
        name = "account",
        description = "The accounts: who has mail here.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example: merpati account add anna@example.org --name 'Anna A.' --password-stdin < password.txt"})
final class AccountCommand extends CommandGroup {
    private static final String ADDRESS = "The account's address, anna@example.org.";

    AccountCommand() {}

    @Command(name = "add", description = "Adds an account with its mailboxes.")
    int add(
            @Mixin Options options,
            @Mixin NewPassword password,
            @Parameters(paramLabel = "ADDRESS", description = ADDRESS) String address,
            @Option(names = "--name", paramLabel = "N", description = "The person's name.", defaultValue = "")
                    String name)
            throws IOException {
        var api = api(options);
        var account = api.post(
                "/accounts", Map.of("address", address, "name", name, "password", password.read(spec.commandLine())));
        out("added " + account.path("address").asText(address));
        return 0;
    }

    @Command(name = "list", description = "Lists the accounts of a domain, or of all domains.")
    int list(
            @Mixin Options options,
            @Parameters(arity = "0..1", paramLabel = "DOMAIN", description = "Only this domain's.", defaultValue = "")
                    String domain)
            throws IOException {
        var path = domain.isEmpty() ? "/accounts" : "/accounts?domain=" + ApiClient.segment(domain);
        new Listing(api(options), path, "accounts", "address").each(account -> {
            var name = account.path("name").asText("");
            out(account.path("address").asText() + (name.isEmpty() ? "" : "  " + name));
        });
        return 0;
    }

    @Command(name = "show", description = "Shows an account, its aliases, and how much mail it has and may have.")
    int show(@Mixin Options options, @Parameters(paramLabel = "ADDRESS", description = ADDRESS) String address)
            throws IOException {
        var api = api(options);
        Listing.fields(api.get(path(address))).forEach(this::out);
        var aliases = new ArrayList<String>();
        new Listing(api, "/aliases?account=" + ApiClient.segment(address), "aliases", "address")
                .each(alias -> aliases.add(alias.path("address").asText()));
        out("aliases: " + (aliases.isEmpty() ? QuotaLimits.NONE : String.join(", ", aliases)));
        QuotaLimits.lines(api.get(path(address) + "/quota")).forEach(this::out);
        return 0;
    }

    @Command(
            name = "set-quota",
            description =
                    "Limits the mail of an account; what is not given is kept. An account that has more already gets"
                            + " no new mail and loses none.",
            footer = {"", "Example: merpati account set-quota anna@example.org --size 2GB --messages none"})
    int setQuota(
            @Mixin Options options,
            @Parameters(paramLabel = "ADDRESS", description = ADDRESS) String address,
            @Option(
                            names = "--size",
                            paramLabel = "SIZE|none",
                            description = "Size of all its mail, 500MB, 2GB.",
                            defaultValue = "")
                    String size,
            @Option(
                            names = "--messages",
                            paramLabel = "N|none",
                            description = "Number of its messages.",
                            defaultValue = "")
                    String messages)
            throws IOException {
        var limits = new QuotaLimits(spec.commandLine(), "--size", size, "--messages", messages);
        if (!limits.given()) {
            throw new ParameterException(spec.commandLine(), "nothing to set: give --size, --messages or both");
        }
        limits.set(api(options), path(address));
        out("quota of " + address + " set");
        return 0;
    }

    @Command(name = "set-password", description = "Sets an account's password: any that is not empty.")
    int setPassword(
            @Mixin Options options,
            @Mixin NewPassword password,
            @Parameters(paramLabel = "ADDRESS", description = ADDRESS) String address)
            throws IOException {
        api(options).put(path(address) + "/password", Map.of("password", password.read(spec.commandLine())));
        out("password of " + address + " set");
        return 0;
    }

    @Command(
            name = "remove",
            description =
                    "Removes an account with all its mail and its aliases, also from lists. It is gone at once, and its"
                            + " address is free; housekeeping takes its mail away afterwards, a thousand messages at a time.")
    int remove(@Mixin Options options, @Parameters(paramLabel = "ADDRESS", description = ADDRESS) String address)
            throws IOException {
        api(options).delete(path(address));
        out("removed " + address);
        return 0;
    }

    private static String path(String address) {
        return "/accounts/" + ApiClient.segment(address);
    }
}
