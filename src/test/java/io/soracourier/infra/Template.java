package io.soracourier.infra;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Bicep template, read for the names that code, host and documentation share with it. */
final class Template {
  static final ProjectFile MAIN = bicep("main");
  static final ProjectFile ALERTS = bicep("modules/alerts");
  private static final ProjectFile FUNCTION_APP = bicep("modules/function-app");

  /** A declaration ends with the first closing bracket that is not indented. */
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "resource (\\w+) 'Microsoft.Authorization/roleAssignments@[^']+' =(.*?)\\n[}\\]]",
          Pattern.DOTALL);

  private Template() {}

  /**
   * A role that somebody is given.
   *
   * @param principal the Bicep name of who gets it
   * @param scope the Bicep name of what it is given on
   * @param role the Bicep name of the role, which is the role's own name run together
   */
  record Assignment(String name, String principal, String scope, String role) {}

  /**
   * @param defaultValue as Bicep writes it, or null
   */
  record Parameter(String type, String defaultValue) {}

  static String variable(String name) {
    return MAIN.first("^var " + name + " = '([^']*)'$");
  }

  static String parameterDefault(String name) {
    return MAIN.first("^param " + name + " \\w+ = '([^']*)'$");
  }

  /** Name to type and default of the parameters; those that must be given have no default. */
  static Map<String, Parameter> parameters() {
    return Pattern.compile("^param (\\w+) (\\w+)(?: = (.*))?$", Pattern.MULTILINE)
        .matcher(MAIN.text())
        .results()
        .collect(
            Collectors.toMap(
                match -> match.group(1), match -> new Parameter(match.group(2), match.group(3))));
  }

  static Set<String> outputs() {
    return MAIN.all("^output (\\w+) ");
  }

  /** The names of the app settings, without those that a parameter may add. */
  static Set<String> appSettings() {
    String block =
        FUNCTION_APP.first(
            "(?s)name: 'appsettings'\\s+properties: union\\(courierSettings, key, \\{(.*?)}\\)");
    Set<String> names = ProjectFile.all(block, "^\\s+'?([\\w.]+)'?:");
    names.addAll(FUNCTION_APP.all("^var key = .*\\{ (\\w+): "));
    return names;
  }

  /** The names of the properties in the app's site configuration. */
  static Set<String> siteConfiguration() {
    return ProjectFile.all(
        FUNCTION_APP.first("(?s)\\n    siteConfig: \\{(.*?)\\n    }"), "^\\s+(\\w+):");
  }

  /** Role name, as the template writes it, to role id. */
  static Map<String, String> roles() {
    return sources()
        .flatMap(
            file ->
                Pattern.compile("^var (\\w+) = '([0-9a-f-]{36})'$", Pattern.MULTILINE)
                    .matcher(file.text())
                    .results())
        .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));
  }

  static Map<String, Assignment> assignments() {
    return sources()
        .flatMap(file -> ASSIGNMENT.matcher(file.text()).results())
        .map(match -> assignment(match.group(1), match.group(2)))
        .collect(Collectors.toMap(Assignment::name, Function.identity()));
  }

  /** Everything that is Bicep, in one text. */
  static String text() {
    return sources().map(ProjectFile::text).collect(Collectors.joining("\n"));
  }

  /** The short names of the alert rules. */
  static Set<String> alerts() {
    return new TreeSet<>(ALERTS.all("^    name: '([a-z-]+)'$"));
  }

  private static Assignment assignment(String name, String body) {
    return new Assignment(
        name,
        find(body, "principalId: (\\w+)"),
        find(body, "scope: (\\S+)"),
        role(find(body, "roleDefinitions',\\s+(\\w+)\\s*\\)")));
  }

  /** A role that is a parameter counts as its default. */
  private static String role(String name) {
    return roles().containsKey(name) ? name : Role.of(parameterDefault(name)).bicepName();
  }

  private static String find(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("nothing matches " + pattern + " in " + text);
    }
    return matcher.group(1);
  }

  private static Stream<ProjectFile> sources() {
    return ProjectFile.below("infra", ".bicep").stream();
  }

  private static ProjectFile bicep(String name) {
    return ProjectFile.read("infra/" + name + ".bicep");
  }
}
