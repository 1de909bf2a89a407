/** The window around the pages: steps, navigation, the state of one run, and the one way back to the UI thread. */
@NullMarked
package org.salvor.ui.shell;

import org.jspecify.annotations.NullMarked;
