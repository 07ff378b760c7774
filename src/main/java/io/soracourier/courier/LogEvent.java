package io.soracourier.courier;

import org.jboss.logging.Logger;

/** The events of a look, and of a run of the harvest, one log line each. */
public enum LogEvent {
  /** The service returned the state of a job. */
  LOOK("look", Logger.Level.INFO),
  /** The content of a generation was found and its transfer begins. */
  RESOLVED("resolved", Logger.Level.INFO),
  /** A generation's blob is whole. */
  COPIED("copied", Logger.Level.INFO),
  /** A job or a generation ended without a blob. */
  FAILED("failed", Logger.Level.WARN),
  /** A job has fewer videos than it was to make. */
  FEWER_VIDEOS("fewer-videos", Logger.Level.WARN),
  /** The record of a job, which people read, could not be written; the job itself continues. */
  NOT_RECORDED("not-recorded", Logger.Level.WARN),
  /** A job goes back to its queue. */
  LOOK_AGAIN("look-again", Logger.Level.INFO),
  /** A run of the harvest has ended. */
  HARVEST("harvest", Logger.Level.INFO),
  /** Something kept a run of the harvest from reading all, or from enqueuing what is missing. */
  HARVEST_TROUBLE("harvest-trouble", Logger.Level.WARN),
  /** A credential, a role or an address is wrong: jobs wait for somebody to fix it. */
  DENIED("denied", Logger.Level.ERROR);

  private final String code;
  private final Logger.Level level;

  LogEvent(String code, Logger.Level level) {
    this.code = code;
    this.level = level;
  }

  public String code() {
    return code;
  }

  Logger.Level level() {
    return level;
  }
}
