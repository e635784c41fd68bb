/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** How code is written, wherever it lives. */
final class StyleRules {
  private StyleRules() {}

  static ArchRule littleIsPublic(String root) {
    return classes()
        .that()
        .resideInAnyPackage(
            root + ".processors.admission..",
            root + ".processors.answers..",
            root + ".processors.bedrock..",
            root + ".processors.dedup..",
            root + ".processors.invocation..",
            root + ".processors.job..",
            root + ".processors.limit..",
            root + ".processors.model..",
            root + ".processors.settlement..")
        .and()
        .arePublic()
        .and()
        .areTopLevelClasses()
        .should(new BePublicForAReason())
        .because("what is public without need will be used");
  }

  static ArchRule environmentOnlyInConfig(String root) {
    return noClasses()
        .that()
        .resideInAnyPackage(root + ".processors..", root + ".schemas..")
        .and()
        .resideOutsideOfPackage(root + ".processors.config..")
        .and(DescribedPredicate.not(Generated.CODE))
        .should()
        .callMethodWhere(
            target(owner(DescribedPredicate.describe("System", StyleRules::isSystem)))
                .and(target(nameMatching("getenv|getProperty|getProperties"))))
        .because(
            "a setting that is read elsewhere is neither checked, nor printed, nor documented");
  }

  /** The platform's own package puts the clock in; the adapter measures the network. */
  static ArchRule clocksAreGiven(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + ".processors..")
        .and()
        .resideOutsideOfPackages(root + ".processors", root + ".processors.bedrock..")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .because("time is an argument: a decision that asks for it cannot be tested");
  }

  static ArchRule noNamelessFailure(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .callConstructorWhere(
            target(owner(DescribedPredicate.describe("a nameless failure", StyleRules::isNameless)))
                .and(
                    DescribedPredicate.describe(
                        "not as a super call",
                        call -> !call.getOriginOwner().isAssignableTo(Throwable.class))))
        .because("who catches a failure must be able to tell it from all others");
  }

  static ArchRule failuresAreNamedSo(String root) {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .and()
        .areAssignableTo(Throwable.class)
        .should()
        .haveSimpleNameEndingWith("Exception")
        .because("one suffix has one meaning");
  }

  static ArchRule noSleep(String root) {
    return noClasses()
        .that()
        .resideInAnyPackage(
            root + ".processors..", root + ".schemas..", root + ".local..", root + ".cli..")
        .should(new CallOf("sleep", Thread.class))
        .because("a thread that sleeps holds up what it serves; waiting is state with a due time");
  }

  static ArchRule stepsDoNotBlock(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + ".processors..")
        .and()
        .haveSimpleNameEndingWith("Step")
        .should(new CallOf("get|join", Future.class, CompletableFuture.class))
        .because("the stream thread that waits holds up every partition it owns");
  }

  /** A class of final fields that only its package sees is as good as a record. */
  static ArchRule fieldsArePrivate(String root) {
    return fields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage(root + "..")
        .and()
        .areDeclaredInClassesThat(DescribedPredicate.not(Generated.CODE))
        .should(new BePrivateOrConstant())
        .because("what others can reach, they change");
  }

  /**
   * In invocation and in steps state may change; so it may in a class of one package that collects
   * something within one call.
   */
  static ArchRule decidersAreImmutable(String root) {
    return fields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAnyPackage(
            root + ".processors.admission..",
            root + ".processors.config..",
            root + ".processors.dedup..",
            root + ".processors.job..",
            root + ".processors.model..",
            root + ".processors.settlement..")
        .and()
        .areDeclaredInClassesThat(
            DescribedPredicate.describe(
                "are public and no steps",
                type ->
                    type.getModifiers().contains(JavaModifier.PUBLIC)
                        && !type.getSimpleName().endsWith("Step")))
        .should()
        .beFinal()
        .because("state that changes lives in the stores, in invocation and in steps");
  }

  private static boolean isSystem(JavaClass type) {
    return type.isEquivalentTo(System.class);
  }

  private static boolean isNameless(JavaClass type) {
    return type.isEquivalentTo(RuntimeException.class)
        || type.isEquivalentTo(Exception.class)
        || type.isEquivalentTo(Throwable.class)
        || type.isEquivalentTo(Error.class);
  }
}
