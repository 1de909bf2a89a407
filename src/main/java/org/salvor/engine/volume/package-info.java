/** Recovery from volumes: recognises disks and volumes, scans file systems, rates evidence, gives contents. */
@NullMarked
package org.salvor.engine.volume;

import org.jspecify.annotations.NullMarked;
