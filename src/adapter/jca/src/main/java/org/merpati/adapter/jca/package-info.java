/**
 * What the resource adapters share (Jakarta Connectors 2.1): the door through message endpoints, where settings come
 * from, and when listeners open and close. It stands in EAR/lib; an adapter's archive holds nothing but its adapter and
 * its activation.
 *
 * <p>Invariants:
 * <ul>
 * <li>{@code ResourceAdapter.start()} opens nothing: a container may start the same adapter twice and activate one of them
 *     only. {@code endpointActivation} takes the ports, and connections are accepted once the door answers;
 * <li>an endpoint is taken for one call and released in any case, since some containers lend an instance with it;
 * <li>nothing is thrown at the container by a deactivation, which may come twice.
 * </ul>
 */
@NullMarked
package org.merpati.adapter.jca;

import org.jspecify.annotations.NullMarked;
