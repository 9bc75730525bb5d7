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

/** A first edit is answered at once; edits that follow within `TYPING_MS` are typing, which is answered after a pause. */
const TYPING_MS = 400;
const PAUSE_MS = 150;

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
  let editedAt = -Infinity;
  /** One question at a time: the engine answers in order, and an edit made meanwhile asks once it is free. */
  let asking = false;

  function clearFaults(): void {
    issues.value = [];
    limits.value = [];
    failure.value = null;
  }

  async function compute(): Promise<void> {
    clearTimeout(timer);
    const own = ++turn;
    if (isEmpty.value) {
      clearFaults();
      design.value = null;
      working.value = false;
      return;
    }
    working.value = true;
    if (asking) return;
    asking = true;
    const answer = await ask();
    asking = false;
    if (own !== turn) {
      if (working.value) await compute();
      return;
    }
    clearFaults();
    if ('design' in answer) design.value = answer.design;
    else tell(answer.fault);
    working.value = false;
  }

  async function ask(): Promise<{ readonly design: Design } | { readonly fault: unknown }> {
    try {
      return { design: await useClient().design.size({ brief: project.brief, priceBook: project.priceBook }) };
    } catch (fault) {
      return { fault };
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
      const isTyping = performance.now() - editedAt < TYPING_MS;
      editedAt = performance.now();
      clearTimeout(timer);
      if (isTyping) timer = setTimeout(() => void compute(), PAUSE_MS);
      else void compute();
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
