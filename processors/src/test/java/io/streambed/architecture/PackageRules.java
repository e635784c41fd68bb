/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** How packages are named and what each of them must say. */
final class PackageRules {
  private PackageRules() {}

  static ArchRule nullMarked(String root) {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .and(DescribedPredicate.not(Generated.CODE))
        .should(new BeInANullMarkedPackage())
        .because("what may be null is part of every signature, and a package says what it is for");
  }

  static ArchRule noDrawers(String root) {
    return noClasses()
        .should()
        .resideInAnyPackage(
            root + "..util..",
            root + "..utils..",
            root + "..common..",
            root + "..internal..",
            root + "..impl..",
            root + "..helper..",
            root + "..misc..")
        .because("a name that fits everything collects everything");
  }

  static ArchRule noEmptyNames(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .haveNameMatching(".*(Manager|Helper|Utils?|Impl)")
        .because("a name says what the thing is: the noun, then its role");
  }

  private static final class BeInANullMarkedPackage extends ArchCondition<JavaClass> {
    BeInANullMarkedPackage() {
      super("be in a package with a package-info that has @NullMarked");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
      events.add(
          new SimpleConditionEvent(
              type, marked, type.getPackageName() + " is not @NullMarked: " + type.getName()));
    }
  }
}
