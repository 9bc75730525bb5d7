import { toFault } from '../../../contract/faults';
import { InfeasibleFault, InputFault } from '../../../contract/procedures';
import { useFieldName } from '../../format/field-name';
import { useSentence } from '../../format/sentence';

/** Why a question found no answer, as one line in the page's language. */
export function useReason(): (error: unknown) => string {
  const sentence = useSentence();
  const { nameOfField } = useFieldName();
  return (error) => {
    const fault = toFault(error);
    const told =
      fault instanceof InputFault
        ? fault.issues
        : fault instanceof InfeasibleFault
          ? fault.limits
          : ([] as { path: string; message: string }[]);
    if (told.length > 0) return told.map(({ path, message }) => `${nameOfField(path)} ${sentence(message)}`).join('; ');
    return fault instanceof Error ? fault.message : String(fault);
  };
}
