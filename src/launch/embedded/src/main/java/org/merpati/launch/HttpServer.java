package org.merpati.launch;

import jakarta.ws.rs.core.Application;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.ee10.servlet.ErrorHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http2.HTTP2Cipher;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.Setting;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.session.ListenerInfo;
import org.merpati.launch.runtime.EmbeddedRuntime;
import org.merpati.web.base.Access;
import org.merpati.web.push.EventSourceServlet;
import org.merpati.web.push.PushWork;
import org.merpati.web.push.WebSocketServlet;

/** The web application on {@code http.port} and {@code https.port}, its resources being beans of the runtime. */
final class HttpServer implements AutoCloseable {
    /** How long requests that are being answered may take when the server stops. */
    private static final long STOP_MILLIS = 10_000;

    private static final long IDLE_MILLIS = 60_000;
    private static final int THREADS = 200;

    private final Server jetty;
    private final EventSourceServlet eventSource;
    private final WebSocketServlet webSockets;
    private final List<ListenerInfo> listening;

    private HttpServer(
            Server jetty, EventSourceServlet eventSource, WebSocketServlet webSockets, List<ListenerInfo> listening) {
        this.jetty = jetty;
        this.eventSource = eventSource;
        this.webSockets = webSockets;
        this.listening = List.copyOf(listening);
    }

    static HttpServer start(Config config, SSLContext tls, EmbeddedRuntime runtime, Application application)
            throws IOException {
        var jetty = new Server(threads(config));
        jetty.setStopTimeout(STOP_MILLIS);
        var eventSource =
                new EventSourceServlet(runtime.get(org.merpati.web.base.Server.class), runtime.get(Access.class));
        var context = context(application, eventSource);
        context.addEventListener(new PushWork(runtime.get(org.merpati.web.base.Server.class)));
        var components = new WebSocketComponents();
        jetty.addBean(components);
        var webSockets = new WebSocketServlet(
                runtime.get(org.merpati.web.base.Server.class),
                runtime.get(Access.class),
                new JettySockets(components));
        var sockets = new ServletHolder("websocket", webSockets);
        sockets.setInitOrder(1);
        context.addServlet(sockets, WebSocketServlet.PATH);
        jetty.setHandler(new GracefulHandler(new RestOfRequests(new TakingTurns(context))));
        var plain = connectors(jetty, config, Settings.HTTP_PORT, new HttpConnectionFactory(http()));
        var secure = connectors(
                jetty,
                config,
                Settings.HTTPS_PORT,
                tls(tls),
                protocols(),
                http2(https()),
                new HttpConnectionFactory(https()));
        var server = new HttpServer(
                jetty,
                eventSource,
                webSockets,
                List.of(listening("http", config, plain, "none"), listening("https", config, secure, "implicit")));
        try {
            CdiComponents.with(runtime, jetty::start);
            return server;
        } catch (Exception e) {
            server.close();
            throw e instanceof IOException failure
                    ? failure
                    : new IOException("HTTP did not start: " + e.getMessage(), e);
        }
    }

    List<ListenerInfo> listening() {
        return listening;
    }

    @Override
    public void close() {
        eventSource.destroy(); // its requests do not end by themselves
        webSockets.destroy();
        try {
            jetty.stop();
        } catch (Exception e) {
            throw new IllegalStateException("HTTP did not stop in order", e);
        }
    }

    /** Handlers run on virtual threads where they don't pin; none is interrupted at the end, for the database's sake. */
    private static QueuedThreadPool threads(Config config) {
        var pool = new QueuedThreadPool(THREADS, 4);
        pool.setName("http");
        pool.setDaemon(true);
        pool.setStopTimeout(0);
        if (config.get(Settings.THREADS).virtual()) {
            pool.setVirtualThreadsExecutor(Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("http-", 0).factory()));
        }
        return pool;
    }

    private static ServletContextHandler context(Application application, EventSourceServlet eventSource) {
        var resources = ResourceConfig.forApplication(application)
                .property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true)
                .property(CommonProperties.METAINF_SERVICES_LOOKUP_DISABLE, true);
        var servlet = new ServletHolder("resources", new ServletContainer(resources));
        servlet.setInitOrder(1);
        servlet.setAsyncSupported(true);
        var context = new ServletContextHandler("/", ServletContextHandler.NO_SESSIONS);
        context.addServlet(servlet, "/*");
        var events = new ServletHolder("eventsource", eventSource);
        events.setAsyncSupported(true);
        context.addServlet(events, EventSourceServlet.PATH);
        var errors = new ErrorHandler();
        errors.setShowStacks(false);
        errors.setShowCauses(false);
        context.setErrorHandler(errors);
        return context;
    }

    private static HttpConfiguration http() {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setIdleTimeout(IDLE_MILLIS);
        return http;
    }

    private static HttpConfiguration https() {
        var https = http();
        https.addCustomizer(new SecureRequestCustomizer(false));
        return https;
    }

    private static SslConnectionFactory tls(SSLContext context) {
        var tls = new SslContextFactory.Server();
        tls.setSslContext(context);
        tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        tls.setCipherComparator(HTTP2Cipher.COMPARATOR); // for TLS 1.2 (RFC 9113 §9.2.2)
        return new SslConnectionFactory(tls, "alpn");
    }

    /** HTTP/2 for whoever offers it (RFC 7301). */
    private static ConnectionFactory protocols() {
        var protocols = new ALPNServerConnectionFactory("h2", "http/1.1");
        protocols.setDefaultProtocol("http/1.1");
        return protocols;
    }

    /** Without WebSockets over it (RFC 8441): for those a client opens a connection of HTTP/1.1. */
    private static ConnectionFactory http2(HttpConfiguration https) {
        var http2 = new HTTP2ServerConnectionFactory(https);
        http2.setConnectProtocolEnabled(false);
        return http2;
    }

    /** One connector for each address, all on the same port; bound at once, so that a conflict is said with its setting. */
    private static List<ServerConnector> connectors(
            Server jetty, Config config, Setting<Integer> setting, ConnectionFactory... factories) throws IOException {
        int port = config.get(setting);
        var connectors = new ArrayList<ServerConnector>();
        for (var address : config.get(Settings.BIND)) {
            var connector = new ServerConnector(jetty, 1, 1, factories);
            connector.setHost(address);
            connector.setPort(port);
            connector.setIdleTimeout(IDLE_MILLIS);
            try {
                connector.open();
            } catch (IOException e) {
                connectors.forEach(ServerConnector::close);
                throw new IOException(
                        setting.name() + ": can't listen on " + address + " port " + port + ": " + reason(e), e);
            }
            port = connector.getLocalPort();
            connectors.add(connector);
            jetty.addConnector(connector);
        }
        return connectors;
    }

    private static String reason(IOException e) {
        return String.valueOf(
                e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
    }

    private static ListenerInfo listening(String name, Config config, List<ServerConnector> connectors, String tls) {
        return new ListenerInfo(
                name,
                String.join(",", config.get(Settings.BIND)),
                connectors.getFirst().getLocalPort(),
                tls);
    }
}
