import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { useFieldName } from '../format/field-name';
import { useProjectStore } from '../stores/project-store';
import { useUiStore } from '../stores/ui-store';
import { goToField } from './fields';
import { STEPS } from './router';

/** Something the program does on demand: listed in the palette, reached by its keys. */
export interface Command {
  readonly id: string;
  readonly group: 'go' | 'project' | 'view' | 'field';
  readonly title: string;
  /** `Mod` is Ctrl, or Command on a Mac. */
  readonly keys?: string;
  readonly possible?: boolean;
  run(): unknown;
}

/** What a command needs of the page around it. */
export interface CommandHost {
  save(): unknown;
  openDialog(): unknown;
  palette(): unknown;
  shortcuts(): unknown;
  tour(): unknown;
}

/** Fields that are asked for by name. */
const FIELDS = [
  'accelerators',
  'supernode',
  'objective',
  'site.rackPowerKw',
  'site.maxPowerKw',
  'site.maxRacks',
  'site.pue',
  'fabrics.compute.topology',
  'fabrics.compute.tiers',
  'fabrics.compute.switch',
  'fabrics.compute.linkGbps',
  'fabrics.compute.oversubscription',
  'media.policy',
  'media.fibre',
  'pricing.currency',
  'pricing.years',
  'pricing.energyPerKwh',
] as const;

export function useCommands(host: CommandHost): ComputedRef<readonly Command[]> {
  const { t } = useI18n();
  const router = useRouter();
  const project = useProjectStore();
  const ui = useUiStore();
  const { nameOfField } = useFieldName();
  return computed(() => [
    ...STEPS.map((step, index): Command => ({
      id: `go-${step}`,
      group: 'go',
      title: t('commands.go', { step: t(`common.steps.${step}`) }),
      keys: `Alt+${index + 1}`,
      run: () => router.push(`/${step}`),
    })),
    { id: 'palette', group: 'view', title: t('commands.palette'), keys: 'Mod+K', run: host.palette },
    { id: 'save', group: 'project', title: t('common.save'), keys: 'Mod+S', run: host.save },
    { id: 'open', group: 'project', title: t('common.open'), keys: 'Mod+O', run: host.openDialog },
    { id: 'undo', group: 'project', title: t('common.undo'), keys: 'Mod+Z', possible: project.canUndo, run: project.undo },
    { id: 'redo', group: 'project', title: t('common.redo'), keys: 'Mod+Shift+Z', possible: project.canRedo, run: project.redo },
    { id: 'redo-y', group: 'project', title: t('common.redo'), keys: 'Mod+Y', possible: project.canRedo, run: project.redo },
    {
      id: 'new',
      group: 'project',
      title: t('commands.new'),
      run: () => {
        project.start({ format: 'scaleplan.brief/1' }, '');
        return router.push('/brief');
      },
    },
    { id: 'duplicate', group: 'project', title: t('commands.duplicate'), keys: 'Mod+D', run: project.duplicateOption },
    ...project.options.map(({ name }, index): Command => ({
      id: `option-${index}`,
      group: 'project',
      title: t('commands.option', { name }),
      possible: index !== project.chosen,
      run: () => project.chooseOption(index),
    })),
    ...(['en', 'zh'] as const).map((locale): Command => ({
      id: `language-${locale}`,
      group: 'view',
      title: { en: 'English', zh: '简体中文' }[locale],
      possible: ui.locale !== locale,
      run: () => (ui.locale = locale),
    })),
    ...(['system', 'light', 'dark'] as const).map((theme): Command => ({
      id: `theme-${theme}`,
      group: 'view',
      title: `${t('common.theme.label')}: ${t(`common.theme.${theme}`)}`,
      possible: ui.theme !== theme,
      run: () => (ui.theme = theme),
    })),
    { id: 'shortcuts', group: 'view', title: t('commands.shortcuts'), keys: 'Mod+/', run: host.shortcuts },
    { id: 'tour', group: 'view', title: t('commands.tour'), run: host.tour },
    ...FIELDS.map((path): Command => ({ id: `field-${path}`, group: 'field', title: nameOfField(path), run: () => goToField(path) })),
  ]);
}

/** The keys of an event as a command names them, or null where no command could. */
export function keysOf(event: KeyboardEvent): string | null {
  const mod = event.ctrlKey || event.metaKey;
  if (!mod && !event.altKey) return null;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  const key = digit ?? (event.key.length === 1 ? event.key.toUpperCase() : event.key);
  return [mod ? 'Mod' : '', event.altKey ? 'Alt' : '', event.shiftKey ? 'Shift' : '', key].filter(Boolean).join('+');
}

/** Keys as this machine's keyboard has them. */
export function shownKeys(keys: string): string {
  return keys.replace('Mod', /Mac/.test(navigator.platform) ? '⌘' : 'Ctrl');
}
