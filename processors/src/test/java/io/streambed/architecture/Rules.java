/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.architecture;

import java.util.List;

/** Every rule with the fixture that breaks it. */
final class Rules {
  static final List<Rule> ALL =
      List.of(
          new Rule("packages have no cycles", "cycle", DirectionRules::noCycles),
          new Rule("packages follow the map", "map", DirectionRules::packageMap),
          new Rule("only bedrock uses the AWS SDK", "aws", DirectionRules::awsOnlyInBedrock),
          new Rule(
              "Kafka Streams stays at the edges", "edges", DirectionRules::streamsOnlyAtTheEdges),
          new Rule("stores belong to features", "stores", DirectionRules::storesOnlyInFeatures),
          new Rule("models know no Kafka", "kafkamodel", DirectionRules::noKafkaInModel),
          new Rule("jobs know little Kafka", "kafkajob", DirectionRules::littleKafkaInJob),
          new Rule("local stands alone", "alone", DirectionRules::localStandsAlone),
          new Rule("nothing is public without a reason", "open", StyleRules::littleIsPublic),
          new Rule(
              "only config reads the environment",
              "environment",
              StyleRules::environmentOnlyInConfig),
          new Rule("clocks are given", "clock", StyleRules::clocksAreGiven),
          new Rule("failures have a name", "nameless", StyleRules::noNamelessFailure),
          new Rule("failures end in Exception", "suffix", StyleRules::failuresAreNamedSo),
          new Rule("nothing sleeps", "sleep", StyleRules::noSleep),
          new Rule("steps do not block", "block", StyleRules::stepsDoNotBlock),
          new Rule("fields are private", "field", StyleRules::fieldsArePrivate),
          new Rule("deciders are immutable", "mutable", StyleRules::decidersAreImmutable),
          new Rule("packages are null-marked", "unmarked", PackageRules::nullMarked),
          new Rule("no package is a drawer", "drawer", PackageRules::noDrawers),
          new Rule("no class has an empty name", "empty", PackageRules::noEmptyNames));

  private Rules() {}
}
