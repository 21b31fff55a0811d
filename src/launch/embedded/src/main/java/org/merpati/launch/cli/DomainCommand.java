package org.merpati.launch.cli;

import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code merpati domain}: the domains that the server takes mail for. */
@Command(
        name = "domain",
        description = "The domains that the server takes mail for.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example: merpati domain add example.org"})
final class DomainCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help and exits.")
    boolean help;

    @Spec
    CommandSpec spec;

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
        Listing.fields(api(options).get("/domains/" + ApiClient.segment(name))).forEach(this::out);
        return 0;
    }

    @Command(name = "remove", description = "Removes a domain that has no accounts.")
    int remove(@Mixin Options options, @Parameters(paramLabel = "NAME", description = "The domain's name.") String name)
            throws IOException {
        api(options).delete("/domains/" + ApiClient.segment(name));
        out("removed " + name);
        return 0;
    }

    private static ApiClient api(Options options) throws IOException {
        return ApiClient.to(options.folder());
    }

    private void out(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
