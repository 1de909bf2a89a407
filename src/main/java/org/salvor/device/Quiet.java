package org.salvor.device;

import java.io.IOException;
import java.nio.channels.Channel;

/** Closing what was only read. */
final class Quiet {
    private static final System.Logger LOG = System.getLogger(Quiet.class.getName());

    private Quiet() {}

    static void close(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "closing a source", e);
        }
    }
}
