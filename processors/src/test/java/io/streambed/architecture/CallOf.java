/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.regex.Pattern;

/** Calls a method by its name, whatever its parameters, on one of some types or on a subtype. */
final class CallOf extends ArchCondition<JavaClass> {
  private final Pattern method;
  private final List<Class<?>> owners;

  /**
   * @param method regular expression
   */
  CallOf(String method, Class<?>... owners) {
    super("call %s of %s", method, List.of(owners));
    this.method = Pattern.compile(method);
    this.owners = List.of(owners);
  }

  @Override
  public void check(JavaClass origin, ConditionEvents events) {
    for (JavaMethodCall call : origin.getMethodCallsFromSelf()) {
      boolean found =
          method.matcher(call.getName()).matches()
              && owners.stream().anyMatch(owner -> call.getTargetOwner().isAssignableTo(owner));
      if (found) {
        events.add(SimpleConditionEvent.satisfied(call, call.getDescription()));
      }
    }
  }
}
