import { useI18n } from 'vue-i18n';
import type { Alternative } from '../../../contract/procedures';
import { useFormat } from '../../format/format';
import { useDesignStore } from '../../stores/design-store';

/** What a network is called in the page's language: shape, ratio and switch. */
export function useAlternativeName(models: () => ReadonlyMap<string, string>): (alternative: Alternative) => string {
  const { t } = useI18n();
  const { number } = useFormat();
  const store = useDesignStore();
  return ({ brief, summary, current, label }) => {
    const wanted = brief.fabrics?.compute ?? {};
    const present = current ? store.design?.fabrics.compute : undefined;
    const topology = present?.topology ?? wanted.topology ?? summary?.topology;
    if (topology === undefined) return label;
    const tiers = present?.tiers.length ?? summary?.tiers ?? wanted.tiers;
    const isTree = topology === 'fat-tree' || topology === 'multi-plane';
    const planes = present?.planes ?? wanted.planes ?? 1;
    const rail = isTree && (present?.railOptimized ?? summary?.id.split('/').includes('rail') ?? wanted.railOptimized ?? false);
    const ratio = wanted.oversubscription ?? summary?.oversubscription ?? 1;
    const switchId = present?.switchIds[0] ?? wanted.switch;
    return [
      t(`common.topology.${topology}`),
      isTree && tiers !== undefined ? t('scaleOut.alternatives.tierCount', { count: tiers }, tiers) : '',
      rail ? t('scaleOut.alternatives.rail') : '',
      planes > 1 ? t('scaleOut.alternatives.planeCount', { count: planes }) : '',
      ratio > 1 ? `${number(ratio, 2)}:1` : '',
      switchId === undefined ? '' : (models().get(switchId) ?? switchId),
    ]
      .filter(Boolean)
      .join(' · ');
  };
}
