package io.soracourier.storage;

class MemoryVideoStoreContractTest extends VideoStoreContract {
  private final MemoryVideoStore videos = new MemoryVideoStore();

  @Override
  protected VideoStore videos() {
    return videos;
  }

  @Override
  protected void put(VideoRef where, byte[] bytes, String md5, String jobId, String generationId) {
    videos.put(where, bytes, md5, jobId, generationId);
  }

  @Override
  protected byte[] read(VideoRef where) {
    return videos.bytes(where.generationId());
  }
}
