package org.salvor.ui.shell;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.Optional;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.binding.Bindings;
import javafx.css.PseudoClass;
import javafx.geometry.Rectangle2D;
import javafx.scene.AccessibleRole;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.util.Duration;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.salvor.text.Messages;
import org.salvor.ui.theme.Build;
import org.salvor.ui.theme.Themes;

/** The window: step rail, headline, the page, the bar with Back and Next, the status line. */
public final class WizardWindow {
    private static final double WIDTH = 1180;
    private static final double HEIGHT = 760;

    /** What a desktop may put around it. */
    private static final double FRAME = 40;

    /** Below this width the step rail shows numbers only, and the margins are smaller. */
    private static final double NARROW = 1000;

    private static final Duration BETWEEN_PAGES = Duration.millis(200);

    private static final PseudoClass IS_NARROW = PseudoClass.getPseudoClass("narrow");

    private final WizardState state;
    private final Pages pages;
    private final List<Step> steps;
    private final StepRail rail;
    private final Label title = new Label();
    private final Label lead = new Label();
    private final StackPane body = new StackPane();
    private final HBox actions = new HBox(8);
    private final Button back = new Button(Messages.get("wizard.back"), new FontIcon(Feather.ARROW_LEFT));
    private final Button next = new Button();
    private final HBox bar = Build.row(8);
    private final Scene scene;
    private final HelpPopOver help = new HelpPopOver();
    private Subscription pageBindings = Subscription.EMPTY;
    private @Nullable Page shown;
    private Step reached = Step.START;
    private boolean leavingForNext;

    /** @param pages a step without a page is left out */
    public WizardWindow(WizardState state, Pages pages) {
        this.state = state;
        this.pages = pages;
        steps = pages.steps().stream().filter(step -> step != Step.START).toList();
        rail = new StepRail(state, steps, () -> state.step().set(Step.START));
        BorderPane root = new BorderPane();
        root.getStyleClass().add("wizard");
        root.setLeft(rail);
        root.setCenter(content());
        root.setBottom(new StatusLine(state));
        scene = new Scene(root, WIDTH, HEIGHT);
        scene.widthProperty().subscribe(width -> {
            boolean narrow = width.doubleValue() < NARROW;
            root.pseudoClassStateChanged(IS_NARROW, narrow);
            rail.compact(narrow);
        });
        scene.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        state.dark().subscribe(dark -> {
            Themes.use(dark);
            Themes.style(scene, dark);
        });
        state.node().subscribe((was, is) -> limit(Step.SOURCE));
        state.session().subscribe((was, is) -> limit(Step.SCAN_PLAN));
        state.step().subscribe(this::show);
    }

    private VBox content() {
        title.getStyleClass().addAll(Styles.TITLE_2, "page-title");
        title.setWrapText(true);
        title.setMinHeight(Region.USE_PREF_SIZE);
        lead.getStyleClass().addAll(Styles.TEXT_MUTED, "page-lead");
        lead.setWrapText(true);
        lead.setMinHeight(Region.USE_PREF_SIZE);
        Button helpButton = Build.iconButton(Messages.get("wizard.help"), Feather.HELP_CIRCLE, this::showHelp);
        helpButton.setId("help");
        helpButton.setMinWidth(Region.USE_PREF_SIZE);
        VBox texts = Build.column(4, title, lead);
        HBox.setHgrow(texts, Priority.ALWAYS);
        HBox header = new HBox(16, texts, helpButton);
        header.getStyleClass().add("page-header");
        body.getStyleClass().add("page-body");
        body.setMinHeight(0);
        VBox.setVgrow(body, Priority.ALWAYS);
        back.setId("back");
        back.setOnAction(event -> goBack());
        back.setMinWidth(Region.USE_PREF_SIZE);
        next.setId("next");
        next.setDefaultButton(true);
        next.getStyleClass().add(Styles.ACCENT);
        next.setOnAction(event -> goNext());
        next.setMinWidth(Region.USE_PREF_SIZE);
        actions.setAccessibleRole(AccessibleRole.TOOL_BAR);
        bar.getChildren().addAll(actions, Build.spacer(), back, next);
        bar.getStyleClass().add("button-bar-row");
        VBox content = new VBox(header, body, bar);
        content.getStyleClass().add("content");
        content.setMinWidth(0);
        return content;
    }

    public Scene scene() {
        return scene;
    }

    /** Puts the window on the stage and shows it. */
    public void open(Stage stage) {
        stage.setTitle(Messages.get("app.name"));
        stage.setMinWidth(880);
        stage.setMinHeight(580);
        stage.setScene(scene);
        fit(stage);
        Timeline others = new Timeline();
        others.getKeyFrames().setAll(new KeyFrame(BETWEEN_PAGES, event -> makeOne(others)));
        others.setCycleCount(Timeline.INDEFINITE);
        stage.setOnHidden(event -> {
            others.stop();
            state.close();
        });
        stage.show();
        Page first = shown;
        if (first != null) {
            first.focus(); // before it is shown a window gives the keyboard to nobody
        }
        others.play();
    }

    /** A window larger than the screen would hide its own buttons. */
    private static void fit(Stage stage) {
        Rectangle2D screen = Screen.getPrimary().getVisualBounds();
        if (screen.getWidth() < WIDTH + FRAME) {
            stage.setWidth(Math.max(stage.getMinWidth(), screen.getWidth()));
        }
        if (screen.getHeight() < HEIGHT + FRAME) {
            stage.setHeight(Math.max(stage.getMinHeight(), screen.getHeight()));
        }
    }

    /** The pages nobody has asked for yet are made in between, so that going to one of them takes no longer than it has to. */
    private void makeOne(Timeline others) {
        if (!pages.makeNext()) {
            others.stop();
        }
    }

    private void limit(Step furthest) {
        if (reached.compareTo(furthest) > 0) {
            reached = furthest;
            refreshRail();
        }
    }

    private void refreshRail() {
        Page page = shown;
        if (page != null) {
            rail.show(page.step(), reached, !page.canGoBack().get());
        }
    }

    private void show(Step step) {
        Page page = pages.get(step);
        if (page == null) {
            return;
        }
        if (shown != null) {
            shown.leaving();
        }
        pageBindings.unsubscribe();
        shown = page;
        if (step.compareTo(reached) > 0 || step == Step.START) {
            reached = step;
        }
        page.entering();
        title.setText(page.title());
        lead.textProperty().bind(page.leadText());
        body.getChildren().setAll(page.node());
        actions.getChildren().setAll(page.actions());
        // a control that had a mnemonic must not become empty: the toolkit would look for the letter all the same
        next.textProperty().bind(page.nextText().map(text -> text.isEmpty() ? " " : text));
        next.visibleProperty().bind(Bindings.isNotEmpty(page.nextText()));
        next.disableProperty().bind(Bindings.not(page.canGoNext()));
        Build.visible(bar, step != Step.START);
        back.disableProperty().bind(Bindings.not(page.canGoBack()));
        pageBindings = page.canGoBack().subscribe(can -> refreshRail());
        help.hide();
        refreshRail();
        // what can be scrolled is in the window only once its control is made
        page.node().applyCss();
        page.focus();
    }

    private void goNext() {
        Page page = shown;
        if (page == null || next.isDisabled() || !next.isVisible() || leavingForNext) {
            return;
        }
        leavingForNext = true;
        try {
            page.next(() -> {
                if (shown == page) {
                    following(page.step()).ifPresent(step -> state.step().set(step));
                }
            });
        } finally {
            leavingForNext = false;
        }
    }

    private void goBack() {
        Page page = shown;
        if (page == null || back.isDisabled() || page.step() == Step.START) {
            return;
        }
        int index = steps.indexOf(page.step());
        state.step().set(index <= 0 ? Step.START : steps.get(index - 1));
    }

    private Optional<Step> following(Step step) {
        int index = steps.indexOf(step) + 1;
        return index < steps.size() ? Optional.of(steps.get(index)) : Optional.empty();
    }

    private void showHelp() {
        if (shown != null) {
            help.show(title, shown.title(), shown.help());
        }
    }

    private void key(KeyEvent event) {
        if (NEXT.match(event)) {
            goNext();
        } else if (BACK.match(event)) {
            goBack();
        } else if (event.getCode() == KeyCode.F1) {
            showHelp();
        } else if (event.getCode() == KeyCode.ESCAPE && shown != null && (help.hideIfShown() || shown.escape())) {
            event.consume();
            return;
        } else {
            return;
        }
        event.consume();
    }

    private static final KeyCombination NEXT = new KeyCodeCombination(KeyCode.RIGHT, KeyCombination.ALT_DOWN);
    private static final KeyCombination BACK = new KeyCodeCombination(KeyCode.LEFT, KeyCombination.ALT_DOWN);
}
