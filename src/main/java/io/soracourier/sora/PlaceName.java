package io.soracourier.sora;

/**
 * The name of a location at which people look for a video. The order, and the names of the tests
 * and options, are those of the instructions that are passed around for Azure's Sora; what else is
 * requested follows them. A code stays as it is, a label is for people.
 */
public enum PlaceName {
  GENERATION("generation", "Test 1, the generation"),
  GENERATION_CONTENT("generation-content", "Test 2, its /content, with api-version"),
  GENERATION_CONTENT_PLAIN(
      "generation-content-without-version", "Test 2, its /content, without api-version"),
  OPENAI_GENERATION("openai-generation", "Test 3, the OpenAI-style address, with api-version"),
  OPENAI_GENERATION_PLAIN(
      "openai-generation-without-version", "Test 3, the OpenAI-style address, without api-version"),
  JOB("job", "Test 4, the job"),
  URL_IN_JSON("url-in-json", "Option A, a URL in another property"),
  POLLED_GENERATION("polled-generation", "Option B, polling the generation"),
  URL_IN_HEADER("url-in-header", "Option C, a URL in a header: Location or Content-Location"),
  BLOB("blob", "Option D, the blob in Azure Storage"),
  DOCUMENTED("documented-content", "documented endpoint"),
  DOCUMENTED_VERSIONED("documented-content-with-version", "documented endpoint, with api-version"),
  DOCUMENTED_PLAIN(
      "documented-content-without-version", "documented endpoint, without api-version"),
  CONTENT_VIDEO("content-video", "/content/video, with api-version"),
  CONTENT_VIDEO_PLAIN("content-video-without-version", "/content/video, without api-version"),
  OPENAI_CONTENT(
      "openai-generation-content", "/content of the OpenAI-style address, with api-version"),
  OPENAI_CONTENT_PLAIN(
      "openai-generation-content-without-version",
      "/content of the OpenAI-style address, without api-version"),
  JOB_CONTENT("job-content", "the job's content, with api-version"),
  JOB_CONTENT_PLAIN("job-content-without-version", "the job's content, without api-version"),
  OTHER_API("other-api-content", "documented endpoint of the other API");

  private final String code;
  private final String label;

  PlaceName(String code, String label) {
    this.code = code;
    this.label = label;
  }

  /** For programs. */
  public String code() {
    return code;
  }

  /** For people. */
  public String label() {
    return label;
  }
}
