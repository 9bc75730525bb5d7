import type { EChartsCoreOption } from 'echarts/core';

/** Net by category: one bar each, its figure at the end. */
export function netChart(
  names: readonly string[],
  nets: readonly string[],
  format: (value: number) => string,
  dark: boolean,
): EChartsCoreOption {
  return {
    // What `containLabel` was before ECharts 6.
    grid: { left: 4, right: 64, top: 4, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: (value: unknown) => format(Number(value)) },
    xAxis: { type: 'value', splitNumber: 4, axisLabel: { formatter: format, hideOverlap: true } },
    yAxis: { type: 'category', inverse: true, data: [...names], axisTick: { show: false } },
    series: [
      {
        type: 'bar',
        barMaxWidth: 18,
        // A bar's length needs no more digits than a float has; the figures themselves stay decimal strings.
        data: nets.map(Number),
        label: {
          show: true,
          position: 'right',
          // Outlined letters blur on a dark ground.
          color: dark ? '#c9d3e0' : '#3c4858',
          textBorderWidth: 0,
          formatter: ({ value }: { value: number }) => format(value),
        },
      },
    ],
  };
}
