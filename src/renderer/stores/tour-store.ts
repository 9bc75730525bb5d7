import { defineStore } from 'pinia';
import { computed, ref } from 'vue';

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
    begin: () => (at.value = 0),
    next: () => (at.value === null || at.value === STOPS.length - 1 ? end() : (at.value += 1)),
    back: () => (at.value === null || at.value === 0 ? undefined : (at.value -= 1)),
    end,
  };
});
