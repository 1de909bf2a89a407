/** Volumes put together by hand, record by record: what no real tool would write. */
package org.salvor.made;
