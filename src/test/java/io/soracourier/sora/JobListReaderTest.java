package io.soracourier.sora;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobListReaderTest {
  private final JobListReader reader =
      new JobListReader(
          JobReaders.of(Errors.AZURE, Errors.of(java.time.Clock.systemUTC())), VideoApis.VIDEOS);

  private Optional<JobPage> read(String json) throws JsonProcessingException {
    return reader.read(ServiceJson.read(json.replace('\'', '"')));
  }

  private static List<String> ids(JobPage page) {
    return page.jobs().stream().map(job -> job.id().value()).toList();
  }

  @Test
  void page_hasItsJobsInOrderAndItsCursors() throws Exception {
    JobPage page =
        read("{'object':'list','data':[{'id':'video_1','status':'completed','model':'sora-2',"
                + "'created_at':1770000000,'expires_at':1770086400},{'id':'video_2','status':'queued'}],"
                + "'first_id':'video_1','last_id':'video_2','has_more':true}")
            .orElseThrow();

    ListedJob first = page.jobs().get(0);
    assertThat(ids(page)).containsExactly("video_1", "video_2");
    assertThat(first.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(first.model()).contains("sora-2");
    assertThat(first.videos()).containsExactly("video_1");
    assertThat(page.jobs().get(1).state()).isEqualTo(JobState.UNFINISHED);
    assertThat(page.cursors()).containsExactly("video_2", "video_1");
    assertThat(page.more()).contains(true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{'id':'video_1'}]",
        "{'data':[{'id':'video_1'}]}",
        "{'videos':[{'id':'video_1'}]}",
        "{'jobs':[{'id':'video_1','status':5}]}",
        "{'items':[{'id':7,'task_id':'video_1','status':'queued'}]}",
        "{'results':[{'request_id':'video_1'}]}",
        "{'data':{'items':[{'id':'video_1'}]}}",
        "{'code':'success','data':{'data':[{'id':'video_1'}]}}",
        "{'data':[null,7,'x',[],{},{'id':''},{'id':'a b'},{'id':'..'},{'id':'video_1'}]}",
        "{'data':[{'id':'video_1','created_at':{},'expires_at':[],'model':9,'error':'x'}]}",
      })
  void whateverIsAroundJobs_theyAreRead(String json) throws Exception {
    assertThat(ids(read(json).orElseThrow())).containsExactly("video_1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{'object':'list'}", "{'object':'list','data':null}", "{'has_more':false}"})
  void emptyList_isOne(String json) throws Exception {
    JobPage page = read(json).orElseThrow();

    assertThat(page.jobs()).isEmpty();
    assertThat(page.cursors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'detail':'Not Found'}", "{'data':'x'}", "{'id':'video_1'}"})
  void otherJson_isNoList(String json) throws Exception {
    assertThat(read(json)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"true,true", "false,false", "'\"true\"',true", "'\"False\"',false", "1,", "null,"})
  void more_isReadLeniently(String more, Boolean expected) throws Exception {
    assertThat(read("{'data':[],'has_more':" + more + "}").orElseThrow().more())
        .isEqualTo(Optional.ofNullable(expected));
  }

  @Test
  void jobsOfSora1_haveTheirGenerations() throws Exception {
    JobPage page =
        new JobListReader(
                JobReaders.of(Errors.AZURE, Errors.of(java.time.Clock.systemUTC())),
                VideoApis.SORA_1)
            .read(
                ServiceJson.read(
                    "{\"data\":[{\"id\":\"task_1\",\"status\":\"succeeded\",\"generations\":["
                        + "{\"id\":\"gen_1\"},{\"id\":\"gen_2\"}]}],\"has_more\":false}"))
            .orElseThrow();

    assertThat(page.jobs().get(0).videos()).containsExactly("gen_1", "gen_2");
  }

  @Test
  void query_isEncodedAndLeavesOutWhatIsNotAskedFor() {
    JobsQuery query = new JobsQuery("a%2Fb:c+d=", 100, true);

    assertThat(VideoApis.VIDEOS.jobs(query))
        .isEqualTo("/videos?limit=100&order=asc&after=a%252Fb%3Ac%2Bd%3D");
    assertThat(VideoApis.SORA_1.jobs(query))
        .isEqualTo(
            "/video/generations/jobs?api-version=preview&limit=100&after=a%252Fb%3Ac%2Bd%3D");
    JobsQuery plain = new JobsQuery(null, 0, false);
    assertThat(VideoApis.VIDEOS.jobs(plain)).isEqualTo("/videos");
    assertThat(VideoApis.SORA_1.jobs(plain))
        .isEqualTo("/video/generations/jobs?api-version=preview");
  }
}
