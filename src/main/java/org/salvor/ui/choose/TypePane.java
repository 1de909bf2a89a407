package org.salvor.ui.choose;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.table.LazyItem;

/** The types of files that were found, in groups, with how many there are of each. */
final class TypePane extends TreeView<Scope> {
    private final ChooseModel model;
    private final LazyItem<Scope> root;
    private boolean quiet;
    private long shownRevision = -1;

    TypePane(ChooseModel model) {
        this.model = model;
        setId("types");
        getStyleClass().add("side-tree");
        setFixedCellSize(28);
        setAccessibleText(Messages.get("choose.types"));
        root = LazyItem.root(Scope.ALL, this::children, this::leaf);
        setRoot(root);
        setCellFactory(tree -> new Cell());
        getSelectionModel().select(root);
        getSelectionModel().selectedItemProperty().subscribe((was, is) -> selected(is));
        model.findings().subscribe((was, is) -> update());
    }

    private List<Scope> children(Scope scope) {
        Findings now = model.findings().get();
        List<Scope> children = new ArrayList<>();
        if (now == null) {
            return children;
        }
        if (scope instanceof Scope.All) {
            for (FileGroup group : FileGroup.values()) {
                if (now.snapshot().files(group) > 0) {
                    children.add(new Scope.Type(group, null));
                }
            }
        } else if (scope instanceof Scope.Type(FileGroup group, String ending) && ending == null) {
            for (Snapshot.TypeCount each : now.snapshot().shownEndings(group)) {
                children.add(new Scope.Type(group, each.ending()));
            }
        }
        return children;
    }

    private boolean leaf(Scope scope) {
        return scope instanceof Scope.Type(FileGroup group, String ending) && ending != null;
    }

    private void selected(@Nullable TreeItem<Scope> item) {
        if (!quiet && item != null) {
            model.scope().set(item.getValue());
        }
    }

    /** Shows again the files of the selected type, after something else was shown. */
    void activate() {
        selected(getSelectionModel().getSelectedItem());
    }

    private void update() {
        Findings now = model.findings().get();
        if (now == null || now.snapshot().revision() == shownRevision) {
            return;
        }
        shownRevision = now.snapshot().revision();
        TreeItem<Scope> selected = getSelectionModel().getSelectedItem();
        quiet = true;
        if (!root.filled()) {
            root.setExpanded(true);
        } else {
            root.refresh(Integer.MAX_VALUE);
        }
        if (selected != null && getSelectionModel().getSelectedItem() != selected) {
            getSelectionModel().select(selected);
        }
        quiet = false;
        refresh();
    }

    private int files(Scope scope) {
        Findings now = model.findings().get();
        if (now == null) {
            return 0;
        }
        return switch (scope) {
            case Scope.All all -> now.snapshot().files();
            case Scope.Folder folder -> 0;
            case Scope.Type(FileGroup group, String ending) ->
                ending == null
                        ? now.snapshot().files(group)
                        : now.snapshot().types().getOrDefault(group, List.of()).stream()
                                .filter(type -> type.ending().equals(ending))
                                .mapToInt(Snapshot.TypeCount::files)
                                .sum();
        };
    }

    private static String name(Scope scope) {
        return switch (scope) {
            case Scope.All all -> Messages.get("choose.allTypes");
            case Scope.Folder folder -> "";
            case Scope.Type(FileGroup group, String ending) ->
                ending == null ? group.text() : ending.isEmpty() ? Messages.get("choose.noEnding") : "." + ending;
        };
    }

    private final class Cell extends TreeCell<Scope> {
        private final FontIcon icon = new FontIcon();
        private final Label name = new Label();
        private final Label count = new Label();
        private final HBox line = new HBox(6, icon, name, count);

        Cell() {
            count.getStyleClass().add("side-count");
            count.setMinWidth(Region.USE_PREF_SIZE);
            name.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(name, Priority.ALWAYS);
            line.setAlignment(Pos.CENTER_LEFT);
            setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
            setPrefWidth(1);
        }

        @Override
        protected void updateItem(@Nullable Scope scope, boolean empty) {
            super.updateItem(scope, empty);
            if (scope == null || empty) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            boolean group = scope instanceof Scope.Type(FileGroup g, String ending) && ending == null;
            icon.setVisible(group || scope instanceof Scope.All);
            icon.setManaged(icon.isVisible());
            icon.setIconCode(scope instanceof Scope.Type(FileGroup g, String ending) ? Icons.of(g) : Feather.LAYERS);
            name.setText(name(scope));
            count.setText(Units.count(files(scope)));
            setGraphic(line);
            setAccessibleText(Messages.get("choose.typeWords", name.getText(), Units.files(files(scope))));
        }
    }
}
