package io.soracourier.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.soracourier.function.CopyVideo;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program of the build that writes {@code function.json} from the annotations. */
class FunctionJsonTest {
  private static final Path GENERATOR = Path.of("src/build/FunctionJson.java");

  @TempDir static Path generator;
  @TempDir Path directory;

  @BeforeAll
  static void compileGenerator() {
    compile(GENERATOR, generator);
  }

  @Test
  void queueFunction_hasItsBindingsAndNoScriptFile() throws Exception {
    generate(
        """
        @FunctionName("Copy-It_2")
        public void copy(
            @QueueTrigger(name = "job", queueName = "jobs", connection = "Storage", dataType = "binary") byte[] body,
            @QueueOutput(name = "video", queueName = "videos", connection = "Storage") OutputBinding<String> out,
            ExecutionContext context) {}
        """);

    assertThat(function("Copy-It_2"))
        .isEqualTo(
            json(
                """
                {"bindings":[
                  {"type":"queueTrigger","direction":"in","name":"job","connection":"Storage","dataType":"binary","queueName":"jobs"},
                  {"type":"queue","direction":"out","name":"video","connection":"Storage","queueName":"videos"}]}
                """));
  }

  @Test
  void httpFunction_hasEveryAttributeOfItsTrigger() throws Exception {
    generate(
        """
        @FunctionName("Ask")
        public void ask(
            @HttpTrigger(name = "req", dataType = "string", route = "ask/{id}",
                methods = {HttpMethod.GET, HttpMethod.POST}, authLevel = AuthorizationLevel.ANONYMOUS)
                HttpRequestMessage<Optional<String>> request,
            @BindingName("id") String id,
            @HttpOutput(name = "res") OutputBinding<HttpResponseMessage> response) {}
        """);

    assertThat(function("Ask"))
        .isEqualTo(
            json(
                """
                {"bindings":[
                  {"type":"httpTrigger","direction":"in","name":"req","authLevel":"anonymous","dataType":"string","methods":["get","post"],"route":"ask/{id}"},
                  {"type":"http","direction":"out","name":"res"}]}
                """));
  }

  @Test
  void attributesLeftEmpty_areTheHostsDefaults() throws Exception {
    generate(
        """
        @FunctionName("Ask")
        public void ask(@HttpTrigger(name = "req") HttpRequestMessage<Optional<String>> request) {}
        """);

    assertThat(function("Ask"))
        .isEqualTo(
            json(
                """
                {"bindings":[{"type":"httpTrigger","direction":"in","name":"req","authLevel":"function"}]}
                """));
  }

  @Test
  void functionThatIsGone_losesItsFolder() throws Exception {
    String trigger = "@QueueTrigger(name = \"in\", queueName = \"q\", connection = \"c\") byte[] b";
    generate("@FunctionName(\"Old\") public void old(" + trigger + ") {}");

    generate("@FunctionName(\"New\") public void other(" + trigger + ") {}");

    assertThat(directory.resolve("functions/Old")).doesNotExist();
    assertThat(directory.resolve("functions/New/function.json")).exists();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          public void none() {}                                                                     | carries @FunctionName
          @FunctionName("A") public void a() {}                                                     | not exactly one parameter
          @FunctionName("A") public void a(@QueueOutput(name="o",queueName="q",connection="c") OutputBinding<String> o) {} | not exactly one parameter
          @FunctionName("A") public void a(@QueueTrigger(name="a",queueName="q",connection="c") byte[] a, @QueueTrigger(name="b",queueName="q",connection="c") byte[] b) {} | not exactly one parameter
          @FunctionName("A") public void a(@QueueTrigger(name="a",queueName="q",connection="c") byte[] a, @QueueOutput(name="a",queueName="q",connection="c") OutputBinding<String> o) {} | two bindings of one name
          @FunctionName("A") public void a(@QueueTrigger(name="a_b",queueName="q",connection="c") byte[] a) {} | 'a_b' is not a binding name
          @FunctionName("1A") public void a(@QueueTrigger(name="a",queueName="q",connection="c") byte[] a) {} | '1A' is not a function name
          @FunctionName("A") public void a(@QueueTrigger(name="a",queueName="q",connection="c") byte[] a) {} @FunctionName("a") public void b(@QueueTrigger(name="a",queueName="q",connection="c") byte[] a) {} | two functions of one name
          """)
  void functionThatNoHostTakes_stopsTheBuild(String source, String words) {
    assertThatThrownBy(() -> generate(source))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(words);
  }

  @Test
  void courierItself_hasItsQueuesAsTheCodeNamesThem() throws Exception {
    Path classes =
        Path.of(CopyVideo.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path output = directory.resolve("functions");
    run(List.of(generator.toUri().toURL()), classes, output);

    JsonNode bindings = function(CopyVideo.NAME).path("bindings");
    assertThat(bindings.findValuesAsText("queueName"))
        .containsExactly(CopyVideo.JOBS, CopyVideo.VIDEOS);
    assertThat(bindings.findValuesAsText("connection")).containsOnly(CopyVideo.CONNECTION);
    assertThat(bindings.get(0).path("dataType").textValue()).isEqualTo("binary");
    assertThat(function(CopyVideo.NAME).has("scriptFile")).isFalse();
  }

  @Test
  void courierItself_hasItsHttpFunctionsForForwarding() throws Exception {
    Path classes =
        Path.of(CopyVideo.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    run(List.of(generator.toUri().toURL()), classes, directory.resolve("functions"));

    assertThat(function("Diagnose"))
        .isEqualTo(
            json(
                """
                {"bindings":[
                  {"type":"httpTrigger","direction":"in","name":"req","authLevel":"function","methods":["get"],"route":"diagnose/{jobId}"},
                  {"type":"http","direction":"out","name":"res"}]}
                """));
  }

  private void generate(String methods) throws Exception {
    Path classes = Files.createTempDirectory(directory, "classes");
    Path source = classes.resolve("Sample.java");
    Files.writeString(
        source,
        "import com.microsoft.azure.functions.*;"
            + "import com.microsoft.azure.functions.annotation.*;"
            + "import java.util.Optional;"
            + "public class Sample {"
            + methods
            + "}");
    compile(source, classes);
    run(
        List.of(generator.toUri().toURL(), classes.toUri().toURL()),
        classes,
        directory.resolve("functions"));
  }

  private static void run(List<URL> classPath, Path classes, Path output) throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(
            classPath.toArray(URL[]::new), FunctionJsonTest.class.getClassLoader())) {
      loader
          .loadClass("FunctionJson")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[] {classes.toString(), output.toString()});
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private static void compile(Path source, Path output) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    String classPath = System.getProperty("java.class.path");
    assertThat(
            compiler.run(
                null,
                null,
                System.err,
                "-proc:none",
                "-classpath",
                System.getProperty("surefire.test.class.path", classPath),
                "-d",
                output.toString(),
                source.toString()))
        .isZero();
  }

  private JsonNode function(String name) throws Exception {
    return json(
        Files.readString(directory.resolve("functions").resolve(name).resolve("function.json")));
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }
}
