/** How a person is asked for the certificates of encrypted files: in a band on the pages, and in a dialog. */
@NullMarked
package org.salvor.ui.keys;

import org.jspecify.annotations.NullMarked;
