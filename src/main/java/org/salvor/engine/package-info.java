/** Adapters that make a room below speak the ports of recovery. */
@NullMarked
package org.salvor.engine;

import org.jspecify.annotations.NullMarked;
