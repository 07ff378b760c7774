package io.soracourier.function;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpOutput;
import com.microsoft.azure.functions.annotation.HttpTrigger;

/**
 * Declares the functions with an HTTP trigger, for {@code function.json}, and does nothing else:
 * none of these methods is ever invoked. The host forwards the caller's request itself ({@code
 * enableForwardingHttpRequest} in {@code host.json}) to {@code /api/} and the route, where a
 * resource of the package {@code api} has the same path and methods.
 *
 * <p>Each has exactly these two bindings, one HTTP trigger and one {@code http} output: with
 * another one the host posts an invocation instead, which nothing handles. All have the same level,
 * because the host rewrites paths after it has checked the key, so that a caller of one function
 * can reach the path of another; one without a key, which may give nothing but the console's files,
 * has a literal route only.
 */
final class HttpFunctions {
  private HttpFunctions() {}

  @FunctionName("Diagnose")
  static void diagnose(
      @HttpTrigger(
              name = "req",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.FUNCTION,
              route = "diagnose/{jobId}")
          HttpRequestMessage<byte[]> request,
      @HttpOutput(name = "res") OutputBinding<HttpResponseMessage> response) {}

  @FunctionName("Jobs")
  static void jobs(
      @HttpTrigger(
              name = "req",
              methods = {HttpMethod.GET, HttpMethod.POST},
              authLevel = AuthorizationLevel.FUNCTION,
              route = "jobs")
          HttpRequestMessage<byte[]> request,
      @HttpOutput(name = "res") OutputBinding<HttpResponseMessage> response) {}

  @FunctionName("Job")
  static void job(
      @HttpTrigger(
              name = "req",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.FUNCTION,
              route = "jobs/{jobId}")
          HttpRequestMessage<byte[]> request,
      @HttpOutput(name = "res") OutputBinding<HttpResponseMessage> response) {}

  @FunctionName("Video")
  static void video(
      @HttpTrigger(
              name = "req",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.FUNCTION,
              route = "videos/{generationId}")
          HttpRequestMessage<byte[]> request,
      @HttpOutput(name = "res") OutputBinding<HttpResponseMessage> response) {}

  @FunctionName("Harvest")
  static void harvest(
      @HttpTrigger(
              name = "req",
              methods = {HttpMethod.GET, HttpMethod.POST},
              authLevel = AuthorizationLevel.FUNCTION,
              route = "harvest")
          HttpRequestMessage<byte[]> request,
      @HttpOutput(name = "res") OutputBinding<HttpResponseMessage> response) {}

  @FunctionName("Thumbnail")
  static void thumbnail(
      @HttpTrigger(
              name = "req",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.FUNCTION,
              route = "videos/{generationId}/thumbnail")
          HttpRequestMessage<byte[]> request,
      @HttpOutput(name = "res") OutputBinding<HttpResponseMessage> response) {}

  @FunctionName("Console")
  static void console(
      @HttpTrigger(
              name = "req",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "console")
          HttpRequestMessage<byte[]> request,
      @HttpOutput(name = "res") OutputBinding<HttpResponseMessage> response) {}

  @FunctionName("ConsoleScript")
  static void consoleScript(
      @HttpTrigger(
              name = "req",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "console/script")
          HttpRequestMessage<byte[]> request,
      @HttpOutput(name = "res") OutputBinding<HttpResponseMessage> response) {}

  @FunctionName("ConsoleStyle")
  static void consoleStyle(
      @HttpTrigger(
              name = "req",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "console/style")
          HttpRequestMessage<byte[]> request,
      @HttpOutput(name = "res") OutputBinding<HttpResponseMessage> response) {}

  @FunctionName("Health")
  static void health(
      @HttpTrigger(
              name = "req",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.FUNCTION,
              route = "health")
          HttpRequestMessage<byte[]> request,
      @HttpOutput(name = "res") OutputBinding<HttpResponseMessage> response) {}
}
