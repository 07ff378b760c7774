package io.soracourier.blob;

import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.quarkus.rest.client.reactive.ClientQueryParam;
import io.soracourier.azure.StorageResponseException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Map;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * The operations of Blob storage that the courier needs, named as in Microsoft's REST reference;
 * but for Put Block, which is {@link BlockClient}'s.
 */
@Path("/{container}")
interface BlobApi {
  /** Makes blocks the blob, unless there is one: then 409 {@code BlobAlreadyExists}. */
  @PUT
  @Path("/{blob}")
  @Consumes(MediaType.APPLICATION_XML)
  @ClientQueryParam(name = "comp", value = "blocklist")
  @ClientHeaderParam(name = "If-None-Match", value = "*")
  @ClientHeaderParam(name = VideoBlob.CONTENT_TYPE_HEADER, value = VideoBlob.CONTENT_TYPE)
  RestResponse<InputStream> putBlockList(
      @RestPath String container,
      @RestPath String blob,
      @HeaderParam(VideoBlob.MD5) String md5,
      @HeaderParam(VideoBlob.JOB_ID) String jobId,
      @HeaderParam(VideoBlob.GENERATION_ID) String generationId,
      byte[] blockList);

  @HEAD
  @Path("/{blob}")
  @ClientHeaderParam(name = "Cache-Control", value = "no-cache")
  RestResponse<InputStream> getBlobProperties(@RestPath String container, @RestPath String blob);

  /**
   * @param etag of the blob that is meant; 412 when it is another one by now; null: any
   */
  @GET
  @Path("/{blob}")
  @ClientHeaderParam(name = "Cache-Control", value = "no-cache")
  RestResponse<InputStream> getBlob(
      @RestPath String container,
      @RestPath String blob,
      @HeaderParam("If-Match") @Nullable String etag);

  /** The uncommitted blocks; 404 where there is neither a block nor a blob. */
  @GET
  @Path("/{blob}")
  @ClientQueryParam(name = "comp", value = "blocklist")
  @ClientQueryParam(name = "blocklisttype", value = "uncommitted")
  @ClientHeaderParam(name = "Cache-Control", value = "no-cache")
  RestResponse<InputStream> getBlockList(@RestPath String container, @RestPath String blob);

  @PUT
  @ClientQueryParam(name = "restype", value = "container")
  RestResponse<InputStream> createContainer(@RestPath String container);

  @ClientExceptionMapper
  static StorageResponseException toException(Response response, Map<String, Object> properties) {
    return StorageResponseException.of(response, properties);
  }
}
