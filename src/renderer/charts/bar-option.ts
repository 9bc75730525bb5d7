import type { EChartsCoreOption } from 'echarts/core';

export interface BarSeries {
  readonly name: string;
  readonly values: readonly number[];
}

/** Horizontal bars with their names at the left, the first on top; one colour for each series. */
export function barOption(
  names: readonly string[],
  series: readonly BarSeries[],
  format: (value: number) => string,
  { stacked = true, nameWidth = 180, ink }: { readonly stacked?: boolean; readonly nameWidth?: number; readonly ink?: string } = {},
): EChartsCoreOption {
  return {
    legend: { top: 0, left: 0, type: 'plain', itemWidth: 14, itemHeight: 10 },
    // What `containLabel` was before ECharts 6.
    grid: {
      left: 4,
      right: stacked ? 24 : 48,
      top: legendHeight(series),
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: (value: unknown) => format(Number(value)) },
    xAxis: { type: 'value', splitNumber: 4, axisLabel: { formatter: format, hideOverlap: true } },
    yAxis: {
      type: 'category',
      inverse: true,
      data: [...names],
      axisTick: { show: false },
      axisLabel: { width: nameWidth, overflow: 'break', lineHeight: 14, interval: 0 },
    },
    series: series.map(({ name, values }, index) => ({
      name,
      type: 'bar',
      ...(stacked ? { stack: 'all' } : {}),
      barMaxWidth: 18,
      data: [...values],
      // The palette has six colours; the next six are their lighter shades.
      ...(stacked
        ? {}
        : {
            label: {
              show: true,
              position: 'right',
              color: ink ?? 'inherit',
              textBorderWidth: 0,
              formatter: ({ value }: { value: number }) => format(value),
            },
          }),
      itemStyle: { opacity: index < 6 ? 1 : 0.55 },
    })),
  };
}

function legendHeight(series: readonly BarSeries[]): number {
  return series.length > 4 ? 56 : 34;
}

/** Colour of the figures at the bars' ends: the text of the page in either appearance. */
export const chartInk = (dark: boolean) => (dark ? '#c9d3e0' : '#3c4858');

/** Room for the longest name, which wraps within the width it has. */
export function rowHeight(names: readonly string[], nameWidth: number): number {
  const widest = Math.max(
    0,
    ...names.map((name) => [...name].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e7f ? 12 : 6.4), 0)),
  );
  return Math.max(34, 14 * Math.ceil(widest / nameWidth) + 10);
}

export function barHeight(rows: number, perRow = 34, series = 1): number {
  return 70 + rows * perRow + (series > 4 ? 24 : 0);
}
