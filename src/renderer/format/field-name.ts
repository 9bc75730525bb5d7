import { useI18n } from 'vue-i18n';
import { usePartNames } from '../stores/part-names';
import { useFormat } from './format';

/** What the page calls a field of the brief, by its path or by the last part of it. */
const NAMED: Readonly<Record<string, string>> = {
  accelerators: 'brief.demand.accelerators',
  supernode: 'brief.demand.supernode',
  objective: 'brief.demand.objective',
  growth: 'brief.growth.title',
  site: 'brief.site.title',
  media: 'media.title',
  'media.policy': 'media.fields.policy',
  'media.allow': 'media.fields.allow',
  'media.fibre': 'media.fields.fibre',
  'pricing.currency': 'brief.money.currency',
  'pricing.exchangeRate': 'brief.money.rate',
  'pricing.years': 'brief.money.years',
  'pricing.energyPerKwh': 'brief.money.energy',
  'pricing.taxPct': 'quote.terms.tax',
  'pricing.validDays': 'quote.terms.valid',
  'supernode.size': 'supernode.customSize',
  'supernode.accelerator': 'supernode.accelerator',
  'supernode.scaleUpGbps': 'supernode.scaleUpGbps',
  'supernode.scaleUpLinkGbps': 'supernode.scaleUpLinkGbps',
  'supernode.scaleUpRadix': 'supernode.scaleUpRadix',
  'supernode.nics': 'supernode.nics',
  'supernode.nicGbps': 'supernode.nicGbps',
};
const SITE =
  /^site\.(rackPowerKw|rackUnits|racksPerRow|rackPitchM|rowPitchM|trayHeightM|trayWidthM|trayDepthM|slackM|maxRacks|maxPowerKw|pue)$/;
const FABRIC = /^fabrics\.(compute|storage|inBand|outOfBand)(?:\.(\w+))?$/;
const FABRIC_FIELDS = [
  'topology',
  'tiers',
  'railOptimized',
  'switch',
  'linkGbps',
  'oversubscription',
  'planes',
  'scalableUnitSupernodes',
  'reservedEndpoints',
  'protocol',
  'spineSwitch',
  'coreSwitch',
  'spineOversubscription',
  'trunkGbps',
  'podFilling',
  'reservedPorts',
  'routing',
  'shape',
  'slimFlyOrder',
];
const PERCENT = /^pricing\.(discount|margin)Pct(?:\.(\w+))?$/;

export function useFieldName() {
  const { t } = useI18n();
  const { number } = useFormat();
  const parts = usePartNames();

  function nameOfField(path: string): string {
    const named = NAMED[path];
    if (named !== undefined) return t(named);
    const site = SITE.exec(path)?.[1];
    if (site !== undefined) return t(`brief.site.${site}`);
    const [, fabric, field] = FABRIC.exec(path) ?? [];
    if (fabric !== undefined) {
      const network = t(`common.fabric.${fabric}`);
      if (field === undefined) return network;
      if (FABRIC_FIELDS.includes(field)) return `${network} · ${t(`scaleOut.fields.${field}`)}`;
      if (field === 'portsPerNode') return `${network} · ${t('brief.fabrics.portsPerNode')}`;
    }
    const [, kind, category] = PERCENT.exec(path) ?? [];
    if (kind !== undefined) {
      const share = t(`quote.percent.${kind}`);
      return category === undefined || category === 'default' ? share : `${share} · ${t(`common.category.${category}`)}`;
    }
    return path;
  }

  /** A value chosen for a field, in the words of the page. */
  function valueOfField(path: string, value: string | number | boolean): string {
    if (typeof value === 'boolean') return t(value ? 'scaleOut.yes' : 'scaleOut.no');
    if (typeof value === 'number') return /Gbps$/.test(path) ? `${number(value)} Gb/s` : number(value, 2);
    if (path.endsWith('.topology')) return t(`common.topology.${value}`);
    if (path.endsWith('.podFilling')) return t(`scaleOut.podFilling.${value}`);
    if (path === 'media.policy') return t(`common.policy.${value}`);
    if (path === 'objective') return t(`common.objective.${value}`);
    return parts.nameOf(value);
  }
  return { nameOfField, valueOfField };
}
