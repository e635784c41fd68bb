/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.service;

import io.streambed.schemas.Priority;

/**
 * Requests to publish, numbered one after the other: {@code r-000001} and so on.
 *
 * @param first number of the first
 * @param count how many
 * @param perSecond so many a second, evenly; 0 for all as fast as Kafka takes them
 * @param promptBytes size of each prompt, about
 * @param answerWords words that the answer is asked to have; 65 are about 500 bytes
 * @param prompts how many different prompts there are; 0 for one each
 * @param zipf how unevenly the prompts are chosen: 0 in turn, 1 as words of a language
 * @param model alias
 * @param key of each record: the word {@code id} for its id, otherwise its prompt's number
 * @param priority class of the requests
 * @param tenants on whose behalf they are
 * @param bursts whether those that come so many a second come as chance has it and not evenly
 */
public record Batch(
    int first,
    int count,
    double perSecond,
    int promptBytes,
    int answerWords,
    int prompts,
    double zipf,
    String model,
    String key,
    Priority priority,
    TenantMix tenants,
    boolean bursts) {

  /** As fast as Kafka takes them, 2 kB each, all different. */
  public static Batch backlog(int first, int count) {
    return new Batch(
        first, count, 0, 2048, 65, 0, 0, "default", "id", Priority.STANDARD, TenantMix.NONE, false);
  }

  /** The same, so many a second. */
  public Batch perSecond(double rate) {
    return new Batch(
        first,
        count,
        rate,
        promptBytes,
        answerWords,
        prompts,
        zipf,
        model,
        key,
        priority,
        tenants,
        bursts);
  }

  /** The same, so many a second on average, as those of many who know nothing of each other. */
  public Batch inBursts(double rate) {
    return new Batch(
        first,
        count,
        rate,
        promptBytes,
        answerWords,
        prompts,
        zipf,
        model,
        key,
        priority,
        tenants,
        true);
  }

  /** The same with larger or smaller prompts. */
  public Batch promptBytes(int bytes) {
    return new Batch(
        first,
        count,
        perSecond,
        bytes,
        answerWords,
        prompts,
        zipf,
        model,
        key,
        priority,
        tenants,
        bursts);
  }

  /** The same with longer or shorter answers. */
  public Batch answerWords(int words) {
    return new Batch(
        first,
        count,
        perSecond,
        promptBytes,
        words,
        prompts,
        zipf,
        model,
        key,
        priority,
        tenants,
        bursts);
  }

  /** The same over so many prompts, chosen by Zipf's law with this exponent. */
  public Batch over(int distinct, double exponent) {
    return new Batch(
        first,
        count,
        perSecond,
        promptBytes,
        answerWords,
        distinct,
        exponent,
        model,
        key,
        priority,
        tenants,
        bursts);
  }

  /** The same for another alias. */
  public Batch model(String alias) {
    return new Batch(
        first,
        count,
        perSecond,
        promptBytes,
        answerWords,
        prompts,
        zipf,
        alias,
        key,
        priority,
        tenants,
        bursts);
  }

  /** The same of another class. */
  public Batch priority(Priority other) {
    return new Batch(
        first,
        count,
        perSecond,
        promptBytes,
        answerWords,
        prompts,
        zipf,
        model,
        key,
        other,
        tenants,
        bursts);
  }

  /** The same on behalf of several tenants. */
  public Batch tenants(TenantMix mix) {
    return new Batch(
        first,
        count,
        perSecond,
        promptBytes,
        answerWords,
        prompts,
        zipf,
        model,
        key,
        priority,
        mix,
        bursts);
  }

  /** The id of a request. */
  public static String id(int number) {
    return "r-%06d".formatted(number);
  }
}
