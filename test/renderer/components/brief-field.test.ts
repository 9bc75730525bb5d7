import { mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { InputFault, type Design } from '../../../src/contract/procedures';
import { i18n } from '../../../src/renderer/app/i18n';
import type { Client } from '../../../src/renderer/client/transport';
import BriefField from '../../../src/renderer/components/BriefField.vue';
import { provideClient } from '../../../src/renderer/stores/client';
import { useDesignStore } from '../../../src/renderer/stores/design-store';
import { useProjectStore } from '../../../src/renderer/stores/project-store';
import { useUiStore } from '../../../src/renderer/stores/ui-store';
import { toContractError } from '../../../src/service/fault-mapping';

/** The engine's next answer, or the fault it ends in. */
let answer: () => Promise<unknown>;

beforeEach(() => {
  vi.useFakeTimers();
  window.localStorage.clear();
  setActivePinia(createPinia());
  provideClient({ design: { size: () => answer() } } as unknown as Client);
});
afterEach(() => {
  vi.useRealTimers();
  provideClient(null);
});

const settle = () => vi.advanceTimersByTimeAsync(300);
const mountField = (props: { path: string; label: string; type?: 'integer' | 'number' | 'text'; unit?: string; help?: string }) =>
  mount(BriefField, { props, global: { plugins: [i18n] }, attachTo: document.body });

describe('a field of the brief', () => {
  it('ties its label to its input and shows unit and help', async () => {
    const field = mountField({ path: 'site.rackPowerKw', label: 'Power a rack', type: 'number', unit: 'kW', help: 'At full load.' });
    await nextTick();
    const input = field.get('input');
    expect(field.get('label').attributes('for')).toBe(input.attributes('id'));
    expect(field.text()).toContain('kW');
    expect(field.text()).toContain('At full load.');
    expect(field.get(`#${input.attributes('aria-describedby')}`).text()).toBe('At full load.');
    expect(input.attributes('placeholder')).toBe('chosen for you');
  });

  it('shows what was chosen while it is open', async () => {
    const design = { choices: [{ path: 'fabrics.compute.planes', value: 2, reason: '' }] } as unknown as Design;
    answer = () => Promise.resolve(design);
    useDesignStore();
    useProjectStore().set('accelerators', 64);
    await settle();
    const field = mountField({ path: 'fabrics.compute.planes', label: 'Planes', type: 'integer' });
    expect(field.get('input').attributes('placeholder')).toBe('2 (chosen for you)');
  });

  it('sets the brief, and an emptied field is open again', async () => {
    const project = useProjectStore();
    const field = mountField({ path: 'customer.name', label: 'Name', type: 'text' });
    await field.get('input').setValue('Northern hall');
    expect(project.brief.customer).toEqual({ name: 'Northern hall' });
    await field.get('input').setValue('');
    expect(project.brief).toEqual({ format: 'scaleplan.brief/1' });
  });

  it("puts the engine's sentence beside itself, in the language of the page", async () => {
    answer = () => Promise.reject(toContractError(InputFault.of('site.pue', 'is 0.5, but must be at least 1; raise it')));
    useDesignStore();
    const project = useProjectStore();
    project.set('accelerators', 64);
    const field = mountField({ path: 'site.pue', label: 'PUE', type: 'number' });
    const other = mountField({ path: 'site.slackM', label: 'Spare length', type: 'number' });
    await settle();
    expect(field.get('[role=alert]').text()).toBe('PUE is 0.5, but must be at least 1; raise it');
    expect(field.get('input').attributes('aria-invalid')).toBe('true');
    expect(other.find('[role=alert]').exists()).toBe(false);
    useUiStore().locale = 'zh';
    await settle();
    expect(field.get('[role=alert]').text()).toContain('但必须不小于 1');
    useUiStore().locale = 'en';
  });
});
