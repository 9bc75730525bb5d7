import { useI18n } from 'vue-i18n';
import type { DesignPoint } from '../../../contract/procedures';
import { useFormat } from '../../format/format';
import { usePartNames } from '../../stores/part-names';

/** The figures that designs are compared by, as numbers for pictures and as the page writes them. */
export const FIGURES = ['capex', 'tco', 'itKw', 'racks', 'switches', 'transceivers', 'latency', 'failures', 'stepTime'] as const;
export type Figure = (typeof FIGURES)[number];
/** The derivations that each figure rests on. */
export const RESTS_ON: Readonly<Record<Figure, readonly string[]>> = {
  capex: ['cost.'],
  tco: ['cost.'],
  itKw: ['power.it', 'power.systems', 'power.switches', 'power.optics'],
  racks: ['racks'],
  switches: ['compute.', 'storage.', 'inBand.', 'outOfBand.'],
  transceivers: ['transceivers'],
  latency: ['compute.latency', 'compute.hops'],
  failures: ['reliability.firstFailure'],
  stepTime: ['stepTimeS', 'mfuPct', 'communication.', 'bubbleS'],
};
/** Figures that count things. */
export const COUNTED: readonly Figure[] = ['racks', 'switches', 'transceivers'];

/** A float is good enough to place a point; amounts are shown from their own digits. */
export function valueOf(point: DesignPoint, figure: Figure): number | null {
  switch (figure) {
    case 'capex':
      return Number(point.capex);
    case 'tco':
      return Number(point.tco);
    case 'latency':
      return point.softwareLatencyUs;
    case 'failures':
      return point.failuresPerYear;
    case 'stepTime':
      return point.stepTimeS;
    default:
      return point[figure];
  }
}

export function useDesignFigures(currency: () => string) {
  const { t } = useI18n();
  const { number, compact, wholeAmount } = useFormat();
  const parts = usePartNames();
  const unitOf = (figure: Figure) =>
    ({
      capex: currency(),
      tco: currency(),
      itKw: 'kW',
      latency: 'µs',
      failures: t('compare.aYear'),
      stepTime: 's',
      racks: '',
      switches: '',
      transceivers: '',
    })[figure];
  return {
    nameOf: (figure: Figure) => t(`compare.figure.${figure}`),
    unitOf,
    labelOf: (figure: Figure) => [t(`compare.figure.${figure}`), unitOf(figure)].filter(Boolean).join(', '),
    /** Short, for an axis over these values: as many digits as tell its marks apart. */
    axisOf: (figure: Figure, points: readonly DesignPoint[]) => {
      if (figure === 'capex' || figure === 'tco') return { axisLabel: { formatter: (value: number) => compact(value, 3) } };
      const values = points.flatMap((point) => valueOf(point, figure) ?? []);
      const span = Math.max(...values) - Math.min(...values);
      const digits = span > 0 ? Math.max(0, Math.min(3, Math.ceil(-Math.log10(span / 4)))) : 2;
      return COUNTED.includes(figure)
        ? { minInterval: 1, axisLabel: { formatter: (value: number) => number(value) } }
        : { axisLabel: { formatter: (value: number) => number(value, digits) } };
    },
    /** An end of a range, with as many digits as tell designs apart. */
    end: (figure: Figure, value: number) => number(value, value < 10 ? 3 : value < 1000 ? 1 : 0),
    show: (point: DesignPoint, figure: Figure) => {
      if (figure === 'capex' || figure === 'tco') return wholeAmount(point[figure]);
      const value = valueOf(point, figure);
      return value === null ? '–' : number(value, figure === 'latency' || figure === 'failures' || figure === 'stepTime' ? 2 : 0);
    },
    /** What a design is, in words. */
    title: (point: DesignPoint) => {
      const isTree = point.topology === 'fat-tree' || point.topology === 'multi-plane';
      return [
        parts.nameOf(point.supernode),
        t(`common.topology.${point.topology}`),
        isTree ? t('scaleOut.alternatives.tierCount', { count: point.tiers }, point.tiers) : '',
        point.railOptimized && isTree ? t('scaleOut.alternatives.rail') : '',
        point.planes > 1 ? t('scaleOut.alternatives.planeCount', { count: point.planes }) : '',
        point.oversubscription > 1 ? `${number(point.oversubscription, 2)}:1` : '',
        point.switchIds[0] === undefined ? '' : parts.nameOf(point.switchIds[0]),
        t(`common.policy.${point.mediaPolicy}`),
      ]
        .filter(Boolean)
        .join(' · ');
    },
  };
}
