import { defineStore } from 'pinia';
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { toFault } from '../../contract/faults';
import {
  InfeasibleFault,
  InputFault,
  type Alternative,
  type AlternativeAxis,
  type BindingLimit,
  type Brief,
  type Design,
  type InputIssue,
} from '../../contract/procedures';
import { useClient } from './client';
import { useProjectStore } from './project-store';

/** Typing pauses this long before the design is computed anew. */
const DEBOUNCE_MS = 150;

/** Nothing says yet how much is wanted. */
function isOpen({ accelerators, sites, workload }: Brief): boolean {
  return accelerators === undefined && sites === undefined && workload === undefined;
}

/** The design of the current brief, kept up to date with every edit; answers to older briefs are dropped. */
export const useDesignStore = defineStore('design', () => {
  const project = useProjectStore();
  const design = shallowRef<Design | null>(null);
  const issues = shallowRef<readonly InputIssue[]>([]);
  const limits = shallowRef<readonly BindingLimit[]>([]);
  const failure = ref<string | null>(null);
  const working = ref(false);
  /** A number of accelerators, or a workload with a deadline, is the least there must be. */
  const isEmpty = computed(() => isOpen(project.brief));
  /** What is shown belongs to an earlier brief: the present one leads to no design. */
  const stale = computed(() => issues.value.length > 0 || limits.value.length > 0 || failure.value !== null);
  let turn = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function clearFaults(): void {
    issues.value = [];
    limits.value = [];
    failure.value = null;
  }

  async function compute(): Promise<void> {
    const own = ++turn;
    if (isEmpty.value) {
      clearFaults();
      design.value = null;
      working.value = false;
      return;
    }
    working.value = true;
    try {
      const answer = await useClient().design.size({ brief: project.brief, priceBook: project.priceBook });
      if (own !== turn) return;
      clearFaults();
      design.value = answer;
    } catch (error) {
      if (own !== turn) return;
      clearFaults();
      tell(error);
    } finally {
      if (own === turn) working.value = false;
    }
  }

  function tell(error: unknown): void {
    const fault = toFault(error);
    if (fault instanceof InputFault) issues.value = fault.issues;
    else if (fault instanceof InfeasibleFault) limits.value = fault.limits;
    else failure.value = fault instanceof Error ? fault.message : String(fault);
  }

  watch(
    () => [project.brief, project.priceBook],
    () => {
      clearTimeout(timer);
      timer = setTimeout(() => void compute(), DEBOUNCE_MS);
    },
    { immediate: true },
  );

  /** The fault of one field, if it has one. */
  const issueAt = (path: string) => {
    const isHere = (at: string) => at === path || at.startsWith(`${path}[`);
    return issues.value.find((issue) => isHere(issue.path))?.message ?? limits.value.find((limit) => isHere(limit.path))?.message;
  };

  return { design, issues, limits, failure, working, isEmpty, stale, compute, issueAt };
});

/** Alternatives of one step, computed when the step is open. */
export function useAlternatives(axis: AlternativeAxis) {
  const project = useProjectStore();
  const alternatives = shallowRef<readonly Alternative[]>([]);
  const loading = ref(false);
  const failure = ref<string | null>(null);
  let turn = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  let running: AbortController | undefined;

  async function load(brief: Brief): Promise<void> {
    const own = ++turn;
    running?.abort();
    running = new AbortController();
    if (isOpen(brief)) {
      alternatives.value = [];
      loading.value = false;
      return;
    }
    loading.value = true;
    try {
      const found = await useClient().design.alternatives({ brief, priceBook: project.priceBook, axis }, { signal: running.signal });
      if (own !== turn) return;
      alternatives.value = found;
      failure.value = null;
    } catch (error) {
      if (own === turn) failure.value = error instanceof Error ? error.message : String(error);
    } finally {
      if (own === turn) loading.value = false;
    }
  }

  watch(
    () => [project.brief, project.priceBook],
    () => {
      clearTimeout(timer);
      timer = setTimeout(() => void load(project.brief), 300);
    },
    { immediate: true },
  );
  // Leaving the step ends its work.
  onScopeDispose(() => {
    clearTimeout(timer);
    running?.abort();
  });
  return { alternatives, loading, failure };
}
