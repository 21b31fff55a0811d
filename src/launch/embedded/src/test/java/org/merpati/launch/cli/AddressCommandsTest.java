package org.merpati.launch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.launch.MerpatiServer;

/** Aliases, lists, the switches of domains and quotas, each test with a domain of its own on one server. */
class AddressCommandsTest {
    @TempDir
    static Path data;

    private static MerpatiServer server;

    private record Result(int code, String out, String err) {}

    @BeforeAll
    static void start() throws IOException {
        server = MerpatiServer.start(Map.of());
        RunFolder.in(data).announce(RunningServer.here(server, data), server.operatorToken());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Result run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Stream.concat(Arrays.stream(arguments), Stream.of("--data", data.toString()))
                        .toArray(String[]::new));
        return new Result(code, out.toString(), err.toString());
    }

    private static void done(String... arguments) {
        assertThat(run(arguments)).extracting(Result::code, Result::err).containsExactly(0, "");
    }

    private static String err(String... arguments) {
        var result = run(arguments);
        assertThat(result.code()).as("%s", result).isEqualTo(1);
        return result.err();
    }

    private static void people(String domain, String... names) {
        done("domain", "add", domain);
        for (var name : names) {
            done("account", "add", name + "@" + domain, "--password", "x");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alias",
                "alias add",
                "alias list",
                "alias remove",
                "list",
                "list add",
                "list list",
                "list show",
                "list remove",
                "list add-member",
                "list remove-member",
                "domain set",
                "account set-quota"
            })
    void everyCommandExplainsItselfWithAnExample(String command) {
        var help = run(Stream.concat(Arrays.stream(command.split(" ", -1)), Stream.of("--help"))
                .toArray(String[]::new));
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("Usage: merpati " + command).contains("Example: merpati " + command);
    }

    @Test
    void aliasesComeAndGo() {
        people("a.example", "anna", "bo");
        assertThat(run("alias", "add", "Sales@a.example", "anna@a.example").out())
                .isEqualTo("added sales@a.example -> anna@a.example\n");
        done("alias", "add", "info@a.example", "bo@a.example");
        assertThat(run("alias", "list", "a.example").out())
                .isEqualTo("info@a.example -> bo@a.example\nsales@a.example -> anna@a.example\n");
        assertThat(run("alias", "list", "--account", "bo@a.example").out())
                .isEqualTo("info@a.example -> bo@a.example\n");
        assertThat(run("account", "show", "anna@a.example").out())
                .contains("address: anna@a.example\n")
                .contains("aliases: sales@a.example\n")
                .contains("used-size: 0\nused-messages: 0\nquota-size: none\nquota-messages: none\n");
        assertThat(err("alias", "add", "sales@a.example", "bo@a.example")).contains("already");
        assertThat(err("alias", "add", "x@a.example", "nobody@a.example")).contains("account is no account here");
        assertThat(err("alias", "add", "x@elsewhere.example", "bo@a.example")).contains("no domain of ours");
        done("alias", "remove", "sales@a.example");
        assertThat(err("alias", "remove", "sales@a.example")).contains("There is no such alias");
        assertThat(run("account", "show", "anna@a.example").out()).contains("aliases: none\n");
    }

    @Test
    void listsComeAndGo() {
        people("l.example", "anna", "bo");
        assertThat(run("list", "add", "team@l.example", "--name", "All of us").out())
                .isEqualTo("added team@l.example\n");
        done("group", "add", "all@l.example");
        assertThat(run("list", "list", "l.example").out()).isEqualTo("all@l.example\nteam@l.example  All of us\n");
        assertThat(run("list", "add-member", "team@l.example", "anna@l.example", "bo@l.example")
                        .out())
                .isEqualTo("added anna@l.example to team@l.example\nadded bo@l.example to team@l.example\n");
        done("list", "add-member", "all@l.example", "team@l.example");
        assertThat(run("list", "show", "team@l.example").out())
                .contains("name: All of us\n")
                .contains("members: 2\n")
                .endsWith("  anna@l.example  account\n  bo@l.example  account\n");
        assertThat(err("list", "add-member", "team@l.example", "all@l.example"))
                .contains("all@l.example: ")
                .contains("in itself");
        assertThat(err("list", "add-member", "team@l.example", "x@elsewhere.example"))
                .contains("x@elsewhere.example: ")
                .contains("can't send mail on to other servers yet");
        assertThat(err("list", "add-member", "none@l.example", "bo@l.example")).contains("There is no such list");
        done("list", "remove-member", "team@l.example", "bo@l.example");
        assertThat(err("list", "remove-member", "team@l.example", "bo@l.example"))
                .contains("bo@l.example: There is no such member of this list");
        assertThat(err("domain", "remove", "l.example")).contains("accounts");
        done("list", "remove", "team@l.example");
        assertThat(run("list", "show", "all@l.example").out()).contains("members: 0\n");
    }

    @Test
    void aDomainsSwitchesAreSetAndShown() {
        people("s.example", "anna");
        assertThat(run("domain", "show", "s.example").out())
                .contains("subaddressing: on\ncatch-all: none\nused-size: 0\n")
                .contains("quota-size: none\n");
        assertThat(run(
                                "domain",
                                "set",
                                "s.example",
                                "--subaddressing",
                                "off",
                                "--catch-all",
                                "anna@s.example",
                                "--quota-size",
                                "10GB")
                        .code())
                .isZero();
        done("domain", "set", "s.example", "--quota-messages", "5");
        assertThat(run("domain", "show", "s.example").out())
                .contains("subaddressing: off\ncatch-all: anna@s.example\n")
                .contains("quota-size: 10737418240\nquota-messages: 5\n");
        assertThat(err("account", "remove", "anna@s.example")).contains("catch-all of s.example");
        assertThat(err("domain", "set", "s.example", "--catch-all", "nobody@s.example"))
                .contains("no account, alias or list");
        assertThat(err("domain", "set", "none.example", "--subaddressing", "on"))
                .contains("There is no such domain");
        done("domain", "set", "s.example", "--catch-all", "none", "--quota-size", "none");
        assertThat(run("domain", "show", "s.example").out())
                .contains("catch-all: none\n")
                .contains("quota-size: none\nquota-messages: 5\n");
        done("account", "remove", "anna@s.example");
    }

    @Test
    void quotasAreSetAndShown() {
        people("q.example", "anna");
        done("account", "set-quota", "anna@q.example", "--size", "2GB", "--messages", "100");
        done("account", "set-quota", "anna@q.example", "--messages", "none");
        assertThat(run("account", "show", "anna@q.example").out())
                .contains("quota-size: 2147483648\nquota-messages: none\n");
        assertThat(err("account", "set-quota", "nobody@q.example", "--size", "1GB"))
                .contains("There is no such account");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "account set-quota a@q.example",
                "account set-quota a@q.example --size much",
                "account set-quota a@q.example --size 999999999999GB",
                "account set-quota a@q.example --messages -1",
                "account set-quota a@q.example --messages 99999999999999999999",
                "account set-quota a@q.example --messages 18446744073709551615",
                "domain set q.example",
                "domain set q.example --subaddressing maybe",
                "domain set q.example --quota-size -1",
                "list add-member l@q.example"
            })
    void whatIsNotUnderstoodIsAUsageError(String command) {
        var result = run(command.split(" ", -1));
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).isNotEmpty();
    }
}
