/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a JVM is started.
 *
 * @param name short and unique in a bench, such as {@code broker}; names the log file
 * @param heap most heap, such as {@code 1g}
 * @param jvm further options of the JVM
 * @param classPath jars and folders
 * @param mainClass what is run
 * @param arguments its arguments
 * @param environment variables added to this process's own
 * @param ready what a line of its standard output begins with when it works
 * @param humble whether others go before it where the processor is scarce
 */
public record Launch(
    String name,
    String heap,
    List<String> jvm,
    String classPath,
    String mainClass,
    List<String> arguments,
    Map<String, String> environment,
    String ready,
    boolean humble) {

  /** What a process of ours prints, followed by what others need to find it. */
  public static final String READY = "READY";

  public Launch {
    jvm = List.copyOf(jvm);
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /** One that is like any other. */
  public Launch(
      String name,
      String heap,
      List<String> jvm,
      String classPath,
      String mainClass,
      List<String> arguments,
      Map<String, String> environment,
      String ready) {
    this(name, heap, jvm, classPath, mainClass, arguments, environment, ready, false);
  }

  /**
   * The same before which others go where the processor is scarce: for what users would run on
   * another machine, and must not take it from what is measured.
   */
  public Launch asHumble() {
    return new Launch(name, heap, jvm, classPath, mainClass, arguments, environment, ready, true);
  }

  /** The same with variables of the environment more. */
  public Launch with(Map<String, String> variables) {
    Map<String, String> more = new HashMap<>(environment);
    more.putAll(variables);
    return new Launch(name, heap, jvm, classPath, mainClass, arguments, more, ready, humble);
  }

  /** A program that is none of Java's; it is not asked anything, and says nothing. */
  public static Launch program(String name, List<String> command, Map<String, String> environment) {
    return new Launch(name, "", List.of(), "", "", command, environment, "");
  }

  /** Whether it is a class that a JVM runs. */
  boolean isJava() {
    return !mainClass.isEmpty();
  }

  /** One of the harness's own processes. */
  public static Launch own(String name, String heap, Class<?> main, List<String> arguments) {
    return new Launch(
        name,
        heap,
        List.of(),
        System.getProperty("java.class.path"),
        main.getName(),
        arguments,
        Map.of(),
        READY);
  }
}
