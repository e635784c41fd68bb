/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.Record;

/** Who may see whom, and which library belongs to which package. */
final class DirectionRules {
  private static final Pattern KAFKA_FACING =
      Pattern.compile(".*(Step|Serde|Timestamp|CommitPace)");

  private DirectionRules() {}

  static ArchRule noCycles(String root) {
    return slices()
        .matching(root + ".(**)")
        .should()
        .beFreeOfCycles()
        .because("a cycle makes one package of many: none of them can be read or changed alone");
  }

  static ArchRule packageMap(String root) {
    return classes()
        .that()
        .resideInAPackage(root + ".processors..")
        .should(new AllowedDependencies(root))
        .because("the map is the architecture: to allow more, change it there and say why");
  }

  static ArchRule awsOnlyInBedrock(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(root + ".processors.bedrock..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon.awssdk..")
        .because("another provider must be one new adapter, and nothing else");
  }

  /** A request's timestamp is taken by Kafka Streams before any step sees the record. */
  static ArchRule streamsOnlyAtTheEdges(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .and()
        .resideOutsideOfPackages(root + ".processors", root + ".processors.topology..")
        .and(DescribedPredicate.not(kafkaFacing()))
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.apache.kafka.streams..")
                .and(DescribedPredicate.not(partOfStores())))
        .because("what decides takes values and returns values, and is tested without a topology");
  }

  static ArchRule storesOnlyInFeatures(String root) {
    return noClasses()
        .that()
        .resideInAnyPackage(
            root + ".processors.bedrock..",
            root + ".processors.config..",
            root + ".processors.job..",
            root + ".processors.model..",
            root + ".processors.ops..",
            root + ".schemas..",
            root + ".local..")
        .should()
        .dependOnClassesThat(resideInAPackage("org.apache.kafka.streams.."))
        .because("a store belongs to the feature that keeps something in it");
  }

  static ArchRule noKafkaInModel(String root) {
    return noClasses()
        .that()
        .resideInAnyPackage(root + ".processors.model..", root + ".processors.bedrock..")
        .should()
        .dependOnClassesThat(resideInAPackage("org.apache.kafka.."))
        .because("a model is called with values; where they came from is not its business");
  }

  /** Partitions are named by Kafka's own type; anything more would tie the records to a client. */
  static ArchRule littleKafkaInJob(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + ".processors.job..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.apache.kafka..")
                .and(
                    DescribedPredicate.not(
                        DescribedPredicate.describe(
                            "are in org.apache.kafka.common itself",
                            type -> type.getPackageName().equals("org.apache.kafka.common")))))
        .because("what travels and rests is plain data");
  }

  static ArchRule localStandsAlone(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + ".local..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(root + "..")
                .and(DescribedPredicate.not(resideInAPackage(root + ".local.."))))
        .because("it takes the place of systems that know nothing of Streambed");
  }

  private static DescribedPredicate<JavaClass> kafkaFacing() {
    return DescribedPredicate.describe(
        "Kafka-facing", type -> KAFKA_FACING.matcher(outermost(type).getSimpleName()).matches());
  }

  /** A store, and what is put into it or sent on: values, with which nothing can be done. */
  private static DescribedPredicate<JavaClass> partOfStores() {
    return resideInAPackage("org.apache.kafka.streams.state..")
        .or(DescribedPredicate.describe("a store or a value", DirectionRules::isStoreOrValue));
  }

  private static boolean isStoreOrValue(JavaClass type) {
    return Stream.of(StateStore.class, KeyValue.class, Record.class).anyMatch(type::isEquivalentTo);
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(DirectionRules::outermost).orElse(type);
  }
}
