import { createI18n } from 'vue-i18n';
import { en } from '../locales/en';
import { zh } from '../locales/zh';

export type Locale = 'en' | 'zh';

/** Both languages have the same keys: `zh` is typed by `en`. */
export const i18n = createI18n({ legacy: false, locale: 'en', fallbackLocale: 'en', messages: { en, zh } });
