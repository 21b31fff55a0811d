package org.merpati.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.merpati.core.api.directory.Secret;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.store.directory.Passwords;

class AdministrationTest {
    private static final String ANA = "{\"address\":\"Ana@Example.org\",\"name\":\"Ana\",\"password\":\"x\"}";

    private final FakeServer fake = new FakeServer();
    private final Web web = new Web(fake);

    AdministrationTest() throws Exception {}

    @AfterEach
    void close() {
        web.close();
    }

    private int post(String path, String body) throws Exception {
        return web.send("POST", path, Web.ADMIN, body).statusCode();
    }

    @Test
    void aDomainIsAddedShownListedAndRemoved() throws Exception {
        var added = web.send("POST", "/api/domains", Web.ADMIN, "{\"name\":\"Exämple.org\"}");
        assertThat(added.statusCode()).isEqualTo(201);
        assertThat(Web.json(added).get("name").textValue()).isEqualTo("xn--exmple-cua.org");
        assertThat(added.headers().firstValue("Location"))
                .hasValue("https://127.0.0.1:" + web.securePort() + "/api/domains/xn--exmple-cua.org");
        assertThat(web.get("/api/domains/XN--EXMPLE-CUA.org", Web.ADMIN).statusCode())
                .isEqualTo(200);
        assertThat(Web.json(web.get("/api/domains", Web.ADMIN)).get("domains")).hasSize(1);
        assertThat(web.send("DELETE", "/api/domains/xn--exmple-cua.org", Web.ADMIN, "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(web.send("DELETE", "/api/domains/xn--exmple-cua.org", Web.ADMIN, "")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void anAccountIsAddedShownAndRemoved() throws Exception {
        post("/api/domains", "{\"name\":\"example.org\"}");
        var added = web.send("POST", "/api/accounts", Web.OPERATOR, ANA);
        assertThat(added.statusCode()).isEqualTo(201);
        assertThat(Web.json(added).get("address").textValue()).isEqualTo("ana@example.org");
        assertThat(added.body()).doesNotContain("password").doesNotContain("argon2");
        assertThat(added.headers().firstValue("Location").orElse("")).endsWith("/api/accounts/ana%40example.org");
        assertThat(web.get("/api/accounts/ana%40example.org", Web.ADMIN).statusCode())
                .isEqualTo(200);
        assertThat(web.get("/api/accounts/ana@example.org", Web.ADMIN).statusCode())
                .isEqualTo(200);
        assertThat(web.send("DELETE", "/api/domains/example.org", Web.ADMIN, "").statusCode())
                .isEqualTo(409);
        assertThat(web.send("DELETE", "/api/accounts/ana@example.org", Web.ADMIN, "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(web.get("/api/accounts/ana@example.org", Web.ADMIN).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aPasswordIsStoredHashedAndCanBeSetAgain() throws Exception {
        var passwords = new Passwords();
        post("/api/domains", "{\"name\":\"example.org\"}");
        post("/api/accounts", ANA);
        assertThat(passwords.matches(Secret.of("x"), fake.store.passwordOf("ana@example.org")))
                .isTrue();
        var set = web.send("PUT", "/api/accounts/ana@example.org/password", Web.ADMIN, "{\"password\":\"ü y\"}");
        assertThat(set.statusCode()).isEqualTo(204);
        assertThat(passwords.matches(Secret.of("ü y"), fake.store.passwordOf("ana@example.org")))
                .isTrue();
        assertThat(web.send("PUT", "/api/accounts/bob@example.org/password", Web.ADMIN, "{\"password\":\"y\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void listsArePaged() throws Exception {
        for (var name : List.of("a.example", "b.example", "c.example")) {
            post("/api/domains", "{\"name\":\"" + name + "\"}");
            post("/api/accounts", "{\"address\":\"x@" + name + "\",\"password\":\"p\"}");
        }
        var first = Web.json(web.get("/api/domains?limit=2", Web.ADMIN));
        assertThat(first.get("next").textValue()).isEqualTo("b.example");
        var second = Web.json(web.get("/api/domains?limit=2&after=b.example", Web.ADMIN));
        assertThat(second.get("domains")).hasSize(1);
        assertThat(second.has("next")).isFalse();
        assertThat(Web.json(web.get("/api/accounts?domain=B.example", Web.ADMIN))
                        .get("accounts"))
                .hasSize(1);
        assertThat(Web.json(web.get("/api/accounts", Web.ADMIN)).get("accounts"))
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/api/domains | {\"name\":\"no domain\"} | 422 | name",
                "/api/domains | {} | 422 | name",
                "/api/domains | {\"name\":1} | 422 | name",
                "/api/domains | {\"name\":\"a.example\",\"colour\":1} | 422 | colour",
                "/api/domains | [] | 400 | ``",
                "/api/domains | { | 400 | ``",
                "/api/accounts | {\"address\":\"ana\",\"password\":\"x\"} | 422 | address",
                "/api/accounts | {\"address\":\"a@none.example\",\"password\":\"x\"} | 422 | address",
                "/api/accounts | {\"address\":\"a@b.example\",\"password\":\"\"} | 422 | password",
                "/api/accounts | {\"address\":\"a@b.example\"} | 422 | password",
                "/api/accounts | {\"address\":\"a@b.example\",\"password\":\"x\",\"name\":\"a\\u0007\"} | 422 | name"
            })
    void whatIsWrongIsNamedFieldByField(String path, String body, int status, String field) throws Exception {
        var response = web.send("POST", path, Web.ADMIN, body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(Web.json(response).at("/errors/0/field").asText()).isEqualTo(field);
    }

    @Test
    void whatIsThereAlreadyIsAConflict() throws Exception {
        post("/api/domains", "{\"name\":\"example.org\"}");
        post("/api/accounts", ANA);
        assertThat(post("/api/domains", "{\"name\":\"EXAMPLE.org\"}")).isEqualTo(409);
        assertThat(post("/api/accounts", ANA)).isEqualTo(409);
    }

    @Test
    void onlyJsonOfAModestSizeIsTaken() throws Exception {
        var uri = web.secureUri("/api/domains");
        for (var type : new String[] {"", "text/plain", "application/x-www-form-urlencoded"}) {
            assertThat(web.send(uri, "POST", Web.ADMIN, type, "{\"name\":\"a.example\"}")
                            .statusCode())
                    .isEqualTo(415);
        }
        assertThat(post("/api/domains", "{\"name\":\"" + "x".repeat(70_000) + "\"}"))
                .isEqualTo(413);
    }

    @Test
    void otherSitesPagesChangeNothing() throws Exception {
        var request = Web.request(
                web.secureUri("/api/domains"), "POST", Web.ADMIN, "application/json", "{\"name\":\"a.example\"}");
        assertThat(web.send(request.header("Sec-Fetch-Site", "cross-site")).statusCode())
                .isEqualTo(403);
        assertThat(fake.store.find("a.example")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"?limit=0", "?limit=501", "?limit=x", "?limit=-1", "?limit=99999999999"})
    void wrongLimitsAreRefused(String query) throws Exception {
        assertThat(web.get("/api/domains" + query, Web.ADMIN).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"NO_SPACE, 507", "UNKNOWN_OUTCOME, 503", "ROLLED_BACK, 503", "BUG, 500"})
    void aStoreThatFailsIsWordedByItsKind(FailureKind kind, int status) throws Exception {
        fake.failWith(kind);
        var response = web.get("/api/domains", Web.OPERATOR);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(Web.json(response).get("status").intValue()).isEqualTo(status);
    }

    @Test
    void unknownAddressesAndMethodsAreProblemsToo() throws Exception {
        var missing = web.get("/api/nothing", Web.ADMIN);
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        var method = web.send("PUT", "/api/domains", Web.ADMIN, "{}");
        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(method.headers().firstValue("Allow").orElse("")).contains("POST");
        assertThat(web.get("/application.wadl", "").statusCode()).isEqualTo(404);
    }

    @Test
    void theServerSaysWhatItIs() throws Exception {
        var server = Web.json(web.get("/api/server", Web.ADMIN));
        assertThat(server.get("home").textValue()).isEqualTo("embedded");
        assertThat(server.get("version").textValue()).matches("[0-9]+\\..*");
        assertThat(server.get("uptimeSeconds").longValue()).isGreaterThanOrEqualTo(0);
    }

    /** What openapi.json says is what there is, and the other way round. */
    @Test
    void theDescriptionListsExactlyWhatAnswers() throws Exception {
        var described = new TreeSet<String>();
        Web.json(web.get("/api/openapi.json", ""))
                .get("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (!method.equals("parameters")) {
                        described.add(method + " " + path.getKey());
                    }
                }));
        var there = new TreeSet<String>();
        for (var resource : new MerpatiApplication().getClasses()) {
            var root = resource.getAnnotation(Path.class);
            if (root != null && root.value().matches("/(api|health).*")) {
                for (var method : resource.getDeclaredMethods()) {
                    for (Annotation annotation : method.getAnnotations()) {
                        if (List.of(GET.class, POST.class, PUT.class, DELETE.class)
                                .contains(annotation.annotationType())) {
                            var sub = method.getAnnotation(Path.class);
                            there.add(
                                    annotation.annotationType().getSimpleName().toLowerCase(Locale.ROOT) + " "
                                            + root.value() + (sub == null ? "" : "/" + sub.value()));
                        }
                    }
                }
            }
        }
        assertThat(described).isEqualTo(there);
        assertThat(new ObjectMapper()
                        .readTree(web.get("/api/openapi.json", "").body())
                        .get("openapi")
                        .textValue())
                .isEqualTo("3.1.0");
    }
}
