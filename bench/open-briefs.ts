import open1024 from '../test/examples/open-1024.brief.json';

/** Open briefs that whole comparisons are measured on. */
export { open1024 };

const { maxRacks: _racks, maxPowerKw: _power, ...hall } = open1024.site;

/** The same at 16,384 accelerators, in a hall as large as need be. */
export const open16384 = { ...open1024, name: '16,384 accelerators, everything open', accelerators: 16_384, site: hall };
