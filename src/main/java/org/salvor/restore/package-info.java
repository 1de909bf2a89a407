/** From a selection to files on a target: plan, write guard, names, journal, verification, reports. */
@NullMarked
package org.salvor.restore;

import org.jspecify.annotations.NullMarked;
