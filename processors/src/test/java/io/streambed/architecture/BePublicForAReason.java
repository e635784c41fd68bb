/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.regex.Pattern;

/**
 * Is used by another package, or is there to be: a step, settings, a failure, a value or a port.
 */
final class BePublicForAReason extends ArchCondition<JavaClass> {
  private static final Pattern ROLE = Pattern.compile(".*(Step|Config|Exception)");

  BePublicForAReason() {
    super("be used by another package, or be a step, a config, an exception, a value or a port");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    boolean allowed =
        type.isRecord()
            || type.isEnum()
            || type.isInterface()
            // Constants are copied into the classes that use them.
            || type.getMethods().isEmpty()
            || ROLE.matcher(type.getSimpleName()).matches()
            || type.getDirectDependenciesToSelf().stream()
                .map(use -> use.getOriginClass().getPackageName())
                .anyMatch(user -> !user.equals(type.getPackageName()));
    events.add(
        new SimpleConditionEvent(type, allowed, type.getName() + " is public without a reason"));
  }
}
