import { num } from '../../units/format';
import type { Brief } from '../brief/schema';
import { switchOf } from '../design/fabric-options';
import { hasSpines } from './axes';
import type { Place, Space } from './space';

/** The brief with every open field filled in as this candidate has it: sizing it gives exactly this design. */
export function closedBrief(space: Space, { group, option, policy, layout }: Place): Brief {
  const { brief } = space;
  const { spec, oversubscription } = group;
  const { topology, tiers, railOptimized, planes } = group.form;
  const isCustom = typeof brief.supernode === 'object' && !Array.isArray(brief.supernode);
  return {
    ...brief,
    supernode: isCustom ? brief.supernode : spec.id,
    fabrics: {
      ...brief.fabrics,
      compute: {
        ...brief.fabrics?.compute,
        topology,
        ...(tiers === null ? {} : { tiers, railOptimized }),
        planes,
        switch: option.leaf.id,
        ...(hasSpines(group.form) ? { spineSwitch: option.spine.id } : {}),
        linkGbps: option.linkGbps,
        oversubscription,
      },
    },
    site: { ...brief.site, racksPerRow: space.layouts[layout]! },
    media: { ...brief.media, policy: space.policies[policy]! },
  };
}

/** A name that tells a candidate from every other of its space, in the terms of a design's id. */
export function candidateId(space: Space, { group, option, policy, layout }: Place): string {
  const { spec, form, oversubscription, planned } = group;
  const switches = planned.plan.counts.tiers.map((tier) => switchOf(option, tier.role).id);
  return [
    spec.id,
    form.topology,
    `${planned.plan.counts.tiers.length}t`,
    switches.join('+'),
    `${option.linkGbps}g`,
    `o${num(oversubscription, 2)}`,
    form.planes > 1 ? `p${form.planes}` : '',
    form.railOptimized ? 'rail' : '',
    space.policies.length > 1 ? space.policies[policy]! : '',
    space.layouts.length > 1 ? `row${space.layouts[layout]}` : '',
  ]
    .filter(Boolean)
    .join('/');
}
