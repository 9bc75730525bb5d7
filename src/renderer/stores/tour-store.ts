import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { router } from '../app/router';

/** The way through the program, for whoever opens it for the first time: a step of the wizard and what to look at there. */
const STOPS = [
  { id: 'start', step: 'start', target: '.templates' },
  { id: 'brief', step: 'brief', target: '[data-path="accelerators"]' },
  { id: 'result', step: 'brief', target: '.result' },
  { id: 'steps', step: 'supernode', target: '.steps' },
  { id: 'quote', step: 'quote', target: '.exports' },
] as const;

const STORAGE_KEY = 'scaleplan.tour';

export const useTourStore = defineStore('tour', () => {
  /** Offered until it was taken or declined once. */
  const offered = ref(window.localStorage.getItem(STORAGE_KEY) !== 'done');
  const at = ref<number | null>(null);
  const stop = computed(() => (at.value === null ? null : STOPS[at.value]!));

  async function go(index: number): Promise<void> {
    at.value = index;
    await router.push(`/${STOPS[index]!.step}`);
  }
  function end(): void {
    at.value = null;
    offered.value = false;
    window.localStorage.setItem(STORAGE_KEY, 'done');
  }
  return {
    offered,
    stop,
    at,
    count: STOPS.length,
    begin: () => go(0),
    next: () => (at.value === null || at.value === STOPS.length - 1 ? end() : void go(at.value + 1)),
    back: () => (at.value === null || at.value === 0 ? undefined : void go(at.value - 1)),
    end,
  };
});
