import { nextTick } from 'vue';
import { router, type Step } from './router';

/** Where each field of the brief stands on the page. */

const HERE: readonly (readonly [RegExp, Step])[] = [
  [/^workload\b/, 'workload'],
  [/^supernode\./, 'supernode'],
  [/^fabrics\.compute\b/, 'scale-out'],
  [/^media\b/, 'media'],
  [/^name$/, 'quote'],
  [/^pricing\.(years|energyPerKwh)$/, 'brief'],
  [/^pricing\b/, 'quote'],
];

export function stepOfField(path: string): Step {
  return HERE.find(([pattern]) => pattern.test(path))?.[1] ?? 'brief';
}

/** Opens the step of a field and puts the cursor into it; the nearest field above it where it has none of its own. */
export async function goToField(path: string): Promise<void> {
  await router.push(`/${stepOfField(path)}`);
  for (let attempt = 0; attempt < 20; attempt += 1) {
    await nextTick();
    const field = findField(path);
    if (field !== null) {
      field.scrollIntoView({ block: 'center' });
      field.querySelector<HTMLElement>('input, [tabindex="0"], button')?.focus({ preventScroll: true });
      return;
    }
    await new Promise((wait) => setTimeout(wait, 50));
  }
}

function findField(path: string): HTMLElement | null {
  const parts = path.split(/(?=[.[])/);
  for (let length = parts.length; length > 0; length -= 1) {
    const field = document.querySelector<HTMLElement>(`[data-path="${CSS.escape(parts.slice(0, length).join(''))}"]`);
    if (field !== null) return field;
  }
  return null;
}
