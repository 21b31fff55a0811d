/** Whether the server lives and whether it can work: for load balancers, without a login and without any detail. */
@NullMarked
package org.merpati.web.health;

import org.jspecify.annotations.NullMarked;
