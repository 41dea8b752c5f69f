// Draws each element with data-chart: days below, one line per series.
"use strict";

const COLOURS = ["#2563eb", "#d97706", "#9333ea", "#059669"];

function draw(element) {
  const chart = JSON.parse(element.dataset.chart);
  const style = getComputedStyle(document.body);
  const ink = style.getPropertyValue("--soft");
  const line = { stroke: ink, grid: { stroke: style.getPropertyValue("--line"), width: 1 }, ticks: { show: false } };
  const days = chart.days.map((day) => Date.parse(day + "T00:00:00Z") / 1000);
  const options = {
    width: element.clientWidth,
    height: 200,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    scales: { y: { range: (_, low, high) => [0, Math.max(high, 4)] } },
    axes: [{ ...line, values: "{MMM} {D}" }, { ...line, incrs: [1, 2, 5, 10, 20, 50, 100, 500, 1000, 10000], size: 44 }],
    series: [
      { label: "Day", value: "{YYYY}-{MM}-{DD}" },
      ...chart.series.map((each, number) => ({
        label: each.name,
        stroke: COLOURS[number % COLOURS.length],
        width: 2,
        points: { size: 5 },
      })),
    ],
  };
  const plot = new uPlot(options, [days, ...chart.series.map((each) => each.values)], element);
  new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: 200 })).observe(element);
}

for (const element of document.querySelectorAll("[data-chart]")) draw(element);
