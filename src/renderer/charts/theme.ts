/** Colours of charts in both appearances: distinguishable for the colour-blind, readable on their ground. */
const SERIES_LIGHT = ['#0b6e99', '#d9822b', '#4c9f70', '#8e5ea2', '#c0504d', '#6b7a8f'];
const SERIES_DARK = ['#4db5e0', '#f0a860', '#7cc9a0', '#bf97d1', '#e88b88', '#a3b1c4'];

export function chartTheme(dark: boolean): object {
  const text = dark ? '#c9d3e0' : '#3c4858';
  const line = dark ? '#394353' : '#d5dbe3';
  const axis = {
    axisLine: { lineStyle: { color: line } },
    axisTick: { lineStyle: { color: line } },
    axisLabel: { color: text },
    nameTextStyle: { color: text },
    splitLine: { lineStyle: { color: line } },
  };
  return {
    color: dark ? SERIES_DARK : SERIES_LIGHT,
    // A canvas inherits nothing: it is told the font of the page.
    textStyle: { fontFamily: getComputedStyle(document.documentElement).fontFamily, color: text },
    legend: { textStyle: { color: text } },
    tooltip: { backgroundColor: dark ? '#222a36' : '#ffffff', borderColor: line, textStyle: { color: text } },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: axis,
    logAxis: axis,
    parallel: { axisLine: { lineStyle: { color: line } }, axisLabel: { color: text }, nameTextStyle: { color: text } },
  };
}
