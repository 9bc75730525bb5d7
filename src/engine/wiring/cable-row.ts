/** One cable as it is laid: what it is, and the ports it joins. A row of the cable schedule. */
export interface CableRow {
  readonly cableId: string;
  readonly fabric: string;
  readonly segment: string;
  readonly fromName: string;
  readonly fromRack: string;
  /** Rack unit counted from below. */
  readonly fromUnit: number;
  readonly fromPort: string;
  readonly toName: string;
  readonly toRack: string;
  readonly toUnit: number;
  readonly toPort: string;
  readonly sku: string;
  readonly description: string;
  /** Sold length. */
  readonly lengthM: number;
  readonly gbps: number;
  /** Pluggable modules at the two ends, where the cable itself has none. */
  readonly moduleFrom?: string;
  readonly moduleTo?: string;
  readonly label: string;
}
