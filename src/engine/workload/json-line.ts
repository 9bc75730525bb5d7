/** Line of the first syntax error in JSON text that does not parse: the shortest beginning that fails for another reason than being cut off. */
export function brokenLine(text: string): number {
  const lines = text.split('\n');
  let low = 1;
  let high = lines.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isCutOff(lines.slice(0, middle).join('\n'))) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isCutOff(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    return (
      /end of JSON input|end of data|after (property|array)|Expected .*\bposition/i.test(String(error)) && endsOpen(text, String(error))
    );
  }
}

/** An engine that names a position at the very end complains of a missing rest, not of what is there. */
function endsOpen(text: string, message: string): boolean {
  const position = /position (\d+)/.exec(message)?.[1];
  return position === undefined || Number(position) >= text.trimEnd().length;
}
