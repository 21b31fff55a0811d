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
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.merpati.core.api.RepeatedWork;
import org.merpati.core.jmap.submission.HeldMail;
import org.merpati.core.store.CdiDoor;
import org.merpati.core.store.Housekeeping;
import org.merpati.core.store.PlatformHolder;

/**
 * Does what is to be done again and again on timers of the container's that live as long as the deployment. Each round asks for
 * the next one when it has ended, so that there are never two of one work; the end of the deployment waits for the units that
 * run.
 */
@Singleton
@Startup
@DependsOn("ServerStart")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class WorkTimers {
    private static final Logger LOG = System.getLogger(WorkTimers.class.getName());
    private static final Duration LONGEST_UNIT = Duration.ofSeconds(30);

    @Resource
    TimerService timers;

    @Inject
    CdiDoor door;

    @Inject
    PlatformHolder server;

    /** By name; empty once the deployment ends. */
    private final Map<String, Running> running = new ConcurrentHashMap<>();

    private record Running(RepeatedWork work, ReentrantLock round) {}

    @PostConstruct
    void start() {
        var platform = server.platform();
        for (var work : List.of(new Housekeeping(door, platform), new HeldMail(door, platform))) {
            running.put(work.name(), new Running(work, new ReentrantLock()));
            next(work);
        }
    }

    @Timeout
    void round(Timer timer) {
        var name = String.valueOf(timer.getInfo());
        var one = running.get(name);
        if (one == null) {
            return;
        }
        one.round().lock();
        try {
            one.work().run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, name + " failed", e);
        } finally {
            one.round().unlock();
        }
        if (running.containsKey(name)) {
            next(one.work());
        }
    }

    private void next(RepeatedWork work) {
        timers.createSingleActionTimer(work.interval().toMillis(), new TimerConfig(work.name(), false));
    }

    @PreDestroy
    void stop() {
        var ending = List.copyOf(running.values());
        running.clear();
        ending.forEach(one -> one.work().stop());
        ending.forEach(WorkTimers::await);
    }

    private static void await(Running one) {
        try {
            if (one.round().tryLock(LONGEST_UNIT.toSeconds(), TimeUnit.SECONDS)) {
                one.round().unlock();
            } else {
                LOG.log(Level.WARNING, one.work().name() + " has not ended in " + LONGEST_UNIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
