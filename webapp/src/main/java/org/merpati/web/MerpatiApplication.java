package org.merpati.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.merpati.web.admin.AccountQuotaResource;
import org.merpati.web.admin.AccountsResource;
import org.merpati.web.admin.AliasesResource;
import org.merpati.web.admin.CheckResource;
import org.merpati.web.admin.DomainQuotaResource;
import org.merpati.web.admin.DomainsResource;
import org.merpati.web.admin.ListMembersResource;
import org.merpati.web.admin.ListsResource;
import org.merpati.web.admin.ServerResource;
import org.merpati.web.base.CrossSite;
import org.merpati.web.base.Failures;
import org.merpati.web.base.SecurityHeaders;
import org.merpati.web.health.HealthResource;
import org.merpati.web.jmap.DownloadResource;
import org.merpati.web.jmap.JmapResource;
import org.merpati.web.jmap.WellKnownResource;
import org.merpati.web.page.PageResource;

/** Everything that answers over HTTP, by name: nothing is found by scanning, so that all homes have the same. */
@ApplicationPath("/")
public class MerpatiApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return new LinkedHashSet<>(List.of(
                PageResource.class,
                HealthResource.class,
                WellKnownResource.class,
                JmapResource.class,
                DownloadResource.class,
                DomainsResource.class,
                DomainQuotaResource.class,
                AccountsResource.class,
                CheckResource.class,
                AccountQuotaResource.class,
                AliasesResource.class,
                ListsResource.class,
                ListMembersResource.class,
                ServerResource.class,
                Failures.class,
                CrossSite.class,
                SecurityHeaders.class));
    }

    /** Jersey would describe the application to strangers (WADL) and put its own page in front of our errors. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of(
                "jersey.config.server.wadl.disableWadl",
                true,
                "jersey.config.server.response.setStatusOverSendError",
                true);
    }
}
