package org.salvor;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.salvor.fault.RecoveryException;

/** The floors of the house (docs/architecture.md, section 3): who may use whom, and what must never happen. */
@AnalyzeClasses(packages = "org.salvor", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] LEAVES = {"org.salvor.fault..", "org.salvor.text.."};

    @ArchTest
    static final ArchRule codecIsALeaf =
            room("codec").because("checksums and decompressors are used by every format and know none");

    @ArchTest
    static final ArchRule faultUsesNothing = classes()
            .that()
            .resideInAPackage("org.salvor.fault..")
            .should()
            .onlyDependOnClassesThat(resideOutsideOfPackages("org.salvor..").or(resideInAPackage("org.salvor.fault..")))
            .because("every room throws its exceptions");

    @ArchTest
    static final ArchRule textUsesOnlyFault = classes()
            .that()
            .resideInAPackage("org.salvor.text..")
            .should()
            .onlyDependOnClassesThat(resideOutsideOfPackages("org.salvor..").or(rooms("text", "fault")))
            .because("every room makes sentences for a person");

    @ArchTest
    static final ArchRule deviceKnowsOnlyCodecs =
            room("device", "codec").because("bytes at positions are below everything that has a meaning");

    @ArchTest
    static final ArchRule volumeStandsOnDevices =
            room("volume", "device", "codec").because("a volume is a device inside a device");

    @ArchTest
    static final ArchRule substreamIsBelowTheDomain =
            room("substream").because("the common currency belongs to no engine");

    @ArchTest
    static final ArchRule fileSystemsKnowNoDomain = room("filesystem", "substream", "volume", "device", "codec")
            .because("a parser gives evidence; what it means for a person is decided above");

    @ArchTest
    static final ArchRule backupsKnowNoDomainAndNoFileSystem = room("backup", "substream", "volume", "device", "codec")
            .because("a backup format is read the same way whatever its files are wanted for");

    @ArchTest
    static final ArchRule theDomainKnowsOnlySubstreams =
            room("recovery", "substream").because("the words of the field depend on no way of getting files");

    @ArchTest
    static final ArchRule restoreStandsOnTheDomain =
            room("restore", "recovery", "substream").because("what is written does not depend on where it came from");

    @ArchTest
    static final ArchRule enginesStandOnTheDomainAndOnParsers = room(
                    "engine", "recovery", "substream", "filesystem", "backup", "volume", "device", "codec")
            .because("an engine joins parsers with the domain, and nothing else");

    @ArchTest
    static final ArchRule posixImplementsPorts = room("posix", "recovery", "substream", "device", "codec")
            .because("what an operating system can do is behind ports");

    @ArchTest
    static final ArchRule windowsImplementsPorts = room("windows", "recovery", "substream", "device", "codec")
            .because("what an operating system can do is behind ports");

    @ArchTest
    static final ArchRule servicesKnowNoEngine =
            room("service", "restore", "recovery", "substream").because("jobs are the same for every engine");

    @ArchTest
    static final ArchRule theCommandLineKnowsNoEngine = room("cli", "service", "restore", "recovery", "substream")
            .because("a command is a page of the wizard without a window");

    @ArchTest
    static final ArchRule theWizardKnowsNoEngine =
            room("ui", "service", "restore", "recovery", "substream").because("pages show what services tell");

    @ArchTest
    static final ArchRule onlyWiringCallsConstructors = noClasses()
            .that()
            .resideInAPackage("org.salvor.app..")
            .and()
            .doNotHaveSimpleName("Wiring")
            .should()
            .dependOnClassesThat(rooms("engine", "posix", "windows", "filesystem", "backup", "device", "volume"))
            .because("which parts make the program is said in one readable place");

    @ArchTest
    static final ArchRule javafxStaysInUi = noClasses()
            .that()
            .resideOutsideOfPackages("org.salvor.ui..", "org.salvor.app..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javafx..", "org.controlsfx..", "atlantafx..", "org.kordamp..")
            .because("everything but the window must run where there is no toolkit");

    @ArchTest
    static final ArchRule jnaStaysInNativeRooms = noClasses()
            .that()
            .resideOutsideOfPackages("org.salvor.posix..", "org.salvor.windows..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.sun.jna..")
            .because("the portable engine must work on any computer");

    @ArchTest
    static final ArchRule noCycles = slices().matching("org.salvor.(**)")
            .should()
            .beFreeOfCycles()
            .because("data walks one way, and so do dependencies");

    @ArchTest
    static final ArchRule systemOutOnlyInCommands = noClasses()
            .that()
            .resideOutsideOfPackage("org.salvor.cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace")
            .because("output belongs to the commands; everything else goes to the log");

    @ArchTest
    static final ArchRule oneWayToTheUiThread = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("org.salvor.ui.shell.FxQueue")
            .should()
            .callMethod(javafx.application.Platform.class, "runLater", Runnable.class)
            .because("results reach the window through one queue that is drained per pulse");

    @ArchTest
    static final ArchRule nothingIsInterrupted = noClasses()
            .should()
            .callMethodWhere(
                    DescribedPredicate.describe("it may interrupt another thread", ArchitectureTest::interrupts))
            .because("an interrupted FileChannel closes the source for everybody");

    /** Setting one's own flag again, {@code Thread.currentThread().interrupt()} on one line, is what one may do. */
    private static boolean interrupts(JavaMethodCall call) {
        JavaClass owner = call.getTargetOwner();
        return switch (call.getName()) {
            case "cancel" -> owner.isAssignableTo(java.util.concurrent.Future.class);
            case "shutdownNow" -> owner.isAssignableTo(java.util.concurrent.ExecutorService.class);
            case "interrupt" ->
                owner.isAssignableTo(Thread.class)
                        && call.getOrigin().getMethodCallsFromSelf().stream()
                                .noneMatch(other -> other.getName().equals("currentThread")
                                        && other.getLineNumber() == call.getLineNumber());
            default -> false;
        };
    }

    @ArchTest
    static final ArchRule oneFamilyOfExceptions = classes()
            .that()
            .areAssignableTo(Exception.class)
            .and()
            .areNotAssignableTo(RuntimeException.class)
            .should()
            .beAssignableTo(RecoveryException.class)
            .orShould()
            .beAssignableTo(java.io.IOException.class)
            .because("what recovery has to expect of the world is one family");

    /** The room uses only these, its own packages, the two leaves that everybody may use, and what is not ours. */
    private static ArchRule room(String room, String... uses) {
        DescribedPredicate<JavaClass> allowed =
                resideOutsideOfPackages("org.salvor..").or(rooms(room)).or(rooms(uses));
        for (String leaf : LEAVES) {
            allowed = allowed.or(resideInAPackage(leaf));
        }
        return classes()
                .that()
                .resideInAPackage("org.salvor." + room + "..")
                .should()
                .onlyDependOnClassesThat(allowed);
    }

    private static DescribedPredicate<JavaClass> rooms(String... names) {
        DescribedPredicate<JavaClass> any = DescribedPredicate.alwaysFalse();
        for (String name : names) {
            any = any.or(resideInAPackage("org.salvor." + name + ".."));
        }
        return any.as("in the rooms " + String.join(", ", names));
    }
}
