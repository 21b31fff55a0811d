package org.merpati.launch.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.merpati.launch.MerpatiServer;

/** What clients of each kind say in one connection. */
final class Clients {
    static final String DOMAIN = "train.example";
    static final String PASSWORD = "train";
    static final int USERS = 4;

    private static final String SENDER = "sender@elsewhere.example";
    private static final int REQUESTS = 20;

    private final MerpatiServer server;
    private final SSLContext tls;
    private final AtomicInteger messages = new AtomicInteger();

    Clients(MerpatiServer server, SSLContext tls) {
        this.server = server;
        this.tls = tls;
    }

    static String user(int number) {
        return "user" + number % USERS + "@" + DOMAIN;
    }

    /** A server's; every other one in the manner of today, with pipelining and TLS where the connection is a short one. */
    void deliver(int client, int count) throws IOException {
        try (var wire = Wire.to(server.smtpPort())) {
            greet(wire, "EHLO");
            if (count == 1 && client % 2 == 0) {
                wire.send("STARTTLS\r\n").reply('2');
                wire.secure(tls);
                wire.send("EHLO relay.example\r\n").reply('2');
            }
            for (int i = 0; i < count; i++) {
                transaction(wire, SENDER, client % 2 == 1, client % 5 == 0 ? 2 : 1);
            }
            wire.send("QUIT\r\n").reply('2');
        }
    }

    void deliverByLmtp(int client) throws IOException {
        try (var wire = Wire.to(server.lmtpPort())) {
            greet(wire, "LHLO");
            int number = messages.getAndIncrement();
            wire.send(
                    "MAIL FROM:<" + SENDER + ">\r\nRCPT TO:<" + user(0) + ">\r\nRCPT TO:<" + user(1) + ">\r\nDATA\r\n");
            wire.reply('2');
            wire.reply('2');
            wire.reply('2');
            wire.reply('3');
            wire.send(TrainingMail.message(SENDER, user(0), number) + ".\r\n");
            wire.reply('2');
            wire.reply('2');
            wire.send("QUIT\r\n").reply('2');
        }
    }

    /** A person's mail program, by STARTTLS or TLS from the start. */
    void submit(int client) throws IOException {
        boolean implicit = client % 2 == 1;
        try (var wire = implicit ? Wire.overTls(server.submissionsPort(), tls) : Wire.to(server.submissionPort())) {
            greet(wire, "EHLO");
            if (!implicit) {
                wire.send("STARTTLS\r\n").reply('2');
                wire.secure(tls);
                wire.send("EHLO client.example\r\n").reply('2');
            }
            var login = "\0" + user(client) + "\0" + PASSWORD;
            wire.send("AUTH PLAIN " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.US_ASCII))
                            + "\r\n")
                    .reply('2');
            transaction(wire, user(client), true, 2);
            wire.send("QUIT\r\n").reply('2');
        }
    }

    /** Somebody's mail program that looks through the newest; every other one over TLS. */
    void read(int client) throws IOException {
        try (var wire = client % 2 == 0 ? Wire.to(server.imapPort()) : Wire.overTls(server.imapsPort(), tls)) {
            wire.line();
            for (var command : new String[] {
                "CAPABILITY",
                "LOGIN " + user(client) + " " + PASSWORD,
                "LIST \"\" *",
                "STATUS INBOX (MESSAGES UIDNEXT UNSEEN)",
                "SELECT INBOX",
                "FETCH 1:50 (UID FLAGS INTERNALDATE RFC822.SIZE)",
                "FETCH 1:50 (ENVELOPE BODYSTRUCTURE)",
                "UID FETCH 1:20 (UID BODY.PEEK[HEADER.FIELDS (FROM SUBJECT DATE)])",
                "SEARCH UNSEEN",
                "NOOP"
            }) {
                say(wire, command);
            }
            for (int i = 1; i <= REQUESTS; i++) {
                say(wire, "UID FETCH " + i + " (BODY.PEEK[])");
            }
            say(wire, "UID STORE 1:5 +FLAGS (\\Seen)");
            say(wire, "LOGOUT");
        }
    }

    /** Waits for a message that it sends itself. */
    void idle(int client) throws IOException {
        try (var wire = Wire.to(server.imapPort())) {
            wire.line();
            say(wire, "LOGIN " + user(client) + " " + PASSWORD);
            say(wire, "SELECT INBOX");
            wire.send("i IDLE\r\n");
            wire.line();
            try (var smtp = Wire.to(server.smtpPort())) {
                greet(smtp, "EHLO");
                transaction(smtp, SENDER, false, USERS); // to everybody, so to this user
            }
            wire.line();
            wire.send("DONE\r\n").answer("i");
        }
    }

    /** JMAP, and what else is asked over HTTP. */
    void ask(int client) throws IOException {
        var login =
                Base64.getEncoder().encodeToString((user(client) + ":" + PASSWORD).getBytes(StandardCharsets.US_ASCII));
        get("/health/ready", login);
        get("/", login);
        var session = get("/jmap/session", login);
        int at = session.indexOf("\"accounts\":{\"") + "\"accounts\":{\"".length();
        var account = session.substring(at, session.indexOf('"', at));
        var request = "{\"using\":[\"urn:ietf:params:jmap:core\",\"urn:ietf:params:jmap:mail\"],\"methodCalls\":["
                + "[\"Mailbox/get\",{\"accountId\":\"A\",\"ids\":null},\"m\"],"
                + "[\"Email/query\",{\"accountId\":\"A\",\"sort\":[{\"property\":\"receivedAt\",\"isAscending\":false}],\"limit\":50},\"q\"],"
                + "[\"Email/get\",{\"accountId\":\"A\",\"#ids\":{\"resultOf\":\"q\",\"name\":\"Email/query\",\"path\":\"/ids\"},"
                + "\"properties\":[\"id\",\"threadId\",\"mailboxIds\",\"keywords\",\"from\",\"subject\",\"receivedAt\",\"size\",\"preview\"]},\"g\"]]}";
        var body = request.replace("\"A\"", "\"" + account + "\"");
        for (int i = 0; i < REQUESTS; i++) {
            http("POST /jmap/api HTTP/1.1", login, body);
        }
    }

    private String get(String path, String login) throws IOException {
        return http("GET " + path + " HTTP/1.1", login, "");
    }

    private String http(String request, String login, String body) throws IOException {
        try (var wire = Wire.to(server.httpPort())) {
            wire.send(request + "\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Basic " + login
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            return wire.rest();
        }
    }

    private static void greet(Wire wire, String verb) throws IOException {
        wire.reply('2');
        wire.send(verb + " relay.example\r\n").reply('2');
    }

    private void transaction(Wire wire, String sender, boolean pipelined, int recipients) throws IOException {
        int number = messages.getAndIncrement();
        var text = TrainingMail.message(sender, user(number), number);
        var commands = new StringBuilder("MAIL FROM:<" + sender + "> SIZE=" + text.length() + "\r\n");
        for (int i = 0; i < recipients; i++) {
            commands.append("RCPT TO:<").append(user(number + i)).append(">\r\n");
        }
        commands.append("DATA\r\n");
        if (pipelined) {
            wire.send(commands.toString());
        }
        for (var command : commands.toString().split("(?<=\n)", -1)) {
            if (!command.isEmpty()) {
                if (!pipelined) {
                    wire.send(command);
                }
                wire.reply(command.startsWith("DATA") ? '3' : '2');
            }
        }
        wire.send(text + ".\r\n").reply('2');
    }

    private static void say(Wire wire, String command) throws IOException {
        wire.send("a " + command + "\r\n").answer("a");
    }
}
