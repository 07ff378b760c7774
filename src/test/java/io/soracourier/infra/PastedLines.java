package io.soracourier.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What must not be in commands that people paste into a shell, whichever: a key that follows a
 * redirect to another origin, something deleted although what came before failed, a variable whose
 * name PowerShell takes for a longer one, and a message's own text among the words of the Azure
 * CLI, which reads a file for a word that begins with an at sign.
 */
public final class PastedLines {
  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "(?i)api-key|authorization|x-functions-key|subscription-key|bearer|-headers\\b"
              + "|-token\\b|-credential\\b|[?&](code|sig|key)=|--oauth2|--user\\b|\\s-u\\s");

  private static final Pattern CURL = Pattern.compile("\\bcurl(\\.exe)?\\s");
  private static final Pattern CURL_FOLLOWS =
      Pattern.compile("\\s(-[a-zA-Z]*L[a-zA-Z]*|--location(-trusted)?)(\\s|$)");

  private static final Pattern POWERSHELL =
      Pattern.compile("(?i)\\b(Invoke-WebRequest|Invoke-RestMethod|iwr|irm)\\s");
  private static final Pattern POWERSHELL_STAYS =
      Pattern.compile("(?i)\\s-MaximumRedirection\\s+0(\\s|$)");
  private static final Pattern POWERSHELL_TAKES_ALONG =
      Pattern.compile("(?i)-PreserveAuthorizationOnRedirect");

  private static final Pattern WGET = Pattern.compile("\\bwget\\s");
  private static final Pattern WGET_STAYS = Pattern.compile("--max-redirect[= ]0\\b");

  /** Also of a scope or a drive, such as {@code $env:ID?}; not one that is escaped. */
  private static final Pattern NAME_BEFORE_QUESTION_MARK =
      Pattern.compile("(?<![`\\\\])\\$(?:[A-Za-z]\\w*:)?\\w+\\?");

  /** Text in double quotes, in which variables are read, or in single ones, where they are not. */
  private static final Pattern QUOTED = Pattern.compile("\"(?:[`\\\\].|[^\"`\\\\])*\"?|'[^']*'");

  private static final Pattern DELETES =
      Pattern.compile(
          "\\baz storage \\w+ delete|(?i:\\.Delete\\w*\\()|(?i:\\bRemove-Az\\w+)|-X DELETE");
  private static final Pattern CMDLET = Pattern.compile("\\b[A-Z][a-z]+-[A-Z]\\w+");

  /** The words of the Azure CLI: without what it gets as standard input. */
  private static final Pattern AZ = Pattern.compile("\\baz\\s(?:\"[^\"]*\"|'[^']*'|[^|;&<>\"'])*");

  /** A variable, a command or a file in the place of a text that can be read in the line. */
  private static final Pattern TEXT_FROM_ELSEWHERE =
      Pattern.compile("\\s--(?:content|body|message)(?:=|\\s+)(?!@-(?:\\s|$))(?!')\\S*[$`@(]");

  /** Where a variable gets the text of a message, in bash by read or by assignment. */
  private static final Pattern TEXT_OF_A_MESSAGE =
      Pattern.compile(
          "(\\w+)\\s*<\\s*<\\(\\s*az storage message"
              + "|(\\w+)\\s*=\\s*\\$?\\(\\s*az storage message"
              + "|\\$(\\w+)\\s*=.*(?:MessageText|az storage message)");

  private PastedLines() {}

  /**
   * @param commands a block of commands, or a single line
   * @return what is wrong with them, each with its line
   */
  public static List<String> faults(String commands) {
    List<String> faults = new ArrayList<>();
    List<String> lines = commands.replaceAll("[\\\\`]\\n\\s*", " ").lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (followsWithKey(line)) {
        faults.add("follows a redirect with a key: " + line.strip());
      }
      if (NAME_BEFORE_QUESTION_MARK.matcher(withoutLiterals(line)).find()) {
        faults.add("has a variable before ? without braces: " + line.strip());
      }
      if (passesTextOfAMessage(lines.subList(0, i), line)) {
        faults.add("passes a message's text as a word of az: " + line.strip());
      }
      if (DELETES.matcher(line).find() && !isGuarded(lines.subList(0, i), line)) {
        faults.add("deletes whatever came before: " + line.strip());
      }
    }
    return faults;
  }

  /**
   * Line by line, since a quoted text may begin lines before: what is not in single quotes on its
   * own line counts, also an argument without quotes, in which a shell reads variables, too.
   */
  private static String withoutLiterals(String line) {
    return QUOTED
        .matcher(line)
        .replaceAll(
            quoted ->
                quoted.group().startsWith("'") ? "''" : Matcher.quoteReplacement(quoted.group()));
  }

  private static boolean followsWithKey(String line) {
    if (POWERSHELL_TAKES_ALONG.matcher(line).find()) {
      return true;
    }
    return CREDENTIAL.matcher(line).find()
        && (CURL.matcher(line).find() && CURL_FOLLOWS.matcher(line).find()
            || POWERSHELL.matcher(line).find() && !POWERSHELL_STAYS.matcher(line).find()
            || WGET.matcher(line).find() && !WGET_STAYS.matcher(line).find());
  }

  private static boolean passesTextOfAMessage(List<String> before, String line) {
    String names =
        before.stream()
            .flatMap(each -> TEXT_OF_A_MESSAGE.matcher(each).results())
            .flatMap(match -> Stream.of(match.group(1), match.group(2), match.group(3)))
            .filter(Objects::nonNull)
            .collect(Collectors.joining("|"));
    Pattern texts = Pattern.compile("\\$[{(]*\\$?(?:" + names + ")\\b");
    return AZ.matcher(line)
        .results()
        .map(MatchResult::group)
        .anyMatch(
            words ->
                TEXT_FROM_ELSEWHERE.matcher(words).find()
                    || !names.isEmpty() && texts.matcher(words).find());
  }

  /** Alone, or reached only when all that came before in its block has succeeded. */
  private static boolean isGuarded(List<String> before, String line) {
    if (line.matches(".*\\S\\s*&&\\s*az storage \\w+ delete.*")) {
      return true;
    }
    List<String> others =
        before.stream().filter(each -> !each.isBlank() && !each.strip().startsWith("#")).toList();
    if (others.isEmpty()) {
      return DELETES.splitAsStream(line).findFirst().orElse("").isBlank();
    }
    return isPowerShell(line)
        ? isInsideTry(others)
        : others.get(others.size() - 1).matches(".*(&&|\\|\\| (break|exit|return))( \\d+)?");
  }

  private static boolean isPowerShell(String line) {
    return !line.contains("az storage ") && !line.contains("-X DELETE");
  }

  /** And nothing in it continues after an error. */
  private static boolean isInsideTry(List<String> before) {
    for (int i = before.size() - 1; i >= 0; i--) {
      String line = before.get(i);
      if (line.matches("\\s*try \\{\\s*")) {
        return true;
      }
      if (line.contains("catch")
          || CMDLET.matcher(line).find() && !line.contains("-ErrorAction Stop")) {
        return false;
      }
    }
    return false;
  }
}
