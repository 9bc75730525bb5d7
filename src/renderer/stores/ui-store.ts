import { defineStore } from 'pinia';
import { computed, ref, watchEffect } from 'vue';
import { i18n, type Locale } from '../app/i18n';

export type Theme = 'system' | 'light' | 'dark';

const remembered = (key: string) => window.localStorage.getItem(`scaleplan.${key}`);

/** Language and appearance of this page, remembered by the browser. */
export const useUiStore = defineStore('ui', () => {
  const locale = ref<Locale>((remembered('locale') ?? (navigator.language.startsWith('zh') ? 'zh' : 'en')) === 'zh' ? 'zh' : 'en');
  const saved = remembered('theme');
  const theme = ref<Theme>(saved === 'light' || saved === 'dark' ? saved : 'system');
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const systemDark = ref(system.matches);
  system.addEventListener('change', (event) => (systemDark.value = event.matches));
  const dark = computed(() => (theme.value === 'system' ? systemDark.value : theme.value === 'dark'));

  watchEffect(() => {
    i18n.global.locale.value = locale.value;
    document.documentElement.lang = locale.value === 'zh' ? 'zh-CN' : 'en';
    window.localStorage.setItem('scaleplan.locale', locale.value);
  });
  watchEffect(() => {
    document.documentElement.classList.toggle('dark', dark.value);
    window.localStorage.setItem('scaleplan.theme', theme.value);
  });
  return { locale, theme, dark };
});
