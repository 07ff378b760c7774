package io.soracourier.table;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * The operations of Table storage that the courier needs, named as in Microsoft's REST reference.
 * Entities are JSON; of the forms of it, minimal metadata is the smallest that has the types that
 * JSON does not tell apart, and the version of each entity. Each response is returned as it came,
 * errors too, because the body has the code of an error.
 */
@Path("/{resource}")
@Produces(TableApi.JSON)
@Consumes(MediaType.APPLICATION_JSON)
@ClientHeaderParam(name = "DataServiceVersion", value = "3.0")
interface TableApi {
  String JSON = "application/json;odata=minimalmetadata";
  String PREFER = "Prefer";
  String NO_CONTENT = "return-no-content";
  String NO_CACHE = "no-cache";

  /** The resource to which tables are added. */
  String TABLES = "Tables";

  /**
   * @param resource {@link #TABLES}
   * @param table JSON with the property {@code TableName}
   */
  @POST
  @ClientHeaderParam(name = PREFER, value = NO_CONTENT)
  RestResponse<InputStream> createTable(@RestPath String resource, byte[] table);

  /**
   * @param resource the table
   */
  @POST
  @ClientHeaderParam(name = PREFER, value = NO_CONTENT)
  RestResponse<InputStream> insertEntity(@RestPath String resource, byte[] entity);

  /**
   * @param resource table and keys, see {@link Keys#address}; the same for the next two
   */
  @GET
  @ClientHeaderParam(name = "Cache-Control", value = NO_CACHE)
  RestResponse<InputStream> getEntity(@RestPath String resource);

  /**
   * Replaces the entity.
   *
   * @param version 412 when it is another one by now
   */
  @PUT
  RestResponse<InputStream> updateEntity(
      @RestPath String resource, @HeaderParam("If-Match") String version, byte[] entity);

  /** Whatever its version. */
  @DELETE
  @ClientHeaderParam(name = "If-Match", value = "*")
  RestResponse<InputStream> deleteEntity(@RestPath String resource);

  /**
   * @param resource the table, with empty brackets
   * @param nextPartitionKey what the response before this one gave for the next one; null in the
   *     first request
   * @param nextRowKey the same
   */
  @GET
  @ClientHeaderParam(name = "Cache-Control", value = NO_CACHE)
  RestResponse<InputStream> queryEntities(
      @RestPath String resource,
      @RestQuery("$filter") String filter,
      @RestQuery("$top") int top,
      @RestQuery("NextPartitionKey") @Nullable String nextPartitionKey,
      @RestQuery("NextRowKey") @Nullable String nextRowKey);
}
