/** The domain: the words of the house and the ports that engines and targets implement. */
@NullMarked
package org.salvor.recovery;

import org.jspecify.annotations.NullMarked;
