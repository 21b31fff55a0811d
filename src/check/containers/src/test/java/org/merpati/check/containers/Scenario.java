package org.merpati.check.containers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.merpati.check.conformance.jmap.Jmap;
import org.merpati.check.conformance.jmap.JmapRules;
import org.merpati.check.containers.fault.FailingCommit;
import org.merpati.check.containers.plugin.RefusingStage;

/** What every home must do, as one story: each test stands on those before it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class Scenario<H extends Home> {
    static final String ANI = "ani@example.org";
    static final String PASSWORD = "kata sandi";
    private static final String RULES = "rules@example.org";
    private static final Pattern TRACE =
            Pattern.compile("(?:(?:Return-Path|Delivered-To|Received):[^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*)+");
    private static final int MB = 1 << 20;

    private final List<byte[]> sent = new ArrayList<>(List.of(
            SampleMessages.ascii("four kilobytes", 4096),
            SampleMessages.eightBit("eight bits"),
            SampleMessages.ascii("thirty megabytes", 30 * MB)));

    H home = unset();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // set before the first test
    private static <T> T unset() {
        return null;
    }

    /** A new home on an empty database, started, with the server in it. */
    abstract H open() throws IOException;

    /** Makes the server one whose marked deliveries fail at their commit; whether that deployed it anew. */
    abstract boolean addFault() throws IOException;

    /** How many idle IMAP connections the home is to hold. */
    abstract int idlers();

    @BeforeAll
    void begin() throws IOException {
        home = open();
        awaitReady();
    }

    @AfterAll
    void end() throws Exception {
        try {
            if (home != null) {
                home.close();
            }
        } finally {
            closeWhatHomeStoodOn();
        }
    }

    void closeWhatHomeStoodOn() throws IOException {
        // most homes stand on nothing else
    }

    final void awaitReady() {
        // not /health/ready: on Payara that address is the server's own
        var anybody = new Web();
        Waiting.untilNothingLacks("Merpati is ready", home.log(), () -> lacking(anybody));
    }

    private List<String> lacking(Web anybody) {
        var lacking = new ArrayList<String>();
        var session = home.https().resolve("/jmap/session");
        int status = anybody.status(session);
        if (status != 401) {
            lacking.add(session + " answers " + status);
        }
        Map.of(
                        "SMTP", home.smtpPort(),
                        "submission", home.submissionPort(),
                        "submissions", home.submissionsPort(),
                        "LMTP", home.lmtpPort(),
                        "IMAPS", home.imapsPort())
                .forEach((name, port) -> {
                    if (!Ports.listens(port)) {
                        lacking.add(name + " on port " + port);
                    }
                });
        return lacking;
    }

    @Test
    @Order(1)
    void anAdministratorAddsDomainAndAccountOnAnEmptyDatabase() throws IOException {
        var admin = new Web("admin", Home.ADMIN_PASSWORD);
        Web.json(admin.post(home.https().resolve("/api/domains"), "{\"name\": \"example.org\"}"));
        Web.json(admin.post(
                home.https().resolve("/api/accounts"),
                "{\"address\": \"" + ANI + "\", \"password\": \"" + PASSWORD + "\"}"));
    }

    @Test
    @Order(2)
    void messagesOfAllKindsAreTaken() throws IOException {
        for (var message : sent) {
            assertThat(deliver(message)).startsWith("250");
        }
    }

    @Test
    @Order(3)
    void messagesAreReadByteForByteOverImap() throws IOException {
        readOverImap();
    }

    private void readOverImap() throws IOException {
        try (var imap = inbox()) {
            for (int i = 0; i < sent.size(); i++) {
                assertSame(sent.get(i), imap.message(i + 1));
            }
            imap.command("LOGOUT");
        }
    }

    @Test
    @Order(4)
    void messagesAreReadByteForByteOverJmap() throws IOException {
        readOverJmap();
    }

    private void readOverJmap() throws IOException {
        var mailbox = JmapMailbox.open(home.https(), ANI, PASSWORD);
        var emails = mailbox.emails();
        assertThat(emails).hasSize(sent.size());
        for (int i = 0; i < sent.size(); i++) {
            var email = emails.get(sent.size() - 1 - i);
            var bytes = mailbox.download(email);
            assertThat(email.path("size").asLong()).isEqualTo(bytes.length);
            assertSame(sent.get(i), bytes);
        }
    }

    @Test
    @Order(5)
    void anIdleClientIsToldOfADelivery() throws IOException {
        try (var imap = inbox()) {
            imap.idle();
            var message = SampleMessages.ascii("wakes the idle", 2000);
            assertThat(deliver(message)).startsWith("250");
            sent.add(message);
            assertThat(imap.await("EXISTS")).isEqualTo("* " + sent.size() + " EXISTS");
            imap.done();
            imap.command("LOGOUT");
        }
    }

    @Test
    @Order(6)
    void aStopEndsIdleConnectionsAndMailIsThereAfterARestart() throws IOException {
        var idle = idle();
        try {
            home.stop();
            assertClosed(idle);
        } finally {
            close(idle);
        }
        assertThat(Ports.listens(home.smtpPort())).isFalse();
        home.start();
        awaitReady();
        readOverImap();
        readOverJmap();
    }

    @Test
    @Order(7)
    void aCommitThatFailsIsATemporaryRefusalAndLeavesNothing() throws IOException {
        redeployUnderIdleClients();
        var before = selected();
        assertThat(deliver(SampleMessages.ascii(FailingCommit.MARK, 3000))).startsWith("4");
        assertThat(selected()).isEqualTo(before);
        var message = SampleMessages.ascii("the next one is fine", 3000);
        assertThat(deliver(message)).startsWith("250");
        sent.add(message);
        readOverImap();
    }

    /** Where nothing is deployed anew they go on. */
    private void redeployUnderIdleClients() throws IOException {
        var idle = idle();
        try {
            boolean redeployed = addFault();
            awaitReady();
            if (redeployed) {
                assertClosed(idle);
            } else {
                for (var imap : idle) {
                    imap.done();
                }
            }
        } finally {
            close(idle);
        }
    }

    /** As many clients in IDLE as the home is to hold. */
    private List<ImapConversation> idle() throws IOException {
        var idle = new ArrayList<ImapConversation>();
        try {
            for (int i = 0; i < idlers(); i++) {
                var imap = inbox();
                idle.add(imap);
                imap.idle();
            }
            return idle;
        } catch (IOException | RuntimeException e) {
            close(idle);
            throw e;
        }
    }

    private static void assertClosed(List<ImapConversation> idle) throws IOException {
        for (var imap : idle) {
            assertThat(imap.untilClosed()).allMatch(line -> line.startsWith("* "));
        }
    }

    private static void close(List<ImapConversation> conversations) throws IOException {
        for (var imap : conversations) {
            imap.close();
        }
    }

    /** What changes with any delivery: EXISTS and UIDNEXT. */
    private List<Long> selected() throws IOException {
        try (var imap = new ImapConversation(home.imapsPort())) {
            imap.command("LOGIN " + ANI + " \"" + PASSWORD + "\"");
            var answer = imap.command("SELECT INBOX");
            return List.of(ImapConversation.number(answer, "EXISTS"), ImapConversation.number(answer, "UIDNEXT"));
        }
    }

    /** What comes last, beside the sessions that still look at what came before it, is what nobody would hear of later. */
    @Test
    @Order(8)
    void parallelDeliveriesAreToldToAllWhoIdle() throws Exception {
        var idle = idle();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            int all = sent.size();
            for (int burst = 0; burst < 25; burst++) {
                var deliveries = new ArrayList<Callable<String>>();
                for (int i = 0; i < (burst == 0 ? 50 : 8); i++) {
                    var message = SampleMessages.ascii("parallel " + burst + "." + i, 5000);
                    deliveries.add(() -> deliver(message));
                }
                for (var reply : threads.invokeAll(deliveries)) {
                    assertThat(reply.get()).startsWith("250");
                }
                all += deliveries.size();
                for (var imap : idle) {
                    imap.await("* " + all + " EXISTS");
                }
            }
        } finally {
            close(idle);
        }
    }

    @Test
    @Order(9)
    void mailForAliasListSubaddressAndCatchAllArrivesOncePerAccount() throws IOException {
        var api = home.https().resolve("/api/");
        var admin = new Web("admin", Home.ADMIN_PASSWORD);
        Web.json(admin.post(api.resolve("domains"), "{\"name\": \"people.example\"}"));
        for (var name : List.of("bima", "citra")) {
            var account = "{\"address\": \"" + name + "@people.example\", \"password\": \"" + PASSWORD + "\"}";
            Web.json(admin.post(api.resolve("accounts"), account));
        }
        Web.json(admin.post(
                api.resolve("aliases"),
                "{\"address\": \"hello@people.example\", \"account\": \"bima@people.example\"}"));
        Web.json(admin.post(api.resolve("lists"), "{\"address\": \"all@people.example\"}"));
        for (var name : List.of("bima", "hello", "citra")) {
            Web.json(admin.post(
                    api.resolve("lists/all@people.example/members"), "{\"address\": \"" + name + "@people.example\"}"));
        }
        Web.json(admin.put(api.resolve("domains/people.example/catch-all"), "{\"address\": \"citra@people.example\"}"));

        deliver("all", "hello", "Bima+news", "bima", "whoever");
        assertThat(List.of(mailOf("bima"), mailOf("citra"))).containsExactly(1L, 1L);
        deliver("bima+news");
        deliver("all");
        assertThat(List.of(mailOf("bima"), mailOf("citra"))).containsExactly(3L, 2L);
        deliver("whoever");
        deliver("hello");
        assertThat(List.of(mailOf("bima"), mailOf("citra"))).containsExactly(4L, 3L);
    }

    private void deliver(String... names) throws IOException {
        var recipients =
                Arrays.stream(names).map(name -> name + "@people.example").toList();
        var message = SampleMessages.ascii("for " + recipients, 1000);
        assertThat(SmtpConversation.deliverOnce(home.smtpPort(), recipients, message))
                .startsWith("250");
    }

    private long mailOf(String name) throws IOException {
        try (var imap = new ImapConversation(home.imapsPort())) {
            imap.command("LOGIN " + name + "@people.example \"" + PASSWORD + "\"");
            return ImapConversation.number(imap.command("SELECT INBOX"), "EXISTS");
        }
    }

    @Test
    @Order(10)
    void everyListenerGreets() throws IOException {
        for (int port : new int[] {home.smtpPort(), home.submissionPort()}) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(greeting(socket)).startsWith("220 ");
            }
        }
        try (var socket = TrustAll.context().getSocketFactory().createSocket("127.0.0.1", home.submissionsPort())) {
            assertThat(greeting(socket)).startsWith("220 ");
        }
    }

    /** STARTTLS, AUTH, a sender of one's own (RFC 6409 §4.3, §6.1): up to the message itself. */
    @Test
    @Order(11)
    void whoSubmitsSignsInWithinTls() throws IOException {
        try (var smtp = new SmtpConversation(home.submissionPort())) {
            assertThat(smtp.command("MAIL FROM:<" + ANI + ">")).startsWith("530 5.7.0 ");
            var login = Base64.getEncoder().encodeToString(("\0" + ANI + "\0" + PASSWORD).getBytes(UTF_8));
            assertThat(smtp.command("AUTH PLAIN " + login)).startsWith("538 ");
            smtp.startTls();
            assertThat(smtp.command("AUTH PLAIN " + login)).startsWith("235 ");
            assertThat(smtp.command("MAIL FROM:<somebody@elsewhere.example>")).startsWith("550 5.7.1 ");
            assertThat(smtp.command("MAIL FROM:<" + ANI + ">")).startsWith("250 ");
            assertThat(smtp.command("RCPT TO:<somebody@elsewhere.example>")).startsWith("550 5.4.4 ");
            assertThat(smtp.command("RCPT TO:<" + ANI + ">")).startsWith("250 ");
        }
    }

    @Test
    @Order(12)
    void aProxyInFrontOfLmtpSaysWhoTheClientIs() throws IOException {
        try (var lmtp = SmtpConversation.lmtpThroughProxy(home.lmtpPort())) {
            assertThat(lmtp.deliver(List.of(ANI), SampleMessages.ascii("through a proxy", 1000)))
                    .startsWith("250");
        }
        try (var imap = inbox()) {
            var last = imap.message(Math.toIntExact(selected().getFirst()));
            assertThat(new String(last, ISO_8859_1))
                    .contains("Subject: through a proxy\r\n")
                    .containsPattern("Received: from check\\.example \\(\\[192\\.0\\.2\\.77\\]\\)");
        }
    }

    @Test
    @Order(13)
    void aPlugInThatTheServerFindsHasItsSay() throws IOException {
        try (var smtp = new SmtpConversation(home.smtpPort())) {
            assertThat(smtp.command("MAIL FROM:<" + RefusingStage.SENDER + ">")).startsWith("550 5.7.1 A plug-in");
            assertThat(smtp.command("MAIL FROM:<somebody@plug-in.example>")).startsWith("250 ");
        }
    }

    @Test
    @Order(14)
    void certificatesAreChosenByNameAndRenewedWithoutARestart() throws IOException {
        int port = home.submissionsPort();
        var before = Certificates.served(port, Certificates.OWN);
        assertThat(before.getSubjectX500Principal().getName()).isEqualTo("CN=" + Certificates.OWN);
        assertThat(Certificates.served(port, Certificates.SHOP)
                        .getSubjectX500Principal()
                        .getName())
                .isEqualTo("CN=" + Certificates.SHOP);

        home.certificates().renew();

        Waiting.until(
                "the renewed certificate is served",
                home.log(),
                () -> !Certificates.served(port, Certificates.OWN).equals(before));
        assertThat(Certificates.served(port, Certificates.OWN)
                        .getSubjectX500Principal()
                        .getName())
                .isEqualTo("CN=" + Certificates.OWN);
    }

    @Test
    @Order(15)
    void aDeliveryIsToldByTheEventSource() throws IOException {
        try (var events = new Web(ANI, PASSWORD)
                .lines(home.https().resolve("/jmap/eventsource/?types=EmailDelivery&closeafter=state&ping=0"))) {
            assertThat(events.readLine()).isEqualTo(":"); // it listens now
            assertThat(deliver(SampleMessages.ascii("news", 3000))).startsWith("250");
            assertThat(events.lines().toList())
                    .contains("event: state")
                    .anyMatch(line -> line.startsWith("data: ") && line.contains("\"EmailDelivery\":"));
        }
        assertThat(new Web().status(home.https().resolve("/jmap/eventsource/?types=*&closeafter=no&ping=0")))
                .isEqualTo(401);
    }

    /** RFC 8887: a request, one of ten megabytes, a push, and what ends it. */
    @Test
    @Order(16)
    void requestsAndChangesShareAWebSocket() throws Exception {
        var session = Web.json(new Web(ANI, PASSWORD).get(home.https().resolve("/jmap/session")));
        var capability = session.at("/capabilities/urn:ietf:params:jmap:websocket");
        assertThat(capability.get("supportsPush").booleanValue()).isTrue();
        assertThat(capability.get("url").textValue()).startsWith("wss://").endsWith("/jmap/ws");
        try (var socket = JmapSocketClient.open(home.https(), ANI, PASSWORD)) {
            assertThat(socket.request("R1", "short").toString()).contains("\"requestId\":\"R1\"");
            var text = "x\u00e4\ud83d\ude00".repeat(1_400_000); // 9.8 MB
            assertThat(socket.request("R2", text).at("/methodResponses/0/1/a").textValue())
                    .isEqualTo(text);
            socket.send("{\"@type\":\"WebSocketPushEnable\",\"dataTypes\":[\"EmailDelivery\"]}");
            assertThat(socket.request("R3", "a barrier").has("sessionState")).isTrue();
            assertThat(deliver(SampleMessages.ascii("pushed", 3000))).startsWith("250");
            var pushed = socket.next();
            assertThat(pushed.get("@type").textValue()).isEqualTo("StateChange");
            assertThat(pushed.get("changed").elements().next().has("EmailDelivery"))
                    .isTrue();
            socket.send("no JSON");
            assertThat(socket.next().get("type").textValue()).isEqualTo("urn:ietf:params:jmap:error:notJSON");
            socket.send("x".repeat(10_000_001));
            assertThat(socket.next().get("limit").textValue()).isEqualTo("maxSizeRequest");
            assertThat(socket.closed()).isEqualTo(1009);
        }
        try (var socket = JmapSocketClient.open(home.https(), ANI, PASSWORD)) {
            socket.sendOctets();
            assertThat(socket.closed()).isEqualTo(1003);
        }
        assertThat(JmapSocketClient.refused(home.https(), "/jmap/ws", ANI, "wrong"))
                .isEqualTo(401);
        assertThat(new Web().status(home.https().resolve("/jmap/ws"))).isEqualTo(401);
    }

    /** In an account of its own. */
    @TestFactory
    @Order(17)
    Stream<DynamicContainer> everyRuleOfJmapIsKept() throws IOException {
        var admin = new Web("admin", Home.ADMIN_PASSWORD);
        Web.json(admin.post(
                home.https().resolve("/api/accounts"),
                "{\"address\": \"" + RULES + "\", \"password\": \"" + PASSWORD + "\"}"));
        return JmapRules.of(new Jmap(Web.client(), home.https(), RULES, PASSWORD));
    }

    private static String greeting(Socket socket) throws IOException {
        socket.setSoTimeout(60_000);
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
    }

    /** The last of all, after whatever a home adds to the story. */
    @Test
    @Order(99)
    void afterAllThatTheStoreIsWell() throws IOException {
        var admin = new Web("admin", Home.ADMIN_PASSWORD);
        var answer = admin.post(home.https().resolve("/api/check"), "{\"deep\": true}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), UTF_8).lines().filter(line -> !line.startsWith("{\"progress\"")))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("{\"summary\":{\"accounts\":4,")
                .contains("\"findings\":0,");
    }

    final String deliver(byte[] message) throws IOException {
        return SmtpConversation.deliverOnce(home.smtpPort(), ANI, message);
    }

    final ImapConversation inbox() throws IOException {
        return ImapConversation.inbox(home.imapsPort(), ANI, "\"" + PASSWORD + "\"");
    }

    /** What was read is what was sent, below trace fields that the server put on top (RFC 5321 §4.4). */
    private static void assertSame(byte[] expected, byte[] read) {
        var added = new String(read, 0, Math.max(0, read.length - expected.length), ISO_8859_1);
        assertThat(added).matches(TRACE).contains("Return-Path:").contains("Received:");
        var rest = Arrays.copyOfRange(read, added.length(), read.length);
        assertThat(Arrays.equals(rest, expected)).as("the octets sent").isTrue();
    }
}
