import { computed } from 'vue';
import { useUiStore } from '../stores/ui-store';

/** The page's colours for pictures; they inherit nothing and are told when the appearance changes. */
export interface Palette {
  readonly ground: string;
  readonly soft: string;
  readonly line: string;
  readonly strong: string;
  readonly text: string;
  readonly dim: string;
  readonly accent: string;
  readonly accentSoft: string;
  readonly mark: string;
  readonly systems: string;
  readonly leaf: string;
  readonly core: string;
  readonly font: string;
  /** From little to much, for quantities. */
  readonly heat: readonly string[];
}

const LIGHT: Omit<Palette, 'font'> = {
  ground: '#ffffff',
  soft: '#f3f5f8',
  line: '#d9dfe7',
  strong: '#8796a6',
  text: '#1c2733',
  dim: '#4d5b6b',
  accent: '#0b6e99',
  accentSoft: '#e4f1f7',
  mark: '#c2410c',
  systems: '#6b8aa8',
  leaf: '#d9822b',
  core: '#0b6e99',
  heat: ['#dcecf4', '#a8d3e6', '#f2d68a', '#e9a04b', '#cc5a2b', '#8f1d1d'],
};

const DARK: Omit<Palette, 'font'> = {
  ground: '#171d26',
  soft: '#1f2733',
  line: '#2f3a49',
  strong: '#6d7e94',
  text: '#e6ebf2',
  dim: '#aab6c5',
  accent: '#57b9e2',
  accentSoft: '#16303d',
  mark: '#ffab70',
  systems: '#5f7a96',
  leaf: '#e2954a',
  core: '#4db5e0',
  heat: ['#1d3a4a', '#2a5f78', '#8a7a35', '#c08a3a', '#dd7040', '#f5a08c'],
};

export function usePalette() {
  const ui = useUiStore();
  return computed<Palette>(() => ({
    ...(ui.dark ? DARK : LIGHT),
    font: getComputedStyle(document.documentElement).fontFamily,
  }));
}

/** The colour of a quantity between none and the most there is. */
export function heatColour({ heat }: Palette, value: number, most: number): string {
  const step = most <= 0 ? 0 : Math.min(heat.length - 1, Math.floor((value / most) * heat.length));
  return heat[Math.max(0, step)]!;
}
