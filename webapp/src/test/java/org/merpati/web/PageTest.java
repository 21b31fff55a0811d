package org.merpati.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.session.ListenerInfo;

class PageTest {
    private static FakeServer listening() {
        return new FakeServer()
                .listening(
                        new ListenerInfo("smtp", "10.1.2.3", 40025, "starttls"),
                        new ListenerInfo("imaps", "10.1.2.3", 40993, "implicit"),
                        new ListenerInfo("https", "10.1.2.3", 40443, "implicit"));
    }

    @Test
    void thePageShowsWhatIsOpenAndHowToReachIt() throws Exception {
        try (var web = new Web(listening())) {
            var page = web.plain("/", "").body();
            assertThat(page)
                    .contains("10.1.2.3:40025", "STARTTLS", "curl smtp://127.0.0.1:40025")
                    .contains("imaps://127.0.0.1:40993/INBOX", "https://127.0.0.1:40443/api/domains")
                    .doesNotContain("${");
        }
    }

    @Test
    void strangersSeePortsAndNoAddresses() throws Exception {
        try (var web = new Web(listening().with("hostname", "mail.example.org"))) {
            var page = web.far("/", "").body();
            assertThat(page)
                    .contains("port 40025", "smtp://mail.example.org:40025")
                    .doesNotContain("10.1.2.3");
        }
    }

    @Test
    void withoutAListOfListenersTheSettingsAreShown() throws Exception {
        try (var web = new Web(new FakeServer().with("smtp.port", "2626"))) {
            assertThat(web.plain("/", "").body()).contains("port 2626", "As the settings say");
        }
    }

    @ParameterizedTest
    @CsvSource({"/", "/health/live", "/static/style.css", "/nothing", "/jmap/session"})
    void everyResponseHasTheSecurityHeaders(String path) throws Exception {
        try (var web = new Web(new FakeServer())) {
            var headers = web.get(path, "").headers();
            assertThat(headers.firstValue("Content-Security-Policy").orElse("")).startsWith("default-src 'none'");
            assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
            assertThat(headers.firstValue("Set-Cookie")).isEmpty();
            assertThat(headers.firstValue("Server")).isEmpty();
        }
    }

    @Test
    void thePageNeedsNothingOfOthersAndNothingInline() throws Exception {
        try (var web = new Web(new FakeServer())) {
            assertThat(web.get("/", "").body())
                    .doesNotContain(" style=", "<style", " onclick", "javascript:")
                    .doesNotContainPattern("<script(?! src=\"static/)")
                    .doesNotContainPattern("(src|href)=\"(https?:)?//");
        }
    }

    @Test
    void filesAreKeptByBrowsersAndAskedForByTheirTag() throws Exception {
        try (var web = new Web(new FakeServer())) {
            var file = web.get("/static/style.css", "");
            assertThat(file.headers().firstValue("Content-Type").orElse("")).startsWith("text/css");
            var tag = file.headers().firstValue("ETag").orElseThrow();
            assertThat(web.bytes("/static/style.css", "", "If-None-Match", tag).statusCode())
                    .isEqualTo(304);
            assertThat(web.get("/static/..%2fversion.properties", "").statusCode())
                    .isBetween(400, 404);
            assertThat(web.get("/static/index.html", "").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void healthTellsLiveFromReady() throws Exception {
        var fake = new FakeServer();
        try (var web = new Web(fake)) {
            assertThat(web.plain("/health/ready", "").statusCode()).isEqualTo(200);
            fake.failWith(FailureKind.NO_CONNECTION);
            assertThat(web.plain("/health/live", "").statusCode()).isEqualTo(200);
            var ready = web.plain("/health/ready", "");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).isEqualTo("{\"status\":\"not ready\"}");
        }
    }
}
