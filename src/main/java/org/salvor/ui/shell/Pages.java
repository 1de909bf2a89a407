package org.salvor.ui.shell;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The pages of the wizard, each made when it is first asked for: making all of them would take a third of the time until the
 * first one is seen. UI thread only.
 */
public final class Pages {
    private final Map<Step, Supplier<Page>> makers = new EnumMap<>(Step.class);
    private final Map<Step, Page> made = new EnumMap<>(Step.class);

    /** These pages, made already. */
    public static Pages of(List<Page> pages) {
        Pages all = new Pages();
        pages.forEach(page -> all.add(page.step(), () -> page));
        return all;
    }

    public void add(Step step, Supplier<Page> maker) {
        makers.put(step, maker);
    }

    /** Steps that have a page, in their order. */
    Set<Step> steps() {
        return makers.keySet();
    }

    /** The page of a step, none if it has none. */
    @Nullable
    Page get(Step step) {
        Page page = made.get(step);
        Supplier<Page> maker = makers.get(step);
        if (page == null && maker != null) {
            page = maker.get();
            // a screen reader says where it is when the page itself has the keyboard
            page.node().setAccessibleText(page.title() + ". " + page.lead());
            made.put(step, page);
        }
        return page;
    }

    /** Makes the first page that is not there yet; false if all are. */
    boolean makeNext() {
        for (Step step : makers.keySet()) {
            if (!made.containsKey(step)) {
                get(step);
                return true;
            }
        }
        return false;
    }
}
