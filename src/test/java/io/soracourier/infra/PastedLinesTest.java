package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of README and docs can be pasted without harm. */
class PastedLinesTest {
  private static final Pattern BLOCK = Pattern.compile("(?s)```(?!json)\\w*\\n(.*?)```");
  private static final Pattern INLINE = Pattern.compile("`([^`\\n]+)`");

  @Test
  void everyCommandOfTheDocuments_canBePasted() {
    List<String> faults = new ArrayList<>();
    int commands = 0;
    for (ProjectFile document : documents()) {
      for (String command : commands(document.text())) {
        commands++;
        PastedLines.faults(command).forEach(fault -> faults.add(document.path() + " " + fault));
      }
    }

    assertThat(faults).isEmpty();
    assertThat(commands).isGreaterThan(50);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Invoke-WebRequest -SkipHttpErrorCheck -Headers @{ 'api-key' = 'YOUR_KEY' } 'https://x/y'",
        "Invoke-RestMethod -Headers $headers https://x/y",
        "iwr -Headers @{ 'api-key' = $env:KEY } -OutFile video.mp4 https://x/y",
        "irm \"https://x/y?code=$key\"",
        "Invoke-WebRequest -MaximumRedirection 1 -Headers $h https://x/y",
        "Invoke-WebRequest -MaximumRedirection 0 -PreserveAuthorizationOnRedirect https://x/y",
        "curl -L -H \"api-key: $KEY\" -o video.mp4 https://x/y",
        "curl -sSLO -H 'Authorization: Bearer YOUR_TOKEN' https://x/y",
        "curl.exe --location -H 'x-functions-key: k' https://x/y",
        "curl -H \"api-key: $KEY\" \\\n  --location-trusted https://x/y",
        "curl https://x/y?code=abc -L",
        "wget --header \"api-key: $KEY\" https://x/y"
      })
  void keyThatFollowsARedirect_isFound(String command) {
    assertThat(PastedLines.faults(command))
        .singleElement()
        .asString()
        .startsWith("follows a redirect with a key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(Invoke-WebRequest -MaximumRedirection 0 -Headers @{ 'api-key' = 'k' } 'https://x').RawContent",
        "curl -sS -i -o - -H 'api-key: YOUR_KEY' 'https://x/y'",
        "curl -L -o page.html https://x/y",
        "curl -H \"api-key: $KEY\" -o LARGE-L.mp4 https://x/y",
        "wget --max-redirect=0 --header \"api-key: $KEY\" https://x/y",
        "Invoke-WebRequest https://x/y"
      })
  void commandThatStays_orHasNoKey_isFine(String command) {
    assertThat(PastedLines.faults(command)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "get\naz storage message delete --id \"$id\"",
        "echo \"$outcome\"; az storage message delete --id \"$id\"",
        "a && b\naz storage blob delete --name x",
        "do\n  az storage message put\n  az storage message delete\ndone",
        "Get-AzStorageBlobContent -Blob x\n$videos.DeleteMessage($message.MessageId)",
        "if ($m) {\n  Get-AzStorageBlobContent -Blob x -ErrorAction Stop\n  $videos.DeleteMessage($m)\n}",
        "try {\n  Get-AzStorageBlobContent -Blob x\n  $videos.DeleteMessage($m)\n} catch { $_ }",
        "try { x } catch { $_ }\n$videos.DeleteMessage($m)"
      })
  void deleteWhateverCameBefore_isFound(String commands) {
    assertThat(PastedLines.faults(commands))
        .singleElement()
        .asString()
        .startsWith("deletes whatever came before");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "az storage message delete --id 1",
        "echo \"$outcome\" &&\n  az storage message delete --id \"$id\"",
        "echo \"$outcome\" && az storage message delete --id \"$id\"",
        "try {\n  Get-AzStorageBlobContent -Blob x -ErrorAction Stop\n  $videos.DeleteMessage($m)\n}"
      })
  void deleteAfterSuccess_isFine(String commands) {
    assertThat(PastedLines.faults(commands)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "az storage message put --queue-name sora-jobs --content \"$content\"",
        "az storage message put --queue-name sora-jobs --content=\"$content\" || break",
        "az storage message put --queue-name sora-jobs \\\n  --content \"${content%$'\\n'}\" || break",
        "az storage message put --content $message.MessageText",
        "az storage message put --content $(cat message.txt)",
        "az storage message put --content \"`cat message.txt`\"",
        "az storage message put --content @message.txt",
        "az rest --method post --body \"$content\" --url https://x/y",
        "read -r -d '' id text < <(az storage message get --query x)\naz tag create --tags \"$text\"",
        "text=$(az storage message peek --query x)\nfoo && az tag create --tags job=${text}",
        "$text = $message.MessageText\naz tag create --tags $text"
      })
  void textOfAMessageAmongTheWordsOfAz_isFound(String commands) {
    assertThat(PastedLines.faults(commands))
        .singleElement()
        .asString()
        .startsWith("passes a message's text as a word of az");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "az storage message put --account-name \"$account\" --content task_1",
        "az storage message put --content '{\"jobId\":\"task_1\",\"correlationId\":\"$5 @home\"}'",
        "az storage message put --account-name \"$account\" --content=@- <<< \"$content\" || break",
        "printf %s \"$content\" | az storage message put --content=@-",
        "read -r id text < <(az storage message get)\necho \"$text\" && az storage queue list --id \"$id\"",
        "$jobs.SendMessage($message.MessageText)"
      })
  void textOfAMessageByStandardInput_orALiteral_isFine(String commands) {
    assertThat(PastedLines.faults(commands)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET \"https://x/generations/$GEN_ID?api-version=preview\"",
        "GET \"https://x/$id?\"",
        "GET \"https://x/$env:GEN_ID?api-version=preview\"",
        "GET \"https://x/$script:id?a=b\"",
        "GET \"https://x/it's/$id?a=b'c'\"",
        "GET \"say `\"https://x/$id?a=b`\"\"",
        "GET https://x/$id?a=b",
        "$url = @\"\nhttps://x/$id?a=b\n\"@",
        "GET \"https://x/`\n$id?a=b\""
      })
  void variableBeforeAQuestionMark_isFound(String command) {
    assertThat(PastedLines.faults(command))
        .singleElement()
        .asString()
        .startsWith("has a variable before ?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET \"https://x/generations/${GEN_ID}?api-version=preview\"",
        "GET \"https://x/${env:GEN_ID}?a=b\"",
        "GET \"https://x/$($job.id)?a=b\"",
        "GET \"https://x/$job.id?a=b\"",
        "GET \"https://x/`$id?a=b\"",
        "GET 'https://x/$id?a=b'",
        "GET 'say \"https://x/$id?a=b\"'",
        "if [ $? = 0 ]; then echo \"$?\"; fi"
      })
  void variableThatEndsBeforeAQuestionMark_orNoVariable_isFine(String command) {
    assertThat(PastedLines.faults(command)).isEmpty();
  }

  /** Blocks, and what is code inside a sentence. */
  private static List<String> commands(String document) {
    List<String> commands = new ArrayList<>(all(BLOCK, document));
    commands.addAll(
        all(INLINE, document.replaceAll("(?s)```.*?```", "")).stream()
            .filter(code -> code.contains(" "))
            .toList());
    return commands;
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
  }

  private static List<ProjectFile> documents() {
    return Stream.concat(
            Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
                .map(ProjectFile::read),
            ProjectFile.below("docs", ".md").stream())
        .toList();
  }
}
