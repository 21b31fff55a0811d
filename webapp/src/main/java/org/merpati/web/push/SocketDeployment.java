package org.merpati.web.push;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Deploys what a home's WebSockets need before the web application has started. */
@WebListener
public class SocketDeployment implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
        DeployedSockets.deploy(event.getServletContext());
    }
}
