package org.salvor.ui.plan;

import java.nio.charset.Charset;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.salvor.text.ByteNames;
import org.salvor.text.Messages;
import org.salvor.ui.theme.Build;

/** How names are read that are single bytes of a code page which is told nowhere: some of them show whether it is the right one. */
final class NamesCard extends VBox {
    private final ScanPlanViewModel model;
    private final ComboBox<Charset> pages = new ComboBox<>();
    private final VBox sample = new VBox(4);

    NamesCard(ScanPlanViewModel model) {
        this.model = model;
        FontIcon icon = new FontIcon(Feather.TYPE);
        icon.getStyleClass().add("choice-icon");
        pages.setId("code-page");
        pages.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable Charset page) {
                return page == null ? "" : KnownPage.label(page);
            }

            @Override
            public @Nullable Charset fromString(String text) {
                return null;
            }
        });
        sample.setId("code-page-sample");
        sample.getStyleClass().add("name-sample");
        getChildren()
                .add(Build.card(
                        Build.row(10, icon, Build.heading(Messages.get("plan.names"))),
                        Build.text(Messages.get("plan.names.text")),
                        Build.row(10, Build.labelFor(Messages.get("plan.names.page"), pages), pages),
                        sample));
        pages.valueProperty().subscribe(page -> {
            if (page != null) {
                model.page().set(page);
            }
        });
        model.page().subscribe(page -> {
            if (page != null) {
                pages.setValue(page);
            }
        });
        model.names().subscribe(this::offer);
        model.page().subscribe((was, is) -> show());
    }

    private void offer(@Nullable ByteNames names) {
        Build.visible(this, names != null);
        if (names != null) {
            pages.getItems().setAll(KnownPage.all(names.page()));
            pages.setValue(names.page());
        }
        show();
    }

    private void show() {
        sample.getChildren().clear();
        ByteNames names = model.names().get();
        Charset page = model.page().get();
        if (names != null && page != null) {
            for (String name : names.as(page)) {
                sample.getChildren().add(Build.shortens(new Label(name)));
            }
        }
    }
}
