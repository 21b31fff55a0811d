package org.merpati.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.merpati.core.store.Addresses.Refusal;

/** Aliases, lists, the switches of domains, and quotas over HTTP. */
class AddressesTest {
    private static final String ALIAS = "{\"address\":\"Sales@Example.org\",\"account\":\"ANA@example.org\"}";

    private final FakeServer fake = new FakeServer();
    private final Web web = new Web(fake);

    AddressesTest() throws Exception {}

    @BeforeEach
    void people() throws Exception {
        send("POST", "/api/domains", "{\"name\":\"example.org\"}");
        send("POST", "/api/accounts", "{\"address\":\"ana@example.org\",\"password\":\"x\"}");
    }

    @AfterEach
    void close() {
        web.close();
    }

    private int send(String method, String path, String body) throws Exception {
        return web.send(method, path, Web.ADMIN, body).statusCode();
    }

    @Test
    void anAliasIsAddedShownListedAndRemoved() throws Exception {
        var added = web.send("POST", "/api/aliases", Web.OPERATOR, ALIAS);
        assertThat(added.statusCode()).isEqualTo(201);
        assertThat(Web.json(added).get("address").textValue()).isEqualTo("sales@example.org");
        assertThat(Web.json(added).get("account").textValue()).isEqualTo("ana@example.org");
        assertThat(added.headers().firstValue("Location").orElse("")).endsWith("/api/aliases/sales%40example.org");
        assertThat(web.get("/api/aliases/sales@EXAMPLE.org", Web.ADMIN).statusCode())
                .isEqualTo(200);
        assertThat(aliases("")).isEqualTo(1);
        assertThat(aliases("?account=Ana@example.org")).isEqualTo(1);
        assertThat(aliases("?account=bob@example.org")).isZero();
        assertThat(aliases("?domain=example.com")).isZero();
        assertThat(send("GET", "/api/aliases?account=ana", "")).isEqualTo(400);
        assertThat(send("DELETE", "/api/aliases/sales@example.org", "")).isEqualTo(204);
        assertThat(send("DELETE", "/api/aliases/sales@example.org", "")).isEqualTo(404);
        assertThat(send("GET", "/api/aliases/sales", "")).isEqualTo(404);
    }

    private int aliases(String query) throws Exception {
        return Web.json(web.get("/api/aliases" + query, Web.ADMIN))
                .get("aliases")
                .size();
    }

    @Test
    void aListIsAddedFilledShownAndRemoved() throws Exception {
        assertThat(send("POST", "/api/lists", "{\"address\":\"Team@example.org\",\"name\":\"All of us\"}"))
                .isEqualTo(201);
        for (var member : List.of("a", "b", "c")) {
            assertThat(send(
                            "POST",
                            "/api/lists/team@example.org/members",
                            "{\"address\":\"" + member + "@example.org\"}"))
                    .isEqualTo(204);
        }
        assertThat(Web.json(web.get("/api/lists/team@example.org", Web.ADMIN))
                        .get("name")
                        .textValue())
                .isEqualTo("All of us");
        var first = Web.json(web.get("/api/lists/team@example.org/members?limit=2", Web.ADMIN));
        assertThat(first.at("/members/1/address").textValue()).isEqualTo("b@example.org");
        assertThat(first.at("/members/1/kind").textValue()).isEqualTo("account");
        assertThat(first.get("next").textValue()).isEqualTo("b@example.org");
        var second = Web.json(web.get("/api/lists/team@example.org/members?after=b@example.org", Web.ADMIN));
        assertThat(second.get("members")).hasSize(1);
        assertThat(second.has("next")).isFalse();
        assertThat(send("DELETE", "/api/lists/team@example.org/members/b%40example.org", ""))
                .isEqualTo(204);
        assertThat(send("DELETE", "/api/lists/team@example.org/members/b@example.org", ""))
                .isEqualTo(404);
        assertThat(Web.json(web.get("/api/lists?domain=example.org", Web.ADMIN)).get("lists"))
                .hasSize(1);
        assertThat(send("DELETE", "/api/lists/team@example.org", "")).isEqualTo(204);
        assertThat(send("GET", "/api/lists/team@example.org", "")).isEqualTo(404);
        assertThat(send("GET", "/api/lists/team@example.org/members", "")).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "TAKEN, 409, address, already",
        "NO_SUCH_DOMAIN, 422, address, no domain of ours",
        "NO_SUCH_ACCOUNT, 422, account, no account here",
        "NOT_FOUND, 404, '', no such alias",
        "ELSEWHERE, 422, address, other servers",
        "NO_SUCH_ADDRESS, 422, address, add it first",
        "MEMBER_ALREADY, 409, address, already",
        "LOOP, 422, address, in itself",
        "TOO_DEEP, 422, address, 10 deep",
        "TOO_MANY_MEMBERS, 422, address, 10000",
        "IS_CATCH_ALL, 409, '', 'catch-all of example.org, example.com'"
    })
    void everyRefusalSaysWhy(Refusal refusal, int status, String field, String why) throws Exception {
        fake.addresses.refusal = Optional.of(refusal);
        var response = web.send("POST", "/api/aliases", Web.ADMIN, ALIAS);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(Web.json(response).at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(Web.json(response).get("detail").textValue()).contains(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST | /api/aliases | {\"address\":\"a\",\"account\":\"ana@example.org\"} | address",
                "POST | /api/aliases | {\"address\":\"a@example.org\"} | account",
                "POST | /api/lists | {\"address\":\"a@b@\"} | address",
                "POST | /api/lists | {\"address\":\"a@example.org\",\"members\":[]} | members",
                "POST | /api/lists/a@example.org/members | {} | address",
                "PUT | /api/domains/example.org/subaddressing | {\"on\":\"yes\"} | on",
                "PUT | /api/domains/example.org/subaddressing | {} | on",
                "PUT | /api/domains/example.org/catch-all | {\"address\":null} | address",
                "PUT | /api/domains/example.org/catch-all | {\"address\":\"x@example.org\"} | address",
                "PUT | /api/accounts/ana@example.org/quota | {\"size\":-1} | size",
                "PUT | /api/accounts/ana@example.org/quota | {\"size\":1.5} | size",
                "PUT | /api/accounts/ana@example.org/quota | {\"size\":9007199254740992} | size",
                "PUT | /api/accounts/ana@example.org/quota | {\"messages\":\"1\"} | messages",
                "PUT | /api/domains/example.org/quota | {\"octets\":1} | octets"
            })
    void whatIsWrongIsNamedFieldByField(String method, String path, String body, String field) throws Exception {
        var response = web.send(method, path, Web.ADMIN, body);
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(Web.json(response).at("/errors/0/field").asText()).isEqualTo(field);
    }

    @Test
    void aDomainsSwitchesAreSetAndShown() throws Exception {
        var before = Web.json(web.get("/api/domains/example.org", Web.ADMIN));
        assertThat(before.get("subaddressing").booleanValue()).isTrue();
        assertThat(before.get("catchAll").isNull()).isTrue();
        assertThat(send("PUT", "/api/domains/Example.org/subaddressing", "{\"on\":false}"))
                .isEqualTo(204);
        assertThat(send("PUT", "/api/domains/example.org/catch-all", "{\"address\":\"Ana@example.org\"}"))
                .isEqualTo(204);
        var after = Web.json(web.get("/api/domains/example.org", Web.ADMIN));
        assertThat(after.get("subaddressing").booleanValue()).isFalse();
        assertThat(after.get("catchAll").textValue()).isEqualTo("ana@example.org");

        var removal = web.send("DELETE", "/api/accounts/ana@example.org", Web.ADMIN, "");
        assertThat(removal.statusCode()).isEqualTo(409);
        assertThat(Web.json(removal).get("detail").textValue()).contains("catch-all of example.org");
        assertThat(send("DELETE", "/api/domains/example.org/catch-all", "")).isEqualTo(204);
        assertThat(send("DELETE", "/api/accounts/ana@example.org", "")).isEqualTo(204);
        assertThat(send("DELETE", "/api/domains/none.example/catch-all", "")).isEqualTo(404);
        assertThat(send("PUT", "/api/domains/none.example/subaddressing", "{\"on\":true}"))
                .isEqualTo(404);
        assertThat(send("DELETE", "/api/domains/aliases.example", "")).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource({"/api/accounts/ana@example.org/quota, 4711", "/api/domains/example.org/quota, 9999"})
    void quotasAreShownAndSet(String path, long used) throws Exception {
        var before = Web.json(web.get(path, Web.ADMIN));
        assertThat(before.get("usedSize").longValue()).isEqualTo(used);
        assertThat(before.get("usedMessages").longValue()).isPositive();
        assertThat(before.get("size").isNull()).isTrue();
        assertThat(send("PUT", path, "{\"size\":1000,\"messages\":null}")).isEqualTo(204);
        var after = Web.json(web.get(path, Web.ADMIN));
        assertThat(after.get("size").longValue()).isEqualTo(1000);
        assertThat(after.get("messages").isNull()).isTrue();
        assertThat(send("PUT", path.replace("example.org", "none.example"), "{}"))
                .isEqualTo(404);
        assertThat(send("GET", path.replace("example.org", "none.example"), "")).isEqualTo(404);
    }

    @Test
    void nobodyElseAdministersAddresses() throws Exception {
        for (var path : List.of(
                "/api/aliases",
                "/api/lists",
                "/api/lists/team@example.org/members",
                "/api/accounts/ana@example.org/quota",
                "/api/domains/example.org/quota")) {
            assertThat(web.get(path, "").statusCode()).as(path).isEqualTo(401);
            assertThat(web.get(path, Web.ANA).statusCode()).as(path).isEqualTo(403);
        }
    }
}
