package org.merpati.adapter.rar.smtp;

import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.ResourceAdapter;
import org.jspecify.annotations.Nullable;

/** A bean's wish to serve SMTP. It says no more: ports and addresses are the administrator's, on the adapter. */
public class SmtpActivation implements ActivationSpec {
    private @Nullable ResourceAdapter adapter;

    @Override
    public @Nullable ResourceAdapter getResourceAdapter() {
        return adapter;
    }

    @Override
    public void setResourceAdapter(ResourceAdapter adapter) {
        this.adapter = adapter;
    }

    @Override
    public void validate() {
        // nothing that could be wrong
    }
}
