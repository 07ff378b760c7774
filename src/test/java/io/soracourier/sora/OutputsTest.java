package io.soracourier.sora;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'num_outputs':1}",
        "{'num_outputs':0}",
        "{'num_outputs':-1}",
        "{'num_outputs':1e9}",
        "{'num_outputs':1000000000}",
        "{'num_outputs':999}",
        "{'num_outputs':'x'}",
        "{'num_outputs':null}",
        "{'num_outputs':[2]}",
        "{'num_outputs':true}",
        "{'urls':null}",
        "{'urls':[]}",
        "{'urls':'https://a/1'}",
        "{'urls':['https://a/1']}",
        "{'urls':['https://a/1',null]}",
        "{'urls':['https://a/1','']}",
        "{'urls':['https://a/1','x']}",
        "{'outputs':{'video_url':'https://a/1'}}",
        "{'outputs':[{'seed':1},{'seed':2}]}",
        "{'outputs':[{'url':'https://a/1'},{'thumbnail_url':'https://a/2'}]}",
        "{'outputs':[{'url':'https://a/1'},{'type':'thumbnail','url':'https://a/2'}]}",
        "{'videos':[{'type':'base64','base64':'AAAA'},{'type':'base64','base64':'AAAA'}]}",
        "{'output':'https://a/1'}",
        "{'output':{'url':'https://a/1','video_url':'https://a/2'}}",
        "{'output':[{'url':'https://a/1'}]}",
        "{'output':['https://a/1']}",
        "{'output':[{'url':'https://a/1'},{'type':'thumbnail','url':'https://a/2'}]}",
        "{'output':[{'type':'message','content':[{'type':'text','text':'x'}]},{'text':'y'}]}",
        "{'output':['a.mp4','b.mp4']}",
        "{'output':[{'data':'/9j/4AAQ'},{'data':'/9j/4AAQ'}]}",
        "{'video_url':['https://a/1']}",
        "{'outputs':[{'urls':['https://a/1']},{'thumbnail_urls':['https://a/2']}]}",
        "{'images':['https://a/1','https://a/2']}",
        "{'input':{'urls':['https://a/1','https://a/2']}}",
      })
  void jobThatAnnouncesOneVideo_hasOne(String job) {
    assertThat(of(job).count()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'num_outputs':2} | 2",
        "{'num_outputs':'3'} | 3",
        "{'num_outputs':40} | 40",
        "{'num_outputs':1,'urls':['https://a/1','https://a/2']} | 2",
        "{'num_outputs':3,'urls':['https://a/1','https://a/2']} | 3",
        "{'num_outputs':1000000000,'urls':['https://a/1','https://a/2']} | 2",
        "{'urls':['https://a/1','/v1/2']} | 2",
        "{'urls':['https://a/1',null,'https://a/3']} | 3",
        "{'unsigned_urls':['https://a/1','https://a/2']} | 2",
        "{'video_urls':['https://a/1','https://a/2']} | 2",
        "{'file_paths':['outputs/1.mp4','outputs/2.mp4']} | 2",
        "{'outputs':['https://a/1','https://a/2']} | 2",
        "{'outputs':[{'url':'https://a/1'},{'url':'https://a/2'}]} | 2",
        "{'outputs':[{'video':{'url':'https://a/1'}},{'video':{'url':'https://a/2'}}]} | 2",
        "{'videos':[{'type':'url','url':'https://a/1'},{'type':'url','url':'https://a/2'}]} | 2",
        "{'data':[{'url':'https://a/1'},{'url':'https://a/2'}]} | 2",
        "{'results':{'videos':[{'url':'https://a/1'},{'url':'https://a/2'}]}} | 2",
        "{'data':[{'urls':['https://a/1','https://a/2']}]} | 2",
        "{'output':[{'url':'https://a/1'},{'url':'https://a/2'}]} | 2",
        "{'output':[{'url':'https://a/1'},{'video_url':'https://a/2'},{'url':'/3'}]} | 3",
        "{'output':['https://a/1','https://a/2']} | 2",
        "{'output':['https://a/1',null,'https://a/3']} | 3",
        "{'output':[{'output':'https://a/1'},{'output':'https://a/2'}]} | 2",
        "{'output':[{'videos':[{'url':'https://a/1'},{'url':'https://a/2'}]}]} | 2",
        "{'output':[{'urls':['https://a/1']},{'urls':['https://a/2']}]} | 2",
        "{'output':[{'files':[{'url':'https://a/1'}]},{'files':[{'url':'https://a/2'}]}]} | 2",
        "{'output':[['https://a/1'],['https://a/2']]} | 2",
        "{'response':{'output':['https://a/1','https://a/2']}} | 2",
        "{'result':[{'url':'https://a/1'},{'url':'https://a/2'}]} | 2",
        "{'results':['https://a/1','https://a/2']} | 2",
        "{'video':[{'url':'https://a/1'},{'url':'https://a/2'}]} | 2",
        "{'response':[{'url':'https://a/1'},{'url':'https://a/2'}]} | 2",
        "{'url':['https://a/1','https://a/2']} | 2",
        "{'video_url':['https://a/1','https://a/2']} | 2",
        "{'output_urls':['https://a/1','https://a/2']} | 2",
        "{'resultUrls':['https://a/1','https://a/2']} | 2",
        "{'output':{'download_urls':['https://a/1','https://a/2']}} | 2",
      })
  void jobThatAnnouncesSeveral_hasThem(String job, int count) {
    assertThat(of(job).count()).isEqualTo(count);
  }

  @Test
  void listOfAnyLength_isCounted() {
    String urls =
        IntStream.range(0, 10_000).mapToObj(k -> "'/v/" + k + "'").collect(Collectors.joining(","));

    assertThat(of("{'urls':[" + urls + "]}").count()).isEqualTo(10_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'num_outputs':2} | [output_index]",
        "{'urls':['https://a/1','https://a/2']} | [output_index]",
        "{'file_paths':['a','b']} | [output_index]",
        "{'unsigned_urls':['https://a/1','https://a/2']} | [index]",
        "{'unsigned_urls':['https://a/1','https://a/2'],'urls':['https://b/1','https://b/2']} | [index]",
        "{'urls':['https://a/c?index=0','https://a/c?index=1']} | [index]",
        "{'urls':['https://a/c?x=1&output_index=0','https://a/c?output_index=1']} | [output_index]",
        "{'outputs':[{'url':'/c?output_index=0'},{'url':'/c?output_index=1'}]} | [output_index]",
        "{'videos':[{'url':'https://a/1'},{'url':'https://a/2'}]} | [index, output_index]",
      })
  void query_isTheOneThatTheServerShows(String job, String queries) {
    assertThat(of(job).queries()).hasToString(queries);
  }

  /** A picture among the videos has no number; what is null keeps its own. */
  @Test
  void placeOfAUrl_tellsWhoseItIs() {
    Outputs outputs =
        of(
            "{'outputs':[{'url':'/1'},{'type':'image','url':'/i'},{'url':'/2'}],"
                + "'urls':['/1',null,'/3']}");

    assertThat(outputs.owner("outputs[0].url")).hasValue(0);
    assertThat(outputs.owner("outputs[2].url")).hasValue(1);
    assertThat(outputs.owner("urls[2]")).hasValue(2);
    assertThat(outputs.owner("clips[1].url")).hasValue(1);
    assertThat(outputs.owner("url")).isEqualTo(OptionalInt.empty());
  }

  @Test
  void placeInAListUnderOutput_tellsWhoseItIs() {
    Outputs outputs = of("{'output':[{'urls':['/1']},{'type':'image','url':'/i'},['/2']]}");

    assertThat(outputs.count()).isEqualTo(2);
    assertThat(outputs.owner("output[0].urls[0]")).hasValue(0);
    assertThat(outputs.owner("output[2][0]")).hasValue(1);
  }

  private static Outputs of(String job) {
    try {
      return Outputs.of(new ObjectMapper().readTree(job.replace('\'', '"')));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
