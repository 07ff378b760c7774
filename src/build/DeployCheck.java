import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
      "(?i)/subscriptions/" + GUID + "/resourceGroups/[a-z0-9_().-]{0,89}[a-z0-9_()-]/providers/";
  private static final Pattern MODEL_ACCOUNT =
      Pattern.compile(IN_GROUP + "Microsoft\\.CognitiveServices/accounts/[a-z0-9_.-]{2,64}");
  private static final Pattern NETWORK =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");

  /** What a word for a Boolean is meant to be. */
  private static final Map<String, String> BOOLEANS =
      Map.of(
          "true", "true", "yes", "true", "on", "true", "1", "true", "false", "false", "no", "false",
          "off", "false", "0", "false");

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
        "DEPLOY_ZIP",
        "build|keep",
        "it is build or keep",
        "azd env set DEPLOY_ZIP "
            + oneOf(values.get("DEPLOY_ZIP"), List.of("build", "keep"), "build"));
    values.format(
        "DEPLOY_VERIFY",
        "true|false",
        "it is true or false",
        "azd env set DEPLOY_VERIFY " + truth(values.get("DEPLOY_VERIFY"), "false"));
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
                values.refuse(
                    variable,
                    why,
                    "azd env set " + variable + " " + parameter.meant(values.get(variable)));
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
    // Where nothing else is set, the resource group has its name at the end.
    String end = values.isSet("DEPLOY_RESOURCE_GROUP") ? "" : "(?<!\\.)";
    values.format(
        "AZURE_ENV_NAME",
        "[A-Za-z0-9()_.-]{1,64}" + end,
        "it has up to 64 letters, digits, and -_.() only, with no . at its end",
        "azd env new courier");
    values.format(
        "DEPLOY_RESOURCE_GROUP",
        GROUP,
        "it has up to 90 letters, digits, and -_.() only, with no . at its end",
        "azd env set DEPLOY_RESOURCE_GROUP rg-courier");
    if (values.trimmed("DEPLOY_MODEL_ACCOUNT_ID").equalsIgnoreCase("new")) {
      values.refuse(
          "DEPLOY_MODEL_ACCOUNT_ID",
          "model accounts are no longer created here: it is none, with DEPLOY_ENDPOINT, or the id of"
              + " an account that exists",
          "az cognitiveservices account list --query [].id --output tsv");
    }
    values.trimmedFormat(
        "DEPLOY_MODEL_ACCOUNT_ID",
        "|(?i:none)|" + MODEL_ACCOUNT.pattern(),
        "it is none, or the id of an Azure OpenAI or Foundry account that ends with the account's"
            + " name: /subscriptions/.../providers/Microsoft.CognitiveServices/accounts/NAME",
        "az cognitiveservices account show --name ... --resource-group ... --query id --output tsv");
    String guid = "it is a GUID";
    values.trimmedFormat(
        "DEPLOY_MODEL_ROLE_ID", GUID, guid, "azd env set DEPLOY_MODEL_ROLE_ID \"\"");
    values.format("AZURE_PRINCIPAL_ID", GUID, guid, "azd env set AZURE_PRINCIPAL_ID \"\"");
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
        "[^\\s@,;]+@[^\\s@,;]+\\.[^\\s@,;]+",
        "it is one address of email",
        "azd env set DEPLOY_ALERT_EMAIL you@example.com");
    String prefix = values.trimmed("DEPLOY_VNET_ADDRESS_PREFIX");
    String network = network(prefix);
    if (values.isSet("DEPLOY_VNET_ADDRESS_PREFIX") && !prefix.equals(network)) {
      values.refuse(
          "DEPLOY_VNET_ADDRESS_PREFIX",
          "it is an IPv4 network of the size /%d to /%d, written as its first address"
              .formatted(MIN_PREFIX, MAX_PREFIX),
          "azd env set DEPLOY_VNET_ADDRESS_PREFIX "
              + (network.isEmpty() ? "10.42.0.0/16" : network));
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

  /**
   * The network that an address is in, as the template wants it written; empty if there is none.
   */
  private static String network(String prefix) {
    Matcher parts = NETWORK.matcher(prefix);
    if (!parts.matches()) {
      return "";
    }
    long address = 0;
    for (int i = 1; i <= 4; i++) {
      int part = Integer.parseInt(parts.group(i));
      if (part > 255) {
        return "";
      }
      address = address << 8 | part;
    }
    int length = Integer.parseInt(parts.group(5));
    if (length < MIN_PREFIX || length > MAX_PREFIX) {
      return "";
    }
    long first = address >> 32 - length << 32 - length;
    return "%d.%d.%d.%d/%d"
        .formatted(first >> 24, first >> 16 & 255, first >> 8 & 255, first & 255, length);
  }

  /** The word that is meant by a value in other letters, or with blanks or quotes around it. */
  static String oneOf(String value, List<String> words, String otherwise) {
    String plain = value.replaceAll("[\\s\"']", "");
    return words.stream().filter(plain::equalsIgnoreCase).findFirst().orElse(otherwise);
  }

  static String truth(String value, String otherwise) {
    return BOOLEANS.getOrDefault(
        oneOf(value, List.copyOf(BOOLEANS.keySet()), otherwise), otherwise);
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

  /** Of a value that the template takes with blanks around it. */
  void trimmedFormat(String variable, String pattern, String why, String type) {
    if (isSet(variable) && !trimmed(variable).matches(pattern)) {
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

  String trimmed(String variable) {
    return get(variable).strip();
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
          "(?i)https://([a-z0-9-]{3,24})\\.vault\\.azure\\.net"
              + "/secrets/[a-z0-9-]{1,127}(/([0-9a-f]{32})?)?");

  /** Where the app sends a token of its identity without a setting that says so. */
  private static final Pattern TAKES_TOKENS =
      Pattern.compile(
          ".*\\.(openai|cognitiveservices|services\\.ai)\\.azure\\.(com|us|cn)|"
              + "localhost|127(\\.\\d+){3}|\\[::1]");

  private static final String API_MANAGEMENT = ".azure-api.net";
  private static final String ENDPOINT = "AZURE_OPENAI_ENDPOINT";
  private static final String KEY = "AZURE_OPENAI_API_KEY";
  private static final String OF_SETTING = ENDPOINT + " in DEPLOY_COURIER_SETTINGS";
  private static final String WITHOUT_KEY =
      "azd env set DEPLOY_COURIER_SETTINGS '{\"" + KEY + "\":\"none\"}'";

  private final Values values;
  private final String account;
  private final String endpoint;

  Server(Values values) {
    this.values = values;
    String given = values.trimmed("DEPLOY_MODEL_ACCOUNT_ID");
    account = given.equalsIgnoreCase("none") ? "" : given;
    endpoint = values.trimmed("DEPLOY_ENDPOINT");
  }

  void check() throws IOException {
    Settings settings = null;
    try {
      settings = Settings.parse(values.get("DEPLOY_COURIER_SETTINGS"));
    } catch (SettingsException e) {
      values.refuse("DEPLOY_COURIER_SETTINGS", e.getMessage(), e.type());
    }
    if (settings == null) {
      // http may be allowed in it.
      checkEndpoint(true);
      checkKey("");
      return;
    }
    List<String> reserved = settings.reserved();
    if (!reserved.isEmpty()) {
      values.refuse(
          "DEPLOY_COURIER_SETTINGS",
          "it may not have "
              + String.join(", ", reserved)
              + ", which the template sets (DEPLOY_VIDEO_CONTAINER, DEPLOY_HARVEST) or the plan"
              + " refuses",
          "azd env set DEPLOY_COURIER_SETTINGS ... without that");
    }
    boolean http = settings.get("COURIER_SORA_ALLOW_HTTP").equalsIgnoreCase("true");
    String setting = settings.get(ENDPOINT).strip();
    boolean wellFormed = checkEndpoint(http) & checkSetting(setting, http);
    String asked = setting.isEmpty() ? endpoint : setting;
    if (asked.isEmpty() && account.isEmpty()) {
      values.add(
          "DEPLOY_ENDPOINT is not set, and neither is DEPLOY_MODEL_ACCOUNT_ID: there is no server"
              + " to fetch videos from. Type: azd env set DEPLOY_ENDPOINT https://.../v1");
    }
    String key = settings.get(KEY).strip();
    checkKey(key);
    if (wellFormed && !asked.isEmpty() && key.isEmpty()) {
      checkCredential(
          setting.isEmpty() ? "DEPLOY_ENDPOINT" : OF_SETTING,
          asked,
          !settings.get("AZURE_OPENAI_SCOPE").isBlank());
    }
  }

  private boolean checkEndpoint(boolean http) {
    if (endpoint.isEmpty()
        || isAddress(endpoint, http) && !endpoint.matches("(?s).*[\\s?#@\"'<>\\\\{}].*")) {
      return true;
    }
    values.add(
        "DEPLOY_ENDPOINT is not the address of a server: it begins with https://, has a host, and"
            + " neither user, password, query, fragment, braces, quotes nor blanks"
            + httpAdvice(endpoint)
            + ". Type: azd env set DEPLOY_ENDPOINT https://.../v1");
    return false;
  }

  private boolean checkSetting(String setting, boolean http) {
    if (setting.isEmpty()) {
      return true;
    }
    boolean address = isAddress(setting.replaceAll("[{} ]", "").replaceAll("[?#].*", ""), http);
    if (!address) {
      values.add(
          OF_SETTING
              + " is not the address of a server: it begins with https://, has a host, and neither"
              + " user nor password"
              + httpAdvice(setting)
              + ". Type: azd env set DEPLOY_ENDPOINT https://.../v1, and remove it there");
    } else if (!setting.matches("(?is)[^?]*(\\?(&?api-version=[\\w.-]*)*(#.*)?)?")) {
      values.add(
          OF_SETTING
              + " has a query with something else than api-version in it, which may be a key. Type:"
              + " azd env set DEPLOY_ENDPOINT https://.../v1, and remove it there");
      return false;
    }
    return address;
  }

  private static String httpAdvice(String address) {
    return address.toLowerCase(Locale.ROOT).startsWith("http://")
        ? "; http is for a server in a private network, with COURIER_SORA_ALLOW_HTTP true in"
            + " DEPLOY_COURIER_SETTINGS"
        : "";
  }

  /** The app does not start where it would have to send the identity's token to just any server. */
  private void checkCredential(String name, String address, boolean scope) {
    String host = host(address);
    boolean loopback = TAKES_TOKENS.matcher(host).matches() && !host.contains(".azure.");
    boolean plain = address.toLowerCase(Locale.ROOT).startsWith("http://") && !loopback;
    if (values.isSet("DEPLOY_KEY_SECRET_URI")
        || !plain && (scope || TAKES_TOKENS.matcher(host).matches())) {
      return;
    }
    boolean gateway = !plain && (!account.isEmpty() || host.endsWith(API_MANAGEMENT));
    values.add(
        name
            + " is a server to which no token of the app's identity goes, and there is no key to it:"
            + " the app would not start. With its key in a key vault, type: azd env set"
            + " DEPLOY_KEY_SECRET_URI https://.../secrets/... For a server that wants no key, type: "
            + WITHOUT_KEY
            + (gateway ? ". One that takes tokens needs AZURE_OPENAI_SCOPE there instead" : ""));
  }

  private void checkKey(String key) {
    boolean secretIsSet = !values.trimmed("DEPLOY_KEY_SECRET_URI").isEmpty();
    boolean vaultIsSet = !values.trimmed("DEPLOY_KEY_VAULT_ID").isEmpty();
    Matcher secret = SECRET.matcher(values.trimmed("DEPLOY_KEY_SECRET_URI"));
    Matcher vault = VAULT.matcher(values.trimmed("DEPLOY_KEY_VAULT_ID"));
    if (secretIsSet && !secret.matches()) {
      values.add(
          "DEPLOY_KEY_SECRET_URI is not the address of a secret in a key vault, such as"
              + " https://myvault.vault.azure.net/secrets/video-key. Type: az keyvault secret show"
              + " --vault-name ... --name ... --query id --output tsv");
    }
    if (vaultIsSet && !vault.matches()) {
      values.add(
          "DEPLOY_KEY_VAULT_ID is not the id of a key vault:"
              + " /subscriptions/.../providers/Microsoft.KeyVault/vaults/... Type: az keyvault show"
              + " --name ... --query id --output tsv");
    }
    if (vaultIsSet && !secretIsSet) {
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
    } else if (secret.matches() && !vaultIsSet) {
      System.err.println(
          "Note: DEPLOY_KEY_SECRET_URI is set without DEPLOY_KEY_VAULT_ID: the vault must be in the"
              + " resource group of this installation already.");
    }
    if (!key.isEmpty() && secretIsSet) {
      values.add(
          "DEPLOY_KEY_SECRET_URI is set, and DEPLOY_COURIER_SETTINGS has "
              + KEY
              + " too: there is one key. Type: azd env set DEPLOY_COURIER_SETTINGS ... without it");
    } else if (key.equalsIgnoreCase("none") && !key.equals("none")) {
      values.add(
          KEY
              + " in DEPLOY_COURIER_SETTINGS is none in other letters, and the template takes it in"
              + " small letters only. Type: "
              + WITHOUT_KEY);
    } else if (!key.isEmpty() && !key.equals("none")) {
      values.add(
          "DEPLOY_COURIER_SETTINGS has a key in "
              + KEY
              + ", which everybody can read who can read the app: put it into a key vault. Type:"
              + " azd env set DEPLOY_KEY_SECRET_URI https://.../secrets/...");
    }
  }

  private static boolean isAddress(String address, boolean http) {
    // A host in other letters than those of DNS is one as well.
    return address.matches("(?is)http" + (http ? "s?" : "s") + "://[^/:@?#\\s][^/@?#\\s]*(/.*)?");
  }

  /** In small letters, without the port. */
  private static String host(String address) {
    return address
        .split("/", 4)[2]
        .replaceFirst("[?#].*", "")
        .replaceFirst(":\\d*$", "")
        .toLowerCase(Locale.ROOT);
  }
}

/** A parameter of the template, with the variable that it gets its value from. */
record Parameter(String name, String type, String decorators, String defaultValue) {
  private static final Pattern OF_THE_FILE =
      Pattern.compile(
          "\"(\\w+)\"\\s*:\\s*\\{\\s*\"value\"\\s*:\\s*\"\\$\\{(\\w+)(?:=((?:[^\"\\\\]|\\\\.)*?))?}\"");
  private static final Pattern DECLARATION =
      Pattern.compile("(?m)^param (\\w+) (\\w+)(?: = '?([\\w.-]+))?");
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
              declaration.group(3) == null ? "" : declaration.group(3)));
    }
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    String file = Files.readString(Path.of("infra/main.parameters.json"));
    for (MatchResult entry : OF_THE_FILE.matcher(file).results().toList()) {
      Parameter parameter = declared.get(entry.group(1));
      if (parameter != null) {
        String value = entry.group(3) == null ? parameter.defaultValue() : entry.group(3);
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

  /** A value that the template takes: the one that is meant, or else the default. */
  String meant(String value) {
    if (!allowed().isEmpty()) {
      return DeployCheck.oneOf(value, allowed(), example());
    }
    if (type.equals("bool")) {
      return DeployCheck.truth(value, example());
    }
    String number = value.replaceAll("^[\\s\"']+|[\\s\"']+$", "");
    return refusal(number).isEmpty() ? number : example();
  }

  private String example() {
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

/** What is wrong with the further settings, without their values: one may be a key. */
class SettingsException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String setting;

  SettingsException(String why, String setting) {
    super(why);
    this.setting = setting;
  }

  String type() {
    String value = setting.equals(Settings.EXAMPLE) ? "30s" : "...";
    return "azd env set DEPLOY_COURIER_SETTINGS '{ \"%s\": \"%s\" }'".formatted(setting, value);
  }
}

/**
 * The further settings: an object of JSON whose values are no objects and no lists.
 *
 * @param names all that are in it, as they are written
 * @param values without those that are null, which is "not set"; case does not count in names
 */
record Settings(List<String> names, Map<String, String> values) {
  static final String EXAMPLE = "COURIER_LOOK_MAX_DELAY";
  private static final String TEXT =
      "\"((?:[^\"\\\\\\p{Cntrl}]|\\\\(?:[\"\\\\/bfnrt]|u[0-9a-fA-F]{4}))*+)\"";
  private static final String PLAIN =
      "(true|false|null|-?(?:0|[1-9]\\d*+)(?:\\.\\d++)?(?:[eE][+-]?\\d++)?)";
  private static final Pattern MEMBER =
      Pattern.compile("\\s*" + TEXT + "\\s*:\\s*(?:" + TEXT + "|" + PLAIN + ")\\s*");
  private static final Pattern NESTED = Pattern.compile("(?s)\\s*" + TEXT + "\\s*:\\s*[\\[{].*");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");
  private static final Pattern PROPERTY = Pattern.compile("(?i)courier\\.[a-z0-9.-]{1,60}");

  static Settings parse(String json) throws SettingsException {
    List<String> names = new ArrayList<>();
    Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    String text = json.strip();
    // As in a file of parameters, where it is the default.
    if (text.isEmpty() || text.equals("null")) {
      return new Settings(names, values);
    }
    if (!text.startsWith("{") || !text.endsWith("}") || text.length() == 1) {
      throw wrong("it is an object of JSON, { \"NAME\": \"value\" }");
    }
    String members = text.substring(1, text.length() - 1);
    Matcher member = MEMBER.matcher(members);
    int position = 0;
    while (!members.isBlank()) {
      member.region(position, members.length());
      if (!member.lookingAt()) {
        throw wrong(why(members.substring(position)));
      }
      String name = checked(unescaped(member.group(1)));
      names.add(name);
      String value = member.group(2) == null ? member.group(3) : unescaped(member.group(2));
      if (!"null".equals(member.group(3)) && values.put(name, value) != null) {
        throw wrong(name + " is in it twice");
      }
      position = member.end();
      if (position == members.length()) {
        break;
      }
      if (members.charAt(position++) != ',') {
        throw wrong(why(""));
      }
    }
    return new Settings(names, values);
  }

  /** Empty where it is not set. */
  String get(String name) {
    return values.getOrDefault(name, "");
  }

  /** The names that the template does not let in, by its own text. */
  List<String> reserved() throws IOException {
    String template = Files.readString(Path.of("infra/main.bicep")).replace("\r", "");
    Matcher list = Pattern.compile("(?s)\nvar reservedSettings = .*?\n\\)\n").matcher(template);
    if (!list.find()) {
      return List.of();
    }
    String prefix = "startsWith\\(toLower\\(setting\\.key\\), '([^']+)'\\)";
    List<String> prefixes = found(prefix, list.group());
    List<String> whole = found("(?m)^ *'([^']+)'$", list.group());
    return names.stream()
        .filter(
            name -> {
              String lower = name.toLowerCase(Locale.ROOT);
              return whole.contains(lower) || prefixes.stream().anyMatch(lower::startsWith);
            })
        .toList();
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(one -> one.group(1)).toList();
  }

  /** Repeats the names of this app's settings only: another may be a key in the wrong place. */
  private static String checked(String name) throws SettingsException {
    if (PROPERTY.matcher(name).matches()) {
      String variable = name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
      throw new SettingsException(
          name + " is not the name of an environment variable: it is written as " + variable,
          variable);
    }
    if (!NAME.matcher(name).matches()) {
      throw wrong(
          "a name in it is not one of an environment variable, which has letters, digits, _ and .");
    }
    return name;
  }

  private static SettingsException wrong(String why) {
    return new SettingsException(why, EXAMPLE);
  }

  /** Without what was found: it may be a key. */
  private static String why(String rest) {
    if (rest.strip().startsWith("\\")) {
      return "it has backslashes before its quotes, which azd pipeline config puts there";
    }
    return NESTED.matcher(rest).matches()
        ? "its values are texts, numbers, true or false, and neither objects nor lists"
        : "it is not JSON, in which names and texts are in double quotes";
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
