import { InputFault, type InputIssue } from '../../units/fault';
import { list, num } from '../../units/format';
import type { Brief, SiteBrief } from '../brief/schema';

/** One site of a brief that names several: a brief of its own, and how far it lies from the first. */
export interface SiteShare {
  readonly index: number;
  readonly name: string;
  readonly accelerators: number;
  /** Fibre to the first site, km; 0 for the first. */
  readonly fibreKm: number;
  /** Distance as the brief states it, km. */
  readonly statedKm: number;
  readonly brief: Brief;
}

/** Nearer than this, halls are one site with one tray system. */
const LEAST_KM = 0.1;

/**
 * The sites of a brief, each as a brief of its own: the common choices, `site` as defaults, and its own limits.
 * Throws InputFault where names, numbers or distances do not make sense together.
 */
export function sitesOf(brief: Brief): readonly SiteShare[] {
  const { sites = [], scaleAcross, accelerators: _all, site, growth: _growth, workload: _workload, ...common } = brief;
  const issues = [...commonIssues(brief), ...nameIssues(sites.map((own) => own.name)), ...distanceIssues(sites)];
  if (issues.length > 0) throw new InputFault(issues);
  return sites.map(({ name, accelerators, distanceKm, ...limits }, index) => ({
    index,
    name: name.trim(),
    accelerators,
    statedKm: index === 0 ? 0 : distanceKm!,
    fibreKm: index === 0 ? 0 : distanceKm! * (scaleAcross?.routeFactor ?? 1),
    brief: { ...common, name: brief.name === undefined ? name : `${brief.name}, ${name}`, accelerators, site: { ...site, ...limits } },
  }));
}

function commonIssues({ sites = [], accelerators, growth, scaleAcross }: Brief): InputIssue[] {
  const sum = sites.reduce((total, site) => total + site.accelerators, 0);
  const issues: InputIssue[] = [];
  if (accelerators !== undefined && accelerators !== sum)
    issues.push({
      path: 'accelerators',
      message: `is ${num(accelerators)}, but the sites add up to ${num(sum)}; leave it out or correct one of them`,
    });
  if (growth !== undefined && growth.length > 0)
    issues.push({
      path: 'growth',
      message: 'plans phases, which are made for one site at a time; plan the growth of each site in a brief of its own',
    });
  if (scaleAcross?.gbps !== undefined && scaleAcross.oversubscription !== undefined)
    issues.push({
      path: 'scaleAcross.oversubscription',
      message: `is ${num(scaleAcross.oversubscription, 2)}, but gbps states the bandwidth already; give one of the two`,
    });
  return issues;
}

/** Names stand in the name of every rack and device, parted by a slash. */
function nameIssues(names: readonly string[]): InputIssue[] {
  const seen = new Map<string, number>();
  return names.flatMap((name, index) => {
    const path = `sites[${index}].name`;
    const key = name.trim().toLowerCase();
    const first = seen.get(key);
    seen.set(key, index);
    if (key === '' || name.includes('/'))
      return [{ path, message: `is "${name}"; give letters, digits or spaces without a slash, since it stands in every rack's name` }];
    if (first !== undefined) return [{ path, message: `is "${name}", as sites[${first}] is called; give every site a name of its own` }];
    return [];
  });
}

function distanceIssues(sites: NonNullable<Brief['sites']>): InputIssue[] {
  const hub = sites[0]?.name ?? '';
  return sites.flatMap(({ distanceKm }, index) => {
    const path = `sites[${index}].distanceKm`;
    if (index === 0)
      return distanceKm === undefined || distanceKm === 0
        ? []
        : [{ path, message: `is ${num(distanceKm, 1)}, but distances are measured from this first site; leave it out` }];
    if (distanceKm === undefined) return [{ path, message: `is missing; give the length of the fibre route to "${hub}" in km` }];
    if (distanceKm < LEAST_KM)
      return [
        {
          path,
          message: `is ${num(distanceKm, 3)} km, nearer than ${LEAST_KM} km; give the fibre route in km, or plan both halls as one site`,
        },
      ];
    return [];
  });
}

/** Path of a site's limit in the brief: its own field where it states one, else the common default. */
export function sitePath(brief: Brief, share: SiteShare, path: string): string {
  if (path === 'accelerators') return `sites[${share.index}].accelerators`;
  const field = /^site\.(\w+)$/.exec(path)?.[1] as keyof SiteBrief | undefined;
  if (field === undefined) return path;
  return brief.sites![share.index]![field] === undefined && brief.site?.[field] !== undefined ? path : `sites[${share.index}].${field}`;
}

/** "North, South and East". */
export function namesOf(sites: readonly Pick<SiteShare, 'name'>[]): string {
  return list(
    sites.map((site) => site.name),
    'and',
  );
}
