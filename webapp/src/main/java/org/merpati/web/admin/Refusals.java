package org.merpati.web.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.store.Addresses;
import org.merpati.core.store.Addresses.Refusal;
import org.merpati.web.base.Problem;
import org.merpati.web.base.ProblemException;
import org.merpati.web.base.Server;

/** Words why an address is not changed, once for aliases, lists and accounts. */
@ApplicationScoped
public class Refusals {
    @Inject
    Server server;

    /** @param what is missing if nothing is found: an alias, a list, a member */
    Response doneOr(Optional<Refusal> refusal, EmailAddress address, String what) {
        if (refusal.isPresent()) {
            throw problem(refusal.get(), address, what);
        }
        return Response.noContent().build();
    }

    ProblemException problem(Refusal refusal, EmailAddress address, String what) {
        return switch (refusal) {
            case NOT_FOUND -> Problem.of(404, "There is no such " + what + ".");
            case TAKEN -> Problem.field(409, "address", "is an account, an alias or a list here already");
            case NO_SUCH_DOMAIN -> Problem.field(422, "address", "is in no domain of ours");
            case NO_SUCH_ACCOUNT ->
                Problem.field(422, "account", "is no account here; an alias stands for an account's own address");
            case ELSEWHERE ->
                Problem.field(
                        422,
                        "address",
                        "is in no domain of ours, and lists can't send mail on to other servers yet;"
                                + " members are accounts, aliases and lists here");
            case NO_SUCH_ADDRESS -> Problem.field(422, "address", "is no account, alias or list here; add it first");
            case MEMBER_ALREADY -> Problem.field(409, "address", "is in the list already");
            case LOOP -> Problem.field(422, "address", "leads back to this list, which would be in itself");
            case TOO_DEEP ->
                Problem.field(422, "address", "would make lists in lists more than " + Addresses.MOST_LEVELS + " deep");
            case TOO_MANY_MEMBERS ->
                Problem.field(422, "address", "is one too many: a list has at most " + Addresses.MOST_MEMBERS);
            case IS_CATCH_ALL -> catchAll(address);
        };
    }

    /** Says of which domains. */
    ProblemException catchAll(EmailAddress address) {
        var domains = server.door()
                .call(services -> services.get(Addresses.class).catchAllOf(address))
                .orThrow();
        return Problem.of(
                409,
                address + " or an alias of it is the catch-all of " + String.join(", ", domains)
                        + "; set another one there, or none, first.");
    }
}
