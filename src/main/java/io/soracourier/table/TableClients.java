package io.soracourier.table;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.runtime.Startup;
import io.soracourier.azure.Authentication;
import io.soracourier.azure.StorageClients;
import io.soracourier.azure.StorageSettings;
import io.soracourier.http.Proxies;
import io.soracourier.storage.JobsConfig;
import io.soracourier.storage.Rows;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Makes the client of Table storage, unless there is no table. */
final class TableClients {
  /** People wait for a page, which may have a thousand rows; a look waits for a row. */
  private static final int PAGE = 10;

  private static final Logger LOG = Logger.getLogger(TableClients.class);

  /** Errors are returned as responses, so that their bodies can be read. */
  private static final String NO_EXCEPTIONS = "microprofile.rest.client.disable.default.mapper";

  private static final int BEFORE_SIGNING = 1000;

  @Produces
  @Singleton
  @Startup
  Rows rows(
      StorageSettings settings, Authentication authentication, JobsConfig config, Proxies proxies) {
    if (config.table().isEmpty()) {
      return new NoRows();
    }
    if (settings.tableEndpoint().isEmpty()) {
      LOG.warn(
          "No records of jobs are kept: it is not known where tables are; add TableEndpoint to"
              + " VideoStorage, or set VideoStorage__tableServiceUri, or switch records off with an"
              + " empty courier.jobs.table");
      return new NoRows();
    }
    return rows(
        builder(settings.tableEndpoint().get(), authentication, config.timeout(), proxies)
            .build(TableApi.class),
        config.table().get(),
        config.timeout());
  }

  static TableRows rows(TableApi api, String table, Duration timeout) {
    Duration forPages = timeout.multipliedBy(PAGE);
    return new TableRows(
        new TableRequests(api, table, forPages), new TimeLimit(timeout), new TimeLimit(forPages));
  }

  static QuarkusRestClientBuilder builder(
      URI endpoint, Authentication authentication, Duration timeout, Proxies proxies) {
    Duration forPages = timeout.multipliedBy(PAGE);
    return StorageClients.builder(endpoint, authentication.forTables(), forPages, forPages, proxies)
        .property(NO_EXCEPTIONS, true)
        .register(new SpaceFilter(), BEFORE_SIGNING);
  }

  void close(@Disposes Rows rows) {
    if (rows instanceof TableRows table) {
      table.close();
    }
  }
}
