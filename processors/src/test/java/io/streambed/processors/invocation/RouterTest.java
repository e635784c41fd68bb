/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.invocation.Router.Room;
import io.streambed.processors.job.Fingerprint;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.ModelAlias.Spread;
import io.streambed.processors.model.Needs;
import io.streambed.processors.model.Route;
import io.streambed.schemas.Operation;
import io.streambed.schemas.Priority;
import io.streambed.schemas.state.Feature;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RouterTest {

  private static final Needs PLAIN = new Needs("acme", Priority.STANDARD, Set.of(), 100);
  private static final Fingerprint ANY = fingerprint(1);

  private static final Route EAST = Route.to(new Lane("us.a.sonnet", "us-east-1", 1));
  private static final Route WEST = Route.to(new Lane("a.sonnet", "us-west-2", 1));
  private static final Route HAIKU = Route.to(new Lane("a.haiku", "us-east-1", 1));

  @Test
  void lanesOfTheFirstOnesModelComeBeforeThoseOfOthers() {
    assertThat(Router.order(alias(Spread.IN_ORDER, EAST, HAIKU, WEST), PLAIN, ANY))
        .containsExactly(EAST, WEST, HAIKU);
  }

  @Test
  void aRouteTakesOnlyWhatItsTermsSay() {
    // Given
    Route tools =
        with(
            EAST, new Route.Terms(Set.of(), Set.of(), Set.of(Feature.TOOLS), 1_000, Duration.ZERO));
    Route acme =
        with(
            WEST,
            new Route.Terms(
                Set.of("acme"), Set.of(Priority.STANDARD), Set.of(), 50, Duration.ZERO));
    ModelAlias alias = alias(Spread.IN_ORDER, acme, tools);

    // When, then
    assertThat(Router.order(alias, PLAIN, ANY)).containsExactly(tools);
    assertThat(Router.order(alias, new Needs("acme", Priority.STANDARD, Set.of(), 50), ANY))
        .containsExactly(acme, tools);
    assertThat(Router.order(alias, new Needs("other", Priority.STANDARD, Set.of(), 50), ANY))
        .containsExactly(tools);
    assertThat(Router.order(alias, new Needs("acme", Priority.BACKGROUND, Set.of(), 50), ANY))
        .containsExactly(tools);
    assertThat(
            Router.order(
                alias, new Needs("acme", Priority.STANDARD, Set.of(Feature.IMAGES), 50), ANY))
        .isEmpty();
  }

  @Test
  void weightsAreKeptOverManyFingerprintsAndEqualOnesGoTheSameWay() {
    // Given
    ModelAlias alias = alias(Spread.BY_WEIGHT, weighted(EAST, 3), weighted(WEST, 1));
    Map<String, Integer> first = new HashMap<>();

    // When
    for (int i = 0; i < 10_000; i++) {
      Fingerprint one = fingerprint(i);
      Lane lane = Router.order(alias, PLAIN, one).getFirst().lane();
      assertThat(Router.order(alias, PLAIN, one).getFirst().lane()).isEqualTo(lane);
      first.merge(lane.region(), 1, Integer::sum);
    }

    // Then: five standard deviations of a binomial of 10,000 at three quarters are 217
    assertThat(first.get("us-east-1")).isBetween(7_283, 7_717);
    assertThat(first.get("us-west-2")).isBetween(2_283, 2_717);
  }

  @Test
  void theFirstLaneThatTakesItIsTried() {
    // Given
    List<Route> order = List.of(EAST, WEST, HAIKU);

    // When, then
    assertThat(choose(order, Room.NOW, Room.NOW, Room.NOW)).isEqualTo(EAST.lane());
    assertThat(choose(order, Room.LATER, Room.NOW, Room.NOW)).isEqualTo(WEST.lane());
    assertThat(choose(order, Room.NOT_SOON, Room.STOPPED, Room.LATER)).isEqualTo(HAIKU.lane());
    assertThat(choose(order, Room.STOPPED, Room.STOPPED, Room.STOPPED)).isEqualTo(EAST.lane());
  }

  @Test
  void aWeightedLaneThatIsFullKeepsItsShareAndOneThatFailsDoesNot() {
    // Given
    List<Route> order = List.of(EAST, WEST);

    // When, then
    assertThat(
            Router.choose(
                order,
                Set.of(),
                Optional.empty(),
                Spread.BY_WEIGHT,
                rooms(order, Room.LATER, Room.NOW)))
        .isEqualTo(EAST.lane());
    assertThat(
            Router.choose(
                order,
                Set.of(),
                Optional.empty(),
                Spread.BY_WEIGHT,
                rooms(order, Room.NOT_SOON, Room.NOW)))
        .isEqualTo(WEST.lane());
  }

  @Test
  void aLaneThatHasFailedTheRequestIsPassedOverUntilAllHave() {
    // Given
    List<Route> order = List.of(EAST, WEST);
    Function<Lane, Room> rooms = rooms(order, Room.NOW, Room.LATER);

    // When, then
    assertThat(
            Router.choose(
                order, List.of(EAST.lane().name()), Optional.empty(), Spread.IN_ORDER, rooms))
        .isEqualTo(WEST.lane());
    assertThat(
            Router.choose(
                order,
                List.of(EAST.lane().name(), WEST.lane().name()),
                Optional.empty(),
                Spread.IN_ORDER,
                rooms))
        .isEqualTo(EAST.lane());
    assertThat(Router.hasOther(order, List.of(EAST.lane().name()), Optional.empty(), rooms))
        .isTrue();
    assertThat(
            Router.hasOther(
                order, List.of(EAST.lane().name(), WEST.lane().name()), Optional.empty(), rooms))
        .isFalse();
  }

  @Test
  void aLaneThatIsTooSlowForTheDeadlineIsNoOtherLane() {
    // Given: it has failed on the one, and the other would be too slow
    Route slow =
        with(
            WEST,
            new Route.Terms(
                Set.of(), Set.of(), Set.of(), Integer.MAX_VALUE, Duration.ofMinutes(1)));
    List<Route> order = List.of(EAST, slow);
    Function<Lane, Room> rooms = rooms(order, Room.NOW, Room.NOW);
    List<String> failed = List.of(EAST.lane().name());

    // Then: a back-off is needed
    assertThat(Router.hasOther(order, failed, Optional.of(Duration.ofSeconds(59)), rooms))
        .isFalse();
    assertThat(Router.hasOther(order, failed, Optional.of(Duration.ofSeconds(60)), rooms)).isTrue();
  }

  @Test
  void aSlowLaneIsNotForARequestWhoseDeadlineIsNear() {
    // Given
    Route slow =
        with(
            EAST,
            new Route.Terms(
                Set.of(), Set.of(), Set.of(), Integer.MAX_VALUE, Duration.ofMinutes(1)));
    List<Route> order = List.of(slow, WEST);
    Function<Lane, Room> rooms = rooms(order, Room.NOW, Room.NOW);

    // When, then
    assertThat(inTime(order, Duration.ofMinutes(1), rooms)).isEqualTo(slow.lane());
    assertThat(inTime(order, Duration.ofSeconds(59), rooms)).isEqualTo(WEST.lane());
    assertThat(inTime(List.of(slow), Duration.ofSeconds(59), rooms)).isEqualTo(slow.lane());
  }

  private static Lane inTime(List<Route> order, Duration left, Function<Lane, Room> rooms) {
    return Router.choose(order, Set.of(), Optional.of(left), Spread.IN_ORDER, rooms);
  }

  private static Lane choose(List<Route> order, Room... rooms) {
    return Router.choose(order, Set.of(), Optional.empty(), Spread.IN_ORDER, rooms(order, rooms));
  }

  private static Function<Lane, Room> rooms(List<Route> order, Room... rooms) {
    Map<Lane, Room> byLane = new HashMap<>();
    for (int i = 0; i < rooms.length; i++) {
      byLane.put(order.get(i).lane(), rooms[i]);
    }
    return lane -> byLane.getOrDefault(lane, Room.STOPPED);
  }

  private static ModelAlias alias(Spread spread, Route... routes) {
    return new ModelAlias("m", Operation.PROMPT, List.of(routes), spread, "1", 100, false);
  }

  private static Route with(Route route, Route.Terms terms) {
    return new Route(route.lane(), 1, terms);
  }

  private static Route weighted(Route route, int weight) {
    return new Route(route.lane(), weight, route.terms());
  }

  private static Fingerprint fingerprint(int seed) {
    byte[] bytes = new byte[32];
    new Random(seed).nextBytes(bytes);
    return Fingerprint.of(ByteBuffer.wrap(bytes).array());
  }
}
