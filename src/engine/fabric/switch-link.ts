/** One link between two switches, by their index in the topology's own order. Parallel links repeat the pair. */
export type SwitchLink = readonly [a: number, b: number];
