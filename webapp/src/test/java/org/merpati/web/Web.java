package org.merpati.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.merpati.web.admin.Refusals;
import org.merpati.web.base.Access;
import org.merpati.web.push.EventSourceServlet;
import org.merpati.web.push.PushWork;

/** The application on three ports of loopback: plain, as if by TLS, and plain as if from far away. */
final class Web implements AutoCloseable {
    static final String ADMIN = basic("admin", "root");
    static final String ANA = basic("ana@example.org", "secret");
    static final String OPERATOR = "Bearer " + FakeServer.TOKEN;

    private static final ObjectMapper JSON = new ObjectMapper();

    final EventSourceServlet eventSource;
    private final Server jetty = new Server();
    private final HttpClient client = HttpClient.newHttpClient();
    private final ServerConnector plain;
    private final ServerConnector secure;
    private final ServerConnector far;

    Web(FakeServer fake) throws Exception {
        plain = connector(request -> request);
        secure = connector(Secure::new);
        far = connector(Far::new);
        var context = new ServletContextHandler("/");
        var server = fake.server();
        var config = ResourceConfig.forApplication(new MerpatiApplication());
        config.register(new AbstractBinder() {
            @Override
            protected void configure() {
                bind(server).to(org.merpati.web.base.Server.class);
                bind(new Access(server)).to(Access.class);
                bind(Refusals.class).to(Refusals.class);
            }
        });
        context.addServlet(new ServletHolder(new ServletContainer(config)), "/*");
        context.addEventListener(new PushWork(server));
        eventSource = new EventSourceServlet(server, new Access(server));
        context.addServlet(new ServletHolder(eventSource), EventSourceServlet.PATH);
        jetty.setHandler(context);
        jetty.start();
    }

    static String basic(String login, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((login + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    URI secureUri(String path) {
        return uri(secure, path);
    }

    /** For connections from now on. */
    void idleTimeout(Duration time) {
        secure.setIdleTimeout(time.toMillis());
    }

    int securePort() {
        return secure.getLocalPort();
    }

    /** A request as if by TLS. */
    HttpResponse<String> send(String method, String path, String authorization, String body) throws Exception {
        return send(secureUri(path), method, authorization, "application/json", body);
    }

    HttpResponse<String> get(String path, String authorization) throws Exception {
        return send("GET", path, authorization, "");
    }

    HttpResponse<String> plain(String path, String authorization) throws Exception {
        return send(uri(plain, path), "GET", authorization, "", "");
    }

    HttpResponse<String> far(String path, String authorization) throws Exception {
        return send(uri(far, path), "GET", authorization, "", "");
    }

    HttpResponse<String> send(URI uri, String method, String authorization, String type, String body) throws Exception {
        return client.send(request(uri, method, authorization, type, body).build(), BodyHandlers.ofString());
    }

    HttpResponse<byte[]> bytes(String path, String authorization, String... headers) throws Exception {
        var request = request(secureUri(path), "GET", authorization, "", "");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    /** An answer that is read while it comes. */
    HttpResponse<InputStream> stream(String path, String authorization, String... headers) throws Exception {
        var request = request(secureUri(path), "GET", authorization, "", "");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofInputStream());
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    static HttpRequest.Builder request(URI uri, String method, String authorization, String type, String body) {
        var request = HttpRequest.newBuilder(uri)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return request;
    }

    /** Sends these lines as they are, as if by TLS, and gives back everything until the server closes. */
    String raw(String... lines) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), secure.getLocalPort())) {
            var text = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static JsonNode json(HttpResponse<String> response) throws Exception {
        return JSON.readTree(response.body());
    }

    @Override
    public void close() {
        eventSource.destroy();
        client.close();
        try {
            jetty.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static URI uri(ServerConnector connector, String path) {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort() + path);
    }

    private interface Change {
        Request of(Request request);
    }

    private ServerConnector connector(Change change) {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.addCustomizer((Request request, HttpFields.Mutable headers) -> change.of(request));
        var connector = new ServerConnector(jetty, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        return connector;
    }

    private static final class Secure extends Request.Wrapper {
        Secure(Request request) {
            super(request);
        }

        @Override
        public boolean isSecure() {
            return true;
        }

        @Override
        public HttpURI getHttpURI() {
            return HttpURI.build(super.getHttpURI()).scheme("https");
        }
    }

    private static final class Far extends Request.Wrapper {
        Far(Request request) {
            super(request);
        }

        @Override
        public ConnectionMetaData getConnectionMetaData() {
            return new ConnectionMetaData.Wrapper(super.getConnectionMetaData()) {
                @Override
                public SocketAddress getRemoteSocketAddress() {
                    return new InetSocketAddress("203.0.113.9", 4711);
                }
            };
        }
    }
}
