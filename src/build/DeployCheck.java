import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses values of azd's environment that would stop a deployment later, half-way:
 *
 * <pre>java DeployCheck.java deployment|package</pre>
 *
 * Run in the project's folder, with the values as environment variables, as azd gives them to its
 * hooks; an empty one is unset. Writes one line for each wrong value, with what to type, and ends
 * with exit code 1; says nothing where all is well. {@code package} checks only what building the
 * package reads. Types, bounds and allowed words are those of {@code infra/main.bicep}, and which
 * variable belongs to which parameter is what {@code infra/main.parameters.json} says. No value is
 * repeated that may hold a key.
 */
public class DeployCheck {
  private static final String GUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
  private static final String GROUP = "[\\p{L}\\p{N}_().-]{0,89}[\\p{L}\\p{N}_()-]";
  static final String IN_GROUP =
      "(?i)/subscriptions/" + GUID + "/resourceGroups/" + GROUP + "/providers/";
  private static final Pattern MODEL_ACCOUNT =
      Pattern.compile(IN_GROUP + "Microsoft\\.CognitiveServices/accounts/[a-z0-9_.-]{2,64}");
  private static final Pattern NETWORK =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");

  /** Smallest and largest network, as the length of its prefix. */
  private static final int MAX_PREFIX = 23;

  private static final int MIN_PREFIX = 8;

  /** Containers of the Functions host, which may be in the account of the videos. */
  private static final Pattern OF_THE_HOST = Pattern.compile("azure-webjobs-.*|function-app");

  private final Values values;

  private DeployCheck(Values values) {
    this.values = values;
  }

  public static void main(String[] args) throws IOException {
    boolean deployment = args[0].equals("deployment");
    Values values = new Values(System.getenv(), deployment ? Parameter.readAll() : Map.of());
    DeployCheck check = new DeployCheck(values);
    check.checkPackage();
    if (deployment) {
      check.checkParameters();
      check.checkFormats();
      new Server(values).check();
      check.nameUnknown();
    }
    values.failures().forEach(System.err::println);
    System.exit(values.failures().isEmpty() ? 0 : 1);
  }

  /** What the hooks themselves read. */
  private void checkPackage() {
    values.format(
        "DEPLOY_PACKAGE",
        "native",
        "the native package is the only one that is deployed, and the one for the JVM runs on a"
            + " developer's machine",
        "azd env set DEPLOY_PACKAGE native");
    values.format(
        "DEPLOY_ZIP", "build|keep", "it is build or keep", "azd env set DEPLOY_ZIP build");
    values.format(
        "DEPLOY_VERIFY", "true|false", "it is true or false", "azd env set DEPLOY_VERIFY false");
    values.format(
        "DEPLOY_GLIBC",
        "\\d{1,3}\\.\\d{1,3}",
        "it is a version of glibc",
        "azd env set DEPLOY_GLIBC 2.31");
  }

  /** By the types, words and bounds of the template. */
  private void checkParameters() {
    values
        .parameters()
        .forEach(
            (variable, parameter) -> {
              String why =
                  values.get(variable).isEmpty() ? "" : parameter.refusal(values.get(variable));
              if (!why.isEmpty()) {
                values.refuse(variable, why, "azd env set " + variable + " " + parameter.example());
              }
            });
    int instances = values.number("DEPLOY_MAX_INSTANCES");
    if (instances > 0 && values.number("DEPLOY_ALWAYS_READY") > instances) {
      values.refuse(
          "DEPLOY_ALWAYS_READY",
          "it is more than DEPLOY_MAX_INSTANCES, " + instances,
          "azd env set DEPLOY_ALWAYS_READY 0");
    }
  }

  /** What the template cannot say by a type. */
  private void checkFormats() {
    values.format(
        "AZURE_ENV_NAME",
        "[A-Za-z0-9()_.-]{1,64}",
        "it has up to 64 letters, digits, and -_.() only",
        "azd env new courier");
    values.format(
        "DEPLOY_RESOURCE_GROUP",
        GROUP,
        "it has up to 90 letters, digits, and -_.() only, with no . at its end",
        "azd env set DEPLOY_RESOURCE_GROUP rg-courier");
    values.format(
        "DEPLOY_MODEL_ACCOUNT_ID",
        "none|" + MODEL_ACCOUNT.pattern(),
        "it is none, or the id of an Azure OpenAI or Foundry account that ends with the account's"
            + " name: /subscriptions/.../providers/Microsoft.CognitiveServices/accounts/NAME",
        "az cognitiveservices account show --name ... --resource-group ... --query id --output tsv");
    for (String name : List.of("DEPLOY_MODEL_ROLE_ID", "AZURE_PRINCIPAL_ID")) {
      values.format(name, GUID, "it is a GUID", "azd env set " + name + " \"\"");
    }
    values.format(
        "DEPLOY_VIDEO_CONTAINER",
        "(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*",
        "it has 3 to 63 small letters, digits and single hyphens between them",
        "azd env set DEPLOY_VIDEO_CONTAINER videos");
    if (values.get("DEPLOY_SEPARATE_HOST_STORAGE").equals("false")
        && OF_THE_HOST.matcher(values.get("DEPLOY_VIDEO_CONTAINER")).matches()) {
      values.refuse(
          "DEPLOY_VIDEO_CONTAINER",
          "the Functions host has a container of that name in the same account",
          "azd env set DEPLOY_VIDEO_CONTAINER videos");
    }
    values.format(
        "DEPLOY_ALERT_EMAIL",
        "[^\\s@]+@[^\\s@]+\\.[^\\s@]+",
        "it is one address of email",
        "azd env set DEPLOY_ALERT_EMAIL you@example.com");
    Matcher network = NETWORK.matcher(values.get("DEPLOY_VNET_ADDRESS_PREFIX"));
    if (values.isSet("DEPLOY_VNET_ADDRESS_PREFIX") && !(network.matches() && isNetwork(network))) {
      values.refuse(
          "DEPLOY_VNET_ADDRESS_PREFIX",
          "it is an IPv4 network of the size /%d to /%d".formatted(MIN_PREFIX, MAX_PREFIX),
          "azd env set DEPLOY_VNET_ADDRESS_PREFIX 10.42.0.0/16");
    }
  }

  /** A name with a typing error would be heeded by nothing; it may also be another program's. */
  private void nameUnknown() {
    List<String> hooks = List.of("DEPLOY_PACKAGE", "DEPLOY_ZIP", "DEPLOY_VERIFY", "DEPLOY_GLIBC");
    for (String name : new TreeMap<>(System.getenv()).keySet()) {
      if (name.startsWith("DEPLOY_")
          && values.isSet(name)
          && !values.parameters().containsKey(name)
          && !hooks.contains(name)) {
        System.err.println("Note: " + name + " is set, and nothing here reads it.");
      }
    }
  }

  private static boolean isNetwork(Matcher network) {
    for (int i = 1; i <= 4; i++) {
      if (Integer.parseInt(network.group(i)) > 255) {
        return false;
      }
    }
    int length = Integer.parseInt(network.group(5));
    return length >= MIN_PREFIX && length <= MAX_PREFIX;
  }
}

/** The environment that is checked, and what is wrong with it. */
class Values {
  private final Map<String, String> environment;
  private final Map<String, Parameter> parameters;
  private final List<String> failures = new ArrayList<>();

  Values(Map<String, String> environment, Map<String, Parameter> parameters) {
    this.environment = environment;
    this.parameters = parameters;
  }

  List<String> failures() {
    return failures;
  }

  Map<String, Parameter> parameters() {
    return parameters;
  }

  void format(String variable, String pattern, String why, String type) {
    if (isSet(variable) && !get(variable).matches(pattern)) {
      refuse(variable, why, type);
    }
  }

  void refuse(String variable, String why, String type) {
    Parameter parameter = parameters.get(variable);
    String name = parameter == null ? variable : variable + " (" + parameter.name() + ")";
    String value =
        variable.equals("DEPLOY_COURIER_SETTINGS") ? "" : " is '" + shown(variable) + "'";
    String line = name + value + ": " + why + ". Type: " + type;
    // The template's words and the form of a value may refuse it for the same reason.
    if (failures.stream().noneMatch(failure -> failure.startsWith(name + value))) {
      failures.add(line);
    }
  }

  void add(String line) {
    failures.add(line);
  }

  String shown(String variable) {
    String value = get(variable).replaceAll("\\p{Cntrl}", "?");
    return value.length() > 200 ? value.substring(0, 200) + "..." : value;
  }

  boolean isSet(String variable) {
    return !get(variable).isEmpty();
  }

  String get(String variable) {
    return environment.getOrDefault(variable, "");
  }

  int number(String variable) {
    return get(variable).matches("\\d{1,9}") ? Integer.parseInt(get(variable)) : 0;
  }
}

/** The server that is asked for videos, and the key to it. */
class Server {
  private static final Pattern VAULT =
      Pattern.compile(DeployCheck.IN_GROUP + "Microsoft\\.KeyVault/vaults/([a-z0-9-]{3,24})");
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)https://([a-z0-9-]{3,24})\\.vault\\.[a-z.]+/secrets/[a-z0-9-]{1,127}(/[0-9a-f]{32})?/?");
  private static final String ENDPOINT = "AZURE_OPENAI_ENDPOINT";
  private static final String KEY = "AZURE_OPENAI_API_KEY";

  private final Values values;

  Server(Values values) {
    this.values = values;
  }

  void check() {
    Map<String, String> settings = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    boolean readable = true;
    if (values.isSet("DEPLOY_COURIER_SETTINGS")) {
      try {
        settings.putAll(Texts.parse(values.get("DEPLOY_COURIER_SETTINGS")));
      } catch (IllegalArgumentException e) {
        values.refuse(
            "DEPLOY_COURIER_SETTINGS",
            e.getMessage(),
            "azd env set DEPLOY_COURIER_SETTINGS '{ \"COURIER_LOOK_MAX_DELAY\": \"30s\" }'");
        readable = false;
      }
    }
    checkEndpoint("DEPLOY_ENDPOINT", values.get("DEPLOY_ENDPOINT"));
    checkEndpoint(
        "DEPLOY_COURIER_SETTINGS (" + ENDPOINT + ")", settings.getOrDefault(ENDPOINT, ""));
    boolean account =
        values.isSet("DEPLOY_MODEL_ACCOUNT_ID")
            && !values.get("DEPLOY_MODEL_ACCOUNT_ID").equals("none");
    if (readable
        && !account
        && !values.isSet("DEPLOY_ENDPOINT")
        && settings.getOrDefault(ENDPOINT, "").isEmpty()) {
      values.add(
          "DEPLOY_ENDPOINT is not set, and neither is DEPLOY_MODEL_ACCOUNT_ID: there is no server"
              + " to fetch videos from. Type: azd env set DEPLOY_ENDPOINT https://.../v1");
    }
    checkKey(settings);
  }

  private void checkEndpoint(String name, String value) {
    if (!value.isEmpty() && !isHttps(value)) {
      values.add(
          name
              + " is not the address of a server: it begins with https://, has a host, and neither"
              + " user nor password. Type: azd env set DEPLOY_ENDPOINT https://.../v1");
    }
  }

  private void checkKey(Map<String, String> settings) {
    Matcher secret = SECRET.matcher(values.get("DEPLOY_KEY_SECRET_URI"));
    Matcher vault = VAULT.matcher(values.get("DEPLOY_KEY_VAULT_ID"));
    if (values.isSet("DEPLOY_KEY_SECRET_URI") && !secret.matches()) {
      values.add(
          "DEPLOY_KEY_SECRET_URI is not the address of a secret in a key vault, such as"
              + " https://myvault.vault.azure.net/secrets/video-key. Type: az keyvault secret show"
              + " --vault-name ... --name ... --query id --output tsv");
    }
    if (values.isSet("DEPLOY_KEY_VAULT_ID") && !vault.matches()) {
      values.add(
          "DEPLOY_KEY_VAULT_ID is not the id of a key vault:"
              + " /subscriptions/.../providers/Microsoft.KeyVault/vaults/... Type: az keyvault show"
              + " --name ... --query id --output tsv");
    }
    if (values.isSet("DEPLOY_KEY_VAULT_ID") && !values.isSet("DEPLOY_KEY_SECRET_URI")) {
      values.add(
          "DEPLOY_KEY_VAULT_ID is set, and DEPLOY_KEY_SECRET_URI is not: no key is read from that"
              + " vault. Type: azd env set DEPLOY_KEY_SECRET_URI https://.../secrets/...");
    } else if (secret.matches()
        && vault.matches()
        && !secret.group(1).equalsIgnoreCase(vault.group(vault.groupCount()))) {
      values.add(
          "DEPLOY_KEY_VAULT_ID is another vault than the one in DEPLOY_KEY_SECRET_URI. Type: az"
              + " keyvault show --name "
              + secret.group(1)
              + " --query id --output tsv");
    }
    String key = settings.getOrDefault(KEY, "");
    if (!key.isEmpty() && values.isSet("DEPLOY_KEY_SECRET_URI")) {
      values.add(
          "DEPLOY_KEY_SECRET_URI is set, and DEPLOY_COURIER_SETTINGS has "
              + KEY
              + " too: there is one key. Type: azd env set DEPLOY_COURIER_SETTINGS ... without it");
    } else if (!key.isEmpty() && !key.equals("none")) {
      values.add(
          "DEPLOY_COURIER_SETTINGS has a key in "
              + KEY
              + ", which everybody can read who can read the app: put it into a key vault. Type:"
              + " azd env set DEPLOY_KEY_SECRET_URI https://.../secrets/...");
    }
  }

  private static boolean isHttps(String value) {
    try {
      // A host in other letters than those of DNS is one as well, and has an authority.
      URI address = new URI(value.strip().replace(" ", "%20").replaceAll("[{}]", ""));
      String authority = address.getRawAuthority();
      return "https".equalsIgnoreCase(address.getScheme())
          && authority != null
          && !authority.contains("@")
          && authority.matches("[^:\\s].*");
    } catch (URISyntaxException e) {
      return false;
    }
  }
}

/** A parameter of the template, with the variable that it gets its value from. */
record Parameter(String name, String type, String decorators, String defaultValue) {
  private static final Pattern OF_THE_FILE =
      Pattern.compile(
          "\"(\\w+)\"\\s*:\\s*\\{\\s*\"value\"\\s*:\\s*\"\\$\\{(\\w+)(?:=((?:[^\"\\\\]|\\\\.)*?))?}\"");
  private static final Pattern DECLARATION = Pattern.compile("(?m)^param (\\w+) (\\w+)");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(?<![\\w'])(\\d+)(?![\\w'])");

  /** By the name of the variable. */
  static Map<String, Parameter> readAll() throws IOException {
    String template = Files.readString(Path.of("infra/main.bicep")).replace("\r", "");
    Map<String, Parameter> declared = new LinkedHashMap<>();
    Matcher declaration = DECLARATION.matcher(template);
    while (declaration.find()) {
      int start = template.lastIndexOf("\n\n", declaration.start());
      declared.put(
          declaration.group(1),
          new Parameter(
              declaration.group(1),
              declaration.group(2),
              template.substring(Math.max(start, 0), declaration.start()),
              ""));
    }
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    String file = Files.readString(Path.of("infra/main.parameters.json"));
    for (MatchResult entry : OF_THE_FILE.matcher(file).results().toList()) {
      Parameter parameter = declared.get(entry.group(1));
      if (parameter != null) {
        String value = entry.group(3) == null ? "" : entry.group(3);
        parameters.put(
            entry.group(2),
            new Parameter(parameter.name(), parameter.type(), parameter.decorators(), value));
      }
    }
    return parameters;
  }

  /** Why the template would not take the value; empty if it would. */
  String refusal(String value) {
    List<String> allowed = allowed();
    if (!allowed.isEmpty()) {
      String regions = name.equals("location") ? " (the regions with Flex Consumption)" : "";
      return allowed.contains(value) ? "" : "it is one of " + String.join(", ", allowed) + regions;
    }
    if (type.equals("bool")) {
      return value.matches("true|false") ? "" : "it is true or false";
    }
    if (type.equals("int")) {
      boolean number = value.matches("0|[1-9]\\d{0,8}");
      int least = bound("minValue", 0);
      int most = bound("maxValue", Integer.MAX_VALUE);
      if (number && Integer.parseInt(value) >= least && Integer.parseInt(value) <= most) {
        return "";
      }
      return most == Integer.MAX_VALUE
          ? "it is a number from " + least
          : "it is a number from " + least + " to " + most;
    }
    return "";
  }

  /** A value that the template takes. */
  String example() {
    if (!defaultValue.isEmpty()) {
      return defaultValue;
    }
    if (!allowed().isEmpty()) {
      return allowed().contains("swedencentral") ? "swedencentral" : allowed().get(0);
    }
    return type.equals("int") ? String.valueOf(bound("minValue", 0)) : "false";
  }

  private List<String> allowed() {
    Matcher list = Pattern.compile("(?s)@allowed\\(\\[(.*?)]\\)").matcher(decorators);
    if (!list.find()) {
      return List.of();
    }
    return WORD.matcher(list.group(1).replaceAll("//.*", ""))
        .results()
        .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
        .toList();
  }

  private int bound(String decorator, int otherwise) {
    Matcher bound = Pattern.compile("@" + decorator + "\\((\\d{1,9})\\)").matcher(decorators);
    return bound.find() ? Integer.parseInt(bound.group(1)) : otherwise;
  }
}

/** An object of JSON whose values are texts, which is what app settings are. */
class Texts {
  private static final String TEXT =
      "\"((?:[^\"\\\\\\p{Cntrl}]|\\\\(?:[\"\\\\/bfnrt]|u[0-9a-fA-F]{4}))*)\"";
  private static final Pattern MEMBER =
      Pattern.compile("\\s*" + TEXT + "\\s*:\\s*" + TEXT + "\\s*");
  private static final Pattern OTHER_VALUE = Pattern.compile("\\s*" + TEXT + "\\s*:\\s*[^\\s\"].*");

  static Map<String, String> parse(String json) {
    String text = json.strip();
    if (!text.startsWith("{") || !text.endsWith("}")) {
      throw new IllegalArgumentException("it is an object of JSON, { \"NAME\": \"value\" }");
    }
    Map<String, String> texts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    String members = text.substring(1, text.length() - 1);
    Matcher member = MEMBER.matcher(members);
    int position = 0;
    while (!members.isBlank()) {
      member.region(position, members.length());
      if (!member.lookingAt()) {
        throw new IllegalArgumentException(why(members.substring(position)));
      }
      if (texts.put(unescaped(member.group(1)), unescaped(member.group(2))) != null) {
        throw new IllegalArgumentException(unescaped(member.group(1)) + " is in it twice");
      }
      position = member.end();
      if (position == members.length()) {
        break;
      }
      if (members.charAt(position++) != ',') {
        throw new IllegalArgumentException(why(""));
      }
    }
    return texts;
  }

  /** Without what was found: it may be a key. */
  private static String why(String rest) {
    if (rest.strip().startsWith("\\")) {
      return "it has backslashes before its quotes, which azd pipeline config puts there";
    }
    return Pattern.compile(OTHER_VALUE.pattern(), Pattern.DOTALL).matcher(rest).matches()
        ? "its values are texts, each in double quotes, numbers too"
        : "it is not JSON, in which names and values are in double quotes";
  }

  private static String unescaped(String text) {
    return Pattern.compile("\\\\(u([0-9a-fA-F]{4})|.)")
        .matcher(text)
        .replaceAll(
            escape -> {
              String code = escape.group(2);
              int plain = "bfnrt".indexOf(escape.group(1).charAt(0));
              String character =
                  code != null
                      ? String.valueOf((char) Integer.parseInt(code, 16))
                      : plain >= 0 ? String.valueOf("\b\f\n\r\t".charAt(plain)) : escape.group(1);
              return Matcher.quoteReplacement(character);
            });
  }
}
