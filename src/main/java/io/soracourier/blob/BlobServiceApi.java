package io.soracourier.blob;

import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.quarkus.rest.client.reactive.ClientQueryParam;
import io.soracourier.azure.StorageResponseException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;

/** The operation of Blob storage that is about the account, named as in Microsoft's reference. */
@Path("/")
interface BlobServiceApi {
  /**
   * @param keyInfo {@code KeyInfo} XML
   */
  @POST
  @Consumes(MediaType.APPLICATION_XML)
  @ClientQueryParam(name = "restype", value = "service")
  @ClientQueryParam(name = "comp", value = "userdelegationkey")
  RestResponse<InputStream> getUserDelegationKey(byte[] keyInfo);

  @ClientExceptionMapper
  static StorageResponseException toException(Response response, Map<String, Object> properties) {
    return StorageResponseException.of(response, properties);
  }
}
