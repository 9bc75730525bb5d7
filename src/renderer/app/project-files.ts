import { shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { toFault } from '../../contract/faults';
import { fileStem } from '../../contract/file-name';
import { OPENED_FILE, type PageMessage } from '../../contract/port-messages';
import { InputFault } from '../../contract/procedures';
import { downloadFile } from '../components/files';
import { useFieldName } from '../format/field-name';
import { useSentence } from '../format/sentence';
import { useProjectStore } from '../stores/project-store';
import { router } from './router';

/** Why a file was not opened or written, until it is read. */
export interface Complaint {
  readonly title: string;
  readonly reasons: readonly string[];
}

/** Opening and saving project files, with what went wrong in sentences. */
export function useProjectFiles() {
  const project = useProjectStore();
  const { t } = useI18n();
  const sentence = useSentence();
  const { nameOfField } = useFieldName();
  const complaint = shallowRef<Complaint | null>(null);

  async function save(): Promise<void> {
    try {
      const text = await project.fileText();
      downloadFile(new Blob([text], { type: 'application/json' }), `${fileStem(project.name, 'scaleplan')}.scaleplan.json`);
      project.markSaved();
      complaint.value = null;
    } catch (error) {
      complain(error, t('common.refused.save'));
    }
  }

  const openFile = async (file: File) => openText(file.name, () => file.text());

  async function openText(name: string, read: () => Promise<string>): Promise<void> {
    try {
      await project.openText(await read());
      complaint.value = null;
      await router.push('/brief');
    } catch (error) {
      complain(error, t('common.refused.open', { name }));
    }
  }

  /** Files that the system opens with the program, handed over by the desktop app. */
  function listen(): () => void {
    const hear = ({ source, origin, data }: MessageEvent<PageMessage | null>) => {
      if (source !== window || origin !== window.location.origin || data?.type !== OPENED_FILE) return;
      const { file } = data;
      void openText(file.name, () => ('text' in file ? Promise.resolve(file.text) : Promise.reject(new Error(file.problem))));
    };
    window.addEventListener('message', hear);
    return () => window.removeEventListener('message', hear);
  }

  function complain(error: unknown, title: string): void {
    const fault = toFault(error);
    const reasons =
      fault instanceof InputFault
        ? fault.issues.map(({ path, message }) => [nameIn(path), sentence(message)].filter(Boolean).join(' '))
        : [fault instanceof Error ? fault.message : String(fault)];
    complaint.value = { title, reasons };
  }

  /** A field of a brief in a project file, by its name on the page; the file itself needs none. */
  const nameIn = (path: string) => (/^\(\w+\)$/.test(path) ? '' : nameOfField(path.replace(/^(options\[\d+\]\.)?brief\./, '')));

  return { complaint, save, openFile, listen, complain };
}
