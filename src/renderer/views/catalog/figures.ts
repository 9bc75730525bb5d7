import type { CatalogEntry } from '../../../contract/procedures';

/** More published figures than this of one thing are left to its own page. */
const MOST_FIGURES = 4;

/** The figures by which a part is told from others, in units that need no translation. */
export function figuresOf(entry: CatalogEntry): string {
  switch (entry.kind) {
    case 'accelerator':
      return join(
        entry.memoryGB && `${entry.memoryGB} GB`,
        entry.peakTflops.bf16 && `${entry.peakTflops.bf16} TFLOP/s BF16`,
        entry.tdpW && `${entry.tdpW} W`,
      );
    case 'supernode':
      return join(`${entry.accelerators} ×`, `${entry.powerW / 1000} kW`, entry.scaleUp.technology);
    case 'nic':
      return join(`${entry.cage.count} × ${entry.cage.form}`, speeds(entry.cage.modes));
    case 'switch':
      return join(
        ...entry.cages.map((cage) => `${cage.count} × ${cage.form} ${speeds(cage.modes)}`),
        `${entry.powerTypicalW} W`,
        `${entry.rackUnits} U`,
      );
    case 'gateway':
      return join(`2 × ${entry.portsPerSide}`, `${entry.gbpsPerPort}G`, `${entry.powerW} W`, `${entry.rackUnits} U`);
    case 'transceiver':
      return join(entry.class, speeds(entry.modes), `${entry.reachM} m`, `${entry.powerW} W`);
    case 'cable':
      return join(entry.type.toUpperCase(), speeds(entry.modes), `${Math.min(...entry.lengthsM)}–${Math.max(...entry.lengthsM)} m`);
    case 'fibre':
      return join(entry.fibre.toUpperCase(), entry.connector, `${Math.min(...entry.lengthsM)}–${Math.max(...entry.lengthsM)} m`);
    case 'rack':
      return `${entry.rackUnits} U`;
    case 'failure-rate':
      return `${(entry.perYear * 100).toFixed(2)} % / a`;
    case 'figure':
      return join(...entry.figures.slice(0, MOST_FIGURES).map(({ value, unit }) => (unit === undefined ? value : `${value} ${unit}`)));
  }
}

/** One figure stays on one line, its unit beside it; lines break between figures. */
const join = (...parts: readonly (string | number | undefined)[]) =>
  parts
    .filter(Boolean)
    .map((part) => String(part).replaceAll(' ', '\u00a0'))
    .join(' · ');

function speeds(modes: readonly { readonly gbps: number }[]): string {
  return `${[...new Set(modes.map((mode) => mode.gbps))].sort((a, b) => b - a).join('/')}G`;
}
