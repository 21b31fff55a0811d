package org.merpati.adapter.ejb;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.merpati.core.store.CdiDoor;
import org.merpati.core.store.Housekeeping;
import org.merpati.core.store.PlatformHolder;

/**
 * Clears up on a timer of the container's that lives as long as the deployment. Each round asks for the next one when it
 * has ended, so that there are never two; the end of the deployment waits for the unit that runs.
 */
@Singleton
@Startup
@DependsOn("ServerStart")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class HousekeepingTimer {
    private static final Logger LOG = System.getLogger(HousekeepingTimer.class.getName());
    private static final Duration LONGEST_UNIT = Duration.ofSeconds(30);

    @Resource
    TimerService timers;

    @Inject
    CdiDoor door;

    @Inject
    PlatformHolder server;

    private final ReentrantLock round = new ReentrantLock();
    private volatile @Nullable Housekeeping housekeeping;

    @PostConstruct
    void start() {
        var made = new Housekeeping(door, server.platform());
        housekeeping = made;
        next(made);
    }

    @Timeout
    void round() {
        var working = housekeeping;
        if (working == null) {
            return;
        }
        round.lock();
        try {
            working.round();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "housekeeping failed", e);
        } finally {
            round.unlock();
        }
        if (housekeeping != null) {
            next(working);
        }
    }

    private void next(Housekeeping working) {
        timers.createSingleActionTimer(working.interval().toMillis(), new TimerConfig("housekeeping", false));
    }

    @PreDestroy
    void stop() {
        var working = housekeeping;
        housekeeping = null;
        if (working == null) {
            return;
        }
        working.stop();
        try {
            if (round.tryLock(LONGEST_UNIT.toSeconds(), TimeUnit.SECONDS)) {
                round.unlock();
            } else {
                LOG.log(Level.WARNING, "housekeeping has not ended in " + LONGEST_UNIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
