import { useI18n } from 'vue-i18n';

/** What a tier is called; a direct network's switches are routers. */
export function useRoleName(): (role: string) => string {
  const { t } = useI18n();
  return (role) => {
    if (role === 'node' || role === 'router' || role === 'switch') return t(`scaleOut.role.${role}`);
    return t(`common.tier.${role}`);
  };
}
