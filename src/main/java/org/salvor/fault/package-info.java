/** The one family of checked exceptions, and the limits that every length from a source must pass. */
@NullMarked
package org.salvor.fault;

import org.jspecify.annotations.NullMarked;
