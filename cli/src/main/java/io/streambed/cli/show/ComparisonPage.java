/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.show;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streambed.cli.compare.Pair;
import io.streambed.cli.compare.Totals;
import io.streambed.cli.compare.Verdict;
import io.streambed.cli.replay.Standing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** A comparison as one HTML file, its charts within it. */
public final class ComparisonPage {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 380;
  private static final double PICOS = 1e12;
  private static final int STEPS = 10;

  private static final String STYLE =
      "body{font:15px/1.5 system-ui,sans-serif;margin:2em auto;max-width:70em;padding:0 1em}"
          + "pre{background:#f4f4f4;padding:1em;overflow-x:auto}"
          + "figure{display:inline-block;margin:0 1em 1em 0}img{max-width:100%}";

  private ComparisonPage() {}

  /** Writes the page. */
  public static void write(
      Path file, String run, Standing standing, Totals totals, List<Pair> shown)
      throws IOException {
    StringBuilder page = new StringBuilder();
    page.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<title>Run ")
        .append(escaped(run))
        .append("</title><style>")
        .append(STYLE)
        .append("</style></head><body>\n<h1>Run ")
        .append(escaped(run))
        .append("</h1>\n<p>")
        .append(escaped(facts(standing)))
        .append("</p>\n");
    preformatted(page, ComparisonTable.lines(totals));
    figure(page, "Answers", "requests", verdicts(totals));
    figure(page, "Tokens", "tokens", tokens(totals));
    figure(page, "Money of the calls", "USD", money(totals));
    figure(page, "Time of the calls", "ms", millis(totals));
    figure(page, "Why the model stopped", "answers", counts(totals.stopReasons()));
    figure(page, "Dead letters", "requests", counts(totals.failures()));
    figure(page, "Distance of changed answers", "answers", distances(totals.distances()));
    page.append("<h2>Requests, those first that differ</h2>\n");
    preformatted(page, ComparisonTable.lines(shown));
    page.append("</body></html>\n");
    Files.writeString(file, page, UTF_8);
  }

  private static String facts(Standing standing) {
    return standing
        .plan()
        .map(plan ->
            "Topic %s, planned at %s; results in %s, dead letters in %s; %s. Left out: %s."
                .formatted(
                    plan.getTopic(),
                    plan.getPlannedAt(),
                    plan.getResults(),
                    plan.getDeadLetters(),
                    standing.state(),
                    RunLine.skipped(standing.counts()).isEmpty()
                        ? "nothing"
                        : RunLine.skipped(standing.counts())))
        .orElse("");
  }

  private static void preformatted(StringBuilder page, List<String> lines) {
    page.append("<pre>")
        .append(lines.stream().map(ComparisonPage::escaped).collect(Collectors.joining("\n")))
        .append("</pre>\n");
  }

  /**
   * A chart, by names of its groups and values by series; left out where there is nothing in it.
   */
  private static void figure(
      StringBuilder page, String title, String unit, Map<String, Map<String, Double>> series)
      throws IOException {
    List<String> groups =
        series.values().stream().flatMap(it -> it.keySet().stream()).distinct().toList();
    boolean any =
        series.values().stream().flatMap(it -> it.values().stream()).anyMatch(it -> it != 0);
    if (!any) {
      return;
    }
    // There may be no display.
    System.setProperty("java.awt.headless", "true");
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .yAxisTitle(unit)
            .build();
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    chart.getStyler().setLegendVisible(series.size() > 1);
    series.forEach((name, values) ->
        chart.addSeries(
            name, groups, groups.stream().map(it -> values.getOrDefault(it, 0.0)).toList()));
    ByteArrayOutputStream image = new ByteArrayOutputStream();
    BitmapEncoder.saveBitmap(chart, image, BitmapFormat.PNG);
    page.append("<figure><img alt=\"")
        .append(escaped(title))
        .append("\" src=\"data:image/png;base64,")
        .append(Base64.getEncoder().encodeToString(image.toByteArray()))
        .append("\"></figure>\n");
  }

  private static Map<String, Map<String, Double>> verdicts(Totals totals) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (Verdict verdict : Verdict.values()) {
      if (totals.verdict(verdict) > 0) {
        values.put(verdict.name().toLowerCase(Locale.ROOT), (double) totals.verdict(verdict));
      }
    }
    return Map.of("requests", values);
  }

  private static Map<String, Map<String, Double>> tokens(Totals totals) {
    Map<String, Totals.Sums> sums = new LinkedHashMap<>();
    sums.put("in", totals.input());
    sums.put("out", totals.output());
    return counts(sums);
  }

  private static Map<String, Map<String, Double>> millis(Totals totals) {
    Map<String, Totals.Sums> sums = new LinkedHashMap<>();
    sums.put("median", totals.millis(0.5));
    sums.put("90 of 100", totals.millis(0.9));
    sums.put("99 of 100", totals.millis(0.99));
    return counts(sums);
  }

  private static Map<String, Map<String, Double>> money(Totals totals) {
    Map<String, Map<String, Double>> both = new LinkedHashMap<>();
    both.put("old", Map.of("all", totals.cost().before() / PICOS));
    both.put("new", Map.of("all", totals.cost().after() / PICOS));
    return both;
  }

  private static Map<String, Map<String, Double>> counts(Map<String, Totals.Sums> sums) {
    Map<String, Double> before = new LinkedHashMap<>();
    Map<String, Double> after = new LinkedHashMap<>();
    sums.forEach((name, its) -> {
      before.put(name, (double) its.before());
      after.put(name, (double) its.after());
    });
    Map<String, Map<String, Double>> both = new LinkedHashMap<>();
    both.put("old", before);
    both.put("new", after);
    return both;
  }

  /** How many there are in each tenth between nothing and the largest. */
  private static Map<String, Map<String, Double>> distances(double[] sorted) {
    if (sorted.length == 0) {
      return Map.of();
    }
    double step = Math.max(1e-6, sorted[sorted.length - 1] / STEPS);
    double[] counts = new double[STEPS];
    Arrays.stream(sorted).forEach(it -> counts[(int) Math.min(STEPS - 1L, (long) (it / step))]++);
    Map<String, Double> values = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      names.add(String.format(Locale.ROOT, "%.3f", (i + 1) * step));
      values.put(names.get(i), counts[i]);
    }
    return Map.of("answers", values);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
