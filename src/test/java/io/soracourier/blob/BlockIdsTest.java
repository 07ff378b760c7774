package io.soracourier.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockIdsTest {
  private static final UUID ATTEMPT = UUID.fromString("00010203-0405-4607-8809-0a0b0c0d0e0f");
  private static final UUID OTHER = UUID.fromString("ffeeddcc-bbaa-4988-8776-655443322110");

  @Test
  void usualIds_areOf30BytesAndNeverTheSame() {
    Set<String> ids = new HashSet<>();
    for (BlockIds attempt : new BlockIds[] {BlockIds.of(ATTEMPT), BlockIds.of(OTHER)}) {
      IntStream.range(0, VideoBlob.MAX_BLOCKS).mapToObj(attempt::id).forEach(ids::add);
    }

    assertThat(ids).hasSize(2 * VideoBlob.MAX_BLOCKS).allMatch(id -> decoded(id).length == 30);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6, 16, 18, 19, 30, 36, 48, 63, 64})
  void idsBesideOthers_areAsLongAndNeverTheSame(int length) {
    UncommittedBlocks there = new UncommittedBlocks(length, new BitSet());
    Set<String> ids = new HashSet<>();
    for (UUID attempt : new UUID[] {ATTEMPT, OTHER}) {
      BlockIds beside = BlockIds.of(attempt).beside(there).orElseThrow();
      assertThat(beside.length()).isEqualTo(length);
      IntStream.range(0, VideoBlob.MAX_BLOCKS).mapToObj(beside::id).forEach(ids::add);
    }

    assertThat(ids).hasSize(2 * VideoBlob.MAX_BLOCKS).allMatch(id -> decoded(id).length == length);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void lengthThatIsTooShort_hasNoIds(int length) {
    assertThat(BlockIds.of(ATTEMPT).beside(new UncommittedBlocks(length, new BitSet()))).isEmpty();
  }

  @Test
  void beginningOfABlockThatIsThere_isNotTaken() {
    BitSet taken = new BitSet();
    taken.set(0x0001, 0x0005);

    BlockIds beside = BlockIds.of(ATTEMPT).beside(new UncommittedBlocks(4, taken)).orElseThrow();

    assertThat(decoded(beside.id(7))).containsExactly(0, 5, 0, 7);
  }

  @Test
  void lastBeginning_isFollowedByTheFirst() {
    BitSet taken = new BitSet();
    taken.set(0xFFEE, 0x10000);

    BlockIds beside = BlockIds.of(OTHER).beside(new UncommittedBlocks(4, taken)).orElseThrow();

    assertThat(decoded(beside.id(0))).containsExactly(0, 0, 0, 0);
  }

  @Test
  void everyBeginningTaken_leavesNoIds() {
    BitSet taken = new BitSet();
    taken.set(0, 1 << 16);

    assertThat(BlockIds.of(ATTEMPT).beside(new UncommittedBlocks(64, taken))).isEmpty();
  }

  @Test
  void blockList_isReadToTheLength() throws IOException {
    UncommittedBlocks blocks =
        read(
            "\ufeff<?xml version=\"1.0\"?>\n<BlockList><CommittedBlocks/><UncommittedBlocks>"
                + "<Block><Name>MDAwMQ==</Name><Size>1</Size></Block>\n"
                + "<Block><Name>MTAwMg==</Name><Size>4194304</Size></Block>"
                + "</UncommittedBlocks></BlockList>");

    assertThat(blocks.idBytes()).isEqualTo(4);
    assertThat(blocks.beginnings().stream()).containsExactly(0x3030, 0x3130);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<BlockList><UncommittedBlocks/></BlockList>", "<<N<Na<Nam"})
  void listWithoutBlocks_hasNoLength(String xml) throws IOException {
    assertThat(read(xml).idBytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"<Name>MDAwMQ==", "<Name>not Base64</Name>"})
  void otherJsonThanAList_isAFailure(String xml) {
    assertThatThrownBy(() -> read(xml)).isInstanceOf(IOException.class);
  }

  @Test
  void nameWithoutEnd_isAFailure() {
    assertThatThrownBy(() -> read("<Name>" + "A".repeat(1_000_000)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a block id");
  }

  private static UncommittedBlocks read(String xml) throws IOException {
    return UncommittedBlocks.read(new ByteArrayInputStream(xml.getBytes(UTF_8)));
  }

  private static byte[] decoded(String id) {
    return Base64.getDecoder().decode(id);
  }
}
