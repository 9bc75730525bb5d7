import type { Catalog } from '../../catalog/catalog';
import { num } from '../../units/format';
import { splitSku } from '../cost/part-price';
import { rowName } from '../floor/plan-floor';
import type { Site } from '../floor/site';
import { MOST_FILL_PCT, TrayLoads } from '../floor/trays';
import type { FloorPlan, TrayReport, Warning } from './design';
import type { BuiltFabric } from './media-of-fabrics';

/**
 * Least bend radius of a cable in outer diameters, where its maker states none: high-speed copper that is still moved
 * while it is laid (Ruijie RG-AP740-I installation guide; 5 once it lies).
 */
const BEND_DIAMETERS = 10;

/** Planning diameters of the NVIDIA DGX H100 data centre design guide, for parts whose own is not in the catalog. */
const COPPER_MM = 9.43;
const FIBRE_MM = 3;

/** How full the trays are with every cable of the design in them; null when none leaves its rack. */
export function trayReport(
  site: Site,
  catalog: Catalog,
  { racks, rows, racksPerRow }: FloorPlan,
  fabrics: readonly BuiltFabric[],
): TrayReport | null {
  const loads = new TrayLoads(rows, racksPerRow);
  let bend = { sku: '', radiusMm: 0, clearanceMm: Math.round(site.trayClearanceM * 1000) };
  for (const { assignment, wiring, spots } of fabrics) {
    const media = assignment.byLink();
    const diameters = media.cableSkus.map((sku) => diameterMm(catalog, sku));
    const laid = new Uint8Array(assignment.cables + 1);
    for (let link = 0; link < wiring.links; link++) {
      const assembly = media.assembly[link]!;
      const from = racks[spots[wiring.nearDevice[link]!]!.rack]!;
      const to = racks[spots[wiring.farDevice[link]!]!.rack]!;
      if (from === to || laid[assembly] === 1) continue;
      laid[assembly] = 1;
      const candidate = media.chosen[media.choice[link]!]!;
      const cables = candidate.type === 'cable' ? 1 : candidate.fibresPerLink;
      const diameter = diameters[media.cableSku[link]!]!;
      loads.add(from, to, (Math.PI / 4) * diameter ** 2 * cables, cables);
      const radiusMm = Math.round(BEND_DIAMETERS * diameter);
      if (radiusMm > bend.radiusMm) bend = { ...bend, sku: media.cableSkus[media.cableSku[link]!]!, radiusMm };
    }
  }
  const fullest = loads.fullest(site);
  const { trayWidthM, trayDepthM } = site;
  return fullest === null ? null : { ...fullest, trayWidthM, trayDepthM, mostFillPct: MOST_FILL_PCT, bend };
}

function diameterMm(catalog: Catalog, sku: string): number {
  const entry = catalog.byId.get(splitSku(sku).id);
  if (entry?.kind === 'fibre') return entry.diameterMm ?? FIBRE_MM;
  return entry?.kind === 'cable' ? (entry.diameterMm ?? (entry.type === 'aoc' ? FIBRE_MM : COPPER_MM)) : FIBRE_MM;
}

/** Trays too small for the cables, or too near the racks for their bends. */
export function trayWarnings(trays: TrayReport | null): Warning[] {
  if (trays === null) return [];
  const warnings: Warning[] = [];
  const { fillPct, mostFillPct, cables, trayWidthM, trayDepthM, direction, bend } = trays;
  if (fillPct > mostFillPct) {
    const where =
      direction === 'along' ? `the tray above row ${rowName(trays.row)}` : `the tray across rows at place ${trays.position + 1}`;
    const widthM = Math.ceil((trayWidthM * fillPct * 10) / mostFillPct) / 10;
    warnings.push({
      code: 'tray-full',
      path: 'site.trayWidthM',
      message: `${where} would be ${num(fillPct, 1)} % full with ${num(cables)} cables, and ${num(mostFillPct)} % is the most; it is ${num(trayWidthM, 2)} x ${num(trayDepthM, 2)} m, so widen it to ${num(widthM, 1)} m, or spread the cables over more trays`,
    });
  }
  if (bend.radiusMm > bend.clearanceMm)
    warnings.push({
      code: 'tight-bend',
      path: 'site.trayHeightM',
      message: `${bend.sku} must not bend tighter than ${num(bend.radiusMm)} mm, but the tray hangs ${num(bend.clearanceMm)} mm above the racks; raise trayHeightM to ${num(Math.ceil(bend.radiusMm / 100) / 10, 1)}`,
    });
  return warnings;
}
